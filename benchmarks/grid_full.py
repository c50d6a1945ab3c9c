"""A forecast of the whole grid of Africa and the Middle East on made-up data: time, processor time and memory.

    .venv/bin/python benchmarks/grid_full.py --draws 200 1000

13,110 cells in one block of 138 rows by 95 columns and 430 months, in which wars begin, wander and end, so that between
half and one in a hundred months of cells sees a death. `cell_hurdle` learns and draws twelve months (3 to 14 ahead) for
every cell, block by block; each block is scored against made-up outcomes and written to a Parquet file that is then
removed. Each number of draws runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
import sklearn

import tocsin
from tocsin.api.cell_files import read_stream, write_stream
from tocsin.forecast.cells.grid_score import score_stream
from tocsin.forecast.cells.grid_stream import stream_forecast
from tocsin.forecast.cells.hurdle import CELL_HURDLE
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.forecast.forecast import Forecast

ROWS, COLUMNS, MONTHS = 138, 95, 430
HORIZONS = tuple(range(3, 15))
WARS_A_MONTH = 0.9


def made_up(*, seed: int) -> History:
    """Wars that begin anywhere, last a year or three, wander, and kill by a heavy-tailed count."""
    rng = np.random.default_rng(seed)
    months = MONTHS + max(HORIZONS)
    deaths = np.zeros((ROWS, COLUMNS, months), dtype=np.int64)
    wars: list[list[float]] = []
    for month in range(-60, months):
        wars += [
            [rng.uniform(0, ROWS), rng.uniform(0, COLUMNS), rng.exponential(30), rng.lognormal(0.5, 1.2)]
            for _ in range(rng.poisson(WARS_A_MONTH))
        ]
        for war in wars:
            war[0], war[1], war[2] = war[0] + rng.normal(0, 0.4), war[1] + rng.normal(0, 0.4), war[2] - 1
            places = rng.normal(0, 1.6, (rng.poisson(9), 2)) + war[:2]
            row, column = np.round(places).astype(int).T
            inside = (row >= 0) & (row < ROWS) & (column >= 0) & (column < COLUMNS)
            if month >= 0:
                count = rng.poisson(rng.gamma(0.4, war[3] / 0.4 + 1, int(inside.sum())))
                np.add.at(deaths[:, :, month], (row[inside], column[inside]), count)
        wars = [war for war in wars if war[2] > 0]
    place = np.arange(ROWS * COLUMNS)
    gids = tuple(str((100 + p // COLUMNS) * 720 + 320 + p % COLUMNS + 1) for p in place)
    grid = deaths.reshape(-1, months)
    return History(
        ids=AreaIds.GID, target="deaths_sb", vintage="made up", areas=gids, names=gids, first=Month.of(1989, 1),
        deaths=grid, present=np.ones(grid.shape, dtype=bool), neighbours=((),) * len(gids),
    )  # fmt: skip


def peak_gb() -> float:
    """The most memory this process has held, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def one_run(draws: int, *, seed: int) -> dict[str, float]:
    """Learn, draw, write and score; seconds on the clock and of the processor, and the peak of memory after each."""
    every = made_up(seed=seed)
    seen = every.until(every.first + MONTHS - 1)
    came = every.deaths[:, [MONTHS - 1 + h for h in HORIZONS]]
    found = {
        "draws": float(draws),
        "active": float((seen.deaths > 0).mean()),
        "active_to_score": float((came > 0).mean()),
        "gb_before": peak_gb(),
    }
    clock, work = perf_counter(), process_time()

    def said(name: str) -> None:
        nonlocal clock, work
        found[f"{name}_wall"], found[f"{name}_cpu"] = perf_counter() - clock, process_time() - work
        found[f"{name}_gb"] = peak_gb()
        told = f"{found[f'{name}_cpu']:.0f} s of processor, {found[f'{name}_wall']:.0f} s, {peak_gb():.2f} GB at most"
        print(f"{draws} draws, {name}: {told}", file=sys.stderr, flush=True)
        clock, work = perf_counter(), process_time()

    fitted = CELL_HURDLE.fit(seen, horizons=HORIZONS, seed=seed)
    said("fit")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "grid.parquet"

        def blocks() -> Iterator[Forecast]:
            return stream_forecast(seen, model=CELL_HURDLE, horizons=HORIZONS, draws=draws, seed=seed, fitted=fitted)

        not_zero = [int(block.draws.any(axis=(1, 2)).sum()) for block in blocks()]
        found["cells_not_zero"] = float(sum(not_zero))
        said("draw")
        write_stream(blocks(), file)
        said("draw_and_write")
        found["file_mb"] = file.stat().st_size / 1e6
        scores = score_stream(read_stream(file), came, seed=seed)
        said("read_and_score")
    found["crps"], found["crps_zero"] = scores.crps, float(came.mean())
    return found


def main() -> None:
    """Run each number of draws in its own process and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="one number of draws in this process; prints JSON")
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(one_run(given.draws[0], seed=given.seed)))
        return
    print(f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, scikit-learn")
    print(
        f"{sklearn.__version__}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    )
    print("\n| draws | what | clock, s | processor, s | peak memory so far, GB |\n|---|---|---|---|---|")
    for draws in given.draws:
        command = [sys.executable, __file__, "--alone", "--draws", str(draws), "--seed", str(given.seed)]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script itself
        found = json.loads(run.stdout)
        for what in ("fit", "draw", "draw_and_write", "read_and_score"):
            figures = f"{found[f'{what}_wall']:.0f} | {found[f'{what}_cpu']:.0f} | {found[f'{what}_gb']:.2f}"
            print(f"| {draws} | {what.replace('_', ' ')} | {figures} |", flush=True)
        print(
            f"{draws} draws: {100 * found['active']:.2f} % of months of cells see a death, {found['cells_not_zero']:.0f}"
            f" cells are not at exact peace, file {found['file_mb']:.0f} MB, CRPS {found['crps']:.4f}"
            f" (zero {found['crps_zero']:.4f})",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
