"""One at a time: of two watches on one database, one rings. What holds the place goes with the process that held it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

FAMILY = 7069629
"""The first half of every key of PostgreSQL's locks that are ours for the watch."""


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
    key = crc32(place.encode()) - 2**31
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # the lock is the session's: it ends with the connection, which goes back to no pool
        # the schema is part of the key, as two databases of alerts may share a server
        asked = f"SELECT pg_try_advisory_lock({FAMILY}, hashtext(current_schema() || '{key}'))"
        yield bool(connection.exec_driver_sql(asked).scalar())


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
