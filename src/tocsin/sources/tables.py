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


def read_table(path: Path) -> tuple[pl.DataFrame, dict[str, str]]:
    """Read Parquet or CSV, and the metadata a Parquet file carries.

    Raises:
        FileProblem: the file is missing, empty, cut short, wrongly encoded, or of another kind than its ending says.
    """
    if not path.is_file():
        raise FileProblem("file not found", where=Where(path), hint="check the path")
    if path.stat().st_size == 0:
        raise FileProblem("the file is empty", where=Where(path), hint="fetch or export it again")
    ending = check_ending(path)
    try:
        if ending == ".csv":
            return pl.read_csv(path, infer_schema_length=10_000), {}
        said = pq.read_schema(path).metadata or {}
        return pl.read_parquet(path), {k.decode(): v.decode() for k, v in said.items() if not k.startswith(b"ARROW")}
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        kind = ending.removeprefix(".").upper()
        raise FileProblem(
            f"the file cannot be read as {kind}: {str(error).splitlines()[0][:160]}",
            where=Where(path),
            hint="it may be cut short, not UTF-8, or another kind of file under this name: fetch or export it again",
        ) from error
