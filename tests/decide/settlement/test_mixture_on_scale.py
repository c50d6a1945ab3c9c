from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.decide.settlement import (
    Mixture,
    PastSettlements,
    condorcet,
    input_noise_only,
    mixture,
    model_error_only,
    settlement_distribution,
    weighted_mean,
)
from tocsin.decide.settlement.mixture import election_shares, error_shares, spread_out
from tocsin.errors import InputError, OutOfRange, UnknownName

PAST = PastSettlements(
    centre=np.array([50.0, 40.0, 60.0, 20.0]),
    spread=np.array([20.0, 30.0, 40.0, 30.0]),
    outcome=np.array([60.0, 40.0, 0.0, 100.0]),
    unanimous=np.array([False, False, True, True]),
)
ALIKE = Mixture(election=0.0, spread_width=None)


def test_errors_are_laid_on_the_centre_and_held_at_the_ends() -> None:
    """Errors are +10, 0, -60 and +80: on 30 they come to 40, 30, 0 (held from -30) and 100 (held from 110)."""
    shares = error_shares(30.0, 25.0, past=PAST, mixture=ALIKE)
    assert np.flatnonzero(shares).tolist() == [0, 30, 40, 100]
    assert shares[[0, 30, 40, 100]].tolist() == [0.25] * 4


def test_questions_with_a_like_spread_count_most() -> None:
    shares = error_shares(30.0, 30.0, past=PAST, mixture=Mixture(election=0.0, spread_width=10.0))
    near, far = 1.0, np.exp(-0.5)
    assert shares[[40, 0]] == pytest.approx([far / (2 * near + 2 * far)] * 2)
    assert shares[[30, 100]] == pytest.approx([near / (2 * near + 2 * far)] * 2)


def test_a_spread_beyond_those_met_is_given_the_errors_of_the_nearest_met() -> None:
    narrow = Mixture(election=0.0, spread_width=5.0)
    tenth = float(np.quantile(PAST.spread, 0.1))
    one, two = (error_shares(30.0, s, past=PAST, mixture=narrow) for s in (0.0, tenth))
    assert one.tolist() == two.tolist()


def test_another_rule_counts_as_much_as_is_said() -> None:
    shares = error_shares(30.0, 25.0, past=PAST, mixture=Mixture(election=0.0, spread_width=None, other_rule=0.0))
    assert shares[[30, 40]].tolist() == [0.5, 0.5]
    shares = error_shares(
        30.0, 25.0, past=PAST, mixture=Mixture(election=0.0, spread_width=None, other_rule=0.5), unanimous=True
    )
    assert shares[[30, 40, 0, 100]] == pytest.approx([1 / 6, 1 / 6, 1 / 3, 1 / 3])


def test_an_election_stands_where_parties_stand() -> None:
    x, w = [0.2, 39.7, 90.0, 40.3], [1.0, 2.0, 1.5, 0.5]
    shares = election_shares(x, w)
    assert np.flatnonzero(shares).tolist() == [0, 40, 90]
    assert shares[[0, 40, 90]] == pytest.approx(condorcet([0, 40, 90], [1, 2.5, 1.5], options=[0, 40, 90]), abs=1e-7)


def test_few_and_many_parties_are_elected_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    x, w = rng.uniform(0, 100, (5, 12)), rng.uniform(0, 1, (5, 12))
    x[1, 3], w[2, 4] = np.nan, 0.0
    few = election_shares(x, w)
    monkeypatch.setattr(mixture, "FEW_PARTIES", 3)
    assert election_shares(x, w) == pytest.approx(few, abs=1e-6)


def test_spreading_keeps_the_whole_within_the_scale() -> None:
    ends = np.zeros(101)
    ends[[0, 100]] = 0.5
    spread = spread_out(ends, bandwidth=3.0)
    assert spread.sum() == pytest.approx(1)
    assert spread[0] > spread[1] > spread[5] > 0
    assert spread_out(ends, bandwidth=0.0) is ends


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=2, max_size=6),
    st.integers(-5, 5),
    st.integers(1, 9),
)
def test_the_scale_of_the_question_does_not_matter(parties: list[tuple[int, int]], low: int, unit: int) -> None:
    x, w = (np.array(v, float) for v in zip(*parties, strict=True))
    plain = settlement_distribution(x, w, low=0, high=100, rule="majority", past=PAST)
    other = settlement_distribution(low + unit * x, w, low=low, high=low + 100 * unit, rule="majority", past=PAST)
    assert other.points == pytest.approx(low + unit * plain.points)
    assert other.probability == pytest.approx(plain.probability)
    backwards = settlement_distribution(x[::-1], 3 * w[::-1], low=0, high=100, rule="majority", past=PAST)
    assert backwards.probability == pytest.approx(plain.probability)


def test_draws_are_mixed_and_each_uncertainty_stands_alone() -> None:
    x, w = np.array([[10.0, 90.0], [30.0, 90.0]]), np.array([1.0, 1.0])
    whole = settlement_distribution(x, w, low=0, high=100, rule="consensus")
    parts = [settlement_distribution(row, w, low=0, high=100, rule="consensus") for row in x]
    assert whole.mean == pytest.approx(np.mean([p.mean for p in parts]))
    assert whole.crps(60) <= np.mean([p.crps(60) for p in parts]) + 1e-9
    middle = model_error_only(x, w, low=0, high=100, rule="consensus")
    alone = settlement_distribution([20, 90], w, low=0, high=100, rule="consensus")
    assert middle.probability == pytest.approx(alone.probability)
    noise = input_noise_only(x, w)
    assert noise.points.tolist() == [50, 60]
    assert noise.mean == float(weighted_mean(x, w).mean())


def test_a_party_absent_from_some_draws_stands_where_it_stood() -> None:
    x = [[20.0, 90.0], [np.nan, 90.0]]
    middle = model_error_only(x, [1.0, 1.0], low=0, high=100, rule="majority")
    alone = settlement_distribution([20, 90], [0.5, 1.0], low=0, high=100, rule="majority")
    assert middle.probability == pytest.approx(alone.probability)


def test_what_cannot_be_settled() -> None:
    with pytest.raises(OutOfRange, match="outside the scale, 0 to 60"):
        settlement_distribution([0, 61], [1, 1], low=0, high=60, rule="majority")
    with pytest.raises(OutOfRange, match="runs from 60 to 0"):
        settlement_distribution([0, 6], [1, 1], low=60, high=0, rule="majority")
    with pytest.raises(UnknownName, match="no rule is called 'consenus'"):
        settlement_distribution([0, 6], [1, 1], low=0, high=60, rule="consenus")
    with pytest.raises(OutOfRange, match="outside 0 to 100"):
        election_shares([0, 101], [1, 1])
    with pytest.raises(OutOfRange, match="election is 2"):
        Mixture(election=2)
    with pytest.raises(OutOfRange, match="spread_width"):
        Mixture(spread_width=0)
    with pytest.raises(OutOfRange, match="bandwidth"):
        Mixture(bandwidth=-1)
    with pytest.raises(InputError, match="differ in number"):
        PastSettlements(np.ones(2), np.ones(1), np.ones(2), np.ones(2, dtype=bool))


def test_a_party_outside_the_scale_that_has_no_weight_is_not_in_question() -> None:
    with_it = settlement_distribution([10, 50, 900], [1, 1, 0], low=0, high=100, rule="majority")
    without = settlement_distribution([10, 50], [1, 1], low=0, high=100, rule="majority")
    assert with_it.probability == pytest.approx(without.probability)
