"""Days counted, kept as one file each: a day is there whole or not at all, so nothing is counted twice or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from tocsin.errors import FileProblem
from tocsin.sources.gdelt import CARD
from tocsin.sources.tables import read_table, write_table

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import polars as pl

    from tocsin.sources.gdelt_count import DayCount, Fault

RULES = 1
"""Raised whenever days are counted by other rules: days counted by earlier ones are then counted anew."""

NOTE = "gdelt_day"


class DayNote(BaseModel):
    """What is known of a day's count.

    Attributes:
        rules: by which rules it was counted.
        day: the day of publication, as 2019-10-24.
        listed: exports the publisher lists for the day.
        counted: how many of them are in it.
        faults: name of each that is not, and why.
        rows: rows read.
        malformed: rows left out.
    """

    model_config = ConfigDict(frozen=True)

    rules: int
    day: str
    listed: int
    counted: int
    faults: tuple[tuple[str, str], ...] = ()
    rows: int
    malformed: int


def day_path(folder: Path, day: date) -> Path:
    """Where a day's count stands."""
    return folder / f"{day:%Y}" / f"{day:%Y%m%d}.parquet"


def keep_day(count: DayCount, *, listed: int, missing: tuple[Fault, ...], folder: Path) -> DayNote:
    """Keep a day's count, in one step.

    Args:
        count: what its exports came to.
        listed: exports the publisher lists for the day.
        missing: those of them that could not be had.
        folder: of all days.
    """
    faults = tuple((f.name, f.why) for f in (*missing, *count.faults))
    note = DayNote(
        rules=RULES, day=count.day.isoformat(), listed=listed, counted=len(count.counted), faults=faults,
        rows=count.rows, malformed=count.malformed,
    )  # fmt: skip
    metadata = {**CARD.as_metadata(), NOTE: note.model_dump_json()}
    write_table(count.cells, day_path(folder, count.day), metadata=metadata)
    return note


def kept_day(folder: Path, day: date) -> tuple[pl.DataFrame, DayNote] | None:
    """A day's count; None where there is none, it is damaged, or it was counted by other rules."""
    try:
        cells, metadata = read_table(day_path(folder, day))
        note = DayNote.model_validate_json(metadata[NOTE])
    except (FileProblem, KeyError, ValidationError):
        return None
    return (cells, note) if note.rules == RULES and note.day == day.isoformat() else None
