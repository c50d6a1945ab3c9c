"""Does a second event source add to UCDP in Iraq, 2007 and 2008?

    .venv/bin/python benchmarks/provinces_sigacts.py --data ../shared/data

68,573 located attacks (SIGACTs, US military records) are counted by province and month. A ridge regression of next month's
log(1 + deaths) is learned on the provinces but one and asked of the one left out, from UCDP alone and from UCDP with the
attacks; the difference of squared errors comes with a bootstrap interval over provinces. The same for the mean of the next
three months. No setting of any model comes from here: the months lie in the test years.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely

import tocsin
from tocsin.api.province_pool import read_province_pool
from tocsin.api.world import starter_shapes
from tocsin.forecast.features import touching
from tocsin.scores import bootstrap_mean
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

FIRST, LAST = Month.of(2007, 1), Month.of(2008, 12)
RIDGE = 1.0


def attacks(data: Path, areas: tuple[str, ...]) -> NDArray[np.float64]:
    """Attacks by province and month, shape (areas, 24); each goes to the nearest outline."""
    table = pl.read_parquet(data / "events" / "iraq_sigacts_2007_2008.parquet").with_columns(
        pl.col("date").str.slice(0, 10).str.to_date()
    )
    shapes = starter_shapes("outlines_admin1", "area")
    tree = shapely.STRtree([shapes[a] for a in areas])
    place = tree.nearest(shapely.points(table["longitude"].to_numpy(), table["latitude"].to_numpy()))
    month = ((table["date"].dt.year() - FIRST.year) * 12 + table["date"].dt.month() - 1).to_numpy()
    grid = np.zeros((len(areas), LAST - FIRST + 1))
    np.add.at(grid, (place, month), 1)
    return grid


def inputs(history: History, rows: list[int], months: NDArray[np.intp]) -> NDArray[np.float64]:
    """What UCDP tells at each province and month: last month, last 3, last 12, neighbours, one-sided, events."""
    deaths = history.deaths.astype(float)
    near = touching(history.neighbours) @ deaths

    def mean(grid: NDArray[np.float64], k: int) -> NDArray[np.float64]:
        return np.asarray(np.log1p(np.stack([grid[rows][:, m - k + 1 : m + 1].mean(axis=1) for m in months], axis=1)))

    signals = history.signals
    parts = [mean(deaths, k) for k in (1, 3, 12)]
    parts += [mean(near, 3), mean(signals["deaths_os"], 3), mean(signals["events"], 3)]
    return np.asarray(np.stack(parts, axis=-1))


def added(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the attacks tell from the third month on: last month, last 3, and the one against the other."""
    last, three = np.log1p(grid[:, 2:]), np.log1p((grid[:, :-2] + grid[:, 1:-1] + grid[:, 2:]) / 3)
    return np.stack([last, three, last - three], axis=-1)


def left_out(table: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared errors of each province predicted from the others, shape (areas, months)."""
    errors = np.zeros_like(wanted)
    for a in range(len(table)):
        others = np.arange(len(table)) != a
        x, y = table[others].reshape(-1, table.shape[-1]), wanted[others].ravel()
        centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
        z = (x - centre) / scale
        weights = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ (y - y.mean()))
        errors[a] = (y.mean() + (table[a] - centre) / scale @ weights - wanted[a]) ** 2
    return errors


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    given = parser.parse_args()
    pool = read_province_pool(given.data, ends={"IRQ": Month.of(2009, 6)})
    history = pool.as_known_on(Month.of(2009, 6))
    rows = [i for i, a in enumerate(history.areas) if a.startswith("IRQ/")]
    areas = tuple(history.areas[i] for i in rows)
    counted = attacks(given.data, areas)
    months = np.arange(FIRST + 2 - history.first, LAST - history.first + 1)
    ucdp, sigacts = inputs(history, rows, months), added(counted)
    said = (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}"
    )
    sys.stdout.write(f"{said}; {int(counted.sum())} attacks, {len(areas)} provinces, {len(months)} months.\n\n")
    sys.stdout.write(
        "| months ahead | UCDP alone | SIGACTs alone | both | both less UCDP, 95 % over provinces |\n|---|---|---|---|---|\n"
    )
    for ahead in (1, 3):
        later = np.stack([history.deaths[rows][:, m + 1 : m + 1 + ahead].mean(axis=1) for m in months], axis=1)
        wanted = np.log1p(later)
        one, two, both = (left_out(t, wanted) for t in (ucdp, sigacts, np.concatenate([ucdp, sigacts], axis=-1)))
        b = bootstrap_mean(both.mean(axis=1, keepdims=True) - one.mean(axis=1, keepdims=True), seed=1)
        assert b is not None
        sys.stdout.write(
            f"| {ahead} | {one.mean():.4f} | {two.mean():.4f} | {both.mean():.4f} "
            f"| {b.value:+.4f} [{b.lower:+.4f}, {b.upper:+.4f}] |\n"
        )
    link = np.corrcoef(
        np.log1p(counted).ravel(),
        np.log1p(history.deaths[rows][:, FIRST - history.first : LAST - history.first + 1]).ravel(),
    )
    sys.stdout.write(f"\nCorrelation of log(1 + attacks) with log(1 + deaths) in the same month: {link[0, 1]:.2f}\n")


if __name__ == "__main__":
    main()
