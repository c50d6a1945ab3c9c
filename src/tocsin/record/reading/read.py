"""Read a file: what it is, what it says, when and by whom it was published, and in which language."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tocsin.errors import FileProblem, MissingExtra, Where
from tocsin.record.document import DateOrigin, Document, SegmentKind, Text, Verdict
from tocsin.record.reading.bounds import Bounds
from tocsin.record.reading.compose import composed
from tocsin.record.reading.dating import date_in_name, dateline
from tocsin.record.reading.found import refused
from tocsin.record.reading.given import Given
from tocsin.record.reading.kinds import HEAD, FileKind, Kind, kind_of
from tocsin.record.reading.language import language_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tocsin.case.dates import PartialDate
    from tocsin.record.reading.compose import Composed
    from tocsin.record.reading.found import Found, Meta

CHUNK = 1 << 20


class Reader(NamedTuple):
    """How a kind of file is read: by which module and function, under which name and version."""

    parser: str
    module: str
    function: str
    package: str | None = None


READERS = {
    FileKind.HTML: Reader("html 2", "html", "read_html", "lxml"),
    FileKind.PDF: Reader("pdf 2", "pdf", "read_pdf", "pypdfium2"),
    FileKind.DOCX: Reader("docx 2", "docx", "read_docx", "mammoth"),
    FileKind.MARKDOWN: Reader("markdown 1", "markdown", "read_markdown"),
    FileKind.PLAIN: Reader("plain 1", "plain", "read_plain"),
    FileKind.CSV: Reader("table 1", "table", "read_csv"),
    FileKind.TSV: Reader("table 1", "table", "read_csv"),
    FileKind.XLSX: Reader("table 1", "table", "read_xlsx"),
    FileKind.PARQUET: Reader("table 1", "table", "read_parquet"),
}
"""A new version of a parser makes a new text of every file it reads; the old texts stay."""
NOT_READ = "none 1"
MADE = "the date is that on which the file was made, for want of a better one"


def read_file(
    path: Path, *, name: str, given: Given = Given(), bounds: Bounds = Bounds()  # noqa: B008  # both are frozen
) -> tuple[Document, Text | None]:  # fmt: skip
    """Read a file of a case's folder of documents.

    Args:
        path: the file.
        name: its name inside the folder, as `files_in` gives it.
        given: what the case's table of sources says of it.
        bounds: how much is read at most.

    Returns:
        The document, and its text where the verdict is `read`, else None.

    Raises:
        FileProblem: there is no such file, or it is no regular one.
        MissingExtra: HTML, PDF or DOCX, and the text extra is not installed.
    """
    if not path.is_file():
        what = "this is a folder, not a file" if path.is_dir() else "file not found"
        raise FileProblem(what, where=Where(path), hint="check the path")
    size = path.stat().st_size
    if size > bounds.file_bytes:
        with path.open("rb") as file:
            kind = kind_of(name, file.read(HEAD))
        found = refused(Verdict.TOO_LARGE, _too_large(size, bounds))
        return _document(hash_of(path), name, size, kind, found, given=given), None
    return read_bytes(path.read_bytes(), name=name, given=given, bounds=bounds)


def stopped_on(path: Path, *, name: str, given: Given, why: str) -> Document:
    """The document of a file that its reader did not survive: broken, for that reason.

    Raises:
        FileProblem: the file is no longer there.
    """
    try:
        with path.open("rb") as file:
            kind = kind_of(name, file.read(HEAD))
        return _document(
            hash_of(path), name, path.stat().st_size, kind, refused(Verdict.BROKEN, why), given=given
        )  # fmt: skip
    except FileNotFoundError as error:
        raise FileProblem("file not found", where=Where(path), hint="check the path") from error


def read_bytes(
    data: bytes, *, name: str, given: Given = Given(), bounds: Bounds = Bounds()  # noqa: B008  # both are frozen
) -> tuple[Document, Text | None]:  # fmt: skip
    r"""Read the bytes of a file.

    Args:
        data: the bytes.
        name: the file's name; its ending tells the kind where the content does not.
        given: what the case's table of sources says of it.
        bounds: how much is read at most.

    Raises:
        MissingExtra: HTML, PDF or DOCX, and the text extra is not installed.

    Example:
        >>> document, text = read_bytes(b"# Sites\n\nThe mission **closed** Erbil.", name="2020-01-09-note.md")
        >>> text.text, str(document.published), document.verdict.value
        ('Sites\n\nThe mission closed Erbil.', '2020-01-09', 'read')
    """
    kind = kind_of(name, data)
    found = _found(data, kind, bounds)
    made = composed(found, longest=bounds.segment) if found.verdict is Verdict.READ else None
    if made is not None and len(made.text) > bounds.characters:
        found = refused(Verdict.TOO_LARGE, _too_long(len(made.text), bounds))
    elif made is not None and not made.segments:
        found = refused(Verdict.NO_TEXT, found.why or "the file holds no words")
    document_id = hashlib.sha256(data).hexdigest()
    if made is None or found.verdict is not Verdict.READ:
        return _document(document_id, name, len(data), kind, found, given=given), None
    language, certainty = language_of(made.text, made.segments)
    text = Text(
        document_id, parser_of(kind.kind), made.text, made.segments, language, certainty, source_runs=made.runs
    )  # fmt: skip
    return _document(document_id, name, len(data), kind, found, given=given, made=made), text


def parser_for(name: str, head: bytes) -> str:
    """Name and version of the parser that reads a file, so that what is unchanged need not be read again.

    Args:
        name: the file's name.
        head: its first bytes; 64 KB tell it.

    Returns:
        As `html 1`; `none 1` for kinds that are not read.
    """
    return parser_of(kind_of(name, head).kind)


def parser_of(kind: FileKind) -> str:
    """Name and version of the parser of a kind of file."""
    return READERS[kind].parser if kind in READERS else NOT_READ


def hash_of(path: Path) -> str:
    """The sha256 of a file, hexadecimal, read piece by piece: the document's id."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _found(data: bytes, kind: Kind, bounds: Bounds) -> Found:
    if len(data) > bounds.file_bytes:
        return refused(Verdict.TOO_LARGE, _too_large(len(data), bounds))
    if not data.strip():
        return refused(Verdict.NO_TEXT, "the file is empty" if not data else "the file holds nothing but white space")
    if kind.kind is FileKind.LOCKED:
        return _locked(data)
    if kind.kind not in READERS:
        return refused(Verdict.UNKNOWN_KIND, kind.words)
    return _reader(READERS[kind.kind])(data, bounds)


