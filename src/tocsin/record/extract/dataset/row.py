"""Rows of a table's text, with each cell as a span."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind
from tocsin.record.reading.rows import CONTINUED, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Segment, Text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: as the reader of the file counts it; None is unknown.
        quote: the row as it stands in the text; of a row that is too long for one segment, its first.
        cells: each cell that is not empty, by its column; of two columns of one name the first.
    """

    number: int | None
    quote: Span
    cells: dict[str, Span]


def rows_of(text: Text) -> Iterator[Row]:
    r"""The rows of a table's text, in order; nothing where the text is no table's.

    Example:
        >>> from tocsin.record.document import Segment, Text
        >>> words = "person: Ann Cole\npost: director"
        >>> told = Text("0" * 64, "table 1", words, (Segment(0, len(words), SegmentKind.ROW, paragraph=2),))
        >>> row = next(rows_of(told))
        >>> row.number, {column: cell.words for column, cell in row.cells.items()}
        (2, {'person': 'Ann Cole', 'post': 'director'})
    """
    rows = (segment for segment in text.segments if segment.kind is SegmentKind.ROW)
    for number, parts in groupby(rows, key=lambda segment: segment.paragraph):
        yield _row(text.text, number, list(parts))


def _row(text: str, number: int | None, parts: list[Segment]) -> Row:
    cells: dict[str, Span] = {}
    for start, end in _lines(text, parts[0].start, parts[-1].end):
        column, mark, _ = text[start:end].partition(MARK)
        if mark and start + len(column) + len(MARK) < end:
            cells.setdefault(column, Span.of(text, start + len(column) + len(MARK), end))
    return Row(number, Span.of(text, parts[0].start, parts[0].end), cells)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch of each cell with its column: a line, with those set in below it."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        while stop >= 0 and text.startswith(CONTINUED, stop):
            stop = text.find("\n", stop + 1, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1
