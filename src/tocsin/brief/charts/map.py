"""The map: areas coloured by class, the unknown hatched, names where they do not collide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.labels import Mark, labels
from tocsin.brief.charts.legend import Entry, hatch, hatched, legend
from tocsin.brief.charts.outline import aspect, fitted, geometry, middle, path
from tocsin.brief.charts.palette import AXIS, BORDER, LAND, MUTED
from tocsin.brief.charts.projection import equal_earth, plain
from tocsin.brief.charts.sites import SiteMark, site_entries, site_layer, sites_described
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, Box, heading, words, wrapped
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from tocsin.brief.charts.classes import Classes
    from tocsin.brief.charts.outline import Fit, Rings

ICE = -56.5
"""Degrees south beyond which a world map ends: nobody lives there."""


@dataclass(frozen=True)
class MapArea:
    """An area to colour.

    Attributes:
        name: as a reader knows it.
        shape: its outline in degrees: a shapely geometry, or outer rings of (longitude, latitude).
        value: what its colour says; None is unknown, and hatched.
        label: written on it, if it fits; None writes nothing.
        rank: its place in a list beside the map, 1 first.
    """

    name: str
    shape: BaseGeometry | Rings
    value: float | None
    label: str | None = None
    rank: int | None = None


@dataclass(frozen=True)
class DrawnArea:
    """An area in pixels, and what fills it."""

    area: MapArea
    shape: BaseGeometry
    colour: str

    @property
    def seen(self) -> bool:
        """Whether it is large enough for its outline to be drawn."""
        return not self.shape.is_empty


def country_map(
    areas: Sequence[MapArea], classes: Classes, *, frame: Frame, show: Callable[[float], str],
    context: Sequence[BaseGeometry | Rings] = (), sites: Sequence[SiteMark] = (), reach_km: Sequence[float] = (),
) -> str:  # fmt: skip
    """A country's areas, true to scale at its middle latitude, and the sites of a mission on them.

    Args:
        areas: what is coloured; the map is fitted to them.
        classes: the classes of their values.
        frame: ids, title and size.
        show: a value as it is written, as in `percent`.
        context: outlines of neighbours, drawn pale where they lie within the picture.
        sites: drawn by the shape of their state; those outside the picture are named below it.
        reach_km: radii of dashed circles around sites that are open, reduced or unknown, true to scale.

    Returns:
        SVG, coordinates rounded to 0.1 px.

    Raises:
        InputError: there is no area, or one has no outline.
        OutOfRange: a value lies in no class, or a radius cannot be drawn.

    Example:
        >>> from tocsin.brief.charts.classes import PROBABILITY
        >>> from tocsin.vocabulary import percent
        >>> square = [[(43, 35), (44, 35), (44, 36), (43, 36), (43, 35)]]
        >>> svg = country_map([MapArea("Ninewa", square, 0.62)], PROBABILITY, frame=Frame("m", "Iraq"), show=percent)
        >>> "Ninewa: 62 %" in svg, "likely, 55-80 %" in svg
        (True, True)
    """
    shapes = outlines(areas)
    low, high = shapely.total_bounds(shapes)[[1, 3]]
    projection = plain(latitude=float(low + high) / 2)
    tallest = 1.0 if frame.width > 500 else 1.3
    head, top = heading(frame)
    height = frame.height or min(aspect(shapes, projection=projection), tallest) * frame.width * 0.86 + top
    plot = Plot(8, top + 6, frame.width - 8, height - 6)
    fit = fitted(shapes, projection=projection, plot=plot)
    around = [context_path(fit, geometry(s), plot=Plot(0, top, frame.width, height)) for s in context]
    return _map(
        areas,
        shapes,
        classes,
        fit,
        frame=frame,
        show=show,
        head=(*head, *around, _edge(frame, top, height)),
        top=top,
        height=height,
        sites=sites,
        reach_km=reach_km,
    )


def world_map(areas: Sequence[MapArea], classes: Classes, *, frame: Frame, show: Callable[[float], str]) -> str:
    """The world in the Equal Earth projection, without Antarctica; see `country_map` for the arguments.

    An area too small to be seen is drawn as a dot, so that none with a value is lost.
    """
    shapes = outlines(areas)
    world = shapely.box(-180, ICE, 180, 84)
    kept = [(a, shapely.intersection(s, world)) for a, s in zip(areas, shapes, strict=True)]
    inside = [(a, s) for a, s in kept if not s.is_empty]
    head, top = heading(frame)
    edge = shapely.segmentize(world, 5)
    height = frame.height or aspect([edge], projection=equal_earth) * frame.width + top
    fit = fitted([edge], projection=equal_earth, plot=Plot(0, top, frame.width, height))
    land, seen = [a for a, _ in inside], [s for _, s in inside]
    return _map(land, seen, classes, fit, frame=frame, show=show, head=head, top=top, height=height)


def outlines(areas: Sequence[MapArea]) -> list[BaseGeometry]:
    """The outlines of areas in degrees.

    Raises:
        InputError: there is no area, or one has no outline.
    """
    if not areas:
        raise InputError("a map has no areas", where=Where(field="areas"), hint="give at least one")
    return [geometry(a.shape) for a in areas]


def context_path(fit: Fit, shape: BaseGeometry, *, plot: Plot) -> Element | None:
    """An outline drawn pale, as far as it lies within a rectangle of pixels."""
    window = shapely.box(plot.left, plot.top, plot.right, plot.bottom)
    near = shapely.intersection(fit.shape(shape), window)
    if near.is_empty:
        return None
    return el("path", d=path(near), fill=LAND, stroke=BORDER, stroke_width="0.6", fill_rule="evenodd")


def _edge(frame: Frame, top: float, height: float) -> Element:
    size = {"width": frame.width - 1, "height": height - top - 1}
    return el("rect", x=0.5, y=top + 0.5, **size, fill="none", stroke=BORDER, stroke_width="0.6")


def _map(
    areas: Sequence[MapArea], shapes: Sequence[BaseGeometry], classes: Classes, fit: Fit, *, frame: Frame,
    show: Callable[[float], str], head: Sequence[Element | None], top: float, height: float,
    sites: Sequence[SiteMark] = (), reach_km: Sequence[float] = (),
) -> str:  # fmt: skip
    drawn = [drawn_area(a, fit.shape(s), classes, frame=frame) for a, s in zip(areas, shapes, strict=True)]
    worth = [(d, s) for d, s in zip(drawn, shapes, strict=True) if d.seen or _worth(d, classes)]
    dots = [_dot(d, fit, s, show=show) for d, s in worth if not d.seen]
    within = Box(0, top, frame.width, height)
    layer = site_layer(sites, fit, within=within, reach_km=reach_km)
    entries = [*class_entries(areas, classes, frame=frame), *site_entries(sites, reach_km=reach_km)]
    keys, keys_height = legend(entries, x=1, y=height + 4, width=frame.width - 2)
    notes, notes_height = _beyond(layer.outside, y=height + 4 + keys_height, width=frame.width)
    return picture(
        frame,
        hatch(frame),
        *head,
        group(
            (area_path(d, show=show) for d in drawn if d.seen), stroke=BORDER, stroke_width="0.6", fill_rule="evenodd"
        ),
        group(dots),
        group(layer.drawn) if layer.drawn else None,
        group(labels([_mark(d, fit, s, show=show) for d, s in worth], within=within, beside=layer.taken)),
        keys,
        *notes,
        height=height + keys_height + notes_height + 8,
        desc=" ".join([_described(areas, classes, show=show), *_sites_told(sites, reach_km)]),
    )


def drawn_area(area: MapArea, shape: BaseGeometry, classes: Classes, *, frame: Frame) -> DrawnArea:
    """An area whose shape is in pixels, in the colour of its class, or hatched.

    Raises:
        OutOfRange: its value lies in no class.
    """
    return DrawnArea(area, shape, hatched(frame) if area.value is None else classes.of(area.value).colour)


def class_entries(areas: Sequence[MapArea], classes: Classes, *, frame: Frame) -> list[Entry]:
    """What the legend says of the colours, and of the hatch where something is not known."""
    entries = [Entry(step.words, fill=step.colour) for step in classes.steps]
    return [*entries, Entry("unknown", fill=hatched(frame))] if any(a.value is None for a in areas) else entries


def _sites_told(sites: Sequence[SiteMark], reach_km: Sequence[float]) -> list[str]:
    return [sites_described(sites, reach_km=reach_km)] if sites else []


def _beyond(outside: Sequence[SiteMark], *, y: float, width: float) -> tuple[list[Element], float]:
    """The line that names sites which lie outside the picture, and the pixels it takes."""
    if not outside:
        return [], 0.0
    text = "outside the picture: " + "; ".join(f"{s.name}, {s.state}" for s in outside)
    lines = wrapped(text, width=width - 4, size=SMALL)
    return [words(line, 0, y + 11 + 14 * i, size=SMALL, fill=MUTED) for i, line in enumerate(lines)], 14.0 * len(lines)


def _told(area: MapArea, *, show: Callable[[float], str]) -> str:
    rank = f", rank {area.rank}" if area.rank is not None else ""
    return f"{area.name}: {'unknown' if area.value is None else show(area.value)}{rank}"


def area_path(drawn: DrawnArea, *, show: Callable[[float], str], before: str = "") -> Element:
    """An area filled with the colour of its class, its value told where the pointer rests."""
    return el("path", el("title", before + _told(drawn.area, show=show)), d=path(drawn.shape), fill=drawn.colour)


def _worth(drawn: DrawnArea, classes: Classes) -> bool:
    """Whether an area too small for its outline is drawn as a dot: it is ranked, or above the lowest class."""
    value = drawn.area.value
    return drawn.area.rank is not None or (value is not None and classes.of(value) != classes.steps[0])


def _dot(drawn: DrawnArea, fit: Fit, shape: BaseGeometry, *, show: Callable[[float], str]) -> Element:
    x, y = fit(shapely.get_coordinates(shape.representative_point()))[0]
    told = el("title", _told(drawn.area, show=show))
    return el("circle", told, cx=float(x), cy=float(y), r=2.5, fill=drawn.colour, stroke=AXIS, stroke_width="0.6")


def _mark(drawn: DrawnArea, fit: Fit, shape: BaseGeometry, *, show: Callable[[float], str]) -> Mark:
    area = drawn.area
    value = "unknown" if area.value is None else show(area.value)
    fill = None if area.value is None else drawn.colour
    if not drawn.seen:
        x, y = fit(shapely.get_coordinates(shape.representative_point()))[0]
        return Mark(float(x), float(y), 0.0, rank=area.rank, name=area.label, value=value)
    x, y, radius = middle(drawn.shape)
    return Mark(x, y, radius, rank=area.rank, name=area.label, value=value, shape=drawn.shape, fill=fill)


def _described(areas: Sequence[MapArea], classes: Classes, *, show: Callable[[float], str]) -> str:
    known = sorted((a for a in areas if a.value is not None), key=lambda a: -(a.value or 0.0))
    unknown = len(areas) - len(known)
    highest = ", ".join(f"{a.name} {show(a.value or 0.0)}" for a in known[:5])
    counts = [f"{sum(classes.of(a.value or 0.0) == step for a in known)} {step.words}" for step in classes.steps]
    parts = [f"Map of {len(areas)} areas."]
    if known:
        parts.append(f"Highest: {highest}. Areas by class: {'; '.join(counts)}.")
    return " ".join([*parts, f"{unknown} unknown."] if unknown else parts)
