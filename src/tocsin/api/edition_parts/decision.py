"""The questions and choices of an edition, in the shapes of their commands."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tocsin.api.edition_parts.form import Files, document
from tocsin.api.shapes.options import comparison_as_json
from tocsin.api.shapes.schedule import evidence_as_json, schedule_as_json
from tocsin.api.shapes.settle import question_as_json
from tocsin.api.shapes.tripwires import choice_as_json

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.assess.decision import ChoiceFindings, DecisionFindings


def decision_part(found: Found) -> Files:
    """`decision`; none where the case has neither questions nor choices."""
    decision = found.findings.decision
    return {} if decision is None else {"decision.json": document(decision_json(found, decision))}


def decision_json(found: Found, decision: DecisionFindings) -> dict[str, object]:
    """Settlements, comparisons, tripwires, schedules, and one calendar of all dates."""
    choices = decision.choices
    return {
        "case": found.name, "demo": found.findings.demo, "leads": decision.leads,
        "settle": [question_as_json(question.settled) for question in decision.questions],
        "options": [_option(choice) for choice in choices],
        "tripwires": [choice_as_json(choice.tripwires) for choice in choices if choice.tripwires],
        "schedule": [schedule_as_json(choice.schedule) for choice in choices if choice.schedule],
        "calendar": _calendar(choices),
    }  # fmt: skip


def _option(choice: ChoiceFindings) -> dict[str, object]:
    return {
        **comparison_as_json(choice.compared),
        "evidence": None if choice.evidence is None else evidence_as_json(choice.evidence),
    }


def _calendar(choices: tuple[ChoiceFindings, ...]) -> list[dict[str, object]]:
    """The dates of all choices in order; one that several share stands once."""
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for choice in choices:
        for due in choice.tripwires.dates if choice.tripwires else ():
            row = rows.setdefault(
                (due.when, due.what, due.kind), {**asdict(due), "day": str(due.day), "choices": []}
            )  # fmt: skip
            named = row["choices"]
            assert isinstance(named, list), "made so above"
            named.append(choice.given.id)
    return sorted(rows.values(), key=lambda row: (str(row["day"]), str(row["kind"]), str(row["what"])))
