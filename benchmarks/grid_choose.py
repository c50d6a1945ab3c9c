"""Cells: what was tried for `cell_hurdle`, on windows up to 2012 alone, and the table of it.

    .venv/bin/python benchmarks/grid_choose.py --data ../shared/data --windows 1996-2012 --keep tried.json
    .venv/bin/python benchmarks/grid_choose.py --table tried.json

State-based deaths of UCDP GED in half-degree cells of Iraq, the Central African Republic, Ethiopia, Sierra Leone and Sri
Lanka (not in the challenge's grid, but a war of twenty years to choose on). No event that ends after 2012 is read, as
benchmarks/grid.py judges on later windows. A forecast is scored as the chance of exceeding 0 to 20 deaths one by one and
6 % steps beyond: its error squared, summed over deaths, is the CRPS but for the steps. A pool's score follows exactly
from the products of its parts' errors, so every pool is scored, and weights are learned, without drawing. Figures are
CRPS as a share of neighbour conflictology's: each country's windows summed, then the mean over countries.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import sklearn
from grid_ways import WAYS, look_at  # type: ignore[import-not-found]  # the script beside this one
from scipy.optimize import minimize

import tocsin
from tocsin.api.cell_history import Covered, Grid, grid_of_events
from tocsin.backtest.challenge import Window
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FILES = ("ged_iraq_1989_2018", "ged_other_countries")
FIRST, LAST = Month.of(1989, 1), Month.of(2012, 12)
COUNTRIES = {"IRQ": 60, "CAF": 70, "ETH": 57, "SLE": 53}
"""Each country's VIEWS id; Sri Lanka's cells are those of the island."""
JUDGED_FROM = 2013
REFERENCE = "near 12"
EVERY = (*COUNTRIES, "LKA")

Errors = dict[str, dict[str, list[list[float]]]]
"""Window, then country, to the products of every two parts' errors; a last row and column holds what every part misses."""


def grid(data: Path) -> Grid:
    """The grid to the end of 2012; what came later is cut off as it is read."""
    events = read_ged(*(data / "events" / f"{name}.parquet" for name in FILES)).table
    events = events.filter(pl.col("date_end") < (LAST + 1).first_day)
    cells = pl.read_parquet(data / "geography" / "priogrid_cells.parquet")
    island = pl.col("lat").is_between(5.5, 10) & pl.col("lon").is_between(79.4, 82.2) & pl.col("views_land_cell")
    where = {c: pl.col("in_challenge_pgm") & (pl.col("views_country_id") == v) for c, v in COUNTRIES.items()}
    covered = [
        Covered(c, tuple(str(gid) for gid in cells.filter(mine)["gid"].sort()), FIRST, LAST)
        for c, mine in (where | {"LKA": island}).items()
    ]
    return grid_of_events(events, covered, target="deaths_sb", vintage="UCDP GED", last=LAST)


def places_of(data: Path, gids: tuple[str, ...]) -> NDArray[np.float32]:
    """Of each cell what does not change: towns, the way to the capital, relief, height and land; 0 where unknown."""
    logs = ["gn_city_pop", "gn_max_city", "dist_capital_km", "elev_sd_3x3"]
    static = pl.read_parquet(data / "geography" / "priogrid_static.parquet").select(
        pl.col("gid").cast(pl.String),
        *(pl.col(name).clip(0).log1p() for name in logs),
        pl.col("elev_m") / 1000,
        "land_share",
    )
    mine = pl.DataFrame({"gid": gids}).join(static, on="gid", how="left", maintain_order="left").drop("gid")
    return np.asarray(mine.fill_null(0.0).fill_nan(0.0).to_numpy(), dtype=np.float32)


