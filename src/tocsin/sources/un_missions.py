"""The United Nations' own list of its missions: read from a user's copy, never shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.sources.reading import Card, Dropped, Reading
from tocsin.sources.tables_in import raw_table

if TYPE_CHECKING:
    from pathlib import Path

CARD = Card(
    source="UN peace missions",
    publisher="United Nations, Departments of Peace Operations and of Political and Peacebuilding Affairs",
    licence="on the publisher's own terms; not for redistribution here",
    citation="United Nations, list of peace missions",
    lag="the column last_update says when each row was last changed",
    faults=(
        "a mission may be listed as active after it has ended: read last_update",
        "longitude and latitude of some missions stand the wrong way round",
        "the location is that of headquarters, not of where a mission works",
        "special political missions are not all in it",
    ),
)
COLUMNS = {
    "acronym": "mission_acronym", "name": "mission_name", "active": "mission_isactive", "start": "start_date",
    "end": "end_date", "location": "mission_location", "lon": "mission_longitude", "lat": "mission_latitude",
    "updated": "last_update",
}  # fmt: skip
ANSWERS = {"yes": True, "no": False}


def read_un_missions(path: Path) -> Reading:
    """Read the list: acronym, name, active (null where not said), start, end, location, lon, lat (degrees), updated.

    Dates stay as printed. Rows without an acronym and a name are left out and reported.

    Raises:
        FileProblem: the file is missing, cut short or no table.
        TableProblem: a column is not there, a coordinate is no number, or activity is neither yes nor no.
    """
    with raw_table(path, known=tuple(COLUMNS.values())) as raw:
        if any(name not in raw.columns for name in COLUMNS.values()):
            raise missing_columns(tuple(COLUMNS.values()), raw.columns, where=Where(path))
        rows = raw.collect(raw.text(COLUMNS))
    _check(rows, pl.col("active").str.to_lowercase().is_in(list(ANSWERS)), "active", path, "write Yes or No")
    for axis, most in {"lon": 180, "lat": 90}.items():
        there = pl.col(axis).cast(pl.Float64, strict=False)
        _check(rows, there.is_between(-most, most).fill_null(value=False), axis, path, f"degrees, -{most} to {most}")
    named = pl.col("acronym").is_not_null() & pl.col("name").is_not_null()
    left = rows.filter(~named)
    dropped = (Dropped("no acronym or no name", tuple(left["row"].to_list())),) if left.height else ()
    table = rows.filter(named).select(
        "acronym",
        "name",
        pl.col("active").str.to_lowercase().replace_strict(ANSWERS, return_dtype=pl.Boolean),
        "start",
        "end",
        "location",
        pl.col("lon", "lat").cast(pl.Float64),
        "updated",
    )
    return Reading(table, CARD, rows.height, dropped)


def _check(rows: pl.DataFrame, good: pl.Expr, name: str, path: Path, hint: str) -> None:
    bad = rows.filter(pl.col(name).is_not_null() & ~good)
    if bad.height:
        raise TableProblem(
            f"'{bad[name][0]}' cannot be read",
            where=Where(path, rows=tuple(bad["row"].to_list()), field=COLUMNS[name]),
            hint=hint,
        )
