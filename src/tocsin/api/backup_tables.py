"""Rows of any table as lines, the same from SQLite and from PostgreSQL, in the order of the table's key."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 500
"""Rows held in memory at a time: a row may hold a whole text."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """The rows of a table, each a line of JSON."""
    rows = connection.execute(_in_order(connection, table), execution_options={"yield_per": ROWS})
    names, plain = table.columns.keys(), _is_plain(table)
    for row in rows:
        values = row if plain else [_said(value) for value in row]
        yield _ENCODE(dict(zip(names, values, strict=True))).encode() + b"\n"


def _in_order(connection: sa.Connection, table: sa.Table) -> sa.Select[Any]:
    """By the key, text by its characters in both engines, whatever the database's language is."""
    keys: list[sa.ColumnElement[Any]] = list(table.primary_key.columns or table.columns)
    if connection.dialect.name == "postgresql":
        keys = [sa.collate(key, "C") if isinstance(key.type, sa.String) else key for key in keys]
    return sa.select(table).order_by(*keys)


def _is_plain(table: sa.Table) -> bool:
    return all(isinstance(c.type, sa.String | sa.Integer | sa.Float | sa.Boolean) for c in table.columns)


def _said(value: object) -> object:
    """A value as JSON holds it: moments in UTC, bytes as digits."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).replace(tzinfo=None).isoformat()
    return value.hex() if isinstance(value, bytes) else value


def reader(table: sa.Table) -> Callable[[bytes], dict[str, Any]]:
    """What makes a row of the table out of a line."""
    moments = {c.name for c in table.columns if _kind(c) is datetime}
    binary = {c.name for c in table.columns if _kind(c) is bytes}

    def row(line: bytes) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(line)
        for name in moments & found.keys():
            found[name] = found[name] and datetime.fromisoformat(found[name]).replace(tzinfo=UTC)
        for name in binary & found.keys():
            found[name] = found[name] and bytes.fromhex(found[name])
        return found

    return row


def _kind(column: sa.Column[Any]) -> type | None:
    impl = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if isinstance(impl, sa.DateTime):
        return datetime
    return bytes if isinstance(impl, sa.LargeBinary) else None


def ordered_hash(connection: sa.Connection, table: sa.Table) -> tuple[int, str]:
    r"""How many rows a table has, and the SHA-256 of its lines in order.

    Example:
        >>> engine = sa.create_engine("sqlite://")
        >>> table = sa.Table("words", sa.MetaData(), sa.Column("word", sa.String, primary_key=True))
        >>> with engine.begin() as connection:
        ...     table.create(connection)
        ...     _ = connection.execute(table.insert(), [{"word": "b"}, {"word": "a"}])
        ...     rows, digest = ordered_hash(connection, table)
        >>> rows, digest == hashlib.sha256(b'{"word":"a"}\n{"word":"b"}\n').hexdigest()
        (2, True)
    """
    digest, rows = hashlib.sha256(), 0
    for line in lines(connection, table):
        digest.update(line)
        rows += 1
    return rows, digest.hexdigest()
