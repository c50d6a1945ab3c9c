"""Small maps side by side: need and sites of one country as they were at several times, under one legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.legend import hatch, legend
from tocsin.brief.charts.map import MapArea, area_path, class_entries, context_path, drawn_area, outlines
from tocsin.brief.charts.outline import aspect, fitted, geometry
from tocsin.brief.charts.palette import BORDER, MUTED
from tocsin.brief.charts.projection import plain
from tocsin.brief.charts.sites import SiteMark, checked_reach, site_counts, site_entries, site_layer
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import NORMAL, SMALL, Box, heading, words, wrapped
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from tocsin.brief.charts.classes import Classes
    from tocsin.brief.charts.outline import Fit, Rings

FEWEST, MOST = 2, 6
NARROWEST = 150.0
"""Pixels below which a small map is not legible."""
BETWEEN = 10.0
LINE = 13.0
SIGN = 4.0
"""Half the width in px of a site's sign on a small map."""


@dataclass(frozen=True, slots=True)
class MapPeriod:
    """What one small map shows.

    Attributes:
        label: the year, month or period, written above it.
        areas: need at that time; None is unknown.
        sites: their states at that time.

    Raises:
        InputError: the label is empty.
    """

    label: str
    areas: Sequence[MapArea]
    sites: Sequence[SiteMark] = ()

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise InputError("a small map has no label", where=Where(field="label"), hint="say which time it shows")


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where small maps stand: `columns` of them in a row, each `wide` by `tall` px without its words."""

    columns: int
    wide: float
    tall: float
    row: float
    top: float

    def corner(self, i: int) -> tuple[float, float]:
        """The upper left of the i-th small map, above its words."""
        return (self.wide + BETWEEN) * (i % self.columns), self.top + self.row * (i // self.columns)


def map_months(
    periods: Sequence[MapPeriod], classes: Classes, *, frame: Frame, show: Callable[[float], str],
    context: Sequence[BaseGeometry | Rings] = (), reach_km: Sequence[float] = (),
) -> str:  # fmt: skip
    """Draw two to six small maps of one country, all at one scale.

    Args:
        periods: from the earliest to the latest.
        classes: the classes of their values, the same for all.
        frame: ids, title and size; a narrow frame puts fewer maps in a row.
        show: a value as it is written.
        context: outlines of neighbours, drawn pale.
        reach_km: radii of dashed circles around sites that are open, reduced or unknown.

    Raises:
        InputError: a period has no area, or an area no outline.
        OutOfRange: there are fewer than two periods or more than six, or a value or radius cannot be drawn.

    Example:
        >>> from tocsin.brief.charts.classes import PROBABILITY
        >>> from tocsin.vocabulary import percent
        >>> square = [[(43, 35), (44, 35), (44, 36), (43, 36), (43, 35)]]
        >>> years = [MapPeriod(str(y), [MapArea("Ninewa", square, p)]) for y, p in ((2018, 0.6), (2019, None))]
        >>> svg = map_months(years, PROBABILITY, frame=Frame("m", "Need"), show=percent)
        >>> "2018, Ninewa: 60 %" in svg, "2019, Ninewa: unknown" in svg
        (True, True)
    """
    _check(periods, reach_km)
    head, top = heading(frame)
    shapes = [s for p in periods for s in outlines(p.areas)]
    lows, highs = zip(*((s.bounds[1], s.bounds[3]) for s in shapes), strict=True)
    projection = plain(latitude=(min(lows) + max(highs)) / 2)
    grid = _grid(periods, aspect(shapes, projection=projection), frame=frame, top=top)
    around = [geometry(s) for s in context]
    maps: list[Element] = []
    for i, period in enumerate(periods):
        left, upper = grid.corner(i)
        plot = Plot(left + 5, upper + 23, left + grid.wide - 5, upper + 13 + grid.tall)
        fit = fitted(shapes, projection=projection, plot=plot)
        within = Box(left, upper + 18, left + grid.wide, upper + 18 + grid.tall)
        maps.append(_small(period, classes, fit, within, frame=frame, show=show, context=around, reach_km=reach_km))
    bottom = grid.top + grid.row * -(-len(periods) // grid.columns)
    every = [a for p in periods for a in p.areas], [s for p in periods for s in p.sites]
    entries = [*class_entries(every[0], classes, frame=frame), *site_entries(every[1], reach_km=reach_km)]
    keys, tall = legend(entries, x=1, y=bottom, width=frame.width - 2)
    return picture(
        frame, hatch(frame), *head, *maps, keys, height=bottom + tall + 6, desc=_described(periods, classes, show=show)
    )


def _check(periods: Sequence[MapPeriod], reach_km: Sequence[float]) -> None:
    if not FEWEST <= len(periods) <= MOST:
        raise OutOfRange(
            f"{len(periods)} small maps cannot stand side by side",
            where=Where(field="periods"),
            hint=f"give {FEWEST} to {MOST}; one is drawn by country_map",
        )
    checked_reach(reach_km)


def _grid(periods: Sequence[MapPeriod], shape: float, *, frame: Frame, top: float) -> _Grid:
    """As many maps in a row as are legible, the rows as even as they can be."""
    most = max(1, int((frame.width + BETWEEN) // (NARROWEST + BETWEEN)))
    rows = -(-len(periods) // most)
    columns = -(-len(periods) // rows)
    wide = (frame.width - BETWEEN * (columns - 1)) / columns
    lines = max(len(_counted(p, width=wide)) for p in periods)
    words_tall = 18 + LINE * lines + 12
    room = None if frame.height is None else (frame.height - top - 30) / rows - words_tall
    tall = min(shape, 1.3) * (wide - 10) + 10 if room is None else max(room, 40.0)
    return _Grid(columns, wide, tall, tall + words_tall, top)


def _counted(period: MapPeriod, *, width: float) -> tuple[str, ...]:
    text = f"sites: {site_counts(period.sites)}" if period.sites else "no site drawn"
    return wrapped(text, width=width - 2, size=SMALL)


def _small(
    period: MapPeriod, classes: Classes, fit: Fit, within: Box, *, frame: Frame, show: Callable[[float], str],
    context: Sequence[BaseGeometry], reach_km: Sequence[float],
) -> Element:  # fmt: skip
    plot = Plot(within.left, within.top, within.right, within.bottom)
    shapes = outlines(period.areas)
    drawn = [drawn_area(a, fit.shape(s), classes, frame=frame) for a, s in zip(period.areas, shapes, strict=True)]
    seen = [area_path(d, show=show, before=f"{period.label}, ") for d in drawn if d.seen]
    layer = site_layer(period.sites, fit, within=within, reach_km=reach_km, size=SIGN, named=False)
    size = {"width": within.right - within.left - 1, "height": within.bottom - within.top}
    below = [
        words(line, within.left, within.bottom + LINE * (i + 1), size=SMALL, fill=MUTED)
        for i, line in enumerate(_counted(period, width=within.right - within.left))
    ]
    return group([
        words(period.label, within.left, within.top - 6, size=NORMAL, bold=True),
        *(context_path(fit, s, plot=plot) for s in context),
        el("rect", x=within.left + 0.5, y=within.top, **size, fill="none", stroke=BORDER, stroke_width="0.6"),
        group(seen, stroke=BORDER, stroke_width="0.6", fill_rule="evenodd"),
        *layer.drawn,
        *below,
    ])  # fmt: skip


def _described(periods: Sequence[MapPeriod], classes: Classes, *, show: Callable[[float], str]) -> str:
    parts = [f"{len(periods)} maps of one country, {periods[0].label} to {periods[-1].label}."]
    for period in periods:
        known = sorted(((a.value, a.name) for a in period.areas if a.value is not None), key=lambda v: (-v[0], v[1]))
        unknown = len(period.areas) - len(known)
        high = "all unknown"
        if known:
            value, name = known[0]
            high = f"highest {name} {show(value)} ({classes.of(value).words})"
        more = f", {unknown} unknown" if known and unknown else ""
        parts.append(f"{period.label}: {high}{more}; sites: {site_counts(period.sites)}.")
    return " ".join(parts)
