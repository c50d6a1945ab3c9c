"""What the brief says of drivers and of who holds an instrument against each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.brief.sections.pages_found import changed, mission_of, pages
from tests.brief.sections.tables_found import column, tables

from tocsin.brief import Bullets, Figure
from tocsin.brief.html import to_html
from tocsin.brief.sections.mission_instruments import SECTION
from tocsin.case.assessed_rows import DriverKind
from tocsin.mission.in_force import Force
from tocsin.mission.instruments import CellState, InstrumentTable

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief import Brief
    from tocsin.mission.instruments import Holding, InstrumentCell

STATES = re.compile(r'data-state="([^"]+)"')


def figures(brief: Brief) -> list[Figure]:
    return [block for block in brief.annex if isinstance(block, Figure)]


def with_every_cell(findings: Findings, **parts: object) -> Findings:
    rows = mission_of(findings).instruments.rows
    made = tuple(replace(r, cells=tuple(replace(c, **parts) for c in r.cells)) for r in rows)  # type: ignore[arg-type]
    return changed(findings, instruments=InstrumentTable(made))


def cells_of(findings: Findings) -> list[InstrumentCell]:
    return [cell for row in mission_of(findings).instruments.rows for cell in row.cells]


def holding(findings: Findings) -> Holding:
    return next(h for cell in cells_of(findings) for h in cell.holdings)


def test_each_kind_of_driver_is_a_picture_of_its_own_with_outside_powers_last(findings: Findings) -> None:
    kinds = [row.kind for row in mission_of(findings).instruments.rows]
    drawn = figures(pages(SECTION, findings))
    assert len(drawn) == len(set(kinds))
    assert drawn[-1].caption.startswith("Outside powers")
    powers = [row for row in mission_of(findings).instruments.rows if row.kind is DriverKind.OUTSIDE_POWER]
    assert all(row.name in drawn[-1].svg and row.name + "," not in drawn[0].svg for row in powers)


def test_cells_are_held_or_unknown_as_found(findings: Findings) -> None:
    drawn = [state for figure in figures(pages(SECTION, findings)) for state in STATES.findall(figure.svg)]
    found = ["held" if c.state is CellState.NAMED else c.state.value for c in cells_of(findings)]
    assert drawn == found
    assert found.count("unknown") > 0


def test_holders_are_written_with_the_end_of_what_has_ended(findings: Findings) -> None:
    day = replace(holding(findings), start="2019-12-29", end="2019-12-29")
    years = replace(day, start="2017")
    for held, words in ((day, "on 2019-12-29"), (years, "until 2019-12-29")):
        brief = pages(SECTION, with_every_cell(findings, holdings=(held,), state=CellState.NAMED))
        assert all(words in figure.svg for figure in figures(brief))
    svg = " ".join(f.svg for f in figures(pages(SECTION, findings)))
    assert all(h.holder in svg for c in cells_of(findings) for h in c.holdings if h.holder)


def test_empty_cells_are_listed_by_driver_as_unknown(findings: Findings) -> None:
    brief = pages(SECTION, findings)
    [bullets] = [b for b in brief.annex if isinstance(b, Bullets)]
    said = ["".join(span.text for span in item if not isinstance(span, str)) for item in bullets.items]
    empty = mission_of(findings).instruments.empty
    assert len(said) == len({driver for driver, _ in empty})
    for driver, kind in empty:
        assert any(line.startswith(f"{driver}: ") and kind in line for line in said)
    assert (
        f"In {len(empty)} of {len(cells_of(findings))} cells none is named as in force, which is unknown and not none"
        in to_html(brief)
    )


def test_every_instrument_has_a_row_with_holder_dates_and_source(findings: Findings) -> None:
    [shown] = tables(pages(SECTION, findings))
    held = [h for c in cells_of(findings) for h in (*c.holdings, *c.not_in_force)]
    assert column(shown, "Instrument") == tuple(h.what for h in held)
    assert column(shown, "Source") == tuple(h.source_id for h in held)
    assert all(h.holder is not None and h.holder in said for h, said in zip(held, column(shown, "Holder"), strict=True))
    dateless = [i for i, h in enumerate(held) if h.start is None and h.end is None]
    assert dateless
    assert all(column(shown, "Dates")[i].startswith("unknown") for i in dateless)


@pytest.mark.parametrize("field", ["holder", "source_id", "mission_id"])
def test_a_field_taken_away_is_said_to_be_unknown(findings: Findings, field: str) -> None:
    bare = replace(holding(findings), **{field: None})  # type: ignore[arg-type]
    [shown] = tables(
        pages(SECTION, with_every_cell(findings, holdings=(bare,), not_in_force=(), state=CellState.NAMED))
    )
    title, words = {
        "holder": ("Holder", "unknown; "), "source_id": ("Source", "our own reading"),
        "mission_id": ("Holder", "no mission named"),
    }[field]  # fmt: skip
    assert all(words in said for said in column(shown, title))


def test_an_unknown_holder_is_written_in_the_picture(findings: Findings) -> None:
    bare = replace(holding(findings), holder=None)
    brief = pages(SECTION, with_every_cell(findings, holdings=(bare,), state=CellState.NAMED))
    assert all("held, holder unknown" in figure.svg for figure in figures(brief))
    assert not any(isinstance(block, Bullets) for block in brief.annex)


@pytest.mark.parametrize(
    ("state", "drawn"),
    [(CellState.NONE, "none, says a source"), (CellState.DISPUTED, "disputed"),
     (CellState.IN_FORCE_UNKNOWN, "in force unknown"), (CellState.UNKNOWN, "unknown")],
)  # fmt: skip
def test_none_disputed_and_unknown_are_told_apart(findings: Findings, state: CellState, drawn: str) -> None:
    brief = pages(SECTION, with_every_cell(findings, state=state, holdings=()))
    assert {s for figure in figures(brief) for s in STATES.findall(figure.svg)} == {drawn}


def test_what_is_no_longer_in_force_is_listed_as_such(findings: Findings) -> None:
    gone = replace(holding(findings), force=Force.NO)
    [shown] = tables(
        pages(SECTION, with_every_cell(findings, state=CellState.UNKNOWN, holdings=(), not_in_force=(gone,)))
    )
    assert all("not in force" in said for said in column(shown, "Dates"))


def test_no_driver_is_unknown_and_no_mission_is_no_page(findings: Findings) -> None:
    bare = to_html(pages(SECTION, changed(findings, instruments=InstrumentTable(()))))
    assert "names a driver" in bare
    assert "unknown" in bare
    none = replace(findings, mission=None)
    assert SECTION.page(none) == SECTION.annex(none) == SECTION.page(findings) == ()
