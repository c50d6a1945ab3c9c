"""Sites on a map: their state by shape, the circles they reach, names that do not collide."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tocsin.brief.charts.glyphs import Glyph, glyph
from tocsin.brief.charts.legend import Entry
from tocsin.brief.charts.palette import INK, PAPER
from tocsin.brief.charts.svg import Element, el, group, polyline
from tocsin.brief.charts.text import SMALL, Box, free, text_width, words
from tocsin.errors import InputError, OutOfRange, UnknownName, Where
from tocsin.vocabulary import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.brief.charts.outline import Fit

FURTHEST_KM = 2000.0
"""The largest circle of reach that is drawn, in km."""

REACH_DASHES = ("7 3", "2 2.5", "9 3 2 3", "4 2")


class SiteState(StrEnum):
    """What goes on at a site in the month that is drawn."""

    OPEN = "open"
    REDUCED = "reduced"
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


SIGNS = {
    SiteState.OPEN: Glyph.SQUARE,
    SiteState.REDUCED: Glyph.HALF,
    SiteState.PAUSED: Glyph.RING,
    SiteState.CLOSED: Glyph.CROSS,
    SiteState.UNKNOWN: Glyph.QUESTION,
}

REACHING = (SiteState.OPEN, SiteState.REDUCED, SiteState.UNKNOWN)
"""States in which a site has, or may have, a reach."""


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A site on a map.

    Attributes:
        name: written beside it where there is room.
        lon: degrees east; rounded to 0.1 before anything is drawn.
        lat: degrees north; rounded to 0.1 before anything is drawn.
        state: open, reduced, paused, closed or unknown.

    Raises:
        InputError: the name is empty.
        OutOfRange: the coordinates are not on the Earth.
        UnknownName: there is no such state.

    Example:
        >>> SiteMark("Taji", 44.257, 33.524, "open")
        SiteMark(name='Taji', lon=44.3, lat=33.5, state='open')
    """

    name: str
    lon: float
    lat: float
    state: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a site has no name", where=Where(field="name"), hint="name it as the mission does")
        for field, value, most in (("lon", self.lon, 180), ("lat", self.lat, 90)):
            if not -most <= value <= most:
                raise OutOfRange(
                    f"{self.name}: {value} is no {'longitude' if field == 'lon' else 'latitude'}",
                    where=Where(field=field),
                    hint=f"give degrees from -{most} to {most}",
                )
            object.__setattr__(self, field, round(value, 1) + 0.0)
        if self.state not in tuple(SiteState):
            raise UnknownName.of("state of a site", self.state, SiteState, where=Where(field="state"))


@dataclass(frozen=True, slots=True)
class SiteLayer:
    """What sites add to a map.

    Attributes:
        drawn: circles, signs and names, from the lowest to the highest.
        taken: places where nothing else may be written.
        outside: sites beyond the picture, which are not drawn.
    """

    drawn: tuple[Element, ...]
    taken: tuple[Box, ...]
    outside: tuple[SiteMark, ...]


def site_layer(
    sites: Sequence[SiteMark], fit: Fit, *, within: Box, reach_km: Sequence[float] = (), size: float = 5.0,
    named: bool = True,
) -> SiteLayer:  # fmt: skip
    """The circles, signs and names of sites in a rectangle of a map.

    Args:
        sites: those that lie beyond the rectangle are not drawn, but returned; their circles are drawn as far as seen.
        fit: from degrees to pixels.
        within: the rectangle in px.
        reach_km: radii of circles around sites that have, or may have, a reach.
        size: half the width of a sign in px.
        named: whether names are written.

    Raises:
        OutOfRange: a radius is not positive, or beyond 2,000 km.
    """
    checked_reach(reach_km)
    at = {site: _place(site, fit) for site in sites}
    seen = [s for s in sites if Box(at[s][0], at[s][1], at[s][0], at[s][1]).inside(_shrunk(within, size + 2))]
    put = _apart([at[site] for site in seen], size=size)
    signs = [_sign(site, at[site], stands, size=size) for site, stands in zip(seen, put, strict=True)]
    taken = [_around(stands, size + 2) for stands in put]
    names: list[Element] = []
    for site, stands in zip(seen, put, strict=True) if named else ():
        for made, box in _beside(site.name, stands, size):
            if box.inside(_shrunk(within, 2)) and free(box, taken):
                taken.append(box)
                names.extend(made)
                break
    circles = _circles(sites, fit, within=within, reach_km=reach_km)
    return SiteLayer((*circles, *signs, *names), tuple(taken), tuple(s for s in sites if s not in seen))


