"""Pictures of one area: its history by type of violence, its forecast, and where its events lay in a month."""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING

import polars as pl
import shapely
from markupsafe import Markup

from tocsin.brief.blocks import Figure
from tocsin.brief.charts import Ahead, Band, Frame, Past, fan
from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.map import context_path
from tocsin.brief.charts.outline import aspect, fitted, path
from tocsin.brief.charts.palette import ACCENTS, BORDER, PAPER
from tocsin.brief.charts.projection import plain
from tocsin.brief.charts.svg import el, group, picture
from tocsin.brief.inline import for_page
from tocsin.vocabulary import Month, Violence, deaths
from tocsin.web.area.events import events_in
from tocsin.web.area.strips import MonthStrip, strips
from tocsin.web.figures.geo import shapes_of
from tocsin.web.figures.per_edition import per_edition, table_of

if TYPE_CHECKING:
    from tocsin.brief.charts.svg import Element
    from tocsin.editions import Edition
    from tocsin.web.area.events import Lain
    from tocsin.web.figures.areas import KnownArea

YEARS_BEFORE = 4
"""Years of history before a forecast's fan."""
BANDS = ((0.9, "q05", "q95"), (0.8, "q10", "q90"), (0.5, "q25", "q75"))
TYPES = {v: f"deaths_{v.value}" for v in Violence}
COLOURS = dict(zip(Violence, ACCENTS, strict=False))
A_TENTH = 0.1
"""Degrees: a source may place an event a little beyond an outline that is drawn simply; it stays within the picture."""
SMALLEST_DOT, A_DEATH = 2.6, 0.9
"""Radius in px of an event without deaths, and of the root of a death."""


def _drawn(svg: str, *, alt: str, prefix: str) -> Markup:
    return Markup(for_page(Figure(svg, caption=alt, alt=alt), prefix=prefix))  # noqa: S704 - our own SVG


def _slug(area: KnownArea) -> str:
    return re.sub(r"[^a-z0-9]+", "-", area.area_id.lower())


def series_of(edition: Edition, area: KnownArea) -> pl.DataFrame:
    """Months and deaths of an area, from the first to the last; empty where the edition holds no series of it."""
    table = table_of(edition, "series")
    if table is None:
        return pl.DataFrame({"month": [], "deaths": []})
    return table.filter(pl.col("level") == area.level.value, pl.col("area_id") == area.area_id).sort("month")


@per_edition(64)
def history_svg(edition: Edition, area: KnownArea) -> Markup | None:
    """The whole record, by type of violence where the source parts them; None where there is no series."""
    series = series_of(edition, area)
    if series.is_empty():
        return None
    first = Month.parse(series["month"][0])
    parted = [MonthStrip(v.words, tuple(series[c])) for v, c in TYPES.items() if series[c].is_not_null().any()]
    shown = parted or [MonthStrip("all types of violence together", tuple(series["deaths"]))]
    title = f"{area.name}: deaths a month, {series['month'][0]} to {series['month'][-1]}"
    svg = strips(shown, first=first, frame=Frame(f"history-{_slug(area)}", title, width=860, heading=False))
    return _drawn(svg, alt=f"{title}. {_highest(series)}", prefix="h-")


@per_edition(512)
def types_parted(edition: Edition, area: KnownArea) -> bool:
    """Whether the area's series tells types of violence apart."""
    series = series_of(edition, area)
    return not series.is_empty() and any(series[c].is_not_null().any() for c in TYPES.values())


def _highest(series: pl.DataFrame) -> str:
    top = series.sort("deaths", descending=True).row(0, named=True)
    return f"Highest: {deaths(top['deaths'])} in {Month.parse(top['month']).words}."


@per_edition(64)
def fan_svg(edition: Edition, area: KnownArea) -> Markup | None:
    """The last years and the forecast's ranges; None where the area was not forecast."""
    table, series = table_of(edition, "ahead"), series_of(edition, area)
    if table is None or series.is_empty():
        return None
    ahead = table.filter(pl.col("level") == area.level.value, pl.col("area_id") == area.area_id).sort("horizon")
    if ahead.is_empty():
        return None
    origin = Month.parse(ahead["origin"][0])
    seen = series.filter(pl.col("month") <= str(origin)).tail(12 * YEARS_BEFORE)
    past = Past(Month.parse(seen["month"][0]), tuple(float(x) for x in seen["deaths"]))
    bands = tuple(Band(level, tuple(ahead[low]), tuple(ahead[high])) for level, low, high in BANDS)
    forecast = Ahead(origin, tuple(ahead["horizon"]), tuple(ahead["q50"]), bands)
    title = f"{area.name}: forecast with data through {origin.words}"
    svg = fan(past, forecast, frame=Frame(f"fan-{_slug(area)}", title, width=860, heading=False))
    worst = deaths(max(ahead["q95"]))
    return _drawn(svg, alt=f"{title}. 95 % of draws lie below {worst} in the worst month.", prefix="f-")


@per_edition(64)
def events_svg(edition: Edition, area: KnownArea, month: str) -> Markup | None:
    """Where events of a month lay, to 0.1 degree, as dots sized by deaths; None where there are none or no outline."""
    shape, lain = shapes_of(edition, area.level).get(area.area_id), events_in(edition, area, month)
    if shape is None or not lain:
        return None
    around = shapes_of(edition, area.level)
    places = [shapely.Point(e.lon, e.lat) for e in lain]
    shown = [shape, *(point.buffer(A_TENTH) for point in places)]
    low, high = shape.bounds[1], shape.bounds[3]
    projection = plain(latitude=(low + high) / 2)
    width = 430.0
    height = min(max(aspect(shown, projection=projection), 0.5), 1.2) * (width - 16) + 16
    fit = fitted(shown, projection=projection, plot=Plot(8, 8, width - 8, height - 8))
    beyond = [context_path(fit, s, plot=Plot(0, 0, width, height)) for a, s in around.items() if a != area.area_id]
    own = el("path", d=path(fit.shape(shape)), fill=PAPER, stroke=BORDER, stroke_width=1.2, fill_rule="evenodd")
    dots = [_dot(e, *fit(shapely.get_coordinates(point))[0]) for e, point in zip(lain, places, strict=True)]
    kinds = list(dict.fromkeys(e.violence for e in lain))
    keys, tall = legend([Entry(v.words, dot=COLOURS[v]) for v in kinds], x=1, y=height + 4, width=width - 2)
    title = f"{area.name}: events of {Month.parse(month).words}"
    frame = Frame(f"events-{_slug(area)}", title, width=width, heading=False)
    svg = picture(frame, *beyond, own, group(dots), keys, height=height + tall + 8, desc=title)
    total = sum(e.deaths for e in lain)
    alt = f"Map. {title}: {len(lain)} places, {deaths(total)} deaths. The table holds the same figures."
    return _drawn(svg, alt=alt, prefix="e-")


def _dot(lain: Lain, x: float, y: float) -> Element:
    told = (
        f"{lain.violence.words}: {deaths(lain.deaths)} deaths in {lain.events} event{'' if lain.events == 1 else 's'}"
    )
    return el(
        "circle", el("title", told), cx=float(x), cy=float(y), r=min(SMALLEST_DOT + A_DEATH * sqrt(lain.deaths), 22.0),
        fill=COLOURS[lain.violence], fill_opacity="0.62", stroke=PAPER, stroke_width="0.8",
    )  # fmt: skip
