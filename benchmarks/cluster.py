"""The same backtest in one process and on a cluster: seconds, whether the draws are the same, and a worker killed in mid-run.

python benchmarks/cluster.py                                two workers on loopback, begun and ended here
python benchmarks/cluster.py --address tcp://10.0.0.5:8786  a cluster of your own, of which nothing is killed
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from tocsin.api.world import countries_all
from tocsin.backtest.cluster import installed
from tocsin.backtest.parcels import HERE, Machines, working_on
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.forecast.contract import model_named

if TYPE_CHECKING:
    from collections.abc import Iterator

HORIZONS = tuple(range(1, 7))
KILLED_AFTER_S = 1.0
"""Seconds after the start of the last backtest at which a worker is killed."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One backtest: where, how long, and the digest of all its draws."""

    where: str
    wall_s: float
    digest: str


def backtest(where: str, machines: Machines, *, model: str, fits: int) -> Ran:
    """Countries that ship, a fit every six months up to December 2017, 200 draws."""
    world = countries_all()
    last = world.panel.last - 84
    digest, begin = sha256(), perf_counter()
    with working_on(machines):
        for _, forecast in rolling_forecasts(
            world.as_known_on, origins=[last - 6 * k for k in range(fits)], model=model_named(model),
            horizons=HORIZONS, draws=200, seed=1, refit_every=6,
        ):  # fmt: skip
            digest.update(forecast.draws.tobytes())
    return Ran(where, perf_counter() - begin, digest.hexdigest()[:16])


@contextmanager
def loopback(workers: int) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and workers on this machine: its address, and the workers' process ids."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        running = [_begun("dask_scheduler", "--port", "0", *common)]
        try:
            while not file.is_file():
                sleep(0.1)
            running += [
                _begun("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", folder, *common)
                for _ in range(workers)
            ]
            yield json.loads(file.read_text())["address"], [process.pid for process in running[1:]]
        finally:
            for process in reversed(running):
                process.kill()
                process.wait()


def _begun(part: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{part}", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - Dask's own commands


def measured(given: argparse.Namespace) -> list[Ran]:
    """One process, the cluster, and on loopback the cluster that loses a worker."""
    ran = [backtest("one process", HERE, model=given.model, fits=given.fits)]
    if given.address:
        return [*ran, backtest("cluster", Machines(given.address), model=given.model, fits=given.fits)]
    with loopback(given.workers) as (address, workers):
        ran.append(backtest(f"{given.workers} workers", Machines(address), model=given.model, fits=given.fits))
        killer = Timer(KILLED_AFTER_S, os.kill, (workers[0], signal.SIGKILL))
        killer.start()
        last = backtest("one of them killed", Machines(address), model=given.model, fits=given.fits)
        in_time = last.wall_s > KILLED_AFTER_S
        ran.append(last if in_time else replace(last, where="one to be killed, but the work was done before"))
        killer.join()
    return ran


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", help="a scheduler of your own")
    parser.add_argument("--workers", type=int, default=2, help="workers on loopback")
    parser.add_argument("--model", default="quantile_forest", help="a registered model")
    parser.add_argument("--fits", type=int, default=4, choices=range(1, 8), help="parcels of the backtest")
    given = parser.parse_args()
    ran = measured(given)
    parts = ", ".join(f"{name} {has}" for name, has in installed().items())
    print(f"{given.model}, {given.fits} fits; {os.cpu_count()} processors ({platform.machine()}); {parts}\n")
    print("| where | wall s | digest of all draws |\n|---|---|---|")
    print("\n".join(f"| {one.where} | {one.wall_s:.1f} | {one.digest} |" for one in ran))
    if len({one.digest for one in ran}) > 1:
        sys.exit("the draws differ")


if __name__ == "__main__":
    main()
