"""Documents to hand on: the files of every edition, under names that say what they are."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from tocsin.brief.words import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tocsin.editions import Edition

STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
FILES = {
    "brief.pdf": ("Brief, PDF", "application/pdf"),
    "outlook.json": ("Warnings of all countries, JSON", "application/json"),
    "provinces.json": ("Warnings of the provinces, JSON", "application/json"),
    "draws.parquet": ("Forecast of all countries, draws, Parquet", "application/vnd.apache.parquet"),
    "draws-admin1.parquet": ("Forecast of the provinces, draws, Parquet", "application/vnd.apache.parquet"),
}  # fmt: skip
"""Files that are handed out, what each is, and its type; the brief as a page is a document of its own."""

PAGE = "brief.html"


class FileShown(NamedTuple):
    """A file to hand on.

    Attributes:
        name: of the file.
        title: what it is.
        size: in words.
    """

    name: str
    title: str
    size: str


class EditionShown(NamedTuple):
    """An edition with its documents."""

    id: str
    made: datetime
    known: str
    newest: bool
    page: FileShown | None
    files: tuple[FileShown, ...]


def editions_shown(editions: Sequence[Edition]) -> tuple[EditionShown, ...]:
    """Every edition with the files it can hand on, newest first."""
    return tuple(
        EditionShown(
            one.id, one.manifest.made, long_date(one.manifest.as_known_on), number == 0,
            _file(one, PAGE, "Brief, as a page") if PAGE in one.manifest.files else None,
            tuple(_file(one, name, title) for name, (title, _) in FILES.items() if name in one.manifest.files),
        )
        for number, one in enumerate(editions)
    )  # fmt: skip


def _file(edition: Edition, name: str, title: str) -> FileShown:
    return FileShown(name, title, size_told(edition.manifest.files[name].bytes))


def size_told(size: int) -> str:
    """A size in words.

    Example:
        >>> size_told(840), size_told(12_300), size_told(2_345_678)
        ('1 kB', '13 kB', '2.3 MB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"


def policy_for(brief: bytes) -> str:
    """The policy under which a brief is shown: its own style sheets, by their hashes, and pictures within it; no script."""
    styles = {f"'sha256-{b64encode(sha256(found).digest()).decode()}'" for found in STYLE.findall(brief)}
    return (
        f"default-src 'none'; style-src {' '.join(sorted(styles)) or chr(39) + 'none' + chr(39)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups"
    )
