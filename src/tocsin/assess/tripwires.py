"""The tripwires of a choice beside its dates, what must be true, and the institutions its missions advise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.rows import EngagementLevel
from tocsin.case.tripwires import Indicator
from tocsin.mission.engagement import How, contacts
from tocsin.mission.in_force import Days, Force, in_force
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tocsin.case import Case
    from tocsin.case.dates import PartialDate
    from tocsin.case.options import Choice
    from tocsin.decide.tripwires.findings import Condition, Quoted, StatedTrigger, Watched


@dataclass(frozen=True, slots=True)
class Advised:
    """An institution that a mission trains or advises, and whether its posts changed hands.

    Attributes:
        name: the institution.
        missions: ids of the missions.
        sure: whether a row says that this goes on today.
        watched_by: ids of the choice's tripwires on its posts.
        changes: what the record and the case's posts say of posts there that changed hands, the newest first.
    """

    name: str
    missions: tuple[str, ...]
    sure: bool
    watched_by: tuple[str, ...]
    changes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A date that bears on a choice.

    Attributes:
        when: the date as given.
        day: its first day, by which dates stand in order.
        what: what is due.
        kind: calendar, step, tripwire or decision.
        of: id of the option or tripwire; None for the calendar's own.
        past: whether it is surely over on the day asked about; None where its month or year is running.
        source_id: who says so.
        basis: stated, reported or judgement; None where no row says.
    """

    when: str
    day: date
    what: str
    kind: str
    of: str | None
    past: bool | None
    source_id: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class ChoiceTripwires:
    """Everything found of a choice's tripwires on a day.

    Attributes:
        choice: its id.
        question: what it asks.
        today: the day asked about.
        watched: every tripwire of the choice, refused ones too.
        conditions: what must be true for its options, and which tripwires stand for that.
        futures: tested to find those conditions; None where the options cannot be compared.
        stated: what the choice's source states as triggers, and which tripwires watch that.
        advised: institutions that missions of the case advise.
        dates: the calendar beside the steps, in order.
        left_out: dates of the calendar that share neither source nor date with the choice.
    """

    choice: str
    question: str
    today: date
    watched: tuple[Watched, ...]
    conditions: tuple[Condition, ...]
    futures: int | None
    stated: tuple[StatedTrigger, ...]
    advised: tuple[Advised, ...]
    dates: tuple[Due, ...]
    left_out: int

    @property
    def refused(self) -> tuple[Watched, ...]:
        """Tripwires that no option can use."""
        return tuple(w for w in self.watched if w.refused)


def calendar_of(case: Case, choice: Choice, *, today: date) -> tuple[tuple[Due, ...], int]:
    """The dates that bear on a choice, in order, and how many dates of the calendar do not.

    A row of the calendar bears on it where it shares its source, or its date with a step or tripwire of the choice.

    Args:
        case: with its calendar.
        choice: with its steps and tripwires.
        today: the day asked about.

    Example:
        >>> from datetime import date
        >>> from tocsin.case import read_case
        >>> case = read_case("iraq")
        >>> choice = next(c for c in case.choices if c.id == "nmi-drawdown-2026")
        >>> due, left_out = calendar_of(case, choice, today=date(2026, 8, 15))
        >>> [(d.when, d.past) for d in due if d.kind == "calendar"], left_out
        ([('2026-07', True), ('2026-09', False), ('2026-09', False)], 0)
    """
    own = list(_own_dates(choice, today))
    sources = {choice.source_id, *(s for o in choice.options for s in o.source_ids)} - {None}
    dated = {due.when for due in own}
    rows = [row for row in case.calendar if row.source_id in sources or str(row.date) in dated]
    listed = [
        due
        for row in rows
        if (due := _due(row.date, row.what, "calendar", today=today, source=row.source_id, basis=row.basis.value))
    ]
    return tuple(sorted([*listed, *own], key=lambda d: (d.day, d.kind))), len(case.calendar) - len(rows)


def _own_dates(choice: Choice, today: date) -> Iterator[Due]:
    for option in choice.options:
        for step in option.steps:
            basis = None if step.basis is None else step.basis.value
            due = _due(step.when, f"{option.name}: {step.do}", "step", today=today, of=option.id, basis=basis)
            if due is not None:
                yield due
    for tripwire in choice.tripwires:
        if tripwire.indicator is Indicator.CALENDAR:
            due = _due(
                tripwire.when, tripwire.watches, "tripwire", today=today, of=tripwire.id, source=tripwire.source_id,
                basis=tripwire.basis.value,
            )  # fmt: skip
            if due is not None:
                yield due


def _due(
    when: PartialDate | None, what: str, kind: str, *, today: date, of: str | None = None, source: str | None = None,
    basis: str | None = None,
) -> Due | None:  # fmt: skip
    day = None if when is None else when.earliest or when.latest
    if when is None or day is None:
        return None
    past = True if when.latest is not None and when.latest < today else False if day > today else None
    return Due(str(when), day, what, kind, of, past, source, basis)


def institutions_advised(case: Case, *, today: date) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Institutions that missions train or advise, by name: the missions, and whether a row says that this goes on.

    Named are counterparts of engagements that are met directly or through a partner (high officials, who are no
    institution, are left out), and institutions of mandates; rows that surely ended, or begin later, are left out.

    Args:
        case: with engagements and mandates.
        today: the day asked about.
    """
    days = Days(today, today)
    missions = {m.mission_id: m for m in case.missions}
    found: dict[str, list[tuple[str, bool]]] = {}
    for met in contacts(case.engagements, actors=case.actors, missions=case.missions, days=days):
        persons = met.level is EngagementLevel.HIGH_OFFICIALS
        if met.counterpart is not None and met.how in {How.DIRECT, How.THROUGH} and not persons:
            found.setdefault(_one_name(met.counterpart, found), []).append((met.mission_id, met.force.sure))
    for task in case.mandates:
        force = in_force(task, days, mission=missions.get(task.mission_id))
        if task.institution is not None and force is not Force.NO:
            found.setdefault(_one_name(task.institution, found), []).append((task.mission_id, force.sure))
    return {
        name: (tuple(dict.fromkeys(m for m, _ in rows)), any(sure for _, sure in rows)) for name, rows in found.items()
    }


def _one_name(name: str, known: Iterable[str]) -> str:
    return next((other for other in known if fold(other) == fold(name)), name)