def _reader(reader: Reader) -> Callable[[bytes, Bounds], Found]:
    if reader.package is not None:
        try:
            import_module(reader.package)
        except ImportError as error:
            what = f"reading {reader.module.upper()} needs {reader.package}, which is not installed"
            raise MissingExtra(what, hint="pip install 'tocsin[text]'") from error
    module = import_module(f"tocsin.record.reading.{reader.module}")
    function: Callable[[bytes, Bounds], Found] = getattr(module, reader.function)
    return function


def _locked(data: bytes) -> Found:
    """An Office file with a password is kept in the same container as the old kinds of Word and Excel."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refused(Verdict.ENCRYPTED, "the file asks for a password: open it and save it without one")
    return refused(Verdict.UNKNOWN_KIND, "this is an old Word, Excel or PowerPoint file: save it as DOCX or XLSX")


def _too_large(size: int, bounds: Bounds) -> str:
    return f"the file has {size / 1e6:,.0f} MB, and {bounds.file_bytes / 1e6:,.0f} MB are read at most: split it"


def _too_long(length: int, bounds: Bounds) -> str:
    return f"the text has {length:,} characters, and {bounds.characters:,} are kept at most: split the file"


def _document(
    document_id: str, name: str, size: int, kind: Kind, found: Found, *, given: Given, made: Composed | None = None
) -> Document:
    published, origin = _published(name, found.meta, given, made)
    said = [found.why, kind.words if found.verdict is Verdict.READ else "",
            MADE if published is not None and published is _made(found.meta, origin) else ""]  # fmt: skip
    return Document(
        document_id=document_id, name=name, media_type=kind.media_type, size=size, verdict=found.verdict,
        why="; ".join(words for words in said if words), title=given.title or found.meta.title,
        author=given.author or found.meta.author, publisher=given.publisher or found.meta.publisher,
        published=published, published_origin=origin, source_id=given.source_id,
        derived_from=given.derived_from or found.meta.derived_from,
    )  # fmt: skip


def _made(meta: Meta, origin: DateOrigin) -> PartialDate | None:
    return meta.made if origin is DateOrigin.META and meta.published is None else None


def _published(
    name: str, meta: Meta, given: Given, made: Composed | None
) -> tuple[PartialDate | None, DateOrigin]:  # fmt: skip
    """The surest date there is, and where it comes from."""
    of_rows = made is None or (made.segments[0].kind is SegmentKind.ROW and made.segments[-1].kind is SegmentKind.ROW)
    head = "" if made is None or of_rows else made.text[:3000]
    for origin, found in (
        (DateOrigin.CASE, given.published), (DateOrigin.META, meta.published), (DateOrigin.TEXT, dateline(head)),
        (DateOrigin.NAME, date_in_name(name)), (DateOrigin.META, meta.made),
    ):  # fmt: skip
        if found is not None:
            return found, origin
    return None, DateOrigin.UNKNOWN
