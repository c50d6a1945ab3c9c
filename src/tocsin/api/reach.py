"""What a case's mission reaches: its sites and events, the figures that ship, and the forecast, wired together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.assessed import mission_here
from tocsin.api.covered import Held, incidents_of_case, window_of_case
from tocsin.api.forecast import DRAWS, forecast
from tocsin.api.known import known_beyond
from tocsin.api.world import World, provinces_of
from tocsin.assess.reach import Protection, Reach
from tocsin.case.mission_checks import SITE_MARGIN_KM, exchanged
from tocsin.errors import CaseProblem, OutOfRange, Where
from tocsin.mission.footprint import Footprint, footprint
from tocsin.mission.functions import function_reach
from tocsin.mission.incidents import WORST_PRECISION
from tocsin.mission.influence import drop_one_event, gain
from tocsin.mission.protection import (
    BANDS,
    forecast_by_band,
    incidents_by_band,
    sequences,
)
from tocsin.mission.reach import (
    DISTANCES,
    Place,
    RiskCells,
    TownReach,
    reach_curves,
    reach_of_span,
    reach_over_time,
    risk_cells,
    risk_reach,
    town_reach,
    travel_shares,
)
from tocsin.mission.reach_draws import REACH_KM, reach_draws
from tocsin.sources.starter import starter_table
from tocsin.sources.travel import read_travel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.mission.incidents import Incidents
    from tocsin.vocabulary import Month

MONTHS_BEFORE = 36
"""Past months whose deaths place a province's forecast within it."""

MONTHS_AHEAD = 12


def reach_case(
    case: Case,
    *,
    mission: str | None = None,
    events: Path | None = None,
    window: tuple[Month | None, Month | None] = (None, None),
    where_precision: int = WORST_PRECISION,
    add: Sequence[Place] = (),
    reach_km: Sequence[float] = (),
    travel: Path | None = None,
    draws: int = 1000,
    seed: int = 1,
    over_time: bool = False,
    protection: bool = False,
    origin: Month | None = None,
    ahead: bool = True,
    world: World | None = None,
    held: Held | None = None,
) -> Reach:
    """What a case's mission reaches, as `tocsin reach` gives it.

    Args:
        case: a checked case.
        mission: its id; the case's first assessed mission where not given.
        events: a UCDP GED file; the case's own events, or the figures that ship, where not given.
        window: first and last month; the case's where not given, else the last 24 months covered.
        where_precision: worst UCDP where_prec counted, 1 to 7.
        add: places added to the mission's sites.
        reach_km: distances to show, rising; the first, middle and last are the reach as a range. The case's, or 25,
            50 and 150 km, where not given.
        travel: GeoJSON of travel-time polygons.
        draws: Monte Carlo draws; 0 leaves intervals out.
        seed: the same seed gives the same draws.
        over_time: month by month too.
        protection: force protection too.
        origin: last month seen by the forecast; the last of the window where not given.
        ahead: whether to forecast at all.
        world: the case's panel, where it was made before.
        held: the case's events, where they were read before.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the mission has no placed site that was or may have been open within the window.
        OutOfRange: the window is not covered, or a distance, precision, number of draws or seed is not possible.
        TableProblem: the event file or the travel times are at fault.
    """
    named = mission_here(case, mission)
    every, source = held or incidents_of_case(case, events)
    first, last = window_of_case(case, (every.first, every.last), first=window[0], last=window[1])
    seen = every.within(first, last).at_precision(where_precision)
    sites = footprint(named.mission_id, sites=case.sites, statuses=case.site_status, months=seen.months, mission=named)
    own = places_of(case, sites, (first, last))
    places = (*own, *add)
    by_travel = _by_travel(travel_file(case, travel), sites, seen)
    shown, spread = _reach_km(case, reach_km)
    distances = tuple(sorted({*DISTANCES, *shown, *spread}))
    middle = spread[1]
    made, cells, no_forecast = (
        _ahead(case, every, origin or last, world, draws=draws, seed=seed)
        if ahead
        else (None, None, "none was asked for")
    )
    shapes = (world or provinces_of(case)).shapes if draws else {}
    return Reach(
        mission=named, first=first, last=last, where_precision=where_precision, source=source,
        single_events=every.single, shown_km=shown, reach_km=spread, places=places, added=len(add),
        abroad=_abroad(case, add),
        without_place=tuple(s.site.site_id for s in sites.sites if s.site.lat is None), sites=sites,
        curves=reach_curves(seen, places, distances=distances), towns=_towns(case, places, distances),
        open_only={km: reach_of_span(seen, sites, km=km, added=add) for km in shown},
        intervals=reach_draws(
            seen, places, reach_km=spread, distances=distances, outlines=shapes, draws=draws, seed=seed
        ) if draws else None,
        functions=function_reach(
            case.mandates, mission_id=named.mission_id, sites=case.sites, needs=case.needs, incidents=seen, km=middle
        ),
        drop_one=drop_one_event(seen, places, km=middle),
        gain=gain(seen, own, places, km=middle) if add else None,
        over_time=reach_over_time(seen, sites, km=middle, added=add) if over_time else None,
        risk=risk_reach(made.draws, made.areas, cells, places, distances=distances) if made and cells else None,
        forecast=made, no_forecast=no_forecast,
        protection=_protection(case, seen, places, made, cells) if protection else None,
        travel=by_travel.shares, travel_missing=by_travel.missing,
    )  # fmt: skip


