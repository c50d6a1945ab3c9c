"""A question that parties must settle: its scale, and the positions they take."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tocsin.case.cells import Basis, Frozen, Id, Number, Range, Spread, Weights, Words, column, required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.validate import Location


class Rule(StrEnum):
    """How the question is settled."""

    CONSENSUS = "consensus"
    MAJORITY = "majority"
    WEIGHTED_MAJORITY = "weighted majority"
    SINGLE = "single decider"


class Scale(Frozen):
    """The line on which positions stand."""

    low: Number = required("lowest point of the scale")
    high: Number = required("highest point of the scale")
    unit: Words = required("unit of the scale")
    anchors: dict[Annotated[float, Field(allow_inf_nan=False)], str] = column("what points of it mean", default={})


class Reversion(Frozen):
    """What holds when nothing is decided."""

    value: Spread = required("lowest, middle, highest point that holds without a decision")
    why: Words | None = column("why")
    basis: Basis = required("stated, reported or judgement")


class Position(Frozen):
    """Where a party stands, how much it cares, and how much it counts."""

    actor: str = required("id of the actor", ref="actors")
    name: Words | None = column("the party as the question names it, where that differs from the actor's name")
    position: Spread = required("lowest, middle, highest point on the scale")
    salience: Weights = required("how much the party cares, 0..1: lowest, middle, highest")
    influence: Weights = required("how much the party counts, 0..1: lowest, middle, highest")
    source_id: str | None = column("the source of the position", ref="sources")
    basis: Basis = required("stated, reported or judgement: what the direction of the position rests on")
    judged: tuple[str, ...] = column("keys that are our own reading", default=())
    note: Words | None = column("anything a reader should know")


class Question(Frozen):
    """A question to be settled."""

    id: Id = required("short id of the question; the file's name without .yaml")
    question: Words = required("the question, as it would be asked")
    scale: Scale = required("the line on which positions stand")
    rule: Rule = required("consensus, majority, weighted majority or single decider")
    reversion: Reversion | None = column("what holds when nothing is decided")
    unilateral: tuple[str, ...] = column("what parties can do alone, whatever is decided", default=())
    positions: Annotated[tuple[Position, ...], Field(min_length=1)] = required("the parties' positions")
    note: Words | None = column("anything a reader should know")


def question_faults(question: Question) -> Iterator[tuple[Location, str, str]]:
    """What is wrong within a question, beyond the form of its values: where, what, mend."""
    scale = question.scale
    span = f"{scale.low:g} to {scale.high:g} {scale.unit}"
    if scale.low >= scale.high:
        yield ("scale", "high"), f"the scale runs from {scale.low:g} to {scale.high:g}", "let high be above low"
        return

    def outside(value: Range) -> bool:
        return value.low < scale.low or value.high > scale.high

    mend = f"keep it within the scale, {span}, or widen the scale"
    for number, p in enumerate(question.positions):
        if outside(p.position):
            shown = ", ".join(f"{v:g}" for v in p.position)
            yield ("positions", number, "position"), f"the position [{shown}] lies outside the scale", mend
        if p.source_id is None and p.basis is not Basis.JUDGEMENT:
            where = ("positions", number, "basis")
            yield where, f"the position is {p.basis.value} but names no source", "add source_id, or write judgement"
    if question.reversion is not None and outside(question.reversion.value):
        yield ("reversion", "value"), "what holds without a decision lies outside the scale", mend
    for point in scale.anchors:
        if not scale.low <= point <= scale.high:
            yield ("scale", "anchors"), f"the anchor {point:g} lies outside the scale", mend
