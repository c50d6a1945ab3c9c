"""What a probability is made of, by parts that add up; a planted cause is the first of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.forecast.contract import model_named
from tocsin.forecast.explain.changed import (
    around,
    capped,
    continued,
    neighbours_at,
    only_here,
    with_middling_drivers,
    without_last_year,
    without_record_before,
)
from tocsin.forecast.explain.parts import DRAWN_AGAIN, LAST_YEAR, NEIGHBOURS, OTHER_MEMBERS, parts_of, shapley
from tocsin.forecast.explain.redrawn import forest_in, redrawn
from tocsin.forecast.features import features_of
from tocsin.forecast.forest import QUANTILE_FOREST, FittedForest, ForestSettings
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

HORIZONS = (1, 2, 3, 4)
ASKED = Question(2, 50)


@pytest.fixture(scope="module")
def fitted(history: History) -> FittedForest:
    small = replace(QUANTILE_FOREST, settings=ForestSettings(trees=15, leaf=5))
    return small.fit(history, horizons=HORIZONS, seed=1)


def planted() -> History:
    """Odd areas' violence is their even neighbour's of the month before; a1 is quiet, its neighbour has just burst out."""
    rng = np.random.default_rng(5)
    areas, months = 12, 160
    deaths = np.zeros((areas, months), dtype=np.int64)
    for a in range(0, areas, 2):
        deaths[a] = rng.poisson(60, months) * (rng.random(months) < 0.3)
        deaths[a + 1, 1:] = deaths[a, :-1]
    deaths[0, -1], deaths[1, -12:] = 500, 0
    names = tuple(f"a{i}" for i in range(areas))
    return History(
        ids=AreaIds.ISO3, target="deaths_all", vintage="made up", areas=names, names=names, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones((areas, months), dtype=bool),
        neighbours=tuple((i + 1 if i % 2 == 0 else i - 1,) for i in range(areas)),
    )  # fmt: skip


def test_what_is_drawn_again_is_what_the_model_draws(fitted: FittedForest, history: History) -> None:
    for area in (0, 5):
        alone = only_here(history, area=area)
        ahead = fitted.draw(alone, draws=200, seed=3)[:, : ASKED.months]
        said = ASKED.holds(ahead, history.deaths[[area], -12:].mean(axis=1)).mean()
        again = redrawn(fitted, [history, history], area=area, asked=ASKED, draws=200, seed=3)
        assert again.tolist() == [said, said]


def test_the_area_with_its_neighbours_has_the_features_it_has_among_all(history: History) -> None:
    slow = np.full(history.deaths.shape, np.nan)
    slow[:3] = 7.0
    slow[0] = 1.0
    world = replace(history, slow={"income": slow}, signals={"events": 2 * history.deaths.astype(np.float64)})
    for area in (0, 5):
        small, place = around(world, area=area)
        assert np.allclose(features_of(small).values[place], features_of(world).values[area])


@pytest.mark.parametrize("area", ["2", "6", "8"])
def test_parts_and_base_add_up_to_the_probability(fitted: FittedForest, history: History, area: str) -> None:
    found = parts_of(fitted, history, area=area, asked=ASKED, p=0.4321, draws=100)
    assert found.base + sum(part.share for part in found.parts) == pytest.approx(0.4321, abs=1e-12)
    assert [abs(p.share) for p in found.parts] == sorted((abs(p.share) for p in found.parts), reverse=True)


def test_the_base_is_what_the_model_says_of_a_quiet_place(fitted: FittedForest, history: History) -> None:
    quiet = without_last_year(without_record_before(history, area=5), area=5)
    quiet.deaths[list(history.neighbours[5])] = 0
    said = redrawn(fitted, [quiet], area=5, asked=ASKED, draws=100, seed=1)[0]
    assert parts_of(fitted, history, area="6", asked=ASKED, p=0.4, draws=100).base == said


def test_a_planted_cause_is_the_first_part() -> None:
    world = planted()
    forest = replace(QUANTILE_FOREST, settings=ForestSettings(trees=30, leaf=5)).fit(world, horizons=(1,), seed=1)
    asked = Question(1, 25)
    p = float(redrawn(forest, [world], area=1, asked=asked, draws=100, seed=1)[0])
    found = parts_of(forest, world, area="a1", asked=asked, p=p, draws=100)
    assert next(part.share for part in found.parts if part.group == DRAWN_AGAIN) == pytest.approx(0)
    assert found.parts[0].group == NEIGHBOURS
    assert found.parts[0].share > 0.6 * (p - found.base) > 0.05
    assert "points its neighbours" in found.words


def test_a_model_without_a_forest_is_asked_itself(history: History) -> None:
    model = model_named("negative_binomial").fit(history, horizons=HORIZONS, seed=1)
    busiest = int(np.argmax(history.deaths[:, -12:].mean(axis=1)))
    p = float(redrawn(model, [history], area=busiest, asked=ASKED, draws=400, seed=1)[0])
    found = parts_of(model, history, area=history.areas[busiest], asked=ASKED, p=p, draws=400)
    assert found.parts[0].group == LAST_YEAR
    shares = {part.group: part.share for part in found.parts}
    assert abs(shares[NEIGHBOURS]) < 0.05, "the negative binomial sees no neighbours"


def test_what_drawing_again_changes_is_a_part_and_spread_over_no_other(fitted: FittedForest, history: History) -> None:
    one, other = (parts_of(fitted, history, area="6", asked=ASKED, p=p, draws=100) for p in (0.2, 0.7))
    gaps = {part.group: part.share for part in other.parts}
    for part in one.parts:
        apart = 0.5 if part.group == DRAWN_AGAIN else 0.0
        assert gaps[part.group] - part.share == pytest.approx(apart)


def test_what_other_members_of_a_pool_add_is_a_part(fitted: FittedForest, history: History) -> None:
    class Pool:
        grown = fitted

        def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
            return fitted.draw(history, draws=draws, seed=seed)

    found = parts_of(Pool(), history, area="6", asked=ASKED, p=0.9, draws=100)
    alone = redrawn(fitted, [history], area=5, asked=ASKED, draws=100, seed=1)[0]
    [other] = [part for part in found.parts if part.group == OTHER_MEMBERS]
    assert other.share == pytest.approx(0.9 - alone)
    assert found.base + sum(part.share for part in found.parts) == pytest.approx(0.9)
    assert forest_in(Pool()) is fitted


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_shares_add_up_and_an_idle_group_has_none(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    groups = [f"g{i}" for i in range(n)]
    sets = [frozenset(c) for size in range(n + 1) for c in combinations(groups, size)]
    busy = {s: float(rng.random()) for s in sets if "g0" not in s}
    said = {s: busy[s - {"g0"}] for s in sets}
    shares = shapley(said, groups)
    assert sum(shares.values()) == pytest.approx(said[frozenset(groups)] - said[frozenset()])
    assert shares["g0"] == pytest.approx(0)


def test_changes_touch_what_they_name_and_nothing_else(history: History) -> None:
    world = replace(
        history,
        signals={"events": 2 * history.deaths.astype(np.float64)},
        slow={"income": history.deaths.astype(np.float64)},
    )
    kept = world.deaths.copy()
    later = continued(world, months=3)
    assert np.array_equal(later.deaths[:, -3:], kept[:, -3:])
    assert later.origin == world.origin + 3
    low = capped(later, area=5, months=3, most=2)
    assert low.deaths[5, -3:].max() <= 2
    assert np.array_equal(np.delete(low.deaths, 5, axis=0), np.delete(later.deaths, 5, axis=0))
    assert np.array_equal(low.deaths[5, :-3], later.deaths[5, :-3])
    fell = later.deaths[5, -3:] > 0
    assert np.allclose(low.signals["events"][5, -3:][fell], 2.0 * low.deaths[5, -3:][fell])
    half = neighbours_at(later, area=5, months=3, share=0.5)
    changed = np.flatnonzero((half.deaths != later.deaths).any(axis=1))
    assert set(changed) <= {4, 6}
    assert len(np.unique(with_middling_drivers(world, area=5).slow["income"][5])) == 1
    assert np.array_equal(world.deaths, kept), "a history is never written into"
