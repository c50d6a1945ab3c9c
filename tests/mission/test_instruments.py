"""Drivers x instruments: an empty cell is unknown, a source that says none is believed, dates left open stay open."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from tocsin.case.assessed_rows import Driver, Instrument, InstrumentKind
from tocsin.case.rows import Actor, Mission
from tocsin.mission.in_force import Days
from tocsin.mission.instruments import CellState, InstrumentCell, instrument_table

J: dict[str, Any] = {"basis": "judgement"}
Row = TypeVar("Row", bound=BaseModel)


def made(model: type[Row], **cells: Any) -> Row:
    """A row, its cells as a file gives them."""
    return model(**cells)


STATED: dict[str, Any] = {"basis": "stated", "source_id": "src"}
AT = Days(date(2021, 6, 1), date(2021, 6, 30))
DRIVER = made(Driver, driver_id="d", name="weak state", kind="structural", **J)
HOLDER = made(Actor, actor_id="nato", name="NATO", **J)


def held(**changed: Any) -> Instrument:
    return Instrument(**{"driver_id": "d", "kind": "legal", "holder": "nato", "mission_id": "m", "what": "law",
                         "start": "2018", "end": "2024", **STATED, **changed})  # fmt: skip


def cell(*rows: Instrument, days: Days | None = AT, missions: Any = ()) -> InstrumentCell:
    table = instrument_table([DRIVER], rows, actors=[HOLDER], missions=missions, days=days)
    return next(c for c in table.rows[0].cells if c.kind is InstrumentKind.LEGAL)


def test_a_cell_names_instrument_holder_mission_and_dates() -> None:
    assert cell(held()).state is CellState.NAMED
    assert cell(held()).words == "law (NATO, m, 2018 to 2024)"


def test_an_empty_cell_is_unknown_and_listed_by_name() -> None:
    table = instrument_table([DRIVER], [held()])
    assert table.rows[0].cells[0].words == "none named: unknown"
    assert table.empty == tuple(("weak state", kind) for kind in ("military", "civilian", "diplomatic", "economic"))


def test_none_is_said_only_where_a_source_says_it() -> None:
    none = cell(held(what="None", holder=None, mission_id=None))
    assert (none.state, none.words) == (CellState.NONE, "none, says src")


def test_a_source_that_says_none_and_one_that_names_stand_side_by_side() -> None:
    both = cell(held(), held(what="none"))
    assert both.state is CellState.DISPUTED
    assert both.words == "law (NATO, m, 2018 to 2024); none, says src (disputed)"


def test_what_is_not_in_force_at_the_date_is_shown_apart_and_the_cell_unknown() -> None:
    gone = cell(held(end="2020"))
    assert (gone.state, gone.holdings) == (CellState.UNKNOWN, ())
    assert gone.words == "none named: unknown; not in force then: law (NATO, m, 2018 to 2020)"
    assert cell(held(end="2020"), days=None).state is CellState.NAMED


@pytest.mark.parametrize("row", [held(), held(what="none")])
def test_without_its_start_whether_it_is_in_force_is_unknown(row: Instrument) -> None:
    less = cell(row.model_copy(update={"start": None}))
    assert less.state is CellState.IN_FORCE_UNKNOWN


def test_a_disputed_cell_whose_dates_are_open_is_unknown_and_not_settled() -> None:
    assert cell(held(), held(what="none").model_copy(update={"start": None})).state is CellState.IN_FORCE_UNKNOWN


@pytest.mark.parametrize("gone", ["holder", "mission_id", "end"])
def test_other_fields_taken_away_keep_the_state_and_are_unknown_themselves(gone: str) -> None:
    less = cell(held().model_copy(update={gone: None}))
    assert less.state is CellState.NAMED
    said = {"holder": "holder unknown", "mission_id": "(NATO, 2018", "end": "to no end named"}[gone]
    assert said in less.words


def test_an_instrument_ends_with_the_mission_that_carries_it() -> None:
    over = made(Mission, mission_id="m", name="M", start="2018", end="2020-12-31", **J)
    assert cell(held(end=None), missions=[over]).state is CellState.UNKNOWN


def test_outside_powers_are_rows_of_their_own_and_last() -> None:
    power = made(Driver, driver_id="p", name="power", kind="outside power", actor_id="nato", **J)
    armed = made(Driver, driver_id="a", name="armed", kind="armed actor", actor_id="nato", **J)
    assert [r.name for r in instrument_table([power, armed, DRIVER], []).rows] == ["weak state", "armed", "power"]
