"""What a brief may say of a case's questions and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.options import options_case
from tocsin.api.settle import settle_case
from tocsin.assess.decision import ChoiceFindings, DecisionFindings, QuestionFindings, leading

if TYPE_CHECKING:
    from tocsin.case import Case


def findings_of_decision(case: Case, *, mission: str | None = None, seed: int = 1) -> DecisionFindings | None:
    """The questions of a case settled and its choices compared; None where it has neither.

    Args:
        case: a checked case.
        mission: name of the mission assessed: the question that names it leads.
        seed: the same seed gives the same numbers.
    """
    if not case.questions and not case.choices:
        return None
    settled = settle_case(case, seed=seed) if case.questions else ()
    compared = options_case(case, seed=seed) if case.choices else ()
    return DecisionFindings(
        questions=tuple(map(QuestionFindings, case.questions, settled)),
        choices=tuple(map(ChoiceFindings, case.choices, compared)),
        leads=leading(case.questions, named=mission), calendar=case.calendar,
    )  # fmt: skip
