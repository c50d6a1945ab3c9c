"""What is found of a case's questions and choices, side by side: nothing here is multiplied into anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.decide.settle import Role

if TYPE_CHECKING:
    from tocsin.assess.evidence import EvidenceBeside
    from tocsin.assess.schedule import Schedule
    from tocsin.assess.tripwires import ChoiceTripwires
    from tocsin.case.options import Choice
    from tocsin.case.questions import Question
    from tocsin.decide.options import AlternativeFound, Comparison, Preference
    from tocsin.decide.settle import BreakEven, Importance, Settled

SHOWN = 3
"""Levers and break-evens that a page names; the commands give all."""


@dataclass(frozen=True, slots=True)
class QuestionFindings:
    """One question.

    Attributes:
        asked: as the case has it.
        settled: where it settles, if it is settled.
    """

    asked: Question
    settled: Settled


@dataclass(frozen=True, slots=True)
class ChoiceFindings:
    """One choice.

    Attributes:
        given: as the case has it.
        compared: its options over the futures tested.
        tripwires: what calls it into question, and when; None where they were not looked at.
        schedule: sites and reach along dated steps; None where they were not looked at.
        evidence: what studies found, beside the options; None where it was not looked at.
    """

    given: Choice
    compared: Comparison
    tripwires: ChoiceTripwires | None = None
    schedule: Schedule | None = None
    evidence: EvidenceBeside | None = None


@dataclass(frozen=True, slots=True)
class DecisionFindings:
    """The questions and choices of a case.

    Attributes:
        questions: each question, in the order of the case.
        choices: each choice, in the order of the case.
        leads: id of the question that the first page tells; None where there is none.
    """

    questions: tuple[QuestionFindings, ...]
    choices: tuple[ChoiceFindings, ...]
    leads: str | None

    @property
    def lead(self) -> QuestionFindings | None:
        """The question that the first page tells."""
        return next((found for found in self.questions if found.settled.id == self.leads), None)


def leading(questions: tuple[Question, ...], *, named: str | None = None) -> str | None:
    """Id of the first question that names the mission assessed; the first of all where none does.

    Args:
        questions: in the order of the case.
        named: name of the mission; None where none is assessed.
    """
    of_it = [q.id for q in questions if named and named.lower() in q.question.lower()]
    return next(iter([*of_it, *(q.id for q in questions)]), None)


def nearest_break_evens(settled: Settled, *, most: int = SHOWN) -> tuple[BreakEven, ...]:
    """The break-evens that ask for the least change, as a share of the scale or of 0..1; one for each party and band.

    Args:
        settled: with every break-even.
        most: how many are kept.
    """
    able = [
        (round(change(settled, found), 6), n, found) for n, found in enumerate(settled.break_evens) if found.possible
    ]
    return tuple(found for _, _, found in sorted(able)[:most])


def change(settled: Settled, found: BreakEven) -> float:
    """The smallest change by which one party brings the centre into a band: 0..1 of the scale or of a weight's room."""
    return min(ways(settled, found).values())


def ways(settled: Settled, found: BreakEven) -> dict[Role, float]:
    """How far each input of a party would have to move, as a share of the scale, or of 0..1."""
    now = {given.role: given.mid for given in settled.inputs if given.actor == found.actor}
    span = settled.high - settled.low
    needed = (
        (Role.POSITION, found.position_needed, span), (Role.SALIENCE, found.salience_needed, 1.0),
        (Role.INFLUENCE, found.influence_needed, 1.0),
    )  # fmt: skip
    return {role: abs(value - now[role]) / room for role, value, room in needed if value is not None}


def least_certain(settled: Settled) -> Importance | None:
    """The input whose range moves the centre most; None where none does so above the noise."""
    return next((found for found in settled.importances.inputs if found.above_noise), None)


@dataclass(frozen=True, slots=True)
class Preferred:
    """What one viewpoint prefers.

    Attributes:
        viewpoint: whose view; by every weighting, where the choice names none.
        option: name of the option that is first most often.
        share: share of the weightings, and futures tested, under which it is first, 0..1.
    """

    viewpoint: str
    option: str
    share: float


def preferred(compared: Comparison) -> tuple[Preferred, ...]:
    """What each viewpoint prefers; empty where nothing can be ranked."""
    names = {found.id: found.name for found in compared.alternatives}
    return tuple(_first(given, names) for given in compared.preferences if given.rows)


def _first(given: Preference, names: dict[str, str]) -> Preferred:
    best = given.rows[0]
    return Preferred(given.name, names[best.alternative], best.acceptability[0])


def dissent(compared: Comparison) -> bool | None:
    """Whether viewpoints put different options first; None where fewer than two can be asked."""
    found = preferred(compared)
    return None if len(found) < 2 else len({each.option for each in found}) > 1


ALTERNATIVES = 6
"""Alternatives that a page shows; the command gives all."""


def shown_alternatives(compared: Comparison, *, most: int = ALTERNATIVES) -> tuple[AlternativeFound, ...]:
    """All alternatives; where they are many, the options alone, then combinations that some viewpoint or threshold favours.

    Args:
        compared: a choice compared.
        most: how many, but never fewer than the options alone.
    """
    if len(compared.alternatives) <= most:
        return compared.alternatives
    first = {r.alternative: 0.0 for p in compared.preferences for r in p.rows}
    for given in compared.preferences:
        for row in given.rows:
            first[row.alternative] = max(first[row.alternative], row.acceptability[0])
    alone = [a for a in compared.alternatives if len(a.options) == 1]
    order = sorted(
        (a for a in compared.alternatives if len(a.options) > 1),
        key=lambda a: (-(a.meets_all or 0.0), -first.get(a.id, 0.0), a.id),
    )
    kept = {a.id for a in (*alone, *order[: max(0, most - len(alone))])}
    return tuple(a for a in compared.alternatives if a.id in kept)
