from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TableProblem
from tocsin.sources.spread import DEATHS, spread
from tocsin.vocabulary import Month

DAYS = st.dates(date(1989, 1, 1), date(2024, 12, 31))
LENGTHS = st.integers(0, 900).map(lambda days: timedelta(days=days))
COUNTS = st.lists(st.integers(0, 5000), min_size=3, max_size=3).map(sorted)
EVENTS = st.lists(st.tuples(DAYS, LENGTHS, COUNTS, st.integers(0, 5000)), min_size=1, max_size=12)
Drawn = list[tuple[date, timedelta, list[int], int]]


def table(drawn: Drawn) -> pl.DataFrame:
    rows = [(str(i), day, day + length, *counts, civil) for i, (day, length, counts, civil) in enumerate(drawn)]
    return pl.DataFrame(rows, schema=["event_id", "date_start", "date_end", *DEATHS], orient="row")


def one(start: date, end: date, deaths: int) -> pl.DataFrame:
    return spread(table([(start, end - start, [deaths] * 3, 0)]))


@given(EVENTS)
def test_totals_of_every_event_are_kept(drawn: Drawn) -> None:
    events = table(drawn)
    sums = spread(events).group_by("event_id").agg(pl.col(*DEATHS, "events").sum()).sort("event_id")
    assert sums.select("event_id", *DEATHS).rows() == events.sort("event_id").select("event_id", *DEATHS).rows()
    assert sums["events"].to_list() == [1] * events.height


@given(EVENTS)
def test_parts_are_even_ordered_and_known_at_the_end(drawn: Drawn) -> None:
    parts = spread(table(drawn))
    assert parts.filter(~pl.col("deaths_best").is_between("deaths_low", "deaths_high")).is_empty()
    assert parts.filter(pl.col("month_id") > pl.col("known_id")).is_empty()
    uneven = parts.group_by("event_id").agg((pl.col("deaths_best").max() - pl.col("deaths_best").min()).alias("gap"))
    assert uneven["gap"].max() in (0, 1)
    falls = parts.sort("event_id", "month_id").group_by("event_id").agg(pl.col("deaths_best").diff().min().alias("d"))
    assert falls.filter(pl.col("d") < 0).is_empty()
    for row in parts.iter_rows(named=True):
        assert row["known_id"] == Month.of_date(row["date_end"]).id


def test_an_event_of_one_month_is_one_part() -> None:
    parts = one(date(2014, 6, 10), date(2014, 6, 10), 7)
    assert parts.select("month_id", "known_id", "deaths_best", "events").rows() == [(414, 414, 7, 1)]


def test_what_does_not_divide_goes_to_the_last_months() -> None:
    parts = one(date(2013, 11, 30), date(2014, 2, 1), 6)
    assert parts.sort("month_id")["deaths_best"].to_list() == [1, 1, 2, 2]
    assert parts.sort("month_id")["month_id"].to_list() == [407, 408, 409, 410]


def test_no_events_give_no_parts() -> None:
    assert spread(one(date(2014, 6, 10), date(2014, 6, 10), 7).clear()).is_empty()


def test_an_end_before_the_start_is_named() -> None:
    events = table([(date(2014, 6, 10), timedelta(0), [1, 1, 1], 0), (date(2014, 6, 10), timedelta(-9), [1] * 3, 0)])
    with pytest.raises(TableProblem) as caught:
        spread(events)
    assert caught.value.where.rows == (2,)
    assert caught.value.where.field == "date_end"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableProblem, match="deaths_high"):
        spread(table([]).drop("deaths_high"))
