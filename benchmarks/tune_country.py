"""Choose the quantile forest's settings on windows before 2018, and write every candidate down.

    .venv/bin/python benchmarks/tune_country.py --data ../shared/data/benchmarks --out benchmarks/tune_country.md

Two stages: the trees and the own share, with the first forest alone (`--stage trees`); then, with the trees chosen, the
slow drivers, the share of the second forest and the own share anew (`--stage pool`). Nothing later than December 2017 is
loaded. Each score of a window is divided by that of conflictology in the same window, so that no hot year decides; the
candidate with the lowest mean over CRPS, log CRPS, ignorance and interval score is chosen.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

import tocsin
from tocsin.api.choosing import choosing_history, choosing_windows, ratios, scored
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.forecast.contract import Fitted, Model, model_named
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings
from tocsin.forecast.make import make_forecast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.scores import Scores

FIRST = 2006
LEAVES, FEATURES = (10, 20, 40), (0.2, 0.4)
TREES_STAGE = [ForestSettings(leaf=leaf, share_of_features=f) for leaf, f in itertools.product(LEAVES, FEATURES)]
POOLS = {
    "trees": [(own, 0.0) for own in (0.0, 0.15, 0.3, 0.5)],
    "pool": list(itertools.product((0.0, 0.1, 0.15, 0.3), (0.0, 1 / 3, 1 / 2))),
}
"""Own share, and share of the second forest in what is left, by stage."""


def score(history: History, model: Model, window: Window, *, fitted: Fitted | None = None) -> Scores:
    """Scores of one model in one window, actuals from the same series."""
    seen = history.until(window.origin)
    forecast = make_forecast(seen, model=model, horizons=HORIZONS, draws=1000, seed=1, fitted=fitted)
    return scored(history, window, forecast.draws)


@dataclass(frozen=True)
class Candidate:
    """One candidate's scores over the windows, as ratios to conflictology, shape (windows, metrics)."""

    settings: ForestSettings
    drivers: bool
    ratios: NDArray[np.float64]
    ap: float

    @property
    def mean(self) -> float:
        """Mean ratio over metrics and windows."""
        return float(self.ratios.mean())

    def line(self, best: Candidate) -> str:
        """The candidate's row of the table."""
        s = self.settings
        apart = (self.ratios - best.ratios).mean(axis=1)
        error = apart.std(ddof=1) / np.sqrt(len(apart))
        figures = " | ".join(f"{x:.3f}" for x in self.ratios.mean(axis=0))
        return (
            f"| {s.leaf} | {s.share_of_features} | {'yes' if self.drivers else 'no'} | {s.own} | {s.relative:.2f} "
            f"| {self.mean:.4f} | {figures} | {self.ap:.3f} | {apart.mean():+.4f} ({error:.4f}) |"
        )


def candidates(
    history: History,
    grown: ForestSettings,
    windows: list[Window],
    reference: list[Scores],
    *,
    pools: list[tuple[float, float]],
    drivers: bool,
) -> list[Candidate]:
    """Grow once a window, then pool in every way."""
    begin = perf_counter()
    scores: dict[tuple[float, float], list[Scores]] = {pool: [] for pool in pools}
    for window in windows:
        fitted = QUANTILE_FOREST.with_settings(grown).fit(history.until(window.origin), horizons=HORIZONS, seed=1)
        for own, relative in pools:
            kept = replace(fitted, settings=replace(grown, own=own, relative=relative))
            scores[own, relative].append(score(history, QUANTILE_FOREST, window, fitted=kept))
    sys.stderr.write(f"{grown}, drivers {drivers}: {perf_counter() - begin:.0f} s\n")
    return [
        Candidate(replace(grown, own=own, relative=relative), drivers, ratios(every, reference), _ap(every))
        for (own, relative), every in scores.items()
    ]


def _ap(scores: list[Scores]) -> float:
    return float(np.mean([s.ap25 or np.nan for s in scores]))


def main() -> None:
    """Score every candidate and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--stage", choices=tuple(POOLS), default="pool")
    given = parser.parse_args()
    file = given.data / "views_cm_ged_sb_1990_2021.parquet"
    history = choosing_history(file)
    windows = list(choosing_windows(FIRST))
    reference = [score(history, model_named("conflictology"), w) for w in windows]
    rows = []
    for with_drivers in (True, False) if given.stage == "pool" else (False,):
        seen = history if with_drivers else replace(history, slow={})
        for grown in TREES_STAGE if given.stage == "trees" else [ForestSettings()]:
            rows += candidates(seen, grown, windows, reference, pools=POOLS[given.stage], drivers=with_drivers)
    best = min(rows, key=lambda row: row.mean)
    lines = [
        f"# Candidates of the country forest, windows 2006-2017, stage {given.stage}",
        "",
        f"Made by `benchmarks/tune_country.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy",
        f"{np.__version__}, {platform.machine()}. Ratios are to conflictology in the same window; lower is better. The last",
        "column is the distance from the best with its standard error over windows.",
        "",
        "| leaf | features | drivers | own | second forest | mean ratio | CRPS | log CRPS | IGN | MIS | AP(>= 25) | from best |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(row.line(best) for row in sorted(rows, key=lambda row: row.mean)),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
