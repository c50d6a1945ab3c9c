"""The databases that a backup holds, all read at one moment."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.api.databases import has_tables, team_address
from tocsin.api.record import has_record, open_record_of, record_address
from tocsin.record.store import opening
from tocsin.record.store import tables as record_tables
from tocsin.record.store.faults import told
from tocsin.team import alert_tables, database
from tocsin.team import tables as team_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.settings import Settings

TEAM = "team"
LEFT_OUT = frozenset(("sessions",))
"""Who is signed in at the moment: after a restore everybody signs in again."""
RECORD = tuple(record_tables.METADATA.sorted_tables)


@dataclass(frozen=True, slots=True)
class Store:
    """A database that a backup holds.

    Attributes:
        name: the folder of its tables in the archive: `team`, or `cases/NAME/record`.
        address: where it is.
        version: of its tables.
        tables: each after those it stands on.
    """

    name: str
    address: str | Path
    version: str
    tables: tuple[sa.Table, ...]


def team_store(settings: Settings) -> Store | None:
    """The team's database; None where there is none.

    Raises:
        TocsinError: it cannot be reached.
    """
    address = team_address(settings)
    if not has_team(address):
        return None
    opened = database.open_database(address)
    try:
        with opened.reading() as connection:
            version = database.version_of(connection)
            there = set(sa.inspect(connection).get_table_names())
    finally:
        opened.engine.dispose()
    return Store(TEAM, address, str(version), tuple(table for table in team_metadata() if table.name in there))


def team_metadata() -> tuple[sa.Table, ...]:
    """The tables of a team that are kept."""
    all_of_them = (*team_tables.METADATA.sorted_tables, *alert_tables.METADATA.sorted_tables)
    return tuple(table for table in all_of_them if table.name not in LEFT_OUT)


def team_version() -> str:
    """The version of a team's tables that this Tocsin writes."""
    return max(path.stem[1:5] for path in (database.STEPS / "versions").glob("v*.py"))


def has_team(address: str | Path) -> bool:
    """Whether there is a team's database at an address."""
    return has_tables(address, None, "users") if isinstance(address, str) else address.is_file()


def record_store(case: Case, *, settings: Settings) -> Store | None:
    """The record of a case, brought up to this version; None where there is none.

    Raises:
        FileProblem: it cannot be opened.
    """
    if not has_record(case, settings=settings):
        return None
    open_record_of(case, settings=settings).close()
    name = f"cases/{case.folder.resolve().name}/record"
    return Store(name, record_address(case, settings=settings), opening.HEAD, RECORD)


@contextmanager
def moment(stores: Sequence[Store]) -> Iterator[dict[str, sa.Connection]]:
    """A transaction that reads for each database, by its name: writers go on, and nothing of theirs is seen.

    All schemas of one PostgreSQL database are seen at one moment; a file of SQLite is one moment of its own.
    """
    seen: dict[str, str] = {}
    with ExitStack() as stack:
        yield {store.name: stack.enter_context(_reading(store, seen)) for store in stores}


@contextmanager
def _reading(store: Store, seen: dict[str, str]) -> Iterator[sa.Connection]:
    engine, name = opening.engine_for(store.address)
    try:
        with told(name), engine.connect() as plain:
            if engine.dialect.name == "sqlite":
                with plain.begin():
                    plain.exec_driver_sql(
                        "SELECT count(*) FROM sqlite_master"
                    ).scalar()  # the moment is that of the first look
                    yield plain
                return
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                _share(connection, str(engine.url.set(query={})), seen)
                yield connection
    finally:
        engine.dispose()


def _share(connection: sa.Connection, server: str, seen: dict[str, str]) -> None:
    """See what the first transaction on this database sees."""
    if server in seen:
        connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{seen[server]}'")
    else:
        seen[server] = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar())
