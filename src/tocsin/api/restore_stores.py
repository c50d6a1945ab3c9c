"""Rows of a backup put into databases: a new file of SQLite, or tables of PostgreSQL in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.api.backup_stores import LEFT_OUT, RECORD, TEAM, team_metadata
from tocsin.api.backup_tables import ROWS, ordered_hash, reader
from tocsin.api.databases import has_tables
from tocsin.errors import FileProblem, TableProblem, Where
from tocsin.record.store import open_record, opening, whole
from tocsin.record.store.faults import told
from tocsin.team import database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tocsin.api.archive import Archive

INDEXES = ("claim_words", "passage_words")
"""Tables of PostgreSQL by which claims and passages are found; in SQLite they are no tables of rows."""


def is_there(name: str, address: str | Path) -> bool:
    """Whether a restore would write over something: a record, or a team with users or an audit log.

    Raises:
        TocsinError: the database cannot be reached.
    """
    if name != TEAM:
        return has_tables(address, None) if isinstance(address, str) else address.exists()
    if not (has_tables(address, None, "users") if isinstance(address, str) else address.exists()):
        return False
    engine, known_as = opening.engine_for(address)
    try:
        with told(known_as), engine.connect() as connection:
            there = set(sa.inspect(connection).get_table_names())
            asked = [table for table in team_metadata() if table.name in there & {"users", "audit"}]
            return any(connection.execute(sa.select(table).limit(1)).first() for table in asked)
    finally:
        engine.dispose()


def refuse_in_use(path: Path) -> None:
    """A file of SQLite that another process has open is not replaced: what it writes would be lost.

    Raises:
        FileProblem: it is open elsewhere.
    """
    connection = sqlite3.connect(path, timeout=1, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            hint = "end tocsin serve, tocsin watch and what else uses it; then restore again"
            raise FileProblem("this database is in use", where=Where(path), hint=hint) from error
    except sqlite3.DatabaseError:
        return  # a damaged file is what a restore is for
    finally:
        connection.close()


def fill_file(archive: Archive, name: str, path: Path) -> None:
    """Make a new file of SQLite and put a database of the backup into it.

    Raises:
        FileProblem: the rows do not fit, or what stands in the file then is not what the backup holds.
    """
    if name == TEAM:
        with _filled_team(archive, path):
            return
    with open_record(path) as record, _fitting(archive):
        record.load(_rows(archive, name), batch=ROWS)
        with record.connection() as connection:
            _hold(archive, name, connection, RECORD)


@contextmanager
def filled_server(archive: Archive, name: str, address: str, *, schema: str | None) -> Iterator[None]:
    """Put a database of the backup into PostgreSQL; it counts only when the block ends well.

    Raises:
        FileProblem: as `fill_file`, or the database cannot be reached.
    """
    if name == TEAM:
        with _filled_team(archive, address):
            yield
        return
    engine, known_as = opening.engine_for(address)
    try:
        with told(known_as), engine.connect().execution_options(**opening.WRITES) as connection, connection.begin():
            if schema is not None:
                connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            _empty_record(connection, known_as)
            with _fitting(archive):
                whole.load(connection, _rows(archive, name), batch=ROWS)
            _hold(archive, name, connection, RECORD)
            yield
    finally:
        engine.dispose()


@contextmanager
def _filled_team(archive: Archive, address: str | Path) -> Iterator[None]:
    """Put the team's database of the backup into one; it counts only when the block ends well."""
    opened = database.open_database(address)
    try:
        with opened.writing() as connection:
            _put_team(archive, connection)
            _hold(archive, TEAM, connection, team_metadata())
            yield
    finally:
        opened.engine.dispose()


def _empty_record(connection: sa.Connection, name: str) -> None:
    """The tables of a record, with nothing in them."""
    if opening.version_of(connection, name) != opening.HEAD:
        opening.upgrade(connection, name)
    _truncate(connection, [*(table.name for table in RECORD), *INDEXES])


def _rows(archive: Archive, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a record as `whole.load` takes them."""
    for table in whole.LOADED.values():
        row = reader(table)
        for line in archive.lines(f"{name}/{table.name}.jsonl"):
            yield table.name, row(line)


def _put_team(archive: Archive, connection: sa.Connection) -> None:
    """The tables of a team; nobody is signed in then."""
    known = {table.name: table for table in team_metadata()}
    _empty_team(connection, [*known, *LEFT_OUT])
    for name, table in known.items():
        if f"{TEAM}/{name}.jsonl" in archive.held:
            _put(archive, connection, table)


def _empty_team(connection: sa.Connection, names: Sequence[str]) -> None:
    """Take every row away; in a new file there are only those that its making put in."""
    if connection.dialect.name == "postgresql":
        _truncate(connection, names)
        return
    for name in reversed(names):
        connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608  # nosec B608 - names of our own tables


def _truncate(connection: sa.Connection, names: Sequence[str]) -> None:
    """Empty tables of PostgreSQL. Histories and logs are only ever added to, but for this: the whole of one is put back."""
    guards = [f"ALTER TABLE {name} {{}} TRIGGER USER" for name in names]
    for guard in guards:
        connection.exec_driver_sql(guard.format("DISABLE"))
    connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
    for guard in guards:
        connection.exec_driver_sql(guard.format("ENABLE"))


def _put(archive: Archive, connection: sa.Connection, table: sa.Table) -> None:
    row, some = reader(table), []
    for line in archive.lines(f"{TEAM}/{table.name}.jsonl"):
        some.append(row(line))
        if len(some) == ROWS:
            connection.execute(table.insert(), some)
            some = []
    if some:
        connection.execute(table.insert(), some)


def _hold(archive: Archive, name: str, connection: sa.Connection, tables: tuple[sa.Table, ...]) -> None:
    """Hold what stands in the database now against the backup, table by table."""
    for table in tables:
        member = f"{name}/{table.name}.jsonl"
        held = archive.held.get(member)
        if held is not None and ordered_hash(connection, table) != (held.rows, held.sha256):
            what = f"{member} does not come out as it went in"
            hint = "the database was left as it was; tell the makers of Tocsin"
            raise FileProblem(what, where=Where(archive.path, field=member), hint=hint)


@contextmanager
def _fitting(archive: Archive) -> Iterator[None]:
    try:
        yield
    except TableProblem as error:
        what = f"this backup does not fit the tables of a record: {error.what}"
        raise FileProblem(what, where=Where(archive.path, field=error.where.field), hint=error.hint) from error
