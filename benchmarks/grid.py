"""Cells: `cell_hurdle` beside zero, conflictology, neighbour conflictology and the bootstrap, country by country.

    .venv/bin/python benchmarks/grid.py --data ../shared/data --windows 2013-2021 --keep scores.json
    .venv/bin/python benchmarks/grid.py --table scores.json

State-based deaths of UCDP GED in half-degree cells, for the countries of the challenge's grid whose events are at hand:
Iraq 1989-2018, Syria 2016-2019, the Central African Republic, Ethiopia and Sierra Leone 1989-2021, South Sudan from
July 2011. Window Y is January to December of Y from data to October of the year before: 3 to 14 months ahead. An event of
several months counts in its final month, and every event at the cell the source gives it, even where it was placed no
better than in a province (where_prec 4 and above), as in the challenge. Each window's model learns from all countries
together, from nothing later than the origin. Windows can be run apart, by several processes; `--table` joins them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import sklearn

import tocsin
from tocsin.api.cell_history import Covered, Grid, grid_of_events
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.forecast.baselines import BOOTSTRAP_240, CONFLICTOLOGY, ZERO
from tocsin.forecast.cells.baselines import NEIGHBOUR_CONFLICTOLOGY
from tocsin.forecast.cells.hurdle import CELL_HURDLE
from tocsin.forecast.make import make_forecast
from tocsin.scores import Bounds, bootstrap_areas, crps
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILES = ("ged_iraq_1989_2018", "ged_other_countries", "ged_syria_2016_2019")
SPANS = {
    "IRQ": (60, "1989-01", "2018-12"),
    "SYR": (220, "2016-01", "2019-12"),
    "CAF": (70, "1989-01", "2021-12"),
    "ETH": (57, "1989-01", "2021-12"),
    "SSD": (246, "2011-07", "2021-12"),
    "SLE": (53, "1989-01", "2021-12"),
}
"""Each country's VIEWS id and the months its events are at hand; nothing from 2022 on is read."""
MODELS = (ZERO, CONFLICTOLOGY, NEIGHBOUR_CONFLICTOLOGY, BOOTSTRAP_240, CELL_HURDLE)
REFERENCE, OURS = NEIGHBOUR_CONFLICTOLOGY.contract.name, CELL_HURDLE.contract.name
YEAR = 12

Kept = dict[str, dict[str, dict[str, list[float]]]]
"""Window, then country and model, to the CRPS of each cell summed over the twelve months."""


def grid(data: Path) -> Grid:
    """The grid of all countries at hand."""
    events = read_ged(*(data / "events" / f"{name}.parquet" for name in FILES)).table
    cells = pl.read_parquet(data / "geography" / "priogrid_cells.parquet").filter("in_challenge_pgm")
    own = {
        country: tuple(str(gid) for gid in cells.filter(pl.col("views_country_id") == views)["gid"].sort())
        for country, (views, _, _) in SPANS.items()
    }
    covered = [
        Covered(country, own[country], Month.parse(first), Month.parse(last))
        for country, (_, first, last) in SPANS.items()
    ]
    return grid_of_events(events, covered, target="deaths_sb", vintage="UCDP GED", last=Month.of(2021, 12))


def scored(whole: Grid, window: Window, *, draws: int) -> dict[str, dict[str, list[float]]]:
    """CRPS of every model in one window, by country: each cell's sum over the twelve months."""
    seen = whole.history.until(window.origin)
    first = window.months[0] - whole.history.first
    came = whole.history.deaths[seen.here, first : first + len(HORIZONS)]
    known = whole.history.present[seen.here, first : first + len(HORIZONS)]
    place = np.full(len(seen.areas), -1)
    place[seen.here] = np.arange(seen.here.size)
    countries = {c: place[whole.of_country(c, origin=window.origin)] for c in SPANS if covers(c, window)}
    found: dict[str, dict[str, list[float]]] = {country: {} for country in countries}
    for model in MODELS:
        begin = process_time()
        made = make_forecast(seen, model=model, horizons=HORIZONS, draws=draws, seed=1).draws
        alive = made.any(axis=2)
        units = came.astype(np.float64)
        units[alive] = crps(made[alive], came[alive]) if alive.any() else 0.0
        each = np.where(known, units, 0.0).sum(axis=1)
        for country, rows in countries.items():
            found[country][model.contract.name] = [round(float(x), 6) for x in each[rows]]
        print(f"{window.year} {model.contract.name}: {process_time() - begin:.1f} s of processor", file=sys.stderr)
    return found


