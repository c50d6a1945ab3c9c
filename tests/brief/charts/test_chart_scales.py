from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.brief.charts.scale import Linear, Log1p, MonthAxis, around
from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 12))
def test_linear_ticks_lie_within_and_are_few_and_even(lower: float, span: float, most: int) -> None:
    scale = Linear(lower, lower + span, start=0, end=100, most=most)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= most + 1
    assert all(-1e-3 <= scale(t) <= 100 + 1e-3 for t in ticks)
    gaps = [b - a for a, b in pairwise(ticks)]
    assert all(math.isclose(gap, gaps[0], rel_tol=1e-6, abs_tol=1e-9) for gap in gaps)


def test_a_linear_scale_without_span_has_one_tick() -> None:
    assert Linear(3, 3, start=0, end=10).ticks() == (3,)
    assert Linear(3, 3, start=0, end=10)(3) == 0


def test_zero_among_ticks_is_never_negative() -> None:
    assert [str(t) for t in Linear(-1, 1, start=0, end=1, most=5).ticks()] == ["-1.0", "-0.5", "0.0", "0.5", "1.0"]


def test_log_scale_keeps_five_and_thousands_apart_and_zero_in_place() -> None:
    scale = Log1p(3164, start=200, end=0)
    assert scale(0) == 200
    assert scale(3164) == 0
    assert scale(5) == pytest.approx(200 * (1 - math.log(6) / math.log(3165)))
    assert scale(-3) == 200


@given(st.floats(0, 1e7), st.floats(20, 600))
def test_log_ticks_are_apart_and_within(upper: float, height: float) -> None:
    scale = Log1p(upper, start=height, end=0)
    ticks = scale.ticks()
    assert ticks[0] == 0
    assert ticks[-1] <= upper
    assert all(scale(a) - scale(b) >= scale.gap for a, b in pairwise(ticks))


@pytest.mark.parametrize("upper", [-1, math.nan, math.inf])
def test_log_scale_refuses_what_is_no_count(upper: float) -> None:
    with pytest.raises(OutOfRange):
        Log1p(upper, start=0, end=1)


@given(st.integers(1, 600), st.integers(0, 500), st.floats(100, 700))
def test_month_ticks_are_apart_within_and_fall_on_the_calendar(first: int, length: int, width: float) -> None:
    axis = MonthAxis(Month(first), Month(first + length), 0, width)
    ticks = axis.ticks()
    assert ticks
    assert all(axis.start <= t.x <= axis.end for t in ticks)
    assert all(b.x - a.x >= 34 - 1e-9 for a, b in pairwise(ticks))
    steps = {b.month - a.month for a, b in pairwise(ticks)}
    assert len(steps) <= 1
    if steps and max(steps) in {3, 6, 12}:
        assert all((t.month.month - 1) % max(steps) == 0 for t in ticks)


def test_months_name_their_year_at_its_first_tick() -> None:
    axis = MonthAxis(Month.of(2013, 11), Month.of(2014, 4), 0, 300)
    assert [(t.label, t.year) for t in axis.ticks()] == [
        ("Nov", "2013"), ("Dec", None), ("Jan", "2014"), ("Feb", None), ("Mar", None), ("Apr", None),
    ]  # fmt: skip


def test_many_years_are_named_by_years() -> None:
    axis = MonthAxis(Month.of(1989, 1), Month.of(2018, 12), 0, 640)
    assert [t.label for t in axis.ticks()][:3] == ["1990", "1992", "1994"]


def test_months_cannot_run_backwards() -> None:
    with pytest.raises(OutOfRange, match="2014-02 to 2014-01"):
        MonthAxis(Month.of(2014, 2), Month.of(2014, 1), 0, 1)


def test_ends_hold_all_values_with_air() -> None:
    low, high = around([1.0, 3.0])
    assert low < 1
    assert high > 3
    assert around([0.0]) == (-1.0, 1.0)
