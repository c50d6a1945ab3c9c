"""Reach and presence along steps, worked by hand on three sites and four places where people died."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tocsin.api.known import open_case
from tocsin.api.schedule import NO_DATES, NO_SITES, schedule_of
from tocsin.assess.schedule import Ground, dates_of, schedules
from tocsin.case.options import Choice
from tocsin.case.rows import Site, SiteStatus
from tocsin.mission.incidents import Incidents
from tocsin.mission.places import Placing
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.assess.schedule import At, OptionSchedule
    from tocsin.case import Case

# North, middle and south lie one degree of latitude (111 km) apart; 50, 30, 15 people died there and 5 far away.
NORTH, MIDDLE, SOUTH, FAR = 36.0, 35.0, 34.0, 30.0
MONTH = Month.parse("2020-01")


def incidents() -> Incidents:
    n, deaths = 4, np.array([50.0, 30.0, 15.0, 5.0])
    return Incidents(
        month_id=np.full(n, MONTH.id), lat=np.array([NORTH, MIDDLE, SOUTH, FAR]), lon=np.full(n, 44.0),
        where_precision=np.ones(n, dtype=np.int64), violence=np.array(["sb"] * n), province=np.arange(n),
        provinces=("X/North", "X/Middle", "X/South", "X/Far"), deaths=np.column_stack((deaths, deaths, deaths)),
        civilians=np.zeros(n), events=np.ones(n), event=np.arange(n), first=MONTH, last=MONTH, single=True,
    )  # fmt: skip


def site(name: str, lat: float, **more: Any) -> Site:
    told = {"site_id": name, "mission_id": "m", "name": name.title(), "lat": lat, "lon": 44.0, "start": "2018"}
    return Site.model_validate({**told, "basis": "judgement", **more})


def case(base: Case, *, statuses: tuple[SiteStatus, ...] = ()) -> Case:
    sites = (site("north", NORTH), site("middle", MIDDLE), site("south", SOUTH))
    return replace(base, sites=sites, site_status=statuses, missions=())


@pytest.fixture(scope="module")
def iraq() -> Case:
    return open_case("iraq")


PLACED = {n: Placing(n, (f"X/{n.title()}",), placed=True, sure=True) for n in ("north", "middle", "south")}
GROUND = Ground(incidents(), (10.0, 50.0, 120.0), PLACED)


def choice(*options: dict[str, Any]) -> Choice:
    named = [{"id": f"o{n}", "name": f"Option {n}", **given} for n, given in enumerate(options)]
    return Choice.model_validate({"id": "c", "question": "?", "options": named})


def along(case: Case, *options: dict[str, Any], ground: Ground = GROUND) -> tuple[OptionSchedule, ...]:
    return schedules(case, choice(*options), missions=("m",), ground=ground)


def closing(when: str | None, *sites: str, **more: Any) -> dict[str, Any]:
    return {"do": f"close {' and '.join(sites)}", "when": when, "closes": list(sites), **more}


def points(option: OptionSchedule) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(at.when, at.at_work, at.left) for at in option.at]


def reached(at: At) -> list[float]:
    assert at.reached is not None
    return [round(x, 3) for x in (at.reached.low, at.reached.if_closed, at.reached.if_open, at.reached.high)]


def test_sites_close_step_by_step_and_need_goes_out_of_reach(iraq: Case) -> None:
    (one,) = along(case(iraq), {"steps": [closing("2026-03", "north"), closing("2026-09", "south")]})
    assert points(one) == [
        ("before", ("Middle", "North", "South"), ()), ("2026-03", ("Middle", "South"), ("X/North",)),
        ("2026-09", ("Middle",), ("X/North", "X/South")),
    ]  # fmt: skip
    assert [reached(at) for at in one.at] == [
        [0.95, 0.95, 0.95, 0.95], [0.45, 0.45, 0.45, 0.95], [0.3, 0.3, 0.3, 0.95],
    ]  # fmt: skip
    assert [str(at.month) for at in one.at] == ["2026-02", "2026-03", "2026-09"]


def test_options_share_all_dates_and_one_without_sites_says_so(iraq: Case) -> None:
    first, second, third = along(
        case(iraq), {"steps": [closing("2026-03", "north")]},
        {"steps": [closing("2026-09", "south"), {"do": "open it again", "when": "2027", "opens": ["south"]}]},
        {"steps": ["talk"]},
    )  # fmt: skip
    assert [at.when for at in first.at] == [at.when for at in second.at] == ["before", "2026-03", "2026-09", "2027"]
    assert [len(at.at_work) for at in second.at] == [3, 3, 2, 3]
    assert second.at[1].steps == ()
    assert second.at[2].steps == ("close south",)
    assert (third.at, third.says) == ((), ("no step names a site: reach and presence along it are not computed",))


def test_a_site_whose_state_is_unknown_makes_a_range_until_a_step_settles_it(iraq: Case) -> None:
    row = {"mission_id": "m", "site_id": "north", "basis": "judgement"}
    paused = SiteStatus.model_validate({**row, "status": "paused", "start": "2020-01"})
    again = SiteStatus.model_validate({**row, "status": "open"})
    told = case(iraq, statuses=(paused, again))
    (one,) = along(told, {"steps": [{"do": "go on smaller", "when": "2026-03", "reduces": ["north"]}]})
    assert (one.at[0].at_work, one.at[0].unknown) == (("Middle", "South"), ("North",))
    assert reached(one.at[0]) == [0.45, 0.45, 0.95, 0.95]
    assert (one.at[0].present, one.at[0].perhaps) == (("X/Middle", "X/South"), ("X/North",))
    assert (one.at[1].at_work, one.at[1].unknown) == (("Middle", "North", "South"), ())


def test_a_step_without_a_date_is_left_out_by_name(iraq: Case) -> None:
    (one,) = along(case(iraq), {"steps": [closing("2026-03", "north"), closing(None, "south")]})
    assert one.says == ("the step 'close south' has no date, and is left out",)
    assert one.at[-1].at_work == ("Middle", "South")
    assert along(case(iraq), {"steps": [closing(None, "south")]}) == ()


def test_dates_stand_in_order_whatever_the_order_of_options() -> None:
    told = choice(
        {"steps": [closing("2027", "north")]}, {"steps": [closing("2026-09", "south"), {"do": "x", "when": "2026-01"}]}
    )
    assert [str(when) for when in dates_of(told)] == ["2026-09", "2027"]


def test_without_figures_what_is_reached_is_unknown(iraq: Case) -> None:
    (one,) = along(case(iraq), {"steps": [closing("2026-03", "north")]}, ground=replace(GROUND, incidents=None))
    assert [at.reached for at in one.at] == [None, None]
    assert one.at[1].left == ("X/North",)


def test_the_demo_keeps_both_ranges_side_by_side(iraq: Case) -> None:
    drawdown = next(c for c in iraq.choices if c.id == "nmi-drawdown-2026")
    done = schedule_of(iraq, drawdown, draws=60)
    fast, slow, stay = done.options
    start = fast.at[0].reached
    assert start is not None
    assert start.inputs is not None
    assert start.sampling is not None
    assert 0 < start.low <= start.if_closed <= start.if_open <= start.high < 0.2
    assert start.sampling[0] < start.if_open < start.sampling[1]
    assert (done.total, done.provinces, done.missions) == (12830, 18, ("nmi",))
    assert fast.at[-1].at_work == ()
    assert stay.at == ()
    assert fast.at[-1].reached is not None
    assert fast.at[-1].reached.high == 0
    assert slow.at[-1].at_work == ("Baghdad",)


def test_a_choice_without_sites_or_dates_says_so(iraq: Case) -> None:
    posture = next(c for c in iraq.choices if c.id == "us-posture-2020")
    assert schedule_of(iraq, posture).says == (NO_SITES,)
    undated = choice({"steps": [closing(None, "nmi-taji")]})
    assert NO_DATES in schedule_of(iraq, undated, draws=0).says
