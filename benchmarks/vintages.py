"""How figures are revised, how forecasts change with them, and whether correcting for the reporting lag helps.

    .venv/bin/python benchmarks/vintages.py --out docs/benchmarks/vintages_tables.md

Works on the issues that ship (January 2024 to January 2025) and GED 25.1. Corrections are learned only from what had been issued
by the day of each replay; the first yearly release among the issues is that of 24 June 2024, so only replays from that day on can
correct anything. Nothing is chosen here: every correction tried is printed. A smaller run: --models, --issues, --only-forecasts.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import tocsin
from tocsin.api.vintages import HISTORIES, countries_within, country_vintages
from tocsin.backtest.vintage_completeness import (
    Completeness,
    completeness_by_age,
    completeness_by_release,
    unchanged_between_releases,
)
from tocsin.backtest.vintage_forecast import pooled_forecast
from tocsin.backtest.vintage_replay import BUDGETS, THRESHOLDS, VintageChange, compare
from tocsin.forecast.contract import model_named
from tocsin.panel.vintages.correction import Correction, chosen_pull, corrected
from tocsin.panel.vintages.lag import LagModel, Revisions, learn_lag, revisions
from tocsin.panel.vintages.vintage import history_as_known_on
from tocsin.scores import Metric, bootstrap_difference, crps, difference, score_draws

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.scores import Bounds, Scores

FROM_RELEASE = date(2024, 6, 24)
METRICS = (Metric.CRPS, Metric.LOG_CRPS, Metric.IGN)
STATES = ("as known", "final", "size", "own", "own, candidates only", "sampled", "own-sampled")
WITHIN, DRAWS, SEED = 6, 1000, 1


@dataclass(frozen=True)
class Replayed:
    """One issue replayed by one model: forecasts and scores by state of the figures."""

    day: date
    forecasts: dict[str, Forecast]
    scores: dict[str, Scores]
    changes: dict[str, VintageChange]
    seconds: float


def main() -> None:
    """Print every table, and write them to --out."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--models", default="conflictology,negative_binomial", help="registered models, by commas")
    asked.add_argument("--issues", default="", help="days of issues to replay, by commas; all where not given")
    asked.add_argument("--only-forecasts", action="store_true", help="leave out the tables of figures")
    asked.add_argument("--draws", type=int, default=DRAWS)
    asked.add_argument("--out", type=Path, help="write the tables here too")
    given = asked.parse_args()
    days = [date.fromisoformat(d) for d in given.issues.split(",") if d] or list(country_vintages().issued)
    parts = [hardware(), *(() if given.only_forecasts else (lag_tables(), figure_table()))]
    parts += [forecast_tables(model, days, draws=given.draws) for model in given.models.split(",")]
    lines = list(printed(parts))
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def printed(parts: Iterable[Iterable[str]]) -> Iterable[str]:
    """Every line, printed as it is made."""
    for part in parts:
        for line in part:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            yield line


def hardware() -> Iterable[str]:
    """Versions, processor and seed."""
    yield (
        f"Made by `benchmarks/vintages.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy "
        f"{np.__version__}, polars {pl.__version__}, {platform.machine()}, {os.cpu_count()} cores, seed {SEED}."
    )


def lag_tables() -> Iterable[str]:
    """Completeness by age, and by releases and size."""
    issues = country_vintages()
    changed, of = unchanged_between_releases(issues)
    yield f"\n{len(issues.issued)} issues, {len(issues.areas)} countries."
    yield f"Between yearly releases {changed} of {of:,} figures changed."
    head = [
        "known",
        "today",
        "share of today's deaths (95 % over countries)",
        "figures that are others today",
        "country-months",
        "issues",
    ]
    yield from opened("Known share by age of a month", ["age, months", *head])
    for c in completeness_by_age(issues, seed=SEED):
        yield row(str(c.age), *filled(c))
    yield from opened(
        "Known share by yearly releases seen and size of the figure as it stood", ["releases", "deaths", *head]
    )
    for c in completeness_by_release(issues, seed=SEED):
        yield row(str(c.stage), c.size, *filled(c))


def filled(c: Completeness) -> list[str]:
    """The cells of a line of completeness."""
    changed = "" if c.changed is None else f"{c.changed:.0%}"
    return [f"{c.known:,}", f"{c.today:,}", interval(c.share), changed, f"{c.months:,}", str(c.issues)]


