"""UCDP GED, the Uppsala Conflict Data Program's georeferenced events of organised violence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem, Where
from tocsin.sources.events import checked_events
from tocsin.sources.ged_layouts import KNOWN_NAMES, OTHER_NAMES, RELEASE_COLUMNS, columns_in, version_in
from tocsin.sources.ged_rows import FAULTS, REPAIRS, Fault, judged, typed_rows
from tocsin.sources.province_names import provinces
from tocsin.sources.reading import Card, Dropped, Reading
from tocsin.sources.tables_in import raw_table
from tocsin.sources.vintages import joined

if TYPE_CHECKING:
    from tocsin.sources.tables_in import RawTable

CARD = Card(
    source="UCDP GED",
    publisher="Uppsala Conflict Data Program",
    licence="CC-BY-4.0",
    citation=(
        "Sundberg & Melander (2013) Introducing the UCDP Georeferenced Event Dataset, J. Peace Research 50(4): 523-532, "
        "doi:10.1177/0022343313484347; Davies, Pettersson, Sollenberg & Öberg (2025) Organized violence 1989-2024, "
        "J. Peace Research"
    ),
    lag="releases come once a year, about June, and end with the year before; candidate events about 20 days after a month",
    faults=(
        "candidate events are revised, mostly upward, until the release that replaces them",
        "some events have a best estimate above the high one, or below the low one",
        "events may span months; their deaths cannot be dated more closely",
        "the same province is spelt in several ways, also within a country",
        "events known only to a country have no province",
    ),
    url="https://ucdp.uu.se/downloads/",
)

OPTIONAL = ("low", "high", "deaths_civilians", "adm_1", "latitude", "longitude", "where_prec", "date_prec", "side_a",
            "side_b")  # fmt: skip
"""Columns without which there still are events; a file that lacks one is read, and the reading says so."""


def read_ged(*paths: Path | str, version: str | None = None, strict: bool = False) -> Reading:
    """Read UCDP GED events in any form users have them.

    Releases with 49 columns, older releases, country files, candidate files with or without a header line; as CSV,
    a zip with one CSV, or Parquet. Rows that are no event of use are left out and reported by number; small faults
    are mended and noted.

    Args:
        paths: one file or more, the older first: where several hold an event of the same id the last one counts.
        version: UCDP's version, as 23.1; read from the file's name if not given.
        strict: refuse the file at the first fault that would lose a row or a coordinate.

    Returns:
        Events as `tocsin.sources.events` lays down, with an account of every row left out.

    Raises:
        FileProblem: a file is missing, empty, cut short, not UTF-8, or of another kind.
        TableProblem: a column is missing, or, if strict, a row is at fault.
    """
    readings = [_read_one(Path(path), version=version, strict=strict) for path in paths]
    return readings[0] if len(readings) == 1 else joined(readings)


def _read_one(path: Path, *, version: str | None, strict: bool) -> Reading:
    with raw_table(path, known=KNOWN_NAMES, headerless=RELEASE_COLUMNS) as raw:
        columns = columns_in(raw.columns, file=path)
        absent = [pl.lit(None, dtype=pl.String).alias(name) for name in OTHER_NAMES if name not in columns]
        rows = judged(raw.collect(typed_rows(raw.text(columns).with_columns(absent))))
    said = version or version_in(path.name)
    source = f"UCDP GED {said}" if said else "UCDP GED (version not said)"
    if rows.is_empty():
        raise TableProblem("the file has a header but no events", where=Where(path), hint="fetch or export it again")
    if strict:
        _refuse(rows, columns, path)
    kept = rows.filter(pl.col("fault").is_null())
    events = _with_provinces(kept).with_columns(pl.lit(source).alias("source"))
    return Reading(
        checked_events(events, file=path), replace(CARD, source=source), rows.height, _dropped(rows),
        _notes(raw, columns, kept),
    )  # fmt: skip


def _refuse(rows: pl.DataFrame, columns: dict[str, str], path: Path) -> None:
    for index, fault in enumerate(FAULTS):
        _refuse_one(fault, rows.filter(pl.col("fault") == index), columns, path)
    for name, repair in REPAIRS.items():
        if repair.refused:
            _refuse_one(repair, rows.filter(pl.col(name)), columns, path)


def _refuse_one(fault: Fault, rows: pl.DataFrame, columns: dict[str, str], path: Path) -> None:
    if not rows.is_empty():
        field = columns.get(fault.field, fault.field)
        where = Where(path, tuple(rows["row"].to_list()), field)
        raise TableProblem(f"{rows.height} {fault.counted(rows.height)}", where=where, hint=fault.hint)


def _dropped(rows: pl.DataFrame) -> tuple[Dropped, ...]:
    found = rows.filter(pl.col("fault").is_not_null()).group_by("fault").agg("row").sort("fault")
    return tuple(Dropped(FAULTS[fault].many, tuple(sorted(lost))) for fault, lost in found.iter_rows())


def _notes(raw: RawTable, columns: dict[str, str], kept: pl.DataFrame) -> tuple[str, ...]:
    notes = [] if raw.headed else ["no header line: the columns were taken to be the 49 of a release, in their order"]
    absent = [name for name in OPTIONAL if name not in columns]
    if absent:
        notes.append(f"the file has no {', '.join(absent)}: these stand empty, and low and high estimates as the best")
    counts = kept.select(pl.col(name).sum() for name in REPAIRS).row(0, named=True)
    notes += [f"{counts[name]} {repair.counted(counts[name])}" for name, repair in REPAIRS.items() if counts[name]]
    return tuple(notes)


def _with_provinces(rows: pl.DataFrame) -> pl.DataFrame:
    pairs = rows.group_by("country", "adm_1").len().drop_nulls()
    names = provinces({(country, spelling): count for country, spelling, count in pairs.iter_rows()})
    clean = pl.DataFrame(
        [(country, spelling, name) for (country, spelling), name in names.items()],
        schema={"country": pl.String, "adm_1": pl.String, "admin1": pl.String}, orient="row",
    )  # fmt: skip
    return rows.join(clean, on=["country", "adm_1"], how="left", maintain_order="left")
