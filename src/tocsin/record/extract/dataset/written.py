"""Tables that stand within a document: rows under a header that names columns of the case's tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind
from tocsin.record.extract.dataset.mapping import Mapping
from tocsin.record.extract.dataset.row import Row
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Segment, Text

BETWEEN = " | "
"""What readers write between the cells of a row."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    needed: frozenset[str]
    beside: frozenset[str]
    column: dict[str, str]
    mapping: Mapping


@cache
def _lexicon() -> _Lexicon:
    told = tomllib.loads((files("tocsin.record.extract.dataset") / "written.toml").read_text("utf-8"))
    named = {" ".join(fold(words)): column for column, several in told["columns"].items() for words in several}
    mapping = Mapping.model_validate(told["mapping"])
    return _Lexicon(frozenset(told["needed"]), frozenset(told["beside"]), named, mapping)


def written_mapping() -> Mapping:
    """What the columns of `written_rows` mean."""
    return _lexicon().mapping


def written_rows(text: Text) -> Iterator[Row]:
    r"""The rows of tables in a document whose header names columns of the case's tables, their cells by those columns.

    Rows with fewer or more cells than the header are left out, for it is not known which cell is which.

    Example:
        >>> from tocsin.record.document import Segment, Text
        >>> words = "Name | Title | Since\n\nAnn Cole | Director | 2019"
        >>> rows = (Segment(0, 20, SegmentKind.ROW, paragraph=1), Segment(22, 48, SegmentKind.ROW, paragraph=2))
        >>> row = next(written_rows(Text("0" * 64, "html 1", words, rows)))
        >>> {column: cell.words for column, cell in row.cells.items()}
        {'person': 'Ann Cole', 'post': 'Director', 'start': '2019'}
    """
    header: list[str | None] | None = None
    for segment in _in_runs(text):
        if segment is None:
            header = None
            continue
        cells = list(_cells(text.text, segment))
        columns = _columns([cell.words for cell in cells])
        if columns is not None:
            header = columns
        elif header is not None and len(cells) == len(header):
            named = {column: cell for column, cell in zip(header, cells, strict=True) if column is not None}
            if _is_a_name(named["person"].words):
                yield Row(segment.paragraph, Span.of(text.text, segment.start, segment.end), named)


def _in_runs(text: Text) -> Iterator[Segment | None]:
    """Rows as they follow each other, with None where something else stands between; a row in pieces is left out."""
    for kind, several in groupby(text.segments, key=lambda segment: segment.kind):
        if kind is SegmentKind.ROW:
            for _, pieces in groupby(several, key=lambda segment: segment.paragraph):
                first, *more = pieces
                if not more:
                    yield first
        else:
            yield None


def _cells(text: str, row: Segment) -> Iterator[Span]:
    at = row.start
    for cell in text[row.start : row.end].split(BETWEEN):
        lead = len(cell) - len(cell.lstrip())
        if cell.strip():
            yield Span.of(text, at + lead, at + len(cell.rstrip()))
        at += len(cell) + len(BETWEEN)


def _columns(cells: list[str]) -> list[str | None] | None:
    """The columns that a header names, None for each other one; None where a row is no such header."""
    told = _lexicon()
    found = [told.column.get(" ".join(fold(cell))) for cell in cells]
    named = {column for column in found if column is not None}
    is_once = len(named) == sum(column is not None for column in found)
    return found if is_once and told.needed <= named and named & told.beside else None


def _is_a_name(words: str) -> bool:
    """Whether a cell can name one person: two words to six, without figures or signs that part several."""
    parts = words.split()
    return 2 <= len(parts) <= 6 and not any(c.isdigit() or c in ";/|&\n" for c in words)  # see above
