"""The files that a case is: what goes with it when it is copied, and what a name in an archive may be."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tocsin.case.folder import DOCUMENT_KINDS
from tocsin.case.read_toml import CASE_FILE
from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = frozenset(("out", "__pycache__"))
"""Folders of what Tocsin or Python made, which is made again."""
DEEPEST = 8
LONGEST = 200
"""Characters of one part of a name."""
KINDS = DOCUMENT_KINDS | {
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".geojson",
    ".jsonl",
    ".zip",
    ".xls",
    ".ods",
    ".xml",
    ".rtf",
}
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def case_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a case with their names within it, in order: hidden files, links and what is made again left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) for part in parts) or parts[0] in MADE or "__pycache__" in parts
        linked = any(p.is_symlink() for p in (path, *path.parents) if p != folder and folder in p.parents)
        if path.is_file() and not hidden and not linked:
            yield "/".join(parts), path


def cases_in(folder: Path) -> tuple[Path, ...]:
    """The case folders in a folder, by name; hidden ones left out.

    Raises:
        FileProblem: there is no such folder, or no case in it.
    """
    if not folder.is_dir():
        raise FileProblem("this folder is not there", where=Where(folder), hint="check its name")
    found = tuple(sorted(path.parent for path in folder.glob(f"*/{CASE_FILE}") if not path.parent.name.startswith(".")))
    if not found:
        hint = f"each case is a folder of its own with a {CASE_FILE}; write one with: tocsin new NAME"
        raise FileProblem("this folder holds no cases", where=Where(folder), hint=hint)
    return found


def leads_out(name: str) -> bool:
    r"""Whether a name within a folder would lead out of it, or is none.

    Example:
        >>> [leads_out(name) for name in ("a/b.csv", "../b.csv", "/b.csv", "a//b.csv", "C:/b.csv", "a\\b.csv")]
        [False, True, True, True, True, True]
    """
    parts = name.split("/")
    return bool(set(parts) & {"", ".", ".."}) or bool(re.match(r"[A-Za-z]:", name)) or "\\" in name or "\0" in name


def fault_of_name(name: str) -> str | None:
    """What keeps a name from being one of a case's files; None where nothing does.

    Example:
        >>> fault_of_name("documents/reports/a report (2).pdf"), fault_of_name("../up.csv")
        (None, 'it leads out of the case')
        >>> fault_of_name("run.sh")
        'files of this kind are no part of a case'
    """
    parts = name.split("/")
    if leads_out(name):
        return "it leads out of the case"
    if len(parts) > DEEPEST or any(len(part.encode()) > LONGEST for part in parts):
        return "it is too long or too deep"
    if any(not p or p != p.strip() or p.endswith(".") or _FORBIDDEN.search(p) or _DEVICES.fullmatch(p) for p in parts):
        return "it has a part that no file is called"
    if any(part.startswith((".", "~$")) for part in parts) or parts[0] in MADE:
        return "hidden files and what is made again are no part of a case"
    return None if PurePosixPath(name).suffix.lower() in KINDS else "files of this kind are no part of a case"


def is_document(name: str) -> bool:
    """Whether a file of a case is one of its documents."""
    return name.startswith("documents/") and name != "documents/README.md"


__all__ = ["CASE_FILE", "case_files", "cases_in", "fault_of_name", "is_document", "leads_out"]
