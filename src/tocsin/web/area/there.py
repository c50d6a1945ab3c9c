"""Who and what the case's own tables place in an area: actors with their roles, and sites of missions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import Point

from tocsin.case.rows import SiteOrigin
from tocsin.sources.province_names import province
from tocsin.vocabulary import Level
from tocsin.web.figures.geo import shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case import Case
    from tocsin.case.rows import Site
    from tocsin.editions import Edition
    from tocsin.web.figures.areas import KnownArea

NEAR_DEGREES = 0.05
"""How far from an outline, which is drawn simply, a site may lie and still be within it."""


@dataclass(frozen=True, slots=True)
class ActorThere:
    """What a source says an actor does in an area.

    Attributes:
        actor_id: the actor.
        name: as readers know it.
        standing: formal, informal, hybrid, or unknown.
        role: what it does there.
        security: provides or threatens security there, or unknown.
        source: id of the source.
        basis: stated, reported or judgement.
    """

    actor_id: str
    name: str
    standing: str
    role: str
    security: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class SiteThere:
    """A site of a mission in an area: where to 0.1 degree, or untold where a user entered it."""

    name: str
    mission: str
    role: str
    state: str
    span: str
    entered_by_user: bool


def actors_in(case: Case, area: KnownArea) -> tuple[ActorThere, ...]:
    """What the case's table of presence says of an area; a country holds what is said of any part of it."""
    if area.country not in case.settings.areas.countries:
        return ()
    named = {a.actor_id: a for a in case.actors}
    found = [
        row for row in case.presence
        if area.level is Level.COUNTRY or area.area_id in {f"{area.country}/{province(area.country, p)}" for p in row.provinces}
    ]  # fmt: skip
    return tuple(
        ActorThere(
            row.actor_id, named[row.actor_id].name, _word(named[row.actor_id].standing), row.role, _word(row.security),
            row.source_id or "none given", _word(row.basis),
        )
        for row in found
    )  # fmt: skip


def _word(value: object) -> str:
    return "unknown" if value is None else str(getattr(value, "value", value))


def sites_in(case: Case, edition: Edition, area: KnownArea) -> tuple[SiteThere, ...]:
    """Sites of missions that lie in an area, with their state when the edition was made."""
    outline = shapes_of(edition, area.level).get(area.area_id)
    held = edition.json("sites") if edition.has("sites.json") else []
    states: Mapping[str, str] = {s["site"]: s["state"] for s in held}
    names = {m.mission_id: m.name for m in case.missions}
    within = [] if outline is None else [s for s in case.sites if _lies(s, outline.buffer(NEAR_DEGREES))]
    return tuple(
        SiteThere(
            s.name, names.get(s.mission_id, s.mission_id), s.role or "unknown", states.get(s.site_id, "unknown"), _span(s),
            s.origin is SiteOrigin.USER,
        )
        for s in within
    )  # fmt: skip


def _lies(site: Site, outline: object) -> bool:
    if site.lat is None or site.lon is None:
        return False
    return bool(outline.contains(Point(site.lon, site.lat)))  # type: ignore[attr-defined]


def _span(site: Site) -> str:
    begin, end = (("unknown" if day is None else str(day)) for day in (site.start, site.end))
    return f"{begin} to {end}"