def checked_reach(reach_km: Sequence[float]) -> None:
    """Refuse radii that cannot be drawn.

    Raises:
        OutOfRange: a radius is not positive, or beyond 2,000 km.
    """
    for km in reach_km:
        if not 0 < km <= FURTHEST_KM:
            raise OutOfRange(
                f"{km} km is no reach that can be drawn",
                where=Where(field="reach_km"),
                hint=f"give more than 0 and at most {FURTHEST_KM:,.0f} km",
            )


def site_entries(sites: Sequence[SiteMark], *, reach_km: Sequence[float] = ()) -> list[Entry]:
    """What the legend says of the states that are there, and of the circles."""
    present = {site.state for site in sites}
    entries = [Entry(_worded(state), glyph=SIGNS[state]) for state in SiteState if state in present]
    if present & set(REACHING):
        entries += [Entry(f"within {km:g} km", line=INK, dashes=_dashes(i)) for i, km in enumerate(sorted(reach_km))]
    return entries


def site_counts(sites: Sequence[SiteMark]) -> str:
    """How many sites are in each state.

    Example:
        >>> site_counts([SiteMark("A", 44, 33, "open"), SiteMark("B", 44, 34, "unknown"), SiteMark("C", 43, 33, "open")])
        '2 open, 1 unknown'
    """
    counts = Counter(site.state for site in sites)
    return ", ".join(f"{counts[state]} {state}" for state in SiteState if counts[state]) or "no site"


def sites_described(sites: Sequence[SiteMark], *, reach_km: Sequence[float] = ()) -> str:
    """Sites, states and radii in words, for those who do not see the map."""
    listed = "; ".join(f"{site.name} {site.state}" for site in sites)
    radii = " and ".join(f"{km:g}" for km in sorted(reach_km))
    circles = f" Circles of {radii} km around sites that are open, reduced or unknown." if radii else ""
    return f"Sites: {listed}.{circles}"


def _worded(state: SiteState) -> str:
    return "state of site unknown" if state is SiteState.UNKNOWN else f"site {state}"


def _dashes(i: int) -> str:
    return REACH_DASHES[i % len(REACH_DASHES)]


def _place(site: SiteMark, fit: Fit) -> tuple[float, float]:
    x, y = fit(np.array([[site.lon, site.lat]]))[0]
    return float(x), float(y)


def _shrunk(box: Box, by: float) -> Box:
    return Box(box.left + by, box.top + by, box.right - by, box.bottom - by)


def _around(at: tuple[float, float], radius: float) -> Box:
    return Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def _apart(places: Sequence[tuple[float, float]], *, size: float) -> list[tuple[float, float]]:
    """Where signs stand: each in its place, or, where that is taken, as near to it as can be found."""
    put: list[tuple[float, float]] = []
    for x, y in places:
        tries = [(x, y), *((x + r * math.cos(t), y + r * math.sin(t)) for r, t in _near(size))]
        taken = [_around(other, size + 0.8) for other in put]
        put.append(next((p for p in tries if free(_around(p, size + 0.8), taken)), (x, y)))
    return put


def _near(size: float) -> list[tuple[float, float]]:
    """Steps aside as (px, angle), short ones first."""
    return [(k * size, i * math.pi / 4) for k in (2.0, 2.6, 3.2, 4.0, 5.0, 6.5, 8.0) for i in range(8)]


