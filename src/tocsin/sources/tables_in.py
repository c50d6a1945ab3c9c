"""Tables as their files hold them: every value still text, whether from CSV, a zip with a CSV, or Parquet."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import FileProblem, Where
from tocsin.sources.file_kinds import AGAIN, Kind, check_last_line, check_utf8, kind_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table not yet read: a lazy frame whose names are those of the file.

    Attributes:
        frame: all columns, as text (CSV) or as stored (Parquet).
        columns: the file's own names, in order.
        file: the file as the user named it.
        headed: whether the first line held names; if not, the names are those of the layout that was given.
    """

    frame: pl.LazyFrame
    columns: tuple[str, ...]
    file: Path
    headed: bool = True

    def text(self, columns: Mapping[str, str]) -> pl.LazyFrame:
        """Columns as trimmed text under new names, empty text as null, with `row` counted from 1.

        Args:
            columns: new name -> the file's name.
        """
        trimmed = {new: pl.col(old).cast(pl.String).str.strip_chars() for new, old in columns.items()}
        texts = [pl.when(text != "").then(text).alias(new) for new, text in trimmed.items()]
        return self.frame.select(texts).with_row_index("row", offset=1)

    def collect(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """Read what a frame built upon `text` asks for.

        Raises:
            FileProblem: the file is cut short or its lines do not fit its header.
        """
        try:
            return frame.collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise unreadable(self.file, error) from error


def unreadable(path: Path, error: Exception) -> FileProblem:
    """The error for a file that breaks off or breaks its own form."""
    first = (str(error).strip().splitlines() or ["no reason given"])[0][:160]
    return FileProblem(f"the file cannot be read: {first}", where=Where(path), hint=f"it may be cut short: {AGAIN}")


@contextmanager
def raw_table(path: Path, *, known: Collection[str], headerless: Sequence[str] = ()) -> Iterator[RawTable]:
    """Open a CSV, a zip with one CSV, or a Parquet file, by content and not by ending.

    Args:
        path: the file.
        known: names (lower case) of which a header line has at least one.
        headerless: names of the columns of a CSV that has no header line and as many fields as these.

    Yields:
        The table, to be read before the block ends.

    Raises:
        FileProblem: the file is missing, empty, damaged, not UTF-8, or of another kind.
    """
    kind = kind_of(path)
    if kind is Kind.JSON:
        raise FileProblem("the file is JSON, not a table", where=Where(path), hint="give a CSV, zip or Parquet file")
    if kind is Kind.PARQUET:
        yield _parquet(path)
    elif kind is Kind.CSV:
        yield _csv(path, known, headerless, said=path)
    else:
        with unpacked(path) as table:
            if kind_of(table) is not Kind.CSV:
                raise FileProblem("the zip does not hold a CSV table", where=Where(path), hint=AGAIN)
            yield _csv(table, known, headerless, said=path)


def _parquet(path: Path) -> RawTable:
    try:
        frame = pl.scan_parquet(path, glob=False)
        return RawTable(frame, tuple(frame.collect_schema().names()), path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(path, error) from error


def _csv(path: Path, known: Collection[str], headerless: Sequence[str], *, said: Path) -> RawTable:
    separator = checked_separator(path, said=said)
    first = _first_record(path, separator)
    headed = not headerless or len(first) != len(headerless) or any(n.strip().lower() in known for n in first)
    try:
        frame = pl.scan_csv(path, separator=separator, has_header=headed, infer_schema=False, glob=False)
        found = frame.collect_schema().names()
    except pl.exceptions.PolarsError as error:
        raise unreadable(said, error) from error
    if not headed:
        frame, found = frame.rename(dict(zip(found, headerless, strict=True))), list(headerless)
    return RawTable(frame, tuple(found), said, headed)


def checked_separator(path: Path, *, said: Path | None = None) -> str:
    """What stands between a CSV's fields, once the text is known to be UTF-8 and whole.

    Args:
        path: the text.
        said: the file's name in messages, where it is another.

    Raises:
        FileProblem: the text is not UTF-8, or its last row breaks off.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        start = file.readline()
    separator = max(SEPARATORS, key=lambda mark: len(next(csv.reader([start], delimiter=mark))))
    check_utf8(path, separator=separator, said=said or path)
    fields = len(_first_record(path, separator))
    check_last_line(path, separator=separator, fields=fields, said=said or path)
    return separator


def _first_record(path: Path, separator: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file, delimiter=separator))
