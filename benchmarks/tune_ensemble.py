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

import joblib
import lightgbm
import numpy as np
import sklearn

import tocsin
from tocsin.api.choosing import came_in, choosing_history, choosing_windows, country_years, ratios, scored
from tocsin.api.series import country_ids
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.backtest.parcels import parcelled
from tocsin.forecast.contract import model_named
from tocsin.forecast.ensemble.members import Members, PoolSettings
from tocsin.forecast.ensemble.model import ENSEMBLE, EnsembleSettings
from tocsin.forecast.ensemble.recent_level import Blur, RecentSettings
from tocsin.forecast.ensemble.tail import Tail
from tocsin.forecast.make import make_forecast
from tocsin.scores import threshold_weighted_crps
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.scores import Scores

DRAWS = 1000
FAR = 1000
"""Deaths a month from which a month is far out in the tail."""
JULY = 7
"""Month from which the figures of the year before are out."""
NONE = RecentSettings(share=0.0)
USUAL = PoolSettings()
SEEDS = 3
"""Seeds that are grown; candidates with fewer take the first of them."""


@dataclass(frozen=True)
class Variant:
    """Another way of growing the members, from one seed: scored against the usual members of one seed."""

    settings: EnsembleSettings
    other_violence: bool = False


def _recent(**changed: object) -> PoolSettings:
    return replace(USUAL, recent=replace(USUAL.recent, **changed))  # type: ignore[arg-type]  # names as in RecentSettings


HEAD = (
    "| candidate | mean ratio | less as it is (standard error) | CRPS | log CRPS | IGN | MIS "
    "| CRPS, deaths | log CRPS | IGN, bits | MIS, deaths | AP(>= 25) | covered, non-zero | CRPS above 1000 |"
)
YEAR_AND_QUARTER = (Blur(12, 0.3), Blur(3, 0.4))
CANDIDATES: dict[str, PoolSettings] = {
    "as it is": USUAL,
    "one seed": replace(USUAL, seeds=1),
    "three seeds": replace(USUAL, seeds=3),
    "forests and bins of every area alone": replace(USUAL, active_bins=0.0, at_war=0.0, recent=NONE),
    "no recent level": replace(USUAL, recent=NONE),
    "no forest of changes at war": replace(USUAL, at_war=0.0),
    "no bins of violent areas": replace(USUAL, active_bins=0.0),
    "no networks": replace(USUAL, nets=0.0),
    "no boosted trees of every area": replace(USUAL, nets=1.0),
    "no forest of what came": replace(USUAL, changes=0.5, bins=0.5),
    "no forest of changes": replace(USUAL, changes=0.0, bins=0.5),
    "half of it bins": replace(USUAL, changes=0.25, bins=0.5),
    "bins of violent areas 0.5": replace(USUAL, active_bins=0.5),
    "forest of changes at war 0.2": replace(USUAL, at_war=0.2),
    "forest of changes at war 0.6": replace(USUAL, at_war=0.6),
    "recent level at most 0.3": _recent(share=0.3),
    "recent level at most 0.8": _recent(share=0.8),
    "recent level whole from 80 deaths": _recent(full=80.0),
    "recent level whole from 1000 deaths": _recent(full=1000.0),
    "recent level from 5 deaths": _recent(none=5.0),
    "recent level of year and quarter": _recent(blurs=YEAR_AND_QUARTER),
    "no guard after hot years": _recent(guard=0.0),
    "guard 1": _recent(guard=1.0),
    "guard 1, recent level at most 0.8": _recent(guard=1.0, share=0.8),
    "cooling 0.2": _recent(cooling=0.2),
    "no drift": _recent(drift=0.0),
    "drift 0.2": _recent(drift=0.2),
    "gate .002": replace(USUAL, gate=0.002),
    "gate .01": replace(USUAL, gate=0.01),
    "a tail above the 98 % quantile": replace(USUAL, tail=Tail(share=0.02, shape=0.75, scale=0.8, least=25)),
    "a tail above the 95 % quantile": replace(USUAL, tail=Tail(share=0.05, shape=0.82, scale=0.63, least=25)),
}
ONE = EnsembleSettings(pool=replace(USUAL, seeds=1))
GROWN: dict[str, Variant] = {
    "as it is": Variant(replace(ONE, pool=replace(USUAL, seeds=SEEDS))),
    "one seed, other violence of the year before": Variant(ONE, other_violence=True),
}


