"""Brier score, its parts and the reliability table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from tocsin.errors import InputError, OutOfRange
from tocsin.scores import brier, brier_parts, p_at_least, reliability_table

FORECASTS = st.lists(st.tuples(st.integers(0, 20).map(lambda i: i / 20), st.booleans()), min_size=1, max_size=40)


def test_by_hand() -> None:
    assert brier([[0.75, 0.25]], [[True, True]]).tolist() == [[0.0625, 0.5625]]


def test_share_of_draws_from_the_threshold_upwards() -> None:
    assert p_at_least([[[24, 25], [26, 27]]], threshold=25).tolist() == [[0.5, 1.0]]


def test_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    p, came = rng.random(200), rng.random(200) < 0.3
    assert brier(p, came).mean() == pytest.approx(brier_score_loss(came, p))


@pytest.mark.parametrize("truth", np.linspace(0, 1, 11))
def test_the_true_probability_scores_best(truth: float) -> None:
    stated = np.linspace(0, 1, 11)
    expected = truth * brier(stated, np.ones(11)) + (1 - truth) * brier(stated, np.zeros(11))
    assert stated[expected.argmin()] == truth
    assert (np.delete(expected, expected.argmin()) > expected.min()).all()


def test_parts_by_hand() -> None:
    # base rate 1/2; said .8: 3 of 4 came; said .2: 1 of 4 came
    parts = brier_parts([0.8] * 4 + [0.2] * 4, [1, 1, 1, 0, 1, 0, 0, 0])
    assert parts.reliability == pytest.approx(0.05**2)
    assert parts.resolution == pytest.approx(0.25**2)
    assert parts.uncertainty == 0.25
    assert parts.brier == pytest.approx((3 * 0.04 + 0.64 + 0.64 + 3 * 0.04) / 8)
    assert parts.within_groups == 0


@given(rows=FORECASTS, bins=st.sampled_from([None, 1, 3, 10]))
def test_parts_sum_to_the_score(rows: list[tuple[float, bool]], bins: int | None) -> None:
    p, came = zip(*rows, strict=True)
    parts = brier_parts(p, came, bins=bins)
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within_groups
    assert whole == pytest.approx(brier(p, came).mean(), abs=1e-12)
    assert parts.brier == pytest.approx(brier(p, came).mean(), abs=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_wide_groups_leave_something_over() -> None:
    parts = brier_parts([0.0, 1.0], [0, 1], bins=1)
    assert parts.within_groups == pytest.approx(-0.25)  # all skill lies within the one group
    assert parts.resolution == 0


def test_reliability_table_by_hand() -> None:
    low, high = reliability_table([0.125, 0.125, 0.0, 1.0], [0, 1, 0, 1], seed=1, bins=4)
    assert (low.p_from, low.p_to, low.n) == (0.0, 0.25, 3)
    assert (low.p, low.rate) == pytest.approx((0.25 / 3, 1 / 3))
    assert (high.p_from, high.p_to, high.n, high.p, high.rate) == (0.75, 1.0, 1, 1.0, 1.0)


def test_a_forecast_on_an_edge_belongs_to_the_step_above() -> None:
    rows = reliability_table([0.5, 0.49], [1, 0], seed=1, bins=2)
    assert [(row.p_from, row.n) for row in rows] == [(0.0, 1), (0.5, 1)]


def test_band_is_the_binomial_one() -> None:
    [row] = reliability_table([0.3] * 10_000, [1] * 3000 + [0] * 7000, seed=2, bins=1)
    # the 5 % and 95 % quantiles of Binomial(10000, .3) are 2925 and 3075
    assert row.lower == pytest.approx(0.2925, abs=0.0008)
    assert row.upper == pytest.approx(0.3075, abs=0.0008)
    assert row.consistent


def test_certainty_has_no_band_to_hide_in() -> None:
    [row] = reliability_table([1.0, 1.0], [1, 0], seed=1, bins=1)
    assert (row.lower, row.upper, row.consistent) == (1.0, 1.0, False)


def test_bands_hold_right_forecasts_and_not_wrong_ones() -> None:
    rng = np.random.default_rng(4)
    p = rng.random(20_000).round(2)
    came = rng.random(20_000) < p
    right = reliability_table(p, came, seed=1, level=0.99)
    wrong = reliability_table(p, rng.random(20_000) < p**2, seed=1, level=0.99)
    assert sum(row.consistent for row in right) >= 9
    assert sum(row.consistent for row in wrong) <= 2


def test_table_is_made_again_by_its_seed() -> None:
    p, came = [0.2, 0.7, 0.4, 0.4] * 5, [0, 1, 1, 0] * 5
    assert reliability_table(p, came, seed=6) == reliability_table(p, came, seed=6)


@pytest.mark.parametrize(
    ("p", "outcome", "says"),
    [
        ([1.5], [1], "1 value of p is no probability: the first is 1.5"),
        ([-0.1], [1], "of p is no probability"),
        ([np.nan], [1], "of p is not finite"),
        ([0.5], [2], "of outcome is neither 0 nor 1"),
        ([0.5], [np.nan], "of outcome is not finite"),
        ([0.5, 0.5], [1], r"p has shape \(2,\) and outcome has shape \(1,\)"),
        ([], [], "p has no values"),
        ([0.5], np.array([], dtype=bool), "outcome has no values"),
    ],
)
def test_what_cannot_be_scored_is_named(p: Any, outcome: Any, says: str) -> None:
    for score in (brier, brier_parts):
        with pytest.raises(InputError, match=says):
            score(p, outcome)
    with pytest.raises(InputError, match=says):
        reliability_table(p, outcome, seed=1)


def test_bins_and_thresholds_must_make_sense() -> None:
    with pytest.raises(OutOfRange, match="0 bins"):
        brier_parts([0.5], [1], bins=0)
    with pytest.raises(OutOfRange, match="0 bins"):
        reliability_table([0.5], [1], seed=1, bins=0)
    with pytest.raises(OutOfRange, match="nan is no threshold"):
        p_at_least([[1]], threshold=np.nan)
    with pytest.raises(InputError, match="one number"):
        p_at_least(3, threshold=1)
