"""The decision of the Iraq case at small cost: no forecast is made for it, and all else is as the brief finds it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np

from tocsin.api.decision import findings_of_decision
from tocsin.api.world import countries_all, provinces_of
from tocsin.brief import Brief
from tocsin.case import read_case
from tocsin.forecast.forecast import Forecast
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from tocsin.assess.decision import ChoiceFindings, DecisionFindings, QuestionFindings
    from tocsin.assess.findings import Findings
    from tocsin.brief.sections.section import Section

TODAY = date(2026, 2, 1)
MADE = datetime(2026, 2, 1, tzinfo=UTC)


@cache
def iraq_decision() -> DecisionFindings:
    """Questions settled, choices compared, tripwires read on a made-up forecast of one death a month."""
    case = read_case("iraq")
    world = countries_all()
    quiet = Forecast(
        "made up", AreaIds.ISO3, world.target, "made up", world.panel.last, (1, 2, 3, 4, 5, 6), ("IRQ",), ("Iraq",),
        np.ones((1, 6, 20), dtype=np.int32), 1, "0" * 64,
    )  # fmt: skip
    found = findings_of_decision(
        case, today=TODAY, mission="NATO Mission Iraq", world=provinces_of(case), forecast=quiet
    )
    assert found is not None
    return found


def question_of(name: str) -> QuestionFindings:
    """One question of the case."""
    return next(q for q in iraq_decision().questions if q.settled.id == name)


def choice_of(name: str) -> ChoiceFindings:
    """One choice of the case."""
    return next(c for c in iraq_decision().choices if c.compared.choice == name)


def findings_with(decision: DecisionFindings | None, *, demo: bool = True) -> Findings:
    """Findings of which the pages on decisions see all that they look at."""
    return cast("Findings", SimpleNamespace(decision=decision, demo=demo, made=MADE))


def brief_of(findings: Findings, *sections: Section) -> Brief:
    """A brief of some sections alone."""
    pages = (block for section in sections for block in section.page(findings))
    annexes = (block for section in sections for block in section.annex(findings))
    return Brief("Iraq", "test", TODAY, MADE, tuple(pages), tuple(annexes))
