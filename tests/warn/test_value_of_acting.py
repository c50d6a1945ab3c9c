from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tocsin.errors import OutOfRange
from tocsin.warn.value import NEVER, RATIOS, Costs, Tally, cheapest_threshold


def tally(acted: list[int], came: list[int]) -> Tally:
    """Each answer an area of its own, all known."""
    did, yes = np.array([acted], dtype=bool), np.array([came], dtype=bool)
    return Tally.of(did, yes, np.ones(did.shape, dtype=bool))


def test_a_value_worked_by_hand() -> None:
    # Ten answers, two cases; acting three times, twice rightly, at a fifth of the loss: 3 x .2 = .6 is paid.
    # Without a forecast: never acting costs 2, always 10 x .2 = 2. Knowing: 2 x .2 = .4. (2 - .6) / (2 - .4) = .875.
    found = tally([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    assert found.value(0.2) == pytest.approx(0.875)


def test_a_missed_case_costs_the_whole_loss() -> None:
    # One of two cases missed: .2 + 1 paid of 2; (2 - 1.2) / (2 - .4) = .5.
    assert tally([1, 0] + [0] * 8, [1, 1] + [0] * 8).value(0.2) == pytest.approx(0.5)


def test_the_highest_value_lies_at_the_base_rate() -> None:
    # Richardson (2000): there, value is the hit rate less the false alarm rate: 2/2 - 1/8.
    assert tally([1, 1, 1] + [0] * 7, [1, 1] + [0] * 8).value(0.2) == pytest.approx(1 - 1 / 8)


@given(st.integers(0, 2**32 - 1), st.sampled_from(RATIOS))
def test_perfect_is_one_the_base_rate_is_zero_and_nothing_is_above_one(seed: int, ratio: float) -> None:
    rng = np.random.default_rng(seed)
    came = rng.random((6, 5)) < rng.random()
    known = rng.random((6, 5)) < 0.9
    assume((came & known).any() and (~came & known).any())
    always, never = (Tally.of(np.full((6, 5), act), came, known).value(ratio) for act in (True, False))
    assert Tally.of(came, came, known).value(ratio) == pytest.approx(1)
    assert max(always, never) == pytest.approx(0)
    assert Tally.of(rng.random((6, 5)) < 0.5, came, known).value(ratio) <= 1 + 1e-12


def test_where_nothing_came_no_forecast_can_be_of_use() -> None:
    assert np.isnan(tally([1, 0], [0, 0]).value(0.1))
    assert np.isnan(tally([1, 0], [1, 1]).value(0.1))


def test_unknown_answers_count_for_nothing() -> None:
    known = np.array([[True, True, False]])
    found = Tally.of(np.array([[True, False, True]]), np.array([[True, False, False]]), known)
    assert [x.tolist() for x in (found.asked, found.acted, found.hits)] == [[1, 1, 0], [1, 0, 0], [1, 0, 0]]


def test_areas_count_as_often_as_they_are_drawn() -> None:
    found = tally([1, 1, 0], [1, 0, 0])
    twice = found.value(0.2, np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 2.0]]))
    assert twice.tolist() == pytest.approx([(0.6 - 0.4) / (0.6 - 0.2), 1.0])


def test_the_cheapest_threshold_by_hand() -> None:
    p, came = np.array([0.9, 0.6, 0.6, 0.2]), np.array([True, False, True, False])
    # At a tenth of the loss: from .9 on .1 + 1 missed, from .6 on .3, from .2 on .4.
    assert cheapest_threshold(p, came, ratio=0.1) == 0.6
    # At nine tenths: from .9 on .9 + 1 missed = 1.9, from .6 on 2.7, never 2.
    assert cheapest_threshold(p, came, ratio=0.9) == 0.9


def test_of_thresholds_that_cost_the_same_the_one_that_acts_less_is_taken() -> None:
    assert cheapest_threshold(np.array([0.5, 0.4]), np.array([False, True]), ratio=0.5) == NEVER


@given(st.integers(0, 2**32 - 1), st.sampled_from(RATIOS))
def test_no_threshold_would_have_been_cheaper(seed: int, ratio: float) -> None:
    rng = np.random.default_rng(seed)
    p, came = rng.integers(0, 8, 30) / 8, rng.random(30) < 0.3

    def cost(threshold: float) -> float:
        acted = p >= threshold
        return float(ratio * acted.sum() + (came & ~acted).sum())

    assert cost(cheapest_threshold(p, came, ratio=ratio)) == pytest.approx(min(map(cost, (*p, NEVER))))


def test_costs_give_cost_over_loss() -> None:
    assert Costs(miss=19, false_alarm=1).ratio == 0.05


@pytest.mark.parametrize(("miss", "false_alarm"), [(0, 1), (1, 0), (-1, 1), (float("nan"), 1), (1, float("inf"))])
def test_costs_that_make_no_sense_are_refused(miss: float, false_alarm: float) -> None:
    with pytest.raises(OutOfRange, match="cost of"):
        Costs(miss=miss, false_alarm=false_alarm)
