"""Drivers of violence and armed actors against the instruments in place, and who holds them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import HOLDERS, Frame, MatrixCell, MatrixState, matrix_chart
from tocsin.brief.charts.glyphs import Glyph
from tocsin.brief.charts.matrix import MOST_ROWS
from tocsin.brief.charts.palette import BANDS, PAPER
from tocsin.brief.sections.mission_overlap import mission_name
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import listed
from tocsin.brief.words import long_date
from tocsin.case.assessed_rows import DriverKind, InstrumentKind
from tocsin.mission.instruments import CellState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
    from tocsin.brief.blocks import Block
    from tocsin.mission.instruments import Holding, InstrumentCell, InstrumentRow, InstrumentTable

UNKNOWN = "unknown"
HELD, UNNAMED = HOLDERS[0], HOLDERS[2]
STATES = (
    HELD,
    MatrixState("in force unknown", Glyph.HALF, BANDS[0]),
    MatrixState("disputed", Glyph.TWO_UNLIKE, BANDS[1]),
    MatrixState("none, says a source", Glyph.DASH, PAPER, empty="none"),
    UNNAMED,
)
"""What a cell can be; that no row names anything is unknown, and a source that says there is none another matter."""

SHOWN = {
    CellState.NAMED: HELD.word, CellState.NONE: "none, says a source", CellState.DISPUTED: "disputed",
    CellState.IN_FORCE_UNKNOWN: "in force unknown", CellState.UNKNOWN: UNNAMED.word,
}  # fmt: skip
BLOCKS = {
    DriverKind.STRUCTURAL: "Structural drivers",
    DriverKind.ARMED_ACTOR: "Armed actors",
    DriverKind.OUTSIDE_POWER: "Outside powers",
}


def annex(findings: Findings) -> tuple[Block, ...]:
    """A picture for each kind of driver, the cells in which nobody is named, and every instrument."""
    found = findings.mission
    if found is None:
        return ()
    head = Heading("Drivers and the instruments in place", id="instruments")
    done = found.instruments
    if not done.rows:
        return head, Paragraph("No row of the case names a driver. What is in place against any is unknown.")
    asked = f"by the case's tables, in force on {long_date(findings.made.date())}"
    return head, *_figures(done, asked), *_empty(done), *_table(found, asked)


def _figures(done: InstrumentTable, asked: str) -> list[Figure]:
    """One picture a kind of driver; more where it has many."""
    return [
        _figure(kind, every[i : i + MOST_ROWS], asked, nth=i // MOST_ROWS + 1)
        for kind, rows in groupby(done.rows, key=lambda r: r.kind)
        for every in [list(rows)]
        for i in range(0, len(every), MOST_ROWS)
    ]


def _figure(kind: DriverKind, rows: Sequence[InstrumentRow], asked: str, *, nth: int) -> Figure:
    again = f", continued ({nth})" if nth > 1 else ""
    title = f"{BLOCKS[kind]}: who holds an instrument{again}"
    cells = [(row.name, [MatrixCell(SHOWN[cell.state], _holders(cell)) for cell in row.cells]) for row in rows]
    return Figure(
        matrix_chart(cells, [k.value for k in InstrumentKind], frame=Frame(f"instruments-{kind.name.lower()}-{nth}", title),
                     states=STATES),
        caption=f"{BLOCKS[kind]} against kinds of instrument{again}: who holds one, {asked}.",
        alt=f"Matrix of {len(rows)} {BLOCKS[kind].lower()} by five kinds of instrument, with who holds each.",
    )  # fmt: skip


def _holders(cell: InstrumentCell) -> tuple[str, ...]:
    """Each holder once, with the end of what has ended."""
    return tuple(dict.fromkeys((h.holder or "holder unknown") + _ended(h) for h in cell.holdings if not h.is_none))


def _ended(held: Holding) -> str:
    if held.end is None:
        return ""
    return f" on {held.end}" if held.end == held.start else f" until {held.end}"


def _empty(done: InstrumentTable) -> tuple[Block, ...]:
    """The cells no row speaks to, by driver."""
    empty = [(row.name, [c.kind.value for c in row.cells if not c.holdings]) for row in done.rows]
    lines = tuple((Strong(f"{name}: "), Text(f"{listed(kinds)}.")) for name, kinds in empty if kinds)
    if not lines:
        return (Paragraph("Every cell holds at least one instrument, or a source that says there is none."),)
    cells, every = sum(len(kinds) for _, kinds in empty), sum(len(r.cells) for r in done.rows)
    return (
        Paragraph((
            Strong("Empty cells. "),
            Text(f"In {cells} of {every} cells none is named as in force, which is unknown and not none:"),
        )),
        Bullets(lines),
    )  # fmt: skip


def _table(found: MissionFindings, asked: str) -> tuple[Block, ...]:
    rows = tuple(
        _row(found, row, cell, held)
        for row in found.instruments.rows
        for cell in row.cells
        for held in (*cell.holdings, *cell.not_in_force)
    )
    if not rows:
        return ()
    return (
        Table(
            f"Every instrument named, {asked}",
            (
                Column("Driver"), Column("Kind"), Column("Instrument"), Column("Holder", unit="and mission"),
                Column("Dates"), Column("Source"),
            ),
            rows, note="Sources by their names in the case's table of sources.",
        ),
    )  # fmt: skip


def _row(found: MissionFindings, row: InstrumentRow, cell: InstrumentCell, held: Holding) -> tuple[Cell, ...]:
    mission = mission_name(found, held.mission_id) if held.mission_id else "no mission named"
    return (
        Cell(row.name), Cell(cell.kind.value), Cell("none, says the source" if held.is_none else held.what),
        Cell(f"{held.holder or UNKNOWN}; {mission}"), Cell(_dates(held)), Cell(held.source_id or "our own reading"),
    )  # fmt: skip


def _dates(held: Holding) -> str:
    force = "" if held.force is None else f"; {held.force.value}"
    if held.start is None and held.end is None:
        return UNKNOWN + force
    if held.start == held.end:
        return f"{held.start}{force}"
    return f"{held.start or 'start unknown'}, {'no end named' if held.end is None else f'to {held.end}'}{force}"


SECTION = Section("instruments", nothing, annex)
