"""Exact plans against hand-worked instances, against every plan there is, and against what must always hold."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import OutOfRange
from tocsin.mission import p_median
from tocsin.mission.covering import most_covered
from tocsin.mission.interchange import cost_of
from tocsin.mission.lagrangian import Priced, priced
from tocsin.mission.near_best import near_best
from tocsin.mission.p_median import least_distance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@st.composite
def problems(draw: st.DrawFn, *, whole: bool = True) -> tuple[Numbers, Numbers, int, tuple[int, ...]]:
    """Distances, weights, sites to add and fixed sites."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    points, sites = draw(st.integers(2, 14)), draw(st.integers(2, 8))
    distance = rng.integers(0, 30, (points, sites)).astype(float)
    weight = rng.integers(0, 9, points).astype(float)
    if not whole:
        distance, weight = distance + rng.random(distance.shape), weight + rng.random(points)
    fixed = tuple(range(draw(st.integers(0, min(2, sites - 1)))))
    return distance, weight, draw(st.integers(1, sites - len(fixed))), fixed


def every_plan(sites: int, add: int, fixed: tuple[int, ...]) -> list[tuple[int, ...]]:
    return list(combinations([j for j in range(sites) if j not in fixed], add))


def covered(distance: Numbers, weight: Numbers, plan: tuple[int, ...]) -> float:
    return float(weight[(distance[:, list(plan)] <= 8).any(axis=1)].sum())


@settings(max_examples=60, deadline=None)
@given(problems())
def test_covering_is_the_best_of_every_plan(problem: tuple[Numbers, Numbers, int, tuple[int, ...]]) -> None:
    distance, weight, add, fixed = problem
    best = most_covered(distance <= 8, weight, add=add, fixed=fixed)
    assert best.proven
    assert set(fixed) <= set(best.sites)
    assert len(best.sites) == add + len(fixed)
    assert best.objective == pytest.approx(covered(distance, weight, best.sites))
    assert best.objective == max(
        covered(distance, weight, (*fixed, *p)) for p in every_plan(distance.shape[1], add, fixed)
    )
    assert best.heuristic <= best.objective


@pytest.mark.parametrize("whole", [True, False])
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_p_median_is_the_best_of_every_plan(whole: bool, data: st.DataObject) -> None:  # noqa: FBT001
    distance, weight, add, fixed = data.draw(problems(whole=whole))
    best = least_distance(distance, weight, add=add, fixed=fixed)
    cost = weight[:, None] * distance
    assert best.proven
    assert set(fixed) <= set(best.sites)
    assert len(set(best.sites)) == add + len(fixed)
    assert best.objective == pytest.approx(cost_of(cost, best.sites))
    least = min(cost_of(cost, (*fixed, *p)) for p in every_plan(distance.shape[1], add, fixed))
    assert best.objective == pytest.approx(least, abs=1e-6)
    assert best.heuristic >= best.objective


@pytest.mark.parametrize("few", [0, 20], ids=["radii", "branching"])
@pytest.mark.parametrize(("places", "sites", "seed"), [(40, 3, 1), (40, 3, 2), (60, 3, 3), (60, 2, 5)])
@pytest.mark.parametrize(("fixed", "whole"), [((), True), ((), False), ((7,), True), ((7,), False)])
def test_p_median_where_the_bound_leaves_a_gap(
    monkeypatch: pytest.MonkeyPatch,
    *,
    places: int,
    sites: int,
    seed: int,
    few: int,
    fixed: tuple[int, ...],
    whole: bool,
) -> None:
    monkeypatch.setattr(p_median, "FEW", few)
    monkeypatch.setattr(p_median, "priced", partial(_barely_priced, priced))
    at = np.random.default_rng(seed).random((places, 2))
    cost = 100 * np.hypot(*(np.subtract.outer(axis, axis) for axis in at.T))
    cost = np.round(cost) if whole else cost
    add = sites - len(fixed)
    best = p_median.least_distance(cost, np.ones(places), add=add, fixed=fixed)
    every = combinations([j for j in range(places) if j not in fixed], add)
    assert best.proven
    assert len(set(best.sites)) == sites
    assert best.objective == pytest.approx(min(cost[:, [*fixed, *plan]].min(axis=1).sum() for plan in every))


def _barely_priced(real: Callable[..., Priced], cost: Numbers, plan: Sequence[int], **asked: Any) -> Priced:
    """A poor plan, and a bound no better than its prices at the start, so that the search has work to do."""
    found = real(cost, plan, **asked)
    poor = [*asked["fixed"], *asked["free"][: asked["add"]]]
    price = found.multipliers * 0.9
    reduced = np.minimum(cost[:, asked["free"]] - price[:, None], 0).sum(axis=0)
    kept = np.minimum(cost[:, list(asked["fixed"])] - price[:, None], 0).sum()
    bound = float(price.sum() + kept + np.sort(reduced)[: asked["add"]].sum())
    return Priced(bound, price, reduced, tuple(poor), cost_of(cost, poor))


