from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import InputError, OutOfRange
from tocsin.forecast.reconciled.reconcile import adding_up, in_step, like_courses, past_courses, reconciled_draws

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

SIZES = st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(1, 20))


@given(size=SIZES, seed=st.integers(0, 2**16), still=st.floats(0, 1), top=st.sampled_from([1, 5, 10_000, 2**31 - 1]))
@settings(max_examples=80, deadline=None)
def test_parts_add_up_in_every_draw_whatever_the_draws(
    size: tuple[int, int, int], seed: int, still: float, top: int
) -> None:
    rng = np.random.default_rng(seed)
    parts = rng.integers(0, top, size, endpoint=True) * (rng.random(size) > still)
    whole = rng.integers(0, top, size[1:], endpoint=True) * (rng.random(size[1:]) > still)
    found = reconciled_draws(parts, whole, template=parts, fallback=np.ones(size[0]), seed=seed)
    assert np.array_equal(found.sum(axis=0), whole)
    assert (found >= 0).all()


def test_a_part_at_zero_in_a_draw_stays_at_zero() -> None:
    parts = np.array([[[3, 0]], [[0, 5]], [[1, 0]]])
    found = adding_up(parts, np.array([[11, 2]]), rng=np.random.default_rng(0))
    assert found[1, 0, 0] == 0
    assert found[:, 0, 1].tolist() == [0, 2, 0]
    assert found[:, 0, 0].tolist() == [8, 0, 3]


def test_a_part_that_never_has_deaths_gets_none_while_another_can_take_them() -> None:
    parts = np.zeros((3, 1, 100), dtype=np.int64)
    parts[1, 0, 0] = 4
    found = adding_up(parts, np.full((1, 100), 6), rng=np.random.default_rng(0))
    assert found.sum(axis=2).ravel().tolist() == [0, 600, 0]


def test_deaths_without_a_place_fall_by_expected_share() -> None:
    parts = np.zeros((2, 1, 3000), dtype=np.int64)
    parts[0, 0, :300], parts[1, 0, :100] = 1, 1
    found = adding_up(parts, np.ones((1, 3000), dtype=np.int64), rng=np.random.default_rng(0))
    assert 0.72 < found[0, 0, 300:].mean() < 0.78


def test_the_unknown_takes_what_no_part_is_expected_to_have() -> None:
    whole, parts = np.array([[5, 0]]), np.zeros((2, 1, 2), dtype=np.int64)
    found = reconciled_draws(parts, whole, fallback=np.array([0.0, 1.0]), seed=1)
    assert found.tolist() == [[[0, 0]], [[5, 0]]]
    with pytest.raises(OutOfRange, match="no part can take"):
        reconciled_draws(parts, whole, seed=1)


def test_draws_that_agree_already_are_left_as_they_are() -> None:
    parts = np.random.default_rng(3).poisson(3, (4, 2, 50))
    assert np.array_equal(adding_up(parts, parts.sum(axis=0), rng=np.random.default_rng(0)), parts)


def test_ties_of_remainders_favour_no_part() -> None:
    parts = np.ones((4, 1, 4000), dtype=np.int64)
    found = adding_up(parts, np.ones((1, 4000), dtype=np.int64), rng=np.random.default_rng(0))
    assert found.sum(axis=2).ravel() == pytest.approx(1000, abs=110)


def test_the_order_alone_changes_no_part_s_own_distribution() -> None:
    rng = np.random.default_rng(0)
    parts, whole = rng.poisson(5, (3, 2, 40)), rng.poisson(15, (2, 40))
    template = rng.poisson(5, (3, 2, 40))
    found = in_step(like_courses(parts, template, rng=rng), whole, rng=rng)
    assert np.array_equal(np.sort(found, axis=2), np.sort(parts, axis=2))
    totals = found.sum(axis=0)
    low, high = totals[0][whole[0] < np.median(whole[0])], totals[0][whole[0] > np.median(whole[0])]
    assert low.max() <= high.min()


def correlation(parts: NDArray[np.int64]) -> float:
    return float(np.asarray(np.corrcoef(parts[:, 0]))[0, 1])


def test_parts_rise_together_as_their_past_did() -> None:
    rng = np.random.default_rng(0)
    parts = rng.poisson(5, (2, 1, 500))
    together = np.repeat(np.arange(500)[None, None, :], 2, axis=0)
    found = like_courses(parts, together, rng=rng)
    assert correlation(found) > 0.9
    assert abs(correlation(parts)) < 0.2


def test_past_courses_are_real_ones(history: History) -> None:
    courses = past_courses(history, horizons=(3, 4, 6), draws=30, seed=2)
    assert courses.shape == (8, 3, 30)
    deaths = history.deaths
    real = {deaths[:, [t, t + 1, t + 3]].tobytes() for t in range(deaths.shape[1] - 3)}
    assert all(courses[:, :, d].tobytes() in real for d in range(30))


def test_the_same_seed_reconciles_the_same_way() -> None:
    rng = np.random.default_rng(0)
    parts, whole = rng.poisson(1, (5, 3, 60)), rng.poisson(5, (3, 60))
    one, two = (reconciled_draws(parts, whole, fallback=np.ones(5), seed=4) for _ in range(2))
    assert np.array_equal(one, two)


def test_shapes_that_do_not_match_are_refused() -> None:
    with pytest.raises(InputError, match="whole"):
        reconciled_draws(np.zeros((2, 3, 4), dtype=np.int64), np.zeros((3, 5), dtype=np.int64), seed=1)
