"""Outlines of countries and provinces, simplified so that neighbours still share their borders."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import polars as pl
import shapely
from shapely.geometry import shape

from tocsin.sources.build.countries import ADMIN0, COUNTRIES_FROM, PALESTINE_IN, countries
from tocsin.sources.build.part import Part
from tocsin.sources.build.shapes import country_shapes, coverage, simplified
from tocsin.sources.province_names import province
from tocsin.vocabulary import Area

if TYPE_CHECKING:
    from pathlib import Path

ADMIN1 = "geography/admin1_iraq_syria_lebanon_kosovo.geojson"

GRID_DEGREES = 0.01
COUNTRY_TOLERANCE = 0.15
PROVINCE_TOLERANCE = 0.02
"""Detail dropped: corners whose triangle is smaller than the square of this, degrees (Visvalingam-Whyatt)."""

SLIVER = 0.005
"""Gaps between outlines below this are closed, square degrees."""

ISLET = 0.03
"""Parts of a country smaller than this are left out, square degrees, unless it has no larger one."""

LARGE = 0.3
"""Territories without a VIEWS id are drawn from this size on, square degrees."""

UN_ZONE = "UNDOF"
"""Natural Earth draws the United Nations' zone on the Golan apart; here it is part of Quneitra."""


def outlines_country(folder: Path) -> pl.DataFrame:
    """Countries of the world by ISO3 with VIEWS id, name and simplified outline (WKB)."""
    shapes = country_shapes(folder / ADMIN0)
    today = countries(folder).filter(pl.col("last_month_id").is_null())
    views = dict(today.select("iso3", "views_id").iter_rows()) | PALESTINE_IN
    drawn = {n: s.outline for n, s in shapes.items() if n in views or shapely.area(s.outline) >= LARGE}
    net = coverage(drawn, grid=GRID_DEGREES, sliver=SLIVER)
    light = simplified(net, tolerance=COUNTRY_TOLERANCE, grid=GRID_DEGREES, islet=ISLET)
    rows = [(n, views.get(n), shapes[n].name, shapely.to_wkb(outline)) for n, outline in sorted(light.items())]
    schema = {"iso3": pl.String, "views_id": pl.Int16, "name": pl.String, "geometry": pl.Binary}
    return pl.DataFrame(rows, schema=schema, orient="row")


def province_shapes(path: Path) -> dict[str, Any]:
    """Outlines of provinces by area id (`IRQ/Ninewa`), in full detail."""
    pieces: defaultdict[str, list[Any]] = defaultdict(list)
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        words = feature["properties"]
        country = "XKX" if words["adm0_a3"] == "KOS" else words["adm0_a3"]
        name = "Quneitra" if words["name"] == UN_ZONE else province(country, words["name"])
        pieces[Area.province(country, name).id].append(shape(feature["geometry"]))
    return {area: shapely.union_all(pieces[area]) for area in sorted(pieces)}


def outlines_admin1(folder: Path) -> pl.DataFrame:
    """Provinces of Iraq, Syria, Lebanon and Kosovo by area id, with simplified outline (WKB)."""
    net = coverage(province_shapes(folder / ADMIN1), grid=GRID_DEGREES, sliver=SLIVER)
    light = simplified(net, tolerance=PROVINCE_TOLERANCE, grid=GRID_DEGREES, islet=0.0)
    rows = [(area, *area.split("/"), shapely.to_wkb(outline)) for area, outline in sorted(light.items())]
    schema = {"area": pl.String, "country": pl.String, "name": pl.String, "geometry": pl.Binary}
    return pl.DataFrame(rows, schema=schema, orient="row")


PARTS = (
    Part("outlines_country", COUNTRIES_FROM, outlines_country, geometry="geometry"),
    Part("outlines_admin1", (ADMIN1,), outlines_admin1, geometry="geometry"),
)
