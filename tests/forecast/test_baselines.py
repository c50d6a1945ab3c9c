from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.forecast.negative_binomial import likeliest_dispersion, own_mean

if TYPE_CHECKING:
    from tocsin.panel.history import History


def test_conflictology_is_the_own_last_year_each_month_equally_often(history: History) -> None:
    forecast = make_forecast(history, model=model_named("conflictology"), horizons=(3, 4), draws=24, seed=1)
    for area in range(len(history.areas)):
        last_year = np.sort(np.repeat(history.deaths[area, -12:], 2))
        for month in range(2):
            assert np.array_equal(np.sort(forecast.draws[area, month]), last_year)


def test_a_draw_of_conflictology_walks_through_the_year_in_order(history: History) -> None:
    forecast = make_forecast(history, model=model_named("conflictology"), horizons=(1, 2), draws=12, seed=1)
    year = history.deaths[5, -12:].tolist()
    follows = set(zip(year, [*year[1:], year[0]], strict=True))
    assert set(zip(*forecast.draws[5].tolist(), strict=True)) <= follows


def test_last_poisson_centres_on_the_last_month(history: History) -> None:
    forecast = make_forecast(history, model=model_named("last_poisson"), horizons=(1, 12), draws=4000, seed=1)
    last = history.deaths[:, -1]
    assert np.allclose(forecast.draws.mean(axis=2), last[:, None], atol=5 * np.sqrt(last.max() / 4000) + 1e-9)


def test_bootstrap_draws_only_what_was_seen(history: History) -> None:
    forecast = make_forecast(history, model=model_named("bootstrap240"), horizons=(1,), draws=500, seed=1)
    assert set(forecast.draws.ravel().tolist()) <= set(history.deaths.ravel().tolist())


def test_zero_is_zero(history: History) -> None:
    assert not make_forecast(history, model=model_named("zero"), horizons=(1,), draws=5, seed=1).draws.any()


def test_the_negative_binomial_keeps_the_own_mean(history: History) -> None:
    forecast = make_forecast(history, model=model_named("negative_binomial"), horizons=(1, 2, 3), draws=20_000, seed=1)
    mean = own_mean(history)[:, -1]
    busy = mean > 5
    drawn = forecast.draws.mean(axis=(1, 2))
    assert busy.any()
    assert np.allclose(drawn[busy] / mean[busy], 1, atol=0.15)


def test_dispersion_is_found_where_it_is_known() -> None:
    rng = np.random.default_rng(3)
    mean = rng.uniform(5, 50, 20_000)
    for true in (0.3, 2.0):
        counts = rng.poisson(mean * rng.gamma(1 / true, true, mean.size))
        assert abs(likeliest_dispersion(counts, mean) / true - 1) < 0.15
