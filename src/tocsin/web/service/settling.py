"""A question settled anew with inputs moved: bounded, stored nowhere."""

from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, JsonValue
from pydantic_core import to_jsonable_python
from starlette.responses import Response

from tocsin.api.settle import questions_asked
from tocsin.api.shapes.settle import question_as_json
from tocsin.case.cells import Range
from tocsin.case.questions import Position, Question
from tocsin.decide.settle import settle_question
from tocsin.errors import UnknownName
from tocsin.web.service.answers import about_of, fresh
from tocsin.web.service.asking import Asks
from tocsin.web.service.faults import Refused
from tocsin.web.service.shapes import About, Shape

ROUTER = APIRouter(tags=["decisions"])
AT_ONCE, WAIT_SECONDS = 2, 5.0
_turns = BoundedSemaphore(AT_ONCE)

Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]
Weight = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1)]
Spread = Annotated[list[Number], Field(min_length=3, max_length=3, description="lowest, middle, highest; they rise")]
Weights = Annotated[
    list[Weight], Field(min_length=3, max_length=3, description="lowest, middle, highest, 0..1; they rise")
]


class Moved(Shape):
    """A party's inputs that are to stand elsewhere; what is null stays as the case has it."""

    actor: str = Field(max_length=60)
    position: Spread | None = None
    salience: Weights | None = None
    influence: Weights | None = None


class SettleAsked(Shape):
    """Which question, and what is moved."""

    question: str = Field(max_length=60, description="id of the question")
    positions: list[Moved] = Field(default=[], max_length=100)
    draws: int = Field(default=500, ge=100, le=2000, description="draws of the inputs; editions use more")
    seed: int = Field(default=1, ge=0, le=2**31 - 1)


class SettleAnswer(Shape):
    """A question settled with inputs moved."""

    about: About
    moved: list[str] = Field(description="the parties whose inputs were moved")
    stored: bool = Field(description="always false: what is moved here is kept nowhere")
    result: dict[str, JsonValue] = Field(
        description="one item of `questions[]` of `tocsin settle --json`: see docs/json.md"
    )


@ROUTER.post("/cases/{case}/settle", name="settle_anew", response_model=SettleAnswer)
def settle_anew(asked: Asks, body: SettleAsked) -> Response:
    """Settle a question with some inputs moved. The case is as it was: nothing is stored."""
    question = moved(questions_asked(asked.case, body.question)[0], body.positions)
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Refused(503, "many questions are being settled just now", headers={"Retry-After": "5"},
                      hint="try again in a few seconds")  # fmt: skip
    try:
        names = {actor.actor_id: actor.name for actor in asked.case.actors}
        settled = settle_question(question, names=names, draws=body.draws, seed=body.seed)
    finally:
        _turns.release()
    actors = [one.actor for one in body.positions]
    whole = SettleAnswer.model_validate(
        {
            "about": about_of(asked),
            "moved": actors,
            "stored": False,
            "result": to_jsonable_python(question_as_json(settled)),
        }
    )
    return fresh(asked.request, whole)


def moved(question: Question, moves: list[Moved]) -> Question:
    """A question with inputs of its parties moved.

    Raises:
        UnknownName: the question has no such party.
        Refused: 422, a range does not rise, leaves the scale, or a party is moved twice.
    """
    wanted = {one.actor: one for one in moves}
    for actor in wanted:
        if actor not in {party.actor for party in question.positions}:
            raise UnknownName.of("party", actor, [party.actor for party in question.positions])
    if len(wanted) < len(moves):
        raise Refused(422, "a party is moved twice", where="positions", hint="name each party once")
    positions = tuple(_stands(question, party, wanted.get(party.actor)) for party in question.positions)
    return question.model_copy(update={"positions": positions})


def _stands(question: Question, party: Position, move: Moved | None) -> Position:
    if move is None:
        return party
    given = {key: getattr(move, key) for key in ("position", "salience", "influence")}
    ranges = {key: Range(*value) for key, value in given.items() if value is not None}
    ends = (question.scale.low, question.scale.high)
    for key, one in ranges.items():
        low, high = ends if key == "position" else (0.0, 1.0)
        if not low <= one.low <= one.mid <= one.high <= high:
            raise Refused(
                422, f"the {key} of {party.actor} does not rise from {low:g} to {high:g}", where=f"positions.{party.actor}.{key}",
                hint="write lowest, middle, highest",
            )  # fmt: skip
    return party.model_copy(update=dict(ranges))
