"""Count made-up GDELT exports and print rows a second, processor seconds, wall time and peak memory.

    python benchmarks/gdelt.py --rows 100_000_000 --rows-a-file 1_000_000
    python benchmarks/gdelt.py --rows 100_000_000 --rows-a-file 2111
    python benchmarks/gdelt.py --export 20191024143000.export.CSV.zip --times 1000
    python benchmarks/gdelt.py --compare

Exports are made in pieces of a million distinct rows, as wide as real ones and packed as they are. Each piece is counted
in a process of its own kind, which does nothing else, and removed before the next is made: the disk never holds more than
one. Making them is not in the figures. `--times` counts each piece so many times, as so many spans of days, where making
all rows anew would take too long. `--compare` reads one piece by several readers, for the choice of one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import tocsin
from tocsin.sources.gdelt import EXPORTS_A_DAY
from tocsin.sources.gdelt_codes import iso3_of_fips
from tocsin.sources.gdelt_count import count_day
from tocsin.sources.gdelt_days import keep_day
from tocsin.sources.gdelt_news import news_of_days
from tocsin.sources.gdelt_rows import COLUMNS, WIDTH, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIECE_ROWS = 1_000_000
FIRST = date(2016, 1, 1)
MEAN_BYTES = {
    0: 9, 2: 6, 3: 4, 4: 9, 6: 8, 7: 2, 8: 1, 9: 0, 10: 0, 11: 0, 12: 2, 13: 0, 14: 0, 16: 6, 17: 2, 18: 0, 19: 0, 20: 0,
    21: 0, 22: 1, 23: 0, 24: 0, 26: 3, 27: 3, 29: 1, 30: 4, 32: 1, 33: 1, 34: 17, 35: 1, 36: 22, 37: 2, 38: 3, 39: 3, 40: 7,
    41: 7, 42: 5, 43: 1, 44: 16, 45: 1, 46: 2, 47: 2, 48: 5, 49: 5, 50: 4, 51: 1, 52: 25, 55: 3, 56: 7, 57: 8, 60: 92,
}  # fmt: skip
"""Bytes of the columns that are not counted, as in a real export of October 2019 (405 a row in all)."""

ROOT_WEIGHTS = {
    4: 22, 1: 14, 19: 8, 3: 8, 5: 8, 2: 8, 11: 8, 17: 5, 7: 4, 6: 3, 12: 3, 8: 2, 9: 2, 14: 2, 18: 1, 13: 1, 16: 1, 10: 1,
    15: 1, 20: 0.2,
}  # fmt: skip
"""How often the events of each CAMEO root are made up."""

ROWS_AN_ARTICLE = 5
"""A real export tells about five events an article: rows beside each other share address, tone and most of their places."""

OF_THE_ARTICLE = {0, 2, 3, 4, 34, 60} | set(range(35, 59))


def piece(rows: int, *, day: date, seed: int) -> pl.DataFrame:
    """Made-up rows, all text, shape (rows, 61)."""
    rng = np.random.default_rng(seed)
    article = np.sort(rng.integers(0, rows // ROWS_AN_ARTICLE + 1, rows))

    def among(pool: list[str], p: list[float] | None = None, *, together: bool = False) -> pl.Series:
        size = int(article[-1]) + 1 if together else rows
        chosen = rng.choice(len(pool), size, p=p) if p else (len(pool) * rng.random(size) ** 3).astype(int)
        return pl.Series(pool).gather(chosen[article] if together else chosen)

    letters = np.array(list("abcdefghijklmnopqrstuvwxyz-/."))
    words = ["".join(rng.choice(letters, 8)) for _ in range(3000)]
    codes = [f"{fips}{n:02d}" if n else fips for fips in sorted(iso3_of_fips()) for n in range(8)]
    adm1 = among(codes, together=True)
    weight = np.array(list(ROOT_WEIGHTS.values()))
    days = [f"{day - timedelta(days=n):%Y%m%d}" for n in (0, 1, 7, 30, 365)]
    columns = {
        1: among(days, [0.972, 0.004, 0.003, 0.01, 0.011]), 5: among([w[:6].upper() for w in words]),
        15: among([w[1:7].upper() for w in words] + [""] * 1500), 25: among(["1", "0"], [0.6, 0.4]),
        28: among([f"{root:02d}" for root in ROOT_WEIGHTS], list(weight / weight.sum())),
        31: among([str(n) for n in range(1, 20)]), 53: adm1.str.slice(0, 2), 54: adm1,
        58: among([f"-{n}" for n in range(300_000, 309_000)], together=True),
        59: pl.Series([f"{day:%Y%m%d}143000"]).gather(np.zeros(rows, dtype=int)),
    }  # fmt: skip
    for place, size in MEAN_BYTES.items():
        pool = ["".join(rng.choice(words, size // 8 + 1))[:size] for _ in range(4000 if size > 20 else 300)]
        columns[place] = among(pool, together=place in OF_THE_ARTICLE)
    return pl.DataFrame({f"c{place}": columns[place] for place in range(WIDTH)})


def write_piece(folder: Path, *, rows: int, rows_a_file: int, day: date, seed: int) -> None:
    """Exports of a piece, in folders of a day each."""
    table = piece(rows, day=day, seed=seed)
    for number, start in enumerate(range(0, rows, rows_a_file)):
        text = BytesIO()
        table.slice(start, rows_a_file).write_csv(text, separator="\t", include_header=False, quote_style="never")
        files_a_day = max(1, min(EXPORTS_A_DAY, PIECE_ROWS // rows_a_file))
        place = folder / f"{number // files_a_day:04d}" / f"{number:06d}.export.CSV.zip"
        place.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{number:06d}.export.CSV", text.getvalue())


def count_folder(folder: Path, *, days: Path, first: date, times: int) -> None:
    """Count every day of a folder, keep its count, and print what it took as JSON.

    Rows are dated `first`, so they are counted as of that day, lest they be taken for old news, and kept under days of their own.
    """
    wall, busy, rows, malformed, exports, day = time.perf_counter(), time.process_time(), 0, 0, 0, first
    for _ in range(times):
        for place in sorted(folder.iterdir()):
            paths = sorted(place.iterdir())
            note = keep_day(replace(count_day(first, paths), day=day), listed=len(paths), missing=(), folder=days)
            rows, malformed, exports = rows + note.rows, malformed + note.malformed, exports + note.counted
            day += timedelta(days=1)
        spent = f"{time.perf_counter() - wall:,.0f} s, {time.process_time() - busy:,.0f} s of processor"
        print(f"  {rows:,} rows: {spent}, {peak_mib():,.0f} MiB", file=sys.stderr, flush=True)
    print(
        json.dumps({
            "rows": rows, "malformed": malformed, "exports": exports, "days": (day - first).days, "peak": peak_mib(),
            "wall": time.perf_counter() - wall, "busy": time.process_time() - busy,
        })
    )  # fmt: skip


def count_real(export: Path, *, times: int) -> None:
    """Count one export over and over, named as the day it was published."""
    stamp = re.search(r"\d{8}", export.name)
    if stamp is None:
        sys.exit(f"{export.name} is not named by its day, as 20191024143000.export.CSV.zip")
    day = date.fromisoformat(f"{stamp[0][:4]}-{stamp[0][4:6]}-{stamp[0][6:]}")
    wall, busy = time.perf_counter(), time.process_time()
    found = count_day(day, [export] * times)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    print(
        f"{found.rows:,} rows of {times:,} exports: {wall:,.0f} s, {busy:,.1f} s of processor, "
        f"{found.rows / busy:,.0f} rows a processor second, {peak_mib():,.0f} MiB; load {os.getloadavg()[0]:.0f}"
    )


def make_table(days: Path) -> None:
    """The news table of all days kept, and what it took as JSON."""
    from tocsin.sources.gdelt_days import kept_day  # noqa: PLC0415  # of this step alone

    wall, busy = time.perf_counter(), time.process_time()
    kept = (
        kept_day(days, date.fromisoformat(f"{p.stem[:4]}-{p.stem[4:6]}-{p.stem[6:]}"))
        for p in sorted(days.rglob("*.parquet"))
    )
    table = news_of_days(days, [found[1] for found in kept if found is not None])
    print(
        json.dumps({
            "rows": table.height, "peak": peak_mib(), "wall": time.perf_counter() - wall, "busy": time.process_time() - busy,
        })
    )  # fmt: skip


def peak_mib() -> float:
    """Peak memory of this process alone; what a parent held before is not in it."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(*argv: str) -> dict[str, float]:
    """Run a step of this script in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *argv], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  # this very file
    return dict(json.loads(done.stdout))


def measure(rows: int, *, rows_a_file: int, times: int) -> None:
    """Make, count and remove pieces until all rows are counted, and print the table's line."""
    steps: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        days, first = Path(folder) / "days", FIRST
        left = rows
        while left > 0:
            with tempfile.TemporaryDirectory(dir=folder) as exports:
                size = min(PIECE_ROWS, left)
                write_piece(Path(exports), rows=size, rows_a_file=rows_a_file, day=first, seed=len(steps))
                step = alone("--count", exports, "--days", str(days), "--first", str(first), "--times", str(times))
            steps.append(step)
            first += timedelta(days=int(step["days"]))
            left -= int(step["rows"])
            print(f"{rows - left:,} rows counted", file=sys.stderr, flush=True)
        table = alone("--table", "--days", str(days))
    total = {
        name: sum(step[name] for step in steps) for name in ("rows", "exports", "days", "wall", "busy", "malformed")
    }
    wall, busy = total["wall"] + table["wall"], total["busy"] + table["busy"]
    print(
        f"| {total['rows']:,.0f} | {rows_a_file:,} | {total['exports']:,.0f} | {times} | {wall:,.0f} | {busy:,.0f} "
        f"| {total['rows'] / wall:,.0f} | {max(s['peak'] for s in (*steps, table)):,.0f} | {table['rows']:,.0f} |"
    )


