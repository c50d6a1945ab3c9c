"""Who gains, who can block, what would have to be borne, and what each can do alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.settle.made_up_question import WIDE, party, question, reversion

from tocsin.decide.settle import Side, settle_question, worth
from tocsin.decide.settlement import past_settlements


def test_gains_and_losses_by_hand() -> None:
    asked = question(party("a", 20), party("b", 80), party("c", 95), reversion=reversion(90))
    done = settle_question(asked, draws=100)
    assert done.centre == pytest.approx(65)
    a, b, c = done.stances
    assert [a.to_centre, a.to_reversion, a.gain] == pytest.approx([45, 70, 25])
    assert a.side is Side.GAINS
    assert [b.gain, c.gain] == pytest.approx([-5, -25])
    assert (b.side, c.side) == (Side.LOSES, Side.LOSES)
    assert (a.accepts_from, a.accepts_to) == (0, 90), "as far as 70 on either side, within the scale"
    assert (b.accepts_from, b.accepts_to) == (70, 90)
    assert [s.gains_in for s in done.stances] == [1.0, 0.0, 0.0]


def test_under_consensus_who_loses_could_block_and_the_loss_is_the_break_even() -> None:
    asked = question(party("a", 20), party("b", 80), party("c", 85), reversion=reversion(90))
    found = settle_question(asked, draws=100).decision
    assert (found.blockers, found.may_block, found.voteless) == ((), ("a", "b", "c"), ()), "nobody says who votes"
    assert found.losers == ("b", "c")
    assert [b.actor for b in found.bears] == ["c", "b", "a"]
    assert [b.loss for b in found.bears] == pytest.approx([55 / 3, 25 / 3, -85 / 3])
    assert (found.agreement_from, found.agreement_to) == (80, 90)
    assert found.gain_for_all is True


def test_who_can_block_is_who_has_a_vote() -> None:
    asked = question(party("a", 20, votes=True), party("b", 80, votes=False), party("c", 85))
    found = settle_question(asked, draws=100)
    decided = found.decision
    assert (decided.blockers, decided.may_block, decided.voteless) == (("a",), ("c",), ("b",))
    mute = settle_question(question(party("a", 20), party("b", 80), party("c", 85)), draws=100)
    assert found.centre == mute.centre, "a vote moves no figure of the settlement"


def test_a_single_decider_has_a_vote() -> None:
    def decided(votes: tuple[bool | None, ...]) -> tuple[str | None, tuple[str, ...]]:
        given = zip("abc", (20, 80, 85), (0.9, 0.5, 0.4), votes, strict=True)
        parties = [party(name, at, influence=weight, votes=vote) for name, at, weight, vote in given]
        found = settle_question(question(*parties, rule="single decider"), draws=100).decision
        assert found.may_block == (), "blocking is of consensus"
        return found.decider, found.voteless

    assert decided((None, True, None)) == ("b", ()), "the one that has a vote, whoever has more influence"
    assert decided((False, None, None)) == ("b", ("a",)), "of those that may have one, who has most influence"
    assert decided((False, True, False)) == ("b", ("a", "c"))


def test_consensus_without_gain_for_all_is_said() -> None:
    found = settle_question(question(party("a", 20), party("b", 80), reversion=reversion(50)), draws=100).decision
    assert found.gain_for_all is False
    assert (found.agreement_from, found.agreement_to) == (50, 50)


def test_a_party_without_weight_does_not_narrow_the_agreement() -> None:
    asked = question(party("a", 80), party("b", 85), party("c", 95, influence=0), reversion=reversion(90))
    assert settle_question(asked, draws=100).decision.gain_for_all is True


@settings(max_examples=25)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=6), st.integers(0, 100))
def test_a_settlement_in_the_zone_leaves_nobody_worse_off(places: list[int], holds: int) -> None:
    asked = question(*(party(f"p{i}", x) for i, x in enumerate(places)), reversion=reversion(holds))
    found = settle_question(asked, draws=100).decision
    assert found.agreement_from is not None
    assert found.agreement_to is not None
    for point in range(101):
        content = all(abs(x - point) <= abs(x - holds) for x in places)
        assert content == (found.agreement_from <= point <= found.agreement_to)


def test_an_unknown_reversion_leaves_all_of_it_unknown() -> None:
    done = settle_question(question(*WIDE), draws=100)
    assert {s.side for s in done.stances} == {None}
    found = done.decision
    assert (found.losers, found.gain_for_all, found.weight_for, found.agreement_from) == (None,) * 4
    assert done.decision.bears == ()
    assert {b.model: b.point for b in done.beside if b.point is None} == {"Nash point": None, "status quo": None}
    assert any("what holds without a decision is unknown" in note for note in done.notes)


@pytest.mark.parametrize(("rule", "blockers", "decider"), [
    ("majority", (), None), ("weighted majority", (), None), ("single decider", ("b",), "b"),
])  # fmt: skip
def test_other_rules(rule: str, blockers: tuple[str, ...], decider: str | None) -> None:
    asked = question(party("a", 20, influence=0.4), party("b", 80, influence=0.8), reversion=reversion(90), rule=rule)
    found = settle_question(asked, draws=100)
    assert (found.decision.blockers, found.decision.decider) == (blockers, decider)
    assert found.decision.weight_for == pytest.approx(1 / 3)
    assert found.decision.weight_against == pytest.approx(2 / 3)
    assert any("single decider" in note for note in found.notes) == (rule == "single decider")


def test_two_with_the_same_influence_leave_the_decider_unknown() -> None:
    found = settle_question(question(party("a", 20), party("b", 80), rule="single decider"), draws=100).decision
    assert (found.decider, found.blockers) == (None, ())


def test_the_share_of_draws_in_which_a_party_gains_by_hand() -> None:
    asked = question(party("a", 0), party("b", [60, 80, 100]), reversion=reversion(40))
    stance = settle_question(asked, draws=2000).stances[1]
    # The centre is half of b's position x, so b gains where x / 2 < x - 40: above 80, half of its triangle.
    assert stance.gains_in == pytest.approx(0.5, abs=0.001)
    assert stance.side is Side.EVEN


def test_capacity_left_if_each_acts_alone_is_no_part_of_the_settlement() -> None:
    alone = ["anyone can leave", {"actor": "a", "can": "withdraw", "removes": [30, 60, 90], "basis": "judgement"}]
    with_, without = (settle_question(question(*WIDE, unilateral=u), draws=100) for u in (alone, []))
    assert with_.distribution.probability.tolist() == without.distribution.probability.tolist()
    assert with_.centre == without.centre
    anyone, a = with_.alone
    assert (anyone.actor, anyone.can, anyone.left_mid) == (None, "anyone can leave", None)
    assert (a.left_low, a.left_mid, a.left_high, a.judgement) == (10, 40, 70, True)


def test_beside_by_hand() -> None:
    asked = question(party("a", 0), party("b", 50), party("c", 100), reversion=reversion(0))
    points = {b.model: b.point for b in settle_question(asked, draws=100).beside}
    assert points["mean of the Condorcet election"] == pytest.approx(50)
    assert points["weighted median"] == pytest.approx(50)
    assert points["status quo"] == 0
    assert points["Nash point"] == 0, "a would lose by every move"


def test_worth_is_what_the_shipped_errors_say() -> None:
    past = past_settlements()
    told = worth(question(*WIDE, high=60))
    assert told.n == past.outcome.size
    assert told.mae == pytest.approx(float(abs(past.outcome - past.centre).mean()))
    assert told.mae_here == pytest.approx(told.mae * 0.6)
    assert told.error_low < 0 < told.error_high
    assert (told.rule, told.n_rule) == ("unanimity", int(past.unanimous.sum()))
    single = worth(question(*WIDE, rule="single decider"))
    assert (single.rule, single.n_rule, single.mae_rule) == (None, 0, None)
