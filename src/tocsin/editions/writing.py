"""Writing an edition: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.editions.edition import Edition, Editions
from tocsin.editions.manifest import MANIFEST, Manifest, edition_id, file_held

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = 30
"""Editions of a case that are kept; the oldest go first."""

MAKING = ".making-"
ABANDONED_SECONDS = 6 * 3600
"""A folder half made this long ago was left by a process that was killed."""


def write_edition(folder: Path, *, manifest: Manifest, files: Mapping[str, bytes], keep: int = KEPT) -> Edition:
    """Write an edition beside its place, on the disk to the last byte, and rename it into it.

    Args:
        folder: the folder of the case's editions; made where it is not there.
        manifest: what the edition says of itself; hashes and sizes of its files are put in here.
        files: content by name, as `areas.json` or `pages/now.json`.
        keep: how many editions stay.

    Raises:
        ValueError: a name would lie outside the edition.
        OSError: the disk is full or may not be written to; nothing of the edition is left then.
    """
    held = {name: file_held(content) for name, content in sorted(files.items())}
    whole = Manifest.model_validate({**manifest.model_dump(), "files": held})
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / edition_id(whole)
    if place.exists():
        return Editions(folder).get(place.name)
    making = Path(tempfile.mkdtemp(dir=folder, prefix=MAKING))
    try:
        for name, content in files.items():
            _write(making / name, content)
        _write(making / MANIFEST, whole.model_dump_json(indent=1).encode())
        making.chmod(0o755)
        for made in (*(p for p in making.iterdir() if p.is_dir()), making):
            _settle(made)
        _take_place(making, place)
        _settle(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    editions = Editions(folder)
    editions.prune(keep=keep)
    _clear(folder)
    return editions.get(place.name)


def _take_place(making: Path, place: Path) -> None:
    """Rename into place, unless another process has just written the same edition there."""
    try:
        making.rename(place)
    except OSError:
        if not (place / MANIFEST).is_file():
            raise


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the disk hold the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    """Take away what a killed process left half made."""
    for left in folder.glob(f"{MAKING}*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
