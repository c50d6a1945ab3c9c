"""Figures by country and month as they stood on each day they were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part
from tocsin.sources.build.series import YEARLY
from tocsin.sources.spread import month_id

if TYPE_CHECKING:
    from pathlib import Path

ISSUED = "events/ucdp_country_month_vintages_2024.parquet"


def country_vintages(folder: Path) -> pl.DataFrame:
    """Deaths of all types in events within one month, by Gleditsch-Ward number, month and the day the figure was issued.

    A row stands where a figure is first issued or becomes another; a country that an issue leaves out has no event in it,
    and stands at 0.
    """
    issued = pl.read_parquet(folder / ISSUED)
    numbers = pl.read_parquet(folder / YEARLY).select("country", "country_id").unique()
    months = issued.select("vintage", "month").unique()
    every = months.join(issued.select("country").unique().join(numbers, on="country", how="inner"), how="cross")
    dense = every.join(issued, on=["vintage", "month", "country"], how="left").with_columns(pl.col("best").fill_null(0))
    before = pl.col("best").shift().over("country_id", "month", order_by="vintage")
    changed = dense.filter(before.is_null() | (before != pl.col("best")))
    return changed.sort("country_id", "month", "vintage").select(
        pl.col("country_id").cast(pl.Int16).alias("gwcode"),
        month_id("month").cast(pl.Int16).alias("month_id"),
        pl.col("vintage").alias("issued"),
        pl.col("best").cast(pl.Int32).alias("deaths_all_within"),
    )


PARTS = (Part("country_vintages", (ISSUED, YEARLY), country_vintages),)
