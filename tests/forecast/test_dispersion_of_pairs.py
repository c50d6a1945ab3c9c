"""The dispersion is the likeliest of the grid, however often a count and a mean are repeated."""

from __future__ import annotations

import numpy as np
from scipy.stats import nbinom

from tocsin.forecast.negative_binomial import DISPERSIONS, likeliest_dispersion


def test_pairs_asked_once_count_as_often_as_they_stand() -> None:
    rng = np.random.default_rng(5)
    mean = rng.choice([0.01, 0.5, 3.0, 40.0], 900, p=[0.6, 0.2, 0.15, 0.05])
    count = rng.poisson(mean * rng.gamma(0.4, 2.5, mean.size))
    one_by_one = [sum(nbinom.logpmf(count, 1 / a, 1 / (1 + a * mean))) for a in DISPERSIONS]
    assert likeliest_dispersion(count, mean) == DISPERSIONS[int(np.argmax(one_by_one))]
    rare = np.r_[count[mean == 40], 400, 900]
    common = np.r_[np.zeros(500, dtype=np.int64), rare]
    of = np.full(rare.size, 40.0), np.full(common.size, 40.0)
    assert likeliest_dispersion(common, of[1]) > 2 * likeliest_dispersion(rare, of[0]), "each of 500 zeros counts"
