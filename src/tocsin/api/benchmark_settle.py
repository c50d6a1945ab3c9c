"""Models of settlement on the European Union's laws, and on published worked examples, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.challenge import challenge_rounds
from tocsin.decide.settlement.choose import weighed
from tocsin.decide.settlement.compare import compare, score
from tocsin.decide.settlement.condorcet import elected
from tocsin.decide.settlement.means import weighted_mean, weighted_median, weighted_spread
from tocsin.decide.settlement.mixture import GRID
from tocsin.decide.settlement.models import (
    ELECTION,
    FIXED,
    PLAIN_MEAN,
    ROOT,
    ROOT_MEAN,
    SIZE_ELECTION,
    SIZE_MEAN,
    election_forecasts,
    fixed_forecasts,
    our_forecasts,
    point_forecasts,
)
from tocsin.sources.deu import FILE, DeuIssues, read_deu
from tocsin.sources.settlement_oracles import read_emissions, read_three_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tocsin.decide.settlement.choose import Chosen
    from tocsin.decide.settlement.compare import Difference, ModelForecasts, ModelScore
    from tocsin.sources.settlement_oracles import Emissions, ThreeOptions

SEED = 1
DEALS = (1, 2, 3)
"""Seeds by which folds are dealt; the tables use the first, the others show how far the deal alone moves a score."""

WHOLE_SET_MAE = {
    SIZE_MEAN: 22.99, SIZE_ELECTION: 23.48, "mean, salience": 23.64, PLAIN_MEAN: 23.63,
    "always the middle": 27.96, "challenge model, round 8": 27.94, "median, size x salience": 28.70,
    "Nash product over the reversion": 44.85, "status quo: the reversion": 51.31,
}  # fmt: skip
"""Mean absolute error measured before on all 351 issues of the publisher's file, of which the folder may hold a part."""

THIRDS = ("parties close", "parties apart", "parties far apart")

