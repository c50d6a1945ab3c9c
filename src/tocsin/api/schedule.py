"""Drawdown schedules of a case's choices: sites, events and figures wired together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.covered import incidents_of_case, window_of_case
from tocsin.api.gap import areas_of, places_of_sites
from tocsin.api.world import provinces_of
from tocsin.assess.schedule import Ground, Schedule, schedules
from tocsin.errors import CaseProblem, OutOfRange, TableProblem
from tocsin.mission.reach_draws import REACH_KM, reach_draws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tocsin.api.covered import Held
    from tocsin.api.world import World
    from tocsin.assess.schedule import Interval
    from tocsin.case import Case
    from tocsin.case.options import Choice
    from tocsin.mission.incidents import Incidents
    from tocsin.mission.reach import Place

DRAWS = 200
NO_SITES = "no step of any option names a site: reach and presence along the options are not computed"
NO_DATES = "no step that names a site has a date: reach and presence along the options are not computed"
PAST_NEED = "need is counted in deaths of the past; nothing says that it stays where it was"


def schedule_of(
    case: Case, choice: Choice, *, draws: int = DRAWS, seed: int = 1, world: World | None = None, held: Held | None = None
) -> Schedule:  # fmt: skip
    """Reach and presence along the dated steps of a choice's options.

    Args:
        case: a checked case.
        choice: one of its choices.
        draws: Monte Carlo draws for the two ranges of what is reached; 0 leaves both out.
        seed: the same seed gives the same draws.
        world: the case's panel, where it was made before.
        held: the case's events, where they were read before.

    Raises:
        OutOfRange: draws or seed are not possible.

    Example:
        >>> from tocsin.case import read_case
        >>> case = read_case("iraq")
        >>> drawdown = next(c for c in case.choices if c.id == "nmi-drawdown-2026")
        >>> done = schedule_of(case, drawdown, draws=0)
        >>> [(at.when, len(at.at_work), len(at.unknown), len(at.closed)) for at in done.options[0].at]
        [('before', 1, 2, 0), ('2026-09', 0, 0, 3), ('2027-03', 0, 0, 3)]
    """
    named = {site for option in choice.options for step in option.steps for site in step.sites}
    missions = tuple(dict.fromkeys(s.mission_id for s in case.sites if s.site_id in named))
    km = tuple(float(d) for d in (case.settings.mission.reach_km if case.settings.mission else REACH_KM))
    reach_km = (km[0], km[1], km[2])
    if not named:
        return Schedule(choice.id, (), (), None, None, reach_km, 0, None, (NO_SITES,))
    incidents, source, says = _figures(case, held)
    shapes: Mapping[str, BaseGeometry] = {}
    placed, provinces = {}, 0
    try:
        world = world or provinces_of(case)
        shapes, placed, provinces = world.shapes, places_of_sites(case, world, held), len(areas_of(case, world))
    except CaseProblem as error:
        says = (*says, f"in which provinces sites lie is unknown: {error.what}")
    interval = _interval(incidents, reach_km, shapes, draws, seed) if incidents is not None and draws else None
    ground = Ground(incidents, reach_km, placed, interval)
    rows = schedules(case, choice, missions=missions, ground=ground)
    return Schedule(
        choice.id, rows, missions, None if incidents is None else (incidents.first, incidents.last),
        None if incidents is None else float(incidents.weight("deaths_best").sum()), reach_km, provinces, source,
        (*says, *(() if rows else (NO_DATES,)), *((PAST_NEED,) if rows and incidents is not None else ())),
    )  # fmt: skip


def _figures(case: Case, held: Held | None) -> tuple[Incidents | None, str | None, tuple[str, ...]]:
    """Events of the case's window, or why there are none."""
    try:
        every, source = held or incidents_of_case(case)
        first, last = window_of_case(case, (every.first, every.last))
    except (CaseProblem, OutOfRange, TableProblem) as error:
        return None, None, (f"what is reached is unknown: {error.what}",)
    return every.within(first, last), source, ()


def _interval(
    incidents: Incidents, reach_km: tuple[float, float, float], shapes: Mapping[str, BaseGeometry], draws: int, seed: int
) -> Callable[[tuple[Place, ...]], tuple[Interval | None, Interval | None]]:  # fmt: skip
    """Ranges of the share of deaths within the reach of places, each set of places drawn once."""

    @cache
    def ranges(places: tuple[Place, ...]) -> tuple[Interval | None, Interval | None]:
        made = reach_draws(
            incidents, places, reach_km=reach_km, distances=reach_km, outlines=shapes, draws=draws, seed=seed
        ).deaths
        return _range(made.inputs[:, -1]), _range(made.sampling[:, -1])

    return ranges


def _range(ends: NDArray[np.float64]) -> Interval | None:
    return None if np.isnan(ends).any() else (float(ends[0]), float(ends[1]))
