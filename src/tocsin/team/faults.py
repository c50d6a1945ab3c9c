"""Faults of the team's database in words; what it was asked to keep is never among them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from tocsin.errors import TocsinError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = (
    (("is locked", "lock timeout", "locknotavailable"), "another process keeps the team's database to itself",
     "wait until it is done; then try again"),
    (("disk is full", "no space left", "disk full", "diskfull"), "there is no room left to write the team's database",
     "free some space; nothing that was kept before is lost"),
    (("readonly", "read only", "read-only"), "the team's database can be read but not written",
     "give the server's user the right to write the file and its folder"),
    (("not a database", "malformed"), "this is not a team's database, or it is damaged", "restore it from a backup"),
)  # fmt: skip


@contextmanager
def told(name: str) -> Iterator[None]:
    """Faults of the database become faults with words.

    Raises:
        TocsinError: locked for long, full, read-only, damaged or out of reach.
    """
    try:
        yield
    except (exc.DatabaseError, exc.InterfaceError, exc.TimeoutError) as error:
        if isinstance(error, exc.IntegrityError | exc.ProgrammingError | exc.DataError | exc.NotSupportedError):
            raise  # a mistake of ours, not a fault of the database
        said = f"{type(getattr(error, 'orig', error)).__name__} {getattr(error, 'orig', error)}".lower()
        for signs, what, hint in _SIGNS:
            if any(sign in said for sign in signs):
                raise TocsinError(what, where=Where(name), hint=hint) from None
        if "no such" in said or "has no column" in said:
            raise  # SQLite's words for a mistake of ours
        hint = "look whether the database is running, and at the setting database; nothing kept there is lost"
        raise TocsinError("the team's database cannot be reached", where=Where(name), hint=hint) from None
