"""Geo-PKO: places of United Nations missions by year, as its publisher gives them; fetched by the user, never shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.sources.reading import Card, Dropped, Reading
from tocsin.sources.tables_in import raw_table

if TYPE_CHECKING:
    from pathlib import Path

CARD = Card(
    source="Geo-PKO v2.3",
    publisher="Geocoded Peacekeeping Operations dataset",
    licence="free with citation; not for redistribution here",
    citation="Cil, Fjelde, Hultman & Nilsson (2020) Mapping blue helmets, J. Peace Research 57(2)",
    lag="about a year",
    faults=(
        "read off deployment maps: a year without a map is missing, so a first or last year may be late or early",
        "begins in 1994: missions that began before have 1994 as first year",
        "names a country as its maps did; two countries may stand in one cell (Ethiopia/Eritrea)",
    ),
)
NEEDED = ("mission", "year", "country")


def read_geopko(path: Path) -> Reading:
    """Read mission, country and year of every base.

    Returns:
        A table with mission, country (as named there) and year, one row a base; rows without a mission or country
        are left out and reported.

    Raises:
        FileProblem: the file is missing, cut short or no table.
        TableProblem: a column is not there, or a year is no year.
    """
    with raw_table(path, known=NEEDED) as raw:
        if any(name not in raw.columns for name in NEEDED):
            raise missing_columns(NEEDED, raw.columns, where=Where(path))
        rows = raw.collect(raw.text({name: name for name in NEEDED}))
    years = rows.with_columns(number=pl.col("year").cast(pl.Int64, strict=False))
    bad = years.filter(pl.col("number").is_null() | ~pl.col("number").is_between(1945, 2100))
    if bad.height:
        raise TableProblem(
            f"'{bad['year'][0]}' is not a year",
            where=Where(path, rows=tuple(bad["row"].to_list()), field="year"),
            hint="give the year of the map, as 2011",
        )
    named = years.filter(pl.col("mission").is_not_null() & pl.col("country").is_not_null())
    left = years.filter(pl.col("mission").is_null() | pl.col("country").is_null())
    dropped = (Dropped("no mission or country is named", tuple(left["row"].to_list())),) if left.height else ()
    table = named.select("mission", "country", pl.col("number").alias("year"))
    return Reading(table, CARD, rows.height, dropped)