COMPARED = (("mae", SIZE_MEAN), ("mae", PLAIN_MEAN), ("mae", "always the middle"), ("crps", ROOT_MEAN),
            ("crps", ELECTION), ("crps", FIXED), ("crps", "every point alike"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deal:
    """Our scores under one deal of the folds."""

    seed: int
    mae: float | None
    crps: float | None
    cover80: float | None


@dataclass(frozen=True, slots=True)
class End:
    """How often outcomes lie at one end of the scale, beside the mean probability that ours gives it."""

    point: float
    forecast: float
    came: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure beside ours.

    Attributes:
        case: the worked example.
        what: the figure.
        printed: as printed; None where nobody printed it.
        ours: rounded as the printed one; None where we do not compute it and only show it.
        source: who printed it.
    """

    case: str
    what: str
    printed: float | None
    ours: float | None
    source: str

    @property
    def same(self) -> bool | None:
        """Whether ours is the printed figure; None where only one of the two is there."""
        return None if self.printed is None or self.ours is None else bool(abs(self.printed - self.ours) < 1e-9)


@dataclass(frozen=True, slots=True)
class SettleBenchmark:
    """What `tocsin benchmark settle` prints.

    Attributes:
        rows: every model on every group of issues: all, unanimity, majority, and those whose reversion is known; ours
            also on thirds of the issues, by how far apart parties stand.
        differences: ours less others, paired, on all issues where both can be used.
        deals: ours under several deals of the folds.
        ends: outcomes at 0 and at 100, and what ours says of them.
        chosen: what each training fold chose, under the first deal.
        figures: printed figures of worked examples beside ours.
        citation: of the issues.
    """

    rows: tuple[ModelScore, ...]
    differences: tuple[Difference, ...]
    deals: tuple[Deal, ...]
    ends: tuple[End, ...]
    chosen: tuple[Chosen, ...]
    figures: tuple[Figure, ...]
    citation: str


def benchmark_settle(data: Path, *, tell: Callable[[str], None] = lambda _: None) -> SettleBenchmark:
    """Score every model of settlement on the issues of DEU III, and hold worked examples to their printed digits.

    Args:
        data: the folder: deu3_issues.tsv, ec1984_emission_standards.csv, ec1984_published.json, ktab_pce_3option.json.
        tell: told what is being computed.

    Raises:
        FileProblem: a file is missing or cut short.
        TableProblem: a file holds what is no number, or lacks a column.
    """
    issues = read_deu(data / FILE)
    figures = (*_election(read_three_options(data)), *_emissions(read_emissions(data)))
    tell(f"{len(issues.issue)} issues of {len(set(issues.proposal))} proposals")
    ways = weighed(
        issues.position, size=issues.size, salience=issues.salience, outcome=issues.outcome, unanimous=issues.unanimous
    )
    ours, chosen = our_forecasts(ways, groups=issues.proposal, seed=SEED)
    tell("the models beside")
    models = (
        ours,
        *fixed_forecasts(ways, groups=issues.proposal, seed=SEED),
        *election_forecasts(issues.position, size=issues.size, salience=issues.salience),
        *point_forecasts(
            issues.position, size=issues.size, salience=issues.salience, reversion=issues.reversion,
            outcome=issues.outcome, groups=issues.proposal, seed=SEED,
        ),
    )  # fmt: skip
    named = {model.model: model for model in models}
    rows = (*_rows(models, issues), *_by_spread(ours, issues))
    tell("other deals of the folds")
    deals = tuple(
        _deal(ours if seed == SEED else our_forecasts(ways, groups=issues.proposal, seed=seed)[0], issues, seed=seed)
        for seed in DEALS
    )
    differences = tuple(
        compare(ours, named[other], metric=metric, outcome=issues.outcome, groups=issues.proposal)
        for metric, other in COMPARED
    )
    ends = tuple(
        End(GRID[k], float(ours.shares[:, k].mean()), float((issues.outcome == GRID[k]).mean())) for k in (0, -1)
    )
    return SettleBenchmark(rows, differences, deals, ends, chosen, figures, issues.card.citation)


def _rows(models: tuple[ModelForecasts, ...], issues: DeuIssues) -> tuple[ModelScore, ...]:
    by = {
        "all": np.ones(issues.outcome.size, dtype=bool),
        "unanimity": issues.unanimous,
        "majority": ~issues.unanimous,
        "reversion known": np.isfinite(issues.reversion),
    }
    return tuple(
        score(model, outcome=issues.outcome, these=these, by=name, groups=issues.proposal)
        for name, these in by.items()
        for model in models
    )


def _by_spread(ours: ModelForecasts, issues: DeuIssues) -> Iterator[ModelScore]:
    """Ours on thirds of the issues, by the spread of positions under root of size x salience."""
    spread = weighted_spread(issues.position, issues.size**ROOT * issues.salience)
    third = np.digitize(spread, np.quantile(spread, [1 / 3, 2 / 3]))
    for k, name in enumerate(THIRDS):
        yield score(ours, outcome=issues.outcome, these=third == k, by=name, groups=issues.proposal)


def _deal(ours: ModelForecasts, issues: DeuIssues, *, seed: int) -> Deal:
    said = score(
        ours, outcome=issues.outcome, these=np.ones(issues.outcome.size, dtype=bool), by="all", groups=issues.proposal
    )
    return Deal(seed, said.mae, said.crps, said.cover80)


def _election(given: ThreeOptions) -> tuple[Figure, ...]:
    case, source = "election among three options", "KTAB"
    return tuple(
        Figure(case, f"{chain} chain, option {i + 1}", printed, round(float(ours), 4), source)
        for chain, figures in given.printed.items()
        for i, (printed, ours) in enumerate(zip(figures, elected(given.coalitions, chain=chain), strict=True))
    )


def _emissions(given: Emissions) -> tuple[Figure, ...]:
    case, weights = "emission standards 1984, years", np.multiply(given.influence, given.salience)
    scholz, rebuilt = "Scholz, Calbert & Smith 2011; ours cut to one decimal", "open reconstruction of it"
    rounds = challenge_rounds(
        given.position, given.influence, salience=given.salience, rounds=len(given.rebuilt_median)
    )
    figures = [
        Figure(case, "decided", given.actual, None, "Bueno de Mesquita 1994"),
        Figure(case, "forecast, first", given.printed_first, None, "Bueno de Mesquita 1994"),
        Figure(case, "forecast, at rest", given.printed_last, None, "Bueno de Mesquita 1994"),
        Figure(case, "weighted mean", None, round(float(weighted_mean(given.position, weights)), 2), "ours"),
        Figure(case, "weighted median", None, round(float(weighted_median(given.position, weights)), 2), "ours"),
    ]
    for k in range(len(given.rebuilt_median)):
        for what, ours, paper, again in (
            ("median", rounds.median, given.rounds_median, given.rebuilt_median),
            ("mean", rounds.mean, given.rounds_mean, given.rebuilt_mean),
        ):
            name = f"challenge model, round {k + 1}, {what}"
            figures.append(Figure(case, name, again[k], round(float(ours[k]), 3), rebuilt))
            if k < len(paper):
                figures.append(Figure(case, name, paper[k], np.floor(10 * float(ours[k])) / 10, scholz))
    return tuple(figures)
