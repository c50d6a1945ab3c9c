"""Readings of events put together, so that no event counts twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem
from tocsin.sources.ged_layouts import Vintage, vintage
from tocsin.sources.reading import Dropped, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTH = ((pl.col("date_end").dt.year() - 1980) * 12 + pl.col("date_end").dt.month()).cast(pl.Int32)
"""Month id of an event's end: the month whose file publishes it."""


def without_repeats(readings: Sequence[Reading], *, worldwide: bool = True) -> Reading:
    """Releases and candidate months as one table, in which the latest vintage that covers a month has it alone.

    A release replaces the candidate events of the years it covers, those it does not confirm among them. Vintages
    are ordered by UCDP's version numbers where every reading has one, and otherwise as given, the oldest first. A
    reading covers the months its version says, or else the months from its first event's end to its last's.

    Args:
        readings: of UCDP GED, one for each file.
        worldwide: each file covers all countries, as UCDP's releases and candidate files do. If not, each covers
            only the countries it has events of.

    Raises:
        TableProblem: there is no reading.
    """
    ordered = _by_vintage(readings)
    months = [_months(reading) for reading in ordered]
    countries = [None if worldwide else set(reading.table["country"].to_list()) for reading in ordered]
    table = _numbered(ordered)
    places = table.select("country", "month").unique()
    latest = [
        max((i for i, span in enumerate(months) if month in span and country in (countries[i] or {country})), default=None)
        for country, month in places.iter_rows()
    ]  # fmt: skip
    owned = table.join(
        places.with_columns(owner=pl.Series(latest, dtype=pl.Int32)), on=["country", "month"], how="left",
        maintain_order="left",
    )  # fmt: skip
    replaced = (pl.col("owner") != pl.col("reading")).fill_null(value=False)
    standing = pl.col("reading").filter(~replaced).max().over("event_id")
    marked = owned.with_columns(out=replaced | (standing > pl.col("reading")).fill_null(value=False))
    return _one(ordered, marked, "another vintage has the month, or the event")


def joined(readings: Sequence[Reading]) -> Reading:
    """Readings one after another; of events with the same id the one in the last reading stays.

    Raises:
        TableProblem: there is no reading.
    """
    table = _numbered(_some(readings))
    shared = table.group_by("country", "month").agg(pl.col("reading").n_unique()).filter(pl.col("reading") > 1)
    marked = table.with_columns(out=pl.col("reading").max().over("event_id") > pl.col("reading"))
    one = _one(readings, marked, "the event stands again in a later file")
    if shared.is_empty():
        return one
    note = (
        f"{shared.height} country-months have events in more than one file: if these are vintages of the same "
        "figures, put them together with without_repeats"
    )
    return replace(one, notes=(*one.notes, note))


def _some(readings: Sequence[Reading]) -> Sequence[Reading]:
    if not readings:
        raise TableProblem("no file was named", hint="give one file of events or more")
    return readings


def _vintage(reading: Reading) -> Vintage | None:
    return vintage(reading.card.source.rsplit(" ", maxsplit=1)[-1])


def _by_vintage(readings: Sequence[Reading]) -> Sequence[Reading]:
    known = [(found, reading) for reading in _some(readings) if (found := _vintage(reading)) is not None]
    if len(known) < len(readings):
        return readings
    return [reading for _, reading in sorted(known, key=lambda pair: pair[0].published)]


def _months(reading: Reading) -> range:
    """Month ids a reading covers."""
    if (said := _vintage(reading)) is not None:
        return range(said.first, said.last + 1)
    ends = reading.table.select(MONTH).to_series().to_list()
    return range(min(ends), max(ends) + 1) if ends else range(0)


def _numbered(readings: Sequence[Reading]) -> pl.DataFrame:
    """All events, with the index of their reading, their month and their row in its file."""
    return pl.concat([
        reading.table.with_columns(
            MONTH.alias("month"), pl.lit(index, dtype=pl.Int32).alias("reading"),
            pl.Series("row", _file_rows(reading), dtype=pl.Int64),
        )
        for index, reading in enumerate(readings)
    ])  # fmt: skip


def _file_rows(reading: Reading) -> list[int]:
    """The row in its file of each event of a reading: all rows in order but those left out."""
    lost = {row for dropped in reading.dropped for row in dropped.rows}
    return [row for row in range(1, reading.rows_in + 1) if row not in lost]


def _one(readings: Sequence[Reading], marked: pl.DataFrame, reason: str) -> Reading:
    dropped = [
        replace(told, reason=f"{told.reason} ({reading.card.source})")
        for reading in readings
        for told in reading.dropped
    ]
    for index, rows in marked.filter("out").group_by("reading").agg("row").sort("reading").iter_rows():
        dropped.append(Dropped(f"{reason} ({readings[index].card.source})", tuple(rows)))
    sources = "; ".join(dict.fromkeys(reading.card.source for reading in readings))
    return Reading(
        marked.filter(~pl.col("out")).select(readings[0].table.columns),
        replace(readings[-1].card, source=sources),
        sum(reading.rows_in for reading in readings),
        tuple(dropped),
        tuple(f"{note} ({reading.card.source})" for reading in readings for note in reading.notes),
    )