def _sign(site: SiteMark, at: tuple[float, float], stands: tuple[float, float], *, size: float) -> Element:
    told = el("title", f"{site.name}: {_worded(SiteState(site.state))}")
    parts = [told]
    if stands != at:
        leader = f"M{at[0]:.1f} {at[1]:.1f}L{stands[0]:.1f} {stands[1]:.1f}"
        parts += [el("path", d=leader, stroke=INK, stroke_width=1), el("circle", cx=at[0], cy=at[1], r=1.5, fill=INK)]
    return group([*parts, glyph(SIGNS[SiteState(site.state)], *stands, size=size)], data_state=site.state)


def _beside(name: str, at: tuple[float, float], size: float) -> Iterator[tuple[list[Element], Box]]:
    """The name right, left, above and below the sign; further off, with a line to it."""
    wide = text_width(name, size=SMALL, bold=True)
    for reach in (0.0, 12.0, 24.0, 38.0, 54.0):
        for turn in range(12) if reach else (0, 6, 3, 9):
            angle = turn * math.pi / 6
            dx, dy = math.cos(angle), -math.sin(angle)
            middle = at[0] + dx * (size + 4 + reach) + (wide / 2) * (round(dx, 6) > 0) - (wide / 2) * (round(dx, 6) < 0)
            base = at[1] + dy * (size + 7 + reach) + 3.8
            box = Box(middle - wide / 2 - 2, base - 9.5, middle + wide / 2 + 2, base + 3)
            leader = [el("path", d=_leader(at, box), stroke=INK, stroke_width="0.9")] if reach else []
            yield [*leader, words(name, middle, base, size=SMALL, anchor="middle", bold=True, halo=PAPER)], box


def _leader(at: tuple[float, float], box: Box) -> str:
    x, y = min(max(at[0], box.left), box.right), min(max(at[1], box.top), box.bottom)
    return f"M{at[0]:.1f} {at[1]:.1f}L{x:.1f} {y:.1f}"


def _circles(sites: Sequence[SiteMark], fit: Fit, *, within: Box, reach_km: Sequence[float]) -> list[Element]:
    """One outline for each distance: the edge of all that lies as near to some site that reaches."""
    window = shapely.box(within.left, within.top, within.right, within.bottom)
    reaching = [site for site in sites if site.state in REACHING]
    drawn: list[Element] = []
    for i, km in enumerate(sorted(reach_km) if reaching else ()):
        discs = [shapely.Polygon(fit(circle(site.lon, site.lat, km=km))) for site in reaching]
        seen = shapely.intersection(shapely.boundary(shapely.union_all(discs)), window)
        data = "".join(
            polyline([(float(x), float(y)) for x, y in shapely.get_coordinates(part)])
            for part in shapely.get_parts(shapely.line_merge(seen))
            if part.length > 0
        )
        if data:
            told = el("title", f"within {km:g} km of {', '.join(site.name for site in reaching)}")
            drawn.append(el("path", told, d=data, stroke=PAPER, stroke_width=3, stroke_opacity="0.7", fill="none"))
            paint = {"stroke": INK, "stroke_width": "1.1", "stroke_dasharray": _dashes(i), "fill": "none"}
            drawn.append(el("path", d=data, **paint, data_km=f"{km:g}"))
    return drawn


def circle(lon: float, lat: float, *, km: float, points: int = 96) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Points at a distance over the ground from a place, in degrees, shape (points, 2), on a sphere.

    Example:
        >>> circle(44, 33, km=6371.0088 * np.pi / 180, points=4).round(2).tolist()[0]
        [44.0, 34.0]
    """
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    at, away = math.radians(lat), km / EARTH_KM
    sine = math.sin(at) * math.cos(away) + math.cos(at) * math.sin(away) * np.cos(turn)
    east = np.arctan2(np.sin(turn) * math.sin(away) * math.cos(at), math.cos(away) - math.sin(at) * sine)
    return np.column_stack([lon + np.degrees(east), np.degrees(np.arcsin(sine))])
