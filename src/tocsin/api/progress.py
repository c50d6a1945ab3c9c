"""Progress, fit and effort of a case's missions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tocsin.api.assessed import missions_assessed
from tocsin.errors import UnknownName
from tocsin.mission.effort import MissionEffort, effort
from tocsin.mission.fit import MissionFit, Tables, fit
from tocsin.mission.frameworks import FRAMEWORKS, FrameworkName
from tocsin.mission.progress import MissionProgress, progress
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case import Case
    from tocsin.case.rows import Mission


def progress_case(case: Case, *, mission: str | None = None) -> tuple[MissionProgress, ...]:
    """Observations beside baseline and target, for each mission assessed.

    Args:
        case: the case.
        mission: one mission by its id; those that case.toml assesses where not given.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the case names no mission.

    Example:
        >>> from tocsin.case import read_case
        >>> [done] = progress_case(read_case("iraq"), mission="nmi")
        >>> {line.line_of_effort: line.evidence[0] for line in done.lines}["explosive ordnance disposal"]
        'no published figure at all'
    """
    return tuple(_progress(case, m) for m in missions_assessed(case, mission))


def fit_case(case: Case, *, mission: str | None = None, framework: str | None = None) -> tuple[MissionFit, ...]:
    """Criteria, verdicts, their evidence, and what of the case's tables bears on each, for each mission assessed.

    Args:
        case: the case.
        mission: one mission by its id; those that case.toml assesses where not given.
        framework: oecd, dod or nato; all of them, and any other a verdict names, where not given.

    Raises:
        UnknownName: the case has no such mission, or no such framework ships.
        CaseProblem: the case names no mission, or a verdict names no source.
    """
    if framework is not None and framework not in {name.value for name in FrameworkName}:
        raise UnknownName.of("framework", framework, [name.value for name in FrameworkName])
    chosen = None if framework is None else (FRAMEWORKS[FrameworkName(framework)],)
    tables = Tables(
        missions=case.missions, tasks=case.mandates, indicators=case.indicators, observations=case.observations,
        site_status=case.site_status, needs=case.needs, efforts=case.efforts, preconditions=case.preconditions,
    )  # fmt: skip
    return tuple(fit(m, case.verdicts, tables=tables, frameworks=chosen) for m in missions_assessed(case, mission))


def effort_case(case: Case, *, mission: str | None = None) -> tuple[MissionEffort, ...]:
    """People, money and time by line of effort, beside results and reference missions, for each mission assessed.

    Args:
        case: the case.
        mission: one mission by its id; those that case.toml assesses where not given.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the case names no mission.

    Example:
        >>> from tocsin.case import read_case
        >>> [done] = effort_case(read_case("iraq"), mission="kfor")
        >>> done.strength[0].people_high
        4500.0
    """
    held = _populations()
    return tuple(
        effort(m, case.efforts, progress=_progress(case, m), references=case.references, populations=held)
        for m in missions_assessed(case, mission)
    )


def _progress(case: Case, mission: Mission) -> MissionProgress:
    return progress(mission, tasks=case.mandates, indicators=case.indicators, observations=case.observations)


@cache
def _populations() -> Mapping[str, Mapping[int, int]]:
    """Persons by country (ISO3) and year, from the starter data."""
    held: dict[str, dict[int, int]] = {}
    for country, year, persons in starter_table("country_population").iter_rows():
        held.setdefault(country, {})[year] = persons
    return held
