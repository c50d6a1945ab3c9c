from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.forecast.contract import model_named
from tocsin.forecast.ensemble.boosted_bins import LEAST, MOST, BoostedBins, BoostSettings, bin_of, within_bins
from tocsin.forecast.ensemble.change_forest import ChangeSettings
from tocsin.forecast.ensemble.members import PoolSettings, put_in
from tocsin.forecast.ensemble.model import ENSEMBLE, EnsembleSettings, FittedEnsemble
from tocsin.forecast.ensemble.nets import NetBins, NetSettings
from tocsin.forecast.ensemble.recent_level import Blur, RecentSettings, heat, recent_levels
from tocsin.forecast.ensemble.tail import Tail
from tocsin.forecast.explain.redrawn import forest_in
from tocsin.forecast.features import features_of
from tocsin.forecast.forest import ForestSettings, QuantileForest
from tocsin.forecast.leaves import even_levels
from tocsin.forecast.make import make_forecast
from tocsin.scores.ignorance import BINS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.panel.history import History

HORIZONS = (1, 2, 3)
BOOST = BoostSettings(rounds=10, least=10, leaves=5)
SMALL = EnsembleSettings(
    forest=ForestSettings(trees=10, leaf=5),
    boost=BOOST,
    boost_active=BOOST,
    net=NetSettings(nets=1, hidden=4, epochs=2),
    pool=PoolSettings(seeds=2),
)
POOL = SMALL.pool


@pytest.fixture(scope="module")
def fitted(history: History) -> FittedEnsemble:
    return ENSEMBLE.with_settings(SMALL).fit(history, horizons=HORIZONS, seed=1)


def test_it_is_registered() -> None:
    assert model_named("ensemble") is ENSEMBLE


def test_draws_are_counts_of_the_asked_shape_and_the_same_again(fitted: FittedEnsemble, history: History) -> None:
    draws = fitted.draw(history, draws=103, seed=5)
    assert draws.shape == (history.here.size, len(HORIZONS), 103)
    assert draws.min() >= 0
    assert np.array_equal(draws, fitted.draw(history, draws=103, seed=5))


def test_two_fits_from_one_seed_are_one(fitted: FittedEnsemble, history: History) -> None:
    again = ENSEMBLE.with_settings(SMALL).fit(history, horizons=HORIZONS, seed=1)
    assert np.array_equal(again.draw(history, draws=50, seed=2), fitted.draw(history, draws=50, seed=2))


def test_nothing_after_the_origin_moves_a_draw(history: History) -> None:
    origin = history.first + 90
    deaths = history.deaths.copy()
    deaths[:, 91:] = 9_999
    seen, planted = (
        make_forecast(
            known.until(origin), model=ENSEMBLE.with_settings(SMALL), horizons=HORIZONS, draws=60, seed=3
        ).draws
        for known in (history, replace(history, deaths=deaths))
    )
    assert np.array_equal(seen, planted)


def test_a_war_at_its_height_goes_on_as_it_lately_went(fitted: FittedEnsemble, history: History) -> None:
    only_recent = replace(
        fitted, settings=replace(POOL, gate=0.0, tail=None, recent=RecentSettings(share=1.0, full=1.001, guard=0.0))
    )
    hot = history.deaths[history.here, -12:].mean(axis=1) > 2
    assert hot.any()
    draws = np.sort(only_recent.draw(history, draws=200, seed=1)[hot], axis=2)
    expected = recent_levels(history.deaths[history.here], even_levels(200), RecentSettings())[hot]
    assert np.array_equal(draws[:, 0], expected)


def test_an_area_at_peace_has_no_share_of_its_recent_level(fitted: FittedEnsemble, history: History) -> None:
    calm = history.deaths[history.here, -12:].mean(axis=1) <= 1
    assert calm.any()
    without = replace(fitted, settings=replace(POOL, recent=RecentSettings(share=0.0)))
    one, other = (np.sort(f.draw(history, draws=80, seed=1)[calm], axis=2) for f in (fitted, without))
    assert np.array_equal(one, other)


def test_recent_levels_worked_by_hand() -> None:
    deaths = np.array([[9, 9, 9, 0, 0, 99], [5, 5, 5, 5, 5, 5]])
    settings = RecentSettings(blurs=(Blur(2, 0.0), Blur(1, 0.0)), drift=0.0)
    # half the weight on 0 and 99, half on 99: 0 has a quarter
    got = recent_levels(deaths, np.array([0.2, 0.3, 0.9]), settings)
    assert got.tolist() == [[0, 99, 99], [5, 5, 5]]


