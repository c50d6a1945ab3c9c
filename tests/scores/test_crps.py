"""CRPS: hand-worked numbers, another package, and what a proper score must do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import InputError, OutOfRange
from tocsin.scores import crps, log_crps, threshold_weighted_crps
from tocsin.scores.arrays import VALUES_AT_ONCE

DRAWS = st.lists(st.integers(0, 60), min_size=1, max_size=12)
PAIR = st.integers(1, 5).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 6), min_size=n, max_size=n)] * 2))


@pytest.fixture
def heavy_tailed() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rng = np.random.default_rng(5)
    return rng.negative_binomial(0.2, 0.01, (7, 4, 33)), rng.negative_binomial(0.2, 0.01, (7, 4))


def test_two_draws_by_hand() -> None:
    # |0-1| and |2-1| average 1; half the mean of the four pairs' distances (0, 2, 2, 0) is .5
    assert crps([[0, 2]], [1]).tolist() == [0.5]


def test_three_draws_by_hand() -> None:
    # (10 + 7 + 2) / 3 less half of 2 (3 + 8 + 5) / 9
    assert crps([[8, 0, 3]], [10]) == pytest.approx([19 / 3 - 16 / 9])


def test_all_pairs_of_the_definition(heavy_tailed: Any) -> None:
    draws, actual = heavy_tailed
    near = np.abs(draws - actual[..., None]).mean(-1)
    apart = np.abs(draws[..., :, None] - draws[..., None, :]).mean((-1, -2))
    np.testing.assert_allclose(crps(draws, actual), near - apart / 2, rtol=1e-12)


@pytest.mark.parametrize("estimator", ["nrg", "qd", "int"])
def test_agrees_with_scoringrules(heavy_tailed: Any, estimator: str) -> None:
    draws, actual = heavy_tailed
    theirs = scoringrules.crps_ensemble(actual, draws.astype(float), estimator=estimator, backend="numpy")
    np.testing.assert_allclose(crps(draws, actual), theirs, rtol=1e-9)


def test_is_not_the_fair_form(heavy_tailed: Any) -> None:
    draws, actual = heavy_tailed
    fair = scoringrules.crps_ensemble(actual, draws.astype(float), estimator="fair", backend="numpy")
    assert (crps(draws, actual) > fair).mean() > 0.9


def test_log_form_agrees_with_scoringrules(heavy_tailed: Any) -> None:
    draws, actual = heavy_tailed
    theirs = scoringrules.crps_ensemble(np.log1p(actual), np.log1p(draws), estimator="nrg", backend="numpy")
    np.testing.assert_allclose(log_crps(draws, actual), theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("threshold", [0, 1, 25, 300])
def test_threshold_weighted_agrees_with_scoringrules(heavy_tailed: Any, threshold: float) -> None:
    draws, actual = heavy_tailed
    theirs = scoringrules.twcrps_ensemble(
        actual.astype(float), draws.astype(float), a=threshold, estimator="nrg", backend="numpy"
    )
    np.testing.assert_allclose(threshold_weighted_crps(draws, actual, threshold=threshold), theirs, atol=1e-9)


def test_large_forecasts_are_scored_in_slices_alike() -> None:
    rng = np.random.default_rng(1)
    draws, actual = (
        rng.poisson(3, (3 * VALUES_AT_ONCE // 1000 + 1, 1000)),
        rng.poisson(3, 3 * VALUES_AT_ONCE // 1000 + 1),
    )
    whole = crps(draws, actual)
    assert whole[-1] == crps(draws[-1:], actual[-1:])[0]
    assert whole[VALUES_AT_ONCE // 1000] == crps(draws[250], actual[250])


def test_leaves_its_input_as_it_was() -> None:
    draws = np.array([[3, 1, 2]])
    crps(draws, [1])
    assert draws.tolist() == [[3, 1, 2]]


@given(x=st.integers(0, 10**6), y=st.integers(0, 10**6), n=st.integers(1, 20))
def test_a_point_forecast_has_its_absolute_error(x: int, y: int, n: int) -> None:
    assert crps([[x] * n], [y]).tolist() == [abs(x - y)]


@given(draws=DRAWS, y=st.integers(0, 60), shift=st.integers(0, 10**6))
def test_a_shift_of_all_changes_nothing(draws: list[int], y: int, shift: int) -> None:
    assert crps(np.array(draws) + shift, y + shift) == pytest.approx(float(crps(draws, y)), abs=1e-9)


@given(draws=DRAWS, y=st.integers(0, 60), factor=st.integers(1, 9))
def test_counts_in_the_unit_of_deaths(draws: list[int], y: int, factor: int) -> None:
    assert crps(np.array(draws) * factor, y * factor) == pytest.approx(factor * float(crps(draws, y)))


@given(draws=DRAWS, y=st.integers(0, 60), data=st.data())
def test_order_of_draws_does_not_matter(draws: list[int], y: int, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(draws))
    assert crps(mixed, y) == crps(draws, y)
    assert log_crps(mixed, y) == log_crps(draws, y)


@given(draws=DRAWS, y=st.integers(0, 60))
def test_nothing_but_a_sure_hit_scores_zero(draws: list[int], y: int) -> None:
    for score in (crps, log_crps):
        assert (score(draws, y) > 0) == (set(draws) != {y})
        assert score(draws, y) >= 0


@given(draws=DRAWS, y=st.integers(0, 60), times=st.integers(2, 4))
def test_repeating_every_draw_changes_nothing(draws: list[int], y: int, times: int) -> None:
    assert crps(draws * times, y) == pytest.approx(float(crps(draws, y)), abs=1e-12)


def test_order_of_units_does_not_matter(heavy_tailed: Any) -> None:
    draws, actual = heavy_tailed
    np.testing.assert_array_equal(crps(draws[::-1], actual[::-1]), crps(draws, actual)[::-1])


@pytest.mark.parametrize("score", [crps, log_crps, lambda d, y: threshold_weighted_crps(d, y, threshold=2)])
@given(pair=PAIR)
def test_the_true_distribution_scores_best(score: Any, pair: tuple[list[int], list[int]]) -> None:
    truth, other = pair
    n = len(truth)
    best, given_instead = (score([forecast] * n, truth).mean() for forecast in (truth, other))
    assert best <= given_instead + 1e-12
    if score is not log_crps and score is not crps:
        return
    if sorted(truth) != sorted(other):
        assert best < given_instead


def test_above_a_threshold_nothing_below_it_counts() -> None:
    assert threshold_weighted_crps([[0, 3]], [24], threshold=25).tolist() == [0.0]
    # draws 25 and 35, actual 27: (2 + 8) / 2 less half of 20 / 4
    assert threshold_weighted_crps([[3, 35]], [27], threshold=25).tolist() == [2.5]


@pytest.mark.parametrize("threshold", [np.nan, np.inf, -1])
def test_a_threshold_is_a_number_of_deaths(threshold: float) -> None:
    with pytest.raises(OutOfRange, match="is no threshold"):
        threshold_weighted_crps([[0]], [0], threshold=threshold)


@pytest.mark.parametrize(
    ("draws", "actual", "says"),
    [
        ([[0.0, np.nan]], [1], r"1 value of draws is not finite: the first is nan at index \(0, 1\)"),
        ([[0, 1]], [np.inf], "1 value of actual is not finite"),
        ([[0, -1], [-2, 0]], [1, 1], r"2 values of draws are negative: the first is -1 at index \(0, 1\)"),
        ([[0, 1]], [-3], "1 value of actual is negative"),
        ([[0, 1]], [1, 2], r"draws have shape \(1, 2\) and actual has shape \(2,\)"),
        (5, 5, r"draws have shape \(\)"),
        ([["a"]], [1], "values of draws are <U1, not numbers"),
        ([[None, 1]], [1], "values of draws are object"),
        ([[True]], [1], "values of draws are bool"),
        ([[1, 2], [3]], [1, 2], "draws cannot be read as an array"),
        (np.empty((0, 3)), [], "draws has no values"),
        (np.empty((2, 0)), [1, 2], "draws has no values"),
    ],
)
def test_what_cannot_be_scored_is_named(draws: Any, actual: Any, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        crps(draws, actual)
    assert caught.value.hint
    assert caught.value.where.field in {"draws", "actual"}
