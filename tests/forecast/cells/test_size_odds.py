from __future__ import annotations

import numpy as np
import pytest

from tocsin.forecast.cells.size_odds import BEYOND, SizeOdds, through
from tocsin.forecast.leaves import even_levels

LEVELS = even_levels(1000)


@pytest.fixture(scope="module")
def learned() -> tuple[np.ndarray, SizeOdds]:
    rng = np.random.default_rng(0)
    table = rng.normal(size=(3000, 2)).astype(np.float32)
    return table, SizeOdds.of(table, 1 + rng.poisson(np.exp(1.5 + table[:, 0])))


def test_the_signal_that_goes_with_more_deaths_raises_every_quantile(learned: tuple[np.ndarray, SizeOdds]) -> None:
    low, high = learned[1].quantiles(np.array([[-1, 0], [1, 0]], dtype=np.float32), LEVELS)
    assert (high >= low).all()
    assert high.mean() == pytest.approx(1 + np.exp(2.5), rel=0.25)
    assert low.mean() == pytest.approx(1 + np.exp(0.5), rel=0.25)


def test_sizes_are_exceeded_as_often_as_in_the_months_learned_from(learned: tuple[np.ndarray, SizeOdds]) -> None:
    table, odds = learned
    rng = np.random.default_rng(0)
    rng.normal(size=(3000, 2))
    came = 1 + rng.poisson(np.exp(1.5 + table[:, 0]))
    asked = odds.quantiles(table, even_levels(100))
    for size in odds.sizes:
        assert (asked > size).mean() == pytest.approx((came > size).mean(), abs=0.01)


def test_quantiles_stand_at_the_sizes_they_are_told_to_exceed() -> None:
    draws = through(np.array([[0.8, 0.3, 0.3, 0.05]]), (1, 2, 5, 20), LEVELS)[0]
    for size, chance in ((1, 0.8), (5, 0.3), (20, 0.05)):
        assert (draws > size).mean() == pytest.approx(chance, abs=0.001)
    assert (np.diff(draws) >= 0).all()
    assert draws.min() == 1


def test_past_the_last_size_the_chance_falls_as_a_power() -> None:
    draws = through(np.array([[0.5]]), (9,), LEVELS)[0]
    for times in (2, 4, 8):
        beyond = (draws > 9.5 * times).mean()
        assert beyond == pytest.approx(0.5 * times**-BEYOND, abs=0.01)


def test_too_few_months_of_a_size_teach_no_odds_of_it() -> None:
    came = np.r_[np.ones(100, dtype=np.int64), np.full(14, 30)]
    nothing = SizeOdds.of(np.zeros((came.size, 1), dtype=np.float32), came)
    assert nothing.sizes == ()
    assert nothing.quantiles(np.zeros((1, 1), dtype=np.float32), np.array([0.1, 0.9])).tolist() == [[1, 2]]
