"""What moves the centre: levers against differences, break-evens put in again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decide.settle.made_up_question import WIDE, party, question

from tocsin.decide.settle import BreakEven, draw_inputs, levers, middle_of, settle_question, stretches, variance_shares
from tocsin.decide.settle.break_evens import break_evens
from tocsin.decide.settlement import weighted_mean

SHARES = st.floats(0.1, 1.0)
PARTIES = st.lists(st.tuples(st.floats(0, 100), SHARES, SHARES), min_size=2, max_size=6)


def centre_of(parties: list[dict[str, Any]]) -> float:
    middle = middle_of(question(*parties))
    return float(weighted_mean(middle.positions, middle.weights))


def changed(parties: list[dict[str, Any]], k: int, key: str, value: float) -> list[dict[str, Any]]:
    return [{**p, key: [value] * 3} if i == k else p for i, p in enumerate(parties)]


def made(rows: list[tuple[float, float, float]]) -> list[dict[str, Any]]:
    return [party(f"p{i}", x, salience=s, influence=v) for i, (x, s, v) in enumerate(rows)]


def test_two_parties_by_hand() -> None:
    done = settle_question(question(party("a", 0, salience=0.5), party("b", 60, salience=0.5)), draws=100)
    lever = done.levers[1]
    assert [done.centre, lever.share] == pytest.approx([30, 0.5])
    assert lever.salience_up == pytest.approx(60 * 0.6 / 1.1 - 30)
    assert lever.salience_down == pytest.approx(60 * 0.4 / 0.9 - 30)
    assert lever.influence_up is None, "influence is at its end"
    assert lever.influence_down == pytest.approx(60 * 0.45 / 0.95 - 30)


@given(PARTIES, st.integers(0, 5))
def test_levers_are_what_a_difference_gives(rows: list[tuple[float, float, float]], k: int) -> None:
    parties, k = made(rows), k % len(rows)
    lever, before = settle_levers(parties)[k], centre_of(parties)
    x, salience, influence = rows[k]
    step = 1.0 if x <= 99 else -1.0
    assert centre_of(changed(parties, k, "position", x + step)) - before == pytest.approx(step * lever.share, abs=1e-9)
    for key, value, up, down in (
        ("salience", salience, lever.salience_up, lever.salience_down),
        ("influence", influence, lever.influence_up, lever.influence_down),
    ):
        for change, said in ((0.1, up), (-0.1, down)):
            if said is not None and 0 <= value + change <= 1:
                assert centre_of(changed(parties, k, key, value + change)) - before == pytest.approx(said, abs=1e-9)


def settle_levers(parties: list[dict[str, Any]]) -> Any:
    asked = question(*parties)
    return levers(asked, middle_of(asked), draw_inputs(asked, draws=100))


def test_the_ends_of_a_partys_range_move_the_centre_so_far() -> None:
    done = settle_question(question(*WIDE, high=60), draws=100)
    parties = list(WIDE)
    for k, lever in enumerate(done.levers):
        low, _, high = WIDE[k]["position"]
        assert lever.at_low == pytest.approx(centre_of(changed(parties, k, "position", low)))
        assert lever.at_high == pytest.approx(centre_of(changed(parties, k, "position", high)))
        assert lever.share_low <= lever.share <= lever.share_high


def test_a_break_even_by_hand() -> None:
    bands = [{"name": "low", "low": 0, "high": 50}, {"name": "high", "low": 50, "high": 100}]
    done = settle_question(question(party("a", 0, salience=0.6), party("b", 80, salience=0.4), bands=bands), draws=100)
    assert done.centre == pytest.approx(32)
    a, b = done.break_evens
    assert (a.band, a.edge) == ("high", 50)
    assert a.weight_needed == pytest.approx(0.4 * 30 / 50), "80 and 0 meet at 50 by weights as 5 to 3"
    assert a.salience_needed == pytest.approx(0.24)
    assert a.position_needed == pytest.approx(30)
    assert b.weight_needed == pytest.approx(1.0)
    assert b.salience_needed == pytest.approx(1.0)
    assert b.influence_needed is None, "a weight of 1 at a salience of .4 would need an influence of 2.5"
    assert b.position_needed is None, "125 lies outside the scale"


@given(PARTIES, st.floats(5, 95))
def test_a_break_even_put_in_again_gives_the_edge(rows: list[tuple[float, float, float]], edge: float) -> None:
    parties = made(rows)
    bands = [{"name": "low", "low": 0, "high": edge}, {"name": "high", "low": edge, "high": 100}]
    asked = question(*parties, bands=bands)
    found = break_evens(asked, middle_of(asked), stretches(asked)[0])
    assert len(found) == len(rows)
    for k, each in enumerate(found):
        for key in ("influence", "salience", "position"):
            needed = getattr(each, f"{key}_needed")
            if needed is not None:
                assert centre_of(changed(parties, k, key, needed)) == pytest.approx(edge, abs=1e-6)
        below = centre_of(parties) < edge
        assert each.band == ("high" if below else "low") or centre_of(parties) == pytest.approx(edge)


def test_where_others_meet_at_the_edge_no_weight_takes_the_centre_below_it() -> None:
    bands = [{"name": "low", "low": 0, "high": 10}, {"name": "high", "low": 10, "high": 100}]
    done = settle_question(question(party("a", 10), party("b", 90), bands=bands), draws=100)
    b = next(found for found in done.break_evens if found.actor == "b")
    assert b.weight_needed is None
    assert b.influence_needed is None
    assert b.position_needed == pytest.approx(10), "below 10 both together are"


def test_a_party_that_counts_alone_has_no_weight_to_give_up() -> None:
    bands = [{"name": "low", "low": 0, "high": 50}, {"name": "high", "low": 50, "high": 100}]
    done = settle_question(question(party("a", 20), party("b", 80, influence=0), bands=bands), draws=100)
    a, b = done.break_evens
    assert (a.weight_needed, a.position_needed) == (None, 50)
    assert (b.weight_needed, b.influence_needed, b.position_needed) == (0.5, 1.0, None)


def test_an_edge_that_must_be_passed_needs_more_than_the_whole() -> None:
    bands = [{"name": "low", "low": 0, "high": 50}, {"name": "high", "low": 50, "high": 100}]
    done = settle_question(question(party("a", 25, salience=0.5), party("b", 75, salience=1), bands=bands), draws=100)
    a = done.break_evens[0]
    assert a.weight_needed == pytest.approx(1)
    assert (a.salience_needed, a.influence_needed) == (None, None), "with 1 the centre lies at 50, not below it"


def test_a_party_at_the_centre_moves_nothing_by_its_weight() -> None:
    done = settle_question(question(party("a", 0), party("b", 50), party("c", 100)), draws=100)
    assert [done.levers[1].salience_up, done.levers[1].influence_down] == [0, 0]


def test_every_other_band_has_a_break_even_for_each_party() -> None:
    done = settle_question(question(*WIDE, high=60), draws=100)
    here = [b.name for b in done.bands if b.low <= done.centre < b.high]
    assert here == ["middle third"]
    assert [(e.band, e.edge) for e in done.break_evens] == [("lower third", 20.0)] * 3 + [("upper third", 40.0)] * 3
    assert not BreakEven("x", 1, "a", 1, 5.0, None, None, None).possible


def test_the_input_that_alone_varies_explains_all() -> None:
    done = settle_question(question(party("a", [0, 20, 40]), party("b", 80)), draws=500)
    (only,) = done.importances.inputs
    assert (only.actor, only.role, only.above_noise) == ("a", "position", True)
    assert only.share > 0.95


def test_shares_of_two_alike_inputs_are_halves_and_a_third_is_noise() -> None:
    wide = [party("a", [0, 25, 50]), party("b", [50, 75, 100]), party("c", 50, salience=[0.49, 0.5, 0.51])]
    found = settle_question(question(*wide), draws=2000).importances
    assert [i.actor for i in found.inputs[:2]] in (["a", "b"], ["b", "a"])
    assert [i.share for i in found.inputs[:2]] == pytest.approx([0.5, 0.5], abs=0.05)
    assert found.inputs[2].share < found.noise < 0.03
    assert not found.inputs[2].above_noise


def test_nothing_varies_and_nothing_explains() -> None:
    found = settle_question(question(party("a", 20), party("b", 80)), draws=100).importances
    assert (found.inputs, found.noise) == ((), 0.0)


def test_shares_of_variance_by_hand() -> None:
    rank = np.array([[0.1, 0.2, 0.6, 0.7], [0.1, 0.6, 0.2, 0.7]])
    values = np.array([0.0, 0.0, 1.0, 1.0])
    assert variance_shares(values, rank, bins=2).tolist() == [1.0, 0.0]
    assert variance_shares(np.ones(4), rank, bins=2).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "weight", [{"salience": 0, "influence": [0, 0.5, 1]}, {"salience": [0, 0.5, 1], "influence": 0}]
)
def test_inputs_of_a_party_that_never_counts_are_not_ranked(weight: dict[str, Any]) -> None:
    asked = question(party("a", [0, 20, 40]), party("b", 80), party("none", [0, 50, 100], **weight))
    assert {i.actor for i in settle_question(asked, draws=500).importances.inputs} == {"a"}
