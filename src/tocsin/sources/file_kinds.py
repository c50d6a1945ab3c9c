"""What a file is by its content, whatever its name says, and whether its text is UTF-8."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
import zipfile
import zlib
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 22  # bytes read at a time
LINES_IN_FIELD = 200  # as many lines as a last record may hold inside its quotes
AGAIN = "fetch or export the file again"


class Kind(StrEnum):
    """Kinds of file Tocsin reads."""

    CSV = "csv"
    ZIP = "zip"
    PARQUET = "parquet"
    JSON = "json"


_STRANGERS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word document",
    b"SQLite format 3": "an SQLite database",
    b"RDX": "an R data file",
    b"<?xml": "an XML document",
    b"<": "a web page or XML document",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(path: Path) -> Kind:
    """What a file is, by its first bytes.

    Raises:
        FileProblem: the file is missing, empty, not UTF-8 text, or of a kind that holds no table.
    """
    if not path.is_file():
        what = "this is a folder, not a file" if path.is_dir() else "file not found"
        raise FileProblem(what, where=Where(path), hint="check the path")
    with path.open("rb") as file:
        start = file.read(4096)
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        raise FileProblem("the file is empty", where=Where(path), hint=AGAIN)
    if start.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith(_UTF16):
        raise FileProblem("the text is UTF-16, not UTF-8", where=Where(path), hint="save it as CSV UTF-8")
    stranger = next((words for magic, words in _STRANGERS.items() if text.startswith(magic)), None)
    if stranger is None and b"\0" in start:
        stranger = "no text, nor any kind of table Tocsin reads"
    if stranger is not None:
        raise FileProblem(f"the file is {stranger}", where=Where(path), hint="give a CSV, zip or Parquet file")
    return Kind.JSON if text[:1] in b"{[" else Kind.CSV


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give the one CSV inside a zip as a temporary file, for as long as the block lasts.

    Raises:
        FileProblem: the zip is cut short or damaged, asks for a password, or does not hold exactly one CSV.
    """
    with TemporaryDirectory(prefix="tocsin-") as folder:
        target = Path(folder) / "table.csv"
        try:
            with (
                zipfile.ZipFile(path) as archive,
                archive.open(_only_csv(archive, path)) as packed,
                target.open("wb") as out,
            ):
                shutil.copyfileobj(packed, out, CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise FileProblem(
                f"the zip cannot be opened ({error}): it is cut short or damaged", where=Where(path), hint=AGAIN
            ) from error
        yield target


def _only_csv(archive: zipfile.ZipFile, path: Path) -> str:
    names = [i.filename for i in archive.infolist() if not i.is_dir() and not i.filename.startswith("__MACOSX/")]
    tables = [name for name in names if name.lower().endswith((".csv", ".txt", ".tsv"))]
    if len(tables) == 1:
        return tables[0]
    if "xl/workbook.xml" in names:
        raise FileProblem("the file is an Excel workbook", where=Where(path), hint="save the sheet as CSV UTF-8")
    held = ", ".join((tables or names)[:5]) or "nothing"
    raise FileProblem(
        f"the zip holds {len(tables) or 'no'} CSV file{'s' if len(tables) > 1 else ''}: {held}",
        where=Where(path),
        hint="unpack it and give the file you mean",
    )


def check_utf8(path: Path, *, separator: str, said: Path) -> None:
    """Check that a text is UTF-8 from end to end.

    Args:
        path: the text.
        separator: between its fields, to name the field of a fault.
        said: the file's name in messages.

    Raises:
        FileProblem: with the row and field of the first byte that is not.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    done = 0
    with path.open("rb") as file:
        while True:
            block = file.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise _not_utf8(path, done - held + error.start, separator, said) from error
            if not block:
                return
            done += len(block)


def _not_utf8(path: Path, place: int, separator: str, said: Path) -> FileProblem:
    with path.open("rb") as file:
        before = file.read(place)
        byte = file.read(1)
    records = list(csv.reader(io.StringIO(before.decode("latin-1") + "?"), delimiter=separator))
    field = len(records[-1]) - 1
    name = records[0][field].strip() if len(records) > 1 and field < len(records[0]) else f"column {field + 1}"
    return FileProblem(
        f"the text is not UTF-8: byte 0x{byte.hex()}",
        where=Where(said, (max(1, len(records) - 1),), name),
        hint="the file is probably Windows-1252 or Latin-1: save it as CSV UTF-8",
    )


def check_last_line(path: Path, *, separator: str, fields: int, said: Path) -> None:
    """Check that a CSV's last record is whole, where no line end vouches for it.

    Args:
        path: the text, UTF-8.
        separator: between its fields.
        fields: how many each record has.
        said: the file's name in messages.

    Raises:
        FileProblem: the last record breaks off before its last field.
    """
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - CHUNK))
        end = file.read()
    if end.endswith((b"\n", b"\r")):
        return
    lines = end.decode("utf-8", errors="replace").split("\n")
    for first in range(len(lines) - 1, max(-1, len(lines) - LINES_IN_FIELD), -1):
        records = list(csv.reader(lines[first:], delimiter=separator))
        if len(records) == 1 and len(records[0]) == fields:
            return
    raise FileProblem("the file is cut short: its last row breaks off", where=Where(said), hint=AGAIN)
