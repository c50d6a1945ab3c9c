"""The randomised PIT and its histogram."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tocsin.errors import InputError, OutOfRange
from tocsin.scores import pit, pit_histogram


def test_lies_between_the_ranks_by_hand() -> None:
    draws = [[0, 1, 1, 5]] * 2000
    for actual, low, high in ((0, 0.0, 0.4), (1, 0.2, 0.8), (3, 0.6, 0.8), (5, 0.6, 1.0), (9, 0.8, 1.0)):
        u = pit(draws, [actual] * 2000, seed=3)
        assert low <= u.min() < low + 0.01
        assert high - 0.01 < u.max() <= high


@pytest.mark.parametrize("draws", [3, 100])
def test_uniform_where_the_actual_is_one_more_draw(draws: int) -> None:
    rng = np.random.default_rng(11)
    rate = rng.gamma(0.4, 5, (20_000, 1))
    sample = rng.poisson(rate, (20_000, draws + 1))
    histogram = pit_histogram(pit(sample[:, :-1], sample[:, -1], seed=1), seed=1, level=0.9999)
    assert all(histogram.lower <= share <= histogram.upper for share in histogram.share)


@pytest.mark.parametrize(("spread", "ends_are_fuller"), [(0.3, True), (3.0, False)])
def test_shape_tells_too_narrow_from_too_wide(spread: float, ends_are_fuller: bool) -> None:  # noqa: FBT001
    rng = np.random.default_rng(12)
    actual = rng.normal(10_000, 100, 3000)
    histogram = pit_histogram(pit(rng.normal(10_000, 100 * spread, (3000, 200)), actual, seed=1), seed=1, bins=5)
    assert (histogram.share[0] > histogram.upper) is ends_are_fuller
    assert (histogram.share[2] < histogram.lower) is ends_are_fuller


def test_made_again_by_its_seed_alone() -> None:
    draws, actual = np.zeros((4, 5, 9), dtype=int), np.zeros((4, 5), dtype=int)
    np.testing.assert_array_equal(pit(draws, actual, seed=1), pit(draws, actual, seed=1))
    assert (pit(draws, actual, seed=1) != pit(draws, actual, seed=2)).all()


def test_histogram_by_hand() -> None:
    histogram = pit_histogram([[0.0, 0.1], [0.25, 1.0]], seed=1, bins=4)
    assert histogram.share == (0.5, 0.25, 0.0, 0.25)
    assert histogram.edges == (0, 0.25, 0.5, 0.75, 1)


def test_band_is_the_binomial_one() -> None:
    histogram = pit_histogram(np.linspace(0, 1, 10_000), seed=2, bins=10)
    # the 5 % and 95 % quantiles of Binomial(10000, .1) are 951 and 1049
    assert histogram.lower == pytest.approx(0.0951, abs=0.0006)
    assert histogram.upper == pytest.approx(0.1049, abs=0.0006)


@pytest.mark.parametrize("u", [[1.2], [np.nan], []])
def test_what_is_no_share_is_refused(u: Any) -> None:
    with pytest.raises(InputError, match="u "):
        pit_histogram(u, seed=1)


def test_a_histogram_has_steps() -> None:
    with pytest.raises(OutOfRange, match="0 bins"):
        pit_histogram([0.5], seed=1, bins=0)
