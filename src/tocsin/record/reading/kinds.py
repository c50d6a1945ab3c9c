"""What a file is: by its content first, by the ending of its name second."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

HEAD = 65_536  # bytes that tell what a file is


class FileKind(StrEnum):
    """Kinds of file that are read, and those that are not."""

    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"
    MARKDOWN = "Markdown"
    PLAIN = "plain text"
    CSV = "CSV"
    TSV = "tab-separated text"
    XLSX = "XLSX"
    PARQUET = "Parquet"
    LOCKED = "an encrypted or old Office file"
    OTHER = "another kind"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is.

    Attributes:
        kind: as it will be read.
        media_type: `text/html` ...
        words: why it is not read, for kinds that are not; where name and content disagree, in what; else empty.
    """

    kind: FileKind
    media_type: str
    words: str = ""


MEDIA_TYPES = {
    FileKind.HTML: "text/html",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.MARKDOWN: "text/markdown",
    FileKind.PLAIN: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.TSV: "text/tab-separated-values",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PARQUET: "application/vnd.apache.parquet",
    FileKind.LOCKED: "application/x-ole-storage",
    FileKind.OTHER: "application/octet-stream",
}
ENDINGS = {
    "html": FileKind.HTML, "htm": FileKind.HTML, "xhtml": FileKind.HTML, "pdf": FileKind.PDF, "docx": FileKind.DOCX,
    "md": FileKind.MARKDOWN, "markdown": FileKind.MARKDOWN, "txt": FileKind.PLAIN, "text": FileKind.PLAIN,
    "csv": FileKind.CSV, "tsv": FileKind.TSV, "xlsx": FileKind.XLSX, "parquet": FileKind.PARQUET,
}  # fmt: skip
UNPACK = "unpack it, and put its documents in the folder"
AS_PDF = "save it as DOCX or PDF, and put that in the folder"
PICTURE = "run OCR on it, for example with ocrmypdf, and put the result in the folder"
STRANGERS = (
    (b"\x1f\x8b", "application/gzip", f"a gzip archive: {UNPACK}"),
    (b"BZh", "application/x-bzip2", f"a bzip2 archive: {UNPACK}"),
    (b"\xfd7zXZ\x00", "application/x-xz", f"an xz archive: {UNPACK}"),
    (b"(\xb5/\xfd", "application/zstd", f"a zstd archive: {UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", f"a 7z archive: {UNPACK}"),
    (b"Rar!\x1a\x07", "application/vnd.rar", f"a RAR archive: {UNPACK}"),
    (b"{\\rtf", "application/rtf", f"an RTF document: {AS_PDF}"),
    (b"\x89PNG\r\n", "image/png", f"a PNG picture: {PICTURE}"),
    (b"\xff\xd8\xff", "image/jpeg", f"a JPEG picture: {PICTURE}"),
    (b"GIF8", "image/gif", f"a GIF picture: {PICTURE}"),
    (b"II*\x00", "image/tiff", f"a TIFF picture: {PICTURE}"),
    (b"MM\x00*", "image/tiff", f"a TIFF picture: {PICTURE}"),
    (b"%!PS", "application/postscript", f"a PostScript document: {AS_PDF}"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3", "a database: export the table as CSV"),
    (b"\x7fELF", "application/octet-stream", "a program, not a document"),
    (b"MZ\x90\x00", "application/octet-stream", "a program, not a document"),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XML = re.compile(rb"\s*<(\?xml|!DOCTYPE(?!\s+html)|svg)\b", re.IGNORECASE)
TEXTUAL = frozenset((FileKind.MARKDOWN, FileKind.PLAIN, FileKind.CSV, FileKind.TSV, FileKind.HTML))


def ending_of(name: str) -> str:
    """The ending of a file name in lower case, without its dot."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def kind_of(name: str, data: bytes) -> Kind:  # noqa: PLR0911  # a line for each family of files
    """What a file is.

    Args:
        name: its name, whose ending is believed only where the content allows it.
        data: its bytes, or the first of them (64 KB tell nearly all; the members of an archive stand at its end).

    Example:
        >>> kind_of("report.pdf", b"<!DOCTYPE html><p>Not found").words
        'its name ends in .pdf, but it is HTML, and was read as that'
    """
    head = data[:HEAD]
    named = ENDINGS.get(ending_of(name))
    for start, media_type, words in STRANGERS:
        if head.startswith(start):
            return Kind(FileKind.OTHER, media_type, f"this is {words}")
    if head[257:262] == b"ustar":
        return Kind(FileKind.OTHER, "application/x-tar", f"this is a tar archive: {UNPACK}")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(name, data, named)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind(FileKind.LOCKED, MEDIA_TYPES[FileKind.LOCKED])
    if b"%PDF-" in head[:1024]:
        return _as(FileKind.PDF, name, named)
    if head.startswith(b"PAR1"):
        return _as(FileKind.PARQUET, name, named)
    return _text(name, head, named)


def _as(kind: FileKind, name: str, named: FileKind | None, *, taken: bool = False) -> Kind:
    differs = named is not None and named is not kind and not taken
    words = f"its name ends in .{ending_of(name)}, but it is {kind.value}, and was read as that" if differs else ""
    return Kind(kind, MEDIA_TYPES[kind], words)


def _archive(name: str, data: bytes, named: FileKind | None) -> Kind:
    members = _members(data)
    if "word/document.xml" in members or (not members and named is FileKind.DOCX):
        return _as(FileKind.DOCX, name, named)
    if "xl/workbook.xml" in members or (not members and named is FileKind.XLSX):
        return _as(FileKind.XLSX, name, named)
    if "mimetype" in members or any(m.startswith("ppt/") for m in members):
        return Kind(FileKind.OTHER, "application/zip", f"this is a presentation or OpenDocument file: {AS_PDF}")
    return Kind(FileKind.OTHER, "application/zip", f"this is a zip archive: {UNPACK}")


def _members(data: bytes) -> frozenset[str]:
    """Names inside an archive: by its directory, or, where only its head is at hand, as they stand in that."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError, OverflowError):
        told = (b"word/document.xml", b"xl/workbook.xml")
        return frozenset(member.decode() for member in told if member in data[:HEAD])


def _text(name: str, head: bytes, named: FileKind | None) -> Kind:  # noqa: PLR0911  # a line for each rule
    if not head:
        return _as(named if named is not None and named in TEXTUAL else FileKind.PLAIN, name, named, taken=True)
    if named not in TEXTUAL and not _is_text(head):
        return Kind(FileKind.OTHER, MEDIA_TYPES[FileKind.OTHER], _not_text(name, named))
    if named in TEXTUAL and _is_binary(head):
        return Kind(FileKind.OTHER, MEDIA_TYPES[FileKind.OTHER], _not_text(name, named))
    if named is FileKind.HTML or (_HTML.search(head[:2048]) and named not in {FileKind.MARKDOWN, FileKind.CSV}):
        return _as(FileKind.HTML, name, named)
    if _XML.match(head) and named is None:
        return Kind(FileKind.OTHER, "application/xml", "this is an XML file: save its text as HTML or plain text")
    if named in TEXTUAL:
        assert named is not None
        return _as(named, name, named)
    return _as(FileKind.PLAIN, name, named)


def _not_text(name: str, named: FileKind | None) -> str:
    if named is not None:
        return f"its name ends in .{ending_of(name)}, but its content is not {named.value}: get the file again"
    return "this is no kind of document that is read: HTML, PDF, DOCX, Markdown, plain text, CSV, XLSX or Parquet"


def _is_text(head: bytes) -> bool:
    """Whether bytes without a telling name are text: UTF-8, or UTF-16 with its mark, without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    cut = head[:-3] if len(head) == HEAD else head
    try:
        text = cut.decode("utf-8", errors="strict" if len(head) < HEAD else "ignore")
    except UnicodeDecodeError:
        return not any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return sum(1 for c in text if ord(c) < 32 and c not in "\t\n\r\f\x1b") == 0


def _is_binary(head: bytes) -> bool:
    """Whether a file named as text is none: not UTF-8 or UTF-16, and full of control bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.35:
        return False
    try:
        head[:-4].decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 8:
            return False
        control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\x1b")
        return control > len(head) / 20
    return False
