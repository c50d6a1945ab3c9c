"""The whole record as rows, streamed out and put back, with nothing lost: history and removals included."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, TableProblem, UnknownName, Where
from tocsin.record.store import claims, naming, passages, searching
from tocsin.record.store.tables import CLAIMS, DOCUMENTS, ENTITIES, HISTORY, KEPT, META, PASSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BATCH = 5000
INDEXED_AT_ONCE = 2000
LOADED = {**KEPT, PASSAGES.name: PASSAGES}
"""What can be put back: where the numbers of passages come too, they stay the same."""


def every(connection: sa.Connection, name: str, *, batch: int = BATCH) -> Iterator[dict[str, Any]]:
    """All rows of a table in the order of its key; at most `batch` are held at a time.

    Raises:
        UnknownName: a whole record has no such table.
    """
    table = _table(name, KEPT)
    query = sa.select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=batch).execute(query).mappings()
    return (dict(row) for row in rows)


def _table(name: str, known: Mapping[str, sa.Table]) -> sa.Table:
    if name not in known:
        raise UnknownName.of("table of a record", name, known)
    return known[name]


def load(connection: sa.Connection, rows: Iterable[tuple[str, Mapping[str, Any]]], *, batch: int = BATCH) -> int:
    """Put a whole record back into an empty one; gives the number of rows.

    Args:
        connection: in a transaction that writes; all of it or nothing is put back.
        rows: each with the name of its table; tables in the order of `KEPT`, and `passages` last where their numbers are
            to stay the same.
        batch: rows written at a time.

    Raises:
        InputError: the record is not empty.
        TableProblem: the tables are not in order, or a row does not fit its table.
    """
    if any(connection.execute(sa.select(table).limit(1)).first() for table in (DOCUMENTS, ENTITIES, HISTORY)):
        hint = "give the path of a new record"
        raise InputError("a whole record can be put back only into an empty one", hint=hint)
    connection.execute(META.delete())
    order, count, last = list(LOADED), 0, -1
    for name, group in groupby(rows, key=lambda row: row[0]):
        table = _table(name, LOADED)
        if order.index(name) <= last:
            raise TableProblem("the tables of the record are not in order", where=Where(field=name), hint=_ORDER)
        last = order.index(name)
        part = (dict(row) for _, row in group)
        while some := list(islice(part, batch)):
            _write(connection, table, some)
            count += len(some)
    _finish(connection)
    return count


_ORDER = f"the order is {', '.join(KEPT)}"


def _write(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    columns = set(table.columns.keys())
    for row in rows:
        if set(row) != columns:
            odd = ", ".join(sorted(set(row) ^ columns))
            raise TableProblem(f"a row does not have the columns of its table: {odd}", where=Where(field=table.name))
    try:
        connection.execute(table.insert(), rows)
    except (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.StatementError) as error:
        if isinstance(error, sa.exc.OperationalError):
            raise
        first = str(error.orig).split("\n", maxsplit=1)[0]
        raise TableProblem(f"a row does not fit its table: {first}", where=Where(field=table.name)) from error


def _finish(connection: sa.Connection) -> None:
    """Make what follows from the rows: the index of words, the words of names, and where counting goes on."""
    if connection.scalar(sa.select(META.c.value).where(META.c.name == "key")) is None:
        raise TableProblem(
            "the record's key is missing", where=Where(field="meta"), hint="the file was cut short or altered"
        )
    last = 0
    while seqs := list(connection.scalars(
        sa.select(CLAIMS.c.seq).where(CLAIMS.c.seq > last).order_by(CLAIMS.c.seq).limit(INDEXED_AT_ONCE)
    )):  # fmt: skip
        found = claims.with_keys(connection, seqs)
        searching.put(connection, [(seq, claim.proposal) for seq, claim in zip(seqs, found, strict=True)])
        last = seqs[-1]
    name, key = "", ENTITIES.c.entity_id
    while rows := connection.execute(
        sa.select(key, ENTITIES.c.name).where(key > name).order_by(key).limit(INDEXED_AT_ONCE)
    ).all():  # fmt: skip
        naming.index_names(connection, rows)
        name = rows[-1][0]
    passages.index(connection)
    passages.complete(connection)
    if connection.dialect.name == "postgresql":
        _count_on(connection)


def _count_on(connection: sa.Connection) -> None:
    """PostgreSQL counts by itself only what it was not given."""
    for table in KEPT.values():
        for column in table.primary_key.columns:
            if table.autoincrement_column is column and not column.foreign_keys:
                sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
                top = f"(SELECT max({column.name}) FROM {table.name})"  # noqa: S608  # names of our own tables
                connection.exec_driver_sql(f"SELECT setval({sequence}, {top}) WHERE {top} IS NOT NULL")
