"""The answer by each expert, and the mixture by name: by hand, and against the parts it is made of."""

from __future__ import annotations

import numpy as np
import pytest
from tests.decide.elicitation.made_up_experts import at, choice, expert, ordered, question

from tocsin.case.cells import Range
from tocsin.decide.elicitation import (
    OWN,
    choice_by,
    pooled,
    pooled_places,
    preferred_by,
    question_by,
    settled_by,
)
from tocsin.errors import InputError

EARLY = expert("early", positions=[at("y", 2, 2, 2)])
LATE = expert("late", positions=[at("x", 8, 8, 8)])
HEAVY = expert("heavy", positions=[{"actor": "y", "salience": [1, 1, 1], "influence": [1, 1, 1]}])


def test_the_centre_by_each_expert_by_hand() -> None:
    found = settled_by(question(), [EARLY, LATE, HEAVY], draws=100)
    assert [(each.expert, round(each.centre, 6)) for each in found] == [
        (None, 5), ("early", 1), ("late", 9), ("heavy", 8),
    ]  # fmt: skip
    assert [(each.answered, each.asked) for each in found] == [(6, 6), (1, 6), (1, 6), (2, 6)]


def test_what_was_not_answered_is_named_and_taken_from_the_case() -> None:
    seen, lacking = question_by(question(), EARLY)
    assert seen.positions[0] == question().positions[0]
    assert seen.positions[1].position == Range(2, 2, 2)
    assert "position" in seen.positions[1].judged
    assert lacking == (
        ("x", "position"), ("x", "salience"), ("x", "influence"), ("y", "salience"), ("y", "influence"),
    )  # fmt: skip


def test_the_mixture_is_the_mean_of_the_experts_probabilities() -> None:
    experts = [EARLY, LATE]
    mixture = pooled(question(), experts, draws=100)
    assert mixture is not None
    by = settled_by(question(), experts, draws=100)[1:]
    for k, band in enumerate(mixture.bands):
        assert band.probability == pytest.approx(np.mean([each.bands[k].probability for each in by]))
    assert [mixture.lowest_centre, mixture.highest_centre, mixture.experts] == pytest.approx([1, 9, 2])
    assert list(mixture.input_noise) == pytest.approx([1, 9])
    assert mixture.both[0] <= max(each.both[0] for each in by)
    assert mixture.both[1] >= min(each.both[1] for each in by)


def test_an_expert_by_whom_nobody_counts_is_named() -> None:
    nobody = expert("n", positions=[{"actor": a, "salience": [0, 0, 1]} for a in "xy"])
    with pytest.raises(InputError, match="by what n gave, no party to when counts"):
        settled_by(question(), [EARLY, nobody], draws=100)


def test_one_expert_has_no_mixture() -> None:
    assert pooled(question(), [EARLY], draws=100) is None
    assert pooled_places(preferred_by(choice(), [ordered("1", "cost", "gain")], futures=50)) == ()


def test_two_experts_who_say_the_same_are_mixed_into_what_they_say() -> None:
    twin = EARLY.model_copy(update={"expert": "twin"})
    mixture = pooled(question(), [EARLY, twin], draws=100)
    (by,) = settled_by(question(), [EARLY], draws=100)[1:]
    assert mixture is not None
    assert [b.probability for b in mixture.bands] == pytest.approx([b.probability for b in by.bands])
    assert mixture.both == pytest.approx(by.both)


def test_an_expert_who_turns_the_effects_turns_the_first_place() -> None:
    turned = expert("t", "what", effects=[
        {"option": "stay", "criterion": "cost", "range": [7, 8, 9]},
        {"option": "go", "criterion": "cost", "range": [1, 2, 3]},
    ])  # fmt: skip
    own, by = preferred_by(choice(), [turned], futures=50)
    assert (own.places[0].first, by.places[0].first) == ("Stay", "Go")
    assert by.places[0].shares[0].share == 1
    assert (by.answered, by.asked) == (2, 4)


def test_an_ordering_of_ones_own_stands_before_the_cases() -> None:
    first, second = preferred_by(choice(), [ordered("1", "gain", "cost")], futures=50)[1].places
    assert (first.viewpoint, first.first) == (OWN, "Go")
    assert (second.viewpoint, second.first) == ("thrift", "Stay")


def test_an_ordering_for_a_viewpoint_replaces_the_cases() -> None:
    seen = choice_by(choice(), ordered("1", "gain", "cost", viewpoint="thrift"))
    assert [(v.id, v.order) for v in seen.viewpoints] == [("thrift", (("gain",), ("cost",)))]


def test_an_effect_that_the_case_lacks_is_added() -> None:
    bare = choice(effects=[])
    filled = choice_by(bare, expert("1", "what", effects=[{"option": "go", "criterion": "gain", "range": [1, 2, 3]}]))
    assert [(e.option, e.criterion, e.range) for e in filled.effects] == [("go", "gain", Range(1, 2, 3))]
    (by,) = preferred_by(bare, [expert("1", "what")], futures=50)[1:]
    assert by.places == ()
    assert by.missing


def test_shares_are_mixed_for_each_viewpoint_that_all_have() -> None:
    found = preferred_by(choice(), [ordered("1", "gain", "cost"), ordered("2", "cost", "gain")], futures=50)
    own, thrift = pooled_places(found)
    by = [next(p for p in each.places if p.viewpoint == OWN) for each in found[1:]]
    for mixed in own.shares:
        parts = [s.share for place in by for s in place.shares if s.alternative == mixed.alternative]
        assert mixed.share == pytest.approx(sum(parts) / 2)
    assert thrift.name == "the thrifty"
    assert sum(s.share for s in own.shares) == pytest.approx(1)


def test_experts_who_rank_other_alternatives_are_not_mixed() -> None:
    """Only one of them gives the effect without which an option cannot be ranked."""
    third = [*choice().options, type(choice().options[0])(id="wait", name="Wait")]
    wider = choice().model_copy(update={"options": tuple(third)})
    whole = expert("1", "what", effects=[
        {"option": "wait", "criterion": c, "range": [1, 2, 3]} for c in ("cost", "gain")
    ])  # fmt: skip
    found = preferred_by(wider, [whole, expert("2", "what")], futures=50)
    assert [len(each.places[0].shares) for each in found[1:]] == [3, 2]
    assert pooled_places(found) == ()
