"""Which missions of a case are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import CaseProblem, OutOfRange, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def mission_here(case: Case, mission: str | None = None) -> Mission:
    """The mission asked for, or the first of those assessed, where a country of the case hosts it.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the case has no mission.
        OutOfRange: another country hosts it, of which the case holds no events.
    """
    row = mission_assessed(case, mission)
    check_here(case, [row.mission_id])
    return row


def missions_assessed_here(case: Case, asked: Sequence[str]) -> tuple[str, ...]:
    """The missions asked about, or those the case assesses, by id; as `mission_here`."""
    known = [m.mission_id for m in case.missions]
    wanted = tuple(dict.fromkeys(asked)) or (case.settings.mission.missions if case.settings.mission else ())
    if not wanted:
        raise CaseProblem(
            "the case says of no mission that it is assessed", where=Where(case.folder / "case.toml", field="mission"),
            hint="add [mission] with missions = ['...'], or name one with --mission",
        )  # fmt: skip
    for name in wanted:
        if name not in known:
            raise UnknownName.of("mission", name, known, where=Where(case.folder / "missions.csv"))
    check_here(case, wanted)
    return wanted


def check_here(case: Case, missions: Sequence[str]) -> None:
    """Refuse a mission that another country hosts: the case holds no events of it.

    Raises:
        OutOfRange: as said.
    """
    here = [m.mission_id for m in missions_there(case)]
    if abroad := [name for name in missions if name not in here]:
        raise OutOfRange(
            f"the mission {abroad[0]} is hosted by a country outside the case", where=Where(field="mission"),
            hint=f"the case is of {', '.join(case.settings.areas.countries)}; its missions are {', '.join(here) or 'none'}",
        )  # fmt: skip


def missions_there(case: Case) -> tuple[Mission, ...]:
    """The missions hosted by a country of the case, or whose host is not known."""
    countries = case.settings.areas.countries
    return tuple(m for m in case.missions if m.host is None or m.host in countries)
