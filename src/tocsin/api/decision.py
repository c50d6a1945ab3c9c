"""What a brief may say of a case's questions and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.evidence import evidence_for
from tocsin.api.options import options_case
from tocsin.api.schedule import schedule_of
from tocsin.api.settle import settle_case
from tocsin.api.tripwires import tripwires_case
from tocsin.assess.decision import ChoiceFindings, DecisionFindings, QuestionFindings, leading

if TYPE_CHECKING:
    from datetime import date

    from tocsin.api.world import World
    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast


def findings_of_decision(
    case: Case, *, today: date, mission: str | None = None, seed: int = 1, world: World | None = None,
    forecast: Forecast | None = None,
) -> DecisionFindings | None:  # fmt: skip
    """The questions of a case settled and its choices compared, with tripwires, dates and evidence; None without either.

    Args:
        case: a checked case.
        today: the day on which tripwires are looked at.
        mission: name of the mission assessed: the question that names it leads.
        seed: the same seed gives the same numbers.
        world: the case's panel, where it was made before.
        forecast: the newest forecast of all countries, where it was made before.
    """
    if not case.questions and not case.choices:
        return None
    settled = settle_case(case, seed=seed) if case.questions else ()
    compared = options_case(case, seed=seed) if case.choices else ()
    watched = tripwires_case(case, today=today, replay_years=0, seed=seed, forecast=forecast) if case.choices else ()
    beside = [(schedule_of(case, given, seed=seed, world=world), evidence_for(case, given)) for given in case.choices]
    return DecisionFindings(
        questions=tuple(map(QuestionFindings, case.questions, settled)),
        choices=tuple(
            ChoiceFindings(given, done, tripwires, *other)
            for given, done, tripwires, other in zip(case.choices, compared, watched, beside, strict=True)
        ),
        leads=leading(case.questions, named=mission),
    )  # fmt: skip
