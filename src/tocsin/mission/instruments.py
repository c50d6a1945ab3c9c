"""Drivers of violence against the instruments in place, and who holds them; an empty cell is unknown, not none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import DriverKind, InstrumentKind
from tocsin.mission.in_force import Days, Force, in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.assessed_rows import Driver, Instrument
    from tocsin.case.cells import Basis
    from tocsin.case.rows import Actor, Mission

ROWS_IN_ORDER = (DriverKind.STRUCTURAL, DriverKind.ARMED_ACTOR, DriverKind.OUTSIDE_POWER)
"""Blocks of the table: structures, armed actors, and outside powers as rows of their own, last."""


class CellState(StrEnum):
    """What the rows say of one driver and one kind of instrument."""

    NAMED = "named"
    NONE = "none"
    DISPUTED = "disputed"
    IN_FORCE_UNKNOWN = "in force unknown"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Holding:
    """One instrument against one driver.

    Attributes:
        what: the instrument in a few words.
        holder: the name of the actor that holds it; None where unknown.
        mission_id: the mission that carries it, where one is named.
        start: when it begins, as the source gives it; None where unknown.
        end: when it ends; None where unknown or not yet.
        force: whether it is in force at the date asked; None where no date was asked.
        source_id: who says it; None where it is our own reading.
        basis: what the row rests on.
    """

    what: str
    holder: str | None
    mission_id: str | None
    start: str | None
    end: str | None
    force: Force | None
    source_id: str | None
    basis: Basis

    @property
    def is_none(self) -> bool:
        """Whether the row says that there is no such instrument."""
        return self.what.strip().lower() == "none"


@dataclass(frozen=True, slots=True)
class InstrumentCell:
    """The instruments of one kind against one driver.

    Attributes:
        driver_id: the driver.
        kind: the kind of instrument.
        state: what the rows say.
        holdings: instruments named, and rows that say none; with a date asked, those that are or may be in force.
        not_in_force: with a date asked, those that surely are not in force then.
    """

    driver_id: str
    kind: InstrumentKind
    state: CellState
    holdings: tuple[Holding, ...]
    not_in_force: tuple[Holding, ...] = ()

    @property
    def words(self) -> str:
        """What stands in the cell, in words."""
        said = [f"none, says {h.source_id or 'our own reading'}" for h in self.holdings if h.is_none]
        named = [_words(h) for h in self.holdings if not h.is_none]
        if not self.holdings:
            past = "".join(f"; not in force then: {_words(h)}" for h in self.not_in_force)
            return f"none named: unknown{past}"
        return "; ".join([*named, *said]) + (" (disputed)" if self.state is CellState.DISPUTED else "")


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A driver with its cells, one for each kind of instrument in the order of `InstrumentKind`."""

    driver_id: str
    name: str
    kind: DriverKind
    source_id: str | None
    basis: Basis
    cells: tuple[InstrumentCell, ...]


@dataclass(frozen=True, slots=True)
class InstrumentTable:
    """Drivers x kinds of instrument.

    Attributes:
        rows: structural drivers, armed actors, outside powers; each block in the order of the case.
    """

    rows: tuple[InstrumentRow, ...]

    @property
    def empty(self) -> tuple[tuple[str, str], ...]:
        """Name of driver and kind of instrument of every cell that is unknown for want of a row."""
        return tuple(
            (row.name, cell.kind.value) for row in self.rows for cell in row.cells if cell.state is CellState.UNKNOWN
        )


def instrument_table(
    drivers: Sequence[Driver], instruments: Sequence[Instrument], *, actors: Sequence[Actor] = (),
    missions: Sequence[Mission] = (), days: Days | None = None,
) -> InstrumentTable:  # fmt: skip
    """Every driver against every kind of instrument, with holders.

    Args:
        drivers: rows of the table.
        instruments: what is in place.
        actors: for the holders' names.
        missions: whose ends bound the instruments they carry.
        days: the days at which an instrument must be in force; all of them, whatever their dates, where not given.

    Example:
        >>> from tocsin.case.assessed_rows import Driver, Instrument
        >>> weak = Driver(driver_id="weak", name="weak institutions", kind="structural", basis="judgement")
        >>> advice = Instrument(driver_id="weak", kind="civilian", what="advice", basis="judgement")
        >>> table = instrument_table([weak], [advice])
        >>> [cell.words for cell in table.rows[0].cells][:2]
        ['none named: unknown', 'advice (holder unknown, dates unknown)']
    """
    names = {a.actor_id: a.name for a in actors}
    by_id = {m.mission_id: m for m in missions}
    ordered = sorted(drivers, key=lambda d: ROWS_IN_ORDER.index(d.kind))
    rows = []
    for driver in ordered:
        mine = [i for i in instruments if i.driver_id == driver.driver_id]
        cells = []
        for kind in InstrumentKind:
            held = [_holding(i, names, by_id, days) for i in mine if i.kind is kind]
            cells.append(_cell(driver.driver_id, kind, held))
        rows.append(InstrumentRow(
            driver.driver_id, driver.name, driver.kind, driver.source_id, driver.basis, tuple(cells)
        ))  # fmt: skip
    return InstrumentTable(tuple(rows))


def _holding(row: Instrument, names: dict[str, str], missions: dict[str, Mission], days: Days | None) -> Holding:
    mission = missions.get(row.mission_id) if row.mission_id else None
    return Holding(
        row.what, names.get(row.holder, row.holder) if row.holder else None, row.mission_id,
        str(row.start) if row.start else None, str(row.end) if row.end else None,
        None if days is None else in_force(row, days, mission=mission), row.source_id, row.basis,
    )  # fmt: skip


def _cell(driver_id: str, kind: InstrumentKind, held: Sequence[Holding]) -> InstrumentCell:
    here = tuple(h for h in held if h.force is not Force.NO)
    gone = tuple(h for h in held if h.force is Force.NO)
    return InstrumentCell(driver_id, kind, _state(here), here, gone)


def _state(holdings: Sequence[Holding]) -> CellState:
    """A source that says none and a row that names one disagree; what hangs on dates that are open stays unknown."""
    if not holdings:
        return CellState.UNKNOWN
    sure = {h.is_none for h in holdings if h.force is None or h.force.sure}
    if len(sure) == 2:
        return CellState.DISPUTED
    if sure != {h.is_none for h in holdings}:
        return CellState.IN_FORCE_UNKNOWN
    return CellState.NONE if True in sure else CellState.NAMED


def _words(holding: Holding) -> str:
    mission = f", {holding.mission_id}" if holding.mission_id else ""
    holder = holding.holder or "holder unknown"
    return f"{holding.what} ({holder}{mission}, {_when(holding)})"


def _when(holding: Holding) -> str:
    if holding.start is None and holding.end is None:
        dates = "dates unknown"
    elif holding.start == holding.end:
        dates = str(holding.start)
    else:
        dates = f"{holding.start or 'start unknown'} to {holding.end or 'no end named'}"
    return f"{dates}; in force unknown" if holding.force is Force.UNKNOWN else dates
