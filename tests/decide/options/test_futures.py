from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decide.options.made_up_choice import criterion, effect, option, small

from tocsin.case.cells import Range
from tocsin.decide.options.combinations import alternatives
from tocsin.decide.options.futures import Futures, Kind, draw_futures, latin_hypercube
from tocsin.decide.options.outcomes import outcomes
from tocsin.decide.options.spread import combined_rank, triangle
from tocsin.errors import CaseProblem, OutOfRange, UnknownName

if TYPE_CHECKING:
    from tocsin.case.options import Choice


def drawn(choice: Choice, *, futures: int = 200, seed: int = 1) -> Futures:
    return draw_futures(choice, alternatives(choice).rows, futures=futures, seed=seed)


@given(futures=st.integers(50, 400), seed=st.integers(0, 1000))
def test_each_stratum_is_met_once(futures: int, seed: int) -> None:
    ranks = latin_hypercube(["a", "b", "c"], futures=futures, seed=seed)
    met = np.sort(np.floor(ranks * futures).astype(int), axis=1)
    assert (met == np.arange(futures)).all()


def test_inputs_are_shuffled_apart_from_one_another() -> None:
    ranks = latin_hypercube([f"input {n}" for n in range(12)], futures=2000, seed=1)
    apart = np.asarray(np.corrcoef(ranks))[np.triu_indices(12, 1)]
    assert np.abs(apart).max() < 0.1
    assert np.unique(ranks[:, 0]).size == 12


def test_a_further_option_changes_no_input_that_was_there() -> None:
    more = small(options=(option("new"), *small().options), effects=(effect("new", "gain", 1, 2, 3), *small().effects))
    before, after = drawn(small()), drawn(more)
    row = after.row()
    for number, known in enumerate(before.inputs):
        np.testing.assert_array_equal(before.rank[number], after.rank[row[known.key]])


def test_another_seed_gives_other_futures_and_the_same_seed_the_same() -> None:
    np.testing.assert_array_equal(drawn(small()).rank, drawn(small()).rank)
    assert (drawn(small()).rank != drawn(small(), seed=2).rank).all()


def test_what_differs_is_each_uncertainty_and_each_range_of_an_effect_that_hangs_on_none() -> None:
    assert [(i.kind, i.of, i.criterion) for i in drawn(small()).inputs] == [
        (Kind.UNCERTAINTY, "storm", None), (Kind.EFFECT, "go", "gain"),
    ]  # fmt: skip


def test_values_of_inputs_are_in_their_own_units() -> None:
    storm, gain = drawn(small(), futures=1000).values()
    assert 0 <= storm.min() < 0.01
    assert 9.99 < storm.max() <= 10
    assert storm.mean() == pytest.approx(5.0, abs=0.01)
    assert gain.min() >= 10
    assert gain.max() <= 30


@pytest.mark.parametrize("futures", [0, 49, 200_001])
def test_too_few_or_too_many_futures_are_refused(futures: int) -> None:
    with pytest.raises(OutOfRange, match="cannot be tested"):
        drawn(small(), futures=futures)


@given(
    numbers=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    ranks=st.lists(st.floats(0, 1), min_size=2, max_size=20).map(sorted),
)
def test_a_triangle_keeps_its_range_and_its_order(numbers: list[float], ranks: list[float]) -> None:
    values = triangle(np.array(ranks), within=Range(*numbers))
    slack = 1e-9 * (1 + abs(numbers[0]) + abs(numbers[2]))
    assert (np.diff(values) >= -slack).all()
    assert values.min() >= numbers[0] - slack
    assert values.max() <= numbers[2] + slack


def test_a_triangle_by_hand() -> None:
    # low 0, mid 2, high 10: a fifth of the ranks lie below the middle
    made = triangle(np.array([0.0, 0.05, 0.2, 0.8, 1.0]), within=Range(0.0, 2.0, 10.0))
    assert made.tolist() == pytest.approx([0.0, 1.0, 2.0, 6.0, 10.0])
    assert triangle(np.array([0.25]), within=Range(0.0, 0.0, 4.0)).tolist() == pytest.approx([4 - np.sqrt(12)])


def test_a_combined_rank_is_spread_evenly_and_moves_with_both() -> None:
    grid = (np.arange(500) + 0.5) / 500
    rises, falls = np.meshgrid(grid, grid)
    made = combined_rank(rises, falls)
    assert np.quantile(made, [0.1, 0.25, 0.5, 0.9]).tolist() == pytest.approx([0.1, 0.25, 0.5, 0.9], abs=0.003)
    assert (np.diff(made, axis=1) > 0).all()
    assert (np.diff(made, axis=0) < 0).all()


def value_of(choice: Choice) -> tuple[np.ndarray, np.ndarray]:
    """The uncertainty and go's harm in each future."""
    futures = drawn(choice)
    done = outcomes(choice, alternatives(choice).rows, futures)
    return futures.values()[0], done.values[0, 1]


@pytest.mark.parametrize(("tie", "sign"), [("rises_with", 1), ("falls_with", -1)])
def test_a_tied_value_moves_with_its_uncertainty_alone(tie: str, sign: int) -> None:
    effects = (*small().effects[:2], effect("go", "harm", 0, 50, 100, **{tie: "storm"}), small().effects[3])
    storm, harm = value_of(small(effects=effects))
    order = np.argsort(storm)
    assert (np.diff(harm[order]) * sign > 0).all()
    near = np.argmin(np.abs(storm - 5))
    assert harm[near] == pytest.approx(50, abs=1)


def test_an_effect_on_what_the_choice_does_not_name_is_refused() -> None:
    with pytest.raises(UnknownName, match="no uncertainty is called 'strom'"):
        value_of(small(effects=(effect("go", "harm", 0, 1, 2, rises_with="strom"),)))
    with pytest.raises(CaseProblem, match="both rises and falls with storm"):
        value_of(small(effects=(effect("go", "harm", 0, 1, 2, rises_with="storm", falls_with="storm"),)))


def test_an_option_without_a_value_has_none_and_not_zero() -> None:
    choice = small(effects=small().effects[:3])
    done = outcomes(choice, alternatives(choice).rows, drawn(choice))
    assert done.known.tolist() == [[True, True], [True, False]]
    assert np.isnan(done.values[1, 1]).all()


def test_a_criterion_that_nothing_touches_is_unknown_for_all() -> None:
    choice = small(criteria=(*small().criteria, criterion("pride")))
    assert outcomes(choice, alternatives(choice).rows, drawn(choice)).known[:, 2].tolist() == [False, False]
