"""The country a mission is in, from coordinates and from its name; unknown where the two do not agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

NEAR_DEGREES = 0.3
"""How far outside a simplified outline a place may lie and still be in the country its mission's name says."""


class Host(NamedTuple):
    """ISO3 of the host, None where it is not known, and what that rests on."""

    country: str | None
    note: str


def host_of(
    name: str, *, lon: float | None, lat: float | None, shapes: Mapping[str, BaseGeometry],
    names: Mapping[str, Iterable[str]],
) -> Host:  # fmt: skip
    """Find a mission's host.

    Coordinates count where the mission's name says the same country, or none; the wrong way round they count only
    where the name says so. A mission without coordinates has no known host.

    Args:
        name: the mission's full name.
        lon: degrees east of its headquarters.
        lat: degrees north.
        shapes: outlines by ISO3, degrees.
        names: names of countries by ISO3.
    """
    said = countries_named(name, names)
    if lon is None or lat is None:
        return Host(None, "the list gives no coordinates")
    at = _around(lon, lat, shapes, within=0.0)
    if agreed := said & _around(lon, lat, shapes, within=NEAR_DEGREES):
        more = "; its name says more than one country" if len(said) > 1 else ""
        return Host(min(agreed, key=lambda c: (c not in at, c)), f"from coordinates and name{more}")
    if turned := said & _around(lat, lon, shapes, within=NEAR_DEGREES):
        return Host(min(turned), "from name and coordinates, which stand the wrong way round in the list")
    if said:
        return Host(None, f"its name says {', '.join(sorted(said))}, its coordinates do not")
    if len(at) == 1:
        return Host(next(iter(at)), "from the coordinates of headquarters alone")
    return Host(None, "its coordinates lie in no country, and its name says none")


def countries_named(name: str, names: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Countries a text names, the longest name first, so that South Sudan is not Sudan.

    Example:
        >>> sorted(countries_named("Mission in South Sudan", {"SDN": ["Sudan"], "SSD": ["South Sudan"]}))
        ['SSD']
    """
    found, rest = set(), name
    pairs = sorted(((word, country) for country, words in names.items() for word in words), key=lambda p: -len(p[0]))
    for word, country in pairs:
        pattern = rf"\b{re.escape(word)}(?!\w)"
        if re.search(pattern, rest, re.IGNORECASE):
            found.add(country)
            rest = re.sub(pattern, "", rest, flags=re.IGNORECASE)
    return frozenset(found)


def _around(lon: float, lat: float, shapes: Mapping[str, BaseGeometry], *, within: float) -> frozenset[str]:
    point = shapely.Point(lon, lat)
    return frozenset(country for country, shape in shapes.items() if shapely.dwithin(shape, point, within))