def covers(country: str, window: Window) -> bool:
    """Whether a country's events cover the year before the origin and the whole window."""
    _, first, last = SPANS[country]
    return Month.parse(first) + YEAR <= window.origin + 1 and window.months[-1] <= Month.parse(last)


def ratio(kept: Kept, country: str, model: str, *, other: str = REFERENCE) -> Bounds | None:
    """CRPS of a model as a share of another's, over all windows of a country, with an interval over cells."""
    windows = [kept[year][country] for year in sorted(kept) if country in kept[year]]
    cells = max((len(w[model]) for w in windows), default=0)

    def summed(name: str) -> NDArray[np.float64]:
        return np.asarray(np.sum([np.pad(w[name], (0, cells - len(w[name]))) for w in windows], axis=0))

    if not windows or not summed(other).sum():
        return None
    ours, theirs = summed(model), summed(other)

    def statistic(times: NDArray[np.float64]) -> float | None:
        total = float(times @ theirs)
        return float(times @ ours) / total if total else None

    return bootstrap_areas(statistic, areas=cells, seed=1)


def mean_ratio(kept: Kept, model: str) -> Bounds | None:
    """The mean over countries of a model's ratio, with an interval over the cells of all of them."""
    sums: dict[str, NDArray[np.float64]] = {}
    for country in (c for c in SPANS if ratio(kept, c, OURS) is not None):
        windows = [by[country] for by in kept.values() if country in by]
        cells = max(len(w[model]) for w in windows)
        both = [[np.pad(w[name], (0, cells - len(w[name]))) for w in windows] for name in (model, REFERENCE)]
        sums[country] = np.sum(both, axis=1)
    ends = np.cumsum([0, *(pair.shape[1] for pair in sums.values())])

    def statistic(times: NDArray[np.float64]) -> float | None:
        totals = [pair @ times[a:b] for pair, a, b in zip(sums.values(), ends[:-1], ends[1:], strict=True)]
        return float(np.mean([ours / other for ours, other in totals])) if all(other for _, other in totals) else None

    return bootstrap_areas(statistic, areas=int(ends[-1]), seed=1)


def table(kept: Kept) -> list[str]:
    """Ratios by country and model, their means, and each window's CRPS."""
    names = [m.contract.name for m in MODELS]
    countries = [c for c in SPANS if ratio(kept, c, OURS) is not None]
    lines = [f"| country | windows | {' | '.join(names)} | interval of {OURS} |", "|---" * (len(names) + 3) + "|"]
    means: dict[str, list[float]] = {name: [] for name in names}
    for country in countries:
        found = {name: ratio(kept, country, name) for name in names}
        years = sorted(year for year in kept if country in kept[year])
        for name, bounds in found.items():
            means[name] += [bounds.value] if bounds else []
        ours = found[OURS]
        assert ours is not None, "countries without a ratio are left out"
        figures = " | ".join(f"{b.value:.3f}" if b else "" for b in found.values())
        lines.append(f"| {country} | {years[0]}-{years[-1]} | {figures} | [{ours.lower:.3f}, {ours.upper:.3f}] |")
    mean = mean_ratio(kept, OURS)
    interval = f"[{mean.lower:.3f}, {mean.upper:.3f}]" if mean else ""
    lines.append(f"| mean | | {' | '.join(f'{np.mean(means[name]):.3f}' for name in names)} | {interval} |")
    lines += ["", f"| window | country | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for year in sorted(kept):
        for country, models in kept[year].items():
            each = " | ".join(f"{np.mean(models[name]) / YEAR:.4f}" for name in names)
            lines.append(f"| {year} | {country} | {each} |")
    return lines


def main() -> None:
    """Score windows and keep them, or print the table of what was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with events/ and geography/")
    parser.add_argument("--windows", default="2013-2021", help="first and last year")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="where to keep the scores, JSON")
    parser.add_argument("--table", type=Path, nargs="+", help="print the table of scores that were kept")
    given = parser.parse_args()
    kept: Kept = {}
    for file in given.table or ():
        kept |= json.loads(file.read_text(encoding="utf-8"))
    if not given.table:
        if given.data is None:
            parser.error("name the folder of data with --data")
        first, last = (int(year) for year in given.windows.split("-"))
        whole = grid(given.data)
        for year in range(first, last + 1):
            kept[str(year)] = scored(whole, Window(year), draws=given.draws)
            if given.keep:
                given.keep.write_text(json.dumps(kept), encoding="utf-8")
    print(f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, scikit-learn")
    print(f"{sklearn.__version__}, {platform.machine()}, {os.cpu_count()} cores. CRPS as a share of {REFERENCE}'s\n")
    print("\n".join(table(kept)))


if __name__ == "__main__":
    main()
