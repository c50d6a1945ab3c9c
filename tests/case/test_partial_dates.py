from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.case import Bound, PartialDate, Precision
from tocsin.errors import TableProblem


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    precision = draw(st.sampled_from(Precision))
    month = None if precision is Precision.YEAR else day.month
    return PartialDate(day.year, month, day.day if precision is Precision.DAY else None, draw(st.sampled_from(Bound)))


@given(partial_dates())
def test_a_date_written_is_the_date_read(value: PartialDate) -> None:
    assert PartialDate.parse(str(value)) == value


@given(partial_dates(), partial_dates())
def test_before_is_never_both_ways(one: PartialDate, other: PartialDate) -> None:
    assert not (one.is_before(other) and other.is_before(one))


@given(partial_dates())
def test_a_date_is_not_before_itself_and_its_first_day_not_after_its_last(value: PartialDate) -> None:
    assert not value.is_before(value)
    if value.earliest is not None and value.latest is not None:
        assert value.earliest <= value.latest


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "year"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
        (" 2011-12-31 ", date(2011, 12, 31), date(2011, 12, 31), "day"),
        ("by 2020-01-02", None, date(2020, 1, 2), "day"),
        ("since 2019-12", date(2019, 12, 1), None, "month"),
    ],
)
def test_a_date_means_every_day_it_can_be(
    text: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    value = PartialDate.parse(text)
    assert (value.earliest, value.latest, value.precision.value) == (earliest, latest, precision)


@pytest.mark.parametrize(
    "text", ["", "2020-1", "2020-13", "2021-02-29", "0000", "20", "2020/01", "after 2020", "\u0661\u0669\u0669\u0660"]
)
def test_what_is_no_date_is_refused_with_a_way_to_write_it(text: str) -> None:
    with pytest.raises(TableProblem) as problem:
        PartialDate.parse(text)
    assert "write 2018, 2020-01 or 2011-12-31" in (problem.value.hint or "")


def test_a_year_does_not_end_before_a_month_of_its_own() -> None:
    assert not PartialDate.parse("2018").is_before(PartialDate.parse("2018-06"))
    assert PartialDate.parse("2018-05").is_before(PartialDate.parse("2018-06-01"))
    assert not PartialDate.parse("since 1990").is_before(PartialDate.parse("2018")), "it may still be going on"
