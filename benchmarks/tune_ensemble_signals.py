"""Would what else is known of a country help its forecast? Bins of trees and networks with more signals, before 2018.

    .venv/bin/python benchmarks/tune_ensemble_signals.py --data ../shared/data --processes 2

The members that take new signals soonest, boosted trees and small networks over the bins of the ignorance score, are grown with
each group of signals and without. Lower ignorance and higher AP(>= 25 deaths) are better. Yearly figures are used from July of
the next year on, democracy from the second January. Figures are of one late vintage, which flatters the signals a little. Nothing
later than December 2017 is used: yearly tables are cut as they are read.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import lightgbm
import numpy as np
import sklearn

import tocsin
from tocsin.api.choosing import came_in, choosing_history, choosing_windows, country_years, yearly_table
from tocsin.api.series import country_ids
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.backtest.parcels import parcelled
from tocsin.forecast.ensemble.boosted_bins import BoostedBins, BoostSettings, bin_of
from tocsin.forecast.ensemble.nets import NetBins, NetSettings
from tocsin.forecast.features import features_of, with_horizon
from tocsin.forecast.forest import ForestSettings, training_rows
from tocsin.scores import average_precision
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Floats = NDArray[np.float64]

JULY = 7
DRAWS = 1000
FROM_25 = 4
"""First bin of 25.5 deaths or more."""
SEEDS = (1, 1001)
COUNTED = ("conflicts", "over territory", "wars", "internationalised", "ended")
GROUPS = {
    "as it is": (), "conflicts and sides": ("conflicts",), "democracy": ("democracy",), "other violence": ("violence",),
    "all three": ("conflicts", "democracy", "violence"),
}  # fmt: skip


def yearly(history: History, value: Callable[[str, int], float]) -> Floats:
    """A yearly figure month by month, that of the year before from July on, shape (A, M)."""
    codes = {c.id(AreaIds.VIEWS): c.id(AreaIds.GW) for c in country_ids().countries}
    months = [history.first + k for k in range(history.deaths.shape[1])]
    known = [m.year - (1 if m.month >= JULY else 2) for m in months]
    of_year = {(a, y): value(codes.get(a) or "", y) for a in history.areas for y in set(known)}
    return np.array([[of_year[a, y] for y in known] for a in history.areas])


def conflicts(history: History, data: Path) -> dict[str, Floats]:
    """How many armed conflicts a state was the government side of, of what kind (UCDP/PRIO)."""
    counts: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for row in yearly_table(data / "events" / "ucdp_prio_acd_state_year.parquet").iter_rows(named=True):
        key = str(int(row["gwno_a"] or -1)), int(row["year"])
        held = (
            True,
            row["incompatibility"] == 1,
            row["intensity_level"] == 2,
            row["type_of_conflict"] == 4,
            row["ep_end"] == 1,
        )
        counts_now = zip(COUNTED, held, strict=True)
        for name, holds in counts_now:
            counts[name][key] += bool(holds)
    return {name: yearly(history, lambda g, y, n=name: float(counts[n][g, y])) for name in COUNTED}  # type: ignore[misc]


def democracy(history: History, data: Path) -> dict[str, Floats]:
    """Electoral and liberal democracy (V-Dem), and their change over five years."""
    rows = yearly_table(data / "drivers" / "vdem_country_year.parquet").iter_rows(named=True)
    known = {(str(r["gwcode"]), r["year"]): r for r in rows}

    def level(column: str, code: str, year: int) -> float:
        value = known.get((code, year), {}).get(column)
        return float("nan") if value is None else float(value)

    found = {}
    for column in ("v2x_polyarchy", "v2x_libdem"):
        found[column] = yearly(history, partial(level, column))
        found[f"{column}, change"] = yearly(history, lambda g, y, c=column: level(c, g, y) - level(c, g, y - 5))  # type: ignore[misc]
    return found


def violence(history: History, _: Path) -> dict[str, Floats]:
    """Non-state and one-sided deaths of the year before."""
    known = {(r["gwcode"], r["year"]): r for r in country_years().iter_rows(named=True)}
    return {
        name: np.log1p(yearly(history, lambda g, y, n=name: float(known.get((g, y), {}).get(n) or 0)))  # type: ignore[misc]
        for name in ("deaths_ns_best", "deaths_os_best")
    }


MAKERS = {"conflicts": conflicts, "democracy": democracy, "violence": violence}


def ignorance(p: Floats, came: NDArray[np.int64]) -> float:
    """Mean ignorance of bin probabilities as 1000 draws would have it, bits."""
    mine = np.take_along_axis(p, bin_of(came)[..., None], axis=2)[..., 0]
    return float(-np.log2((DRAWS * mine + 1) / (DRAWS + p.shape[2])).mean())


def of_window(history: History, data: Path, window: Window) -> dict[str, tuple[float, ...]]:
    """Ignorance of trees, networks and their mean, and its AP, with each group of signals."""
    came = came_in(history, window)
    found: dict[str, tuple[float, ...]] = {}
    for name, groups in GROUPS.items():
        more = {k: v for group in groups for k, v in MAKERS[group](history, data).items()}
        seen = replace(history, slow={**history.slow, **more}).until(window.origin)
        trees, nets = (np.mean([grown(seen, kind, seed) for seed in SEEDS], axis=0) for kind in ("trees", "nets"))
        both = (trees + nets) / 2
        ap = average_precision(both[..., FROM_25:].sum(axis=2).ravel(), (came >= 25).ravel())
        found[name] = (ignorance(trees, came), ignorance(nets, came), ignorance(both, came), ap or float("nan"))
    sys.stderr.write(f"{window.year} done\n")
    return found


def grown(seen: History, kind: str, seed: int) -> Floats:
    """Probabilities of the bins at the origin, shape (areas present, 12, 11)."""
    features = features_of(seen)
    rows = training_rows(seen, features, horizons=HORIZONS, settings=ForestSettings(), seed=seed)
    table = with_horizon(features.values[rows.area, rows.month], rows.horizon)
    made: BoostedBins | NetBins
    if kind == "trees":
        made = BoostedBins.of(table, rows.came, rows.weight, settings=BoostSettings(), seed=seed)
    else:
        made = NetBins.of(table, rows.came, rows.weight, settings=NetSettings(), seed=seed)
    now = features.values[seen.here, -1]
    return np.stack([made.probabilities(with_horizon(now, h)) for h in HORIZONS], axis=1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with benchmarks, drivers and events")
    parser.add_argument("--first", type=int, default=2003, help="the first window")
    parser.add_argument("--processes", type=int, default=1, help="windows side by side")
    parser.add_argument("--out", type=Path, help="where the table goes, beside stdout")
    given = parser.parse_args()
    history = choosing_history(given.data / "benchmarks" / "views_cm_ged_sb_1990_2021.parquet")
    windows = choosing_windows(given.first)
    every = parcelled(partial(of_window, history, given.data), windows, processes=given.processes)
    usual = np.array([one["as it is"] for one in every])
    lines = [
        f"# More signals for the bins, windows {given.first}-2017",
        "",
        f"Made by `benchmarks/tune_ensemble_signals.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()},",
        f"numpy {np.__version__}, scikit-learn {sklearn.__version__}, LightGBM {lightgbm.__version__}, {platform.machine()}.",
        "",
        "| signals | IGN of trees | IGN of networks | IGN of their mean | less as it is (standard error) | AP(>= 25) of it |",
        "|---|---|---|---|---|---|",
    ]
    for name in GROUPS:
        mine = np.array([one[name] for one in every])
        apart = (mine - usual)[:, 2]
        trees, nets, both, ap = mine.mean(axis=0)
        error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else float("nan")
        lines.append(
            f"| {name} | {trees:.4f} | {nets:.4f} | {both:.4f} | {apart.mean():+.4f} ({error:.4f}) | {ap:.3f} |"
        )
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