def test_recent_levels_spread_with_the_blur() -> None:
    settings = RecentSettings(blurs=(Blur(1, 0.5),), drift=0.0)
    low, middle, high = recent_levels(np.array([[99]]), np.array([0.1587, 0.5, 0.8413]), settings)[0]
    assert middle == pytest.approx(99, abs=1)
    assert (low, high) == (pytest.approx(100 * np.exp(-0.5) - 1, abs=2), pytest.approx(100 * np.exp(0.5) - 1, abs=2))


def test_peace_is_exact_below_the_gate(fitted: FittedEnsemble, history: History) -> None:
    never = replace(fitted, settings=replace(POOL, gate=1.01))
    assert not never.draw(history, draws=40, seed=1).any()


def test_the_first_pair_of_forests_gives_reasons(fitted: FittedEnsemble) -> None:
    assert forest_in(fitted) is fitted.forests[0]


def test_the_bins_have_the_mean_probabilities_of_trees_and_networks(fitted: FittedEnsemble, history: History) -> None:
    members = fitted.members(history)
    only = replace(
        POOL, bins=1.0, changes=0.0, nets=0.25, active_bins=0.0, at_war=0.0, recent=RecentSettings(share=0.0)
    )
    drawn = members.pooled(replace(only, gate=0.0), draws=2000)
    share = (bin_of(drawn)[..., None] == np.arange(BINS)).mean(axis=2)
    wanted = 0.75 * np.mean(members.bins, axis=0) + 0.25 * np.mean(members.nets, axis=0)
    assert np.abs(share - wanted).max() <= 1 / 1000


def test_bins_boosted_on_active_areas_say_nothing_of_the_others(fitted: FittedEnsemble, history: History) -> None:
    active = history.deaths[history.here, -12:].any(axis=1)
    assert active.any()
    assert not active.all()
    members = fitted.members(history)
    only, without = (
        members.pooled(PoolSettings(active_bins=share, at_war=0, recent=RecentSettings(share=0)), draws=200)
        for share in (1.0, 0.0)
    )
    assert np.array_equal(only[~active], without[~active])
    share = (bin_of(only[active])[..., None] == np.arange(BINS)).mean(axis=2)
    wanted = np.mean(members.active_bins, axis=0)[active]
    wanted[wanted[..., 1:].sum(axis=2) < PoolSettings().gate] = np.eye(BINS)[0]
    assert np.abs(share - wanted).max() <= 1 / 200


def test_fewer_seeds_are_the_first_of_more(fitted: FittedEnsemble, history: History) -> None:
    two = fitted.members(history)
    one = replace(
        two, came=two.came[:1], changed=two.changed[:1], bins=two.bins[:1], nets=two.nets[:1], active_bins=two.active_bins[:1],
        at_war=two.at_war[:1],
    )  # fmt: skip
    single = replace(POOL, seeds=1)
    assert np.array_equal(two.pooled(single, draws=100), one.pooled(single, draws=100))
    assert not np.array_equal(two.pooled(POOL, draws=100), one.pooled(single, draws=100))


def test_a_tail_moves_only_the_highest_draws_of_violent_months(fitted: FittedEnsemble, history: History) -> None:
    members = fitted.members(history)
    without = members.pooled(replace(POOL, tail=None), draws=200)
    tail = Tail(share=0.02, shape=0.5, scale=5.0, least=1)
    drawn = members.pooled(replace(POOL, tail=tail), draws=200)
    assert np.array_equal(drawn[..., :196], without[..., :196])
    assert (drawn[..., 196:] != without[..., 196:]).any()


def test_heat_worked_by_hand() -> None:
    calm_then_hot = np.r_[np.full(60, 9), np.full(12, 99)]
    cooled = np.r_[np.full(60, 99), np.full(12, 9)]
    assert heat(np.array([calm_then_hot, cooled])) == pytest.approx([np.log(10), 0.0])
    assert heat(np.full((1, 12), 50)).tolist() == [0.0]


def test_after_a_very_hot_year_the_recent_level_counts_less_and_stands_lower() -> None:
    deaths = np.array([np.r_[np.full(60, 9), np.full(12, 99)], np.full(72, 99)])
    guarded = RecentSettings(share=0.6, full=50, guard=1.0)
    assert guarded.shares(deaths) == pytest.approx([0.6 / (1 + np.log(10)), 0.6])
    cooled = RecentSettings(blurs=(Blur(1, 0.0),), drift=0.0, cooling=0.5)
    assert recent_levels(deaths, np.array([0.5]), cooled).ravel().tolist() == [round(100 / 10**0.5 - 1), 99]


