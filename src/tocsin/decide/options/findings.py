"""What is found of a choice: frozen values, no rendering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.decide.options.futures import Kind
    from tocsin.decide.options.regret import Regret

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of the futures tested below the values that are given of each criterion."""


@dataclass(frozen=True, slots=True)
class OnCriterion:
    """What an alternative does to one criterion.

    Attributes:
        criterion: its id.
        known: whether the alternative has a value.
        missing: ids of its options without one.
        quantiles: values at QUANTILES over the futures tested, in the unit of the criterion; None where unknown.
        meets: share of futures tested that meet the threshold; None where there is none or the value is unknown.
        regret: None where unknown.
    """

    criterion: str
    known: bool
    missing: tuple[str, ...]
    quantiles: tuple[float, ...] | None
    meets: float | None
    regret: Regret | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of what must be true.

    Attributes:
        kind: uncertainty, effect or together.
        of: id of the uncertainty, or of the alternative.
        criterion: id of the criterion; None for an uncertainty.
        name: what is bounded, in words.
        unit: of the bounds; None where the input has none.
        low: it must be above this; None where not bounded below.
        high: it must be below this; None where not bounded above.
        span: lowest and highest value tested.
        quasi_p: the larger of its bounds' quasi-p values; above .05 the condition may be chance.
    """

    kind: Kind
    of: str
    criterion: str | None
    name: str
    unit: str | None
    low: float | None
    high: float | None
    span: tuple[float, float]
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the peeling trajectory: how many conditions, and what it is worth."""

    conditions: int
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True, slots=True)
class MustBeTrue:
    """What must be true for an alternative.

    Attributes:
        target: what it must be true for, in words.
        viewpoint: id of the viewpoint where the target is to come first by it; None for thresholds.
        share: share of futures tested that are such; None where a value that decides it is unknown.
        conditions: of the box; empty where none is found or needed.
        coverage: share of such futures that the box holds; None without a box.
        density: share of the futures in the box that are such.
        fresh_coverage: coverage in as many futures again that the box was not made from.
        fresh_density: density in those.
        trajectory: the boxes on the way, from all futures to the smallest.
        says: why there are no conditions; None where there are.
    """

    target: str
    viewpoint: str | None
    share: float | None
    conditions: tuple[Condition, ...]
    coverage: float | None
    density: float | None
    fresh_coverage: float | None
    fresh_density: float | None
    trajectory: tuple[Step, ...]
    says: str | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """Why an option is proposed, as its proponents say, and the sources that propose it."""

    option: str
    name: str
    why: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlternativeFound:
    """One alternative and what is found of it.

    Attributes:
        id: ids of its options, joined by +.
        name: their names.
        options: ids of its options.
        on: one for each criterion, in the order of the choice.
        meets_all: share of futures tested that meet every threshold; None where none is set or a value is unknown.
        meets_at_most: the same of the thresholds whose value is known: no more can meet all.
        must_be_true: what must be true for it.
        proposed: who proposes each of its options, and why.
        stated: what sources state of it, heading and words, as stated.
    """

    id: str
    name: str
    options: tuple[str, ...]
    on: tuple[OnCriterion, ...]
    meets_all: float | None
    meets_at_most: float | None
    must_be_true: tuple[MustBeTrue, ...]
    proposed: tuple[Proposed, ...]
    stated: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One alternative by one viewpoint.

    Attributes:
        alternative: its id.
        acceptability: share of weightings and futures in which it has each rank, first to last.
        central: criterion and weight: the mean of the weightings that put it first; None where fewer than 50 do.
        confidence: share of futures in which it is first by its central weights; None where it has none.
        times: how many of the weightings put it first.
    """

    alternative: str
    acceptability: tuple[float, ...]
    central: tuple[tuple[str, float], ...] | None
    confidence: float | None
    times: int


@dataclass(frozen=True, slots=True)
class Influence:
    """How much of the change in who is first an input explains by itself, 0..1, and whether that is above the noise."""

    kind: Kind
    of: str
    criterion: str | None
    name: str
    share: float
    above_noise: bool


@dataclass(frozen=True, slots=True)
class Preference:
    """The alternatives by one viewpoint.

    Attributes:
        viewpoint: its id; None where every weighting of the criteria is tried.
        name: whose view it is.
        basis: what the ordering rests on; None where there is no ordering.
        order: ids of the criteria, the most important first; those of one group count alike.
        unordered: ids of criteria compared that the ordering does not name: they count no more than its last.
        rows: alternatives, the one first most often at the top.
        influences: inputs, the most influential first.
        noise: what an input without influence may seem to explain.
        by_weighting: share of the change in who is first that is left to the weighting once the future is known.
    """

    viewpoint: str | None
    name: str
    basis: str | None
    order: tuple[tuple[str, ...], ...]
    unordered: tuple[str, ...]
    rows: tuple[Ranked, ...]
    influences: tuple[Influence, ...]
    noise: float
    by_weighting: float


@dataclass(frozen=True, slots=True)
class Dominates:
    """One alternative at least as good as another on every criterion, and better on one.

    Attributes:
        by: the better one.
        over: the worse one.
        share: share of futures tested.
        always: never worse in any future tested.
    """

    by: str
    over: str
    share: float
    always: bool


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """A criterion as the choice names it, and the range met by any alternative in any future."""

    id: str
    name: str
    unit: str
    better: str
    must_not_exceed: float | None
    must_reach: float | None
    met: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything found of a choice.

    Attributes:
        choice: its id.
        question: the question the options answer.
        source_id: where the options come from.
        source_conclusion: what that source concludes, as stated.
        stated: what sources state under headings that are no option's.
        not_modelled: what stands in the source and is not computed.
        futures: how many are tested.
        seed: makes them again.
        weightings: how many weightings are tried for each viewpoint.
        criteria: what is compared by.
        alternatives: what can be chosen.
        preferences: one for each viewpoint; empty where fewer than two alternatives can be ranked.
        dominance: pairs in which one dominates the other in some future, the most often first.
        missing: what is missing, in sentences.
        notes: what else must be said.
    """

    choice: str
    question: str
    source_id: str | None
    source_conclusion: str | None
    stated: tuple[tuple[str, tuple[str, ...]], ...]
    not_modelled: str | None
    futures: int
    seed: int
    weightings: int
    criteria: tuple[CriterionShown, ...]
    alternatives: tuple[AlternativeFound, ...]
    preferences: tuple[Preference, ...]
    dominance: tuple[Dominates, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
