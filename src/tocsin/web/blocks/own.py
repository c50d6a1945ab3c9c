"""Blocks that a view writes of itself, laid out as those of an edition are, so that they sort, cut and lead on alike."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tocsin.brief.blocks import Brief, Cell
from tocsin.brief.inline import for_page
from tocsin.brief.layout import laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.brief.blocks import Block, Table

Data = dict[str, Any]

OWN = 900
"""Tables of a view are counted from here, so that none has the id of an edition's."""

LONGEST = 90
"""Characters of a hash, path or note before it is cut in a cell."""


def page_of(*blocks: Block) -> Data:
    """Blocks as a laid-out page."""
    day = date(2000, 1, 1)
    brief = Brief("page", "", day, datetime(day.year, day.month, day.day, tzinfo=UTC), (), tuple(blocks))
    page = laid_out(brief, drawn=lambda figure, n: for_page(figure, prefix=f"_v{n}-"))
    tables = [block for block in page["annex"] if block["kind"] == "table"]
    for n, table in enumerate(tables, start=OWN):
        table["id"] = f"_table-{n}"
    return page


def together(*pages: Data) -> Data:
    """Pages one after the other, each in its own order."""
    return {
        "blocks": [block for page in pages for block in (*page["blocks"], *page["annex"])],
        "annex": [],
        "notes": [note for page in pages for note in page["notes"]],
    }


def row(*texts: str | float | None) -> tuple[Cell, ...]:
    """Cells of a row: numbers sort as numbers, and what is not known says so.

    Example:
        >>> [cell.text for cell in row("Anbar", 1310, None)]
        ['Anbar', '1,310', 'unknown']
    """
    return tuple(_cell(text) for text in texts)


def _cell(value: str | float | None) -> Cell:
    if value is None or value == "":
        return Cell("unknown")
    if isinstance(value, str):
        return Cell(value)
    return Cell(f"{value:,}" if isinstance(value, int) else f"{value:,.3g}", sort=float(value))


def rows_or_none(table: Table) -> tuple[Table, ...]:
    """The table where it has rows; nothing otherwise."""
    return (table,) if table.rows else ()


def kept_short(text: str, *, most: int = LONGEST) -> str:
    """Text of at most so many characters, with a sign that more was there.

    Example:
        >>> kept_short("a long note", most=6)
        'a lon…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def named(things: Sequence[str]) -> str:
    """Things in a cell; unknown where there are none."""
    return "; ".join(things) or "unknown"
