"""Who provides or threatens security where, and whom a mission deals with, at which level and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.mission.functions import NATIONAL
from tocsin.mission.in_force import Days, Force, in_force
from tocsin.vocabulary import province_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.cells import Basis
    from tocsin.case.rows import Actor, Engagement, EngagementLevel, Mission, Presence, SecurityRole, Standing, Task


class How(StrEnum):
    """How a mission deals with a counterpart, as far as a source says."""

    DIRECT = "directly"
    THROUGH = "through a local partner"
    LITTLE = "little"
    NONE = "none"


SAID_SO = {"little": How.LITTLE, "none": How.NONE}
"""Words of mode by which a source says that there is little or no engagement."""


@dataclass(frozen=True, slots=True)
class SecurityActor:
    """An actor of which a row says that it is somewhere.

    Attributes:
        actor_id: the actor.
        name: its name.
        standing: formal, informal or hybrid; None where unknown.
        security: whether it provides or threatens security there; None where unknown.
        role: what it does there, in words.
        area: where, in the source's words.
        provinces: provinces by name; empty where the row ties it to none.
        force: whether the row holds in the window.
        source_id: who says it; None where it is our own reading.
        basis: what the row rests on.
    """

    actor_id: str
    name: str
    standing: Standing | None
    security: SecurityRole | None
    role: str
    area: str | None
    provinces: tuple[str, ...]
    force: Force
    source_id: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Contact:
    """A counterpart a mission deals with, or of which a source says that it does so little or not at all.

    Attributes:
        mission_id: the mission.
        counterpart: the counterpart's name; None where no row gives it.
        level: high officials, institution or community; None where unknown.
        how: directly, through a local partner, little or none.
        through: the local partner's name, where there is one.
        mode: advise, train ...
        area: where, in the source's words.
        provinces: provinces by name; empty where the row ties it to none.
        force: whether the row holds in the window.
        source_id: who says it; None where it is our own reading.
        basis: what the row rests on.
    """

    mission_id: str
    counterpart: str | None
    level: EngagementLevel | None
    how: How
    through: str | None
    mode: str
    area: str | None
    provinces: tuple[str, ...]
    force: Force
    source_id: str | None
    basis: Basis

    @property
    def reaches(self) -> bool:
        """Whether the mission surely deals with the counterpart in the window, directly or through a partner."""
        return self.how in {How.DIRECT, How.THROUGH} and self.force.sure


@dataclass(frozen=True, slots=True)
class Mandated:
    """A task by which a mission's mandate says that it serves the whole country, or provinces by name."""

    mission_id: str
    task_id: str
    line_of_effort: str
    function: str
    national: bool
    provinces: tuple[str, ...]
    force: Force


def security_actors(presence: Sequence[Presence], *, actors: Sequence[Actor], days: Days) -> tuple[SecurityActor, ...]:
    """Who is said to be where in a window; rows that surely do not hold in it are left out."""
    known = {a.actor_id: a for a in actors}
    found = []
    for row in presence:
        force = in_force(row, days)
        actor = known.get(row.actor_id)
        if force is not Force.NO:
            found.append(SecurityActor(
                row.actor_id, actor.name if actor else row.actor_id, actor.standing if actor else None, row.security,
                row.role, row.area, row.provinces, force, row.source_id, row.basis,
            ))  # fmt: skip
    return tuple(found)


def contacts(
    engagements: Sequence[Engagement], *, actors: Sequence[Actor], missions: Sequence[Mission], days: Days
) -> tuple[Contact, ...]:
    """Whom missions deal with in a window; rows that surely do not hold in it are left out."""
    names = {a.actor_id: a.name for a in actors}
    by_id = {m.mission_id: m for m in missions}
    found = []
    for row in engagements:
        force = in_force(row, days, mission=by_id.get(row.mission_id))
        if force is Force.NO:
            continue
        who = names.get(row.actor_id, row.actor_id) if row.actor_id else row.counterpart
        through = names.get(row.through, row.through) if row.through else None
        how = SAID_SO.get(row.mode.strip().lower(), How.DIRECT if through is None else How.THROUGH)
        found.append(Contact(
            row.mission_id, who, row.level, how, through, row.mode, row.area, row.provinces, force, row.source_id,
            row.basis,
        ))  # fmt: skip
    return tuple(found)


def mandated(tasks: Sequence[Task], *, missions: Sequence[Mission], days: Days) -> tuple[Mandated, ...]:
    """Tasks that serve the whole country, or provinces by name, by the mandate: apart from any presence."""
    by_id = {m.mission_id: m for m in missions}
    found = []
    for task in tasks:
        force = in_force(task, days, mission=by_id.get(task.mission_id))
        national = serves_nation(task)
        if force is not Force.NO and (national or task.provinces):
            found.append(Mandated(
                task.mission_id, task.task_id, task.line_of_effort, task.function, national, task.provinces, force
            ))  # fmt: skip
    return tuple(found)


def serves_nation(task: Task) -> bool:
    """Whether a task's row says that it serves the whole country."""
    return (task.serves or "").strip().lower() == NATIONAL


def names_province(provinces: Sequence[str], area: str) -> bool:
    """Whether provinces by name hold an area by its id.

    Example:
        >>> names_province(["Ninewa"], "IRQ/Ninewa")
        True
    """
    return province_name(area) in provinces or area in provinces
