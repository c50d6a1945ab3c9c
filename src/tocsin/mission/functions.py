"""Reach of what a mission does: at its own sites, and by whom its mandate says that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.reach import Place, distances_km, shares_within
from tocsin.vocabulary import province_name
from tocsin.vocabulary.month import last_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.assessed_rows import Need
    from tocsin.case.rows import Site, Task
    from tocsin.mission.incidents import Incidents

NATIONAL = "national"


class Serves(StrEnum):
    """Whom a line of effort serves, as far as its tasks say."""

    NATIONAL = "national"
    PROVINCES = "provinces"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FunctionReach:
    """A line of effort: its need, what of it lies near the line's own sites, and what its mandate says it serves.

    Attributes:
        line_of_effort: the line.
        tasks: how many tasks it has.
        in_force: whether a task was in force within the window; None where no date says.
        measure: what its need is measured by; None where no measure is published: the need is unknown.
        why: why this measure, or why none.
        need: the need in the window; None where unknown.
        own_sites: its own placed sites.
        territorial: share of the need within the distance of its own sites; None where need or sites are unknown.
        serves: national, provinces named, or unknown.
        provinces: the provinces named.
        functional: share of the need in what the mandate says it serves: 1 where national, whatever the distance. What
            the mandate says, not what was measured. None where unknown.
    """

    line_of_effort: str
    tasks: int
    in_force: bool | None
    measure: str | None
    why: str
    need: float | None
    own_sites: tuple[str, ...]
    territorial: float | None
    serves: Serves
    provinces: tuple[str, ...]
    functional: float | None


def function_reach(
    tasks: Sequence[Task],
    *,
    mission_id: str,
    sites: Sequence[Site],
    needs: Sequence[Need],
    incidents: Incidents,
    km: float,
) -> tuple[FunctionReach, ...]:
    """Territorial and functional reach apart, for each line of effort of a mission.

    Args:
        tasks: the case's mandates.
        mission_id: the mission.
        sites: the case's sites.
        needs: what each line's need is measured by.
        incidents: events of the window.
        km: distance within which an event counts as near a site.
    """
    mine = [t for t in tasks if t.mission_id == mission_id]
    placed = {s.site_id: Place.of(s) for s in sites if s.lat is not None}
    lines = dict.fromkeys(t.line_of_effort for t in mine)
    return tuple(
        _line(line, [t for t in mine if t.line_of_effort == line], placed, needs=needs, incidents=incidents, km=km)
        for line in lines
    )


def _line(
    line: str,
    tasks: Sequence[Task],
    placed: dict[str, Place],
    *,
    needs: Sequence[Need],
    incidents: Incidents,
    km: float,
) -> FunctionReach:
    need = next((n for n in needs if n.line_of_effort == line), None)
    measure = None if need is None or need.measure is None else need.measure.value
    own = [placed[i] for i in dict.fromkeys(t.site_id for t in tasks) if i in placed]
    serves = _serves(tasks)
    provinces = tuple(dict.fromkeys(p for t in tasks for p in t.provinces)) if serves is Serves.PROVINCES else ()
    total = near = functional = None
    if measure is not None:
        weight = incidents.weight(measure)
        total = float(weight.sum())
        if total > 0:
            km_away = distances_km(incidents.lat, incidents.lon, own)
            near = float(shares_within(km_away, weight, [km])[0]) if own else None
            functional = _functional(serves, provinces, incidents, weight)
    why = "no row of needs names this line of effort" if need is None else need.why
    return FunctionReach(
        line, len(tasks), _in_force(tasks, incidents), measure, why, total, tuple(p.site_id for p in own), near, serves,
        provinces, functional,
    )  # fmt: skip


def _serves(tasks: Sequence[Task]) -> Serves:
    if any((t.serves or "").strip().lower() == NATIONAL for t in tasks):
        return Serves.NATIONAL
    return Serves.PROVINCES if any(t.provinces for t in tasks) else Serves.UNKNOWN


def _functional(
    serves: Serves, provinces: Sequence[str], incidents: Incidents, weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float | None:
    if serves is Serves.UNKNOWN:
        return None
    if serves is Serves.NATIONAL:
        return 1.0
    named = [i for i, area in enumerate(incidents.provinces) if province_name(area) in provinces]
    return float(weight[np.isin(incidents.province, named)].sum() / weight.sum())


def _in_force(tasks: Sequence[Task], incidents: Incidents) -> bool | None:
    """Whether some task surely or surely not held at some time of the window; None where dates leave it open."""
    first, last = incidents.first.first_day, last_day(incidents.last)
    said: list[bool | None] = []
    for task in tasks:
        before = task.end is not None and task.end.latest is not None and task.end.latest < first
        after = task.start is not None and task.start.earliest is not None and task.start.earliest > last
        begun = task.start is not None and task.start.latest is not None and task.start.latest <= last
        said.append(False if before or after else True if begun else None)
    return True if True in said else None if None in said else False
