"""The whole assessment of a case's mission, from one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.assessed import mission_here
from tocsin.api.covered import Held, incidents_of_case
from tocsin.api.exits import mission_exits
from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.gap import footprints_of, gap_case, instruments_case, overlap_case
from tocsin.api.portfolio import missions_case
from tocsin.api.progress import effort_case, fit_case, progress_case
from tocsin.api.reach import reach_case
from tocsin.api.siting import siting_case
from tocsin.api.transfer import transfer_case
from tocsin.api.world import World, provinces_of
from tocsin.assess.mission import MissionFindings, NeedThen
from tocsin.case.dates import PartialDate
from tocsin.errors import CaseProblem
from tocsin.mission.gap import past_by_area
from tocsin.panel.areas import is_unknown
from tocsin.sources.starter import starter_card
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tocsin.assess.outlook import Outlook
    from tocsin.assess.reach import Reach
    from tocsin.assess.siting import CaseSiting
    from tocsin.case import Case

YEARS_SHOWN = 6
YEARS_APART = 2
FIGURES = ("places", "country_population", "mission_exits", "country_year", "drivers")
"""Starter tables that an assessment reads beside the events and outlines."""


def assess_case(
    case: Case, *, mission: str | None = None, today: date, draws: int = DRAWS, seed: int = SEED,
    world: World | None = None, outlook: Outlook | None = None, tell: Callable[[str], None] = lambda _: None,
) -> MissionFindings:  # fmt: skip
    """Everything Tocsin finds of a mission: reach, gap, overlap, instruments, progress, fit, effort, siting, transfer.

    Args:
        case: a checked case.
        mission: its id; the first that case.toml assesses where not given.
        today: the day on which instruments and what missions do twice are looked at.
        draws: draws of every forecast and interval.
        seed: the same seed gives the same draws.
        world: the case's panel, where it was made before.
        outlook: the newest forecast of all countries, where it was made before.
        tell: told what is being computed.

    Raises:
        UnknownName: the case has no such mission.
        CaseProblem: the case has no mission, or no figures by province.
    """
    row = mission_here(case, mission)
    world = world or provinces_of(case)
    key = row.mission_id
    tell(f"what {row.name} reaches")
    held = incidents_of_case(case)
    reach, no_reach = _reach(case, key, world, held, draws=draws, seed=seed)
    tell("need by province, and who is there")
    gap = gap_case(case, missions=(key,), draws=draws, seed=seed, world=world, held=held)
    [progress], [fit], [effort] = (
        progress_case(case, mission=key), fit_case(case, mission=key), effort_case(case, mission=key)
    )  # fmt: skip
    tell("missions side by side")
    others = case.settings.mission.compared_with if case.settings.mission else ()
    return MissionFindings(
        mission=row, reach=reach, no_reach=no_reach, through_time=_through_time(case, world), gap=gap,
        overlap=overlap_case(case, at=Month.of_date(today), world=world, held=held),
        instruments=instruments_case(case, at=PartialDate.parse(today.isoformat())),
        progress=progress, fit=fit, effort=effort,
        siting=_siting(case, reach, held, unknown=True), allowed=_siting(case, reach, held, unknown=False),
        transfer=transfer_case(case, mission=key, to=others, seed=seed) if others and row.host else None,
        exits=mission_exits(countries=case.settings.areas.countries),
        portfolio=missions_case(case, draws=draws, seed=seed, outlook=outlook),
        cards=tuple(starter_card(name) for name in FIGURES), texts=case.sources,
    )  # fmt: skip


def _reach(
    case: Case, mission: str, world: World, held: Held, *, draws: int, seed: int
) -> tuple[Reach | None, str | None]:  # fmt: skip
    """The reach, or why there is none: a mission without placed sites can still be assessed in all else."""
    try:
        found = reach_case(
            case, mission=mission, draws=draws, seed=seed, over_time=True, protection=True, world=world, held=held
        )  # fmt: skip
    except CaseProblem as error:
        return None, error.what
    return found, None


def _siting(case: Case, reach: Reach | None, held: Held, *, unknown: bool) -> CaseSiting | None:
    if reach is None:
        return None
    return siting_case(
        case, mission=reach.mission.mission_id, reach_km=reach.reach_km[1], first=reach.first, last=reach.last,
        where_precision=reach.where_precision, unknown_consent=unknown, unknown_security=unknown,
        held=held,
    )  # fmt: skip


def _through_time(case: Case, world: World) -> tuple[NeedThen, ...]:
    """Every second whole year up to the last one covered."""
    panel = world.panel
    last = panel.last.year if panel.last.month == 12 else panel.last.year - 1
    years = [last - YEARS_APART * i for i in reversed(range(YEARS_SHOWN))]
    return tuple(_then(case, world, year) for year in years if Month.of(year, 1) >= panel.first)


def _then(case: Case, world: World, year: int) -> NeedThen:
    end = Month.of(year, 12)
    past = past_by_area(world.panel, first=Month.of(year, 1), last=end)
    deaths = {area: p.best for area, p in past.items() if not is_unknown(area)}
    return NeedThen(str(year), end, deaths, tuple(footprints_of(case, [end]).values()))
