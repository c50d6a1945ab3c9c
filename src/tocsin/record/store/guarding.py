"""Two people and one claim: who writes says what they saw, and a line that came since stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.errors import Outdated
from tocsin.record.store.history import entry_of
from tocsin.record.store.tables import HISTORY

if TYPE_CHECKING:
    from tocsin.record.store.values import Entry


def lines(connection: sa.Connection, subject: str, *, after: int = 0) -> list[Entry]:
    """Lines of the history on exactly this subject (`claim:ID`, `source:KEY`), in order."""
    query = sa.select(HISTORY).where(HISTORY.c.subject == subject, HISTORY.c.entry > after).order_by(HISTORY.c.entry)
    return [entry_of(row) for row in connection.execute(query).mappings()]


def refuse_outdated(connection: sa.Connection, subject: str, seen: int | None) -> None:
    """Let nobody write over what they have not seen.

    Args:
        connection: in a transaction that writes: no other writes before it ends, in either engine.
        subject: what is to be changed.
        seen: the newest line on it that the writer saw, 0 where there was none; None asks nothing.

    Raises:
        Outdated: a line came since.
    """
    if seen is None:
        return
    since = lines(connection, subject, after=seen)
    if since:
        raise Outdated(
            f"{since[-1].by} changed this meanwhile", hint="look at what stands now, and decide again"
        )  # fmt: skip
