"""The tables of a brief, and their cells by what stands at the head of row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief import Table

if TYPE_CHECKING:
    from tocsin.brief import Brief


def tables(brief: Brief) -> list[Table]:
    """Every table, first page first."""
    return [block for block in (*brief.blocks, *brief.annex) if isinstance(block, Table)]


def table(brief: Brief, *, title: str, rows: int | None = None, caption: str = "") -> Table:
    """The one table with a column of this title, with so many rows, whose caption holds these words."""
    fitting = [
        t
        for t in tables(brief)
        if title in {c.title for c in t.columns} and rows in {None, len(t.rows)} and caption in t.caption
    ]
    assert len(fitting) == 1, f"{len(fitting)} tables have a column {title!r}: {[t.caption for t in fitting]}"
    return fitting[0]


def column(found: Table, title: str, *, nth: int = 0) -> tuple[str, ...]:
    """What a column says, row by row; `nth` where several columns share a title."""
    at = [i for i, c in enumerate(found.columns) if c.title == title]
    assert len(at) > nth, f"no column {title!r} among {[c.title for c in found.columns]}"
    return tuple(row[at[nth]].text for row in found.rows)


def of_the_first_page(brief: Brief) -> Table:
    """The table a reader meets first."""
    return next(block for block in brief.blocks if isinstance(block, Table))