def compare() -> None:
    """Processor seconds of several readers of the same columns of the same text, best of three."""
    text = BytesIO()
    piece(200_000, day=FIRST, seed=0).write_csv(text, separator="\t", include_header=False, quote_style="never")
    block = text.getvalue()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.CSV", block)
    print(f"{len(block) / 200_000:.0f} bytes a row; packed to {len(packed.getvalue()) / len(block):.2f} of its size\n")
    print("| reader | million rows a processor second |\n|---|---|")
    for name, read in readers(block, packed.getvalue()):
        best = min(seconds_of(read) for _ in range(3))
        print(f"| {name} | {0.2 / best:.2f} |")


def readers(block: bytes, packed: bytes) -> Iterator[tuple[str, Callable[[], object]]]:
    """Ways to get the counted columns out of the text, and the two steps around them."""
    import pyarrow as pa  # noqa: PLC0415  # for the comparison alone
    from pyarrow import csv  # noqa: PLC0415

    names = [f"column_{i + 1}" for i in range(WIDTH)]
    wanted = [names[i] for i in COLUMNS]
    types = {name: COLUMNS.get(i, ("", pl.String))[1] for i, name in enumerate(names)}
    text = dict.fromkeys(names, pl.String)
    usual: dict[str, Any] = {
        "separator": "\t",
        "has_header": False,
        "quote_char": None,
        "truncate_ragged_lines": True,
        "encoding": "utf8-lossy",
    }
    yield "unpacking alone (zipfile)", lambda: zipfile.ZipFile(BytesIO(packed)).read("x.CSV")
    yield (
        "polars read_csv, typed (chosen)",
        lambda: pl.read_csv(block, schema=types, columns=wanted, ignore_errors=True, **usual),
    )
    yield "polars read_csv, all text", lambda: pl.read_csv(block, schema=text, columns=wanted, **usual)
    yield (
        "polars scan_csv, typed",
        lambda: pl.scan_csv(block, schema=types, ignore_errors=True, **usual).select(wanted).collect(),
    )
    options = csv.ReadOptions(column_names=names, use_threads=False)
    parse = csv.ParseOptions(delimiter="\t", quote_char=False, invalid_row_handler=lambda _: "skip")
    convert = csv.ConvertOptions(include_columns=wanted, column_types=dict.fromkeys(names, pa.binary()))
    yield "pyarrow csv, bytes", lambda: csv.read_csv(pa.BufferReader(block), options, parse, convert)
    yield (
        "Python split",
        lambda: [[row[i] for i in COLUMNS] for row in (line.split(b"\t") for line in block.splitlines())],
    )
    yield "read and counted (chosen)", lambda: counted(block, day=FIRST)


