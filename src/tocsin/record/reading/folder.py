"""The files of a folder of documents, each under a name that is safe to show and its own."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NAME = 240
UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode categories that are never shown in a name: controls, marks of direction, surrogates, unassigned, line ends."""


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """All files of a folder and the folders in it, sorted, as (name, path).

    Left out: hidden files and folders, Office's lock files, links that lead out of the folder, linked folders, and
    what is no regular file. A name is the path inside the folder with forward slashes; characters that cannot be seen
    are written as `<U+202E>`, over-long names are cut, and a name that was changed ends in eight digits that keep it
    apart from every other.
    """
    root = folder.resolve()
    seen: set[str] = set()
    for path in sorted(_regular(root), key=lambda p: os.fsencode(p.relative_to(root).as_posix())):
        name = shown(path.relative_to(root).as_posix())
        while name in seen:
            name = _marked(name, f"{name}\x00{len(seen)}")
        seen.add(name)
        yield name, path


def shown(raw: str) -> str:
    r"""A name without characters that cannot be seen, and not over-long.

    Example:
        >>> shown("reports/2020.pdf")
        'reports/2020.pdf'
        >>> shown("a\u202efdp.exe")
        'a<U+202E>fdp~970d5318.exe'
    """
    safe = "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in UNSAFE else c for c in raw)
    return safe if safe == raw and len(raw) <= LONGEST_NAME else _marked(safe, raw)


def _marked(name: str, raw: str) -> str:
    digits = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem, dot, ending = name.rpartition(".")
    if not dot or "/" in ending or len(ending) > 10:
        stem, dot, ending = name, "", ""
    return f"{stem[: LONGEST_NAME - 20]}~{digits}{dot}{ending}"


def _regular(root: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(here) / name
            if not name.startswith((".", "~$")) and path.is_file() and path.resolve().is_relative_to(root):
                yield path
