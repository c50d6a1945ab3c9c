"""Hard onsets: what a few signals add to months since the last death, in countries at peace.

    .venv/bin/python benchmarks/onsets.py --stage choose
    .venv/bin/python benchmarks/onsets.py --stage judge --series sb|now|all

At least 25 deaths over months 1-3, 1-12 or 3-14 ahead, asked every month of every country after 12, 24 and 60 months
without a death; models learn anew each January from windows that had passed. `choose` scores every candidate on origins
from 2000 whose windows close by December 2012: the history is cut there before anything is computed. Candidates are
compared by the geometric mean of their average precision over that of months since, in the nine cells; the page of
the benchmark says which was taken. `judge` scores the chosen settings, as they stand in the code, on origins from
January 2013, beside months since the last death and a boosted model of death history; intervals by bootstrap over
countries. Reads only the figures that ship.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

import lightgbm
import numpy as np

import tocsin
from tocsin.api.onset_series import all_types, state_based, state_based_now
from tocsin.forecast.features import features_of
from tocsin.forecast.onsets.model import OnsetSettings, situations_of
from tocsin.forecast.onsets.question import Onset
from tocsin.forecast.onsets.record import BUDGETS, budget_of, steps_of
from tocsin.forecast.onsets.rolling import Asked, Ranker, ask_again, model_ranker, since_ranker
from tocsin.forecast.onsets.scores import OnsetScores, Ranked, ap_difference, auc_difference
from tocsin.forecast.onsets.signals import signals_of
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.scores import Bounds

    Learn = Callable[[History], Ranker]

WINDOWS = ((1, 3), (1, 12), (3, 14))
PEACE = (12, 24, 60)
CHOOSE_FROM, CHOOSE_TO = Month.of(2000, 1), Month.of(2012, 12)
JUDGE_FROM, JUDGE_TO = Month.of(2013, 1), Month.of(2022, 12)
TABLE_FROM = Month.of(2005, 1)
SEED = 1
RESAMPLES = 2000
GAPS = {"AP": ap_difference, "AUC": auc_difference}

OWN = ("since", "own_120", "conflict_years")
NEAR = ("near_60", "near_burning", "near_new")
OTHER = ("other_12", "other_60", "other_ten_years", "one_sided_year")
SLOW = ("stability", "law", "government", "child_mortality", "income", "population")
BASE = OnsetSettings(thresholds=(25,), penalty=50.0, balance=0.0, directed=False, bags=0)
EVEN = replace(BASE, balance=1.0, penalty=200.0)
CANDIDATES = {
    "own past": replace(EVEN, signals=OWN),
    "own past, neighbours": replace(EVEN, signals=OWN + NEAR),
    "own past, neighbours, other violence": replace(EVEN, signals=OWN + NEAR + OTHER),
    "own past, neighbours, slow drivers": replace(EVEN, signals=OWN + NEAR + SLOW),
    "slow drivers alone": replace(EVEN, signals=SLOW),
    "all signals, plain ridge": BASE,
    "all signals, plain ridge, cases weighted half-way": replace(BASE, balance=0.5),
    "all signals, plain ridge, cases weighted": EVEN,
    "all signals, held to their directions": replace(BASE, directed=True),
    "all signals, held to their directions, cases weighted": replace(EVEN, directed=True),
    "... learned from 1 and 25 deaths": replace(EVEN, directed=True, thresholds=(1, 25)),
    "... learned from 1 and 25 deaths, penalty 50": replace(EVEN, directed=True, thresholds=(1, 25), penalty=50.0),
    "... learned from 1 and 25 deaths, penalty 1000": replace(EVEN, directed=True, thresholds=(1, 25), penalty=1000.0),
    "... learned from 1 and 25 deaths, penalty 3000": replace(EVEN, directed=True, thresholds=(1, 25), penalty=3000.0),
    "... learned from 1, 5, 25 and 100 deaths, penalty 1000": replace(
        EVEN, directed=True, thresholds=(1, 5, 25, 100), penalty=1000.0
    ),
    "... from 1 and 25 deaths, penalty 1000, without other violence": replace(
        EVEN, directed=True, thresholds=(1, 25), penalty=1000.0, signals=OWN + NEAR + SLOW
    ),
    "... from 1 and 25 deaths, penalty 1000, without governance (WGI)": replace(
        EVEN,
        directed=True,
        thresholds=(1, 25),
        penalty=1000.0,
        signals=(*OWN, *NEAR, *OTHER, "child_mortality", "income", "population"),
    ),
    "... from 1 and 25 deaths, penalty 1000, other violence from the yearly file alone": replace(
        EVEN,
        directed=True,
        thresholds=(1, 25),
        penalty=1000.0,
        signals=(*OWN, *NEAR, *SLOW, "other_ten_years", "one_sided_year"),
    ),
    "... from 1 and 25 deaths, penalty 3000, every month": replace(
        EVEN, directed=True, thresholds=(1, 25), penalty=3000.0, every=1
    ),
}


@dataclass(frozen=True)
class Boosting:
    """Small LightGBM trees on the signals, each held to its direction, the mean of several seeds."""

    trees: int
    leaves: int
    seeds: int = 3

    def ranker(self, question: Onset) -> Learn:
        """Learn from the same situations as the line."""
        settings = OnsetSettings()

        def learn(history: History) -> Ranker:
            grid = signals_of(history)
            seen = situations_of(history, grid, question=replace(question, peace=settings.peace), settings=settings)
            models = [
                lightgbm.LGBMClassifier(
                    n_estimators=self.trees, num_leaves=self.leaves, learning_rate=0.05, min_child_samples=100,
                    reg_lambda=10.0, monotone_constraints=[s.direction for s in grid.signals], subsample=0.5,
                    subsample_freq=1, colsample_bytree=0.5, random_state=seed, n_jobs=1, verbose=-1,
                ).fit(seen.values, seen.ahead >= question.threshold)
                for seed in range(self.seeds)
            ]  # fmt: skip

            def rank(later: History) -> NDArray[np.float64]:
                values = signals_of(later).values
                rows = values.reshape(-1, values.shape[2])
                p = np.mean([m.booster_.predict(rows) for m in models], axis=0)
                return np.asarray(p).reshape(values.shape[:2])

            return rank

        return learn


def boosted_history(question: Onset) -> Learn:
    """The reference: LightGBM on every feature of death history, learned from every country, at peace or not."""

    def bare(history: History) -> History:
        return replace(history, signals={}, slow={})

    def learn(history: History) -> Ranker:
        values = features_of(bare(history)).values
        ahead = question.deaths_ahead(history)
        area, month = np.nonzero(history.present & ~np.isnan(ahead))
        kept = (month % 3 == (history.deaths.shape[1] - 1 - question.last) % 3) & (month >= 12)
        area, month = area[kept], month[kept]
        model = lightgbm.LGBMClassifier(
            n_estimators=150, num_leaves=15, learning_rate=0.05, min_child_samples=50, subsample=0.7, subsample_freq=1,
            colsample_bytree=0.5, random_state=SEED, n_jobs=1, verbose=-1,
        ).fit(values[area, month], ahead[area, month] >= question.threshold)  # fmt: skip

        def rank(later: History) -> NDArray[np.float64]:
            grid = features_of(bare(later)).values
            rows = grid[:, -12:].reshape(-1, grid.shape[2])
            out = np.zeros(grid.shape[:2])
            out[:, -12:] = np.asarray(model.booster_.predict(rows)).reshape(grid.shape[0], -1)
            return out

        return rank

    return learn


def origins(history: History, window: tuple[int, int], begin: Month, end: Month) -> list[Month]:
    """Monthly origins whose windows have passed at the end of the history."""
    last = min(end, history.origin - window[1], key=lambda m: m.id)
    return [begin + i for i in range(last - begin + 1)]


def by_peace(history: History, asked: Asked, question: Onset) -> Iterator[tuple[int, Asked]]:
    """The same record after each length of peace."""
    for peace in PEACE:
        held = replace(question, peace=peace).at_peace(history)
        yield peace, asked.after(held[:, [o - history.first for o in asked.origins]].T)


def cells(history: History, learn_for: Callable[[Onset], Learn], begin: Month, end: Month) -> list[Asked]:
    """The nine records of a ranking: window by window, peace by peace."""
    found = []
    for window in WINDOWS:
        question = Onset(*window, peace=PEACE[0])
        asked = ask_again(
            history, question=question, origins=origins(history, window, begin, end), learn=learn_for(question)
        )
        found += [record for _, record in by_peace(history, asked, question)]
    return found


def precisions(records: Sequence[Asked]) -> NDArray[np.float64]:
    """Average precision of each record."""
    return np.array([Ranked.of(r).scores().average_precision or np.nan for r in records])


def _line(settings: OnsetSettings, question: Onset) -> Learn:
    return model_ranker(question, settings=settings)


def choose() -> Iterator[str]:
    """Every candidate on the windows it may be chosen on."""
    history = state_based().until(CHOOSE_TO)
    since = cells(history, lambda _: since_ranker(), CHOOSE_FROM, CHOOSE_TO)
    first = precisions(since)
    yield "| candidate | mean ratio | " + " | ".join(f"{a}-{b} m, {p}" for a, b in WINDOWS for p in PEACE) + " |"
    yield "|---" * (2 + len(first)) + "|"
    ways: dict[str, Callable[[Onset], Learn]] = {
        "months since the last death": lambda _: since_ranker(),
        "months since, years before 1990 counted": lambda _: since_ranker(long_ago=True),
    }
    for name, settings in CANDIDATES.items():
        ways[name] = partial(_line, settings)
    for trees, leaves in ((60, 3), (60, 6), (150, 3)):
        ways[f"LightGBM on the signals, {trees} trees of {leaves} leaves"] = Boosting(trees, leaves).ranker
    ways["LightGBM on death history alone"] = boosted_history
    for name, way in ways.items():
        found = precisions(cells(history, way, CHOOSE_FROM, CHOOSE_TO))
        ratio = float(np.exp(np.mean(np.log(found / first))))
        yield f"| {name} | {ratio:.2f} | " + " | ".join(f"{x:.3f}" for x in found) + " |"


def everywhere(history: History, learn_for: Callable[[Onset], Learn], begin: Month, *, peace: int) -> list[Asked]:
    """The records of a ranking window by window, asked of every country that had `peace` months of it."""
    found = []
    for window in WINDOWS:
        question = Onset(*window, peace=peace)
        when = origins(history, window, begin, JUDGE_TO)
        found.append(ask_again(history, question=question, origins=when, learn=learn_for(question)))
    return found


def judged_by(history: History, begin: Month, *, boosted: bool) -> dict[str, list[Asked]]:
    """The records of the model and of what stands beside it, by window."""
    settings = replace(OnsetSettings(), bags=0)
    beside: dict[str, Callable[[Onset], Learn]] = {
        "months since": lambda _: since_ranker(),
        "years before 1990 counted": lambda _: since_ranker(long_ago=True),
    }
    if boosted:
        beside["LightGBM on death history"] = boosted_history
    found = {name: everywhere(history, way, begin, peace=0) for name, way in beside.items()}
    return found | {"model": everywhere(history, partial(_line, settings), begin, peace=PEACE[0])}


def judge(history: History, records: dict[str, list[Asked]], begin: Month, *, bounds: bool = True) -> Iterator[str]:
    """The model beside the others, window by window and peace by peace, from an origin on."""
    others = [name for name in ("months since", "LightGBM on death history") if bounds and name in records]
    yield (
        "| window | peace | cases | onsets (countries) | base rate | "
        + " | ".join(
            [
                *(f"{name} AUC / AP" for name in records),
                *(f"model less {name}, {metric} [95 %]" for name in others for metric in GAPS),
            ]
        )
        + " |"
    )
    yield "|---" * (5 + len(records) + len(others) * len(GAPS)) + "|"
    for i, window in enumerate(WINDOWS):
        for peace in PEACE:
            question = Onset(*window, peace=peace)
            rows = {name: held(history, found[i], question, begin) for name, found in records.items()}
            said = {name: Ranked.of(r).scores() for name, r in rows.items()}
            m = said["model"]
            gaps = [
                gap(rows["model"], rows[name], seed=SEED, resamples=RESAMPLES)
                for name in others
                for gap in GAPS.values()
            ]
            yield (
                f"| {window[0]}-{window[1]} m | {peace} months | {m.cases} | {m.onsets} ({m.countries}) | {m.base_rate:.4f} | "
                + " | ".join([*(two(s) for s in said.values()), *(span(g) for g in gaps)])
                + " |"
            )


def two(scores: OnsetScores) -> str:
    """Area under the curve and average precision."""
    return f"{scores.auc:.3f} / {scores.average_precision:.3f}"


def span(bounds: Bounds | None) -> str:
    """A difference with its interval."""
    return "n/a" if bounds is None else f"{bounds.value:+.3f} [{bounds.lower:+.3f}, {bounds.upper:+.3f}]"


def judge_steps(history: History, records: dict[str, list[Asked]], begin: Month) -> Iterator[str]:
    """What was said and what came, months 1-12 ahead after 12 months of peace."""
    question = Onset(*WINDOWS[1], peace=PEACE[0])
    mine, since = (held(history, records[name][1], question, begin) for name in ("model", "months since"))
    yield from how_said(mine)
    yield from ("", "The same by months since the last death:", "", *named(since))


def held(history: History, asked: Asked, question: Onset, begin: Month) -> Asked:
    """The record where a peace held, from an origin on."""
    kept = [i for i, origin in enumerate(asked.origins) if origin >= begin]
    part = Asked(asked.areas, tuple(asked.origins[i] for i in kept), asked.p[kept], asked.came[kept])
    peace = question.at_peace(history)[:, [o - history.first for o in part.origins]].T
    return part.after(peace)


def how_said(asked: Asked) -> Iterator[str]:
    """Steps of probability and the first few at each origin."""
    yield "| probability said | country-months | countries | mean said | came | 90 % interval over countries |"
    yield "|---|---|---|---|---|---|"
    for s in steps_of(asked, seed=SEED):
        span = "n/a" if s.lower is None or s.upper is None else f"{s.lower:.3f} to {s.upper:.3f}"
        yield f"| {s.p_from} to {s.p_to} | {s.cases} | {s.countries} | {s.said:.4f} | {s.came:.4f} | {span} |"
    yield ""
    yield from named(asked)


def named(asked: Asked) -> Iterator[str]:
    """What came of the first few at each origin."""
    yield "| first at each origin | named | right | precision | share of onsets |"
    yield "|---|---|---|---|---|"
    for b in (budget_of(asked, n) for n in BUDGETS):
        yield f"| {b.budget} | {b.alerts} | {b.hits} | {b.precision or 0:.3f} | {b.recall or 0:.3f} |"


def everybody(records: dict[str, list[Asked]]) -> Iterator[str]:
    """All countries, at peace or not: what persistence alone gives."""
    others = {name: found for name, found in records.items() if name != "model"}
    yield "| window | base rate | " + " | ".join(f"{name} AUC / AP" for name in others) + " |"
    yield "|---" * (2 + len(others)) + "|"
    for i, window in enumerate(WINDOWS):
        found = [Ranked.of(records_of[i]).scores() for records_of in others.values()]
        yield (f"| {window[0]}-{window[1]} m | {found[0].base_rate:.4f} | " + " | ".join(two(s) for s in found) + " |")


SERIES = {
    "sb": ("state-based deaths, VIEWS 2023 issue, origins from 2013 whose windows close by December 2021", state_based),
    "now": ("state-based deaths, carried on by yearly totals after 2021, origins from 2013 to 2022", state_based_now),
    "all": ("deaths of all types in events within a month (25.1), origins from 2013 to 2022", all_types),
}
"""What the chosen settings are judged on; they were chosen on the first."""


def judge_series(name: str) -> Iterator[str]:
    """Every table of a series."""
    words, series = SERIES[name]
    history = series()
    records = judged_by(history, TABLE_FROM if name == "sb" else JUDGE_FROM, boosted=name == "sb")
    yield from (f"**Judged: {words}**", "")
    yield from judge(history, records, JUDGE_FROM)
    yield ""
    yield from judge_steps(history, records, JUDGE_FROM)
    if name == "sb":
        yield from (
            "",
            "**The same from 2005 on: the settings were chosen on origins to 2012, so only partly judged**",
            "",
        )
        yield from judge(history, records, TABLE_FROM, bounds=False)
        yield from ("", "**All countries, at peace or not, origins from 2005**", "", *everybody(records))


def main() -> None:
    """Print the tables of a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=("choose", "judge"), default="judge")
    parser.add_argument("--series", choices=tuple(SERIES), default="sb", help="what to judge on")
    given = parser.parse_args()
    begun = perf_counter()
    say(choose() if given.stage == "choose" else judge_series(given.series))
    versions = f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, LightGBM"
    say(["", f"{versions} {lightgbm.__version__}, {platform.machine()}, {perf_counter() - begun:.0f} s."])


def say(lines: Sequence[str] | Iterator[str]) -> None:
    """Print line by line as they are made."""
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
