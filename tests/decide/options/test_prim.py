from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from tocsin.api.benchmark_options import DIMENSIONS, INPUTS, PRIM_FILE, benchmark_options, read_cases
from tocsin.decide.options.prim import Box, Limit, _without_idle_bounds, find_box, peeling
from tocsin.errors import FileProblem, OutOfRange, TableProblem

if TYPE_CHECKING:
    from pathlib import Path


def futures(n: int = 1000, dimensions: int = 6, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((dimensions, n))


def test_a_planted_box_is_found() -> None:
    x = futures(2000)
    target = (x[1] > 0.6) & (x[4] < 0.5)
    found = find_box(x, target)
    assert found is not None
    limits = {limit.dimension: limit for limit in found.box.limits}
    assert set(limits) == {1, 4}
    assert limits[1].low == pytest.approx(0.6, abs=0.05)
    assert limits[4].high == pytest.approx(0.5, abs=0.05)
    assert limits[1].high is None
    assert limits[4].low is None
    assert found.box.coverage > 0.9
    assert found.box.density > 0.9


def test_a_stretch_in_the_middle_is_bounded_on_both_sides() -> None:
    x = futures(2000)
    found = find_box(x, (x[2] > 0.3) & (x[2] < 0.7))
    assert found is not None
    (limit,) = found.box.limits
    assert limit.low == pytest.approx(0.3, abs=0.06)
    assert limit.high == pytest.approx(0.7, abs=0.06)


def test_no_box_has_more_conditions_than_asked() -> None:
    x = futures(2000)
    target = np.asarray((x[:5] > 0.4).all(axis=0))
    for conditions in (1, 2, 3):
        assert all(len(box.limits) <= conditions for box in peeling(x, target, conditions=conditions))
    found = find_box(x, target, conditions=3)
    assert found is not None
    assert len(found.box.limits) == 3


def test_nothing_is_found_in_noise() -> None:
    x = futures(2000)
    target = np.random.default_rng(9).random(2000) < 0.5
    found = find_box(x, target)
    assert found is None or found.box.density < 0.6


@pytest.mark.parametrize("everything", [True, False])
def test_where_all_or_none_are_cases_there_is_nothing_to_find(everything: bool) -> None:  # noqa: FBT001  # a parameter
    assert find_box(futures(), np.full(1000, everything)) is None


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0.2, 0.8))
def test_coverage_density_and_mass_are_what_the_box_holds(seed: int, cut: float) -> None:
    x = futures(300, 4, seed)
    target = x[0] + 0.3 * x[1] > cut
    path = peeling(x, target, conditions=2)
    assert (path[0].coverage, path[0].mass) == (1.0, 1.0)
    for box in path:
        inside = box.holds(x)
        assert box.mass == pytest.approx(inside.mean())
        assert box.coverage == pytest.approx(target[inside].sum() / target.sum())
        assert box.density == pytest.approx(target[inside].mean())
    assert all(after.mass < before.mass for before, after in itertools.pairwise(path))


def test_the_order_and_the_units_of_inputs_do_not_matter() -> None:
    x = futures()
    target = (x[0] > 0.7) & (x[3] > 0.4)
    plain, turned = find_box(x, target), find_box(1000 * x[::-1] - 5, target)
    assert plain is not None
    assert turned is not None
    assert plain.box.density == turned.box.density
    assert {limit.dimension for limit in turned.box.limits} == {5 - limit.dimension for limit in plain.box.limits}


def test_one_peel_by_hand() -> None:
    x = np.arange(20.0)[None]
    path = peeling(x, np.arange(20) >= 10, conditions=1, peel=0.1)
    assert path[1].limits == (
        Limit(0, low=1.5),
    )  # two of twenty taken off, the bound between the last off and the next
    assert path[1].density == 10 / 18


def test_a_small_slice_that_gains_more_for_each_future_lost_goes_first() -> None:
    # half of the futures lie at 0 of the first input: losing all 50 raises the share from .5 to .6, .002 for each;
    # the five lowest of the second hold no case: losing them raises it to 50 / 95, .0053 for each
    target = np.zeros(100, dtype=bool)
    target[[*range(5, 25), *range(50, 80)]] = True
    x = np.stack([np.arange(100) >= 50, np.r_[0:5, np.random.default_rng(1).permutation(95) + 5]]).astype(float)
    assert [limit.dimension for limit in peeling(x, target, conditions=2)[1].limits] == [1]


def test_quasi_p_by_hand() -> None:
    x = futures(400, 2)
    target = x[0] > 0.75
    found = find_box(x, target, conditions=1)
    assert found is not None
    (limit,) = found.box.limits
    inside = Box((limit,), 0, 0, 0).holds(x)
    expected = binom.sf((inside & target).sum() - 1, inside.sum(), target.mean())
    assert limit.quasi_p_low == pytest.approx(expected)
    assert limit.quasi_p_high is None


def test_a_bound_that_may_be_chance_is_taken_away_beside_one_that_is_not() -> None:
    x = futures(2000)
    target = x[1] > 0.6
    idle = _without_idle_bounds(Box((Limit(1, low=0.6, high=0.999),), 1.0, 1.0, 0.4), x, target)
    assert idle.limits == (Limit(1, low=0.6),)
    assert idle.coverage == 1.0
    both = Box((Limit(2, low=0.3, high=0.7),), 1.0, 1.0, 0.4)
    assert _without_idle_bounds(both, x, (x[2] > 0.3) & (x[2] < 0.7)) is both


def test_a_peel_of_more_than_half_is_refused() -> None:
    with pytest.raises(OutOfRange, match="PRIM cannot search"):
        find_box(futures(), np.ones(1000, dtype=bool), peel=0.6)


@pytest.mark.data
def test_the_box_of_bryant_and_lempert(shared_data: Path) -> None:
    x, target = read_cases(shared_data / "oracles" / PRIM_FILE)
    assert target.sum() == 89
    for most in (4, 9):
        found = find_box(x, target, conditions=most)
        assert found is not None
        assert tuple(sorted(INPUTS[limit.dimension] for limit in found.box.limits)) == DIMENSIONS
        assert found.box.coverage == pytest.approx(0.7528, abs=5e-5)
        assert found.box.density == pytest.approx(0.7701, abs=5e-5)


@pytest.mark.data
def test_every_figure_of_the_benchmark_passes(shared_data: Path) -> None:
    rows = benchmark_options(shared_data / "oracles")
    assert [row.figure for row in rows if not row.ok] == []
    assert {row.part for row in rows} == {"prim", "weights", "smaa", "regret", "dominance", "futures"}


def test_a_folder_without_the_file_or_with_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="there is no such file"):
        benchmark_options(tmp_path)
    (tmp_path / PRIM_FILE).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="not found"):
        benchmark_options(tmp_path)