@dataclass(frozen=True)
class Tried:
    """One candidate's scores over the windows.

    Attributes:
        ratios: to conflictology, shape (windows, metrics).
        above: threshold-weighted CRPS above 1000 deaths, a window each.
    """

    name: str
    scores: list[Scores]
    above: list[float]
    ratios: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """Mean ratio over metrics and windows."""
        return float(self.ratios.mean())

    @property
    def covered_where_deaths_came(self) -> float:
        """Share of the months with deaths that lay in their 90 % interval, all windows together."""
        return float(np.concatenate([s.units.coverage90[s.units.actual > 0] for s in self.scores]).mean())

    def line(self, beside: Tried) -> str:
        """The candidate's row of the table."""
        apart = (self.ratios - beside.ratios).mean(axis=1)
        error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else float("nan")
        every = [s.as_dict() for s in self.scores]
        mean = {k: np.mean([row[k] or np.nan for row in every]) for k in ("crps", "log_crps", "ign", "mis", "ap25")}
        figures = " | ".join(f"{x:.3f}" for x in self.ratios.mean(axis=0))
        return (
            f"| {self.name} | {self.mean:.4f} | {apart.mean():+.4f} ({error:.4f}) | {figures} | {mean['crps']:.2f} "
            f"| {mean['log_crps']:.4f} | {mean['ign']:.3f} | {mean['mis']:.0f} | {mean['ap25']:.3f} "
            f"| {self.covered_where_deaths_came:.3f} | {np.mean(self.above):.3f} |"
        )


def with_other_violence(history: History) -> History:
    """The history with non-state and one-sided deaths of each country's year before (from July) or the one before that.

    The yearly figures are of one vintage, later than the windows: that flatters them a little.
    """
    year_of = {(r["gwcode"], r["year"]): r for r in country_years().iter_rows(named=True)}
    codes = {country.id(AreaIds.VIEWS): country.id(AreaIds.GW) for country in country_ids().countries}
    months = [history.first + k for k in range(history.deaths.shape[1])]
    known = [m.year - (1 if m.month >= JULY else 2) for m in months]
    slow = dict(history.slow)
    for name in ("deaths_ns_best", "deaths_os_best"):
        rows = [
            [(year_of.get((codes.get(area), year)) or {}).get(name) or 0 for year in known] for area in history.areas
        ]
        slow[name] = np.log1p(np.array(rows, dtype=np.float64))
    return replace(history, slow=slow)


def members_of(history: History, window: Window, name: str, keep: Path | None) -> Members:
    """What the members say at a window's origin, grown once and kept where a folder is given."""
    kept = keep and keep / f"{window.year} {name}.joblib"
    if kept and kept.exists():
        return joblib.load(kept)  # type: ignore[no-any-return]  # what is dumped below
    variant = GROWN[name]
    seen = (with_other_violence(history) if variant.other_violence else history).until(window.origin)
    begin = perf_counter()
    members = ENSEMBLE.with_settings(variant.settings).fit(seen, horizons=HORIZONS, seed=1).members(seen)
    sys.stderr.write(f"{window.year} {name}: grown in {perf_counter() - begin:.0f} s\n")
    if kept:
        joblib.dump(members, kept)
    return members


def scored_twice(history: History, window: Window, draws: NDArray[np.integer]) -> tuple[Scores, float]:
    """All scores, and the threshold-weighted CRPS above 1000 deaths."""
    above = threshold_weighted_crps(draws, came_in(history, window), threshold=FAR)
    return scored(history, window, draws), float(above.mean())


def of_window(history: History, keep: Path | None, window: Window) -> dict[str, tuple[Scores, float]]:
    """Scores of every candidate in one window, of the quantile forest and of conflictology."""
    both = partial(scored_twice, history, window)
    members = members_of(history, window, "as it is", keep)
    found = {name: both(members.pooled(settings, draws=DRAWS)) for name, settings in CANDIDATES.items()}
    for name, variant in GROWN.items():
        if name != "as it is":
            other = members_of(history, window, name, keep)
            found[name] = both(other.pooled(variant.settings.pool, draws=DRAWS))
    seen = history.until(window.origin)
    for name in ("quantile_forest", "conflictology"):
        made = make_forecast(seen, model=model_named(name), horizons=HORIZONS, draws=DRAWS, seed=1)
        found[name] = both(made.draws)
    return found


def main() -> None:
    """Score every candidate and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with views_cm_ged_sb_1990_2021.parquet")
    parser.add_argument("--first", type=int, default=2003, help="the first window")
    parser.add_argument("--processes", type=int, default=1, help="windows side by side")
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder that keeps what the members say; empty it when code changes",
    )
    parser.add_argument("--out", type=Path, help="where the table goes, beside stdout")
    given = parser.parse_args()
    history = choosing_history(given.data / "views_cm_ged_sb_1990_2021.parquet")
    every = parcelled(partial(of_window, history, given.keep), choosing_windows(given.first), processes=given.processes)
    reference = [row["conflictology"][0] for row in every]
    tried = [
        Tried(name, scores, [row[name][1] for row in every], ratios(scores, reference))
        for name in every[0] if (scores := [row[name][0] for row in every])
    ]  # fmt: skip
    beside = next(one for one in tried if one.name == "as it is")
    lines = [
        f"# Candidates of the ensemble, windows {given.first}-2017",
        "",
        f"Made by `benchmarks/tune_ensemble.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy",
        f"{np.__version__}, scikit-learn {sklearn.__version__}, LightGBM {lightgbm.__version__}, {platform.machine()}.",
        "Ratios are to conflictology in the same window; lower is better. A row changes what it names and nothing else.",
        "",
        HEAD,
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(one.line(beside) for one in sorted(tried, key=lambda one: one.mean)),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
