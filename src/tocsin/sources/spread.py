"""Events of several months, spread over their months."""

from __future__ import annotations

import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.vocabulary.month import EPOCH_YEAR

DEATHS = ("deaths_low", "deaths_best", "deaths_high", "deaths_civilians")
"""Columns of an event table that are spread; counts of persons."""

PART_COLUMNS = {"month_id": pl.Int32, "known_id": pl.Int32, "events": pl.Int32}
"""Columns a part of an event has beside those of its event."""


def month_id(day: str) -> pl.Expr:
    """The month id (1 = January 1980) of a column of dates."""
    return ((pl.col(day).dt.year() - EPOCH_YEAR) * 12 + pl.col(day).dt.month()).cast(pl.Int32)


def spread(events: pl.DataFrame) -> pl.DataFrame:
    """Parts of events, one row for each event and month from its first month to its last.

    Deaths are spread evenly in whole persons, and what does not divide goes to the last months, one person each:
    every total is kept, and low <= best <= high holds in every part where it held for the event. All parts are
    known only when the event has ended; the event itself is counted once, in its final month.

    Args:
        events: an event table; needs `date_start`, `date_end` and the columns of deaths, keeps all others.

    Returns:
        The columns of `events`, deaths spread, and
            month_id: the month of this part, Int32;
            known_id: the month in which the event ended, Int32;
            events: 1 in the final month, 0 before it, Int32.

    Raises:
        TableProblem: a column is missing, a date is absent, or an event ends before it starts.

    Example:
        >>> from datetime import date
        >>> siege = pl.DataFrame({
        ...     "date_start": [date(2014, 6, 28)], "date_end": [date(2014, 8, 2)],
        ...     "deaths_low": [0], "deaths_best": [8], "deaths_high": [9], "deaths_civilians": [1],
        ... })
        >>> spread(siege)["month_id", "known_id", "deaths_best", "deaths_civilians", "events"].rows()
        [(414, 416, 2, 0, 0), (415, 416, 3, 0, 0), (416, 416, 3, 1, 1)]
    """
    needed = ["date_start", "date_end", *DEATHS]
    if not set(needed) <= set(events.columns):
        raise missing_columns(needed, events.columns, where=Where("table of events"))
    _check_dates(events)
    first, last = month_id("date_start"), month_id("date_end")
    parts = (
        events.lazy()
        .with_columns(month_id=pl.int_ranges(first, last + 1, dtype=pl.Int32), first_id=first, known_id=last)
        .explode("month_id")
        .with_columns(
            *(_part(name) for name in DEATHS),
            events=(pl.col("month_id") == pl.col("known_id")).cast(pl.Int32),
        )
    )
    return parts.select(*(c for c in events.columns if c not in PART_COLUMNS), *PART_COLUMNS).collect()


def _part(name: str) -> pl.Expr:
    """Persons of one total that fall in this month: the whole share, and one more in the last `total % months`."""
    months = pl.col("known_id") - pl.col("first_id") + 1
    from_end = pl.col("known_id") - pl.col("month_id")
    return pl.col(name) // months + (from_end < pl.col(name) % months).cast(pl.Int64)


def _check_dates(events: pl.DataFrame) -> None:
    start, end = pl.col("date_start"), pl.col("date_end")
    faults = {
        "no date": start.is_null() | end.is_null(),
        "an end before the start": end < start,
    }
    for words, test in faults.items():
        rows = events.with_row_index("row", offset=1).filter(test)["row"].to_list()
        if rows:
            raise TableProblem(
                f"{len(rows)} events have {words}",
                where=Where("table of events", tuple(rows), "date_end"),
                hint="read the events with a reader of tocsin.sources, which reports such rows and leaves them out",
            )
