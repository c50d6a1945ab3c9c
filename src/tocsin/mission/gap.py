"""Province by province: need past and to come, who secures it, who deals with whom there, who is present."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.case.rows import SiteOrigin
from tocsin.mission.engagement import names_province
from tocsin.vocabulary import percent, province_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.forecast.forecast import Forecast
    from tocsin.mission.engagement import Contact, Mandated, SecurityActor
    from tocsin.mission.footprint import Footprint
    from tocsin.mission.places import Placing
    from tocsin.panel.panel import Panel
    from tocsin.vocabulary import Month

THRESHOLD = 25
"""Deaths a month of which the forecast of the table asks whether some month has as many."""


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in a province over a run of months.

    Attributes:
        low: deaths, low estimate.
        best: deaths, best estimate.
        high: deaths, high estimate.
        by_type: best estimate by `sb` (state-based), `ns` (non-state) and `os` (one-sided).
        events: events, each counted in its last month.
    """

    low: int
    best: int
    high: int
    by_type: Mapping[str, int]
    events: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a forecast says of a province over the months ahead together.

    Attributes:
        mean: mean deaths over all months ahead.
        low: 5 % quantile of the deaths over all months ahead.
        high: 95 % quantile.
        p25: probability of >= 25 deaths in some month, 0..1.
        p_escalation: probability of escalation, 0..1; None where it was not asked.
    """

    mean: float
    low: float
    high: float
    p25: float
    p_escalation: float | None


class Present(StrEnum):
    """Whether a site of a mission works in a province at some time of the window."""

    YES = "present"
    UNKNOWN = "unknown"
    NONE_NAMED = "no site named"


@dataclass(frozen=True, slots=True)
class SiteThere:
    """A site that lies, or may lie, in a province and works, or may, in the window.

    Attributes:
        site_id: the site.
        name: the place's name.
        months: months of the window in which it surely works.
        perhaps: further months in which it may.
        sure: whether it surely lies in the province.
        why: what keeps that from being known.
        entered: whether a user entered it: such sites are left out of exports and feeds.
    """

    site_id: str
    name: str
    months: int
    perhaps: int
    sure: bool
    why: str
    entered: bool


@dataclass(frozen=True, slots=True)
class MissionThere:
    """One mission in one province.

    Attributes:
        mission_id: the mission.
        present: whether a site works there in the window.
        sites: those that do, or may.
        contacts: whom it deals with there; empty is unknown, as no row says that it deals with nobody.
        mandated: lines of effort whose mandate names the province, or the whole country, apart from any presence.
    """

    mission_id: str
    present: Present
    sites: tuple[SiteThere, ...]
    contacts: tuple[Contact, ...]
    mandated: tuple[Mandated, ...]


@dataclass(frozen=True, slots=True)
class ProvinceGap:
    """One row of the table.

    Attributes:
        area: area id.
        name: the province's name.
        past: deaths and events over the window; None where the figures do not cover the province.
        recent: the same over the last twelve months covered.
        population: people in its listed towns; None where none is listed with a population.
        ahead: the forecast; None where none was made.
        visibility: how well events there are seen: clear, thin, blind or unknown.
        security: actors of which a row says that they are there; empty is unknown.
        missions: every mission asked about, in the order asked.
    """

    area: str
    name: str
    past: Past | None
    recent: Past | None
    population: int | None
    ahead: Ahead | None
    visibility: str
    security: tuple[SecurityActor, ...]
    missions: tuple[MissionThere, ...]

    def rate(self, deaths: int) -> float | None:
        """Deaths per 100,000 people of its listed towns; None where those are unknown."""
        return None if not self.population else deaths / self.population * 100_000


@dataclass(frozen=True, slots=True)
class Lacking:
    """A province than which no other needs more and has less, with the reasons.

    Attributes:
        area: area id.
        name: its name.
        reasons: in words.
        visibility: how well events there are seen.
        level_with: provinces whose figures and presence are the very same.
    """

    area: str
    name: str
    reasons: tuple[str, ...]
    visibility: str
    level_with: tuple[str, ...]


def past_by_area(panel: Panel, *, first: Month, last: Month) -> dict[str, Past]:
    """Deaths and events of every area of a panel from a first to a last month; an area without any has zeros.

    Args:
        panel: a panel of events; deaths of events of several months are counted as it says.
        first: first month, covered by the panel.
        last: last month, covered by the panel.
    """
    names = ["deaths_low", "deaths_all", "deaths_high", "deaths_sb", "deaths_ns", "deaths_os", "events"]
    inside = panel.table.filter(pl.col("month_id").is_between(first.id, last.id))
    sums = inside.group_by("area").agg(pl.col(names).sum())
    counted = {row[0]: tuple(int(x) for x in row[1:]) for row in sums.select("area", *names).iter_rows()}
    return {area: _past(counted.get(area, (0,) * len(names))) for area in panel.areas["area"].to_list()}


def _past(counted: Sequence[int]) -> Past:
    low, best, high, sb, ns, os, events = counted
    return Past(low, best, high, {"sb": sb, "ns": ns, "os": os}, events)


def ahead_by_area(forecast: Forecast, *, p_escalation: Mapping[str, float] | None = None) -> dict[str, Ahead]:
    """The months ahead of every area of a forecast, drawn together draw by draw.

    Args:
        forecast: draws of deaths by area and month.
        p_escalation: probability of escalation by area, where it was asked.
    """
    total = forecast.draws.sum(axis=1, dtype=np.int64)
    low, high = np.quantile(total, (0.05, 0.95), axis=1)
    p25 = forecast.p_within(THRESHOLD, months=max(forecast.horizons))
    asked = p_escalation or {}
    return {
        area: Ahead(float(total[i].mean()), float(low[i]), float(high[i]), float(p25[i]), asked.get(area))
        for i, area in enumerate(forecast.areas)
    }


def mission_there(
    area: str, mission_id: str, *, footprint: Footprint, placings: Mapping[str, Placing], contacts: Sequence[Contact],
    mandated: Sequence[Mandated],
) -> MissionThere:  # fmt: skip
    """One mission in one province: its sites, whom it deals with there, and what its mandate says of it.

    Args:
        area: area id.
        mission_id: the mission.
        footprint: when its sites work.
        placings: where sites lie.
        contacts: whom missions deal with.
        mandated: tasks for the whole country or for provinces by name.
    """
    sites = [s for site in footprint.sites if (s := _site_there(area, site.site.site_id, footprint, placings))]
    return MissionThere(
        mission_id, _present(sites, any_site=bool(footprint.sites)), tuple(sites),
        tuple(c for c in contacts if c.mission_id == mission_id and names_province(c.provinces, area)),
        tuple(m for m in mandated
              if m.mission_id == mission_id and (m.national or names_province(m.provinces, area))),
    )  # fmt: skip


def _site_there(area: str, site_id: str, footprint: Footprint, placings: Mapping[str, Placing]) -> SiteThere | None:
    site, placing = footprint.of(site_id), placings.get(site_id)
    within = None if placing is None else placing.within(area)
    if within is False or not any(site.perhaps):
        return None
    months = sum(site.surely)
    why = "the case says nothing of its place" if placing is None else placing.why
    return SiteThere(
        site_id, site.site.name, months, sum(site.perhaps) - months, sure=within is True, why=why,
        entered=site.site.origin is SiteOrigin.USER,
    )  # fmt: skip


def _present(sites: Sequence[SiteThere], *, any_site: bool) -> Present:
    """A mission of which no site is known at all may be anywhere."""
    if any(s.sure and s.months for s in sites):
        return Present.YES
    return Present.UNKNOWN if sites or not any_site else Present.NONE_NAMED


def lacking(
    rows: Sequence[ProvinceGap], *, missions: Sequence[str], window: str, months_ahead: int = 0
) -> tuple[Lacking, ...]:
    """The provinces that need and lack most, without a score: those than which no other needs more and has less.

    A province is left out when another has no less need by every figure (past deaths low, best and high, and mean
    deaths ahead) and surely no more of the missions' sites and known counterparts, and differs in one of them. What is
    unknown cannot show that a province is better off: it is then listed, and says so. The order of `rows` changes
    nothing: the list is by past deaths, then by id.

    Args:
        rows: the table.
        missions: the missions whose presence and engagement count.
        window: the window in words.
        months_ahead: how many months the forecast looks ahead.
    """
    found = [row for row in rows if not any(_worse_off(other, row, missions) for other in rows if other is not row)]
    ranked = sorted(found, key=lambda r: (-(r.past.best if r.past else -1), r.area))
    return tuple(
        Lacking(
            row.area, row.name, reasons(row, rows, missions=missions, window=window, months_ahead=months_ahead),
            row.visibility, tuple(o.name for o in ranked if o is not row and _level(o, row, missions)),
        )
        for row in ranked
    )  # fmt: skip


def _need(row: ProvinceGap) -> tuple[float | None, ...]:
    past = (None, None, None) if row.past is None else (row.past.low, row.past.best, row.past.high)
    return (*past, None if row.ahead is None else row.ahead.mean)


def _had(row: ProvinceGap, missions: Sequence[str]) -> tuple[int, int, int]:
    """Sites surely there, sites that may be, and counterparts surely dealt with."""
    mine = [m for m in row.missions if m.mission_id in missions]
    sure = sum(s.sure and s.months > 0 for m in mine for s in m.sites)
    return sure, sum(len(m.sites) for m in mine), sum(c.reaches for m in mine for c in m.contacts)


def _worse_off(one: ProvinceGap, other: ProvinceGap, missions: Sequence[str]) -> bool:
    """Whether one province needs at least as much as the other and surely has no more, and differs in something."""
    pairs = [(a, b) for a, b in zip(_need(one), _need(other), strict=True) if a is not None or b is not None]
    if any(a is None or b is None for a, b in pairs) or not pairs:
        return False
    (_, one_perhaps, one_met), (other_sure, other_perhaps, other_met) = _had(one, missions), _had(other, missions)
    same_sites = one_perhaps == 0 and other_perhaps == 0
    no_less_need = all(a >= b for a, b in pairs if a is not None and b is not None)
    no_more = (same_sites or one_perhaps <= other_sure) and one_met <= other_met
    differs = any(a != b for a, b in pairs) or one_perhaps < other_sure or one_met < other_met
    return no_less_need and no_more and differs


def _level(one: ProvinceGap, other: ProvinceGap, missions: Sequence[str]) -> bool:
    return _need(one) == _need(other) and _had(one, missions) == _had(other, missions)


def reasons(
    row: ProvinceGap, rows: Sequence[ProvinceGap], *, missions: Sequence[str], window: str, months_ahead: int = 0
) -> tuple[str, ...]:
    """Why a province is among those that need and lack most, in words."""
    said = [_past_words(row, rows, window), _ahead_words(row, months_ahead)]
    for mission in row.missions:
        if mission.mission_id in missions:
            said += [_presence_words(mission), _engagement_words(mission)]
    return tuple(said)


def _past_words(row: ProvinceGap, rows: Sequence[ProvinceGap], window: str) -> str:
    if row.past is None:
        return f"deaths in {window}: unknown, so no other province can be shown to need more"
    more = sum(o.past is not None and o.past.best > row.past.best for o in rows)
    span = f"{row.past.best:,} deaths ({row.past.low:,} to {row.past.high:,}) in {window}"
    rank = "no province has more" if more == 0 else f"{more} {'province has' if more == 1 else 'provinces have'} more"
    return f"{span}; {rank}"


def _ahead_words(row: ProvinceGap, months: int) -> str:
    if row.ahead is None:
        return "no forecast was made: need to come unknown"
    span = f"{row.ahead.low:,.0f} to {row.ahead.high:,.0f} deaths (90 %), mean {row.ahead.mean:,.0f}"
    return f"{span}, in the next {months} months; a month of >= {THRESHOLD}: {percent(row.ahead.p25)}"


def _presence_words(mission: MissionThere) -> str:
    if mission.present is Present.YES:
        return f"{mission.mission_id} has a site: {', '.join(s.name for s in mission.sites)}"
    if mission.present is Present.NONE_NAMED:
        return f"no site of {mission.mission_id} is named in it"
    doubts = "; ".join(dict.fromkeys(f"{s.name}: {s.why or 'open in the window or not'}" for s in mission.sites))
    return f"whether {mission.mission_id} has a site there is unknown ({doubts or 'no site of it is in the case'})"


def _engagement_words(mission: MissionThere) -> str:
    if not mission.contacts:
        return f"whom {mission.mission_id} deals with there is unknown: no row says it"
    said = ", ".join(f"{c.counterpart or 'unknown counterpart'} ({c.how.value})" for c in mission.contacts)
    return f"{mission.mission_id} deals with: {said}"


def tied_to(area: str, actors: Sequence[SecurityActor]) -> tuple[SecurityActor, ...]:
    """The actors of which a row says that they are in a province."""
    return tuple(a for a in actors if names_province(a.provinces, area))


def name_of(area: str, names: Mapping[str, str]) -> str:
    """A province's name for readers."""
    return names.get(area) or province_name(area)
