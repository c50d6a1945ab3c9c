"""Any field taken from any row of the Iraq case leaves the cells that rest on it as they were, or unknown."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.api.assessed import missions_there
from tocsin.api.gap import areas_of, footprints_of, gap_case, months_of, places_of_sites
from tocsin.api.world import World, provinces_of
from tocsin.case import Case, read_case
from tocsin.case.assessed_rows import InstrumentKind
from tocsin.case.dates import PartialDate
from tocsin.mission.in_force import Days, Force
from tocsin.mission.instruments import InstrumentTable, instrument_table
from tocsin.mission.overlap import Cover, Overlap, overlap
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.mission.engagement import Contact, SecurityActor
    from tocsin.mission.places import Placing

ENDS = {"end"}
"""A row without an end goes on: the column itself says that empty is `unknown or not yet`, and the tables mark it."""
ABOUT_THE_ROW = {"basis", "source_id", "judged", "note"}
JUNE = (Month.of(2022, 6),)


@pytest.fixture(scope="module")
def iraq() -> Case:
    return read_case("iraq")


@pytest.fixture(scope="module")
def world(iraq: Case) -> World:
    return provinces_of(iraq)


def without_a_field(case: Case, table: str, *, keep: set[str]) -> list[tuple[str, Case]]:
    """The case once for every filled cell that may be empty, with that cell emptied."""
    rows: tuple[Any, ...] = getattr(case, table)
    made = []
    for i, row in enumerate(rows):
        for name, info in type(row).model_fields.items():
            if info.is_required() or name in keep or not getattr(row, name):
                continue
            less = row.model_copy(update={name: () if isinstance(getattr(row, name), tuple) else None})
            changed: dict[str, Any] = {table: (*rows[:i], less, *rows[i + 1 :])}
            made.append((f"{table} row {i + 1} without {name}", replace(case, **changed)))
    return made


def overlap_of(case: Case, areas: tuple[str, ...], placed: Mapping[str, Placing]) -> Overlap:
    return overlap(
        case.mandates, missions=missions_there(case), areas=areas, months=JUNE, placings=placed,
        footprints=footprints_of(case, JUNE),
    )  # fmt: skip


@pytest.mark.parametrize("table", ["mandates", "missions"])
def test_overlap(iraq: Case, world: World, table: str) -> None:
    areas, placed = ("IRQ/Baghdad", "IRQ/Ninewa"), places_of_sites(iraq, world)
    before = {(c.function, c.institution, c.area): c.spells[0] for c in overlap_of(iraq, areas, placed).cells}
    order = list(Cover)
    for words, less in without_a_field(iraq, table, keep=ENDS | ABOUT_THE_ROW):
        after = overlap_of(less, areas, placed)
        assert after.cells
        for cell in after.cells:
            was = before.get((cell.function, cell.institution, cell.area))
            if was is None or cell.institution is None:
                continue
            for one, other in ((was.served, cell.spells[0].served), (was.delivered, cell.spells[0].delivered)):
                assert other.state in {one.state, "unknown"}, words
                assert order.index(other.least) <= order.index(one.least), words
                assert order.index(other.most) >= order.index(one.most), words


def instruments_of(case: Case) -> InstrumentTable:
    at = PartialDate.parse("2019-12")
    assert at.earliest is not None
    assert at.latest is not None
    return instrument_table(
        case.drivers, case.instruments, actors=case.actors, missions=case.missions, days=Days(at.earliest, at.latest)
    )


@pytest.mark.parametrize("table", ["instruments", "missions", "drivers", "actors"])
def test_instruments(iraq: Case, table: str) -> None:
    before = [cell for row in instruments_of(iraq).rows for cell in row.cells]
    assert len(before) == len(iraq.drivers) * len(InstrumentKind)
    for words, less in without_a_field(iraq, table, keep=ENDS | ABOUT_THE_ROW):
        after = [cell for row in instruments_of(less).rows for cell in row.cells]
        for was, now in zip(before, after, strict=True):
            assert now.state in {was.state, "in force unknown", "unknown"}, words


@pytest.mark.parametrize("table", ["sites", "presence", "engagements", "actors", "mandates", "missions"])
def test_gap(iraq: Case, world: World, table: str) -> None:
    """Presence, security and engagement keep what they said, or say that it is unknown; need never moves."""
    before = gap_case(iraq, forecast=False, world=world)
    assert len(months_of(before.window)) == 24
    for words, less in without_a_field(iraq, table, keep=ENDS | ABOUT_THE_ROW | {"origin", "host", "lat", "lon"}):
        after = gap_case(less, forecast=False, world=world)
        for was, now in zip(before.provinces, after.provinces, strict=True):
            assert (now.past, now.recent, now.visibility) == (was.past, was.recent, was.visibility), words
            for one, other in zip(was.missions, now.missions, strict=True):
                assert other.present in {one.present, "unknown"}, words
                said = {(c.mission_id, c.mode): c for c in one.contacts}
                for contact in other.contacts:
                    same_or_unknown(said.get((contact.mission_id, contact.mode)), contact, words)
            said_of = {(a.actor_id, a.role): a for a in was.security}
            for actor in now.security:
                same_or_unknown(said_of.get((actor.actor_id, actor.role)), actor, words)


def same_or_unknown(was: Contact | SecurityActor | None, now: Contact | SecurityActor, words: str) -> None:
    """What a row says stays as it was or is unknown; a row that was outside the window may at most perhaps hold in it."""
    if was is None:
        assert now.force is Force.UNKNOWN, words
        return
    for field in fields(was):
        before, after = getattr(was, field.name), getattr(now, field.name)
        assert after == before or after is None or after is Force.UNKNOWN, f"{words}: {field.name}"


def test_every_province_of_the_case_has_a_row(iraq: Case, world: World) -> None:
    assert len(areas_of(iraq, world)) == 18
