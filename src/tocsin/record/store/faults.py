"""A database's faults in words: what is wrong with which record, and what mends it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = (
    (("is locked", "lock timeout", "locknotavailable"), "another process has kept the record to itself for too long",
     "wait until it is done, or end it; then try again"),
    (("disk is full", "no space left", "file size limit", "disk full", "diskfull"), "there is no room left to write the record",
     "free some space and run again: what was accepted is safe, and the run goes on where it stopped"),
    (("readonly", "read only", "read-only"), "the record can be read but not written",
     "give yourself the right to write the file and its folder"),
    (("not a database", "malformed", "file is encrypted"), "this is not a record, or it is damaged",
     "restore the record from a backup, or give another file"),
    (("unable to open", "could not translate", "connection refused", "connection failed", "connection to server",
      "authentication failed", "does not exist"), "the record cannot be opened", "check the address and the right to read it"),
    (("disk i/o error", "full"), "writing to the record failed",
     "look at the disk and its free space; what was accepted before is safe"),
)  # fmt: skip


@contextmanager
def told(name: str) -> Iterator[None]:
    """Faults of the database become faults of the record that has this name.

    Raises:
        FileProblem: locked for long, disk full, read-only, not a record, or out of reach.
    """
    try:
        yield
    except exc.TimeoutError as error:
        what = "more ask this record at once than can be answered"
        raise FileProblem(what, where=Where(name), hint="wait a little, and try again") from error
    except (exc.OperationalError, exc.InternalError, exc.DatabaseError) as error:
        problem = _problem(error, name)
        if problem is None:
            raise
        raise problem from error


def _problem(error: exc.DBAPIError, name: str) -> FileProblem | None:
    """The fault in words; None for one that is our own mistake."""
    said = f"{type(error.orig).__name__} {error.orig}".lower()
    if isinstance(error, exc.IntegrityError | exc.ProgrammingError | exc.DataError):
        return None
    for signs, what, hint in _SIGNS:
        if any(sign in said for sign in signs):
            return FileProblem(what, where=Where(name), hint=hint)
    first = str(error.orig).strip().split("\n", maxsplit=1)[0]
    return FileProblem(
        f"the record's database failed: {first}", where=Where(name), hint="look at the database's own log"
    )
