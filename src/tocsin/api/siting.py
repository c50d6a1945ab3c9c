"""Where a case's mission could add sites: its present ones, places with consent and security, and the need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import shapely

from tocsin.api.assessed import mission_here
from tocsin.api.covered import Held, incidents_of_case, window_of_case
from tocsin.api.world import starter_shapes
from tocsin.assess.siting import CaseSiting, SitingMeasure
from tocsin.case.assessed_rows import Consent, Security
from tocsin.mission.footprint import footprint
from tocsin.mission.need_points import NeedPoints, need_of_incidents, need_of_towns
from tocsin.mission.siting import Objective, Place, State, kilometres, siting
from tocsin.sources.province_names import plain
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import Month, province_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.case.rows import Site
    from tocsin.mission.incidents import Incidents

TOWN = 100_000
"""Persons from which on a listed town is looked at as a place for a site."""

SAME_KM = 5.0
"""A listed town this near to a place of the case's table is that place."""

WHERE_PRECISION = 3


def siting_case(
    case: Case, *, mission: str | None = None, add: int = 1, objective: Objective = Objective.COVERING, reach_km: float = 50.0,
    measure: SitingMeasure = SitingMeasure.DEATHS_BEST, first: Month | None = None, last: Month | None = None,
    where_precision: int = WHERE_PRECISION, events: Path | None = None, unknown_consent: bool = False,
    unknown_security: bool = False, seconds: float | None = None, held: Held | None = None,
) -> CaseSiting:  # fmt: skip
    """Where a mission could add sites, with the present ones kept, and every plan nearly as good.

    Args:
        case: the case.
        mission: id of the mission; the first that the case assesses where not given.
        add: how many sites to add.
        objective: reach the most need, or lie least far from it.
        reach_km: how far a site reaches, straight line.
        measure: what need is counted in.
        first: first month; the case's own window, or 24 months before the last, where not given.
        last: last month; the case's own window, or the last covered, where not given.
        where_precision: worst UCDP location precision that counts, 1 to 7.
        events: an event file, in place of the case's own events.
        unknown_consent: let places pass of which no consent is recorded.
        unknown_security: let places pass of whose security nothing is recorded.
        seconds: time limit of the exact search.
        held: the case's events, where they were read before.

    Raises:
        UnknownName: the case has no such mission.
        OutOfRange: a window, reach, precision or number of sites that makes no sense.
    """
    row = mission_here(case, mission)
    mission = row.mission_id
    incidents, source = held or incidents_of_case(case, events)
    window = window_of_case(case, (incidents.first, incidents.last), first=first, last=last)
    present = footprint(mission, sites=case.sites, statuses=case.site_status, months=[window[1]],
        mission=row,
    )  # fmt: skip
    here = present.working(window[1], unknown_as_open=True)
    by_people = measure is SitingMeasure.POPULATION
    need = _towns_need(case) if by_people else _need(incidents, window, measure, where_precision)
    found = siting(
        need, present=NeedPoints.vectors(*_degrees(here)), places=places_of(case), add=add, objective=objective,
        reach_km=reach_km, unknown_consent=unknown_consent, unknown_security=unknown_security, seconds=seconds,
    )  # fmt: skip
    lost = tuple(s for s in case.sites if s.mission_id == mission and s.lat is None)
    said = starter_card("places").source if by_people else source
    return CaseSiting(mission, here, lost, measure, None if by_people else window, said, found)


def _degrees(sites: Sequence[Site]) -> tuple[list[float], list[float]]:
    placed = [(s.lat, s.lon) for s in sites if s.lat is not None and s.lon is not None]
    return [lat for lat, _ in placed], [lon for _, lon in placed]


def _need(
    incidents: Incidents, window: tuple[Month, Month], measure: SitingMeasure, where_precision: int
) -> NeedPoints:  # fmt: skip
    return need_of_incidents(incidents.within(*window).at_precision(where_precision), measure=measure.value)


def _towns(case: Case) -> pl.DataFrame:
    towns = starter_table("places")
    return towns.filter(pl.col("country").is_in(list(case.settings.areas.countries))).sort(
        ["population", "geonameid"], descending=[True, False]
    )


def _towns_need(case: Case) -> NeedPoints:
    towns = _towns(case)
    return need_of_towns(towns["lat"].to_numpy(), towns["lon"].to_numpy(), towns["population"].to_numpy())


def places_of(case: Case) -> tuple[Place, ...]:
    """Places where sites could be: the case's own candidates, then listed towns of 100,000 persons and more.

    Of a town that the case's table does not name, consent and security are unknown.
    """
    own = tuple(
        Place(
            c.candidate_id, c.name, c.province, c.lat, c.lon,
            _state(c.consent, good=Consent.GIVEN), _state(c.security, good=Security.ACCEPTABLE), of_case=True,
        )
        for c in case.candidates
    )  # fmt: skip
    towns = [
        Place(f"geonames-{t['geonameid']}", t["name"], _province(t["country"], t["lat"], t["lon"]), t["lat"], t["lon"])
        for t in _towns(case).filter(pl.col("population") >= TOWN).iter_rows(named=True)
    ]
    return (*own, *(t for t in towns if not _named(t, own)))


def _state(said: Consent | Security | None, *, good: Consent | Security) -> State:
    return State.UNKNOWN if said is None else State.GOOD if said is good else State.BAD


def _named(town: Place, own: Sequence[Place]) -> bool:
    """Whether the case's table has this town: by its name, or at its place."""
    if not own:
        return False
    at = NeedPoints.vectors([town.lat], [town.lon])
    apart = kilometres(at, NeedPoints.vectors([p.lat for p in own], [p.lon for p in own]))
    return bool(apart.min() <= SAME_KM) or plain(town.name) in {plain(p.name) for p in own}


def _province(country: str, lat: float, lon: float) -> str | None:
    """The province whose outline holds a place; None where no outline does."""
    here = shapely.Point(lon, lat)
    shapes = starter_shapes("outlines_admin1", "area")
    held = (a for a, shape in shapes.items() if a.startswith(f"{country}/") and shape.covers(here))
    area = next(held, None)
    return None if area is None else province_name(area)
