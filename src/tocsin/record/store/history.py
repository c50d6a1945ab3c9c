"""The history of the record: lines are only ever added, and the database itself refuses anything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError
from tocsin.record.store.rows import now
from tocsin.record.store.tables import HISTORY
from tocsin.record.store.values import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(
    connection: sa.Connection, *, action: str, by: str, subject: str, topic: str, why: str,
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None, undoes: int | None = None,
) -> int:  # fmt: skip
    """Add a line, and give its number.

    Args:
        connection: in a transaction that writes.
        action: what was done.
        by: who did it.
        subject: what it is about, as `claim:ID`.
        topic: the one thing that it set, as `status:ID`, by which later lines can stand on it; empty where none can.
        why: the reason.
        before: what stood.
        after: what stands now.
        undoes: the line that this one undoes.
    """
    row = HISTORY.insert().values(
        at=now(), by_whom=by, action=action, subject=subject, topic=topic, why=why, before=_json(before),
        after=_json(after), undoes=undoes,
    )  # fmt: skip
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def entry_of(row: sa.RowMapping) -> Entry:
    """The line that a row holds."""
    return Entry(
        row["entry"], row["at"], row["by_whom"], row["action"], row["subject"], row["why"], row["before"], row["after"],
        row["undoes"], row["removal"],
    )  # fmt: skip


def history(
    connection: sa.Connection, *, subject: str | None = None, limit: int | None = None, after: int | None = None
) -> list[Entry]:
    """Lines in order; of one subject, where it is given (`claim:ID`, or the ID alone)."""
    query = sa.select(HISTORY).order_by(HISTORY.c.entry).limit(limit)
    if subject is not None:
        forms = [subject, *(f"{kind}:{subject}" for kind in ("claim", "document", "source", "entity"))]
        pair = sa.or_(HISTORY.c.topic.startswith(f"pair:{subject}\x1f", autoescape=True),
                      HISTORY.c.topic.endswith(f"\x1f{subject}", autoescape=True))  # fmt: skip
        query = query.where(
            sa.or_(HISTORY.c.subject.in_(forms), sa.and_(HISTORY.c.action.in_(("judge", "undo")), pair))
        )
    if after is not None:
        query = query.where(HISTORY.c.entry > after)
    return [entry_of(row) for row in connection.execute(query).mappings()]


def person_and_reason(by: str, why: str) -> tuple[str, str]:
    """Who decides and why, neither empty.

    Raises:
        InputError: one of them is.
    """
    if not by.strip():
        raise InputError("nobody is named who does this", hint="give the name of the person who decides")
    if not why.strip():
        raise InputError("no reason is given", hint="say in a few words why; it is kept in the history")
    return by.strip(), why.strip()