def figure_table() -> Iterable[str]:
    """Candidate figures of one year corrected by the revisions of another, against GED 25.1."""
    issues = country_vintages()
    learned = learn_lag(issues, until=FROM_RELEASE)
    every = revisions(issues, stage=0, until=None)
    assert every is not None, "candidate months are at hand"
    of_2024 = Revisions(every.areas, every.before[:, 12:], every.after[:, 12:])
    of_2023 = Revisions(every.areas, every.before[:, :12], every.after[:, :12])
    backward = LagModel({0: of_2024}, "the months of 2024 and GED 25.1")
    head = ["correction", "mean absolute error", "less as known (95 %)", "of log(1 + deaths)", "less as known (95 %)"]
    for words, lag, asked in (
        ("2024, learned by 24 June 2024 from 2023 (as a replay would)", learned, of_2024),
        ("2023, learned from 2024 (learned later: a check, no replay)", backward, of_2023),
    ):
        yield from opened(f"Candidate figures against GED 25.1: {words}; pull {chosen_pull(lag.stages[0]):g}", head)
        yield from nowcast(lag, asked)


def nowcast(lag: LagModel, asked: Revisions) -> Iterable[str]:
    """Errors of figures by each correction: a sample is scored by its CRPS, which for a single figure is its absolute error."""
    plain: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
    for how in (None, *Correction):
        drawn = np.stack(
            [mended(lag, asked, how, seed) for seed in range(100 if how is not None and how.is_drawn else 1)], axis=-1
        )
        errors = crps(drawn, asked.after), crps(np.log1p(drawn), np.log1p(asked.after))
        plain[how.value if how else "as known"] = errors
        less = ["" if how is None else interval(bootstrap_difference(e, b, seed=SEED), signed=True)
                for e, b in zip(errors, plain["as known"], strict=True)]  # fmt: skip
        yield row(
            how.value if how else "as known", f"{errors[0].mean():.2f}", less[0], f"{errors[1].mean():.4f}", less[1]
        )


def mended(lag: LagModel, asked: Revisions, how: Correction | None, seed: int) -> NDArray[np.int64]:
    """The candidate months as a correction gives them."""
    if how is None:
        return asked.before
    final = countries_within()
    first = country_vintages().first
    bare = type(final)(
        ids=final.ids, target=final.target, vintage="candidates", areas=asked.areas, names=asked.areas,
        first=first + 24, deaths=asked.before, present=np.ones(asked.before.shape, dtype=bool),
        neighbours=((),) * len(asked.areas),
    )  # fmt: skip
    return corrected(bare, known_on=date(2025, 1, 26), lag=LagModel({0: lag.stages[0]}, ""), how=how, seed=seed).deaths


def forecast_tables(model: str, days: Sequence[date], *, draws: int) -> Iterable[str]:
    """One model: how its forecasts change, how near a correction comes, and what came."""
    done = [replayed(model, day, draws=draws) for day in days]
    yield from change_table(model, done)
    if scored := [r for r in done if r.day >= FROM_RELEASE and r.scores]:
        yield from nearness_table(model, scored)
        yield from score_table(model, scored)


def change_table(model: str, done: Sequence[Replayed]) -> Iterable[str]:
    """From the figures as known to the final ones, issue by issue."""
    budgets = [f"gained at {b}" for b in BUDGETS]
    moved = [f"mean change of P(>= {t})" for t in THRESHOLDS]
    head = ["issue", "data through", "apart by, deaths", *moved, "rank correlation", *budgets, "seconds"]
    yield from opened(f"{model}: from the figures as known to the final ones, {WITHIN} months ahead", head)
    for r in done:
        yield row(str(r.day), str(r.forecasts["final"].origin), *summed(r.changes["as known"]), f"{r.seconds:.0f}")


def nearness_table(model: str, scored: Sequence[Replayed]) -> Iterable[str]:
    """How far the forecast from each state of the figures lies from the final one."""
    title = (
        f"{model}: how near the final forecast a correction comes, mean over {len(scored)} issues from the release on"
    )
    yield from opened(title, ["figures", "apart from the final forecast, deaths", "gained at 5, 10, 20 in all"])
    for state in STATES:
        if state != "final":
            apart = np.mean([r.changes[state].mean_distance for r in scored])
            gained = [sum(len(r.changes[state].alerts[i].gained) for r in scored) for i in range(len(BUDGETS))]
            yield row(state, f"{apart:.2f}", ", ".join(map(str, gained)))


