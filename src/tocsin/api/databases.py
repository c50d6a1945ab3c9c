"""One PostgreSQL database for a team: users in its first schema, each case's record in a schema of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.errors import InputError, Where
from tocsin.record.store.faults import told
from tocsin.record.store.opening import engine_for

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.settings import Settings

PREFIX = "case_"
LONGEST = 63 - len(PREFIX)
"""Characters: PostgreSQL cuts longer names of schemas without a word, and two cases would be one."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_PATH = re.compile(r"-c\s*search_path=\S*")
LOCK = 7069628
"""The number of the lock that two processes take turns by to make a schema."""


def team_address(settings: Settings) -> str | Path:
    """The database of users, tokens, the audit log and alerts: the setting `database`, else a file in the data folder.

    Raises:
        InputError: the setting is no address of PostgreSQL.
    """
    return checked(settings.database) if settings.database is not None else settings.data_dir / "team.db"


def name_of(case: Case) -> str:
    """The name of a case: that of its folder, as the workbench and `--case` call it."""
    return case.folder.resolve().name


def schema_of(name: str) -> str:
    """The schema that holds the record of a case.

    Raises:
        InputError: the case's folder has a name that no schema can be made of.

    Example:
        >>> schema_of("my-iraq")
        'case_my_iraq'
    """
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        hint = f"rename the folder: small letters, digits and hyphens, at most {LONGEST} characters"
        raise InputError("a case needs a plain name", where=Where(name), hint=hint)
    return PREFIX + name.replace("-", "_")


def checked(address: str) -> str:
    """The address of a team's database.

    Raises:
        InputError: it is not PostgreSQL's.

    Example:
        >>> checked("postgresql://localhost/tocsin")
        'postgresql://localhost/tocsin'
    """
    if not re.match(r"postgres(ql)?(\+psycopg)?://", address):
        hint = "give an address such as postgresql://host/name, or leave the setting out: files of SQLite"
        raise InputError("the setting database is no address of PostgreSQL", where=Where("the settings"), hint=hint)
    return address


def within(address: str, schema: str) -> str:
    """The address of one schema of a database.

    Example:
        >>> within("postgresql://tocsin@localhost/team", "case_iraq")
        'postgresql://tocsin@localhost/team?options=-csearch_path%3Dcase_iraq'
    """
    url = sa.make_url(checked(address))
    given = url.query.get("options", "")
    kept = _PATH.sub("", given if isinstance(given, str) else " ".join(given)).strip()
    options = f"{kept} -csearch_path={schema}".strip()
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def make_schema(address: str, schema: str) -> None:
    """Make a schema where there is none.

    Raises:
        FileProblem: the database cannot be reached or written.
    """
    engine, name = engine_for(address)
    quoted = engine.dialect.identifier_preparer.quote(schema)
    try:
        with told(name), engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
    finally:
        engine.dispose()


def has_tables(address: str, schema: str | None, table: str = "claims") -> bool:
    """Whether a schema (that of the address where none is named) holds a table: one of a record unless another is named.

    Raises:
        FileProblem: the database cannot be reached.
    """
    engine, name = engine_for(address)
    try:
        with told(name), engine.connect() as connection:
            return sa.inspect(connection).has_table(table, schema=schema)
    finally:
        engine.dispose()


def has_schema(address: str, schema: str) -> bool:
    """Whether there is a schema of this name.

    Raises:
        FileProblem: the database cannot be reached.
    """
    engine, name = engine_for(address)
    try:
        with told(name), engine.connect() as connection:
            return bool(sa.inspect(connection).has_schema(schema))
    finally:
        engine.dispose()


def drop_schema(address: str, schema: str) -> None:
    """Take a schema away with all that is in it.

    Raises:
        FileProblem: the database cannot be reached or written.
    """
    engine, name = engine_for(address)
    quoted = engine.dialect.identifier_preparer.quote(schema)
    try:
        with told(name), engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {quoted} CASCADE")
    finally:
        engine.dispose()
