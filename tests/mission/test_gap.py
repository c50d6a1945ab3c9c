"""The province table: need, security, engagement, presence; unknown stays unknown; provinces in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
import polars as pl
import pytest
import shapely
from pydantic import BaseModel

from tocsin.case.rows import Actor, Engagement, Mission, Presence, Site, SiteStatus, Task
from tocsin.forecast.forecast import Forecast
from tocsin.mission.engagement import How, contacts, mandated, security_actors
from tocsin.mission.footprint import footprint
from tocsin.mission.gap import (
    Ahead,
    Lacking,
    Past,
    Present,
    ProvinceGap,
    ahead_by_area,
    mission_there,
    past_by_area,
    tied_to,
)
from tocsin.mission.in_force import Days, Force, in_force, together
from tocsin.mission.incidents import incidents_of_points
from tocsin.mission.lacking import lacking
from tocsin.mission.places import placings
from tocsin.panel.dating import MultiMonth
from tocsin.panel.panel import Panel
from tocsin.vocabulary import AreaIds, Month

J: dict[str, Any] = {"basis": "judgement"}
Row = TypeVar("Row", bound=BaseModel)


def made(model: type[Row], **cells: Any) -> Row:
    """A row, its cells as a file gives them."""
    return model(**cells)


WINDOW = Days(date(2018, 1, 1), date(2018, 12, 31))
MONTHS = tuple(Month.of(2018, m) for m in range(1, 13))
WEST, EAST = "IRQ/West", "IRQ/East"
SHAPES = {WEST: shapely.box(40, 30, 42, 32), EAST: shapely.box(42, 30, 44, 32)}


def site(**changed: Any) -> Site:
    return Site(**{"site_id": "s", "mission_id": "m", "name": "Camp", "lat": 31.0, "lon": 41.0, "precision_km": 5.0,
                   "start": "2017", **J, **changed})  # fmt: skip


def there(area: str, *sites: Site, engagements: list[Engagement] | None = None, tasks: list[Task] | None = None,
          statuses: list[SiteStatus] | None = None) -> Any:  # fmt: skip
    mission = made(Mission, mission_id="m", name="M", start="2016", **J)
    return mission_there(
        area, "m", footprint=footprint("m", sites=sites, statuses=statuses or [], months=MONTHS),
        placings=placings(sites, shapes=SHAPES),
        contacts=contacts(engagements or [], actors=[ARMY], missions=[mission], days=WINDOW),
        mandated=mandated(tasks or [], missions=[mission], days=WINDOW),
    )  # fmt: skip


ARMY = made(Actor, actor_id="army", name="Army", standing="formal", **J)


def test_a_site_well_inside_is_present_there_and_named_nowhere_else() -> None:
    assert there(WEST, site()).present is Present.YES
    assert there(EAST, site()).present is Present.NONE_NAMED
    assert [(s.months, s.perhaps) for s in there(WEST, site()).sites] == [(12, 0)]


def test_a_site_on_a_border_is_said_of_both_provinces() -> None:
    border = site(lon=41.99)
    assert there(WEST, border).present is Present.UNKNOWN
    assert there(EAST, border).present is Present.UNKNOWN
    assert placings([border], shapes=SHAPES)["s"].why == "within 5 km lie East and West"


@pytest.mark.parametrize("gone", ["lat", "precision_km", "start"])
def test_a_field_taken_from_a_site_makes_its_presence_unknown(gone: str) -> None:
    changed = site(lat=None, lon=None) if gone == "lat" else site(**{gone: None})
    assert there(WEST, changed).present is Present.UNKNOWN
    assert there(EAST, changed).present is (Present.UNKNOWN if gone == "lat" else Present.NONE_NAMED)


def test_without_outlines_a_site_may_be_in_any_province() -> None:
    placing = placings([site()], shapes={})["s"]
    assert (placing.within(WEST), placing.why) == (None, "the case has no outlines of provinces")


def test_events_of_another_province_around_a_site_put_its_province_in_doubt() -> None:
    points = pl.DataFrame({
        "country": ["IRQ", "IRQ"], "admin1": ["East", "West"], "month_id": [457, 457], "violence": ["sb", "sb"],
        "where_precision": [1, 1], "events": [1, 1], "deaths_low": [1, 1], "deaths_best": [1, 1],
        "deaths_high": [1, 1], "deaths_civilians": [0, 0], "mid_lat": [31.0, 35.0], "mid_lon": [41.05, 41.0],
    })  # fmt: skip
    told = incidents_of_points(points, countries=["IRQ"])
    placing = placings([site()], shapes=SHAPES, incidents=told)["s"]
    assert (placing.provinces, placing.sure) == ((EAST, WEST), False)
    assert placing.why == "the outline says West, events nearby East"
    rough = incidents_of_points(points.with_columns(where_precision=pl.lit(4)), countries=["IRQ"])
    assert placings([site()], shapes=SHAPES, incidents=rough)["s"].sure


def test_a_mission_without_any_site_may_be_anywhere() -> None:
    assert there(WEST).present is Present.UNKNOWN


def test_a_site_shut_all_window_is_not_there_and_one_shut_on_an_unknown_day_may_be() -> None:
    shut = made(SiteStatus, mission_id="m", site_id="s", status="closed", start="2017-06", **J)
    assert there(WEST, site(), statuses=[shut]).present is Present.NONE_NAMED
    undated = made(SiteStatus, mission_id="m", site_id="s", status="closed", **J)
    assert there(WEST, site(), statuses=[undated]).present is Present.UNKNOWN


ENGAGED: dict[str, Any] = {"mission_id": "m", "actor_id": "army", "level": "institution", "mode": "train", "provinces": ("West",),
           "start": "2017", **J}  # fmt: skip


def test_who_engages_whom_at_which_level_and_how() -> None:
    (one,) = there(WEST, engagements=[Engagement(**ENGAGED)]).contacts
    assert (one.counterpart, one.level, one.how, one.force) == ("Army", "institution", How.DIRECT, Force.OPEN)
    (through,) = there(WEST, engagements=[Engagement(**{**ENGAGED, "through": "army"})]).contacts
    assert (through.how, through.through, through.reaches) == (How.THROUGH, "Army", True)
    for word in ("little", "none"):
        (said,) = there(WEST, engagements=[Engagement(**{**ENGAGED, "mode": word})]).contacts
        assert (said.how.value, said.reaches) == (word, False)


@pytest.mark.parametrize(
    ("gone", "looked_at", "then"),
    [("actor_id", "counterpart", None), ("level", "level", None), ("start", "force", Force.UNKNOWN)],
)
def test_a_field_taken_from_an_engagement_is_unknown(gone: str, looked_at: str, then: object) -> None:
    (one,) = there(WEST, engagements=[Engagement(**{k: v for k, v in ENGAGED.items() if k != gone})]).contacts
    assert getattr(one, looked_at) == then
    assert one.how is How.DIRECT


def test_an_engagement_without_province_is_tied_to_none() -> None:
    row = Engagement(**{**ENGAGED, "provinces": ()})
    assert there(WEST, engagements=[row]).contacts == ()
    assert contacts([row], actors=[ARMY], missions=[], days=WINDOW)[0].provinces == ()


PRESENT: dict[str, Any] = {
    "actor_id": "army",
    "role": "guards",
    "security": "provides",
    "provinces": ("West",),
    "start": "2017",
    **J,
}


def test_who_provides_security_and_what_is_unknown_of_it() -> None:
    (one,) = tied_to(WEST, security_actors([Presence(**PRESENT)], actors=[ARMY], days=WINDOW))
    assert (one.name, one.standing, one.security, one.force) == ("Army", "formal", "provides", Force.OPEN)
    unnamed = ARMY.model_copy(update={"standing": None})
    (one,) = security_actors([Presence(**PRESENT)], actors=[unnamed], days=WINDOW)
    assert one.standing is None
    for gone, field, then in (("security", "security", None), ("start", "force", Force.UNKNOWN)):
        row = Presence(**{k: v for k, v in PRESENT.items() if k != gone})
        (one,) = security_actors([row], actors=[ARMY], days=WINDOW)
        assert getattr(one, field) == then
    loose = security_actors([Presence(**{**PRESENT, "provinces": ()})], actors=[ARMY], days=WINDOW)
    assert len(loose) == 1
    assert tied_to(WEST, loose) == ()


def test_what_ended_before_the_window_is_left_out_and_what_lacks_dates_is_not() -> None:
    assert not security_actors([Presence(**{**PRESENT, "end": "2017-12-31"})], actors=[ARMY], days=WINDOW)
    (one,) = security_actors([Presence(**{**PRESENT, "end": "2018"})], actors=[ARMY], days=WINDOW)
    assert one.force is Force.YES


def test_reach_by_mandate_stands_apart_from_presence() -> None:
    task = made(Task, task_id="t", mission_id="m", line_of_effort="logistics", function="school", serves="National",
                start="2017", **J)  # fmt: skip
    one = there(EAST, site(), tasks=[task])
    assert one.present is Present.NONE_NAMED
    assert [(t.line_of_effort, t.national) for t in one.mandated] == [("logistics", True)]
    assert there(EAST, site(), tasks=[task.model_copy(update={"serves": None})]).mandated == ()


def test_a_mission_that_ended_bounds_its_rows() -> None:
    row = Engagement(**ENGAGED)
    over = made(Mission, mission_id="m", name="M", start="2016", end="2017-06-30", **J)
    assert in_force(row, WINDOW, mission=over) is Force.NO
    assert in_force(row, WINDOW, mission=over.model_copy(update={"end": None})) is Force.OPEN


def test_two_rows_that_only_follow_each_other_are_not_together() -> None:
    early = Engagement(**{**ENGAGED, "end": "2018-03-10"})
    late = Engagement(**{**ENGAGED, "start": "2018-03-11"})
    unsure = Engagement(**{**ENGAGED, "start": "2018-03"})
    march = Days(date(2018, 3, 1), date(2018, 3, 31))
    assert [together(early, x, march) for x in (late, unsure, early)] == [False, None, True]


def panel() -> Panel:
    rows = [
        (WEST, 457, 457, 3, 0, 1, 4, 2, 9, 2),
        (WEST, 470, 470, 5, 0, 0, 5, 5, 5, 1),
        (EAST, 440, 440, 7, 0, 0, 7, 7, 7, 3),
    ]
    names = ["area", "month_id", "known_id", "deaths_sb", "deaths_ns", "deaths_os", "deaths_all", "deaths_low",
             "deaths_high", "events"]  # fmt: skip
    areas = pl.DataFrame({"area": [WEST, EAST]})
    return Panel(pl.DataFrame(rows, schema=names, orient="row"), areas, AreaIds.ADMIN1, MultiMonth.SPLIT, "made up")


def test_need_past_is_counted_in_the_window_alone() -> None:
    past = past_by_area(panel(), first=Month(457), last=Month(468))
    assert past[WEST] == Past(2, 4, 9, {"sb": 3, "ns": 0, "os": 1}, 2)
    assert past[EAST] == Past(0, 0, 0, {"sb": 0, "ns": 0, "os": 0}, 0)


def test_need_ahead_is_read_draw_by_draw() -> None:
    draws = np.array([[[0, 10, 20, 30], [0, 0, 10, 30]]], dtype=np.int32)
    forecast = Forecast("m", AreaIds.ADMIN1, "deaths_all", "v", Month(468), (1, 2), (WEST,), ("West",), draws, 1, "h")
    ahead = ahead_by_area(forecast, p_escalation={WEST: 0.5})[WEST]
    assert (ahead.mean, ahead.p25, ahead.p_escalation) == (25.0, 0.25, 0.5)
    assert ahead.low == pytest.approx(1.5)
    assert ahead.high == pytest.approx(55.5)


def row(name: str, deaths: int | None, *, ahead: float | None = 1.0, base: Any = None) -> ProvinceGap:
    past = None if deaths is None else Past(deaths, deaths, deaths, {}, 1)
    mission = base or there(WEST, site(lon=43.0))
    forecast = None if ahead is None else Ahead(ahead, 0, 2, 0.1, None)
    return ProvinceGap(f"IRQ/{name}", name, past, past, None, forecast, "clear", (), (mission,))


def listed(*rows: ProvinceGap) -> list[Lacking]:
    return list(lacking(rows, missions=["m"], window="2018", months_ahead=6))


def test_the_province_that_needs_most_and_has_least_is_listed_alone() -> None:
    (one,) = listed(row("a", 10), row("b", 5))
    assert (one.name, one.visibility, one.level_with) == ("a", "clear", ())
    assert one.reasons[0] == "10 deaths (10 to 10) in 2018; no province has more"
    assert one.reasons[2:] == ("no site of m is named in it", "whom m deals with there is unknown: no row says it")


def test_more_need_with_a_site_does_not_hide_less_need_without() -> None:
    assert [x.name for x in listed(row("a", 10, base=there(WEST, site())), row("b", 5))] == ["a", "b"]


def test_of_two_with_the_same_need_the_one_without_a_site_is_listed() -> None:
    assert [x.name for x in listed(row("a", 10, base=there(WEST, site())), row("b", 10))] == ["b"]


def test_need_to_come_counts_beside_need_past() -> None:
    assert [x.name for x in listed(row("a", 10, ahead=1), row("b", 5, ahead=2))] == ["a", "b"]


def test_ties_are_both_listed_and_said() -> None:
    assert [(x.name, x.level_with) for x in listed(row("a", 10), row("b", 10))] == [("a", ("b",)), ("b", ("a",))]


def test_unknown_need_keeps_a_province_on_the_list_and_is_said() -> None:
    first, second = listed(row("a", 10), row("b", None))
    assert (first.name, second.name) == ("a", "b")
    assert "unknown" in second.reasons[0]


def test_a_site_that_may_be_there_hides_no_other_province() -> None:
    perhaps = there(WEST, site(start=None))
    assert perhaps.present is Present.UNKNOWN
    assert {x.name for x in listed(row("a", 10, base=perhaps), row("b", 5))} == {"a", "b"}


def test_without_a_forecast_the_past_alone_decides_and_it_is_said() -> None:
    (one,) = listed(row("a", 10, ahead=None), row("b", 5, ahead=None))
    assert one.reasons[1] == "no forecast was made: need to come unknown"


@pytest.mark.parametrize("seed", range(5))
def test_provinces_in_any_order_give_the_same_list(seed: int) -> None:
    rng = np.random.default_rng(seed)
    bases = [there(WEST, site()), there(WEST, site(lon=43.0)), there(WEST, site(start=None))]
    rows = [
        row(
            str(i),
            (None, 0, 3, 3, 9)[rng.integers(5)],
            ahead=(None, 1.0, 2.0)[rng.integers(3)],
            base=bases[rng.integers(3)],
        )
        for i in range(12)
    ]
    shuffled = [replace(r) for r in rows]
    assert listed(*rows) == listed(*(shuffled[i] for i in rng.permutation(len(shuffled))))


def test_rates_are_unknown_without_people() -> None:
    assert row("a", 10).rate(10) is None
    assert replace(row("a", 10), population=50_000).rate(10) == 20.0
