"""Deaths by country and month or year, population and drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part
from tocsin.sources.spread import month_id

if TYPE_CHECKING:
    from pathlib import Path

VIEWS_SB = "benchmarks/views_cm_ged_sb_1990_2021.parquet"
ALL_TYPES = "events/ucdp_country_month_2010_2024.parquet"
YEARLY = "events/ucdp_country_year_v25_1.parquet"
WITHIN = "events/ucdp_country_month_1989_2024_within_month.parquet"
DRIVERS = "drivers/country_year.parquet"

TYPES = {"sb": "sb_total_deaths", "ns": "ns_total_deaths", "os": "os_total_deaths"}


def country_month_sb(folder: Path) -> pl.DataFrame:
    """State-based deaths by VIEWS id and month, 1990 to 2021."""
    table = pl.read_parquet(folder / VIEWS_SB).sort("country_id", "month_id")
    return table.select(
        pl.col("month_id").cast(pl.Int16),
        pl.col("country_id").cast(pl.Int16),
        pl.col("ged_sb").cast(pl.Int32).alias("deaths_sb"),
    )


def country_month_all(folder: Path) -> pl.DataFrame:
    """Deaths of all three types by ISO3 and month, 2010 to 2024."""
    table = pl.read_parquet(folder / ALL_TYPES).sort("iso3", "month")
    return table.select(
        "iso3",
        month_id("month").cast(pl.Int16).alias("month_id"),
        pl.col("best_all_types").cast(pl.Int32).alias("deaths_all"),
    )


def country_population(folder: Path) -> pl.DataFrame:
    """Inhabitants by ISO3 and year, as of July."""
    table = pl.read_parquet(folder / ALL_TYPES).filter(pl.col("month").dt.month() == 7).sort("iso3", "month")
    return table.select(
        "iso3",
        pl.col("month").dt.year().cast(pl.Int16).alias("year"),
        pl.col("population").round().cast(pl.Int64),
    )


def country_year(folder: Path) -> pl.DataFrame:
    """Deaths low, best and high by type, Gleditsch-Ward number and year, 1989 to 2024."""
    table = pl.read_parquet(folder / YEARLY).sort("country_id", "year")
    return table.select(
        pl.col("country_id").cast(pl.Int16).alias("gwcode"),
        pl.col("country").alias("name"),
        pl.col("year").cast(pl.Int16),
        *(
            pl.col(f"{column}_{grade}").cast(pl.Int32).alias(f"deaths_{kind}_{grade}")
            for kind, column in TYPES.items()
            for grade in ("low", "best", "high")
        ),
    )


def country_month_within(folder: Path) -> pl.DataFrame:
    """Deaths of all types in events within one month, by Gleditsch-Ward number and month, 1989 to 2024."""
    table = pl.read_parquet(folder / WITHIN).sort("country_id", "month")
    return table.select(
        pl.col("country_id").cast(pl.Int16).alias("gwcode"),
        month_id("month").cast(pl.Int16).alias("month_id"),
        pl.col("best").cast(pl.Int32).alias("deaths_all_within"),
    )


def drivers(folder: Path) -> pl.DataFrame:
    """Yearly drivers (Gapminder `gm_*`, Worldwide Governance Indicators `wgi_*`) by Gleditsch-Ward number."""
    table = pl.read_parquet(folder / DRIVERS).sort("gwcode", "year")
    return table.select(
        pl.col("gwcode").cast(pl.Int16),
        "iso3",
        pl.col("year").cast(pl.Int16),
        pl.col("^(gm|wgi)_.*$").cast(pl.Float32),
    )


PARTS = (
    Part("country_month_sb", (VIEWS_SB,), country_month_sb),
    Part("country_month_all", (ALL_TYPES,), country_month_all),
    Part("country_population", (ALL_TYPES,), country_population),
    Part("country_year", (YEARLY,), country_year),
    Part("country_month_within", (WITHIN,), country_month_within),
    Part("drivers", (DRIVERS,), drivers),
)
