"""The exports of one day to counts: unpacked in one thread, counted in others, memory bounded."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.gdelt import KINDS
from tocsin.sources.gdelt_rows import CELL, SUMS, Part, counted, merged
from tocsin.sources.gdelt_zip import BLOCK_BYTES, BrokenExport, export_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

PARTS_AT_ONCE = 32
"""Parts are merged when so many have come, so that their number does not grow with the files."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An export that is not counted, and why."""

    name: str
    why: str


@dataclass(frozen=True, eq=False)
class DayCount:
    """What the exports of a day come to.

    Attributes:
        cells: one row for each country, adm1 (codes as given, null where none) and root (CAMEO; null where none):
            `events`, `root_events`, `distinct_events` (null but for the kinds counted), `mentions`, `older_events`.
        counted: names of the exports in it.
        faults: exports that could not be counted.
        rows: rows read; of them `malformed` are in no cell.
    """

    day: date
    cells: pl.DataFrame
    counted: tuple[str, ...]
    faults: tuple[Fault, ...]
    rows: int
    malformed: int


def count_day(day: date, exports: Iterable[Path], *, workers: int = 2, block_bytes: int = BLOCK_BYTES) -> DayCount:
    """Count the exports published on a day; a broken one is left out whole and named.

    Args:
        day: the day of publication, UTC.
        exports: zips, as the publisher gives them; taken one at a time.
        workers: threads that count while the next block is unpacked.
        block_bytes: text held at once is about `workers` + 2 times this.
    """
    good: list[str] = []
    faults: list[Fault] = []
    with ThreadPoolExecutor(workers) as pool:
        tally = _Tally(day, pool, waiting=workers + 1, block_bytes=block_bytes)
        for path in exports:
            try:
                tally.add(path)
                good.append(path.name)
            except BrokenExport as fault:
                faults.append(Fault(path.name, fault.what))
        whole = tally.finished()
    return DayCount(day, _cells(whole), tuple(good), tuple(faults), whole.rows, whole.malformed)


@dataclass(slots=True)
class _Tally:
    """Parts as they come. A file's blocks join the others only once the file is known to be whole."""

    day: date
    pool: ThreadPoolExecutor
    waiting: int
    block_bytes: int
    held: list[bytes] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    under_way: deque[Future[Part]] = field(default_factory=deque)

    def add(self, path: Path) -> None:
        """Count one file; small ones are gathered to a block first."""
        mine: deque[Future[Part]] = deque()
        parts: list[Part] = []
        last = b""
        for block in export_text(path, block_bytes=self.block_bytes):
            if last:
                mine.append(self.pool.submit(counted, last, day=self.day))
                _take(mine, parts, most=self.waiting)
            last = block
        _take(mine, parts, most=0)
        self.parts += parts
        self.held.append(last)
        if sum(map(len, self.held)) >= self.block_bytes:
            self._count_held()

    def finished(self) -> Part:
        """Everything added, as one part."""
        self._count_held()
        _take(self.under_way, self.parts, most=0)
        return merged([counted(b"", day=self.day), *self.parts])

    def _count_held(self) -> None:
        if self.held:
            self.under_way.append(self.pool.submit(counted, b"".join(self.held), day=self.day))
            self.held.clear()
        _take(self.under_way, self.parts, most=self.waiting)


def _take(under_way: deque[Future[Part]], parts: list[Part], *, most: int) -> None:
    """Wait until at most so many are under way, and merge what has come."""
    while len(under_way) > most:
        parts.append(under_way.popleft().result())
    if len(parts) > PARTS_AT_ONCE:
        parts[:] = [merged(parts)]


def _cells(whole: Part) -> pl.DataFrame:
    told = whole.keys.group_by(CELL).agg(distinct_events=pl.len().cast(pl.Int64))
    cells = whole.cells.join(told, on=CELL, how="left", nulls_equal=True)
    of_kind = pl.col("root").is_in(list(KINDS))
    distinct = pl.when(of_kind).then(pl.col("distinct_events").fill_null(0))
    return cells.select(*CELL, *SUMS, distinct_events=distinct).sort(CELL)
