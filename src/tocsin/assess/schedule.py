"""Reach and presence along an option's dated steps: which sites are left, what they reach, which provinces are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.footprint import PRESENT, footprint
from tocsin.mission.reach import Place, distances_km, shares_within
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tocsin.case import Case
    from tocsin.case.dates import PartialDate
    from tocsin.case.options import Choice, Option, Step
    from tocsin.case.rows import Site
    from tocsin.mission.incidents import Incidents
    from tocsin.mission.places import Placing

BEFORE = "before"
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NeedReached:
    """The share of past deaths within reach of the sites at work, 0..1, as ranges.

    Attributes:
        low: within the lowest distance of the sites surely at work.
        if_closed: within the middle distance, were the sites whose state is unknown closed.
        if_open: the same, were they open.
        high: within the highest distance, were they open.
        inputs: 90 % range of `if_open` from noise in places, distances and deaths; None where not drawn.
        sampling: 90 % range of `if_open` had other months been seen; None where not drawn or too few months.
    """

    low: float
    if_closed: float
    if_open: float
    high: float
    inputs: Interval | None = None
    sampling: Interval | None = None


@dataclass(frozen=True, slots=True)
class At:
    """An option after one of the choice's dates.

    Attributes:
        when: the date as given; `before` ahead of the first.
        month: the month whose end is looked at.
        steps: what the option does on that date; empty where it does nothing then.
        at_work: names of sites surely at work.
        unknown: names of sites of which nobody says whether they are.
        closed: names of sites surely closed or paused.
        reached: share of need; None where there are no figures.
        present: provinces with a site surely at work.
        perhaps: further provinces with a site that may be.
        left: provinces that had, or may have had, a site before the first date and surely have none now.
    """

    when: str
    month: Month
    steps: tuple[str, ...]
    at_work: tuple[str, ...]
    unknown: tuple[str, ...]
    closed: tuple[str, ...]
    reached: NeedReached | None
    present: tuple[str, ...]
    perhaps: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionSchedule:
    """One option along the dates.

    Attributes:
        option: its id.
        name: its name.
        at: one for each date, `before` first; empty where nothing can be said.
        says: what is missing, in sentences.
    """

    option: str
    name: str
    at: tuple[At, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A choice's options along the dates of all their steps.

    Attributes:
        choice: its id.
        options: one for each option; empty where no step of any option names a site.
        missions: ids of the missions whose sites the steps change.
        window: first and last month over which need is counted; None where there are no figures.
        total: deaths in that window.
        reach_km: lowest, middle and highest distance a site is thought to reach.
        provinces: how many provinces the case has.
        source: the issue of the figures.
        says: what must be known, in sentences.
    """

    choice: str
    options: tuple[OptionSchedule, ...]
    missions: tuple[str, ...]
    window: tuple[Month, Month] | None
    total: float | None
    reach_km: tuple[float, float, float]
    provinces: int
    source: str | None
    says: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ground:
    """What schedules are computed from.

    Attributes:
        incidents: events of the window; None where there are no figures.
        reach_km: lowest, middle and highest distance a site is thought to reach.
        placings: the provinces each site may lie in.
        interval: ranges of the share reached by some places, inputs then sampling; None draws none.
    """

    incidents: Incidents | None
    reach_km: tuple[float, float, float]
    placings: Mapping[str, Placing]
    interval: Callable[[tuple[Place, ...]], tuple[Interval | None, Interval | None]] | None = None


def dates_of(choice: Choice) -> tuple[PartialDate, ...]:
    """The dates of all steps that change sites, in order, each once; a month counts at its end.

    Args:
        choice: with the steps of its options.
    """
    found = {
        str(step.when): step.when for option in choice.options for step in option.steps if step.sites and _dated(step)
    }
    return tuple(sorted((when for when in found.values() if when is not None), key=_month))


def schedules(case: Case, choice: Choice, *, missions: Sequence[str], ground: Ground) -> tuple[OptionSchedule, ...]:
    """Every option along the dates on which any of them changes a site.

    A step's sites are taken as it says from its date on; all others are as the case's own rows leave them, unknown where
    those do.

    Args:
        case: with sites and their states.
        choice: with dated steps that open, reduce or close sites.
        missions: those whose sites are followed.
        ground: figures and places.
    """
    dates = dates_of(choice)
    if not dates:
        return ()
    points = [(BEFORE, _month(dates[0]) - 1), *((str(when), _month(when)) for when in dates)]
    base = {month: _possible(case, missions, month) for _, month in points}
    sites = {s.site_id: s for s in case.sites if s.mission_id in missions}
    return tuple(_option(option, points, base, sites, ground) for option in choice.options)


