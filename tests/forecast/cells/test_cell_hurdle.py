from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.errors import InputError
from tocsin.forecast.cells import grid_stream
from tocsin.forecast.cells.features import CellPast
from tocsin.forecast.cells.grid_score import score_stream
from tocsin.forecast.cells.grid_stream import in_one_piece, stream_forecast
from tocsin.forecast.cells.hurdle import CELL_HURDLE, CellSettings, FittedCellHurdle
from tocsin.forecast.cells.mixture import LocalPools, hurdle, in_own_courses, repeated
from tocsin.forecast.cells.rows import cell_rows
from tocsin.forecast.cells.surroundings import surroundings
from tocsin.forecast.make import make_forecast
from tocsin.panel.history import History
from tocsin.scores import score_draws
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from tocsin.forecast.forecast import Forecast

SIDE, MONTHS = 12, 90
HORIZONS = (3, 4, 6)
MODEL = CELL_HURDLE.with_settings(CellSettings(rounds=5, trees=5, leaf=5))


def small_grid(*, seed: int = 0) -> History:
    """Twelve by twelve cells; the war is in the south-west corner, the north-east has never seen a death."""
    rng = np.random.default_rng(seed)
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    rate = np.exp(-(row + column) / 2.0)[:, None] * (1 + 3 * (np.arange(MONTHS) // 12 % 3))
    deaths = rng.poisson(rate * rng.gamma(0.5, 2, (SIDE * SIDE, MONTHS)))
    deaths[(row > 7) | (column > 7)] = 0
    gids = tuple(str((200 + r) * 720 + 400 + c + 1) for r, c in zip(row, column, strict=True))
    return History(
        ids=AreaIds.GID, target="deaths_sb", vintage="made up", areas=gids, names=gids, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones(deaths.shape, dtype=bool), neighbours=((),) * len(gids),
    )  # fmt: skip


@pytest.fixture(scope="module")
def grid() -> History:
    return small_grid()


@pytest.fixture(scope="module")
def fitted(grid: History) -> FittedCellHurdle:
    return MODEL.fit(grid, horizons=HORIZONS, seed=1)


@pytest.fixture(scope="module")
def whole(grid: History, fitted: FittedCellHurdle) -> Forecast:
    return make_forecast(grid, model=MODEL, horizons=HORIZONS, draws=50, seed=1, fitted=fitted)


def at(row: int, column: int) -> int:
    return row * SIDE + column


def test_a_cell_s_surroundings_are_rings_by_row_and_column(grid: History) -> None:
    around = surroundings(grid)
    corner, middle = at(0, 0), at(5, 5)
    assert set(around.near[[middle]].indices) == {at(r, c) for r in (4, 5, 6) for c in (4, 5, 6)} - {middle}
    assert around.near[[corner]].nnz == 3
    assert around.next[[middle]].nnz == 16
    assert at(7, 7) in around.next[[middle]].indices
    weight = around.wide[[middle]].toarray()[0]
    assert weight[middle] == 0
    assert weight[at(5, 6)] > weight[at(5, 8)] > 0
    assert weight[at(5, 11)] > 0
    assert weight[at(11, 11)] == 0


def test_the_world_is_round() -> None:
    edge = replace(small_grid(), areas=("1", "720"), names=("1", "720"), neighbours=((), ()),
                   deaths=np.zeros((2, 3), dtype=np.int64), present=np.ones((2, 3), dtype=bool))  # fmt: skip
    assert surroundings(edge).near.nnz == 2


def test_areas_without_rows_and_columns_take_those_they_touch(history: History) -> None:
    around = surroundings(history)
    assert set(around.near[[0]].indices) == {1, 7}
    assert set(around.next[[0]].indices) == {2, 6}


def test_no_feature_sees_a_month_after_the_one_looked_from(grid: History) -> None:
    later = grid.deaths.copy()
    later[:, 50:] += 1_000
    cell, month = np.arange(grid.deaths.shape[0]), np.full(grid.deaths.shape[0], 49)
    one, two = (CellPast.of(g).features(cell, month) for g in (grid, replace(grid, deaths=later)))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, CellPast.of(replace(grid, deaths=later)).features(cell, month + 1))


def test_features_are_means_over_the_months_covered() -> None:
    grid = small_grid()
    present = grid.present.copy()
    present[:, :80] = False
    deaths = np.zeros_like(grid.deaths)
    deaths[at(3, 3), -1] = 20
    past = CellPast.of(replace(grid, deaths=deaths, present=present))
    row = past.features(np.array([at(3, 3), at(3, 4), at(3, 8)]), np.full(3, MONTHS - 1))
    assert row[0, 3] == pytest.approx(np.log1p(20 / 10))  # a year of which ten months are covered
    assert row[1, 3] == 0
    assert row[1, 13] == pytest.approx(np.log1p(20 / 8 / 10))  # one of the eight around
    assert past.worth_a_forecast(np.array([at(5, 5), at(6, 5)]), np.full(2, MONTHS - 1)).tolist() == [True, False]


def test_situations_are_closed_by_the_origin_and_keep_their_weight(grid: History) -> None:
    past = CellPast.of(grid)
    every, thinned = (
        cell_rows(grid, past, horizons=HORIZONS, picks=3, still=still, most=10**6, seed=1) for still in (1.0, 0.2)
    )
    assert (every.month + every.horizon < MONTHS).all()
    assert np.array_equal(every.came, grid.deaths[every.cell, every.month + every.horizon])
    assert (thinned.came == 0).sum() < 0.3 * (every.came == 0).sum()
    assert thinned.weight.sum() == pytest.approx(every.weight.sum(), rel=0.1)
    few = cell_rows(grid, past, horizons=HORIZONS, picks=3, still=1.0, most=500, seed=1)
    assert max((few.came > 0).sum(), (few.came == 0).sum()) < 700
    odds = [(r.weight * (r.came > 0)).sum() / r.weight.sum() for r in (every, few)]
    assert odds[1] == pytest.approx(odds[0], rel=0.2)


def test_peace_far_from_violence_is_exactly_zero_and_war_is_not(whole: Forecast) -> None:
    assert not whole.draws[[at(11, 11), at(10, 3), at(3, 10)]].any()
    assert whole.draws[at(0, 0)].mean() > whole.draws[at(3, 3)].mean() > 0


def test_a_share_of_the_draws_is_peace_even_in_the_midst_of_war(grid: History, fitted: FittedCellHurdle) -> None:
    deaths = grid.deaths.copy()
    deaths[at(0, 0)] += 5
    burning = replace(grid, deaths=deaths)
    never = replace(fitted, settings=replace(fitted.settings, peace=0.0))
    with_peace, without = (
        (make_forecast(burning, model=MODEL, horizons=HORIZONS, draws=60, seed=1, fitted=f).draws == 0)[at(0, 0)]
        for f in (fitted, never)
    )
    assert (with_peace.mean(axis=1) >= MODEL.settings.peace).all()
    assert (without.mean(axis=1) < with_peace.mean(axis=1)).all()


def test_a_history_without_deaths_is_forecast_at_zero(grid: History) -> None:
    peace = replace(grid, deaths=np.zeros_like(grid.deaths))
    assert not make_forecast(peace, model=MODEL, horizons=HORIZONS, draws=20, seed=1).draws.any()


@pytest.mark.parametrize("values", [500, 10_000])
def test_blocks_are_the_forecast_in_one_piece(
    grid: History, fitted: FittedCellHurdle, whole: Forecast, values: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid_stream, "VALUES_AT_ONCE", values)
    blocks = list(stream_forecast(grid, model=MODEL, horizons=HORIZONS, draws=50, seed=1, fitted=fitted))
    assert len(blocks) > 2
    assert max(block.draws.size for block in blocks) <= values
    joined = in_one_piece(blocks)
    assert np.array_equal(joined.draws, whole.draws)
    assert replace(joined, draws=whole.draws) == whole


def test_scores_of_blocks_are_those_of_the_whole(
    grid: History, fitted: FittedCellHurdle, whole: Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    came = rng.poisson(whole.draws.mean(axis=2) * 5)
    known = rng.random(came.shape) < 0.8
    known[:20] = False
    monkeypatch.setattr(grid_stream, "VALUES_AT_ONCE", 1500)
    blocks = stream_forecast(grid, model=MODEL, horizons=HORIZONS, draws=50, seed=1, fitted=fitted)
    streamed, at_once = (
        score_stream(blocks, came, seed=3, known=known),
        score_draws(whole.draws, came, seed=3, known=known),
    )
    assert streamed.as_dict() == pytest.approx(at_once.as_dict(), nan_ok=True)
    for name in ("crps", "ign", "pit", "p25"):
        assert np.allclose(getattr(streamed.units, name), getattr(at_once.units, name), equal_nan=True)


def test_a_stream_of_other_areas_is_not_scored(whole: Forecast) -> None:
    for areas in (20, 200):
        with pytest.raises(InputError, match="areas than"):
            score_stream([whole], np.zeros((areas, 3), dtype=np.int64), seed=1)
    with pytest.raises(InputError, match="no block"):
        in_one_piece([])


def test_a_hurdle_has_its_chance_and_its_sizes() -> None:
    draws = hurdle(np.array([0.3, 0.0, 1.0]), np.tile(np.arange(1, 11), (3, 1)), draws=1000)
    assert (draws > 0).mean(axis=1).tolist() == [0.3, 0.0, 1.0]
    assert draws[2].mean() == pytest.approx(5.5)
    assert repeated((np.array([1, 2]),), 0).shape == (1, 0)


def test_local_pools_hold_what_lies_around(grid: History) -> None:
    deaths = np.zeros_like(grid.deaths)
    deaths[at(2, 2), -1], deaths[at(2, 3), -20] = 9, 4
    here = replace(grid, deaths=deaths)
    pools = LocalPools.of(here, surroundings(here), np.array([at(2, 2), at(8, 8)]))
    assert pools.own_year[0].tolist() == [0] * 11 + [9]
    assert [pool.tolist() for pool in pools.deadly] == [[4, 9], [1]]


def test_months_of_one_draw_go_together_as_strongly_as_told() -> None:
    every = np.tile(np.arange(2000), (1, 2, 1))
    tied, loose = (in_own_courses(every, cells=np.array([5]), together=t, seed=1)[0] for t in (0.9, 0.0))
    assert np.asarray(np.corrcoef(tied))[0, 1] > 0.8
    assert abs(np.asarray(np.corrcoef(loose))[0, 1]) < 0.1
