"""The questions of a case, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.decide.settle import DRAWS, Settled, settle_question
from tocsin.errors import CaseProblem, UnknownName, Where

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.questions import Question


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
