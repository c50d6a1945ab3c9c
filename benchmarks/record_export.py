"""A large record taken out in every format: seconds and peak memory of each, in a process of its own.

    python benchmarks/record_store.py 1000000 --at big.db --step build
    python benchmarks/record_export.py big.db [--form whole] [--back]

`--back` puts the whole record into a new file too, takes it out again, and says whether the bytes are the same.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tocsin.record.export import FORMATS, read_whole, write_export
from tocsin.record.store import open_record


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    return sum(p.stat().st_size for p in path.iterdir()) if path.is_dir() else path.stat().st_size


def export(address: str, form: str, out: Path) -> None:
    """Take a record out once, and print what it took."""
    begun = time.monotonic()
    with open_record(address, create=False) as record:
        claims = record.count()
        write_export(record, out, form=form)
    print(
        f"{form}: {claims:,} claims, {time.monotonic() - begun:.1f} s, {size_of(out) / 1e6:,.0f} MB, {_peak()}",
        flush=True,
    )


def back(address: str, folder: Path) -> None:
    """Put a whole record into a new one, and compare what comes out of it again."""
    first = folder / "whole"
    if not first.exists():
        export(address, "whole", first)
    begun = time.monotonic()
    with open_record(folder / "back.db") as record:
        rows = read_whole(record, first)
        print(f"back: {rows:,} rows, {time.monotonic() - begun:.1f} s, {_peak()}", flush=True)
        write_export(record, folder / "again", form="whole")
    print(f"the same bytes: {(folder / 'again').read_bytes() == first.read_bytes()}", flush=True)


def _peak() -> str:
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"


def main() -> None:
    """Run each format in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description="A large record taken out: how long, how large, how much memory.")
    parser.add_argument("record", help="path or address of a record")
    parser.add_argument("--form", choices=FORMATS, action="append", help="only this format; may be repeated")
    parser.add_argument("--back", action="store_true", help="put the whole record back too, and compare")
    parser.add_argument("--into", type=Path, help="the folder to write to; without it one that is removed at the end")
    asked = parser.parse_args()
    if asked.into is not None:
        for form in asked.form or ():
            export(asked.record, form, asked.into / form)
        if asked.back:
            back(asked.record, asked.into)
        return
    with tempfile.TemporaryDirectory() as folder:
        steps = [("--form", form) for form in asked.form or FORMATS] + ([("--back",)] if asked.back else [])
        for step in steps:
            subprocess.run([sys.executable, __file__, asked.record, "--into", folder, *step], check=True)  # noqa: S603  # this file


if __name__ == "__main__":
    main()
