from __future__ import annotations

from typing import Any

import pytest

from tocsin.case import read_case
from tocsin.case.rows import Site, SiteState, SiteStatus
from tocsin.mission.footprint import Footprint, State, footprint
from tocsin.vocabulary import Month


def months(first: str, last: str) -> list[Month]:
    start, end = Month.parse(first), Month.parse(last)
    return [start + i for i in range(end - start + 1)]


def site(site_id: str = "a", **cells: Any) -> Site:
    said = {"site_id": site_id, "mission_id": "m", "name": site_id, "lat": 33.0, "lon": 44.0, "basis": "judgement"}
    return Site.model_validate(said | cells)


def status(state: str, **cells: Any) -> SiteStatus:
    return SiteStatus.model_validate({"mission_id": "m", "status": state, "basis": "judgement"} | cells)


def states(rows: list[SiteStatus], first: str, last: str, **cells: Any) -> list[str]:
    made = footprint("m", sites=[site(**cells)], statuses=rows, months=months(first, last))
    return [s.value for s in made.of("a").states]


def nmi() -> Footprint:
    case = read_case("iraq")
    return footprint("nmi", sites=case.sites, statuses=case.site_status, months=months("2018-01", "2021-12"))


def test_nmi_is_open_then_paused_with_a_core_then_unknown() -> None:
    made = nmi()
    at = {str(m): i for i, m in enumerate(made.months)}
    for name, in_pause in (("nmi-baghdad", State.REDUCED), ("nmi-besmaya", State.PAUSED), ("nmi-taji", State.PAUSED)):
        found = made.of(name).states
        assert found[at["2018-06"]] is State.UNKNOWN
        assert set(found[at["2018-12"] : at["2020-01"]]) == {State.OPEN}
        assert found[at["2020-01"]] is in_pause
        assert set(found[at["2020-02"] :]) == {State.UNKNOWN}
        assert "no date" in made.of(name).notes[0]


def test_the_core_is_surely_there_when_the_others_may_be() -> None:
    made = nmi()
    assert [s.site_id for s in made.working(Month.parse("2020-06"), unknown_as_open=False)] == ["nmi-baghdad"]
    assert len(made.working(Month.parse("2020-06"), unknown_as_open=True)) == 3
    assert made.of("nmi-baghdad").possible[-1] == {SiteState.REDUCED, SiteState.OPEN}


def test_a_start_known_to_the_year_leaves_that_year_unknown() -> None:
    assert states([], "2017-12", "2019-01", start="2018") == ["closed", *["unknown"] * 11, "open", "open"]
    assert states([], "2018-01", "2018-02") == ["unknown", "unknown"]


def test_an_end_known_to_the_day_closes_from_then_on() -> None:
    assert states([], "2011-11", "2012-01", start="2004", end="2011-12-31") == ["open", "open", "closed"]
    assert states([], "2011-11", "2012-01", start="2004", end="2011-12-15") == ["open", "closed", "closed"]


def test_a_later_row_wins_and_a_dated_row_settles_what_was_unknown() -> None:
    rows = [status("paused", start="2020-01"), status("open"), status("closed", start="2020-04", site_id="a")]
    found = states(rows, "2019-12", "2020-05", start="2018")
    assert found == ["open", "paused", "unknown", "unknown", "closed", "closed"]


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_rows_of_one_date_the_one_that_names_the_site_wins(*, swapped: bool) -> None:
    rows = [status("paused", start="2020-01"), status("reduced", start="2020-01", site_id="a")]
    assert states(rows[::-1] if swapped else rows, "2020-01", "2020-02", start="2018") == ["reduced", "reduced"]


def test_a_row_that_ends_gives_way_to_what_was_before() -> None:
    assert states([status("paused", start="2020-01", end="2020-02-29")], "2020-01", "2020-03", start="2018") == [
        "paused", "paused", "open"
    ]  # fmt: skip
