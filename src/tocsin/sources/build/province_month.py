"""Deaths by province, month and type for every country whose events are at hand, and which of their provinces touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import shapely

from tocsin.sources.build.outlines import ADMIN1, province_shapes
from tocsin.sources.build.part import Part
from tocsin.sources.build.provinces import NEAR_DEGREES, SHARED_DEGREES, province_neighbours
from tocsin.sources.province_names import provinces
from tocsin.sources.spread import DEATHS, spread
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import Area, Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IRAQ = "events/ged_iraq_1989_2018.parquet"
SYRIA = "events/ged_syria_2016_2019.parquet"
OTHERS = "events/ged_other_countries.parquet"
OUTLINES = "geography/admin1_world.parquet"

COVERS = {
    "IRQ": (Month.of(1989, 1), Month.of(2018, 12)),
    "SYR": (Month.of(2016, 1), Month.of(2019, 11)),
    "CAF": (Month.of(1989, 1), Month.of(2022, 12)),
    "ETH": (Month.of(1989, 1), Month.of(2022, 12)),
    "LKA": (Month.of(1989, 1), Month.of(2022, 12)),
    "SLE": (Month.of(1989, 1), Month.of(2022, 12)),
    "SLV": (Month.of(1989, 1), Month.of(2022, 12)),
    "SSD": (Month.of(2011, 7), Month.of(2022, 12)),
    "UKR": (Month.of(2014, 1), Month.of(2021, 12)),
    "VEN": (Month.of(1989, 1), Month.of(2022, 12)),
}
"""First and last month for which a country's figures are whole; months outside are unknown, not quiet.

Syria's file has a single event after November 2019. South Sudan is a state since July 2011. Of Ukraine the file holds
nothing before 2014.
"""

PLACED = ("CAF", "ETH", "LKA", "SLE", "SLV", "SSD", "UKR", "VEN")
"""Countries whose events go to today's provinces by coordinates where the province they name is none of today's."""

CODES = {"SDS": "SSD"}
"""Natural Earth's own codes of countries, where they differ."""

TO_THE_DISTRICT = 3
"""UCDP where_prec 3 and below: the place is known to the district or better."""

WHEN = ("month_id", "known_id", "violence")


def province_outlines(folder: Path) -> dict[str, Any]:
    """Today's provinces of the placed countries by area id, in full detail (shapely, WGS 84)."""
    drawn = pl.read_parquet(folder / OUTLINES, columns=["adm0_a3", "name", "geometry"])
    drawn = drawn.with_columns(country=pl.col("adm0_a3").replace(CODES), geometry=pl.col("geometry").ext.storage())
    drawn = drawn.filter(pl.col("country").is_in(PLACED), pl.col("name").is_not_null())
    pairs = dict.fromkeys(drawn.select("country", "name").iter_rows(), 1)
    names = provinces(pairs)
    pieces: dict[str, list[Any]] = {}
    for country, name, outline in drawn.select("country", "name", "geometry").iter_rows():
        pieces.setdefault(Area.province(country, names[country, name]).id, []).append(shapely.from_wkb(outline))
    return {area: shapely.make_valid(shapely.union_all(pieces[area])) for area in sorted(pieces)}


def placed(events: pl.DataFrame, outlines: Mapping[str, Any]) -> pl.DataFrame:
    """The same events, each in one of today's provinces or in none.

    An event that names no province, or one that was abolished, goes to the province of its own country that its
    coordinates lie in where they are known to the district (where_precision <= 3); otherwise its province is unknown.
    """
    areas = list(outlines)
    tree = shapely.STRtree([outlines[area] for area in areas])
    known = {tuple(area.split("/", 1)) for area in areas}
    rows = events.select("country", "admin1", "lat", "lon", "where_precision").rows()
    return events.with_columns(admin1=pl.Series([_province(row, known, tree, areas) for row in rows], dtype=pl.String))


