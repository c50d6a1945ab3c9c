"""Years in which a state had armed conflict on its own soil, from 1946 on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part

if TYPE_CHECKING:
    from pathlib import Path

STATES = "events/ucdp_prio_acd_state_year.parquet"


def conflict_years(folder: Path) -> pl.DataFrame:
    """Greatest intensity (1: 25 to 999 deaths, 2: 1,000 or more) by Gleditsch-Ward number and year.

    Conflict inside a state counts for that state alone, war between states for both sides; states that only sent
    troops do not count, nor do colonial wars.
    """
    table = pl.read_parquet(folder / STATES)
    inside = table.filter(pl.col("type_of_conflict").is_in(["intrastate", "II"])).select("gwno_a", *KEPT)
    between = table.filter(pl.col("type_of_conflict") == "interstate")
    sides = [inside, between.select("gwno_a", *KEPT), between.select(gwno_a="gwno_b", year="year", intensity=INTENSITY)]
    return (
        pl.concat(sides)
        .drop_nulls()
        .group_by(gwcode=pl.col("gwno_a").cast(pl.Int16), year=pl.col("year").cast(pl.Int16))
        .agg(pl.col("intensity").max().cast(pl.Int8))
        .sort("gwcode", "year")
    )


INTENSITY = "intensity_level"
KEPT = ("year", pl.col(INTENSITY).alias("intensity"))

PARTS = (Part("conflict_years", (STATES,), conflict_years),)
