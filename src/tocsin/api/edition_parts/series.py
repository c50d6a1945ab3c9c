"""Figures of an edition: deaths by month, by tenth of a degree, and by pair of sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.edition_parts.form import Files, table
from tocsin.api.world import has_own_events
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.api.world import World

PLACED = 3
"""Worst UCDP location precision of a place that is shown: 4 and above know no more than the province."""

TYPES = ("deaths_sb", "deaths_ns", "deaths_os")
SERIES = {"level": pl.String, "area_id": pl.String, "month": pl.String, "deaths": pl.Int64} | dict.fromkeys(
    TYPES, pl.Int64
)


def series_part(found: Found) -> Files:
    """`series`, and from the figures that ship `points` and `sides`, of the case's countries."""
    frames = [monthly(found.countries, "country")]
    if found.provincial is not None:
        frames.append(monthly(found.provincial, "admin1"))
    card = found.findings.cards[0].as_metadata() if found.findings.cards else {}
    files = {"series.parquet": table(pl.concat(frames), metadata=card)}
    if found.provincial is not None and not has_own_events(found.case):
        countries = list(found.case.settings.areas.countries)
        points = starter_card("event_points").as_metadata()
        files["points.parquet"] = table(points_of(countries), metadata=points)
        files["sides.parquet"] = table(sides_of(countries), metadata=starter_card("event_sides").as_metadata())
    return files


def monthly(world: World, level: str) -> pl.DataFrame:
    """Deaths by area and month, final figures; the types are null where the source does not part them."""
    truth = world.truth()
    areas, months = truth.deaths.shape
    there = truth.present.ravel()
    types = {
        name: truth.signals[name].ravel().astype(np.int64) if name in truth.signals else [None] * (areas * months)
        for name in TYPES
    }
    frame = pl.DataFrame(
        {
            "level": [level] * (areas * months),
            "area_id": np.repeat(truth.areas, months),
            "month": np.tile([str(truth.first + i) for i in range(months)], areas),
            "deaths": truth.deaths.ravel(),
            **types,
        },
        schema=SERIES,
    )
    return frame.filter(pl.Series(there))


def _month(column: str = "month_id") -> pl.Expr:
    return pl.col(column).map_elements(lambda i: str(Month(i)), return_dtype=pl.String).alias("month")


def _area() -> pl.Expr:
    """The province, or the country where the source names none."""
    return (
        pl.when(pl.col("admin1").is_null())
        .then(pl.col("country"))
        .otherwise(pl.col("country") + "/" + pl.col("admin1"))
        .alias("area_id")
    )


def points_of(countries: list[str]) -> pl.DataFrame:
    """Deaths by tenth of a degree and month, of places known better than to the province, whose middle is no place."""
    shown = starter_table("event_points").filter(
        pl.col("country").is_in(countries), pl.col("lat").is_not_null(), pl.col("where_precision") <= PLACED
    )
    return (
        shown.with_columns(_area(), _month(), pl.col("lat").round(1), pl.col("lon").round(1))
        .group_by("area_id", "month", "lat", "lon", "violence")
        .agg(pl.col("deaths_best").sum(), pl.col("events").sum())
        .sort("area_id", "month", "lat", "lon", "violence")
    )


def sides_of(countries: list[str]) -> pl.DataFrame:
    """Deaths by pair of sides, province and month."""
    shown = starter_table("event_sides").filter(pl.col("country").is_in(countries))
    return (
        shown.with_columns(_area(), _month())
        .group_by("area_id", "month", "side_a", "side_b")
        .agg(pl.col("deaths_best").sum())
        .sort("area_id", "month", "side_a", "side_b")
    )
