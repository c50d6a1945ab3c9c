"""What can be wrong within a question, beyond the form of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.cells import Basis, Range
from tocsin.case.finding import did_you_mean, quoted
from tocsin.case.questions import Position, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.questions import Question
    from tocsin.case.validate import Location

Said = tuple["Location", str, str]
"""Where, what, and what mends it."""

READ = ("position", "salience", "influence")
"""What of a position can be our own reading although its direction is not."""


def question_faults(question: Question) -> Iterator[Said]:
    """What is wrong within a question: where, what, mend."""
    scale = question.scale
    if scale.low >= scale.high:
        yield ("scale", "high"), f"the scale runs from {scale.low:g} to {scale.high:g}", "let high be above low"
        return
    yield from _outside(question)
    yield from _parties(question)
    yield from _votes(question)
    for number, position in enumerate(question.positions):
        yield from _position(position, at=("positions", number))
    yield from _bands(question)
    yield from _alone(question)


def question_notes(question: Question) -> Iterator[Said]:
    """What should be known of a question, and stops nothing: where, what, mend."""
    parties = question.positions
    if len(parties) > 1 and len({p.position for p in parties}) == 1:
        problem = "all parties stand at the same place: there is nothing to settle"
        yield ("positions",), problem, "nothing to mend, if it is so"
    for number, p in enumerate(parties):
        if p.position.low == p.position.high:
            problem = f"the position of {quoted(p.actor)} has no width: it claims to be certain"
            yield ("positions", number, "position"), problem, "widen it to what you think possible"
    counted = [p.actor for p in parties if p.influence.high > 0]
    if question.rule is Rule.SINGLE and len(counted) > 1:
        problem = f"a single decider decides, and {len(counted)} parties have influence: {', '.join(counted)}"
        mend = "read it as who advises the decider, or set the influence of the others to [0, 0, 0]"
        yield ("rule",), problem, mend
    if question.rule is Rule.CONSENSUS and question.reversion is None:
        problem = "what holds without a decision is not said: who would rather have none cannot be worked out"
        yield ("reversion",), problem, "write reversion, with value and basis, if it is known"
    yield from _gaps(question)


def _outside(question: Question) -> Iterator[Said]:
    """Points that do not lie on the scale."""
    scale = question.scale
    mend = f"keep it within the scale, {scale.low:g} to {scale.high:g} {scale.unit}, or widen the scale"

    def outside(value: Range) -> bool:
        return value.low < scale.low or value.high > scale.high

    for number, p in enumerate(question.positions):
        if outside(p.position):
            shown = ", ".join(f"{v:g}" for v in p.position)
            yield ("positions", number, "position"), f"the position [{shown}] lies outside the scale", mend
    if question.reversion is not None and outside(question.reversion.value):
        yield ("reversion", "value"), "what holds without a decision lies outside the scale", mend
    for point in scale.anchors:
        if not scale.low <= point <= scale.high:
            yield ("scale", "anchors"), f"the anchor {point:g} lies outside the scale", mend


def _parties(question: Question) -> Iterator[Said]:
    """Too few parties, one twice, or none that counts."""
    actors = [p.actor for p in question.positions]
    if len(actors) == 1:
        problem = f"{quoted(actors[0])} is the only party: one party settles nothing with itself"
        yield ("positions",), problem, "add the other parties, each with its position"
    for number, actor in enumerate(actors):
        if actor in actors[:number]:
            mend = "keep one of the two, or give the second an actor of its own in actors.csv"
            yield ("positions", number, "actor"), f"the party {quoted(actor)} stands twice", mend
    if all(p.salience.high == 0 or p.influence.high == 0 for p in question.positions):
        problem = "no party both cares and counts: each has a salience or an influence of 0"
        yield ("positions",), problem, "give at least one party a salience and an influence above 0"
    elif all(p.salience.mid == 0 or p.influence.mid == 0 for p in question.positions):
        problem = "at the middle of the ranges no party both cares and counts, and there is no centre"
        yield ("positions",), problem, "give at least one party a middle salience and a middle influence above 0"


def _votes(question: Question) -> Iterator[Said]:
    """Nobody who votes, more than one where a single party decides, or a reason for what is not said."""
    parties = question.positions
    if len(parties) > 1 and all(p.votes is False for p in parties):
        yield ("positions",), "no party has a vote: nobody could decide", "write votes: true for those who have one"
    voting = [p.actor for p in parties if p.votes]
    if question.rule is Rule.SINGLE and len(voting) > 1:
        problem = f"a single decider decides, and {len(voting)} parties have a vote: {', '.join(voting)}"
        yield ("rule",), problem, "keep votes: true for the one who decides, or write another rule"
    for number, p in enumerate(parties):
        if p.votes is None and p.votes_why is not None:
            problem = f"why {quoted(p.actor)} has a vote, or none, is said, but not which"
            yield ("positions", number, "votes_why"), problem, "write votes: true or votes: false beside it"


def _position(position: Position, *, at: Location) -> Iterator[Said]:
    if position.source_id is None and position.basis is not Basis.JUDGEMENT:
        problem = f"the position is {position.basis.value} but names no source"
        yield (*at, "basis"), problem, "add source_id, or write judgement"
    for name in position.judged:
        if name not in READ:
            mend = did_you_mean(name, READ)
            yield (*at, "judged"), f"{quoted(name)} cannot be our own reading of a position", mend


def _bands(question: Question) -> Iterator[Said]:
    scale = question.scale
    names = [band.name for band in question.bands]
    for number, band in enumerate(question.bands):
        at, name = ("bands", number), quoted(band.name)
        if band.name in names[:number]:
            yield (*at, "name"), f"the name {name} stands twice", "give each band its own name"
        if band.low >= band.high:
            yield (*at, "high"), f"the band {name} runs from {band.low:g} to {band.high:g}", "let high be above low"
        elif band.low < scale.low or band.high > scale.high:
            mend = f"keep it within the scale, {scale.low:g} to {scale.high:g} {scale.unit}"
            yield at, f"the band {name} lies outside the scale", mend
        elif number and band.low < question.bands[number - 1].high:
            before = quoted(question.bands[number - 1].name)
            mend = "write bands from low to high, each from where the last ends"
            yield at, f"the band {name} overlaps {before}, or stands before it", mend


def _gaps(question: Question) -> Iterator[Said]:
    """Stretches of the scale that no band names."""
    if not question.bands or next(_bands(question), None) is not None:
        return
    ends = [question.scale.low, *(band.high for band in question.bands)]
    begins = [*(band.low for band in question.bands), question.scale.high]
    open_ = [f"{end:g} to {begin:g}" for end, begin in zip(ends, begins, strict=True) if begin > end]
    if open_:
        problem = f"no band names the scale from {' and '.join(open_)} {question.scale.unit}"
        yield ("bands",), problem, "widen a band, or name the rest too"


def _alone(question: Question) -> Iterator[Said]:
    """What a party can do alone: shares that cannot be, and what names no ground."""
    seen: set[tuple[str | None, str]] = set()
    for number, alone in enumerate(question.unilateral):
        at = ("unilateral", number)
        if alone.removes is not None and (alone.removes.low < 0 or alone.removes.high > 100):
            shown = ", ".join(f"{v:g}" for v in alone.removes)
            problem = f"[{shown}] percent of the capacity cannot go"
            yield (*at, "removes"), problem, "write percents from 0 to 100, as in [20, 40, 60]"
        if alone.removes is not None and alone.actor is None:
            problem = "a share of the capacity goes with nobody in particular"
            yield (*at, "removes"), problem, "name the actor, or leave removes out"
        if alone.removes is not None and alone.basis is None:
            problem = "a share of the capacity names no basis"
            yield (*at, "basis"), problem, "write basis: stated, reported or judgement"
        if alone.basis in {Basis.STATED, Basis.REPORTED} and alone.source_id is None:
            problem = f"what can be done alone is {alone.basis.value} but names no source"
            yield (*at, "basis"), problem, "add source_id, or write judgement"
        if (alone.actor, alone.can) in seen:
            yield at, "the same stands twice", "keep one of the two"
        seen.add((alone.actor, alone.can))
