from __future__ import annotations

import numpy as np
import pytest

from tocsin.decide.options.futures import latin_hypercube
from tocsin.decide.options.sensitivity import first_place_shares, noise_floor, weighting_share

RANK = latin_hypercube(["a", "b", "c", "d"], futures=2000, seed=3)


def first_where(condition: np.ndarray) -> np.ndarray:
    return np.stack([condition, ~condition]).astype(float)


def test_an_input_that_decides_alone_explains_everything() -> None:
    first = first_where(RANK[0] < 0.3)
    shares = first_place_shares(first, RANK)
    assert shares[0] == pytest.approx(1.0)
    assert shares[1:].max() < noise_floor(first, inputs=4, rng=np.random.default_rng(1))


def test_two_that_decide_together_by_hand() -> None:
    # first where both are above the middle: p = 1/4; given one, the mean is 0 or 1/2: (1/16) / (3/16)
    shares = first_place_shares(first_where((RANK[0] > 0.5) & (RANK[1] > 0.5)), RANK)
    assert shares[:2].tolist() == pytest.approx([1 / 3, 1 / 3], abs=0.03)


def test_noise_stays_below_its_floor_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(4)
    above = 0
    for _ in range(100):
        first = first_where(rng.random(500) < 0.4)
        rank = rng.permuted(np.tile((np.arange(500) + 0.5) / 500, (4, 1)), axis=1)
        above += first_place_shares(first, rank).max() > noise_floor(first, inputs=4, rng=rng, shuffles=200)
    assert above <= 12


def test_where_the_first_place_never_changes_nothing_explains_it() -> None:
    first = np.stack([np.ones(2000), np.zeros(2000)])
    assert first_place_shares(first, RANK).tolist() == [0.0] * 4
    assert noise_floor(first, inputs=4, rng=np.random.default_rng(1)) == 0.0
    assert weighting_share(first, rounds=5) == 0.0


def test_what_the_weighting_decides_by_hand() -> None:
    rng = np.random.default_rng(5)
    coin = rng.binomial(5, 0.5, 4000) / 5  # in each future five weightings, each first or not by chance alone
    assert weighting_share(np.stack([coin, 1 - coin]), rounds=5) == pytest.approx(1.0, abs=0.02)
    assert weighting_share(first_where(RANK[0] < 0.5), rounds=5) == 0.0
