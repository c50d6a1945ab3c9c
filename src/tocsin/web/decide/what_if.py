"""A question settled with some inputs moved: computed while somebody waits, and never stored.

A moved input takes its whole range along, as far as the scale allows, so that what is uncertain stays as uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from math import isfinite
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, NamedTuple

from tocsin.assess.decision import QuestionFindings
from tocsin.brief.inline import for_page
from tocsin.brief.sections.settlement_strip import strip_figure
from tocsin.case.cells import Range
from tocsin.decide.settle import Role, settle_question
from tocsin.errors import OutOfRange, TocsinError, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case.questions import Position, Question
    from tocsin.decide.settle import Settled

DRAWS = 500
"""Draws of the inputs while somebody waits; an edition's figures use ten times as many."""

AT_ONCE = 2
"""Settlements computed at the same time."""

WAIT_SECONDS = 5.0
ROLES = (Role.POSITION, Role.SALIENCE, Role.INFLUENCE)
_turns = BoundedSemaphore(AT_ONCE)


class Move(NamedTuple):
    """One input moved: whose, which, and where its middle now stands."""

    actor: str
    role: Role
    to: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question with some inputs moved; two of them are equal where the same numbers come out.

    Attributes:
        question: as the case has it.
        names: names of actors by id.
        moves: in the order of the question's parties.
        print_: fingerprint of the question and the names.
    """

    question: Question = field(compare=False)
    names: Mapping[str, str] = field(compare=False)
    moves: tuple[Move, ...]
    print_: str

    @property
    def address(self) -> dict[str, str]:
        """The moves as parameters of an address."""
        return {f"{move.role}.{move.actor}": f"{move.to:g}" for move in self.moves}


class Answer(NamedTuple):
    """What comes out, and its picture as SVG to stand in a page."""

    settled: Settled
    strip: str
    caption: str


def what_if(question: Question, asked: Mapping[str, str], *, names: Mapping[str, str]) -> WhatIf:
    """The moves that an address asks for; an input that stands where the case has it is not moved.

    Args:
        question: as the case has it.
        asked: parameters as `position.us`, `salience.us`, `influence.us`; others are none of its business.
        names: names of actors by id.

    Raises:
        UnknownName: the question has no such party.
        OutOfRange: a number is none, or lies outside the scale, or outside 0 to 1.
    """
    parties = {party.actor: party for party in question.positions}
    given = [(key.partition("."), value) for key, value in asked.items() if key.partition(".")[0] in {*ROLES}]
    for (_, _, actor), _ in given:
        if actor not in parties:
            raise UnknownName.of("party", actor, parties)
    wanted = {(actor, Role(role)): _number(question, Role(role), actor, value) for (role, _, actor), value in given}
    moves = tuple(
        Move(actor, role, wanted[actor, role])
        for actor, party in parties.items() for role in ROLES
        if (actor, role) in wanted and f"{wanted[actor, role]:g}" != f"{range_of(party, role).mid:g}"
    )  # fmt: skip
    said = question.model_dump_json() + repr(sorted(names.items()))
    return WhatIf(question, names, moves, blake2b(said.encode(), digest_size=12).hexdigest())


def _number(question: Question, role: Role, actor: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    low, high = ends_of(question, role)
    if not isfinite(value) or not low <= value <= high:
        raise OutOfRange(
            f"{role} of {actor} is '{text[:20]}'", where=Where(field=f"{role}.{actor}"),
            hint=f"give a number from {low:g} to {high:g}",
        )  # fmt: skip
    return value


def ends_of(question: Question, role: Role) -> tuple[float, float]:
    """Between what an input can be moved: the scale for a position, 0 to 1 for a weight."""
    return (question.scale.low, question.scale.high) if role is Role.POSITION else (0.0, 1.0)


def range_of(party: Position, role: Role) -> Range:
    """One of a party's three ranges."""
    return {Role.POSITION: party.position, Role.SALIENCE: party.salience, Role.INFLUENCE: party.influence}[role]


def moved(question: Question, moves: tuple[Move, ...]) -> Question:
    """The question with its moves made; what was stated or judged is not asked of numbers that were moved."""
    changed = {(move.actor, move.role): move.to for move in moves}
    positions = tuple(
        party.model_copy(update={
            role.value: _taken_along(range_of(party, role), changed[party.actor, role], ends_of(question, role))
            for role in ROLES if (party.actor, role) in changed
        })
        for party in question.positions
    )  # fmt: skip
    return question.model_copy(update={"positions": positions})


def _taken_along(given: Range, to: float, ends: tuple[float, float]) -> Range:
    """A range whose middle is moved: its ends go along, as far as they can.

    Example:
        >>> _taken_along(Range(0.0, 7.0, 10.0), 55.0, (0.0, 60.0))
        Range(low=48.0, mid=55.0, high=58.0)
        >>> _taken_along(Range(0.5, 0.8, 0.9), 1.0, (0.0, 1.0))
        Range(low=0.7, mid=1.0, high=1.0)
    """
    by = to - given.mid
    return Range(round(max(ends[0], given.low + by), 9), to, round(min(ends[1], given.high + by), 9))


def answer(asked: WhatIf) -> Answer:
    """Settle it, a few at a time; the same question with the same moves is computed once.

    Raises:
        InputError: no party counts any more.
        TocsinError: too many others are waiting.
    """
    return _answer(asked)


@lru_cache(maxsize=256)
def _answer(asked: WhatIf) -> Answer:
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise TocsinError("many people are asking what if just now", hint="try again in a few seconds")
    try:
        question = moved(asked.question, asked.moves)
        settled = settle_question(question, names=asked.names, draws=DRAWS, rank_inputs=False)
    finally:
        _turns.release()
    figure = strip_figure(QuestionFindings(question, settled))
    return Answer(settled, for_page(figure, prefix="_moved-"), figure.caption)
