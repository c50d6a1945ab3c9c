"""Whether what came is the file that was asked for."""

from __future__ import annotations

import re
import zipfile
import zlib
from html import unescape
from typing import TYPE_CHECKING

from tocsin.errors import InputError, SourceError, Where

if TYPE_CHECKING:
    from pathlib import Path

OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body")
TITLE = re.compile(r"<title[^>]*>(.{1,300}?)</title>", re.IGNORECASE | re.DOTALL)
PEEK_BYTES = 4096


def refuse_web_page(start: bytes, *, name: str, url: str, media_type: str = "") -> None:
    """Refuse a web page that came in place of a file.

    Args:
        start: the first bytes.
        name: the file asked for.
        url: the address that answered.
        media_type: the Content-Type it came with.

    Raises:
        SourceError: it is a web page; its title is named.
    """
    text = start[:PEEK_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    declared = media_type.lower().startswith(("text/html", "application/xhtml")) and text.startswith(b"<")
    if name.lower().endswith((".html", ".htm")) or not (declared or text.startswith(OPENINGS)):
        return
    found = TITLE.search(start[:PEEK_BYTES].decode("utf-8", errors="replace"))
    words = " ".join(unescape(found.group(1)).split()) if found else ""
    title = "".join(letter for letter in words if letter.isprintable())[:80]
    raise SourceError(
        f"a web page came in place of {name}" + (f": '{title}'" if title else ""),
        where=Where(url),
        hint="the publisher may have moved the file, or this network asks for a log-in: open the address in a browser",
    )


def check_zip(path: Path, *, name: str, url: str) -> None:
    """Read every member of a zip and compare its CRC.

    Raises:
        SourceError: it is no zip, is cut short, or a member is damaged.
    """
    where = Where(url)
    hint = "fetch it again; if it stays so, the publisher's file itself is damaged"
    try:
        with zipfile.ZipFile(path) as archive:
            if not archive.namelist():
                raise SourceError(f"{name} is an empty zip", where=where, hint=hint)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise SourceError(f"{name} is not a whole zip: {str(error)[:120]}", where=where, hint=hint) from error
    if damaged is not None:
        raise SourceError(f"{name} is damaged: the CRC of {damaged} is wrong", where=where, hint=hint)


def checked_digest(text: str | None) -> str | None:
    """A SHA-256 as 64 small hexadecimal letters.

    Raises:
        InputError: it is something else.
    """
    if text is None:
        return None
    digest = text.strip().lower()
    if re.fullmatch("[0-9a-f]{64}", digest) is None:
        raise InputError(
            f"not a SHA-256: {text[:80]}", hint="it has 64 letters of 0-9 and a-f, as `sha256sum FILE` prints"
        )
    return digest


def check_digest(found: str, expected: str | None, *, name: str, url: str) -> None:
    """Compare the SHA-256 found with the one demanded, if one is.

    Raises:
        SourceError: they differ.
    """
    if expected is not None and found != expected:
        raise SourceError(
            f"{name} has SHA-256 {found}, not {expected}",
            where=Where(url),
            hint="the publisher may have revised the file: compare with the checksum's own source before using it",
        )
