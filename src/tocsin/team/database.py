"""The team's database: how it is opened, read and written, in SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

from tocsin.errors import FileProblem, MissingExtra, Where
from tocsin.team.faults import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine.interfaces import DBAPIConnection

STEPS = Path(__file__).parent / "migrations"
VERSION_TABLE = "team_version"
WAIT_SECONDS = 10
"""How long a writer waits for another, and a request for a connection, before it gives up."""


def utc_now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database.

    Attributes:
        engine: connections to it.
        name: how a reader knows it, without its password.
        now: the clock; another one in tests.
    """

    engine: sa.Engine
    name: str
    now: Callable[[], datetime] = utc_now

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that reads.

        Raises:
            TocsinError: the database is out of reach.
        """
        with told(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes, one after another in all processes; whole or not at all.

        Raises:
            TocsinError: the database is out of reach, full, or kept by another for long.
        """
        with (
            told(self.name),
            self.engine.connect().execution_options(team_writes=True) as connection,
            connection.begin(),
        ):
            yield connection


def open_database(address: str | Path, *, now: Callable[[], datetime] = utc_now) -> Database:
    """Open a team's database, make it where there is none, and bring it up to this version.

    Args:
        address: the path of an SQLite file, or an address as postgresql://host/name.
        now: the clock.

    Raises:
        FileProblem: the address is of no engine we know, or a newer Tocsin wrote the database.
        MissingExtra: it is PostgreSQL's, and its driver is not installed.
        TocsinError: it cannot be reached.
    """
    database = _engine(address, now)
    newest = max(path.stem[1:5] for path in (STEPS / "versions").glob("v*.py"))
    try:
        with database.reading() as connection:
            version = version_of(connection)
        if version != newest:
            with database.writing() as connection:
                _upgrade(connection, database.name)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def version_of(connection: sa.Connection) -> str | None:
    """The version of the database; None where it holds no team yet."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608  # nosec B608 - a constant of ours
    return None if found is None else str(found)


def _engine(address: str | Path, now: Callable[[], datetime]) -> Database:
    text = str(address)
    if isinstance(address, Path) or "://" not in text:
        return Database(_sqlite(Path(text)), text, now)
    try:
        url = make_url(text)
    except sa.exc.ArgumentError:
        raise FileProblem("this is no address of a database", where=Where(field="database"), hint=_HINT) from None
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database:
        return Database(_sqlite(Path(url.database)), url.database, now)
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise FileProblem("a team is kept in SQLite or PostgreSQL", where=Where(name), hint=_HINT)
    return Database(_postgres(url.set(drivername="postgresql+psycopg")), name, now)


_HINT = "give the path of a file, or an address such as postgresql://host/name"


def _sqlite(path: Path) -> sa.Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)  # it holds password hashes: nobody but the server's user needs to read it
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": WAIT_SECONDS},
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.isolation_level = None  # transactions begin where `begin` below says so
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("team_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: sa.URL) -> sa.Engine:
    try:
        engine = sa.create_engine(
            url,
            connect_args={"connect_timeout": WAIT_SECONDS},
            pool_pre_ping=True,
            pool_timeout=WAIT_SECONDS,
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise MissingExtra("PostgreSQL's driver is not installed", hint="pip install 'tocsin[postgres]'") from error

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("team_writes"):
            # one writer at a time, as in SQLite: each line of the audit log stands on the one before it
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7069628, hashtext(current_schema()))")

    return engine


def _upgrade(connection: sa.Connection, name: str) -> None:
    """Run the steps that the database still lacks, in the connection's transaction."""
    # alembic takes a fifth of a second to import, and is needed only where a step is to be run
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    steps = ScriptDirectory(str(STEPS))
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda now, _: steps._upgrade_revs("head", now), "version_table": VERSION_TABLE},  # noqa: SLF001  # alembic's own env.py does so
    )
    version = context.get_current_revision()
    known = {step.revision for step in steps.walk_revisions()}
    if version is not None and version not in known:
        raise FileProblem(
            f"a newer Tocsin wrote this team's database: its version is {version[:40]}, and this Tocsin knows up to {max(known)}",
            where=Where(name), hint="install the newer Tocsin; the database was not touched",
        )  # fmt: skip
    with Operations.context(context):
        context.run_migrations()
