"""Read 385,000 events as CSV and print rows, seconds and peak memory, beside plain `polars.read_csv`.

    python benchmarks/read_events.py ../shared/data/events/ged_sample_1000_v23_1.parquet

Each reading runs in a process of its own, so that the peak is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

EVENTS = 385_000


def tile(sample: Path, target: Path) -> None:
    """Write a sample's 49 columns over and over, each event with an id of its own, until there are EVENTS."""
    events = pl.read_parquet(sample)
    with target.open("wb") as file:
        for done in range(0, EVENTS, events.height):
            part = events.head(EVENTS - done).with_columns(pl.int_range(done, done + pl.len()).alias("id"))
            part.write_csv(file, include_header=done == 0)


def measure(reader: str, path: Path) -> None:
    """Read once in this process and print what it took."""
    from tocsin.sources.ucdp_ged import read_ged  # noqa: PLC0415  # the import's memory is part of either figure

    started = time.perf_counter()
    rows = read_ged(path, strict=True).table.height if reader == "read_ged" else pl.read_csv(path).height
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    busy, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{reader:<18} {rows:>8} rows  {seconds:6.2f} s  {busy:6.2f} s of processor  {peak:5.0f} MiB peak")


def main() -> None:
    """Tile the sample named on the command line and measure both readers on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "GEDEvent_v23_1.csv"
        tile(Path(sys.argv[1]), path)
        print(f"{path.stat().st_size / 2**20:.0f} MiB of CSV, {len(pl.scan_csv(path).collect_schema())} columns")
        for reader in ("read_ged", "polars.read_csv"):
            subprocess.run([sys.executable, __file__, reader, str(path)], check=True)  # noqa: S603  # this very file


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} SAMPLE.parquet, a GED file of 49 columns to tile")
    if sys.argv[1] in {"read_ged", "polars.read_csv"}:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
