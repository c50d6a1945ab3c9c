"""Names screened against designation lists, one at a time or by the file; nothing is written to a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.errors import FileProblem, OutOfRange, TableProblem, TocsinError, Where, missing_columns
from tocsin.record.names import NameKind
from tocsin.record.screening import Hit, Index, Query, build_index, screen
from tocsin.sources.designation_columns import columns_of
from tocsin.sources.designation_own import read_rows
from tocsin.sources.designations import BirthDate, DesignationList, read_designations, starter_designations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BATCH_COLUMNS = ("name", "kind", "date_of_birth", "nationality")
"""Columns of a batch that are read; `birth_date` is another word for date_of_birth."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The lists that were searched, and their names ready to be."""

    lists: tuple[DesignationList, ...]
    index: Index


@dataclass(frozen=True, slots=True)
class Screened:
    """A question and its answer.

    Attributes:
        query: whom was asked about.
        hits: entries near the name, the nearest first; () where none is, which is not a clearance.
        row: the row of the batch, the header being row 1; None for a single name.
    """

    query: Query
    hits: tuple[Hit, ...]
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of questions.

    Attributes:
        queries: each with its row in the file, the header being row 1.
        notes: what must be known of it: its columns that are not read.
    """

    queries: tuple[tuple[int, Query], ...]
    notes: tuple[str, ...]


def search(lists: Sequence[Path] = ()) -> Searched:
    """Read lists and index their names; without any, the entries that ship.

    How rare a part of a name is is counted over the lists; where they hold fewer entries than those that ship, over both.

    Raises:
        FileProblem: a file or folder is missing, or holds no list.
        TableProblem: a row of a user's list is wrong.

    Example:
        >>> [one.name for one in search().lists]
        ['OFAC SDN (region)']
    """
    shipped = starter_designations()
    read = read_designations(lists) if lists else shipped
    few = bool(lists) and _entries(read) < _entries(shipped)
    return Searched(read, build_index(read, beside=shipped if few else ()))


def _entries(lists: Sequence[DesignationList]) -> int:
    return sum(len(one.entries) for one in lists)


def query_of(
    name: str, *, kind: str | None = None, birth_date: str | None = None, nationality: str | None = None,
    as_of: str | None = None,
) -> Query:  # fmt: skip
    """A question from words as a user types them.

    Raises:
        OutOfRange: the kind, the birth date or the day is not one.

    Example:
        >>> query_of("Qasim X", kind="person", birth_date="1957-03").birth.first_year
        1957
    """
    if not name.strip():
        raise OutOfRange("an empty name", where=Where(field="name"), hint="give the name to be looked for")
    word = (kind or "unknown").strip().lower().replace("organization", "organisation")
    if word not in set(NameKind):
        raise OutOfRange(
            f"'{kind}' is no kind", where=Where(field="kind"), hint="person, organisation, vessel, or nothing"
        )
    return Query(name, NameKind(word), _birth(birth_date), (nationality or "").strip() or None, _day(as_of))


def screen_name(searched: Searched, query: Query) -> Screened:
    """One name against the lists."""
    return Screened(query, screen(searched.index, query))


def screen_batch(searched: Searched, path: Path, *, as_of: str | None = None) -> tuple[Screened, ...]:
    """Every row of a CSV file against the lists; the file and what is raised are those of `read_batch`."""
    return screen_rows(searched, read_batch(path, as_of=as_of))


def screen_rows(searched: Searched, batch: Batch) -> tuple[Screened, ...]:
    """Every question of a batch against the lists, in the order of its rows."""
    return tuple(Screened(query, screen(searched.index, query), row) for row, query in batch.queries)


def read_batch(path: Path, *, as_of: str | None = None) -> Batch:
    """The questions of a CSV file with columns name, and where known kind, birth_date (or date_of_birth), nationality.

    Raises:
        FileProblem: the file is missing or is no text.
        TableProblem: a column is missing, or is not read and like one that is lacking; or rows cannot be asked: all of
            them are named.
    """
    if not path.is_file():
        raise FileProblem("there is no such file", where=Where(path), hint="a CSV with the columns name, kind, "
                          "birth_date, nationality")  # fmt: skip
    try:
        rows = read_rows(path)
    except UnicodeDecodeError as error:
        raise FileProblem("the file is no UTF-8 text", where=Where(path), hint="save it as CSV UTF-8") from error
    if not rows:
        raise FileProblem("the file has no rows", where=Where(path), hint="a header, then one row a name")
    columns = columns_of(rows[0], BATCH_COLUMNS, where=Where(path))
    if "name" not in columns.read.values():
        raise missing_columns(("name",), list(rows[0]), where=Where(path))
    known = [{columns.read[key]: value for key, value in row.items() if key in columns.read} for row in rows]
    return Batch(_queries(path, known, _day(as_of)), columns.note())


def _queries(path: Path, rows: list[dict[str, str]], day: date | None) -> tuple[tuple[int, Query], ...]:
    found: list[tuple[int, Query]] = []
    wrong: list[tuple[int, TocsinError]] = []
    for at, row in enumerate(rows, 2):
        try:
            asked = query_of(
                row["name"] or "", kind=row.get("kind"), birth_date=row.get("date_of_birth"),
                nationality=row.get("nationality"),
            )  # fmt: skip
        except TocsinError as error:
            wrong.append((at, error))
        else:
            found.append((at, Query(asked.name, asked.kind, asked.birth, asked.nationality, day)))
    if wrong:
        first = wrong[0][1]
        what = first.what if len(wrong) == 1 else f"{len(wrong)} rows cannot be asked; the first: {first.what}"
        raise TableProblem(what, where=Where(path, tuple(at for at, _ in wrong), first.where.field), hint=first.hint)
    return tuple(found)


def _birth(text: str | None) -> BirthDate | None:
    if not text or not text.strip():
        return None
    try:
        born = PartialDate.parse(text)
    except TableProblem as error:
        raise OutOfRange(
            error.what, where=Where(field="birth_date"), hint="write 1966, 1966-08 or 1966-08-09"
        ) from error
    return BirthDate(text.strip(), born, born.year, born.year)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OutOfRange(f"'{text}' is no day", where=Where(field="as_of"), hint="write it as 2023-06-30") from error
