"""What is inside an Office file, looked at before anything unpacks it."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from tocsin.record.document import Verdict
from tocsin.record.reading.found import Found, refused

if TYPE_CHECKING:
    from tocsin.record.reading.bounds import Bounds

CHUNK = 1 << 20
SMALL = 1_000_000  # a member that expands to less is never a bomb
DAMAGED = "the file is cut short or damaged: get it again"
_MARKS = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be"))


def refusal(data: bytes, bounds: Bounds) -> Found | None:
    """Why an Office file is not opened, or None where it may be.

    Every member is unpacked once, piece by piece, and counted: what its directory says of sizes is not believed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _of_names(archive, bounds) or _of_content(archive, bounds)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, OverflowError):
        return refused(Verdict.BROKEN, DAMAGED)


def _of_names(archive: zipfile.ZipFile, bounds: Bounds) -> Found | None:
    members = archive.infolist()
    if len(members) > bounds.members:
        return refused(
            Verdict.TOO_LARGE, f"the archive holds {len(members):,} files, and {bounds.members:,} are read at most"
        )
    if any(member.flag_bits & 1 for member in members):
        return refused(Verdict.ENCRYPTED, "the file asks for a password: open it and save it without one")
    names = [member.filename.replace("\\", "/") for member in members]
    if any(name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0] for name in names):
        return refused(Verdict.BROKEN, "the archive holds names that lead out of it, and was not opened")
    if len(set(names)) < len(names):
        return refused(Verdict.BROKEN, "the archive holds two files of one name, and was not opened")
    return None


def _of_content(archive: zipfile.ZipFile, bounds: Bounds) -> Found | None:
    whole = 0
    for member in archive.infolist():
        size, marked = 0, False
        xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        with archive.open(member) as file:
            tail = b""
            while chunk := file.read(CHUNK):
                size += len(chunk)
                whole += len(chunk)
                marked = marked or (xml and any(mark in tail + chunk for mark in _MARKS))
                tail = chunk[-40:]
                if whole > bounds.expanded_bytes or (size > SMALL and size > member.compress_size * bounds.ratio):
                    return refused(Verdict.TOO_LARGE, "the archive expands without bound, and was not opened")
        if marked:
            return refused(
                Verdict.BROKEN, "the file's XML declares entities, which no Office program writes; it was not opened"
            )
    return None
