"""Drivers against kinds of instrument in one year, and how many kinds were named year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tocsin.api.gap import instruments_case
from tocsin.case import PartialDate
from tocsin.case.assessed_rows import InstrumentKind
from tocsin.errors import OutOfRange
from tocsin.mission.instruments import CellState
from tocsin.web.blocks.shown import links_of

if TYPE_CHECKING:
    from tocsin.mission.instruments import InstrumentCell
    from tocsin.web.blocks.shown import Piece
    from tocsin.web.place import Place

SIGNS = {
    CellState.NAMED: "●", CellState.NONE: "∅", CellState.DISPUTED: "◐", CellState.IN_FORCE_UNKNOWN: "○",
    CellState.UNKNOWN: "",
}  # fmt: skip
SAID = {
    CellState.NAMED: "named", CellState.NONE: "none, says a source", CellState.DISPUTED: "disputed",
    CellState.IN_FORCE_UNKNOWN: "in force unknown", CellState.UNKNOWN: "none named: unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One driver and one kind of instrument in the year asked about."""

    state: str
    sign: str
    said: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class InYear:
    """The table of one year, and of every year how many kinds were named.

    Attributes:
        year: asked about.
        years: that can be asked about, in order.
        kinds: of instrument, in the order of the columns.
        rows: a driver's name, its kind and its cells.
        through: a driver's name, and for each year the number of kinds surely named.
    """

    year: int
    years: tuple[int, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    through: tuple[tuple[str, tuple[int, ...]], ...]


def years_of(at: Place) -> tuple[int, ...]:
    """The years that the case's instruments span, up to this one; empty where no date is known."""
    now = datetime.now(UTC).year
    ends = [
        d.earliest.year for row in at.case.instruments for d in (row.start, row.end) if d is not None and d.earliest
    ]
    return tuple(range(min(ends), max(now, *ends) + 1)) if ends else ()


def in_year(at: Place, asked: str) -> InYear | None:
    """Who holds what against each driver in a year, by the case's tables as they are now.

    Args:
        at: the case shown.
        asked: a year; the newest where empty.

    Returns:
        None where the case names no driver, or no date.

    Raises:
        OutOfRange: the year lies outside what the tables span.
    """
    years = years_of(at)
    if not years or not at.case.drivers:
        return None
    if asked and (not asked.isascii() or not asked.isdigit() or int(asked) not in years):
        raise OutOfRange(f"'{asked}' is no year of the table", hint=f"choose a year from {years[0]} to {years[-1]}")
    year = int(asked) if asked else years[-1]
    done = instruments_case(at.case, at=PartialDate.parse(str(year)))
    links = links_of(at)
    rows = tuple(
        (row.name, row.kind.value, tuple(_cell(cell, links.pieces(cell.words)) for cell in row.cells))
        for row in done.rows
    )
    return InYear(year, years, tuple(kind.value for kind in InstrumentKind), rows, _through(at, years))


def _cell(cell: InstrumentCell, pieces: tuple[Piece, ...]) -> Cell:
    return Cell(cell.state.name.lower(), SIGNS[cell.state], SAID[cell.state], pieces)


def _through(at: Place, years: tuple[int, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    tables = [instruments_case(at.case, at=PartialDate.parse(str(year))).rows for year in years]
    return tuple(
        (first.name, tuple(sum(c.state is CellState.NAMED for c in rows[i].cells) for rows in tables))
        for i, first in enumerate(tables[0])
    )