@pytest.mark.parametrize(
    "grow",
    [
        partial(BoostedBins.of, settings=BoostSettings(rounds=30, least=20, share_of_features=1.0), seed=1),
        partial(NetBins.of, settings=NetSettings(nets=2, epochs=40, rows=100, rate=0.01), seed=1),
    ],
    ids=["boosted trees", "networks"],
)
def test_trees_and_networks_find_a_planted_cause(grow: Callable[..., BoostedBins | NetBins]) -> None:
    rng = np.random.default_rng(0)
    table = rng.random((3000, 4)).astype(np.float32)
    came = np.where(table[:, 2] > 0.5, 40, 0)
    bins = grow(table, came, np.ones(3000, dtype=np.float32))
    asked = np.array([[0.5, 0.5, 0.1, 0.5], [0.5, 0.5, 0.9, 0.5]], dtype=np.float32)
    p = bins.probabilities(asked)
    assert p.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert p[0, 0] > 0.7
    assert p[1, bin_of(np.array([40]))[0]] > 0.7


@given(st.integers(0, 2**32 - 1))
def test_draws_within_bins_keep_their_probabilities_and_stand_in_their_bins(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.full(BINS, 0.5), size=3)
    reference = np.sort(rng.negative_binomial(0.3, 0.01, (3, 200)), axis=1)
    out = within_bins(p, reference, even_levels(4000))
    assert (np.diff(out, axis=1) >= 0).all()
    share = (bin_of(out)[..., None] == np.arange(BINS)).mean(axis=1)
    assert np.abs(share - p).max() <= 1 / 2000


def test_a_bin_without_a_reference_is_filled_from_end_to_end() -> None:
    p = np.zeros((1, BINS))
    p[0, 6] = 1.0
    out = within_bins(p, np.zeros((1, 10), dtype=np.int64), even_levels(5000))[0]
    assert (out.min(), out.max()) == (LEAST[6], MOST[6])


def test_the_open_bin_without_a_reference_falls_off_as_a_pareto_tail() -> None:
    p = np.zeros((1, BINS))
    p[0, 10] = 1.0
    out = within_bins(p, np.zeros((1, 10), dtype=np.int64), even_levels(10_000))[0]
    assert (out > 2002).mean() == pytest.approx(0.25, abs=0.002)


def test_a_share_of_a_member_is_put_in_area_by_area() -> None:
    every, member = np.tile(np.arange(10), (3, 2, 1)), np.full((3, 2, 10), 50)
    out = put_in(every, member, np.array([0.0, 0.3, 1.0]))
    assert np.array_equal(out[0], every[0])
    assert ((out[1] == 50).sum(axis=1) == 3).all()
    assert (out[2] == 50).all()


def test_the_forest_of_changes_learns_from_wars_alone_and_says_nothing_of_peace(history: History) -> None:
    settings = ChangeSettings(forest=ForestSettings(trees=5, leaf=5), least=2.0)
    grow = QuantileForest(ENSEMBLE.contract)
    forest = settings.fit(history, features_of(history), grow=grow, horizons=HORIZONS, seed=1)
    assert forest is not None
    at_war = forest.at_war(history)
    assert at_war.any()
    assert not at_war.all()
    assert forest.quantiles(history, even_levels(7)).shape == (at_war.sum(), len(HORIZONS), 7)
    calm = replace(history, deaths=np.zeros_like(history.deaths))
    assert settings.fit(calm, features_of(calm), grow=grow, horizons=HORIZONS, seed=1) is None


def test_a_level_never_seen_is_scaled_from_changes_that_were(history: History) -> None:
    settings = ChangeSettings(forest=ForestSettings(trees=20, leaf=5), least=2.0)
    forest = settings.fit(
        history, features_of(history), grow=QuantileForest(ENSEMBLE.contract), horizons=HORIZONS, seed=1
    )
    assert forest is not None
    hot = replace(history, deaths=history.deaths * 1000)
    assert forest.quantiles(hot, even_levels(99)).max() > 10 * history.deaths.max()


def test_peace_everywhere_is_forecast_without_the_members_of_wars(history: History) -> None:
    calm = replace(history, deaths=np.zeros_like(history.deaths))
    fitted = ENSEMBLE.with_settings(SMALL).fit(calm, horizons=HORIZONS, seed=1)
    assert fitted.changes_at_war == ()
    assert not fitted.draw(calm, draws=20, seed=1).any()
