from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.decide.options.made_up_choice import viewpoint

from tocsin.decide.options.smaa import rescaled, smaa
from tocsin.decide.options.weights import ordinal_weights, viewpoint_weights
from tocsin.errors import OutOfRange

FIGURES = st.floats(-1e3, 1e3).map(lambda x: round(x, 3))


def weights(groups: list[list[int]], *, criteria: int, draws: int = 20_000) -> np.ndarray:
    return ordinal_weights(groups, criteria=criteria, draws=draws, rng=np.random.default_rng(5))


@given(order=st.permutations(range(5)), named=st.integers(0, 5), cut=st.integers(0, 5))
def test_weights_lie_on_the_simplex_and_in_order(order: list[int], named: int, cut: int) -> None:
    groups = [group for group in (order[: min(cut, named)], *([n] for n in order[min(cut, named) : named])) if group]
    drawn = weights(groups, criteria=5, draws=300)
    assert (drawn >= 0).all()
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    for above, below in itertools.pairwise(groups):
        assert (drawn[:, above].min(axis=1) >= drawn[:, below].max(axis=1) - 1e-12).all()
    for group in groups:
        assert np.ptp(drawn[:, group], axis=1).max() < 1e-12
    rest = [n for n in range(5) if n not in order[:named]]
    if groups and rest:
        assert (drawn[:, groups[-1]].min(axis=1) >= drawn[:, rest].max(axis=1) - 1e-12).all()


def test_means_of_weights_by_hand() -> None:
    assert weights([[0], [1], [2]], criteria=3).mean(axis=0).tolist() == pytest.approx(
        [11 / 18, 5 / 18, 2 / 18], abs=0.01
    )
    assert weights([], criteria=4).mean(axis=0).tolist() == pytest.approx([0.25] * 4, abs=0.01)
    # corners (1, 0, 0) and (1/3, 1/3, 1/3): the middle of the edge
    assert weights([[0], [1, 2]], criteria=3).mean(axis=0).tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=0.01)
    # one criterion named: it is the largest of three, the others in any order below
    assert weights([[0]], criteria=3).mean(axis=0).tolist() == pytest.approx([11 / 18, 3.5 / 18, 3.5 / 18], abs=0.01)


def test_ordered_weights_are_the_sorted_even_draws() -> None:
    # an even draw of the simplex, sorted, is an even draw of its ordered part
    ordered = weights([[0], [1], [2]], criteria=3)
    plain = -np.sort(-weights([], criteria=3), axis=1)
    for level in (0.1, 0.5, 0.9):
        assert np.quantile(ordered, level, axis=0).tolist() == pytest.approx(
            np.quantile(plain, level, axis=0).tolist(), abs=0.02
        )


def test_a_viewpoint_passes_over_criteria_that_are_not_compared() -> None:
    drawn = viewpoint_weights(viewpoint("v", ("b",), ("gone",), ("a",)), criteria=["a", "b"], draws=100, seed=1)
    assert (drawn[:, 1] >= drawn[:, 0]).all()
    assert viewpoint_weights(None, criteria=["a", "b"], draws=100, seed=1)[:, 0].min() < 0.1


def test_rank_acceptabilities_by_hand() -> None:
    # the first leads by 1 on one criterion, the second by .6 on the other: it is first where its weight is above 3/8
    partial = np.array([[[1.0], [0.0]], [[0.0], [0.6]]])
    done = smaa(partial, weights=np.array([[w, 1 - w] for w in (0.1, 0.3, 0.4, 0.7, 0.9)]))
    assert done.acceptability.tolist() == [[0.6, 0.4], [0.4, 0.6]]
    np.testing.assert_allclose(done.central, [[2 / 3, 1 / 3], [0.2, 0.8]])
    assert done.confidence.tolist() == [1.0, 1.0]


def test_an_alternative_that_no_weighting_prefers_has_no_central_weights() -> None:
    done = smaa(np.array([[[1.0], [1.0]], [[0.0], [0.5]]]), weights=weights([], criteria=2, draws=50))
    assert np.isnan(done.central[1]).all()
    assert np.isnan(done.confidence[1])
    assert done.acceptability.tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_equal_alternatives_share_their_ranks() -> None:
    partial = np.array([[[0.5], [0.5]], [[1.0], [1.0]], [[0.5], [0.5]]])
    done = smaa(partial, weights=np.array([[0.25, 0.75]]))
    assert done.acceptability.tolist() == [[0, 0.5, 0.5], [1, 0, 0], [0, 0.5, 0.5]]


@settings(deadline=None)
@given(arrays(float, (4, 3, 6), elements=FIGURES), st.integers(0, 99))
def test_ranks_add_up_both_ways_and_follow_the_alternatives(values: np.ndarray, seed: int) -> None:
    drawn = ordinal_weights([], criteria=3, draws=24, rng=np.random.default_rng(seed))
    partial = rescaled(values, up=[True, False, True])
    done = smaa(partial, weights=drawn)
    np.testing.assert_allclose(done.acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(done.acceptability.sum(axis=1), 1)
    np.testing.assert_allclose(done.first.sum(axis=0), 1)
    turned = smaa(partial[::-1], weights=drawn)
    np.testing.assert_allclose(turned.acceptability[::-1], done.acceptability)


@settings(deadline=None)
@given(arrays(float, (3, 2, 5), elements=FIGURES), st.floats(0.01, 100), st.floats(-1000, 1000))
def test_another_unit_or_zero_point_changes_no_value(values: np.ndarray, scale: float, shift: float) -> None:
    if (np.ptp(values, axis=(0, 2)) < 1).any():
        return
    other = values * np.array([scale, 1.0])[:, None] + np.array([shift, 0.0])[:, None]
    np.testing.assert_allclose(rescaled(other, up=[True, False]), rescaled(values, up=[True, False]), atol=1e-8)


def test_rescaling_by_hand() -> None:
    made = rescaled(np.array([[[0.0, 10.0], [4.0, 4.0]], [[5.0, 5.0], [2.0, 6.0]]]), up=[True, False])
    assert made.tolist() == [[[0, 1], [0.5, 0.5]], [[0.5, 0.5], [1, 0]]]
    flat = rescaled(np.full((2, 1, 3), 7.0), up=[True])
    assert (flat == 0).all()


def test_weightings_that_do_not_cover_the_futures_are_refused() -> None:
    with pytest.raises(OutOfRange, match="do not cover 3 futures"):
        smaa(np.zeros((2, 1, 3)), weights=np.ones((4, 1)))
