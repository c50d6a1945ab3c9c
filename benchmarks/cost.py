"""How the cost of a forecast grows with areas, months, draws and processes: processor seconds, wall clock, memory.

python benchmarks/cost.py                 every size, each in a process of its own; then the table as Markdown
python benchmarks/cost.py --small         four sizes, to see that it runs
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import product
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np

from tocsin.backtest.parcels import Machines, working_on
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

AREAS, MONTHS, DRAWS, PROCESSES = (20, 40, 80), (90, 180, 360), (250, 1000), (1, 2)
MODEL = "quantile_forest"
HORIZONS = tuple(range(1, 13))
FITS = 4
"""Fits of the backtest that is parcelled out."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size took: processor and wall-clock seconds of learning and of drawing, memory beyond what imports hold."""

    areas: int
    months: int
    draws: int
    fit_cpu_s: float
    fit_wall_s: float
    draw_cpu_s: float
    draw_wall_s: float
    memory_mb: float


def made_up(areas: int, months: int) -> History:
    """A world at peace in every fourth area, in steady conflict or flaring in the others; neighbours in a ring."""
    rng = np.random.default_rng(areas * 1000 + months)
    level = np.where(np.arange(areas) % 4 == 0, 0.0, rng.gamma(0.5, 20, areas))
    flare = np.repeat(rng.random((areas, months // 12 + 1)) < 0.2, 12, axis=1)[:, :months] * 10.0
    deaths = rng.poisson(level[:, None] * (0.2 + flare) * rng.gamma(1, 1, (areas, months)))
    return History(
        ids=AreaIds.VIEWS, target="ged_sb", vintage="made up", areas=tuple(str(i + 1) for i in range(areas)),
        names=tuple(f"area {i}" for i in range(areas)), first=Month.of(1980, 1), deaths=deaths.astype(np.int64),
        present=np.ones((areas, months), dtype=bool),
        neighbours=tuple(((i - 1) % areas, (i + 1) % areas) for i in range(areas)),
    )  # fmt: skip


def costs_of(areas: int, months: int) -> list[Cost]:
    """Learn once in this process, and draw each number of draws, fewest first."""
    history, model = made_up(areas, months), model_named(MODEL)
    model.fit(made_up(8, 72), horizons=(1,), seed=1)  # libraries are loaded before the clock starts
    before, began = _peak_mb(), _clocks()
    fitted = model.fit(history, horizons=HORIZONS, seed=1)
    fit_cpu, fit_wall = map(float, _clocks() - began)
    costs = []
    for draws in DRAWS:
        began = _clocks()
        make_forecast(history, model=model, horizons=HORIZONS, draws=draws, seed=1, fitted=fitted)
        draw_cpu, draw_wall = map(float, _clocks() - began)
        costs.append(Cost(areas, months, draws, fit_cpu, fit_wall, draw_cpu, draw_wall, memory_mb=_peak_mb() - before))
    return costs


def _clocks() -> NDArray[np.float64]:
    """Seconds of processor and of wall clock."""
    return np.array([process_time(), perf_counter()])


def backtest_cost(processes: int) -> dict[str, float]:
    """A backtest of a few fits in some processes: wall clock, and processor seconds of all of them."""
    history = made_up(40, 144)
    origins = [history.origin - 12 * k for k in range(FITS)]
    begin, before = perf_counter(), _cpu()
    with working_on(Machines(processes=processes)):
        made = list(rolling_forecasts(
            history.until, origins=origins, model=model_named(MODEL), horizons=HORIZONS, draws=500, seed=1,
        ))  # fmt: skip
    wall = perf_counter() - begin
    from joblib.externals.loky import get_reusable_executor  # noqa: PLC0415 - its processes are counted once they ended

    if processes > 1:
        get_reusable_executor().shutdown(wait=True)
    return {"processes": processes, "wall_s": wall, "cpu_s": _cpu() - before,
            "sum": float(sum(int(f.draws.sum()) for _, f in made))}  # fmt: skip


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def power_law(costs: list[Cost], field: str) -> tuple[dict[str, float], float]:
    """Exponents of areas, months and draws by least squares on logarithms, and the share of variance they explain."""
    x = np.log([[c.areas, c.months, c.draws] for c in costs])
    y = np.log([max(getattr(c, field), 1e-3) for c in costs])
    design = np.column_stack([np.ones(len(y)), x])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    left = y - design @ coefficients
    names = ("areas", "months", "draws")
    return dict(zip(names, map(float, coefficients[1:]), strict=True)), float(1 - left.var() / y.var())


def apart(*words: str) -> list[dict[str, float]]:
    """What this script prints of one size, asked in a process of its own."""
    command = [sys.executable, str(Path(__file__)), *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script
    print(done.stdout.strip(), file=sys.stderr)
    found: list[dict[str, float]] = json.loads(done.stdout)
    return found


def page(costs: list[Cost], backtests: list[dict[str, float]]) -> str:
    """The tables as Markdown."""
    loaded = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    parts = " ".join(f"{name} {version(name)}" for name in ("numpy", "scikit-learn", "joblib"))
    lines = [
        f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, {parts}; load {loaded}.", "",
        "| areas | months | draws | learn: processor s | wall s | draw: processor s | wall s | memory MB |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {c.areas} | {c.months} | {c.draws} | {c.fit_cpu_s:.2f} | {c.fit_wall_s:.2f} | {c.draw_cpu_s:.2f} | "
        f"{c.draw_wall_s:.2f} | {c.memory_mb:.0f} |"
        for c in costs
    ]
    lines += ["", "| cost | areas^ | months^ | draws^ | variance explained |", "|---|---|---|---|---|"]
    for field in ("fit_cpu_s", "draw_cpu_s", "memory_mb"):
        law, share = power_law(costs, field)
        lines.append(f"| {field} | {law['areas']:.2f} | {law['months']:.2f} | {law['draws']:.2f} | {share:.2f} |")
    lines += ["", f"A backtest of {FITS} fits, 40 areas, 108 to 144 months, 500 draws:", "",
              "| processes | wall s | processor s | sum of all draws |", "|---|---|---|---|"]  # fmt: skip
    lines += [f"| {b['processes']:.0f} | {b['wall_s']:.1f} | {b['cpu_s']:.1f} | {b['sum']:.0f} |" for b in backtests]
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the page's tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="four sizes only")
    parser.add_argument("--size", nargs=2, type=int, metavar=("AREAS", "MONTHS"), help="one size, as JSON")
    parser.add_argument("--processes", type=int, help="the backtest in so many processes, as JSON")
    given = parser.parse_args()
    if given.size:
        print(json.dumps([asdict(cost) for cost in costs_of(*given.size)]))
        return
    if given.processes:
        print(json.dumps([backtest_cost(given.processes)]))
        return
    costs = []
    for size in product(AREAS[:2], MONTHS[:2]) if given.small else product(AREAS, MONTHS):
        print("measuring", *size, file=sys.stderr)
        costs += [Cost(**found) for found in apart("--size", *map(str, size))]  # type: ignore[arg-type]  # whole numbers stay so
    print(page(costs, [apart("--processes", str(n))[0] for n in PROCESSES]))


if __name__ == "__main__":
    main()
