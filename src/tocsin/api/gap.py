"""What a case's missions reach and miss by province, do twice, and hold against what drives violence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from tocsin.api.assessed import missions_assessed_here, missions_there
from tocsin.api.covered import Held, incidents_of_case, window_of_case
from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.study import replay_case
from tocsin.api.world import World, provinces_of
from tocsin.assess.gap import Gap
from tocsin.errors import OutOfRange, TableProblem, Where
from tocsin.mission.engagement import contacts, mandated, security_actors
from tocsin.mission.footprint import footprint
from tocsin.mission.gap import (
    Past,
    ProvinceGap,
    ahead_by_area,
    mission_there,
    name_of,
    past_by_area,
    tied_to,
)
from tocsin.mission.in_force import Days
from tocsin.mission.instruments import InstrumentTable, instrument_table
from tocsin.mission.lacking import lacking
from tocsin.mission.overlap import Overlap, overlap
from tocsin.mission.places import Placing, placings
from tocsin.panel.areas import in_order, is_unknown
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import Month, province_name
from tocsin.vocabulary.month import last_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.case import Case
    from tocsin.case.dates import PartialDate
    from tocsin.mission.footprint import Footprint

RECENT_MONTHS = 12


def gap_case(
    case: Case, *, missions: Sequence[str] = (), window: tuple[Month, Month] | None = None, forecast: bool = True,
    draws: int = DRAWS, seed: int = SEED, world: World | None = None, held: Held | None = None,
) -> Gap:  # fmt: skip
    """Province by province: need past and to come, who provides security, who deals with whom, who is present.

    Args:
        case: the case.
        missions: missions assessed; those of its settings where not given. All others stand beside them.
        window: first and last month; the case's own, else the last 24 covered.
        forecast: whether to forecast the provinces from the last month covered.
        draws: draws for each province and month.
        seed: the seed.
        world: the case's panel, where it was made before.
        held: the case's events, where they were read before.

    Raises:
        CaseProblem: no mission is named, or the case has no figures.
        UnknownName: no mission has that id.
        OutOfRange: the window lies outside the figures, or a mission's host outside the case.
    """
    assessed = missions_assessed_here(case, missions)
    world = world or provinces_of(case)
    span = _window(case, window, world)
    days = Days(span[0].first_day, last_day(span[1]))
    recent = (max(world.panel.first, world.panel.last - (RECENT_MONTHS - 1)), world.panel.last)
    others = tuple(m.mission_id for m in missions_there(case) if m.mission_id not in assessed)
    shown = (*assessed, *others)
    past, lately = (past_by_area(world.panel, first=first, last=last) for first, last in (span, recent))
    made = replay_case(case, origin=world.panel.last, draws=draws, seed=seed, world=world) if forecast else None
    ahead = {} if made is None else ahead_by_area(made.forecast, p_escalation={w.area: w.p for w in made.warnings})
    sight, people = world.sight(world.panel.last), town_population(world)
    placed = places_of_sites(case, world, held)
    prints = footprints_of(case, months_of(span))
    there = security_actors(case.presence, actors=case.actors, days=days)
    met = contacts(case.engagements, actors=case.actors, missions=case.missions, days=days)
    tasks = mandated(case.mandates, missions=case.missions, days=days)
    rows = tuple(
        ProvinceGap(
            area, name_of(area, world.names), past.get(area), lately.get(area), people.get(area), ahead.get(area),
            sight.get(area, "unknown"), tied_to(area, there),
            tuple(mission_there(area, m, footprint=prints[m], placings=placed, contacts=met, mandated=tasks)
                  for m in shown),
        )
        for area in areas_of(case, world)
    )  # fmt: skip
    words, within = f"{span[0]} to {span[1]}", made.within if made else 0
    return Gap(
        span, recent, assessed, others, rows, lacking(rows, missions=assessed, window=words, months_ahead=within),
        tuple(a for a in there if not a.provinces), tuple(c for c in met if not c.provinces),
        _unplaced(past), made, world.panel.vintage, _notes(case, world),
    )  # fmt: skip


def overlap_case(
    case: Case, *, at: Month | None = None, window: tuple[Month, Month] | None = None, world: World | None = None,
    held: Held | None = None,
) -> Overlap:  # fmt: skip
    """Function by institution by province through time: uncovered, single, complementary, duplicate or unknown.

    Args:
        case: the case.
        at: one month; the window where not given.
        window: first and last month; the case's own, else the last 24 covered.
        world: the case's panel, where it was made before.
        held: the case's events, where they were read before.

    Raises:
        OutOfRange: the window ends before it begins.
    """
    world = world or provinces_of(case)
    here = {m.mission_id: m for m in missions_there(case)}
    months = (at,) if at is not None else months_of(_window(case, window, world, covered=False))
    return overlap(
        [t for t in case.mandates if t.mission_id in here], missions=list(here.values()), areas=areas_of(case, world),
        months=months, placings=places_of_sites(case, world, held), footprints=footprints_of(case, months),
    )  # fmt: skip


def instruments_case(case: Case, *, at: PartialDate | None = None) -> InstrumentTable:
    """Drivers, armed actors and outside powers against the instruments in place, and who holds them.

    Args:
        case: the case.
        at: a day, month or year at which instruments must be in force; whatever their dates where not given.

    Raises:
        OutOfRange: the date is only a bound.

    Example:
        >>> import tocsin
        >>> from tocsin.case.dates import PartialDate
        >>> table = instruments_case(tocsin.read_case("iraq"), at=PartialDate.parse("2021-06"))
        >>> ("Popular Mobilization Forces", "military") in table.empty
        True
    """
    days = None if at is None else _days(at)
    return instrument_table(case.drivers, case.instruments, actors=case.actors, missions=case.missions, days=days)


def _days(at: PartialDate) -> Days:
    first, last = at.earliest, at.latest
    if first is None or last is None:
        raise OutOfRange(f"'{at}' is no date but a bound", where=Where(field="at"), hint="say a month, as in 2021-06")
    return Days(first, last)


def _window(
    case: Case, asked: tuple[Month, Month] | None, world: World, *, covered: bool = True
) -> tuple[Month, Month]:
    first, last = asked or (None, None)
    figures = (world.panel.first, world.panel.last)
    return window_of_case(case, figures if covered else None, first=first, last=last, newest=figures[1])


def months_of(span: tuple[Month, Month]) -> tuple[Month, ...]:
    """Every month of a window."""
    return tuple(span[0] + i for i in range(span[1] - span[0] + 1))


def areas_of(case: Case, world: World) -> tuple[str, ...]:
    """The provinces of a case by id: those its settings name, else all that are drawn or have figures."""
    known = in_order(a for a in {*world.shapes, *world.panel.areas["area"].to_list()} if not is_unknown(a))
    wanted = case.settings.areas.provinces
    if not wanted:
        return tuple(known)
    home = case.settings.areas.countries[0]
    found = {name: [a for a in known if province_name(a) == name] or [f"{home}/{name}"] for name in wanted}
    return tuple(in_order(area for areas in found.values() for area in areas))


def places_of_sites(case: Case, world: World, held: Held | None = None) -> dict[str, Placing]:
    """In which province each site of the case may lie; by outlines alone where no event has a place."""
    try:
        incidents = (held or incidents_of_case(case)).incidents
    except (OutOfRange, TableProblem):
        incidents = None
    return placings(case.sites, shapes=world.shapes, incidents=incidents)


def footprints_of(case: Case, months: Sequence[Month]) -> dict[str, Footprint]:
    """When the sites of each mission work."""
    return {
        m.mission_id: footprint(m.mission_id, sites=case.sites, statuses=case.site_status, months=months, mission=m)
        for m in case.missions
    }


def town_population(world: World) -> Mapping[str, int]:
    """People in the towns that ship, by province; provinces without a town of known population are left out."""
    towns = starter_table("places")
    points = shapely.points(towns["lon"].to_numpy(), towns["lat"].to_numpy())
    people = towns["population"].to_numpy()
    sums = {area: int(people[shapely.contains(shape, points)].sum()) for area, shape in world.shapes.items()}
    return {area: n for area, n in sums.items() if n > 0}


def _unplaced(past: Mapping[str, Past]) -> Past | None:
    lost = [p for area, p in past.items() if is_unknown(area)]
    if len(lost) < 2:
        return lost[0] if lost else None
    types = {key: sum(p.by_type[key] for p in lost) for key in lost[0].by_type}
    low, best, high, events = (sum(getattr(p, n) for p in lost) for n in ("low", "best", "high", "events"))
    return Past(low, best, high, types, events)


def _notes(case: Case, world: World) -> tuple[str, ...]:
    """What the card of the outlines says of these provinces, and what else a reader of the table must know."""
    outlines = starter_card("outlines_admin1")
    names = [province_name(a) for a in areas_of(case, world)]
    faults = outlines.faults if outlines in world.cards else ()
    return (
        *(fault for fault in faults if any(name in fault for name in names)),
        "a site on a border, or where outlines and the events recorded nearby disagree, is said of both provinces",
        "people are those of listed towns (GeoNames), not of the whole province",
    )
