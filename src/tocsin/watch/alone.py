"""One at a time: of two watches on one database, one rings. What holds the place goes with the process that held it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILY = 7069629
"""The first half of the key of each of PostgreSQL's locks that the watch takes; the second has the schema in it, as two
databases of alerts may share a server."""
TAKE = sa.text("SELECT pg_try_advisory_lock(:family, hashtext(current_schema() || :place))")
LET_GO = sa.text("SELECT pg_advisory_unlock(:family, hashtext(current_schema() || :place))")


@contextmanager
def alone_with(engine: sa.Engine, place: str) -> Iterator[bool]:
    """Hold a place, such as `ring`, for one process at a time: whether it is held by this one.

    No clock is asked: a lock of PostgreSQL's session, or of the system on a file beside SQLite's, is let go when its
    holder ends, however it ends.
    """
    if engine.dialect.name == "postgresql":
        with _in_postgres(engine, place) as held:
            yield held
    else:
        with _on_file(Path(f"{engine.url.database}.{place}.lock")) as held:
            yield held


@contextmanager
def _in_postgres(engine: sa.Engine, place: str) -> Iterator[bool]:
    asked = {"family": FAMILY, "place": place}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # the lock is the session's: it ends with the connection, which goes back to no pool
        held = bool(connection.scalar(TAKE, asked))
        try:
            yield held
        finally:
            # a server notices a closed connection a moment later, and the next round may come at once
            with suppress(sa.exc.DBAPIError):
                if held:
                    connection.execute(LET_GO, asked)


@contextmanager
def _on_file(path: Path) -> Iterator[bool]:
    if sys.platform == "win32":
        yield True
        return
    import fcntl  # noqa: PLC0415  # this module is not there on Windows

    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