def _abroad(case: Case, add: Sequence[Place]) -> tuple[str, ...]:
    """Places that lie in no country of the case; refused where latitude and longitude seem to be exchanged.

    Raises:
        OutOfRange: a place lies abroad, and with its coordinates exchanged it does not.
    """
    inside, countries = known_beyond().inside, case.settings.areas.countries
    assert inside is not None, "outlines ship"
    away = [p for p in add if all(inside(c, p.lat, p.lon, SITE_MARGIN_KM) is False for c in countries)]
    for place in away:
        if exchanged(inside, countries, place.lat, place.lon):
            raise OutOfRange(
                f"{place.name} lies outside {', '.join(countries)}, and would lie inside with its coordinates exchanged",
                where=Where(field="add"), hint="write NAME,LAT,LON: degrees north before degrees east",
            )  # fmt: skip
    return tuple(p.name for p in away)


def places_of(case: Case, sites: Footprint, window: tuple[Month, Month]) -> tuple[Place, ...]:
    """The placed sites of a mission that were or may have been open within the window.

    Raises:
        CaseProblem: there is none.
    """
    places = tuple(Place.of(s) for s in sites.ever())
    if places:
        return places
    if not sites.sites:
        what, hint = "has no site", "add its sites to sites.csv"
    elif all(s.site.lat is None for s in sites.sites):
        what, hint = "has no site with a place", "fill lat and lon of its sites"
    else:
        what = f"had no site open from {window[0]} to {window[1]}"
        hint = "; ".join(_opened(s.site.site_id, sites) for s in sites.sites[:3])
    raise CaseProblem(f"the mission {sites.mission_id} {what}", where=Where(case.folder / "sites.csv"), hint=hint)


def _opened(site_id: str, sites: Footprint) -> str:
    site = sites.of(site_id).site
    return f"{site_id} is open from {site.start or 'an unknown date'} to {site.end or 'no end known'}"


def _reach_km(case: Case, asked: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, float, float]]:
    """Distances shown, and the reach as a range."""
    said = case.settings.mission.reach_km if case.settings.mission else REACH_KM
    shown = tuple(float(km) for km in (asked or said))
    if not all(0 < km <= 20_000 for km in shown) or list(shown) != sorted(set(shown)):
        raise OutOfRange(f"{', '.join(f'{km:g}' for km in shown)} km are no rising distances above 0",
                         where=Where(field="reach-km"), hint="write --reach-km 25,50,150")  # fmt: skip
    return shown, (shown[0], shown[len(shown) // 2] if len(shown) != 2 else shown[0], shown[-1])


def _towns(case: Case, places: Sequence[Place], distances: Sequence[float]) -> TownReach:
    towns = starter_table("places").filter(pl.col("country").is_in(list(case.settings.areas.countries)))
    lat, lon, people = (towns[name].cast(pl.Float64).to_numpy() for name in ("lat", "lon", "population"))
    return town_reach(lat, lon, people, places, distances=distances)


def _ahead(
    case: Case, every: Incidents, origin: Month, world: World | None, *, draws: int, seed: int
) -> tuple[Forecast | None, RiskCells | None, str | None]:  # fmt: skip
    """The forecast of the provinces at an origin, where its deaths are placed, or why there is none."""
    try:
        history = (world or provinces_of(case)).as_known_on(origin)
    except (OutOfRange, CaseProblem) as error:
        return None, None, error.what
    made = forecast(history, horizons=tuple(range(1, MONTHS_AHEAD + 1)), draws=draws or DRAWS, seed=seed)
    start = max(origin - (MONTHS_BEFORE - 1), every.first)
    before = every.within(start, min(origin, every.last))
    return made, risk_cells(before, made.areas), None


def _protection(
    case: Case, seen: Incidents, places: Sequence[Place], made: Forecast | None, cells: RiskCells | None
) -> Protection:
    ahead = forecast_by_band(made.draws, made.months, cells, places) if made and cells else ()
    lost = float(seen.events[~seen.placed].sum())
    return Protection(incidents_by_band(seen, places, bands=BANDS), lost, ahead, sequences(case.events_of_record))


def travel_file(case: Case, asked: Path | None) -> Path | None:
    """The travel times asked for, or those the case names."""
    said = case.settings.mission.travel if case.settings.mission else None
    return asked or (case.folder / said if said else None)


@dataclass(frozen=True)
class _Travel:
    shares: Mapping[str, Mapping[float, float | None]] | None
    missing: tuple[str, ...]


def _by_travel(file: Path | None, sites: Footprint, seen: Incidents) -> _Travel:
    if file is None:
        return _Travel(None, ())
    ids = [s.site.site_id for s in sites.sites]
    times = read_travel(file, sites=ids)
    minutes, thresholds = times.shortest(seen.lat, seen.lon), tuple(sorted(set(times.minutes)))
    shares = {m: travel_shares(minutes, seen.weight(m), thresholds) for m in ("events", "deaths_best")}
    return _Travel(shares, tuple(i for i in ids if i not in times.site_ids))
