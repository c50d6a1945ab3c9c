from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.forecast.provinces.features import PATTERN, blocks_of, province_features
from tocsin.forecast.provinces.pool import PROVINCE_POOL, FittedProvincePool, PoolSettings
from tocsin.panel.history import History
from tocsin.panel.provinces.starter import shipped_pool
from tocsin.vocabulary import AreaIds, Level, Month

HORIZONS = (1, 2, 3)
LATE = 48
"""Months before the record of the second country begins."""


@pytest.fixture(scope="module")
def two_countries() -> History:
    """Four provinces on record throughout, and four whose record begins later and whose war is steady."""
    rng = np.random.default_rng(4)
    months = 120
    level = np.array([0.0, 3.0, 10.0, 30.0, 0.0, 40.0, 80.0, 120.0])
    flare = np.repeat(rng.random((8, months // 6)) < 0.3, 6, axis=1) * 4.0
    deaths = rng.poisson(level[:, None] * (0.3 + flare))
    present = np.ones((8, months), dtype=bool)
    present[4:, :LATE] = False
    deaths[~present] = 0
    one_sided = rng.binomial(deaths, 0.3)
    areas = tuple(f"{country}/{name}" for country in ("AAA", "BBB") for name in ("North", "East", "South", "West"))
    return History(
        ids=AreaIds.ADMIN1, target="deaths_all", vintage="made up", areas=areas,
        names=tuple(a.split("/")[1] for a in areas), first=Month.of(2000, 1), deaths=deaths.astype(np.int64),
        present=present,
        neighbours=((1, 4), (0, 2), (1, 3), (2,), (5, 0), (4, 6), (5, 7), (6,)),
        signals={
            "events": np.ceil(deaths / 5), "deaths_os": one_sided.astype(float), "deaths_ns": np.zeros(deaths.shape),
            "deaths_sb": (deaths - one_sided).astype(float), "deaths_low": deaths * 0.8, "deaths_high": deaths * 1.5,
            "share_imprecise": np.zeros(deaths.shape),
        },
    )  # fmt: skip


SMALL = replace(PoolSettings(), forest=replace(PoolSettings().forest, trees=8), seeds=2)


@pytest.fixture(scope="module")
def fitted(two_countries: History) -> FittedProvincePool:
    return PROVINCE_POOL.alone().with_settings(SMALL).fit(two_countries, horizons=HORIZONS, seed=1)


def test_each_country_is_seen_from_the_start_of_its_own_record(two_countries: History) -> None:
    first, second = blocks_of(two_countries)
    assert (first.start, second.start) == (0, LATE)
    assert second.history.areas == ("BBB/North", "BBB/East", "BBB/South", "BBB/West")
    assert second.history.neighbours == ((1,), (0, 2), (1, 3), (2,)), "a border with another country is left out"
    features = province_features(two_countries)
    mean = two_countries.deaths[5, LATE : LATE + 30].mean()
    assert np.expm1(features.column("mean_60")[5, LATE + 29]) == pytest.approx(mean, rel=1e-4)
    assert not features.values[4:, :LATE].any()


def test_a_country_alone_has_the_features_it_has_among_others(two_countries: History) -> None:
    alone = blocks_of(two_countries)[1].history
    assert np.allclose(province_features(alone).values, province_features(two_countries).values[4:, LATE:])


def test_the_change_of_pattern_is_seen(two_countries: History) -> None:
    events = two_countries.signals["events"].copy()
    events[1] = 1.0
    events[1, -6:] = 8.0
    seen = replace(two_countries, signals={**two_countries.signals, "events": events})
    tempo = province_features(seen).column("tempo")[1]
    assert tempo[-1] == pytest.approx(np.log(9 / 2), rel=1e-4)
    assert tempo[-7] == pytest.approx(0, abs=1e-6)
    groups = {f.group for f in province_features(seen, pattern=False).described}
    assert PATTERN not in groups


def test_other_types_of_violence_can_be_left_unread(two_countries: History) -> None:
    without = province_features(two_countries, other_types=False)
    assert not [f.name for f in without.described if "deaths_os" in f.name or "deaths_ns" in f.name]
    planted = {**two_countries.signals, "deaths_os": two_countries.signals["deaths_os"] + 50}
    same = province_features(replace(two_countries, signals=planted), other_types=False)
    assert np.array_equal(without.values, same.values)
    assert not np.array_equal(
        province_features(two_countries).values, province_features(replace(two_countries, signals=planted)).values
    )


def test_no_situation_teaches_before_its_country_has_two_years_of_record(fitted: FittedProvincePool) -> None:
    for forest in fitted.forests:
        assert forest.rows.month[forest.rows.area >= 4].min() >= LATE + 23
        assert forest.rows.month[forest.rows.area < 4].min() >= 23
    one, two = fitted.forests
    assert not np.array_equal(one.rows.horizon[:200], two.rows.horizon[:200]), "each forest chooses its own rows"


def test_shares_of_the_pool_are_as_set(fitted: FittedProvincePool, two_countries: History) -> None:
    repeating = replace(fitted, settings=replace(SMALL, own=1.0, simple=0.0, gate=0.0))
    draws = repeating.draw(two_countries, draws=24, seed=1)
    last_year = np.sort(np.repeat(two_countries.deaths[:, -12:], 2, axis=1), axis=1)
    assert np.array_equal(np.sort(draws[:, 0], axis=1), last_year)
    alone = replace(fitted, settings=replace(SMALL, own=0.0, simple=1.0, gate=0.0))
    assert alone.draw(two_countries, draws=2000, seed=1)[7].mean() == pytest.approx(
        0.8 * two_countries.deaths[7, -12:].mean() + 0.2 * two_countries.deaths[7, -60:].mean(), rel=0.15
    )


def test_the_simple_share_counts_no_month_outside_the_record(
    fitted: FittedProvincePool, two_countries: History
) -> None:
    young = two_countries.until(two_countries.first + LATE + 30)
    alone = replace(fitted, settings=replace(SMALL, own=0.0, simple=1.0, gate=0.0))
    mean = alone.draw(young, draws=2000, seed=1)[7].mean()
    seen = young.deaths[7]
    right = 0.8 * seen[-12:].mean() + 0.2 * seen[LATE:].mean()
    assert mean == pytest.approx(right, rel=0.12)


def test_peace_below_the_gate_is_exactly_zero(fitted: FittedProvincePool, two_countries: History) -> None:
    shut = replace(fitted, settings=replace(SMALL, gate=1.01)).draw(two_countries, draws=50, seed=1)
    assert not shut.any()


def test_a_country_whose_record_has_ended_is_not_forecast_and_still_teaches(two_countries: History) -> None:
    present = two_countries.present.copy()
    present[4:, -12:] = False
    ended = replace(two_countries, present=present, deaths=np.where(present, two_countries.deaths, 0))
    model = PROVINCE_POOL.alone().with_settings(SMALL)
    forecast = make_forecast(ended, model=model, horizons=HORIZONS, draws=40, seed=3)
    assert forecast.areas == two_countries.areas[:4]
    grown = model.fit(ended, horizons=HORIZONS, seed=3)
    assert (grown.forests[0].rows.area >= 4).any()


def test_it_learns_from_the_countries_that_ship_up_to_the_origin_and_forecasts_its_own_alone() -> None:
    panel, near = shipped_pool()
    origin = Month.of(1993, 6)
    every = panel.history(target="deaths_all", origin=origin, neighbours=near)
    iraq = next(b.history for b in blocks_of(every) if b.history.areas[0].startswith("IRQ/"))
    tiny = replace(SMALL, forest=replace(SMALL.forest, trees=2), seeds=1)
    fitted = PROVINCE_POOL.with_settings(tiny).fit(iraq, horizons=(1, 2), seed=1)
    learned = fitted.forests[0].learned
    assert learned.areas[:18] == iraq.areas
    assert {a[:3] for a in learned.areas} == {"IRQ", "CAF", "ETH", "LKA", "SLE", "SLV", "VEN"}
    assert learned.origin == origin
    assert fitted.draw(iraq, draws=8, seed=1).shape == (18, 2, 8)
    alone = PROVINCE_POOL.alone().with_settings(tiny).fit(iraq, horizons=(1, 2), seed=1)
    assert set(alone.forests[0].learned.areas) == set(iraq.areas)


def test_months_of_one_draw_belong_together(fitted: FittedProvincePool, two_countries: History) -> None:
    draws = fitted.draw(two_countries, draws=600, seed=1)[7]
    assert np.corrcoef(draws[0], draws[1])[0, 1] > 0.1


def test_the_contract_says_provinces_and_no_more() -> None:
    contract = model_named("province_pool").contract
    assert contract.levels == (Level.ADMIN1,)
    assert contract.status_at(Level.COUNTRY) == "experimental"
