"""Central intervals: score and coverage."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import InputError, OutOfRange
from tocsin.scores import covered, interval_score, score_bounds

DRAWS = list(range(21))  # the 90 % interval is 1 to 19


@pytest.mark.parametrize(
    ("actual", "score"),
    [(10, 18), (1, 18), (19, 18), (0, 18 + 20 * 1), (20, 18 + 20 * 1), (29, 18 + 20 * 10)],
)
def test_by_hand(actual: int, score: float) -> None:
    assert interval_score([DRAWS], [actual]) == pytest.approx([score])


def test_half_of_the_draws_by_hand() -> None:
    # quartiles of 0, 4, 8, 12 are 3 and 9; 14 is 5 too high at 4 a death
    assert interval_score([[0, 4, 8, 12]], [14], level=0.5) == pytest.approx([6 + 4 * 5])


def test_ends_belong_to_the_interval() -> None:
    assert covered([DRAWS] * 4, [0, 1, 19, 20]).tolist() == [False, True, True, False]


@pytest.mark.parametrize("level", [0.2, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95, 0.98])
def test_a_quantile_that_falls_on_a_draw_is_that_draw(level: float) -> None:
    draws = list(range(201))
    low, high = round(100 * (1 - level)), round(100 * (1 + level))
    assert covered([draws] * 4, [low - 1, low, high, high + 1], level=level).tolist() == [False, True, True, False]


def test_one_draw_is_an_interval_without_width() -> None:
    assert covered([[5], [5]], [5, 6]).tolist() == [True, False]
    assert interval_score([[5], [5]], [5, 6]) == pytest.approx([0, 20])


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
def test_agrees_with_numpy_and_scoringrules(level: float) -> None:
    rng = np.random.default_rng(2)
    draws, actual = rng.negative_binomial(0.3, 0.02, (5, 6, 47)), rng.negative_binomial(0.3, 0.02, (5, 6))
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    theirs = scoringrules.interval_score(actual, low, high, 1 - level, backend="numpy")
    np.testing.assert_allclose(interval_score(draws, actual, level=level), theirs)
    np.testing.assert_allclose(score_bounds(low, high, actual, level=level), theirs)


@given(
    weights=st.lists(st.integers(0, 5), min_size=5, max_size=5).filter(any),
    level=st.sampled_from([0.25, 0.5, 0.75, 0.875]),
)
def test_the_true_quantiles_score_best(weights: list[int], level: float) -> None:
    p = np.array(weights) / sum(weights)
    cumulative, alpha = np.cumsum(weights), 1 - level
    true = [int(np.argmax(cumulative >= q * sum(weights))) for q in (alpha / 2, 1 - alpha / 2)]

    def expected(low: int, high: int) -> float:
        return float(p @ score_bounds([low] * 5, [high] * 5, np.arange(5), level=level))

    assert all(expected(*true) <= expected(*other) + 1e-12 for other in combinations_with_replacement(range(5), 2))


def test_coverage_of_a_right_forecast_is_its_level() -> None:
    rng = np.random.default_rng(8)
    draws, actual = rng.normal(500, 50, (4000, 400)), rng.normal(500, 50, 4000)
    for level in (0.5, 0.9):
        assert covered(draws, actual, level=level).mean() == pytest.approx(level, abs=0.02)


def test_zeros_are_covered_more_often_than_the_level_says() -> None:
    assert covered(np.zeros((10, 50), dtype=int), np.zeros(10, dtype=int), level=0.5).all()


@given(draws=st.lists(st.integers(0, 99), min_size=1, max_size=9), y=st.integers(0, 99), data=st.data())
def test_order_of_draws_does_not_matter(draws: list[int], y: int, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(draws))
    assert interval_score(mixed, y) == interval_score(draws, y)
    assert covered(mixed, y) == covered(draws, y)


@pytest.mark.parametrize("level", [0, 1, 90, -0.1, np.nan])
def test_a_level_is_a_share(level: float) -> None:
    for call in (interval_score, covered):
        with pytest.raises(OutOfRange, match="is no level"):
            call([[1]], [1], level=level)
    with pytest.raises(OutOfRange, match="is no level"):
        score_bounds([1], [1], [1], level=level)


def test_bounds_must_fit() -> None:
    with pytest.raises(InputError, match="above its upper bound"):
        score_bounds([2], [1], [1])
    with pytest.raises(InputError, match="lower has shape"):
        score_bounds([1, 1], [2], [1])
    with pytest.raises(InputError, match="actual has shape"):
        score_bounds([1], [2], [1, 1])
    with pytest.raises(InputError, match="of upper is not finite"):
        score_bounds([1], [np.nan], [1])