def _province(row: tuple[Any, ...], known: set[tuple[str, ...]], tree: Any, areas: list[str]) -> str | None:  # noqa: ANN401  # shapely ships no types
    country, name, lat, lon, precision = row
    if (country, name) in known:
        return str(name)
    if lat is None or precision is None or precision > TO_THE_DISTRICT:
        return None
    held = [areas[i] for i in tree.query(shapely.Point(lon, lat), predicate="intersects")]
    return next((area.split("/", 1)[1] for area in sorted(held) if area.startswith(f"{country}/")), None)


def province_events(folder: Path) -> pl.DataFrame:
    """All events of the ten countries within the months their figures are whole, in today's provinces."""
    others = read_ged(folder / OTHERS).table.filter(pl.col("country").is_in(PLACED))
    every = [read_ged(folder / IRAQ).table, read_ged(folder / SYRIA).table, placed(others, province_outlines(folder))]
    return pl.concat(every, how="vertical_relaxed")


def province_month(folder: Path) -> pl.DataFrame:
    """Deaths by province, month, type and whether the place is imprecise; province null where it is not known."""
    parts = spread(province_events(folder)).with_columns(
        imprecise=(pl.col("where_precision") > TO_THE_DISTRICT).fill_null(value=True)
    )
    spans = pl.DataFrame(
        [(country, first.id, last.id) for country, (first, last) in COVERS.items()],
        schema={"country": pl.String, "first_id": pl.Int32, "last_id": pl.Int32}, orient="row",
    )  # fmt: skip
    whole = parts.join(spans, on="country").filter(
        pl.col("month_id") >= pl.col("first_id"), pl.col("known_id") <= pl.col("last_id")
    )
    keys = ("country", "admin1", *WHEN, "imprecise")
    return (
        whole.group_by(keys)
        .agg(pl.col("events", *DEATHS).sum())
        .sort(keys, nulls_last=True)
        .drop("deaths_civilians")
        .with_columns(
            pl.col("month_id", "known_id", "events").cast(pl.Int16), pl.col("^deaths_.*$").cast(pl.Int32)
        )
    )  # fmt: skip


def touching_provinces(outlines: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of provinces of one country whose outlines run together, each pair once."""
    areas, shapes = list(outlines), list(outlines.values())
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEAR_DEGREES)
    pairs = [(int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b]
    near = [(a, b) for a, b in pairs if areas[a].split("/")[0] == areas[b].split("/")[0]]
    return sorted((areas[a], areas[b]) for a, b in near if _common(shapes[a], shapes[b]) > SHARED_DEGREES)


def _common(a: Any, b: Any) -> float:  # noqa: ANN401  # shapely ships no types
    """Length of the border of one outline that runs near another, degrees."""
    return float(shapely.length(shapely.intersection(shapely.boundary(a), shapely.buffer(b, NEAR_DEGREES))))


def province_borders(folder: Path) -> pl.DataFrame:
    """Every province of the ten countries with those of its own country that it touches; null where it touches none."""
    outlines = province_outlines(folder)
    shipped = outlines_by_hand(folder)
    near = province_neighbours(folder).select("area", "neighbour").rows()
    pairs = {*touching_provinces(outlines), *((a, b) for a, b in near if a[:3] == b[:3] and a[:3] in COVERS)}
    alone = {*outlines, *shipped} - {area for pair in pairs for area in pair}
    rows = sorted([*pairs, *((area, None) for area in alone)], key=lambda row: (row[0], row[1] or ""))
    return pl.DataFrame(rows, schema={"area": pl.String, "neighbour": pl.String}, orient="row")


def outlines_by_hand(folder: Path) -> list[str]:
    """The provinces of Iraq and Syria, whose borders stand in `province_neighbours`."""
    return [area for area in province_shapes(folder / ADMIN1) if area[:3] in COVERS]


PARTS = (
    Part("province_month", (IRAQ, SYRIA, OTHERS, OUTLINES), province_month),
    Part("province_borders", (OUTLINES, ADMIN1), province_borders),
)
