"""Where the values of a page stand that were read from the rows of a sheet, so that what is wrong is named there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.case.read_table import Sheet, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from tocsin.case.finding import Finding
    from tocsin.case.tables import Table
    from tocsin.case.validate import Location

ENDS = ("low", "mid", "high")
"""The three cells of a range."""
ALL_THREE = "fill all three, or leave all three empty where it is unknown"


@dataclass(frozen=True, slots=True)
class FromSheet:
    """A sheet that some values of a page were read from.

    Attributes:
        file: the sheet's path within the case folder.
        rows: the row of each value, as `("positions", 0)` -> 2.
        columns: the column that stands for a key, where the two differ: `position` -> `position_low`.
    """

    file: str
    rows: Mapping[Location, int]
    columns: Mapping[str, str]

    def place(self, where: Location) -> tuple[int, str | None] | None:
        """The row and column of a value; None where it was not read from the sheet."""
        row = self.rows.get(where[:2])
        if row is None:
            return None
        key = next((part for part in where[2:] if isinstance(part, str)), None)
        return row, None if key is None else self.columns.get(key, key)


def read_sheet(path: Path, table: Table, *, name: str) -> tuple[Sheet, tuple[Finding, ...]]:
    """Read a sheet that lies in a folder of the case; findings name it by its path within the case.

    Args:
        path: the file, .csv or .xlsx.
        table: the columns it should have.
        name: its path within the case folder.
    """
    sheet, findings = read_table(path, table)
    return replace(sheet, file=name), tuple(replace(finding, file=name) for finding in findings)


def three_cells(row: BaseModel, prefix: str = "") -> tuple[list[float] | None, tuple[str, str, str] | None]:
    """The range that three cells of a row hold: None where all are empty.

    Args:
        row: a row with the columns `PREFIXlow`, `PREFIXmid`, `PREFIXhigh`.
        prefix: what stands before the three names, as `position_`.

    Returns:
        The three numbers or None, and what is wrong where only some are given: column, problem, mend.
    """
    cells = {f"{prefix}{end}": getattr(row, f"{prefix}{end}") for end in ENDS}
    empty = [column for column, value in cells.items() if value is None]
    if empty and len(empty) < len(ENDS):
        given = ", ".join(column for column in cells if column not in empty)
        return None, (empty[0], f"only {given} of the range is filled", ALL_THREE)
    return (None if empty else [float(value) for value in cells.values() if value is not None]), None
