"""The questions of a case, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.record import open_record_of
from tocsin.decide.settle import DRAWS, Settled, settle_question
from tocsin.decide.settle.from_record import KIND, parties_in_record
from tocsin.errors import CaseProblem, UnknownName, Where
from tocsin.record.extract.knowledge import knowledge_of

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.questions import Question
    from tocsin.decide.settle.from_record import PartyInRecord
    from tocsin.settings import Settings


def settle_case(
    case: Case, *, question: str | None = None, draws: int = DRAWS, seed: int = 1
) -> tuple[Settled, ...]:  # fmt: skip
    """Where a case's questions will settle, as `tocsin settle` says.

    Args:
        case: a checked case.
        question: id of the question; every question of the case where not given.
        draws: of the inputs, 100 to 20,000.
        seed: the same seed gives the same numbers.

    Raises:
        UnknownName: the case has no question of that name.
        CaseProblem: the case has no questions.
        OutOfRange: too few or too many draws.
        InputError: at the middle of the ranges no party of a question counts.
    """
    names = {actor.actor_id: actor.name for actor in case.actors}
    return tuple(settle_question(each, names=names, draws=draws, seed=seed) for each in questions_asked(case, question))


def positions_from_record(
    case: Case, question: str, *, settings: Settings | None = None
) -> tuple[PartyInRecord, ...]:  # fmt: skip
    """What a case's record says of the positions of a question's parties, as `tocsin settle QUESTION --from-record` does.

    Args:
        case: a checked case.
        question: id of the question.
        settings: where the record is.

    Raises:
        UnknownName: the case has no question of that name.
        CaseProblem: the case has no questions.
        FileProblem: the case has no record yet, or it cannot be opened.
    """
    asked = questions_asked(case, question)[0]
    with open_record_of(case, settings=settings) as record:
        return parties_in_record(asked, record.claims(kind=KIND), actors=case.actors, knowledge=knowledge_of(case))


def questions_asked(case: Case, question: str | None) -> tuple[Question, ...]:
    """One question of a case, or all.

    Raises:
        UnknownName: the case has no question of that name.
        CaseProblem: the case has no questions.
    """
    if not case.questions:
        raise CaseProblem(
            "the case has no questions to settle", where=Where(case.folder / "questions"),
            hint="write one, as questions/name.yaml: docs/case.md lists its keys",
        )  # fmt: skip
    kept = tuple(each for each in case.questions if question is None or each.id == question)
    if not kept:
        raise UnknownName.of("question", question or "", [each.id for each in case.questions])
    return kept
