"""Ranges side by side: touching, envelopes, and who stands alone, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.elicitation.made_up_experts import at, choice, expert, question

from tocsin.decide.elicitation import Asked, InputSeen, inputs_seen


def seen(*ranges: tuple[float, float, float] | None) -> InputSeen:
    """The position of party x as experts 1, 2, ... see it; None gave no range."""
    experts = [expert(str(i), positions=[] if r is None else [at("x", *r)]) for i, r in enumerate(ranges, start=1)]
    return next(s for s in inputs_seen(question(), experts) if (s.of, s.asked) == ("x", Asked.POSITION))


def test_ranges_that_do_not_touch_are_told_with_their_gap() -> None:
    found = seen((0, 1, 2), (5, 6, 7), (2, 3, 4))
    assert [(p.lower, p.higher, p.gap) for p in found.apart] == [("1", "2", 3), ("3", "2", 1)]
    assert (found.low, found.high) == (0, 7)
    assert found.gap_share == pytest.approx(3 / 7)


def test_ends_that_meet_touch() -> None:
    assert seen((0, 1, 2), (2, 3, 4)).apart == ()
    assert seen((3, 3, 3), (3, 3, 3)).apart == ()


def test_one_stands_alone_only_where_all_others_touch() -> None:
    assert seen((0, 1, 2), (1, 2, 3), (8, 9, 10)).alone == ("3",)
    assert seen((0, 1, 2), (8, 9, 10)).alone == ()
    assert seen((0, 0, 1), (4, 4, 5), (8, 9, 10)).alone == ()
    assert seen((0, 1, 2), (1, 2, 3), (3, 4, 8)).alone == ()


def test_what_was_not_answered_is_unknown_and_widens_nothing() -> None:
    found = seen((1, 2, 3), None)
    assert (found.unanswered, found.low, found.high) == (("2",), 1, 3)
    nobody = seen(None, None)
    assert (nobody.low, nobody.high, nobody.given, nobody.gap_share) == (None, None, (), 0.0)


def test_who_does_not_touch_the_cases_own_range_is_told() -> None:
    assert seen((0, 1, 2), (5, 6, 7)).apart_from_case == ("2",)


def test_inputs_that_do_not_touch_come_first_the_widest_gap_ahead() -> None:
    experts = [
        expert("1", positions=[at("x", 0, 0, 4, salience=[0.1, 0.1, 0.2]), at("y", 0, 1, 2)]),
        expert("2", positions=[at("x", 5, 6, 10, salience=[0.9, 1, 1]), at("y", 2, 3, 4)]),
    ]
    found = inputs_seen(question(), experts, names={"x": "The X"})
    assert [(s.of, s.asked.value) for s in found[:3]] == [("x", "salience"), ("x", "position"), ("x", "influence")]
    assert found[0].name == "The X: salience"
    assert len(found) == 6


def test_effects_of_a_choice_have_the_unit_of_their_criterion() -> None:
    given_: list[dict[str, Any]] = [{"option": "go", "criterion": "cost", "range": [1, 2, 3]}]
    found = inputs_seen(choice(), [expert("1", "what", effects=given_)])
    assert len(found) == 4
    (go,) = [s for s in found if (s.of, s.criterion) == ("go", "cost")]
    assert (go.name, go.unit, go.case, go.apart_from_case) == ("Go: cost", "lives", (7, 8, 9), ("1",))


triples = st.lists(st.floats(0, 10), min_size=3, max_size=3).map(sorted).map(tuple)


@settings(max_examples=60, deadline=None)
@given(ranges=st.lists(triples, min_size=2, max_size=5), order=st.randoms(use_true_random=False))
def test_the_order_of_experts_changes_nothing(ranges: list[Any], order: Any) -> None:
    shuffled = list(ranges)
    order.shuffle(shuffled)
    one, other = seen(*ranges), seen(*shuffled)
    assert (one.low, one.high) == (other.low, other.high)
    assert sorted(p.gap for p in one.apart) == sorted(p.gap for p in other.apart)
    assert len(one.alone) == len(other.alone)
