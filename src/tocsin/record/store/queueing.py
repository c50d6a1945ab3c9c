"""The queue of review, in its order, from wherever somebody left it: the index gives each stretch of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus
from tocsin.record.kinds import kinds
from tocsin.record.store import finding
from tocsin.record.store.asked import Asked
from tocsin.record.store.tables import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator

RANKS = (ClaimStatus.CONFLICT, ClaimStatus.ISSUE, ClaimStatus.WORK_NEEDED, ClaimStatus.PROPOSED)
"""Standings that review has not settled, the most pressing first."""
At = tuple[str, str, int]
"""A place in the queue: standing, kind, place in the record's order."""


def waiting(
    connection: sa.Connection, *, kind: str | None, status: ClaimStatus | None, document: str | None, after: At | None,
    limit: int,
) -> list[At]:  # fmt: skip
    """The next claims that wait: by standing, then kind, then the record's order.

    Args:
        connection: in a transaction.
        kind: only of this kind.
        status: only those that stand so.
        document: only of the document of this hash.
        after: the last place seen; None begins.
        limit: at most.
    """
    found: list[At] = []
    there = finding.tally(connection, Asked()).counts
    for standing, of_kind in _stretches(kind, status):
        if (of_kind, standing) not in there:
            continue
        if after is not None and _rank(standing, of_kind) < _rank(after[0], after[1]):
            continue
        begin = after[2] if after is not None and after[:2] == (standing, of_kind) else 0
        where = [CLAIMS.c.status == standing, CLAIMS.c.kind == of_kind, CLAIMS.c.seq > begin]
        if document is not None:
            of_document = sa.select(CLAIMS.c.seq).where(CLAIMS.c.document_id == document)
            where.append(CLAIMS.c.seq.in_(of_document))
        query = sa.select(CLAIMS.c.seq).where(*where)
        query = query.order_by(CLAIMS.c.seq).limit(limit - len(found))
        found += [(standing, of_kind, seq) for seq in connection.scalars(query)]
        if len(found) >= limit:
            break
    return found


def _stretches(kind: str | None, status: ClaimStatus | None) -> Iterator[tuple[str, str]]:
    for standing in RANKS if status is None else (status,):
        for name in kinds() if kind is None else (kind,):
            yield standing.value, name


def _rank(standing: str, kind: str) -> tuple[int, str]:
    known = [one.value for one in RANKS]
    return (known.index(standing) if standing in known else len(known)), kind
