"""The formal decision: who can stop it, who would lose by it, and how much losers would have to bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.questions import Rule
from tocsin.decide.settle.stance import Side

if TYPE_CHECKING:
    from tocsin.case.questions import Question
    from tocsin.decide.settle.draws import Middle
    from tocsin.decide.settle.stance import Stance


@dataclass(frozen=True, slots=True)
class Bears:
    """What one party would have to bear, or could, before no agreement is better for it; a break-even, no estimate.

    Attributes:
        actor: id of the party.
        loss: how much worse the centre is for it than no decision, in the scale's unit; below 0 it is better by so much,
            and the settlement may lie so much farther from it.
        accepts_from, accepts_to: where a settlement leaves it no worse off than no decision.
    """

    actor: str
    loss: float
    accepts_from: float
    accepts_to: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The formal decision at the centre, all inputs at the middle of their ranges.

    Attributes:
        rule: how the question is settled.
        blockers: ids of parties that surely can stop it alone: under consensus those that have a vote, the decider under a
            single decider, none under a majority.
        may_block: ids of parties that could if they have a vote, which the question does not say; only under consensus.
        voteless: ids of parties that have no vote, under any rule.
        decider: who decides, under a single decider: of the parties that have a vote, or may, the one with the largest
            influence, None where two share it; else None.
        losers: ids of parties for which the centre is worse than no decision; None where the reversion is unknown.
        gain_for_all: whether some settlement is better than no decision for every party that counts; None if unknown.
        agreement_from, agreement_to: where a settlement leaves nobody who counts worse off; None if unknown.
        weight_for, weight_against: share of influence x salience that gains by the centre, and that loses; None if unknown.
        bears: what each party would have to bear, the largest loss first; () where the reversion is unknown.
    """

    rule: Rule
    blockers: tuple[str, ...]
    may_block: tuple[str, ...]
    voteless: tuple[str, ...]
    decider: str | None
    losers: tuple[str, ...] | None
    gain_for_all: bool | None
    agreement_from: float | None
    agreement_to: float | None
    weight_for: float | None
    weight_against: float | None
    bears: tuple[Bears, ...]


def decision(question: Question, middle: Middle, held: tuple[Stance, ...]) -> Decision:
    """What the rule asks for, and who stands in its way.

    With positions on one line, settlements better for all than the reversion exist only where all who count stand on the
    same side of it: every party accepts what lies within its distance to the reversion, and the zone is where all do.
    """
    votes = {votes: _voting(question, votes=votes) for votes in (True, False, None)}
    decider = _decider(question, middle) if question.rule is Rule.SINGLE else None
    blockers = {Rule.CONSENSUS: votes[True], Rule.SINGLE: (decider,) if decider else ()}.get(question.rule, ())
    may = votes[None] if question.rule is Rule.CONSENSUS else ()
    parts = (question.rule, blockers, may, votes[False], decider)
    counted = [s for s, weight in zip(held, middle.weights, strict=True) if weight > 0]
    known = [s for s in counted if s.accepts_from is not None and s.accepts_to is not None]
    if not known:
        return Decision(*parts, None, None, None, None, None, None, ())
    low = max(s.accepts_from for s in known if s.accepts_from is not None)
    high = min(s.accepts_to for s in known if s.accepts_to is not None)
    sides = {
        side: float(sum(w for s, w in zip(held, middle.weights, strict=True) if s.side is side) / middle.weights.sum())
        for side in (Side.GAINS, Side.LOSES)
    }
    losers = tuple(s.actor for s in held if s.side is Side.LOSES)
    span = question.scale.high - question.scale.low
    return Decision(
        *parts, losers, high - low > 1e-9 * span, low, max(low, high), sides[Side.GAINS], sides[Side.LOSES], _bears(held),
    )  # fmt: skip


def _voting(question: Question, *, votes: bool | None) -> tuple[str, ...]:
    """Ids of the parties that have a vote, that have none, or of which it is unknown."""
    return tuple(party.actor for party in question.positions if party.votes is votes)


def _decider(question: Question, middle: Middle) -> str | None:
    """The party with a vote, or with one perhaps where none surely has, whose influence is largest; None where two share it."""
    able = _voting(question, votes=True) or _voting(question, votes=None)
    influence = {
        p.actor: value for p, value in zip(question.positions, middle.influence, strict=True) if p.actor in able
    }
    largest = max(influence.values(), default=0.0)
    first = [actor for actor, value in influence.items() if value >= largest - 1e-12]
    return first[0] if len(first) == 1 else None


def _bears(held: tuple[Stance, ...]) -> tuple[Bears, ...]:
    found = [
        Bears(s.actor, -s.gain, s.accepts_from, s.accepts_to)
        for s in held
        if s.gain is not None and s.accepts_from is not None and s.accepts_to is not None
    ]
    return tuple(sorted(found, key=lambda b: (-b.loss, b.actor)))