def errors(whole: Grid, year: int, *, places: NDArray[np.float32]) -> dict[str, list[list[float]]]:
    """Products of every two parts' errors in one window, by country."""
    window = Window(year)
    look = look_at(whole.history, window, places=places)
    found = {}
    own = {c: whole.of_country(c, origin=window.origin) for c in EVERY}
    parts = [way(look) - look.came_by for way in WAYS.values()]
    for country, cells in own.items():
        mine = np.isin(look.cells, cells)
        missed = float(look.came_everywhere[np.setdiff1d(cells, look.cells)].sum())
        flat = np.stack([(part[mine] * look.root_of_step).ravel() for part in parts]).astype(np.float64)
        products = np.pad(flat @ flat.T, ((0, 1), (0, 1)))
        products[-1, -1] = missed
        found[country] = np.round(products, 4).tolist()
    return found


@dataclass(frozen=True)
class Tried:
    """The errors of several windows, and what pools of the parts come to."""

    kept: Errors

    @cached_property
    def products(self) -> dict[tuple[str, str], Floats]:
        """Window and country to the products of errors, the misses of cells at peace added to every pair."""
        every = {(y, c): np.array(p) for y, by in self.kept.items() for c, p in by.items()}
        return {key: p[:-1, :-1] + p[-1, -1] for key, p in every.items()}

    @cached_property
    def references(self) -> dict[str, float]:
        """CRPS of the reference, by country, over all windows."""
        at = list(WAYS).index(REFERENCE)
        return {c: sum(p[at, at] for (_, other), p in self.products.items() if other == c) for c in EVERY}

    def ratios(self, weights: Mapping[tuple[str, str], Floats]) -> list[float]:
        """By country the CRPS of pools as a share of the reference's; each window and country has its weights."""
        total = dict.fromkeys(EVERY, 0.0)
        for key, p in self.products.items():
            total[key[1]] += float(weights[key] @ p @ weights[key])
        return [total[c] / self.references[c] for c in EVERY]

    def learned(self, use: Iterable[tuple[str, str]], *, towards_equal: float) -> Floats:
        """Weights of least mean ratio over some windows and countries, drawn towards equal ones."""
        mean = np.sum([self.products[key] / self.references[key[1]] for key in use], axis=0)
        equal = np.full(len(mean), 1 / len(mean))
        pull = towards_equal * np.trace(mean) * equal[0]

        def loss(w: Floats) -> float:
            return float(w @ mean @ w + pull * ((w - equal) ** 2).sum())

        def slope(w: Floats) -> Floats:
            return np.asarray(2 * mean @ w + 2 * pull * (w - equal))

        one = {"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like}
        found = minimize(loss, equal, jac=slope, bounds=[(0, 1)] * len(equal), constraints=[one], method="SLSQP")
        return np.asarray(np.maximum(found.x, 0) / np.maximum(found.x, 0).sum())


POOLS: dict[str, dict[str, float]] = {}
"""Pools of parts by shares, filled below."""


def pool(**shares: float) -> dict[str, float]:
    """Shares by part; a name's underscore stands for a space."""
    whole = sum(shares.values())
    return {name.replace("_", " "): share / whole for name, share in shares.items()}


POOLS |= {
    "before: forest and local sizes, a sixth own, a sixth near": pool(forest=2, local=2, own_12=1, near_12=1),
    "odds for the forest": pool(odds=2, local=2, own_12=1, near_12=1),
    "odds and forest and local": pool(odds=1, forest=1, local=2, own_12=1, near_12=1),
    "odds alone, no local": pool(odds=4, own_12=1, near_12=1),
    "odds and local from wider features": pool(wide_odds=2, wide_local=2, own_12=1, near_12=1),
    "odds and local from places' features": pool(place_odds=2, place_local=2, own_12=1, near_12=1),
    "odds and local from newer situations": pool(newer_odds=2, newer_local=2, own_12=1, near_12=1),
    "odds and local from six horizons each": pool(many_odds=2, many_local=2, own_12=1, near_12=1),
    "boosted bins and local": pool(bins=2, local=2, own_12=1, near_12=1),
    "own of 3, 12 and 60 months": pool(odds=2, local=2, own_3=0.4, own_12=0.4, own_60=0.4, near_12=0.8),
    "own and near of 12 and 60 months": pool(odds=2, local=2, own_12=0.5, near_12=0.5, own_60=0.5, near_60=0.5),
    "a tenth always zero": pool(odds=1.8, local=1.8, own_12=0.9, near_12=0.9, zero=0.6),
    "always zero for near": pool(forest=2, local=2, own_12=1, zero=1),
    "always zero for near, odds and forest": pool(odds=1, forest=1, local=2, own_12=1, zero=1),
    "always zero for near, local from six horizons": pool(forest=2, many_local=2, own_12=1, zero=1),
    "always zero for near, local from places' features": pool(forest=2, place_local=2, own_12=1, zero=1),
    "always zero for near, own of 12 and 24 months": pool(forest=2, local=2, own_12=0.5, own_24=0.5, zero=1),
    "every part but zero alike": pool(**{n.replace(" ", "_"): 1 for n in WAYS if n != "zero"}),
}


def rows(tried: Tried) -> list[tuple[str, list[float]]]:
    """Every candidate with its ratio by country: parts alone, pools, and weights learned without what they judge."""
    names = list(WAYS)
    alone = [(name, {name: 1.0}) for name in names]
    found = []
    for name, shares in [*alone, *POOLS.items()]:
        w = np.array([shares.get(n, 0.0) for n in names])
        found.append((name, tried.ratios(dict.fromkeys(tried.products, w))))
    for pull, at in itertools.product((0.003, 0.03), (0, 1)):
        keys = list(tried.products)
        without = {
            one: tried.learned([k for k in keys if k[at] != one], towards_equal=pull) for one in {k[at] for k in keys}
        }
        ratios = tried.ratios({key: without[key[at]] for key in keys})
        left_out = ("window", "country")[at]
        found.append((f"weights learned, one {left_out} left out, drawn {pull} to equal", ratios))
    return found


def table(tried: Tried) -> list[str]:
    """The candidates and their ratios."""
    lines = [f"| candidate | {' | '.join(EVERY)} | mean | mean without LKA |", "|---" * (len(EVERY) + 3) + "|"]
    for name, ratios in rows(tried):
        figures = " | ".join(f"{r:.3f}" for r in ratios)
        lines.append(f"| {name} | {figures} | {np.mean(ratios):.4f} | {np.mean(ratios[:-1]):.4f} |")
    return lines


def main() -> None:
    """Score the windows and keep their errors, or print the table of what was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with events/ and geography/")
    parser.add_argument("--windows", default="1996-2012", help="first and last year, none later than 2012")
    parser.add_argument("--every", type=int, default=1, help="years from one window to the next")
    parser.add_argument(
        "--keep", type=Path, help="where to keep the errors, JSON; windows kept there are not made again"
    )
    parser.add_argument("--table", type=Path, nargs="+", help="print the table of errors that were kept")
    given = parser.parse_args()
    kept: Errors = {}
    for file in given.table or ([given.keep] if given.keep and given.keep.exists() else []):
        kept |= json.loads(file.read_text(encoding="utf-8"))
    if not given.table:
        first, last = (int(year) for year in given.windows.split("-"))
        if given.data is None or last >= JUDGED_FROM:
            parser.error("name the folder of data with --data, and windows to 2012: later ones judge")
        whole = grid(given.data)
        places = places_of(given.data, whole.history.areas)
        for year in (y for y in range(first, last + 1, given.every) if str(y) not in kept):
            begin = process_time()
            kept[str(year)] = errors(whole, year, places=places)
            print(f"{year}: {process_time() - begin:.1f} s of processor", file=sys.stderr, flush=True)
            if given.keep:
                given.keep.write_text(json.dumps(kept), encoding="utf-8")
    print(f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, scikit-learn")
    print(
        f"{sklearn.__version__}, {platform.machine()}, {os.cpu_count()} cores. {len(kept)} windows: {' '.join(sorted(kept))}\n"
    )
    print("\n".join(table(Tried(kept))))


if __name__ == "__main__":
    main()
