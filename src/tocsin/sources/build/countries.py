"""Countries, and which of them touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import shapely

from tocsin.sources.build.part import Part
from tocsin.sources.build.shapes import country_shapes
from tocsin.sources.build.spells import spells

if TYPE_CHECKING:
    from pathlib import Path

KEY = "benchmarks/views_country_key.parquet"
SERIES = "benchmarks/views_cm_ged_sb_1990_2021.parquet"
STATES = "drivers/gw_state_system_iso3.csv"
ADMIN0 = "geography/admin0.geojson"
COUNTRY_YEAR = "events/ucdp_country_year_v25_1.parquet"

COUNTRIES_FROM = (KEY, SERIES, STATES, ADMIN0, COUNTRY_YEAR)

PALESTINE_IN = {"PSE": 218}
"""UCDP and VIEWS count Palestine in Israel (VIEWS id 218), so its outline carries that id."""

TOUCH_DEGREES = 0.1
"""How far apart two outlines may lie and still count as neighbours: borders drawn apart, and narrow straits."""

PAIR_TYPES = (pl.Int16, pl.Int16, pl.String, pl.String)

SERBIA, YUGOSLAVIA = 340, 345
"""UCDP keeps Serbia under the number of Yugoslavia."""


def countries(folder: Path) -> pl.DataFrame:
    """One row a VIEWS id: its number, ISO3, name, region, label point and the months for which it holds."""
    key = pl.read_parquet(folder / KEY)
    months = spells(pl.read_parquet(folder / SERIES), _states(folder), key)
    regions = (
        pl.read_parquet(folder / COUNTRY_YEAR)
        .sort("year")
        .group_by(pl.col("country_id").alias("gwcode"))
        .agg(pl.col("region").last())
    )
    rows = (
        key.rename({"id": "views_id"})
        .with_columns(iso3=pl.when(pl.col("name") == "Kosovo").then(pl.lit("XKX")).otherwise("isoab"))
        .join(months, on="views_id")
        .join(regions, left_on=pl.col("gwcode").replace(SERBIA, YUGOSLAVIA), right_on="gwcode", how="left")
        .join(_labels(folder), on="iso3", how="left")
    )
    return rows.select(
        pl.col("views_id").cast(pl.Int16),
        pl.col("gwcode").cast(pl.Int16),
        "iso3",
        "name",
        "lon",
        "lat",
        pl.col("first_month_id").cast(pl.Int16),
        pl.col("last_month_id").cast(pl.Int16),
        "region",
        "subregion",
    ).sort("views_id")


def country_neighbours(folder: Path) -> pl.DataFrame:
    """Pairs of VIEWS ids of today whose outlines touch, each pair once, with both ISO3 codes."""
    shapes = country_shapes(folder / ADMIN0)
    today = countries(folder).filter(pl.col("last_month_id").is_null())
    views = dict(today.select("iso3", "views_id").iter_rows()) | PALESTINE_IN
    names = [name for name in shapes if name in views]
    outlines = [shapes[name].outline for name in names]
    left, right = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=TOUCH_DEGREES)
    near = {(views[names[a]], views[names[b]]) for a, b in zip(left, right, strict=True)}
    rows = sorted((a, b) for a, b in near if a < b)
    iso3 = dict(today.select("views_id", "iso3").iter_rows())
    return pl.DataFrame(
        [(a, b, iso3[a], iso3[b]) for a, b in rows],
        schema=dict(zip(("views_id", "neighbour_views_id", "iso3", "neighbour_iso3"), PAIR_TYPES, strict=True)),
        orient="row",
    )


def _states(folder: Path) -> pl.DataFrame:
    return pl.read_csv(folder / STATES, infer_schema_length=None)


def _labels(folder: Path) -> pl.DataFrame:
    """A point well inside the largest part of each country, in tenths of a degree."""
    rows = []
    for iso3, shape in country_shapes(folder / ADMIN0).items():
        largest = max(shapely.get_parts(shape.outline), key=shapely.area)
        point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.05), 0)
        rows.append((iso3, round(point.x, 1), round(point.y, 1), shape.subregion))
    schema = {"iso3": pl.String, "lon": pl.Float64, "lat": pl.Float64, "subregion": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


PARTS = (
    Part("countries", COUNTRIES_FROM, countries),
    Part("country_neighbours", COUNTRIES_FROM, country_neighbours),
)
