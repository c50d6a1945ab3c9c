"""Tables in and out: Parquet or CSV by a file's ending, with metadata, and never half-written."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import FileProblem, Where
from tocsin.sources.file_kinds import Kind, kind_of
from tocsin.sources.tables_in import checked_separator, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENDINGS = (".parquet", ".csv")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(text: str, path: Path) -> None:
    """Write a text file whole."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_bytes(content: bytes, path: Path) -> None:
    """Write a binary file whole."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def write_table(table: pl.DataFrame, path: Path, *, metadata: Mapping[str, str] | None = None) -> None:
    """Write Parquet (with metadata) or CSV, by the file's ending.

    Raises:
        FileProblem: the ending is neither.
    """
    ending = check_ending(path)
    with whole_file(path) as temporary:
        if ending == ".csv":
            table.write_csv(temporary)
            return
        arrow = pa.table(table)
        arrow = arrow.replace_schema_metadata(dict(metadata or {}))
        pq.write_table(arrow, temporary, compression="zstd")


def check_ending(path: Path) -> str:
    """The file's ending, `.parquet` or `.csv`.

    Raises:
        FileProblem: it is neither.
    """
    if path.suffix.lower() not in ENDINGS:
        raise FileProblem(
            f"'{path.suffix}' is no ending Tocsin knows", where=Where(path), hint="name a .parquet or a .csv file"
        )
    return path.suffix.lower()


def check_target(path: Path) -> None:
    """Check, before long work begins, that a table can be written here.

    Raises:
        FileProblem: the ending is neither Parquet's nor CSV's, or the path or its folder is of another kind.
    """
    check_ending(path)
    if path.is_dir():
        raise FileProblem("this is a folder, not a file", where=Where(path), hint="name a file inside it")
    check_folder(path.parent)


def check_folder(folder: Path) -> None:
    """Check, before long work begins, that a folder is one, or can be made, and can be written to.

    Raises:
        FileProblem: the path, or one above it, is a file, or may not be written to.
    """
    there = next((p for p in (folder, *folder.parents) if p.exists()), None)
    if there is not None and not there.is_dir():
        raise FileProblem("this is a file, not a folder", where=Where(there), hint="name another folder")
    if there is not None:
        _check_writable(there)


def _check_writable(folder: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".tocsin-")
    except OSError as error:
        said = error.strerror or str(error)
        raise FileProblem(
            f"the folder cannot be written to: {said}", where=Where(folder), hint="name another"
        ) from error
    os.close(handle)
    Path(name).unlink()


def read_table(path: Path) -> tuple[pl.DataFrame, dict[str, str]]:
    """Read Parquet or CSV (commas, semicolons or tabs), and the metadata a Parquet file carries.

    Raises:
        FileProblem: the file is missing, empty, cut short, not UTF-8, or of another kind; its content
            decides, whatever its ending says.
    """
    kind = kind_of(path)
    if kind not in (Kind.CSV, Kind.PARQUET):
        raise FileProblem(f"the file is {kind.upper()}, not a table", where=Where(path), hint="give CSV or Parquet")
    try:
        if kind is Kind.CSV:
            return _read_csv(path), {}
        said = pq.read_schema(path).metadata or {}
        return pl.read_parquet(path), {k.decode(): v.decode() for k, v in said.items() if not k.startswith(b"ARROW")}
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error


def _read_csv(path: Path) -> pl.DataFrame:
    separator = checked_separator(path)
    return pl.read_csv(path, separator=separator, infer_schema_length=None, null_values="", glob=False)
