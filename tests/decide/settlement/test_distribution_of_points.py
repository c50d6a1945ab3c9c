from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.decide.settlement import Distribution
from tocsin.errors import InputError, OutOfRange
from tocsin.scores import crps

points = st.lists(st.integers(0, 100), min_size=1, max_size=9)


@given(points, st.integers(0, 100))
def test_the_score_is_that_of_the_same_points_as_draws(draws: list[int], came: int) -> None:
    assert Distribution.of(draws, np.ones(len(draws))).crps(came) == pytest.approx(float(crps(draws, came)), abs=1e-9)


def test_the_score_beyond_the_points_is_by_hand() -> None:
    """Half at 0 and half at 10, 14 came: 10 units at (1/2)^2 and 4 at 1."""
    d = Distribution.of([0, 10], [1, 1])
    assert d.crps(14) == pytest.approx(6.5)
    assert d.crps(-4) == pytest.approx(6.5)
    assert Distribution.of([7], [3]).crps(4) == 3


@given(points)
def test_quantiles_are_points_and_halves_are_halves(draws: list[int]) -> None:
    d = Distribution.of(draws, np.full(len(draws), 0.1))
    ordered = sorted(draws)
    assert d.quantile(0.5) == ordered[(len(ordered) - 1) // 2]
    assert (d.quantile(0), d.quantile(1)) == (ordered[0], ordered[-1])
    assert d.mean == pytest.approx(np.mean(draws))


def test_bands_meet_without_overlap() -> None:
    d = Distribution.of([0, 30, 30, 60, 100], [1, 1, 1, 1, 1])
    parts = [
        d.probability_between(0, 30),
        d.probability_between(30, 60),
        d.probability_between(60, 100, closed_right=True),
    ]
    assert parts == pytest.approx([0.2, 0.4, 0.4])


def test_the_central_interval_holds_its_ends() -> None:
    assert Distribution.of([0, 50, 100], [0.3, 0.4, 0.3]).central(0.8) == (0, 100)
    assert Distribution.of(range(1, 11), np.ones(10)).central(0.8) == (1, 9)


def test_what_is_no_distribution() -> None:
    with pytest.raises(InputError, match="ascending"):
        Distribution(np.array([1.0, 1.0]), np.array([0.5, 0.5]))
    with pytest.raises(InputError, match="sum of 1"):
        Distribution(np.array([1.0, 2.0]), np.array([0.5, 0.6]))
    with pytest.raises(InputError, match="no masses"):
        Distribution.of([1, 2], [0, 0])
    with pytest.raises(InputError, match="differ in number"):
        Distribution(np.array([1.0]), np.array([0.5, 0.5]))
    d = Distribution.of([1], [1])
    with pytest.raises(OutOfRange, match="no share"):
        d.quantile(1.5)
    with pytest.raises(OutOfRange, match="from 2 to 1"):
        d.probability_between(2, 1)
