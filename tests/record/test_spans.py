"""When something held: sure between cited dates of one source, perhaps beyond, unknown where nothing is cited."""

from __future__ import annotations

from datetime import date

import pytest
from tests.record.claims_by_hand import day

from tocsin.record.claim import Dates
from tocsin.record.spans import Held, Holding, Overlap, Period, held, holding_of


def told(start: str = "", end: str = "", first: str = "", last: str = "") -> Held:
    return held(Dates(*(day(text) if text else None for text in (start, end, first, last))))


def on(text: str) -> Period:
    return Period.of(day(text))


@pytest.mark.parametrize(
    ("span", "when", "holding"),
    [
        (told(), "2019-06-01", Holding.UNKNOWN),
        (told("2018-05-25", "2020-05-07"), "2019-06-01", Holding.SURELY),
        (told("2018-05-25", "2020-05-07"), "2018-05-24", Holding.NO),
        (told("2018-05-25", "2020-05-07"), "2020-05-08", Holding.NO),
        (told("2018", "2020"), "2018-06-01", Holding.PERHAPS),
        (told("2018", "2020"), "2019-06-01", Holding.SURELY),
        (told("2018"), "2018", Holding.SURELY),
        (told("2018"), "2025-01-01", Holding.PERHAPS),
        (told("2018"), "2017-12-31", Holding.NO),
        (told(end="2018"), "1990", Holding.PERHAPS),
        (told(first="2016-03", last="2016-05"), "2016-04-10", Holding.SURELY),
        (told(first="2016-03", last="2016-05"), "2016-03-10", Holding.PERHAPS),
        (told(first="2016-03"), "2016", Holding.SURELY),
        (told(first="2016-03"), "2010", Holding.PERHAPS),
        (told("by 2016-03-01", last="2017-01-01"), "2016-06-01", Holding.SURELY),
        (told("since 2016-03-01"), "2016-02-28", Holding.NO),
    ],
)
def test_whether_it_held(span: Held, when: str, holding: Holding) -> None:
    assert span.during(on(when)) is holding


@pytest.mark.parametrize(
    ("left", "right", "overlap"),
    [
        (told("2005", "2010"), told("2008", "2012"), Overlap.OVERLAP),
        (told("2005", "2010"), told(first="2007-03"), Overlap.OVERLAP),
        (told("2005", "2010"), told("2010", "2012"), Overlap.APART),
        (told("2014-09-08", "2018-10-25"), told("2018-10-25", "2020-05-07"), Overlap.APART),
        (told("2005", "2010"), told("2010-03", "2012"), Overlap.APART),
        (told("2010", "2012"), told("2010", "2012"), Overlap.OVERLAP),
        (told("2005", "2010"), told(first="2010"), Overlap.MAY_OVERLAP),
        (told("2005", "2010"), told("2011", "2012"), Overlap.APART),
        (told(first="2005"), told(first="2018"), Overlap.APART),
        (told(first="2018"), told(first="2018"), Overlap.MAY_OVERLAP),
        (told(first="2018-03-01"), told(first="2018-03-01"), Overlap.OVERLAP),
        (told(), told("2005", "2010"), Overlap.MAY_OVERLAP),
    ],
)
def test_whether_two_held_at_one_time_either_way_round(left: Held, right: Held, overlap: Overlap) -> None:
    assert left.beside(right) is overlap
    assert right.beside(left) is overlap


def test_one_source_that_is_sure_suffices_and_an_end_outweighs_a_perhaps() -> None:
    ended, seen, later = told("2010", "2012-06-30"), told(first="2011"), told(first="2015")
    assert holding_of([ended, seen], on("2013-01-01")) is Holding.NO
    assert holding_of([ended, later], on("2013-01-01")) is Holding.PERHAPS
    assert holding_of([ended, told()], on("2011-06-01")) is Holding.SURELY
    assert holding_of([told(), told()], on("2011-06-01")) is Holding.UNKNOWN
    assert holding_of([], on("2011-06-01")) is Holding.UNKNOWN


def test_no_day_is_sure_where_only_a_year_is_cited() -> None:
    assert told("2018").surely is None
    assert told("2018", "2019").surely == Period(date(2018, 12, 31), date(2019, 1, 1))
