"""Nothing seen after the origin reaches a history; no death is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import OutOfRange
from tocsin.panel import MultiMonth, Panel, panel_of_events
from tocsin.panel.panel import MEASURES
from tocsin.sources.events import EVENT_COLUMNS, checked_events
from tocsin.vocabulary import AreaIds, Month

Event = dict[str, object]
ORIGIN = Month.of(2013, 12)
PROVINCES = (None, "Anbar", "Ninewa", "Basra")


def event(
    start: date,
    *,
    end: date | None = None,
    admin1: str | None = "Anbar",
    country: str = "IRQ",
    best: int = 10,
    violence: str = "sb",
    where_precision: int = 1,
    sides: tuple[str, str] = ("Government of Iraq", "IS"),
) -> Event:
    return {
        "date_start": start, "date_end": end or start, "date_precision": 1, "country": country, "admin1": admin1,
        "gid": 180_000, "lat": 33.0, "lon": 43.0, "where_precision": where_precision, "violence": violence,
        "side_a": sides[0], "side_b": sides[1], "deaths_low": best // 2, "deaths_best": best, "deaths_high": best * 2,
        "deaths_civilians": 0, "source": "made up",
    }  # fmt: skip


def table_of(events: list[Event]) -> pl.DataFrame:
    rows = [{"event_id": str(i), **e} for i, e in enumerate(events)]
    return checked_events(pl.DataFrame(rows, schema=EVENT_COLUMNS))


def provinces(events: list[Event], *, rule: MultiMonth = MultiMonth.SPLIT) -> Panel:
    return panel_of_events(table_of(events), ids=AreaIds.ADMIN1, rule=rule, vintage="made up")


def countries(events: list[Event], *, rule: MultiMonth = MultiMonth.SPLIT) -> Panel:
    return panel_of_events(table_of(events), ids=AreaIds.ISO3, rule=rule, vintage="made up")


@st.composite
def some_event(draw: st.DrawFn, *, first: date = date(2012, 1, 1), last: date = date(2014, 12, 31)) -> Event:
    start = draw(st.dates(first, last))
    end = min(start + timedelta(days=draw(st.sampled_from([0, 0, 3, 45, 120]))), last)
    return event(
        start,
        end=end,
        admin1=draw(st.sampled_from(PROVINCES)),
        country=draw(st.sampled_from(["IRQ", "SYR"])),
        best=draw(st.integers(0, 500)),
        violence=draw(st.sampled_from(["sb", "ns", "os"])),
        where_precision=draw(st.integers(1, 7)),
    )


KNOWN = event(date(2012, 1, 5), best=3)
"""An event that ended long before the origin, so that there is something to see."""

some_events = st.lists(some_event(), max_size=12).map(lambda events: [KNOWN, *events])
later = st.builds(
    lambda start, days, end_days, province, best: event(
        start, end=max(start, date(2014, 1, 1)) + timedelta(days=end_days), admin1=province, best=best + days
    ),
    st.dates(date(2011, 1, 1), date(2015, 1, 1)),
    st.integers(0, 5),
    st.integers(0, 700),
    st.sampled_from([*PROVINCES, "Nowhere Before"]),
    st.integers(0, 10_000),
)
"""Events that end after the origin, whether they start before it or after."""

rules = st.sampled_from(list(MultiMonth))


@given(events=some_events, planted=st.lists(later, min_size=1, max_size=3), rule=rules)
@settings(max_examples=60, deadline=None)
def test_an_event_that_ends_after_the_origin_changes_nothing_seen_at_the_origin(
    events: list[Event], planted: list[Event], rule: MultiMonth
) -> None:
    assert all(Month.of_date(p["date_end"]) > ORIGIN for p in planted if isinstance(p["date_end"], date))
    through = event(date(2014, 12, 31), best=0)
    plain, touched = (provinces(e, rule=rule) for e in ([*events, through], [*events, through, *planted]))
    before, after = plain.as_of(ORIGIN), touched.as_of(ORIGIN)
    assert before.table.equals(after.table)
    assert before.areas.equals(after.areas)
    histories = [p.history(target="deaths_all", origin=ORIGIN) for p in (plain, touched)]
    assert histories[0].data_hash == histories[1].data_hash
    assert histories[0].names == histories[1].names


def test_the_planted_future_would_be_seen_without_the_date_it_was_known() -> None:
    siege = event(date(2013, 11, 1), end=date(2014, 2, 28), best=40)
    panel = provinces([KNOWN, siege])
    assert panel.table.filter(pl.col("month_id") == ORIGIN.id)["deaths_all"].sum() == 10
    assert panel.as_of(ORIGIN).table.filter(pl.col("month_id") == ORIGIN.id).is_empty()
    ended = panel.as_of(Month.of(2014, 2)).table.filter(pl.col("month_id") == ORIGIN.id)
    assert ended["deaths_all"].sum() == 10


@given(events=some_events, rule=rules)
@settings(max_examples=40, deadline=None)
def test_provinces_and_the_unknown_one_sum_to_the_country(events: list[Event], rule: MultiMonth) -> None:
    fine = provinces(events, rule=rule).table.with_columns(pl.col("area").str.head(3))
    summed = (
        fine.group_by("area", "month_id", "known_id").agg(pl.col(MEASURES).sum()).sort("area", "month_id", "known_id")
    )
    assert summed.equals(countries(events, rule=rule).table)
    best = [e["deaths_best"] for e in events]
    assert summed["deaths_all"].sum() == sum(b for b in best if isinstance(b, int))
    assert summed["events"].sum() == len(events)


@given(events=some_events, rule=rules, seed=st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_events_changes_nothing(events: list[Event], rule: MultiMonth, seed: object) -> None:
    mixed = list(events)
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = provinces(events, rule=rule), provinces(mixed, rule=rule)
    assert one.table.equals(other.table)
    assert one.areas.equals(other.areas)


@given(events=some_events)
@settings(max_examples=40, deadline=None)
def test_both_rules_keep_the_same_totals(events: list[Event]) -> None:
    sums = [
        provinces(events, rule=r).table.group_by("area").agg(pl.col(MEASURES).sum()).sort("area") for r in MultiMonth
    ]
    assert sums[0].equals(sums[1])


def test_the_rules_date_an_event_of_three_months() -> None:
    siege = event(date(2013, 1, 10), end=date(2013, 3, 2), best=8)
    by_rule = {
        rule: provinces([siege], rule=rule).table.select("month_id", "known_id", "deaths_sb", "events").rows()
        for rule in MultiMonth
    }
    first = Month.of(2013, 1).id
    assert by_rule[MultiMonth.SPLIT] == [
        (first, first + 2, 2, 0),
        (first + 1, first + 2, 3, 0),
        (first + 2, first + 2, 3, 1),
    ]
    assert by_rule[MultiMonth.FINAL] == [(first + 2, first + 2, 8, 1)]


@pytest.mark.parametrize("origin", [Month.of(2011, 12), Month.of(2014, 1)])
def test_an_origin_outside_the_data_is_refused(origin: Month) -> None:
    panel = provinces([KNOWN, event(date(2013, 12, 1))])
    with pytest.raises(OutOfRange, match=f"origin {origin} lies outside the data") as told:
        panel.history(target="deaths_all", origin=origin)
    assert "2012-01 to 2013-12" in (told.value.hint or "")


def test_a_declared_coverage_admits_quiet_months() -> None:
    panel = panel_of_events(
        table_of([KNOWN]), ids=AreaIds.ADMIN1, rule=MultiMonth.SPLIT, vintage="made up",
        since=Month.of(2011, 1), through=Month.of(2013, 12), areas=["IRQ/Basra"],
    )  # fmt: skip
    history = panel.history(target="deaths_sb", origin=ORIGIN)
    assert (history.first, history.origin) == (Month.of(2011, 1), ORIGIN)
    assert history.areas == ("IRQ/Anbar", "IRQ/Basra")
    assert history.deaths.sum(axis=1).tolist() == [3, 0]
    assert np.flatnonzero(history.deaths[0]).tolist() == [12]
    early = panel.history(target="deaths_sb", origin=Month.of(2011, 6))
    assert early.areas == ("IRQ/Basra",)
    assert early.present.all()
