"""Figures of events: deaths by point, month and type, and by pair of sides, province and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part
from tocsin.sources.spread import DEATHS, spread
from tocsin.sources.ucdp_ged import read_ged

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("events/ged_iraq_1989_2018.parquet", "events/ged_syria_2016_2019.parquet")

WHEN = ("month_id", "known_id", "violence")
SUMS = ("events", *DEATHS)
MID_DEGREES = 0.05
"""The mean position of a row is kept to this many degrees."""


def event_points(folder: Path) -> pl.DataFrame:
    """Deaths by tenth of a degree, province, month, type and precision class, Iraq 1989-2018 and Syria 2016-2019.

    `mid_lat` and `mid_lon` are the mean published position of the row's events, weighted by their deaths (by their
    number where nobody died, plainly where only an earlier month of an event lies here), to a twentieth of a degree:
    distances computed from them are closer to those of the events than distances from the tenths.
    """
    keys = ("country", "admin1", "lat", "lon", "gid", *WHEN, "where_precision")
    placed = parts(folder).with_columns(pl.col("lat", "lon").round(1), mid_lat="lat", mid_lon="lon")
    middles = placed.group_by(keys).agg(_middle("mid_lat"), _middle("mid_lon"))
    return summed(placed, keys).join(
        middles.with_columns(pl.col("month_id", "known_id").cast(pl.Int16)),
        on=keys, how="left", nulls_equal=True, maintain_order="left", validate="1:1",
    )  # fmt: skip


def _middle(axis: str) -> pl.Expr:
    """The weighted mean of one coordinate, in degrees, to `MID_DEGREES`."""
    deaths, events, place = pl.col("deaths_best"), pl.col("events"), pl.col(axis)
    mean = (
        pl.when(deaths.sum() > 0)
        .then((place * deaths).sum() / deaths.sum())
        .when(events.sum() > 0)
        .then((place * events).sum() / events.sum())
        .otherwise(place.mean())
    )
    return ((mean / MID_DEGREES).round() * MID_DEGREES).round(2).alias(axis)


def event_sides(folder: Path) -> pl.DataFrame:
    """Deaths by pair of sides, province, month and type."""
    return summed(parts(folder), ("country", "admin1", "side_a", "side_b", *WHEN))


def parts(folder: Path) -> pl.DataFrame:
    """All events of the files, spread evenly over their months."""
    return pl.concat([spread(read_ged(folder / file).table) for file in FILES])


def summed(rows: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Sums of events and deaths over the rows that agree in all keys, in small types and a fixed order."""
    return (
        rows.group_by(keys)
        .agg(pl.col(*SUMS).sum())
        .sort(keys, nulls_last=True)
        .with_columns(
            pl.col("month_id", "known_id").cast(pl.Int16),
            pl.col("events").cast(pl.Int16),
            pl.col(*DEATHS).cast(pl.Int32),
        )
    )


PARTS = (Part("event_points", FILES, event_points), Part("event_sides", FILES, event_sides))
