"""Choose the ensemble's settings on windows before 2018, and write every candidate down.

    .venv/bin/python benchmarks/tune_ensemble.py --data ../shared/data/benchmarks --out benchmarks/tune_ensemble.md

Members are grown once a window, and pooled in every way that is tried. Nothing later than December 2017 is loaded. Each
score of a window is divided by that of conflictology in the same window, so that no hot year decides, and averaged over
CRPS, log CRPS, ignorance and interval score. The quantile forest stands beside the candidates. `--first 2011` scores fewer
windows.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import lightgbm
import numpy as np
import sklearn

import tocsin
from tocsin.api.choosing import choosing_history, choosing_windows, ratios, scored
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.backtest.parcels import parcelled
from tocsin.forecast.contract import model_named
from tocsin.forecast.ensemble.model import ENSEMBLE, EnsembleSettings, FittedEnsemble
from tocsin.forecast.ensemble.recent_level import Blur, RecentSettings
from tocsin.forecast.make import make_forecast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.scores import Scores

DRAWS = 1000
NONE = RecentSettings(share=0.0)
USUAL = EnsembleSettings()
GROWN = EnsembleSettings(seeds=3)
"""What is grown; candidates with fewer seeds take the first of them."""


def _recent(**changed: object) -> EnsembleSettings:
    return replace(USUAL, recent=replace(USUAL.recent, **changed))  # type: ignore[arg-type]  # names as in RecentSettings


HEAD = (
    "| candidate | mean ratio | less as it is (standard error) | CRPS | log CRPS | IGN | MIS "
    "| CRPS, deaths | log CRPS | IGN, bits | MIS, deaths | AP(>= 25) |"
)
YEAR_AND_QUARTER = (Blur(12, 0.3), Blur(3, 0.4))
CANDIDATES: dict[str, EnsembleSettings] = {
    "as it is": USUAL,
    "no recent level": replace(USUAL, recent=NONE),
    "forests alone, no recent level": replace(USUAL, recent=NONE, bins=0.0, changes=0.5),
    "boosted bins alone, no recent level": replace(USUAL, recent=NONE, bins=1.0, changes=0.0),
    "forests alone": replace(USUAL, bins=0.0, changes=0.5),
    "boosted bins alone": replace(USUAL, bins=1.0, changes=0.0),
    "no forest of changes": replace(USUAL, changes=0.0, bins=0.5),
    "no forest of what came": replace(USUAL, changes=0.5, bins=0.5),
    "half of it boosted bins": replace(USUAL, changes=0.25, bins=0.5),
    "no forest of changes at war": replace(USUAL, at_war=0.0),
    "forest of changes at war 0.25": replace(USUAL, at_war=0.25),
    "forest of changes at war 0.6": replace(USUAL, at_war=0.6),
    "no member of wars": replace(USUAL, at_war=0.0, recent=NONE),
    "recent level at most 0.25": _recent(share=0.25),
    "recent level at most 0.4": _recent(share=0.4),
    "recent level at most 0.7": _recent(share=0.7),
    "recent level whole from 80 deaths": _recent(full=80.0),
    "recent level whole from 1000 deaths": _recent(full=1000.0),
    "recent level from 5 deaths": _recent(none=5.0),
    "no drift": _recent(drift=0.0),
    "drift 0.2": _recent(drift=0.2),
    "year and quarter alone": _recent(blurs=YEAR_AND_QUARTER),
    "gate .004": replace(USUAL, gate=0.004),
    "gate .0075": replace(USUAL, gate=0.0075),
    "one seed": replace(USUAL, seeds=1),
    "three seeds": replace(USUAL, seeds=3),
}


@dataclass(frozen=True)
class Tried:
    """One candidate's scores over the windows."""

    name: str
    scores: list[Scores]
    ratios: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """Mean ratio over metrics and windows."""
        return float(self.ratios.mean())

    def line(self, beside: Tried) -> str:
        """The candidate's row of the table."""
        apart = (self.ratios - beside.ratios).mean(axis=1)
        error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else float("nan")
        every = [s.as_dict() for s in self.scores]
        mean = {k: np.mean([row[k] or np.nan for row in every]) for k in ("crps", "log_crps", "ign", "mis", "ap25")}
        figures = " | ".join(f"{x:.3f}" for x in self.ratios.mean(axis=0))
        return (
            f"| {self.name} | {self.mean:.4f} | {apart.mean():+.4f} ({error:.4f}) | {figures} | {mean['crps']:.2f} "
            f"| {mean['log_crps']:.4f} | {mean['ign']:.3f} | {mean['mis']:.0f} | {mean['ap25']:.3f} |"
        )


def with_seeds(fitted: FittedEnsemble, settings: EnsembleSettings) -> FittedEnsemble:
    """The members of the first seeds, pooled as a candidate asks."""
    return replace(
        fitted, settings=settings, forests=fitted.forests[: settings.seeds], boosted=fitted.boosted[: settings.seeds],
        changes_at_war=fitted.changes_at_war[: settings.seeds],
    )  # fmt: skip


def of_window(history: History, window: Window) -> dict[str, Scores]:
    """Scores of every candidate in one window, of the quantile forest and of conflictology."""
    begin = perf_counter()
    seen = history.until(window.origin)
    fitted = ENSEMBLE.with_settings(GROWN).fit(seen, horizons=HORIZONS, seed=1)
    grown = perf_counter()
    found = {
        name: scored(history, window, with_seeds(fitted, settings).months_alone(seen, draws=DRAWS))
        for name, settings in CANDIDATES.items()
    }
    for name in ("quantile_forest", "conflictology"):
        made = make_forecast(seen, model=model_named(name), horizons=HORIZONS, draws=DRAWS, seed=1)
        found[name] = scored(history, window, made.draws)
    sys.stderr.write(f"{window.year}: grown in {grown - begin:.0f} s, tried in {perf_counter() - grown:.0f} s\n")
    return found


def main() -> None:
    """Score every candidate and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with views_cm_ged_sb_1990_2021.parquet")
    parser.add_argument("--first", type=int, default=2003, help="the first window")
    parser.add_argument("--processes", type=int, default=1, help="windows side by side")
    parser.add_argument("--out", type=Path, help="where the table goes, beside stdout")
    given = parser.parse_args()
    history = choosing_history(given.data / "views_cm_ged_sb_1990_2021.parquet")
    every = parcelled(partial(of_window, history), choosing_windows(given.first), processes=given.processes)
    reference = [row["conflictology"] for row in every]
    tried = [Tried(name, s, ratios(s, reference)) for name in every[0] if (s := [row[name] for row in every])]
    beside = next(one for one in tried if one.name == "as it is")
    lines = [
        f"# Candidates of the ensemble, windows {given.first}-2017",
        "",
        f"Made by `benchmarks/tune_ensemble.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy",
        f"{np.__version__}, scikit-learn {sklearn.__version__}, LightGBM {lightgbm.__version__}, {platform.machine()}.",
        "Ratios are to conflictology in the same window; lower is better. A row changes what it names and nothing else.",
        "",
        HEAD,
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(one.line(beside) for one in sorted(tried, key=lambda one: one.mean)),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
