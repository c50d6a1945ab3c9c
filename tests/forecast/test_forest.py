from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.forecast.contract import model_named
from tocsin.forecast.courses import in_courses
from tocsin.forecast.explain.situations import contributions, drivers, nearest_situations
from tocsin.forecast.features import features_of, lagged, months_since, trailing_max, trailing_mean
from tocsin.forecast.forest import QUANTILE_FOREST, FittedForest, ForestSettings
from tocsin.forecast.leaves import Leaves, even_levels
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

HORIZONS = (1, 2, 3, 4, 5, 6)


@pytest.fixture(scope="module")
def fitted(history: History) -> FittedForest:
    small = replace(QUANTILE_FOREST, settings=ForestSettings(trees=20, leaf=5))
    return small.fit(history, horizons=HORIZONS, seed=1)


def test_features_at_a_month_use_no_later_month(history: History) -> None:
    whole = features_of(history).values
    for cut in (30, 77):
        part = features_of(history.until(history.first + cut)).values
        assert np.array_equal(part, whole[:, : cut + 1])


def test_features_worked_by_hand() -> None:
    grid = np.array([[0.0, 6.0, 0.0, 3.0]])
    assert trailing_mean(grid, 3).tolist() == [[0.0, 3.0, 2.0, 3.0]]
    assert trailing_max(grid, 2).tolist() == [[0.0, 6.0, 6.0, 3.0]]
    assert lagged(grid, 1).tolist() == [[0.0, 0.0, 6.0, 0.0]]
    assert months_since(grid > 0).tolist() == [[240.0, 0.0, 1.0, 0.0]]


def test_quantiles_of_leaves_equal_the_weighted_ones_counted_by_hand() -> None:
    leaf = np.array([[1, 2], [1, 3], [4, 2]])  # three training rows, two trees
    leaves = Leaves.of(leaf, weight=np.array([1.0, 3.0, 1.0], dtype=np.float32), value=np.array([10, 0, 7]))
    query = np.array([[1, 2]])
    # tree 1 holds rows 0 and 1 with weights 1/4, 3/4; tree 2 holds rows 0 and 2 with 1/2 each:
    # 0 has 3/8 of the mass, 7 has 1/4, 10 has 3/8
    got = leaves.quantiles(query, np.array([0.1, 0.37, 0.38, 0.6, 0.63, 0.99]))
    assert got.tolist() == [[0, 0, 7, 7, 10, 10]]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_courses_keep_every_month_as_it_was(seed: int) -> None:
    rng = np.random.default_rng(seed)
    draws = np.sort(rng.integers(0, 4, (3, 11)), axis=1)
    out = in_courses(draws, rng.integers(0, 3, (3, 11)), rng=rng)
    assert np.array_equal(np.sort(out, axis=1), draws)


def test_courses_follow_their_template() -> None:
    draws = np.array([[0, 1, 2, 3], [10, 20, 30, 40]])
    template = np.array([[5, 6, 7, 8], [8, 7, 6, 5]])
    out = in_courses(draws, template, rng=np.random.default_rng(0))
    assert out.tolist() == [[0, 1, 2, 3], [40, 30, 20, 10]]


def test_moves_add_up_to_the_forecast(fitted: FittedForest, history: History) -> None:
    now = features_of(history).values[:, -1]
    moves = contributions(fitted, now, horizon=3)
    predicted = fitted.forest.predict(np.column_stack([now, np.full(len(now), 3.0)]))
    start = np.mean([tree.tree_.value[0, 0, 0] for tree in fitted.forest.estimators_])
    assert np.allclose(moves.sum(axis=1), predicted - start, atol=1e-6)
    why = drivers(fitted, history, area="6", horizon=3)
    assert np.isclose(sum(d.move for d in why), moves[5].sum())
    assert [abs(d.move) for d in why] == sorted((abs(d.move) for d in why), reverse=True)


def test_a_planted_cause_is_named() -> None:
    rng = np.random.default_rng(5)
    areas, months = 12, 200
    deaths = np.zeros((areas, months), dtype=np.int64)
    for a in range(0, areas, 2):  # an area's violence is its neighbour's of the month before
        deaths[a] = rng.poisson(60, months) * (rng.random(months) < 0.3)
        deaths[a + 1, 1:] = deaths[a, :-1]
    deaths[0, -1], deaths[1, -12:] = 500, 0
    names = tuple(f"a{i}" for i in range(areas))
    world = History(
        ids=AreaIds.ISO3, target="deaths_all", vintage="made up", areas=names, names=names, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones((areas, months), dtype=bool),
        neighbours=tuple((i + 1 if i % 2 == 0 else i - 1,) for i in range(areas)),
    )  # fmt: skip
    forest = replace(QUANTILE_FOREST, settings=ForestSettings(trees=40, leaf=5)).fit(world, horizons=(1,), seed=1)
    named = drivers(forest, world, area="a1", horizon=1)
    raising = [d for d in named if d.move > 0]
    assert raising[0].group == "its neighbours"


def test_nearest_situations_lie_in_the_past_and_apart(fitted: FittedForest, history: History) -> None:
    near = nearest_situations(fitted, history, area="7", horizon=3, months=6)
    assert len(near) == 3
    assert all(s.month < history.origin for s in near)
    assert sum(s.likeness for s in near) <= 1
    for i, one in enumerate(near):
        t, a = one.month - history.first, history.names.index(one.area)
        assert one.followed == tuple(history.deaths[a, t + 1 : t + 7].tolist())
        for other in near[i + 1 :]:
            assert one.area != other.area or abs(one.month - other.month) >= 12


def test_the_gate_makes_peace_exactly_zero(history: History) -> None:
    gated = replace(QUANTILE_FOREST, settings=ForestSettings(trees=20, gate=1.1))
    draws = gated.fit(history, horizons=(1,), seed=1).draw(history, draws=50, seed=1)
    assert not draws.any()


def test_the_own_share_repeats_the_own_last_year(history: History) -> None:
    own = replace(QUANTILE_FOREST, settings=ForestSettings(trees=5, own=1.0, gate=0.0))
    draws = own.fit(history, horizons=(1,), seed=1).draw(history, draws=12, seed=1)
    assert np.array_equal(np.sort(draws[:, 0], axis=1), np.sort(history.deaths[:, -12:], axis=1))


def test_draws_never_exceed_what_was_seen(fitted: FittedForest, history: History) -> None:
    draws = fitted.draw(history, draws=200, seed=1)
    assert draws.max() <= history.deaths.max()
    assert draws.shape == (8, 6, 200)


def test_months_that_go_together_in_history_go_together_in_draws(history: History) -> None:
    draws = model_named("quantile_forest").fit(history, horizons=HORIZONS, seed=1).draw(history, draws=400, seed=1)
    busiest = int(np.argmax(history.deaths[:, -12:].mean(axis=1)))
    later = draws[busiest].astype(float)
    assert np.corrcoef(later[1], later[2])[0, 1] > 0.1


def test_even_levels_are_symmetric() -> None:
    assert np.allclose(even_levels(7) + even_levels(7)[::-1], 1)
