"""How wide the columns of a table stand on paper, and how large its words, so that no number is parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.brief.blocks import Column, Table

PAPER_PT = 482.0
"""Width between the margins of an A4 page."""
SIZES_PT = (8.2, 7.4, 6.8, 6.2)
PADDING_PT = 12.0
ADVANCE = 0.57
"""Mean advance of a character of Open Sans, in parts of its size; digits have just this."""
WHOLE = 16
"""A cell of so many characters stays on one line."""
WHOLE_TITLE = 10
PROSE = 26
"""A cell longer than this is prose, and needs a line at least this long to read well."""
LONGEST = 60
"""A cell longer than this is wrapped wherever it stands."""


def on_paper(table: Table) -> dict[str, object]:
    """The size of a table's words in pt, and the relative widths of its columns.

    Each column has what it needs for its words to stand whole, and a part of what is left by how much more it could
    use. The size is the largest at which the needs fit on the page; the smallest where none does.

    Example:
        >>> from tocsin.brief.blocks import Cell, Column, Table
        >>> small = Table("Deaths", (Column("Province"), Column("Deaths")), ((Cell("Salah al-Din"), Cell("1,204")),))
        >>> on_paper(small)["size"]
        8.2
    """
    asked = [_asked(column, [row[i].text for row in table.rows]) for i, column in enumerate(table.columns)]
    for size in SIZES_PT:
        least = [PADDING_PT + need * ADVANCE * size for need, _ in asked]
        if sum(least) <= PAPER_PT:
            break
    spare = max(PAPER_PT - sum(least), 0.0)
    more = [(wish - need) * ADVANCE * size for need, wish in asked]
    part = min(spare / sum(more), 1.0) if sum(more) > 0 else 0.0
    return {"size": size, "widths": [low + part * extra for low, extra in zip(least, more, strict=True)]}


def _asked(column: Column, cells: list[str]) -> tuple[int, int]:
    """Characters a column needs, and characters it could use."""
    need = max((_whole(text, up_to=WHOLE) for text in cells), default=0)
    head = max(_whole(column.title, up_to=WHOLE_TITLE), _whole(column.unit, up_to=WHOLE_TITLE)) + 1
    wish = max((len(text) for text in (*cells, column.title, column.unit)), default=0)
    need = max(need, head, PROSE if any(len(text) > PROSE for text in cells) else 0)
    return need, max(need, min(wish, LONGEST))


def _whole(text: str, *, up_to: int) -> int:
    return len(text) if len(text) <= up_to else min(max(map(len, text.split()), default=0), 32)
