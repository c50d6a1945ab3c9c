"""A list of the user's own, as CSV: one row an entry, aliases separated by semicolons."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.sources.designation import Alias, BearerKind, Designation, DesignationList, Quality, Version
from tocsin.sources.designation_columns import columns_of
from tocsin.sources.designation_dates import read_birth

if TYPE_CHECKING:
    from pathlib import Path

OWN_COLUMNS = (
    "id", "name", "aliases", "kind", "date_of_birth", "nationality", "listed_on", "delisted_on", "source",
)  # fmt: skip
NEEDED = ("id", "name")
_STATED = "dates of the list"


def own_list(path: Path) -> DesignationList:
    """A user's list, and which of its columns were not read.

    Raises:
        TableProblem: a column is missing, or is not read and like one that is; an id is given twice, a row has no name or a
            date that is none; the row is named as it stands in the file, the header being row 1.
    """
    rows = read_rows(path)
    columns = columns_of(rows[0] if rows else (), OWN_COLUMNS, where=Where(path))
    if rows and any(name not in columns.read.values() for name in NEEDED):
        raise missing_columns(NEEDED, list(rows[0]), where=Where(path))
    known = [{columns.read[key]: value for key, value in row.items() if key in columns.read} for row in rows]
    return DesignationList(path.stem, tuple(_entries(path, known)), None, None, (str(path),), columns.note())


def _entries(path: Path, rows: list[dict[str, str]]) -> list[Designation]:
    found: list[Designation] = []
    seen: dict[str, int] = {}
    for at, row in enumerate(rows, 2):
        entry = _entry({key: (value or "").strip() for key, value in row.items()}, path, at)
        if entry.entry_id in seen:
            raise TableProblem(
                f"the id '{entry.entry_id}' stands in row {seen[entry.entry_id]} too", where=Where(path, (at,), "id"),
                hint="give every entry an id of its own; its other names go into aliases",
            )  # fmt: skip
        seen[entry.entry_id] = at
        found.append(entry)
    return found


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file by the names of its header.

    Raises:
        TableProblem: a row has more cells than the header.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for at, row in enumerate(rows, 2):
        if None in row:
            raise TableProblem(
                "more cells than the header has columns", where=Where(path, (at,)),
                hint="put a cell that holds a comma in double quotes",
            )  # fmt: skip
    return rows


def _entry(row: dict[str, str], path: Path, at: int) -> Designation:
    for name in NEEDED:
        if not row.get(name):
            raise TableProblem(f"no {name}", where=Where(path, (at,), name), hint=f"fill {name} in every row")
    aliases = tuple(Alias(part.strip(), Quality.STRONG) for part in row.get("aliases", "").split(";") if part.strip())
    listed, delisted = (_day(row, name, path, at) for name in ("listed_on", "delisted_on"))
    gone = delisted.latest if delisted is not None else None
    version = Version(
        row["name"], listed, delisted.earliest if delisted else None, gone, "removed" if delisted else None
    )
    births = tuple(read_birth(text) for text in row.get("date_of_birth", "").split(";") if text.strip())
    return Designation(
        row.get("source") or path.stem, row["id"], row["name"], _kind(row.get("kind", ""), path, at), aliases,
        births=births, nationalities=tuple(n.strip() for n in row.get("nationality", "").split(";") if n.strip()),
        versions=(version,), rests_on=_STATED,
    )  # fmt: skip


def _day(row: dict[str, str], name: str, path: Path, at: int) -> PartialDate | None:
    text = row.get(name, "")
    try:
        return PartialDate.parse(text) if text else None
    except TableProblem as error:
        raise TableProblem(error.what, where=Where(path, (at,), name), hint=error.hint) from error


def _kind(text: str, path: Path, at: int) -> BearerKind:
    known = {"organization": "organisation", "entity": "organisation", "individual": "person", "": "unknown"}
    word = known.get(text.lower(), text.lower())
    if word not in set(BearerKind):
        raise TableProblem(
            f"'{text}' is no kind of entry", where=Where(path, (at,), "kind"),
            hint=f"write one of {', '.join(BearerKind)}",
        )  # fmt: skip
    return BearerKind(word)