def _dated(step: Step) -> bool:
    return step.when is not None and (step.when.latest or step.when.earliest) is not None


def _month(when: PartialDate) -> Month:
    day = when.latest or when.earliest
    assert day is not None, "a date has a first or a last day"
    return Month.of_date(day)


def _possible(case: Case, missions: Sequence[str], month: Month) -> dict[str, bool | None]:
    """Whether each site works at the end of a month by the case's own rows; None where they leave it open."""
    known = {m.mission_id: m for m in case.missions}
    found: dict[str, bool | None] = {}
    for mission in missions:
        sites = footprint(
            mission, sites=case.sites, statuses=case.site_status, months=(month,), mission=known.get(mission)
        ).sites
        for site in sites:
            may = site.possible[0]
            found[site.site.site_id] = True if may <= PRESENT else None if may & PRESENT else False
    return found


def _option(
    option: Option, points: Sequence[tuple[str, Month]], base: Mapping[Month, Mapping[str, bool | None]],
    sites: Mapping[str, Site], ground: Ground,
) -> OptionSchedule:  # fmt: skip
    says = _lacking(option)
    if not any(step.sites for step in option.steps):
        return OptionSchedule(option.id, option.name, (), says)
    made: list[At] = []
    for when, month in points:
        state = dict(base[month])
        for step in option.steps:
            if step.sites and step.when is not None and _dated(step) and when != BEFORE and _month(step.when) <= month:
                state |= dict.fromkeys((*step.opens, *step.reduces), True) | dict.fromkeys(step.closes, False)
        now = tuple(step.do for step in option.steps if step.sites and str(step.when) == when)
        made.append(_at((when, month), now, state, sites=sites, ground=ground, before=made[0] if made else None))
    return OptionSchedule(option.id, option.name, tuple(made), says)


def _lacking(option: Option) -> tuple[str, ...]:
    if not any(step.sites for step in option.steps):
        return ("no step names a site: reach and presence along it are not computed",)
    undated = [step.do for step in option.steps if step.sites and not _dated(step)]
    return tuple(f"the step '{do}' has no date, and is left out" for do in undated)


def _at(
    point: tuple[str, Month], steps: tuple[str, ...], state: Mapping[str, bool | None], *, sites: Mapping[str, Site],
    ground: Ground, before: At | None,
) -> At:  # fmt: skip
    by = {known: [sites[name] for name in sorted(state) if state[name] is known] for known in (True, None, False)}
    sure, perhaps = by[True], by[None]
    present = _provinces(sure, ground.placings, surely=True)
    maybe = tuple(p for p in _provinces([*sure, *perhaps], ground.placings, surely=False) if p not in present)
    had = () if before is None else (*before.present, *before.perhaps)
    left = tuple(p for p in had if p not in present and p not in maybe)
    return At(
        *point, steps, _named(sure), _named(perhaps), _named(by[False]), _reached(sure, perhaps, ground), present,
        maybe, left,
    )  # fmt: skip


def _named(sites: Sequence[Site]) -> tuple[str, ...]:
    return tuple(site.name for site in sites)


def _provinces(sites: Sequence[Site], placings: Mapping[str, Placing], *, surely: bool) -> tuple[str, ...]:
    found = {
        area
        for site in sites
        if (placing := placings.get(site.site_id)) is not None and (placing.sure or not surely)
        for area in placing.provinces
    }
    return tuple(sorted(found))


def _reached(sure: Sequence[Site], perhaps: Sequence[Site], ground: Ground) -> NeedReached | None:
    incidents = ground.incidents
    if incidents is None or incidents.weight("deaths_best").sum() <= 0:
        return None
    surely = tuple(Place.of(s) for s in sure if s.lat is not None)
    all_open = (*surely, *(Place.of(s) for s in perhaps if s.lat is not None))
    (low, if_closed, _), (_, if_open, high) = (
        _shares(incidents, places, ground.reach_km) for places in (surely, all_open)
    )
    inputs, sampling = ground.interval(all_open) if ground.interval is not None and all_open else (None, None)
    return NeedReached(low, if_closed, if_open, high, inputs, sampling)


def _shares(incidents: Incidents, places: Sequence[Place], km: Sequence[float]) -> list[float]:
    if not places:
        return [0.0 for _ in km]
    away = distances_km(incidents.lat, incidents.lon, places)
    return [float(x) for x in np.asarray(shares_within(away, incidents.weight("deaths_best"), km))]
