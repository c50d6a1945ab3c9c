"""A question that parties must settle: its scale, and the positions they take."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from tocsin.case.cells import Basis, Day, Frozen, Id, Point, Spread, Weights, Words, column, required


class Rule(StrEnum):
    """How the question is settled."""

    CONSENSUS = "consensus"
    MAJORITY = "majority"
    WEIGHTED_MAJORITY = "weighted majority"
    SINGLE = "single decider"


class Scale(Frozen):
    """The line on which positions stand."""

    low: Point = required("lowest point of the scale")
    high: Point = required("highest point of the scale")
    unit: Words = required("unit of the scale")
    anchors: dict[Annotated[float, Field(allow_inf_nan=False)], str] = column("what points of it mean", default={})


class Band(Frozen):
    """A named stretch of the scale, for the question that readers truly ask: `by September`, `a longer time`."""

    name: Words = required("what the stretch is called")
    low: Point = required("its lowest point")
    high: Point = required("its highest point; it belongs to the band above, but at the end of the scale")


class Alone(Frozen):
    """What a party can do alone, whatever is decided; plain words are what it can do, by nobody in particular."""

    actor: str | None = column("id of the actor", ref="actors", default=None)
    can: Words = required("what it can do alone, in words")
    removes: Spread | None = column("lowest, middle, highest share of the capacity that goes with it, percent")
    source_id: str | None = column("the source that says so", ref="sources")
    basis: Basis | None = column("stated, reported or judgement")
    note: Words | None = column("anything a reader should know")


def _words_are_what_can_be_done(value: object) -> object:
    return {"can": value} if isinstance(value, str) else value


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
    votes: bool | None = column("true or false: has a vote in the formal decision; unknown where not given")
    votes_why: Words | None = column("what it rests on that the party has a vote, or none")
    note: Words | None = column("anything a reader should know")


class Question(Frozen):
    """A question to be settled."""

    id: Id = required("short id of the question; the file's name without .yaml")
    question: Words = required("the question, as it would be asked")
    scale: Scale = required("the line on which positions stand")
    rule: Rule = required("consensus, majority, weighted majority or single decider")
    reversion: Reversion | None = column("what holds when nothing is decided")
    unilateral: tuple[Annotated[Alone, BeforeValidator(_words_are_what_can_be_done)], ...] = column(
        "what parties can do alone, whatever is decided", default=()
    )
    bands: tuple[Band, ...] = column(
        "named stretches of the scale; between its anchors where none is given", default=()
    )
    decides: Day | None = column("when the answer will be known")
    positions: Annotated[tuple[Position, ...], Field(min_length=1)] = required(
        "the parties' positions; or the name of a .csv or .xlsx beside the file, one row a party"
    )
    note: Words | None = column("anything a reader should know")
