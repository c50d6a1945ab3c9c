"""In which provinces a site may lie, as far as outlines, events nearby and its own precision say."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tocsin.mission.distance import unit_vectors
from tocsin.vocabulary import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from tocsin.case.rows import Site
    from tocsin.mission.incidents import Incidents

WITNESS_KM = 6.0
"""How far an event's own place may be off: half the diagonal of a 0.1-degree point, km."""
WITNESS_PRECISION = 2
"""UCDP where_prec up to which an event's place is near enough to say which province a site is in (within 25 km)."""
KM_PER_DEGREE = EARTH_KM * pi / 180
CORNERS = 64


@dataclass(frozen=True, slots=True)
class Placing:
    """The provinces a site may lie in.

    Attributes:
        site_id: the site.
        provinces: area ids, sorted; one where all that is known agrees, several on a border or where outlines and
            events disagree, none where the site lies outside all of them.
        placed: whether the case gives coordinates at all; without them the site may be anywhere.
        sure: whether the province is known.
        why: what keeps it from being known, in words; empty where it is known.
    """

    site_id: str
    provinces: tuple[str, ...]
    placed: bool
    sure: bool
    why: str = ""

    def within(self, area: str) -> bool | None:
        """Whether the site lies in a province; None where that is not known."""
        if not self.placed:
            return None
        if area not in self.provinces:
            return False
        return True if self.sure else None


def placings(
    sites: Sequence[Site], *, shapes: Mapping[str, BaseGeometry], incidents: Incidents | None = None
) -> dict[str, Placing]:
    """Where each site lies, by site id.

    A site lies in the provinces that the circle of its precision touches. Outlines are drawn small here and there, so
    the events recorded around it are asked too: where they are of another province, both are said and neither is sure.

    Args:
        sites: sites with or without coordinates.
        shapes: outlines in degrees (WGS 84) by area id.
        incidents: events with the province their publisher gives them.
    """
    return {site.site_id: _placing(site, shapes, incidents) for site in sites}


def _placing(site: Site, shapes: Mapping[str, BaseGeometry], incidents: Incidents | None) -> Placing:
    if site.lat is None or site.lon is None:
        return Placing(site.site_id, (), placed=False, sure=False, why="no coordinates are given")
    if not shapes:
        return Placing(site.site_id, (), placed=False, sure=False, why="the case has no outlines of provinces")
    km = site.precision_km
    round_it = circle(site.lat, site.lon, km or 0.0)
    drawn = sorted(area for area, shape in shapes.items() if shape.intersects(round_it))
    told = [] if incidents is None else _witnesses(site.lat, site.lon, (km or 0.0) + WITNESS_KM, incidents)
    told = [area for area in told if area in shapes]
    found = tuple(sorted({*drawn, *told}))
    why = "; ".join(_doubts(drawn, told, km, found))
    return Placing(site.site_id, found, placed=True, sure=not why, why=why)


def _doubts(drawn: Sequence[str], told: Sequence[str], km: float | None, found: Sequence[str]) -> list[str]:
    doubts = []
    if km is None:
        doubts.append("its precision is not known")
    if len(drawn) > 1:
        doubts.append(f"within {km:g} km lie {' and '.join(_named(a) for a in drawn)}")
    if told and set(told) - set(drawn):
        others = " and ".join(_named(a) for a in told)
        doubts.append(f"the outline says {' or '.join(_named(a) for a in drawn) or 'none'}, events nearby {others}")
    if not found:
        return ["its precision is not known"] if km is None else []
    return doubts


def _named(area: str) -> str:
    return area.split("/", maxsplit=1)[-1]


def circle(lat: float, lon: float, km: float) -> BaseGeometry:
    """The circle around a place, in degrees; the place itself where the radius is 0."""
    if km <= 0:
        return shapely.Point(lon, lat)
    radius = km / cos(pi / CORNERS) / KM_PER_DEGREE
    wide = radius / max(cos(radians(lat)), 0.01)
    turns = [2 * pi * i / CORNERS for i in range(CORNERS)]
    return shapely.Polygon([(lon + wide * cos(t), lat + radius * sin(t)) for t in turns])


def _witnesses(lat: float, lon: float, km: float, incidents: Incidents) -> list[str]:
    """Provinces of the events within a distance whose place is well known, sorted."""
    rough = (np.abs(incidents.lat - lat) <= km / KM_PER_DEGREE) & (incidents.where_precision <= WITNESS_PRECISION)
    near = incidents.where(rough & (incidents.province >= 0))
    cosine = unit_vectors(near.lat, near.lon) @ unit_vectors([lat], [lon])[0]
    close = np.arccos(np.clip(cosine, -1, 1)) * EARTH_KM <= km
    return sorted({near.provinces[i] for i in near.province[close]})