def seconds_of(read: Callable[[], object]) -> float:
    """Processor seconds of one call, all threads."""
    busy = time.process_time()
    read()
    return time.process_time() - busy


def main() -> None:
    """Read the command line and do what it asks."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=2_000_000, help="rows to count")
    options.add_argument("--rows-a-file", type=int, default=PIECE_ROWS, help="rows of an export, at most a million")
    options.add_argument("--times", type=int, default=1, help="how often each made-up export is counted")
    options.add_argument(
        "--export", type=Path, help="count this export so many times instead, as the exports of one day"
    )
    options.add_argument("--compare", action="store_true", help="compare readers instead")
    for step in ("--count", "--days", "--first"):
        options.add_argument(step, help=argparse.SUPPRESS)
    options.add_argument("--table", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.count:
        count_folder(Path(asked.count), days=Path(asked.days), first=date.fromisoformat(asked.first), times=asked.times)
        return
    if asked.export:
        count_real(asked.export, times=asked.times)
        return
    if asked.table:
        make_table(Path(asked.days))
        return
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    print(
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, polars {pl.__version__}, {platform.machine()}, "
        f"{os.cpu_count()} cores; load of the machine before: {load}\n"
    )
    if asked.compare:
        compare()
        return
    print(
        "| rows | rows a file | exports | times each | wall s | processor s | rows/s (wall) | peak MiB | rows of the table |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    measure(asked.rows, rows_a_file=min(asked.rows_a_file, PIECE_ROWS), times=asked.times)


if __name__ == "__main__":
    main()
