"""A laid-out table, sorted by a column and cut to the rows that hold given words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Sequence

Data = dict[str, Any]
Key = tuple[int, float, str]

NUMBER = re.compile(r"[-\u2212<>]?\s?\d[\d,]*(?:\.\d+)?")
UNKNOWN = re.compile(r"(unknown|not computed|-|)$", re.IGNORECASE)
ORDER = re.compile(r"(-?)(_table-\d{1,3})\.(\d{1,2})")


class Order(NamedTuple):
    """By which column of which table rows stand."""

    table: str
    column: int
    down: bool

    @classmethod
    def parse(cls, asked: str) -> Order | None:
        """An order as an address gives it: `_table-1.2`, with `-` before it from high to low; None where nothing is asked.

        Raises:
            OutOfRange: that is no order.

        Example:
            >>> Order.parse("-_table-1.2")
            Order(table='_table-1', column=2, down=True)
        """
        if not asked:
            return None
        found = ORDER.fullmatch(asked)
        if found is None:
            raise OutOfRange(f"'{asked}' is no order of a table", hint="sort by the links in a table's head")
        return cls(found[2], int(found[3]), found[1] == "-")

    def __str__(self) -> str:
        return f"{'-' if self.down else ''}{self.table}.{self.column}"


def arranged(table: Data, *, order: Order | None, holds: str) -> Data:
    """A table with its rows in an order, and those rows alone whose words hold every word asked for.

    Args:
        table: laid out; it is not altered.
        order: by which column; as they are where none is given, or where it is of another table.
        holds: words, in any case.

    Raises:
        OutOfRange: the table has no such column.

    Example:
        >>> rows = [[{"text": "Anbar", "sort": None}, {"text": "unknown", "sort": None}],
        ...         [{"text": "Erbil", "sort": None}, {"text": "1,310", "sort": None}]]
        >>> table = {"id": "_table-1", "columns": [{}, {}], "rows": rows}
        >>> [row[0]["text"] for row in arranged(table, order=Order("_table-1", 1, True), holds="")["rows"]]
        ['Erbil', 'Anbar']
        >>> [row[0]["text"] for row in arranged(table, order=None, holds="ANB")["rows"]]
        ['Anbar']
    """
    rows = [row for row in table["rows"] if _holds(row, holds.casefold().split())]
    mine = order is not None and order.table == table["id"]
    if order is not None and mine:
        if order.column >= len(table["columns"]):
            raise OutOfRange(f"the table has no column {order.column}", hint="sort by the links in a table's head")
        known = [row for row in rows if not UNKNOWN.match(row[order.column]["text"])]
        unknown = [row for row in rows if UNKNOWN.match(row[order.column]["text"])]
        rows = [*sorted(known, key=lambda row: _key(row[order.column]), reverse=order.down), *unknown]
    return {
        **table, "rows": rows, "every": len(table["rows"]),
        "sorted": order.column if order is not None and mine else None, "down": order is not None and mine and order.down,
    }  # fmt: skip


def _holds(row: Sequence[Data], sought: Sequence[str]) -> bool:
    text = " ".join(cell["text"] for cell in row).casefold()
    return all(word in text for word in sought)


def _key(cell: Data) -> Key:
    """Numbers before words; the number behind a cell before the one that is read in it."""
    if cell.get("sort") is not None:
        return 0, float(cell["sort"]), ""
    found = NUMBER.match(cell["text"])
    if found is None:
        return 1, 0.0, cell["text"].casefold()
    digits = re.sub(r"[^\d.]", "", found[0])
    return 0, -float(digits) if found[0][0] in "-\u2212" else float(digits), cell["text"]
