from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.decide.settlement.condorcet import coalitions_of, condorcet, elected
from tocsin.errors import InputError, OutOfRange

if TYPE_CHECKING:
    from pathlib import Path

KTAB = [[0.0, 12.099, 54.921], [10.333, 0.0, 27.079], [5.007, 55.047, 0.0]]
PRINTED = {
    "uniform": [0.6351, 0.2148, 0.1501],
    "incentive": [0.5094, 0.2796, 0.2110],
    "conditional": [0.8659, 0.1241, 0.0100],
}
points = st.lists(st.integers(0, 100), min_size=1, max_size=7)


@pytest.mark.parametrize("chain", PRINTED)
def test_three_options_of_ktab_to_the_printed_digits(chain: str) -> None:
    assert elected(KTAB, chain=chain).round(4).tolist() == PRINTED[chain]


@pytest.mark.data
def test_the_figures_above_are_those_of_the_file(shared_data: Path) -> None:
    said = json.loads((shared_data / "oracles" / "ktab_pce_3option.json").read_text(encoding="utf-8"))
    assert said["coalitions"] == KTAB
    assert list(said["expected"].values()) == list(PRINTED.values())


@pytest.mark.parametrize(("law", "first"), [("linear", 3 / 4), ("square", 9 / 10), ("cubic", 27 / 28)])
@pytest.mark.parametrize("chain", PRINTED)
def test_two_options_settle_at_the_law_itself(law: str, first: float, chain: str) -> None:
    """By hand: balance of flows; under incentive the only challenger always challenges, so shares go as v."""
    assert elected([[0, 3], [1, 0]], law=law, chain=chain)[0] == pytest.approx(first, abs=1e-6)


def direct(positions: list[int], weights: list[float], options: list[int]) -> np.ndarray:
    x, w, o = np.array(positions, float), np.array(weights), np.array(options, float)
    far = np.abs(x[:, None] - o)
    return np.array([[(w * np.maximum(far[:, b] - far[:, a], 0)).sum() for b in range(o.size)] for a in range(o.size)])


@given(positions=points, options=points, seed=st.integers(0, 9))
def test_coalitions_by_running_sums_are_those_by_definition(
    positions: list[int], options: list[int], seed: int
) -> None:
    weights = np.random.default_rng(seed).uniform(0, 2, len(positions))
    found = coalitions_of(np.array([positions], float), weights[None], np.array(options, float))[0]
    assert found == pytest.approx(direct(positions, list(weights), options), abs=1e-9)


@given(positions=points, chain=st.sampled_from(sorted(PRINTED)))
def test_shares_sum_to_one_and_mirror_with_the_scale(positions: list[int], chain: str) -> None:
    options = sorted(set(positions))
    share = condorcet(positions, np.ones(len(positions)), options=options, chain=chain)
    assert share.sum() == pytest.approx(1)
    mirrored = condorcet(
        [100 - p for p in positions], np.ones(len(positions)), options=[100 - o for o in options], chain=chain
    )
    assert mirrored == pytest.approx(share, abs=1e-6)


def test_options_that_do_not_stand_change_nothing() -> None:
    x, w = [[0, 40, 90], [10, 10, 60]], [1.0, 2.0, 1.5]
    grid = np.arange(101)
    up = (grid == np.array(x)[:, :, None]).any(axis=1)
    share = condorcet(x, w, options=grid, standing=up)
    assert share[0, [0, 40, 90]] == pytest.approx(condorcet(x[0], w, options=[0, 40, 90]), abs=1e-7)
    assert share[1, [10, 60]] == pytest.approx(condorcet(x[1], w, options=[10, 60]), abs=1e-7)
    assert share.sum(axis=1) == pytest.approx([1, 1])
    assert not share[~up].any()


def test_draws_are_elected_each_alone() -> None:
    rng = np.random.default_rng(1)
    x, w = rng.uniform(0, 100, (700, 4)), rng.uniform(0, 1, (700, 4))
    many = condorcet(x, w, options=np.linspace(0, 100, 30))
    assert many[631] == pytest.approx(condorcet(x[631], w[631], options=np.linspace(0, 100, 30)))


def test_each_draw_may_have_its_own_options() -> None:
    x, w = np.array([[0, 40, 90], [10, 10, 60]], float), [1.0, 2.0, 1.5]
    share = condorcet(x, w, options=x, standing=[[True] * 3, [True, False, True]])
    assert share[0] == pytest.approx(condorcet(x[0], w, options=x[0]), abs=1e-7)
    assert share[1, [0, 2]] == pytest.approx(condorcet(x[1], w, options=[10, 60]), abs=1e-7)
    assert share[1, 1] == 0


def test_what_everyone_wants_stands_and_one_option_is_certain() -> None:
    assert condorcet([30, 30], [1, 1], options=[0, 30, 70], chain="uniform")[1] == pytest.approx(1, abs=1e-6)
    assert condorcet([30, 80], [1, 1], options=[50]).tolist() == [1.0]


def test_input_that_cannot_be_used() -> None:
    with pytest.raises(InputError, match="no outcome stands"):
        condorcet([1, 2], [1, 1], options=[1, 2], standing=[False, False])
    with pytest.raises(InputError, match="rows of numbers"):
        condorcet([1, 2], [1, 1], options=[])
    with pytest.raises(InputError, match="options have shape"):
        condorcet([1, 2], [1, 1], options=[[1, 2]])
    with pytest.raises(InputError, match="coalitions have shape"):
        elected([1, 2])
    with pytest.raises(InputError, match="negative or not finite"):
        elected([[0, -1], [1, 0]])
    with pytest.raises(OutOfRange, match="negative"):
        condorcet([1, 2], [1, -1], options=[1, 2])
    with pytest.raises(ValueError, match="quartic"):
        condorcet([1, 2], [1, 1], options=[1, 2], law="quartic")
