"""Province by province: need past and to come, who secures it, who deals with whom there, who is present."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.case.rows import SiteOrigin
from tocsin.mission.engagement import names_province
from tocsin.vocabulary import province_name

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


def tied_to(area: str, actors: Sequence[SecurityActor]) -> tuple[SecurityActor, ...]:
    """The actors of which a row says that they are in a province."""
    return tuple(a for a in actors if names_province(a.provinces, area))


def name_of(area: str, names: Mapping[str, str]) -> str:
    """A province's name for readers."""
    return names.get(area) or province_name(area)
