"""A tail, and intervals calibrated by size class: would either better the ensemble on windows before 2018?

    .venv/bin/python benchmarks/tune_ensemble_calibration.py --data ../shared/data/benchmarks --keep FOLDER

`--keep` is the folder in which benchmarks/tune_ensemble.py kept what the members say. Both are learned on every other
window and tried on the rest, and the other way round. The tail is a generalised Pareto law of excesses over each forecast's
own quantile. The calibration maps levels so that 5 % of the learning windows' months lay below and above the 90 % interval,
in each class of mean deaths a month over the last year (conformal by class: Vovk 2003; Bostrom & Johansson 2020).
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import joblib
import numpy as np

import tocsin
from tocsin.api.choosing import came_in, choosing_history, choosing_windows, ratios, scored
from tocsin.backtest.challenge import HORIZONS
from tocsin.errors import OutOfRange
from tocsin.forecast.contract import model_named
from tocsin.forecast.ensemble.members import LEVELS, PoolSettings
from tocsin.forecast.ensemble.tail import learned_tail
from tocsin.forecast.leaves import even_levels
from tocsin.forecast.make import make_forecast
from tocsin.scores import pit, threshold_weighted_crps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from tocsin.backtest.challenge import Window
    from tocsin.panel.history import History
    from tocsin.scores import Scores

    Change: TypeAlias = Callable[["Foretold"], NDArray[np.int64]]

CLASSES = np.array([1e-9, 1, 5, 20, 80, 300])
"""Mean deaths a month over the last year at which a size class begins; below the first is peace, which is left alone."""
FAR = 1000


@dataclass(frozen=True)
class Foretold:
    """One window: draws of shape (A, 12, 1000), what came, each area's class, and conflictology's scores."""

    window: Window
    draws: NDArray[np.int64]
    came: NDArray[np.int64]
    classes: NDArray[np.intp]
    beside: Scores

    @classmethod
    def of(cls, history: History, window: Window, keep: Path) -> Foretold:
        """From what the members were kept saying."""
        members = joblib.load(keep / f"{window.year} as it is.joblib")
        made = make_forecast(
            history.until(window.origin), model=model_named("conflictology"), horizons=HORIZONS, draws=LEVELS, seed=1
        )
        return cls(
            window, members.pooled(PoolSettings(), draws=LEVELS), came_in(history, window),
            np.digitize(members.deaths[:, -12:].mean(axis=1), CLASSES), scored(history, window, made.draws),
        )  # fmt: skip


def tailed(learned: Sequence[Foretold], *, share: float, least: int) -> Change:
    """The draws with a tail whose law comes from other windows."""
    flat = np.concatenate([f.draws.reshape(-1, LEVELS) for f in learned])
    law = learned_tail(flat, np.concatenate([f.came.ravel() for f in learned]), share=share, least=least)
    sys.stderr.write(f"tail {share}, {least}: shape {law.shape:.2f}, scale {law.scale:.2f}\n")
    return lambda f: law.above(f.draws)


def calibrated(learned: Sequence[Foretold], *, with_deaths: bool) -> Change:
    """The draws with each class's 90 % interval set by other windows; by all months, or by those with deaths."""
    ends = {}
    for k in range(1, len(CLASSES) + 1):
        draws = np.concatenate([f.draws[f.classes == k] for f in learned])
        came = np.concatenate([f.came[f.classes == k] for f in learned])
        placed = pit(draws, came, seed=1)[came >= int(with_deaths)]
        ends[k] = np.quantile(placed, (0.05, 0.95))
    wanted = even_levels(LEVELS)

    def change(f: Foretold) -> NDArray[np.int64]:
        out = f.draws.copy()
        for k, (low, high) in ends.items():
            levels = np.interp(wanted, (0, 0.05, 0.5, 0.95, 1), (0, min(low, 0.3), 0.5, max(high, 0.7), 1))
            out[f.classes == k] = f.draws[f.classes == k][..., np.minimum((levels * LEVELS).astype(int), LEVELS - 1)]
        return out

    return change


