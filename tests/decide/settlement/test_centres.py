from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.decide.settlement import nash_point, weighted_mean, weighted_median, weighted_spread
from tocsin.errors import InputError, OutOfRange

EC1984_POSITIONS = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
EC1984_CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
EC1984_SALIENCE = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]

parties = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=1, max_size=8)


def test_emission_standards_of_1984() -> None:
    weights = np.multiply(EC1984_CAPABILITY, EC1984_SALIENCE)
    assert round(float(weighted_mean(EC1984_POSITIONS, weights)), 2) == 7.39
    assert float(weighted_median(EC1984_POSITIONS, weights)) == 7.0


def test_by_hand() -> None:
    assert float(weighted_mean([0, 50, 100], [1, 1, 2])) == 62.5
    assert float(weighted_spread([0, 50, 100], [1, 0, 3])) == pytest.approx(np.sqrt(1875))
    assert float(weighted_median([100, 0, 50], [1, 1, 1])) == 50
    assert float(weighted_median([100, 0], [1, 1])) == 50
    assert float(weighted_median([100, 0], [2, 1])) == 100


def test_a_party_without_a_position_counts_for_nothing() -> None:
    for model in (weighted_mean, weighted_spread, weighted_median):
        assert float(model([20, np.nan, 60], [1, 9, 2])) == pytest.approx(float(model([20, 60], [1, 2])))


def test_leading_axes_broadcast() -> None:
    x, w = np.arange(24.0).reshape(2, 3, 4), [1, 2, 3, 4]
    assert weighted_mean(x, w)[1, 2] == weighted_mean(x[1, 2], w)
    assert weighted_median(x, w).shape == weighted_spread(x, w).shape == (2, 3)


@given(parties)
def test_scale_and_order_of_parties_do_not_matter(given_parties: list[tuple[int, int]]) -> None:
    x, w = (np.array(v, float) for v in zip(*given_parties, strict=True))
    for model in (weighted_mean, weighted_median):
        assert float(model(3 * x[::-1] - 7, 5 * w[::-1])) == pytest.approx(3 * float(model(x, w)) - 7)
        assert x.min() - 1e-9 <= float(model(x, w)) <= x.max() + 1e-9


@given(parties)
def test_a_weighted_median_is_nearest_to_all(given_parties: list[tuple[int, int]]) -> None:
    x, w = (np.array(v, float) for v in zip(*given_parties, strict=True))
    cost = [float((w * np.abs(x - p)).sum()) for p in (float(weighted_median(x, w)), *x)]
    assert cost[0] <= min(cost) + 1e-9


def test_nash_by_hand() -> None:
    """Gains are positions' distances: up to 40 both gain o; beyond, (80 - o) o, whose top is at 40."""
    assert float(nash_point([40, 100], [1, 1], reversion=0, options=range(101))) == 40
    """With weights 1 and 3 beyond 40: (80 - o) o^3, whose top is at 60."""
    assert float(nash_point([40, 100], [1, 3], reversion=0, options=range(101))) == 60


def test_nash_stays_where_somebody_would_lose() -> None:
    assert nash_point([[0, 100], [50, 100]], [1, 1], reversion=[30, 30], options=range(101)).tolist() == [30, 50]
    assert float(nash_point([0, 100], [0, 1], reversion=30, options=range(101))) == 100


@pytest.mark.parametrize(
    ("positions", "weights", "kind", "words"),
    [
        ([1, 2], [1, 2, 3], InputError, "shape"),
        ([], [], InputError, "no party"),
        ([np.inf, 1], [1, 1], InputError, "infinite"),
        ([1, 2], [np.nan, 1], InputError, "not finite"),
        ([1, 2], [-1, 1], OutOfRange, "negative"),
        ([1, 2], [0, 0], OutOfRange, "no party with a position"),
        ([np.nan, 2], [1, 0], OutOfRange, "no party with a position"),
    ],
)
def test_what_cannot_be_used(positions: list[float], weights: list[float], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        weighted_mean(positions, weights)
