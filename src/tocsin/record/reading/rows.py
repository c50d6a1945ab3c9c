"""Rows and cells of a table in the text made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.document import Text

PARSER = "table 1"
MARK = ": "
CONTINUED = "\n  "


def as_words(cells: Iterable[tuple[str, str]]) -> str:
    r"""A row as a paragraph: one `column: value` a line, lines of a value after the first set in by two blanks.

    Example:
        >>> as_words([("name", "Badr"), ("note", "one\ntwo")])
        'name: Badr\nnote: one\n  two'
    """
    return "\n".join(f"{column}{MARK}{CONTINUED.join(value.split(chr(10)))}" for column, value in cells)


def as_column(header: str, number: int) -> str:
    """A column's name as it is written: on one line, without the mark that ends it; `column 3` where it has none."""
    return " ".join(header.split()).replace(MARK, ":").rstrip(":") or f"column {number}"


def cell_of(text: Text, offset: int) -> tuple[int, str] | None:
    """The row and column that a character of a table's text stands in.

    Returns:
        The row as the reader of the file counts it (a spreadsheet's header is row 1), and the column's name; None
        where the text is no table's, or the offset lies between rows.
    """
    segment = text.segment_at(offset)
    if text.parser != PARSER or segment is None or segment.kind is not SegmentKind.ROW or segment.paragraph is None:
        return None
    low = segment.start
    while low > 0 and text.text[low - 2 : low] != "\n\n":  # a long row may be several segments
        earlier = text.segment_at(low - 1) or text.segment_at(low - 2)
        if earlier is None or earlier.paragraph != segment.paragraph:
            break
        low = earlier.start
    start = text.text.rfind("\n", low, offset)
    while start >= 0 and text.text.startswith(CONTINUED, start):
        start = text.text.rfind("\n", low, start)
    start = low if start < 0 else start + 1
    return segment.paragraph, text.text[start : text.text.index(MARK, start)]