def score_table(model: str, scored: Sequence[Replayed]) -> Iterable[str]:
    """Scores against what came, with the difference to the figures as known."""
    months = sum(r.scores["final"].n for r in scored) // len(scored[0].forecasts["final"].areas)
    yield from opened(f"{model}: against what came, mean over {len(scored)} issues, {months} months ahead in all",
                      ["figures", *(x for m in METRICS for x in (m.value, "less as known (95 %)"))])  # fmt: skip
    for state in STATES:
        cells = []
        for metric in METRICS:
            mine, plain = [r.scores[state] for r in scored], [r.scores["as known"] for r in scored]
            cells.append(f"{np.mean([getattr(s, metric.value) for s in mine]):.4f}")
            cells.append(
                "" if state == "as known" else interval(difference(mine, plain, metric, seed=SEED), signed=True)
            )
        yield row(state, *cells)


def replayed(model: str, day: date, *, draws: int) -> Replayed:
    """One issue: forecasts from the figures as known, final and corrected, and their scores where months have come."""
    begin = perf_counter()
    issues, truth = country_vintages(), countries_within()
    known = history_as_known_on(truth, issues, day)
    states: dict[str, list[History]] = {"as known": [known], "final": [truth.until(known.origin)]}
    if day >= FROM_RELEASE:
        states |= corrections(known, day, learn_lag(issues, until=day))
        states = {name: alike(histories) for name, histories in states.items()}
    made = {
        name: pooled_forecast(
            histories, model=model_named(model), horizons=tuple(range(1, WITHIN + 1)), draws=draws, seed=SEED
        )
        for name, histories in states.items()
    }
    year = {name: [int(h) for h in histories[0].deaths[:, -12:].sum(axis=1)] for name, histories in states.items()}
    changes = {
        name: compare(f, made["final"], deaths=list(zip(year[name], year["final"], strict=True)))
        for name, f in made.items()
    }
    come = min(WITHIN, truth.origin - known.origin)
    scores = {}
    if come > 0:
        start = known.origin - truth.first + 1
        came = truth.deaths[:, start : start + come]
        scores = {name: score_draws(f.draws[:, :come], came, seed=SEED) for name, f in made.items()}
    return Replayed(day, made, scores, changes, perf_counter() - begin)


def alike(histories: list[History]) -> list[History]:
    """As many histories as are sampled, so that every state draws from the same seeds and differs by its figures alone."""
    return [histories[i % len(histories)] for i in range(HISTORIES)]


def corrections(known: History, day: date, lag: LagModel) -> dict[str, list[History]]:
    """The histories of every correction; the sampled one is drawn several times."""
    young = LagModel({0: lag.stages[0]}, lag.learned)
    return {
        "size": [corrected(known, known_on=day, lag=lag, how=Correction.SIZE)],
        "own": [corrected(known, known_on=day, lag=lag, how=Correction.OWN)],
        "own, candidates only": [corrected(known, known_on=day, lag=young, how=Correction.OWN)],
    } | {
        how.value: [corrected(known, known_on=day, lag=lag, how=how, seed=s) for s in range(HISTORIES)]
        for how in Correction if how.is_drawn
    }  # fmt: skip


def summed(change: VintageChange) -> list[str]:
    """The cells of a line of change."""
    moved = [np.mean([abs(a.p_final[i] - a.p_known[i]) for a in change.areas]) for i in range(len(THRESHOLDS))]
    return [
        f"{change.mean_distance:.2f}", *(f"{m:.4f}" for m in moved), f"{change.rank_correlation:.3f}",
        *(str(len(a.gained)) for a in change.alerts),
    ]  # fmt: skip


def opened(title: str, head: Sequence[str]) -> Iterable[str]:
    """A title and the head of its table."""
    yield f"\n{title}:\n"
    yield row(*head)
    yield row(*("---" for _ in head))


def row(*cells: str) -> str:
    """A line of a table."""
    return "| " + " | ".join(cells) + " |"


def interval(b: Bounds | None, *, signed: bool = False) -> str:
    """A value with its interval."""
    if b is None:
        return "not defined"
    style = "+.4f" if signed else ".3f"
    return f"{b.value:{style}} [{b.lower:{style}}, {b.upper:{style}}]"


if __name__ == "__main__":
    main()
