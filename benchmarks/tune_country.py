"""Choose the quantile forest's settings on windows before 2018, and write every candidate down.

    .venv/bin/python benchmarks/tune_country.py --data ../shared/data/benchmarks --out benchmarks/tune_country.md

Nothing later than December 2017 is loaded. Each score of a window is divided by that of conflictology in the same
window, so that no hot year decides; the candidate with the lowest mean over CRPS, log CRPS, ignorance and interval score
is chosen.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

import tocsin
from tocsin.api.series import history_of_series
from tocsin.backtest.challenge import FIRST_TEST_MONTH, HORIZONS, Window
from tocsin.forecast.contract import Fitted, Model, model_named
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings
from tocsin.forecast.make import make_forecast
from tocsin.scores import Scores, score_draws
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from tocsin.panel.history import History

WINDOWS = tuple(range(2006, 2018))
METRICS = ("crps", "log_crps", "ign", "mis")
GROWN = [
    ForestSettings(leaf=leaf, share_of_features=share) for leaf, share in itertools.product((10, 20, 40), (0.2, 0.4))
]
OWN = (0.0, 0.15, 0.3, 0.5)


def score(history: History, model: Model, window: Window, *, fitted: Fitted | None = None) -> Scores:
    """Scores of one model in one window, actuals from the same series."""
    seen = history.until(window.origin)
    forecast = make_forecast(seen, model=model, horizons=HORIZONS, draws=1000, seed=1, fitted=fitted)
    first = window.months[0] - history.first
    came = history.deaths[seen.here, first : first + len(HORIZONS)]
    return score_draws(forecast.draws, came, seed=1)


def relative(scores: list[Scores], reference: list[Scores]) -> dict[str, float]:
    """Mean over windows of each score divided by the reference's."""
    pairs = list(zip(scores, reference, strict=True))
    return {m: float(np.mean([getattr(a, m) / getattr(b, m) for a, b in pairs])) for m in METRICS}


def main() -> None:
    """Score every candidate and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    file = given.data / "views_cm_ged_sb_1990_2021.parquet"
    history = history_of_series(file, target="ged_sb", ids=AreaIds.VIEWS).until(FIRST_TEST_MONTH - 1)
    windows = [Window(year) for year in WINDOWS]
    reference = [score(history, model_named("conflictology"), w) for w in windows]
    rows = []
    for grown in GROWN:
        scores: dict[float, list[Scores]] = {own: [] for own in OWN}
        begin = perf_counter()
        for window in windows:
            fitted = QUANTILE_FOREST.with_settings(grown).fit(history.until(window.origin), horizons=HORIZONS, seed=1)
            for own in OWN:
                kept = replace(fitted, settings=replace(grown, own=own))
                scores[own].append(score(history, QUANTILE_FOREST, window, fitted=kept))
        seconds = perf_counter() - begin
        for own in OWN:
            ratio = relative(scores[own], reference)
            ap = float(np.mean([s.ap25 or np.nan for s in scores[own]]))
            rows.append((float(np.mean(list(ratio.values()))), replace(grown, own=own), scores[own], ratio, ap))
        sys.stderr.write(f"{grown}: {seconds:.0f} s\n")
    lines = [
        "# Candidates of the country forest, windows 2006-2017",
        "",
        f"Made by `benchmarks/tune_country.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy",
        f"{np.__version__}, {platform.machine()}. Ratios are to conflictology in the same window; lower is better.",
        "",
        "| leaf | share of features | own | mean ratio | CRPS | log CRPS | IGN | MIS | CRPS, deaths | AP(>= 25) |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for mean, s, every, ratio, ap in sorted(rows, key=lambda row: row[0]):
        ratios = " | ".join(f"{ratio[m]:.3f}" for m in METRICS)
        crps = np.mean([w.crps for w in every])
        figures = f"{mean:.4f} | {ratios} | {crps:.2f} | {ap:.3f}"
        lines.append(f"| {s.leaf} | {s.share_of_features} | {s.own} | {figures} |")
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
