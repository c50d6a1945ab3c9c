"""Where a case is put together before it is in its place, and what is left of one whose process was ended."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.api.databases import drop_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.settings import Settings

UNFINISHED = ".importing"
HALF_A_SCHEMA = "schema"
"""A file beside the case: its record is being filled in PostgreSQL, in a schema that was not there before."""


@contextmanager
def beside(into: Path, name: str, settings: Settings) -> Iterator[Path]:
    """A folder to unpack into, of which nothing is left unless it was renamed; the lock says that somebody is at it."""
    into.mkdir(parents=True, exist_ok=True)
    _clear(into, settings)
    begun = into / f".{name}.{secrets.token_hex(4)}.begun"
    begun.mkdir()
    with _lock(begun):
        scratch = begun.rename(begun.with_suffix(UNFINISHED))
        try:
            (scratch / name).mkdir()
            yield scratch / name
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def interrupted(into: Path) -> tuple[str, ...]:
    """Names of cases that a process was putting into a folder when it was ended: nothing of them is there."""
    return tuple(sorted({_name_of(left) for left in _abandoned(into) if (left / _name_of(left)).is_dir()}))


def _abandoned(into: Path) -> Iterator[Path]:
    for left in into.glob(f".*{UNFINISHED}"):
        try:
            with _lock(left):
                yield left
        except OSError:  # somebody is at it, or has just put it away
            continue


def _name_of(left: Path) -> str:
    return left.name[1:].rsplit(".", 2)[0]


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Keep a folder to this process until it is done or is no more."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear(into: Path, settings: Settings) -> None:
    """Put away what processes that were ended left of imports, half a record in PostgreSQL too."""
    for left in _abandoned(into):
        name = _name_of(left)
        if (left / HALF_A_SCHEMA).exists() and settings.database is not None and not (into / name).exists():
            drop_schema(settings.database, schema_of(name))
        shutil.rmtree(left, ignore_errors=True)