@settings(max_examples=40, deadline=None)
@given(problems(), st.floats(0, 0.5))
def test_the_list_of_plans_nearly_as_good_is_whole(
    problem: tuple[Numbers, Numbers, int, tuple[int, ...]], share: float
) -> None:
    distance, weight, add, fixed = problem
    cost = weight[:, None] * distance
    every = {p: cost_of(cost, (*fixed, *p)) for p in every_plan(distance.shape[1], add, fixed)}
    limit = (1 + share) * min(every.values())
    found = near_best(cost, add=add, limit=limit, fixed=fixed)
    assert found.more is False
    assert set(found.plans) == {p for p, value in every.items() if value <= limit + 1e-9}
    assert list(found.costs) == sorted(found.costs)
    assert found.in_every == frozenset.intersection(*map(frozenset, found.plans))


@settings(max_examples=40, deadline=None)
@given(problems(whole=False), st.integers(1, 5))
def test_a_list_that_is_full_holds_the_best_and_says_there_are_more(
    problem: tuple[Numbers, Numbers, int, tuple[int, ...]], most: int
) -> None:
    distance, weight, add, fixed = problem
    cost = weight[:, None] * distance
    every = sorted(cost_of(cost, (*fixed, *p)) for p in every_plan(distance.shape[1], add, fixed))
    found = near_best(cost, add=add, limit=float(cost.sum()) + 1, fixed=fixed, most=most)
    assert list(found.costs) == pytest.approx(every[:most])
    assert found.more is (len(every) > most)


def test_a_search_that_ends_early_says_so_and_keeps_the_plan_it_was_given() -> None:
    cost = np.random.default_rng(0).random((20, 12))
    found = near_best(cost, add=4, limit=20.0, known=(1, 2, 3, 4), looks=1)
    assert found.more is None
    assert found.plans == ((1, 2, 3, 4),)


@settings(max_examples=30, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_order_of_candidates_changes_no_objective_and_more_sites_never_hurt(
    problem: tuple[Numbers, Numbers, int, tuple[int, ...]], chance: object
) -> None:
    distance, weight, _, _ = problem
    order = list(range(distance.shape[1]))
    chance.shuffle(order)  # type: ignore[attr-defined]
    cover = [most_covered(distance <= 8, weight, add=p).objective for p in range(1, len(order) + 1)]
    median = [least_distance(distance, weight, add=p).objective for p in range(1, len(order) + 1)]
    assert cover == sorted(cover)
    assert median == sorted(median, reverse=True)
    assert most_covered(distance[:, order] <= 8, weight, add=1).objective == cover[0]
    assert least_distance(distance[:, order], weight, add=1).objective == median[0]


def test_what_may_not_be_chosen_is_not_chosen() -> None:
    distance = np.array([[0.0, 5, 9], [5, 0, 9], [9, 9, 0]])
    assert most_covered(distance <= 1, np.array([9.0, 5, 1]), add=1, allowed=[1, 2]).sites == (1,)
    assert least_distance(distance, np.array([9.0, 5, 1]), add=1, allowed=[1, 2]).sites == (1,)


def test_a_time_limit_gives_both_bounds_and_claims_nothing() -> None:
    at = np.random.default_rng(4).random((150, 2))
    cost = np.hypot(*(np.subtract.outer(axis, axis) for axis in at.T))
    short = least_distance(cost, np.ones(150), add=6, seconds=1e-6)
    whole = least_distance(cost, np.ones(150), add=6)
    assert whole.proven
    assert short.bound <= whole.objective + 1e-9 <= short.objective + 2e-9
    assert short.proven == (short.status == "optimal")
    assert short.proven or short.gap > 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"add": 9}, "9 sites cannot be added: 3 candidates are free"),
        ({"add": -1}, "-1 sites cannot be added"),
        ({"fixed": [7]}, r"a site lies outside 0\.\.2"),
        ({"weight": np.array([1.0, -1, 1])}, "a weight is negative"),
        ({"weight": np.array([1.0, np.nan, 1])}, "not finite"),
        ({"weight": np.ones(4)}, "do not fit 4 weights"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, object], words: str) -> None:
    asked: dict[str, Any] = {"weight": np.ones(3), "add": 1, **change}
    weight = asked.pop("weight")
    with pytest.raises(OutOfRange, match=words):
        most_covered(np.eye(3, dtype=bool), weight, **asked)
    with pytest.raises(OutOfRange, match=words):
        least_distance(np.eye(3), weight, **asked)


def test_a_plan_without_any_site_or_with_endless_ways_is_refused() -> None:
    with pytest.raises(OutOfRange, match="without any site"):
        least_distance(np.eye(3), np.ones(3), add=0)
    with pytest.raises(OutOfRange, match="distance is negative or not finite"):
        least_distance(np.full((3, 3), np.inf), np.ones(3), add=1)
