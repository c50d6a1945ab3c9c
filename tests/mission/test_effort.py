"""Effort worked by hand: rates, unit costs, and what stays unknown."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from tocsin.case.assessed_rows import Effort, EffortKind, Reference
from tocsin.case.rows import Indicator, Mission, Observation
from tocsin.mission.effort import LineEffort, MissionEffort, effort
from tocsin.mission.progress import progress
from tocsin.mission.strength import Rate, rate
from tocsin.mission.worth import NO_COST_PER_OUTCOME, OUTPUT_IS_NO_OUTCOME

if TYPE_CHECKING:
    from tocsin.mission.inputs import UnitCost

POPULATIONS = {"IRQ": {2018: 40_000_000, 2020: 50_000_000}}
MISSION = Mission.model_validate({"mission_id": "m", "name": "Mission", "host": "IRQ", "basis": "judgement"})


def spent(**changes: Any) -> Effort:
    row: dict[str, Any] = {
        "mission_id": "m", "line_of_effort": "training", "kind": "money", "low": 900, "best": 1000, "high": 1200,
        "unit": "EUR a year", "start": "2020-01", "end": "2020-12", "source_id": "budget", "basis": "stated",
    }  # fmt: skip
    return Effort(**(row | changes))


def people(**changes: Any) -> Effort:
    row = {"line_of_effort": "all", "kind": "people", "low": 400, "best": 500, "high": 600, "unit": "persons"}
    return spent(**(row | changes))


def trained(**changes: Any) -> Observation:
    row: dict[str, Any] = {
        "indicator_id": "i", "area": "Iraq", "date": "2020", "value": 35, "low": 30, "high": 40, "source_id": "report",
        "basis": "stated",
    }  # fmt: skip
    return Observation(**(row | changes))


def reference(**changes: Any) -> Reference:
    row: dict[str, Any] = {
        "name": "Other", "country": "IRQ", "date": "2018", "personnel_low": 4000, "personnel_high": 8000,
        "source_id": "s", "basis": "stated",
    }  # fmt: skip
    return Reference(**(row | changes))


def done(
    *efforts: Effort, seen: tuple[Observation, ...] = (), level: str = "output", mission: Mission = MISSION,
    references: tuple[Reference, ...] = (),
) -> MissionEffort:  # fmt: skip
    row = Indicator.model_validate({
        "indicator_id": "i", "mission_id": "m", "line_of_effort": "training", "level": level, "definition": "trainees",
        "unit": "persons a year", "better": "up", "basis": "judgement",
    })  # fmt: skip
    shown = progress(mission, tasks=(), indicators=(row,), observations=seen)
    return effort(mission, efforts, progress=shown, references=references, populations=POPULATIONS)


def training(found: MissionEffort) -> LineEffort:
    [line] = [line for line in found.lines if line.line_of_effort == "training"]
    return line


def only_cost(*efforts: Effort, seen: Observation) -> UnitCost:
    [cost] = training(done(*efforts, seen=(seen,))).unit_costs
    return cost


def test_least_money_over_most_made_to_most_money_over_least_made() -> None:
    cost = only_cost(spent(), seen=trained())
    assert (cost.low, cost.high, cost.ranged) == (900 / 40, 1200 / 30, True)
    assert (cost.unit, cost.sources) == ("EUR a year / persons a year", ("budget", "report"))


@pytest.mark.parametrize(
    ("money", "made"),
    [
        ({"low": None, "best": None, "high": None}, {}),
        ({"end": None}, {}),
        ({"end": "2021-01"}, {}),
        ({"end": "by 2020-06"}, {}),
        ({"line_of_effort": "all"}, {}),
        ({"mission_id": "other"}, {}),
        ({"kind": "time"}, {}),
        ({}, {"indicator_id": "other"}),
        ({}, {"date": "2019"}),
        ({}, {"value": 0, "low": None, "high": None}),
    ],
)
def test_no_cost_of_one_where_either_is_unknown(money: dict[str, Any], made: dict[str, Any]) -> None:
    found = done(spent(**money), seen=(trained(**made),))
    assert training(found).unit_costs == ()
    assert any(s.startswith("No cost per person or course can be given") for s in found.worth)
    assert OUTPUT_IS_NO_OUTCOME not in found.worth


@pytest.mark.parametrize(
    ("money", "made", "low", "high"),
    [
        ({"low": None}, {}, None, 40),
        ({"high": None}, {}, 22.5, None),
        ({}, {"low": None}, 22.5, None),
        ({}, {"high": None}, None, 40),
        ({}, {"low": 0}, 22.5, None),
    ],
)
def test_an_end_nobody_published_leaves_an_end_unknown(
    money: dict[str, Any], made: dict[str, Any], low: float | None, high: float | None
) -> None:
    cost = only_cost(spent(**money), seen=trained(**made))
    assert (cost.low, cost.high) == (low, high)


def test_outcomes_have_no_cost() -> None:
    found = done(spent(), seen=(trained(),), level="outcome")
    assert training(found).unit_costs == ()
    assert found.worth[-1] == NO_COST_PER_OUTCOME


def test_a_cost_is_said_with_its_notes_and_that_an_output_is_no_outcome() -> None:
    found = done(spent(note="travel is not in it"), seen=(trained(),))
    assert (
        "Money over output where both are published (i, EUR a year / persons a year): 2020: 22 to 40. "
        "Read with it: travel is not in it."
    ) in found.worth
    assert OUTPUT_IS_NO_OUTCOME in found.worth


def test_points_are_said_to_have_no_published_range() -> None:
    found = done(spent(low=None, high=None), seen=(trained(value=40, low=None, high=None),))
    assert any("2020: 25 (no published range)" in sentence for sentence in found.worth)


def test_what_nobody_published_is_unknown_and_never_none() -> None:
    found = done(people(low=None, best=None, high=None))
    assert all(line.unknown == tuple(EffortKind) for line in found.lines)
    assert [p.said for p in training(found).produced] == [
        "no indicator", "nothing published", "no indicator", "no indicator",
    ]  # fmt: skip
    assert found.worth[0] == "Nothing is published of what goes in; unknown, which is not none: people, money, time."
    [own] = found.strength
    assert (own.people_low, own.people_high, own.per_million_low, own.per_million_high) == (None, None, None, None)


def test_people_per_million() -> None:
    [own] = done(people()).strength
    assert (own.per_million_low, own.per_million_high, own.population) == (8, 12, 50_000_000)
    [other] = done(references=(reference(),)).references
    assert (other.per_million_low, other.per_million_high, other.population_from) == (100, 200, "2018")
    assert rate(0, 10) == 0
    assert rate(None, 10) is None
    assert rate(10, None) is None
    assert rate(10, 0) is None


@pytest.mark.parametrize(
    ("changes", "low", "high", "ranged"),
    [
        ({"low": None}, None, 12, True),
        ({"high": None}, 8, None, True),
        ({"low": None, "high": None}, 10, 10, False),
        ({"best": None}, 8, 12, True),
        ({"unit": "person-days"}, None, None, False),
        ({"line_of_effort": "training"}, None, None, False),
    ],
)
def test_a_strength_is_no_more_than_was_published(
    changes: dict[str, Any], low: float | None, high: float | None, *, ranged: bool
) -> None:
    [own] = done(people(**changes)).strength
    assert (own.per_million_low, own.per_million_high, own.ranged) == (low, high, ranged)


@pytest.mark.parametrize(
    ("changes", "population", "origin"),
    [
        ({"date": "2019"}, 40_000_000, "2018, the nearest year held to 2019"),
        ({"date": "2025"}, 50_000_000, "2020, the nearest year held to 2025"),
        ({"date": "2026"}, None, "unknown: the nearest year held, 2020, is 6 years from 2026"),
        ({"country": "KFR"}, None, "unknown: no population of KFR is held"),
        ({"population": 8_000_000}, 8_000_000, "given in the row"),
        ({"population": 0}, 0, "given in the row"),
    ],
)
def test_the_population_is_of_the_nearest_year_or_unknown(
    changes: dict[str, Any], population: float | None, origin: str
) -> None:
    [other] = done(references=(reference(**changes),)).references
    assert (other.population, other.population_from) == (population, origin)
    assert (other.per_million_low is None) == (not population)


def test_a_strength_without_a_date_says_which_year_it_is_set_against() -> None:
    [own] = done(people(start=None, end=None)).strength
    assert own.population_from == "2020, the newest held, as the strength has no date"
    [nowhere] = done(people(), mission=MISSION.model_copy(update={"host": None})).strength
    assert (nowhere.per_million_low, nowhere.population_from) == (None, "unknown: no host country")


def test_the_missions_own_number_stands_beside_a_row_that_says_another() -> None:
    def strengths(personnel: int, *rows: Effort) -> list[Rate]:
        return list(done(*rows, mission=MISSION.model_copy(update={"personnel": personnel})).strength)

    assert [r.people_low for r in strengths(500)] == [500]
    assert [r.people_low for r in strengths(500, people())] == [400]
    assert [r.people_low for r in strengths(700, people())] == [400, 700]


@pytest.mark.parametrize("field", ["personnel_low", "personnel_high", "date", "country", "source_id"])
def test_a_reference_lacking_a_field_is_refused(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        reference(**{field: None})


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [spent(), spent(end="2019-12", start="2019-01"), people(), people(source_id="other", low=None)]
    beside = [reference(), reference(name="Another"), reference(personnel_low=1)]
    seen = (trained(), trained(date="2019"))
    ways = {
        repr(done(*order, seen=seen[::way], references=tuple(beside[::way])))
        for order in permutations(rows)
        for way in (1, -1)
    }
    assert len(ways) == 1