def line(history: History, name: str, every: Sequence[Foretold], draws: Sequence[NDArray[np.int64]]) -> str:
    """One row of the table."""
    scores = [scored(history, f.window, d) for f, d in zip(every, draws, strict=True)]
    ratio = ratios(scores, [f.beside for f in every])
    above = np.mean(
        [threshold_weighted_crps(d, f.came, threshold=FAR).mean() for f, d in zip(every, draws, strict=True)]
    )
    covered = np.concatenate([s.units.coverage90[s.units.actual > 0] for s in scores]).mean()
    figures = " | ".join(f"{x:.4f}" for x in ratio.mean(axis=0))
    return f"| {name} | {ratio.mean():.4f} | {figures} | {above:.3f} | {covered:.3f} |"


def cover(every: Sequence[Foretold]) -> list[str]:
    """By class, months with deaths and how many of them lay in their 90 % interval, as the ensemble is."""
    classes = np.concatenate([np.repeat(f.classes, f.came.shape[1]) for f in every])
    came = np.concatenate([f.came.ravel() for f in every])
    low, high = (np.concatenate([np.quantile(f.draws, q, axis=2).ravel() for f in every]) for q in (0.05, 0.95))
    held = (low <= came) & (came <= high)
    lines = [
        "| deaths a month over the last year | months | with deaths | of those in their interval | of all in their interval |",
        "|---|---|---|---|---|",
    ]
    names = ("none", "below 1", "1 to 5", "5 to 20", "20 to 80", "80 to 300", "300 and more")
    for k, name in enumerate(names):
        mine, deaths = classes == k, (classes == k) & (came > 0)
        lines.append(
            f"| {name} | {mine.sum()} | {deaths.sum()} | {held[deaths].mean():.3f} | {held[mine].mean():.3f} |"
        )
    return lines


def crossed(every: Sequence[Foretold], learn: Callable[[Sequence[Foretold]], Change]) -> list[NDArray[np.int64]]:
    """Each window changed by what the windows of the other half teach."""
    halves = [learn([f for i, f in enumerate(every) if i % 2 != half]) for half in (0, 1)]
    return [halves[i % 2](f) for i, f in enumerate(every)]


def main() -> None:
    """Try both and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with views_cm_ged_sb_1990_2021.parquet")
    parser.add_argument("--keep", type=Path, required=True, help="where tune_ensemble.py kept what the members say")
    parser.add_argument("--first", type=int, default=2003, help="the first window")
    parser.add_argument("--out", type=Path, help="where the table goes, beside stdout")
    given = parser.parse_args()
    history = choosing_history(given.data / "views_cm_ged_sb_1990_2021.parquet")
    every = [Foretold.of(history, window, given.keep) for window in choosing_windows(given.first)]
    lines = [
        f"# A tail and calibration by size class, windows {given.first}-2017",
        "",
        f"Made by `benchmarks/tune_ensemble_calibration.py`: Tocsin {tocsin.__version__}, {platform.machine()},",
        f"Python {platform.python_version()}, numpy {np.__version__}.",
        "Ratios are to conflictology in the same window; lower is better. Laws and levels are learned on the other windows.",
        "",
        "| candidate | mean ratio | CRPS | log CRPS | IGN | MIS | CRPS above 1000 | covered, non-zero |",
        "|---|---|---|---|---|---|---|---|",
        line(history, "as it is", every, [f.draws for f in every]),
    ]
    for share, least in ((0.01, 5), (0.01, 25), (0.02, 5), (0.02, 25), (0.05, 5), (0.05, 25)):
        name = f"tail above the {1 - share:.0%} quantile, from {least} deaths"
        try:
            changed = crossed(every, partial(tailed, share=share, least=least))
        except OutOfRange as too_few:
            lines.append(f"| {name} | {too_few} | | | | | | |")
            continue
        lines.append(line(history, name, every, changed))
    for with_deaths in (False, True):
        name = f"calibrated by class, by {'months with deaths' if with_deaths else 'all months'}"
        changed = crossed(every, partial(calibrated, with_deaths=with_deaths))
        lines.append(line(history, name, every, changed))
    text = "\n".join([*lines, "", *cover(every)]) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
