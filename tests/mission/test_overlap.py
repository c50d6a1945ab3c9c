"""Overlap: uncovered, single, complementary, duplicate; what a row does not say stays unknown."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import pytest
from pydantic import BaseModel

from tocsin.case.rows import Mission, Task
from tocsin.mission.overlap import Cover, Covered, Spell, overlap
from tocsin.mission.places import Placing
from tocsin.vocabulary import Month

J: dict[str, Any] = {"basis": "judgement"}
Row = TypeVar("Row", bound=BaseModel)


def made(model: type[Row], **cells: Any) -> Row:
    """A row, its cells as a file gives them."""
    return model(**cells)


AREAS = ("IRQ/A", "IRQ/B")
JUNE = (Month.of(2018, 6),)
MISSIONS = [made(Mission, mission_id=m, name=m, start="2010", **J) for m in ("one", "two")]
PLACED = {"here": Placing("here", ("IRQ/A",), placed=True, sure=True)}


def task(task_id: str = "t1", mission: str = "one", **changed: Any) -> Task:
    return Task(**{
        "task_id": task_id, "mission_id": mission, "line_of_effort": "police", "function": "advice",
        "institution": "Ministry", "authority": "advise", "serves": "A", "provinces": ("A",), "site_id": "here",
        "start": "2018-01", "end": "2019-12", **J, **changed,
    })  # fmt: skip


def cell(tasks: list[Task], area: str = "IRQ/A", *, institution: str | None = "Ministry", months: Any = JUNE) -> Spell:
    done = overlap(tasks, missions=MISSIONS, areas=AREAS, months=months, placings=PLACED)
    (found,) = [c for c in done.cells if c.area == area and c.institution == institution and c.function == "police"]
    assert len(found.spells) == 1
    return found.spells[0]


def test_one_mission_alone_is_single_where_it_serves_and_uncovered_elsewhere() -> None:
    here, elsewhere = cell([task()]), cell([task()], "IRQ/B")
    assert (here.served.state, here.delivered.state, here.named) == ("single", "single", ("t1",))
    assert (elsewhere.served.state, elsewhere.delivered.state) == ("uncovered", "uncovered")


def test_two_missions_with_one_authority_are_duplicate_and_with_two_complementary() -> None:
    same = cell([task(), task("t2", "two", authority="Advise ")])
    assert same.served.state == "duplicate"
    assert [(p.missions, p.tasks, p.kind, p.sure) for p in same.pairs] == [
        (("one", "two"), ("t1", "t2"), Cover.DUPLICATE, True)
    ]
    other = cell([task(), task("t2", "two", authority="equip")])
    assert other.served.state == "complementary"


def test_two_tasks_of_one_mission_are_single() -> None:
    assert cell([task(), task("t2")]).served == Covered(Cover.SINGLE, Cover.SINGLE, 2, 0)


def test_missions_that_follow_each_other_within_a_month_do_not_meet() -> None:
    tasks = [task(end="2018-06-10"), task("t2", "two", start="2018-06-11")]
    assert cell(tasks).served.state == "single"
    assert cell([task(end="2018-06"), task("t2", "two", start="2018-06-20")]).served.words == (
        "unknown: at least 2 tasks (single), perhaps duplicate"
    )


def test_a_national_task_covers_every_province_by_mandate_and_is_done_in_one() -> None:
    tasks = [task(serves="national", provinces=())]
    here, elsewhere = cell(tasks), cell(tasks, "IRQ/B")
    assert (elsewhere.served.state, elsewhere.national, elsewhere.named) == ("single", ("t1",), ())
    assert (elsewhere.delivered.state, here.delivered.state) == ("uncovered", "single")


FIELDS = ("institution", "authority", "serves", "provinces", "start", "site_id")


@pytest.mark.parametrize("gone", FIELDS)
@pytest.mark.parametrize("other", [None, "advise", "equip"])
@pytest.mark.parametrize("area", AREAS)
def test_a_field_taken_from_a_row_leaves_what_was_within_what_may_be(gone: str, other: str | None, area: str) -> None:
    """No cell becomes another state: it keeps its own, or is unknown between bounds that hold its own."""
    beside = [task("t3", institution="Ministry")] if other is None else [task("t2", "two", authority=other)]
    full = task()
    less = full.model_copy(update={gone: () if gone == "provinces" else None})
    before, after = cell([full, *beside], area), cell([less, *beside], area)
    order = list(Cover)
    for was, now in ((before.served, after.served), (before.delivered, after.delivered)):
        assert now.state in {was.state, "unknown"}
        assert order.index(now.least) <= order.index(was.least)
        assert order.index(now.most) >= order.index(was.most)


@pytest.mark.parametrize("gone", ["institution", "provinces", "start"])
def test_the_only_row_of_a_cell_without_one_field_leaves_it_unknown_and_never_uncovered(gone: str) -> None:
    beside = task("t9", line_of_effort="logistics")
    less = task().model_copy(update={gone: () if gone == "provinces" else None})
    assert cell([less, beside]).served.words == "unknown: perhaps single"
    assert "t1" in cell([less, beside]).perhaps


def test_rows_without_institution_stand_in_a_cell_of_their_own_too() -> None:
    tasks = [task(institution=None), task("t2", "two", institution=None), task("t9", line_of_effort="x")]
    assert cell(tasks, institution=None).served.words == "unknown: at least 2 tasks (single), perhaps duplicate"


def test_a_row_without_an_end_goes_on_and_says_so_and_ends_with_its_mission() -> None:
    assert cell([task(end=None)]).no_end == ("t1",)
    ended = [made(Mission, mission_id="one", name="one", start="2010", end="2018-05-31", **J)]
    done = overlap([task(end=None)], missions=ended, areas=AREAS, months=JUNE, placings=PLACED)
    assert {s.served.state for c in done.cells for s in c.spells} == {"uncovered"}


def test_months_alike_are_drawn_together() -> None:
    months = [Month.of(2019, 10) + i for i in range(5)]
    done = overlap([task()], missions=MISSIONS, areas=("IRQ/A",), months=months, placings=PLACED)
    assert [(str(s.first), str(s.last), s.served.state) for s in done.cells[0].spells] == [
        ("2019-10", "2019-12", "single"), ("2020-01", "2020-02", "uncovered"),
    ]  # fmt: skip


def test_missions_without_tasks_are_named() -> None:
    assert overlap([task()], missions=MISSIONS, areas=AREAS, months=JUNE).silent == ("two",)


def test_rows_and_provinces_in_any_order_give_the_same() -> None:
    tasks = [task(), task("t2", "two", authority=None), task("t3", "two", institution=None), task("t4", serves=None)]
    plain = overlap(tasks, missions=MISSIONS, areas=AREAS, months=JUNE, placings=PLACED)
    rng = np.random.default_rng(3)
    for _ in range(5):
        mixed = [tasks[i] for i in rng.permutation(len(tasks))]
        assert overlap(mixed, missions=MISSIONS, areas=AREAS[::-1], months=JUNE, placings=PLACED) == plain
