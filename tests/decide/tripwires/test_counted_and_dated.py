"""Panel, forecast and calendar tripwires on months counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.case.tripwires import Tripwire
from tocsin.decide.tripwires.counted import Monthly, counted, monthly
from tocsin.decide.tripwires.dated import dated
from tocsin.decide.tripwires.findings import State
from tocsin.decide.tripwires.forecast import NOT_REPLAYED, Foretold, foretold
from tocsin.decide.tripwires.spells import met, onsets, rolling_sum
from tocsin.errors import UnknownName
from tocsin.panel.dating import MultiMonth
from tocsin.panel.making import panel_of_points
from tocsin.sources.starter import starter_table
from tocsin.vocabulary import Month

COUNTS = Monthly(Month.parse("2020-01"), np.array([0, 10, 20, 40, 0, 0, 70, 0, 0, 5], dtype=float), "deaths in X")


def rise(**more: object) -> Tripwire:
    given_ = {"id": "rise", "watches": "deaths", "basis": "judgement", "indicator": "panel", "months": 3, **more}
    return Tripwire.model_validate(given_)


def test_three_months_counted_by_hand() -> None:
    """Sums: 30 (March), 70, 60, 40, 70, 70, 70, 5 (October)."""
    now, past = counted(COUNTS, rise(rises_to=60), today=date(2020, 11, 20), lag_days=15)
    assert (now.state, now.value, now.since, now.seen) == (State.NOT, 5.0, None, date(2020, 10, 31))
    assert (past.looked, past.met, past.fired) == (8, 5, 2)
    assert past.on == (date(2020, 7, 31), date(2020, 4, 30))
    assert (past.first, past.last) == (date(2020, 3, 31), date(2020, 10, 31))


def test_nothing_later_than_the_day_is_seen() -> None:
    now, past = counted(COUNTS, rise(rises_to=60), today=date(2020, 9, 3), lag_days=15)
    assert (now.state, now.since, now.seen) == (State.TRIPPED, date(2020, 7, 31), date(2020, 7, 31))
    assert past.fired == 2
    early, _ = counted(COUNTS, rise(rises_to=60), today=date(2020, 9, 20), lag_days=15)
    assert early.seen == date(2020, 8, 31)


def test_figures_that_end_too_early_leave_today_unknown() -> None:
    now, past = counted(COUNTS, rise(falls_to=5), today=date(2021, 3, 20), lag_days=15)
    assert (now.state, now.last, now.since) == (State.UNKNOWN, State.TRIPPED, date(2020, 10, 31))
    assert "the figures held end 2020-10, 4 months before 2021-02" in now.why
    assert past.fired == 1


def test_too_few_months_are_unknown() -> None:
    now, past = counted(COUNTS, rise(rises_to=60), today=date(2020, 3, 2), lag_days=0)
    assert (now.state, past.looked) == (State.UNKNOWN, None)


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_firings_are_no_more_than_months_met_and_none_without(reached: list[bool]) -> None:
    array = np.array(reached)
    fired = onsets(array, np.ones(len(array), dtype=bool))
    assert all(array[i] for i in fired)
    assert bool(fired) == bool(array.any())
    assert all(not array[i - 1] for i in fired if i > 0)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=30), st.integers(1, 3))
def test_rolling_sums_are_sums(values: list[int], months: int) -> None:
    sums = rolling_sum(np.array(values, dtype=float), months)
    assert np.isnan(sums[: months - 1]).all()
    assert sums[months - 1 :].tolist() == [sum(values[i - months + 1 : i + 1]) for i in range(months - 1, len(values))]
    assert not met(sums[: months - 1], rises_to=0, falls_to=100).any()


def test_deaths_of_a_province_by_month_are_those_of_the_starter_data() -> None:
    points = starter_table("event_points")
    panel = panel_of_points(points.filter(points["country"] == "IRQ"), rule=MultiMonth.SPLIT, vintage="starter")
    series = monthly(panel, areas=["IRQ/Ninewa"], series="deaths_all", what="deaths in Ninewa")
    at = Month.parse("2014-01") - series.first
    assert series.counts[at : at + 6].tolist() == [0, 0, 0, 0, 31, 1063]
    with pytest.raises(UnknownName, match="no series of the panel is called 'deaths_xx'"):
        monthly(panel, areas=["IRQ/Ninewa"], series="deaths_xx", what="")


def ahead() -> Tripwire:
    return rise(indicator="forecast", months=6, deaths=300, rises_to=25)


def test_forecasts_made_again_and_what_came() -> None:
    made = [
        Foretold(Month.parse(m), p, came)
        for m, p, came in (("2020-03", 0.1, False), ("2020-06", 0.25, True), ("2020-09", 0.6, True),
                           ("2020-12", 0.2, False), ("2021-03", 0.3, None))
    ]  # fmt: skip
    now, past = foretold(made, ahead(), what="300 deaths", today=date(2021, 4, 25), lag_days=20)
    assert (now.state, now.since, now.value) == (State.TRIPPED, date(2021, 3, 31), 30.0)
    assert (past.looked, past.met, past.fired, past.right, past.judged) == (5, 3, 2, 1, 1)
    stale, _ = foretold(made, ahead(), what="300 deaths", today=date(2021, 6, 25), lag_days=20)
    assert (stale.state, stale.last) == (State.UNKNOWN, State.TRIPPED)


def test_a_single_forecast_has_no_past_and_none_is_unknown() -> None:
    now, past = foretold(
        [Foretold(Month.parse("2021-03"), 0.01)], ahead(), what="w", today=date(2021, 4, 25), lag_days=20
    )
    assert (now.state, past.looked, past.why) == (State.NOT, None, NOT_REPLAYED)
    none, _ = foretold([], ahead(), what="w", today=date(2021, 4, 25), lag_days=20)
    assert none.state is State.UNKNOWN


@pytest.mark.parametrize(
    ("today", "state", "why"),
    [
        (date(2026, 5, 31), "not tripped", "it trips on 2026-06-01, in 1 day"),
        (date(2026, 6, 1), "tripped", "2026-07 is 30 days away"),
        (date(2026, 7, 15), "tripped", "2026-07 is now"),
        (date(2026, 8, 1), "tripped", "the date, 2026-07, is past"),
    ],
)
def test_the_calendar_day_by_day(today: date, state: str, why: str) -> None:
    now, past = dated(rise(indicator="calendar", when="2026-07", days_before=30), today=today)
    assert (now.state.value, now.why) == (state, why)
    assert past.first == date(2026, 6, 1)
    assert past.fired == (state == "tripped")
