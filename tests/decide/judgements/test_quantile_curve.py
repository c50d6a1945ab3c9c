"""A distribution from quantiles: the stated rule, and its CRPS against hand-worked figures and draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.decide.judgements import curve, curve_crps, level_of
from tocsin.errors import InputError
from tocsin.scores import crps

THREE = ((0.1, 20.0), (0.5, 40.0), (0.9, 80.0))


def test_the_lines_go_on_to_the_ends_and_no_farther_than_the_bounds() -> None:
    free = curve(THREE)
    assert free.values.round(9).tolist() == [15, 20, 40, 80, 90]
    held = curve(THREE, low=18, high=85)
    assert held.levels.round(9).tolist() == [0, 0.06, 0.1, 0.5, 0.9, 0.95, 1]
    assert held.values.round(9).tolist() == [18, 18, 20, 40, 80, 85, 85]


def test_levels_0_and_1_may_be_given() -> None:
    made = curve([(0, 0), (0.5, 10), (1, 100)])
    assert made.values.tolist() == [0, 10, 100]


@pytest.mark.parametrize(
    ("came", "score"),
    [(0, 1 / 3), (1, 1 / 3), (0.5, 1 / 12), (2, 4 / 3), (0.25, 1 / 12 + 1 / 16)],
)
def test_the_uniform_distribution_by_hand(came: float, score: float) -> None:
    assert curve_crps(curve([(0, 0), (1, 1)]), came=came) == pytest.approx(score)


def test_two_points_by_hand() -> None:
    """Half at 0, half at 10: E|X - 4| - E|X - X'|/2 = 5 - 2.5."""
    made = curve([(0.4999999, 0), (0.5000001, 10)], low=0, high=10)
    assert curve_crps(made, came=4) == pytest.approx(2.5, abs=1e-5)


def test_a_number_that_all_levels_share() -> None:
    made = curve([(0.2, 7), (0.8, 7)])
    assert curve_crps(made, came=7) == 0
    assert level_of(made, came=7) == 0.5
    assert level_of(made, came=9) == 1


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.floats(0, 50), min_size=2, max_size=5), came=st.floats(0, 200), low=st.none() | st.just(0.0))
def test_it_is_the_crps_of_many_draws(steps: list[float], came: float, low: float | None) -> None:
    values = 60 + np.cumsum(steps)
    levels = np.linspace(0.1, 0.9, len(steps))
    made = curve(list(zip(levels.tolist(), values.tolist(), strict=True)), low=low)
    draws = np.interp((np.arange(4000) + 0.5) / 4000, made.levels, made.values)
    shift = max(0.0, -float(draws.min()))
    assert curve_crps(made, came=came) == pytest.approx(float(crps(draws + shift, came + shift)), abs=0.02)


@settings(max_examples=40, deadline=None)
@given(shift=st.floats(-100, 100), scale=st.floats(0.1, 10), came=st.floats(0, 100))
def test_it_follows_the_unit(shift: float, scale: float, came: float) -> None:
    other = curve([(level, shift + scale * value) for level, value in THREE])
    expected = scale * curve_crps(curve(THREE), came=came)
    assert curve_crps(other, came=shift + scale * came) == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_saying_what_one_thinks_scores_best() -> None:
    """Proper: over answers drawn from a belief, the belief itself has the lowest mean score."""
    belief = curve(THREE)
    answers = np.interp((np.arange(400) + 0.5) / 400, belief.levels, belief.values)
    others = [curve([(t, v + d) for t, v in THREE]) for d in (-6, 6)] + [curve([(0.1, 30), (0.5, 40), (0.9, 60)])]
    means = [np.mean([curve_crps(made, came=float(a)) for a in answers]) for made in (belief, *others)]
    assert min(means) == means[0]


def test_the_level_of_what_came() -> None:
    made = curve(THREE)
    assert [round(level_of(made, came=c), 3) for c in (0, 15, 30, 60, 90, 99)] == [0, 0, 0.3, 0.7, 1, 1]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(0.5, 1)], "these are no quantiles"),
        ([(0.5, 1), (0.4, 2)], "levels do not rise"),
        ([(0.5, 1), (0.5, 2)], "levels do not rise"),
        ([(0.1, 1), (1.5, 2)], "levels do not rise"),
        ([(0.1, 2), (0.9, 1)], "lies below one of a lower level"),
        ([(0.1, -5), (0.9, 1)], "beyond what can come"),
        ([(0.1, float("nan")), (0.9, 1)], "these are no quantiles"),
    ],
)
def test_what_gives_no_distribution_is_refused(pairs: list[tuple[float, float]], words: str) -> None:
    with pytest.raises(InputError, match=words):
        curve(pairs, low=0)
