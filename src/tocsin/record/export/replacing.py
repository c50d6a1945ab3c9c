"""What an export may be written over: nothing, an empty folder, or what an earlier export is known to have written."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

from tocsin.record.export.whole import FORMAT, LONGEST_MANIFEST, MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TABLES_FORMAT = "tocsin record tables"


def tables_manifest(form: str, counts: Mapping[str, int]) -> str:
    """What lies beside the tables of an export: whose they are, and how many rows each has."""
    whole = {"format": TABLES_FORMAT, "files": form, "tables": {name: {"rows": n} for name, n in counts.items()}}
    return json.dumps(whole, indent=2) + "\n"


def may_replace(path: Path) -> bool:
    """Whether nothing is lost that Tocsin did not write: a whole record, or a folder of tables with its manifest.

    FollowTheMoney and Web Annotation files do not say who wrote them, so they are nobody's.
    """
    if not path.exists():
        return not path.is_symlink()
    try:
        if path.is_dir():
            return not any(path.iterdir()) or _says((path / MANIFEST).read_bytes(), TABLES_FORMAT)
        with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as member:
            return _says(member.read(LONGEST_MANIFEST), FORMAT)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False


def _says(manifest: bytes, form: str) -> bool:
    """Whether a manifest is one of this format."""
    try:
        told = json.loads(manifest[:LONGEST_MANIFEST])
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("format") == form
