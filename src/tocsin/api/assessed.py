"""Which missions of a case are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import CaseProblem, UnknownName, Where

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.rows import Mission


def missions_assessed(case: Case, mission: str | None = None) -> tuple[Mission, ...]:
    """The mission asked for; else those case.toml assesses; else all, those with a placed site first, then by id.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the case has no mission.

    Example:
        >>> from tocsin.case import read_case
        >>> [m.mission_id for m in missions_assessed(read_case("iraq"))]
        ['nmi']
    """
    by_id = {m.mission_id: m for m in case.missions}
    where = Where(case.folder / "missions.csv", field="mission_id")
    if not by_id:
        hint = "write a row for each mission: at least mission_id, name and basis"
        raise CaseProblem("the case names no mission", where=where, hint=hint)
    placed = {s.mission_id for s in case.sites if s.lat is not None}
    every = sorted(by_id, key=lambda name: (name not in placed, name))
    named = [mission] if mission is not None else case.settings.mission.missions if case.settings.mission else every
    if unknown := [name for name in named if name not in by_id]:
        raise UnknownName.of("mission", unknown[0], by_id, where=where)
    return tuple(by_id[name] for name in named)


def mission_assessed(case: Case, mission: str | None = None) -> Mission:
    """The mission asked for, or the first of those assessed; see `missions_assessed`."""
    return missions_assessed(case, mission)[0]
