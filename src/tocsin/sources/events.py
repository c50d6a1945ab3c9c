"""The contract of an event table, whoever published it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns

if TYPE_CHECKING:
    from pathlib import Path

EVENT_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "event_id": pl.String,
    "date_start": pl.Date,
    "date_end": pl.Date,
    "date_precision": pl.Int8,  # UCDP date_prec: 1 exact day .. 5 more than a month, up to a year
    "country": pl.String,  # ISO3, by way of the Gleditsch-Ward code
    "admin1": pl.String,  # the province's clean name; null where the source names none
    "gid": pl.Int32,  # PRIO-GRID cell; null where the source gives none
    "lat": pl.Float64,  # degrees north, WGS 84
    "lon": pl.Float64,  # degrees east, WGS 84
    "where_precision": pl.Int8,  # UCDP where_prec: 1 exact place .. 4 province .. 6 country, 7 abroad
    "violence": pl.String,  # sb, ns, os
    "side_a": pl.String,
    "side_b": pl.String,
    "deaths_low": pl.Int64,
    "deaths_best": pl.Int64,
    "deaths_high": pl.Int64,
    "deaths_civilians": pl.Int64,
    "source": pl.String,  # the card's source with its version, as in "UCDP GED 23.1"
}
"""Columns and types of an event table; deaths are counts of persons."""


def checked_events(table: pl.DataFrame, *, file: Path | str | None = None) -> pl.DataFrame:
    """The table in the contract's column order and types, once its values make sense.

    Raises:
        TableProblem: a column is missing, an id stands twice, deaths are negative, or an event ends before it starts.
    """
    where = Where(file)
    if not set(EVENT_COLUMNS) <= set(table.columns):
        raise missing_columns(list(EVENT_COLUMNS), table.columns, where=where)
    events = table.select(pl.col(name).cast(kind) for name, kind in EVENT_COLUMNS.items())
    faults = {
        "event_id": (pl.col("event_id").is_duplicated(), "event ids that stand more than once"),
        "date_end": (pl.col("date_end") < pl.col("date_start"), "events that end before they start"),
        "deaths_best": (
            pl.min_horizontal("deaths_low", "deaths_best", "deaths_high", "deaths_civilians") < 0,
            "negative deaths",
        ),
    }
    for field, (test, words) in faults.items():
        rows = events.with_row_index("row", offset=1).filter(test)["row"].to_list()
        if rows:
            raise TableProblem(
                f"{len(rows)} {words}",
                where=Where(file, tuple(rows), field),
                hint="mend these rows, or leave them out",
            )
    return events
