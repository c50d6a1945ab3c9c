"""Opening a record: which engine, with which settings, and brought up to the version of this Tocsin."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

from tocsin.errors import FileProblem, MissingExtra, Where
from tocsin.record.store import passages
from tocsin.record.store.faults import told
from tocsin.record.store.tables import META

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

STEPS = Path(__file__).parent / "migrations"
HEAD = "0002"
"""The version this Tocsin writes: the newest step in `migrations`."""
WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""
WRITES = {"tocsin_writes": True}
AT_ONCE: Final[dict[str, Any]] = {"pool_size": 4, "max_overflow": 2, "pool_timeout": WAIT_SECONDS}
"""Connections to a file at once, and for how long one more waits: each keeps pages of the file in memory, up to 64 MB."""
_NEW_POSTGRES = "postgresql+psycopg"


def engine_for(address: str | Path) -> tuple[sa.Engine, str]:
    """The engine of an address, and the name that a reader knows it by (without its password).

    Raises:
        FileProblem: the address is of no engine that a record can be kept in.
        MissingExtra: it is PostgreSQL's, and its driver is not installed.
    """
    text = str(address)
    if isinstance(address, Path) or "://" not in text:
        return _sqlite(Path(text)), text
    try:
        url = make_url(text)
    except sa.exc.ArgumentError as error:
        raise FileProblem(
            "this is no address of a database", where=Where("the record's address"), hint=_HINT
        ) from error
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite(Path(url.database)), url.database
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise FileProblem("a record is kept in SQLite or PostgreSQL", where=Where(name), hint=_HINT)
    return _postgres(url.set(drivername=_NEW_POSTGRES)), name


_HINT = "give the path of a file, or an address such as postgresql://host/name"


def _sqlite(path: Path) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(path))
    if is_only_read(path):
        engine = sa.create_engine(url, creator=lambda: _connect_reading(path), **AT_ONCE)
    else:
        engine = sa.create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **AT_ONCE)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.isolation_level = None  # transactions begin where `begin` below says so
        for pragma in ("foreign_keys=ON", "secure_delete=ON", "cache_size=-65536", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("tocsin_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def is_only_read(path: Path) -> bool:
    """Whether a record's file is there and can be read only: it, or the folder for the log beside it, cannot be written."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect_reading(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, also not beside the file.

    With a log of writes beside it somebody may be at work, and SQLite needs the log; without one the file is all there is.
    """
    log = path.with_name(f"{path.name}-wal")
    is_still = not (log.exists() and log.stat().st_size)
    asked = "mode=ro&immutable=1" if is_still else "mode=ro"
    address = f"file:{quote(str(path.resolve()))}?{asked}"
    return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, check_same_thread=False)


def _postgres(url: sa.URL) -> sa.Engine:
    try:
        engine = sa.create_engine(url, connect_args={"connect_timeout": WAIT_SECONDS}, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtra("PostgreSQL's driver is not installed", hint="pip install 'tocsin[postgres]'") from error

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("tocsin_writes"):
            # one writer at a time, as in SQLite: components of judgements are read and written back
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7069627, hashtext(current_schema()))")

    return engine


def prepare(engine: sa.Engine, name: str, *, create: bool) -> bytes:
    """Bring the record up to this version, or make it; returns its key for hashes of what was removed.

    Raises:
        FileProblem: there is no record and none is to be made; it is no record; or a newer Tocsin wrote it.
    """
    if engine.dialect.name == "sqlite":
        _prepare_file(engine, name, create=create)
    with told(name), engine.connect() as connection:
        version = version_of(connection, name)
    if version is None and not create:
        raise FileProblem("there is no record here", where=Where(name), hint="read documents first: tocsin read")
    if version not in {HEAD, None} and engine.dialect.name == "sqlite" and is_only_read(Path(str(engine.url.database))):
        hint = "copy it to where it can be written, and open it there"
        what = f"the record is of version {version}, and cannot be brought up to {HEAD}: it can only be read"
        raise FileProblem(what, where=Where(name), hint=hint)
    if version != HEAD:
        with told(name), engine.connect().execution_options(**WRITES) as connection, connection.begin():
            if version_of(connection, name) != HEAD:
                upgrade(connection, name)
                passages.complete(connection)
            if connection.scalar(sa.select(META.c.value).where(META.c.name == "key")) is None:
                connection.execute(META.insert().values(name="key", value=secrets.token_hex(32)))
    with told(name), engine.connect() as connection:
        return key_of(connection)


def key_of(connection: sa.Connection) -> bytes:
    """The record's own key, by which what was removed is known again."""
    return bytes.fromhex(str(connection.scalar(sa.select(META.c.value).where(META.c.name == "key"))))


def _prepare_file(engine: sa.Engine, name: str, *, create: bool) -> None:
    """A file of SQLite: there, or to be made; writers do not keep readers out (write-ahead log)."""
    path = Path(str(engine.url.database))
    if path.is_dir():
        raise FileProblem(
            "this is a folder, not a record", where=Where(name), hint="give the path of the record's file"
        )
    if not create and not path.exists():
        raise FileProblem("there is no record here", where=Where(name), hint="read documents first: tocsin read")
    if not path.parent.is_dir():
        raise FileProblem(
            "the folder for the record is not there", where=Where(path.parent), hint="make the folder first"
        )
    with told(name), engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        connection.rollback()
        if mode != "wal" and not is_only_read(path):
            version_of(connection, name)
            connection.rollback()
            cursor = connection.connection.cursor()  # outside a transaction, where alone the mode can be set
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.close()


def version_of(connection: sa.Connection, name: str) -> str | None:
    """The version of the record behind a connection; None where the database is empty.

    Raises:
        FileProblem: the database holds something else.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" in tables and "claims" in tables:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if tables - {"alembic_version"}:
        some = ", ".join(sorted(tables)[:5])
        hint = "give an empty database, or the one that Tocsin made"
        raise FileProblem(
            f"this is a database, but not a record: it has the tables {some}", where=Where(name), hint=hint
        )
    return None


def upgrade(connection: sa.Connection, name: str, *, folder: Path = STEPS, to: str = "head") -> None:
    """Run the steps that a record still lacks, in the connection's transaction.

    Raises:
        FileProblem: the record's version is none of the steps': a newer Tocsin wrote it.
    """
    # alembic takes a fifth of a second to import, and is needed only where a step is to be run
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    steps = ScriptDirectory(str(folder))
    context = MigrationContext.configure(connection, opts={"fn": lambda now, _: steps._upgrade_revs(to, now)})  # noqa: SLF001  # alembic's own env.py does so
    version = context.get_current_revision()
    known = {step.revision for step in steps.walk_revisions()}
    if version is not None and version not in known:
        raise FileProblem(
            f"a newer Tocsin wrote this record: its version is {version[:40]}, and this Tocsin knows up to {max(known)}",
            where=Where(name), hint="install the newer Tocsin; the record was not touched",
        )  # fmt: skip
    with Operations.context(context):
        context.run_migrations()
