"""The text of an export, whole rows at a time, however large the file and whatever is in it."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from tocsin.errors import SourceError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK_BYTES = 8 * 1024**2
LONGEST_ROW_BYTES = 1024**2
LARGEST_TEXT_BYTES = 2 * 1024**3
"""Real exports hold about a megabyte. What unpacks to more than this is no export."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError, OSError, ValueError,
)  # fmt: skip


class BrokenExport(SourceError):
    """An export that cannot be counted; nothing of it is."""


def export_text(path: Path, *, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The rows of an export, so many bytes at a time; memory does not grow with the file.

    Only once the last block has come is the file known to be whole: its CRC is compared at the end.

    Raises:
        BrokenExport: no zip, cut short, damaged, with other than one table in it, or too large unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            member = _only_member(archive, path)
            with archive.open(member) as stream:
                yield from _whole_rows(stream, path, block_bytes)
    except DAMAGED as error:
        said = " ".join(str(error).split())[:120] or type(error).__name__
        raise _broken(path, f"is no whole zip: {said}") from error


def _only_member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir()]
    if len(members) != 1 or not members[0].filename.lower().endswith(".csv"):
        raise _broken(path, f"holds {len(members)} files, not one table")
    member = members[0]
    if member.flag_bits & 1 or member.compress_type not in METHODS:
        raise _broken(path, "is packed in a way the publisher does not use")
    if member.file_size > LARGEST_TEXT_BYTES:
        raise _broken(path, f"would unpack to {member.file_size:,} bytes")
    return member


def _whole_rows(stream: IO[bytes], path: Path, block_bytes: int) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(block_bytes):
        text = rest + chunk if rest else chunk
        end = text.rfind(b"\n") + 1
        rest = text[end:]
        if len(rest) > LONGEST_ROW_BYTES:
            raise _broken(path, "has a row that does not end")
        if end:
            yield text[:end]
    if rest:
        yield rest + b"\n"


def _broken(path: Path, what: str) -> BrokenExport:
    return BrokenExport(f"{path.name} {what}", where=Where(path))
