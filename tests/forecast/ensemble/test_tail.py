from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import genpareto

from tocsin.errors import OutOfRange
from tocsin.forecast.ensemble.tail import Tail, learned_tail
from tocsin.forecast.leaves import even_levels

RISING = np.sort(np.random.default_rng(0).poisson(200, (40, 1000)), axis=1)


def test_only_the_highest_draws_change_and_all_stay_in_order() -> None:
    out = Tail(share=0.02).above(RISING)
    assert np.array_equal(out[:, :980], RISING[:, :980])
    assert (out[:, 980:] >= RISING[:, [979]]).all()
    assert (np.diff(out, axis=1) >= 0).all()


def test_the_tail_is_the_law_above_the_quantile() -> None:
    draws = np.full((1, 1000), 1000)
    out = Tail(share=0.1, shape=0.4, scale=0.5).above(draws)[0, 900:]
    assert out == pytest.approx(1000 * (1 + genpareto.ppf(even_levels(100), 0.4, scale=0.5)), abs=0.5)


def test_without_shape_the_law_is_exponential() -> None:
    out = Tail(share=0.1, shape=0.0, scale=0.5).above(np.full((1, 1000), 1000))[0, 900:]
    assert out == pytest.approx(1000 * (1 - 0.5 * np.log1p(-even_levels(100))), abs=0.5)


def test_an_area_with_few_deaths_keeps_its_draws() -> None:
    few = np.sort(np.random.default_rng(0).poisson(3, (5, 1000)), axis=1)
    assert np.array_equal(Tail(least=25).above(few), few)


@pytest.mark.parametrize(("shape", "scale"), [(0.1, 0.3), (0.5, 1.0)])
def test_a_planted_law_is_learned(shape: float, scale: float) -> None:
    rng = np.random.default_rng(1)
    draws = np.tile(np.sort(rng.poisson(1000, 1000)), (20_000, 1))
    quantile = draws[0, 979]
    actual = np.full(20_000, 500)
    actual[:4000] = np.round(quantile * (1 + genpareto.rvs(shape, scale=scale, size=4000, random_state=rng)))
    tail = learned_tail(draws, actual, share=0.02, least=25)
    assert tail.shape == pytest.approx(shape, abs=0.06)
    assert tail.scale == pytest.approx(scale, rel=0.06)


def test_too_few_excesses_teach_nothing() -> None:
    with pytest.raises(OutOfRange, match="lay above their quantile"):
        learned_tail(RISING, np.zeros(40, dtype=np.int64), share=0.02, least=25)
