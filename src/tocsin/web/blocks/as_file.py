"""The tables of a laid-out page as one CSV file, for parts of which the API gives no data of their own."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would take for a formula."""


def as_csv(page: dict[str, Any]) -> str:
    """Each table with its caption, its head and its rows, an empty line between two; notes under their tables.

    Example:
        >>> cell = {"text": "=SUM(A1)"}
        >>> table = {"kind": "table", "caption": "Deaths", "columns": [{"title": "Province", "unit": ""}], "rows": [[cell]],
        ...          "note": ""}
        >>> as_csv({"blocks": [table], "annex": []}).splitlines()
        ['Deaths', 'Province', "'=SUM(A1)"]
    """
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for number, table in enumerate(block for block in (*page["blocks"], *page["annex"]) if block["kind"] == "table"):
        if number:
            writer.writerow([])
        writer.writerows(_rows(table))
    return file.getvalue()


def _rows(table: dict[str, Any]) -> Iterator[list[str]]:
    yield [_safe(table["caption"])]
    yield [_safe(f"{c['title']} ({c['unit']})" if c["unit"] else c["title"]) for c in table["columns"]]
    for row in table["rows"]:
        yield [_safe(cell["text"]) for cell in row]
    if table["note"]:
        yield [_safe(table["note"])]


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a number below 0 stays one."""
    if not text.startswith(FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
