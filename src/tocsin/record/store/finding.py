"""Finding claims by all that is asked at once, in bounded time.

One index leads, and no more than so many of the claims that it gives are held against the rest of what is asked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus
from tocsin.record.kinds import kinds
from tocsin.record.store import claims, searching
from tocsin.record.store.asked import COUNTED, Asked, Page, Tally
from tocsin.record.store.tables import ARGUMENTS, CLAIMS, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tocsin.record.store.outlines import Dates
    from tocsin.record.store.values import StoredClaim

LOOKED_AT = 10_000
"""Claims that are held against what is asked, for one page."""
Conditions = list[sa.ColumnElement[bool]]


def find(connection: sa.Connection, asked: Asked, *, limit: int, after: int = 0, most: int = LOOKED_AT) -> Page:
    """The next claims that meet all that is asked, in the record's order.

    Args:
        connection: in a transaction.
        asked: what is asked.
        limit: claims at most.
        after: where to begin: a place in the record's order, 0 for the beginning.
        most: claims that are looked at, at most.
    """
    rest = _rest(connection, asked)
    leading = _leading(connection, asked, after=after, limit=most if rest else limit + 1)
    if leading is None:
        return Page((), None, 0)
    seqs = list(connection.scalars(_met(leading, rest).limit(limit + 1)))
    kept = tuple(claims.with_keys(connection, seqs[:limit]))
    if len(seqs) > limit:
        return Page(kept, seqs[limit - 1], None)
    if not rest:
        return Page(kept, None, None)
    looked, last = connection.execute(sa.select(sa.func.count(), sa.func.max(leading.c.seq))).one()
    return Page(kept, last if looked == most else None, looked)


def tally(connection: sa.Connection, asked: Asked, *, most: int = LOOKED_AT) -> Tally:
    """How many claims of each kind and standing meet what else is asked."""
    if asked == Asked(kind=asked.kind, status=asked.status):
        return Tally(_grid(connection))
    free = Asked(asked.words, None, None, asked.document, asked.entity, asked.place, asked.on)
    leading = _leading(connection, free, after=0, limit=most)
    if leading is None:
        return Tally()
    query = (
        sa.select(CLAIMS.c.kind, CLAIMS.c.status, sa.func.count())
        .select_from(leading)
        .join(CLAIMS, CLAIMS.c.seq == leading.c.seq)
        .where(*_rest(connection, free))
        .group_by(CLAIMS.c.kind, CLAIMS.c.status)
    )
    counts = {(kind, status): min(n, COUNTED + 1) for kind, status, n in connection.execute(query)}
    looked = connection.scalar(sa.select(sa.func.count()).select_from(leading)) or 0
    return Tally(counts, whole=looked < most)


def dated(connection: sa.Connection, asked: Asked, *, most: int) -> tuple[list[tuple[int, Dates]], bool]:
    """Places in the record's order and cited dates of what is asked, without its words; and whether that is all of it.

    Args:
        connection: in a transaction.
        asked: what is asked.
        most: claims that are looked at, at most.
    """
    leading = _leading(connection, asked, after=0, limit=most + 1)
    if leading is None:
        return [], True
    c = CLAIMS.c
    query = _met(leading, _rest(connection, asked), c.date_start, c.date_end, c.first_seen, c.last_seen)
    found = [(row[0], (row[1], row[2], row[3], row[4])) for row in connection.execute(query)]
    looked = connection.scalar(sa.select(sa.func.count()).select_from(leading)) or 0
    return found[:most], looked <= most


def naming(
    connection: sa.Connection, ids: Sequence[str], *, kinds: Collection[str], each: int, most: int = LOOKED_AT
) -> tuple[list[StoredClaim], bool]:  # fmt: skip
    """Claims of some kinds that name one of several entities, rejected ones left out; and whether these are all.

    Args:
        connection: in a transaction.
        ids: of entities as claims name them, each member of those that were joined.
        kinds: of the claims wanted.
        each: claims of each kind, at most.
        most: claims that are looked at, at most.
    """
    leading = _naming(ids, after=0, limit=most)
    if leading is None:
        return [], True
    query = _met(
        leading, [_plain(CLAIMS.c.kind).in_(kinds), CLAIMS.c.status != ClaimStatus.REJECTED.value], CLAIMS.c.kind
    )
    of_kind: dict[str, list[int]] = {}
    for seq, kind in connection.execute(query):
        of_kind.setdefault(kind, []).append(seq)
    looked = connection.scalar(sa.select(sa.func.count()).select_from(leading)) or 0
    whole = looked < most and all(len(seqs) <= each for seqs in of_kind.values())
    kept = sorted(seq for seqs in of_kind.values() for seq in seqs[:each])
    return claims.with_keys(connection, kept), whole


def count_up_to(connection: sa.Connection, most: int) -> int:
    """How many claims there are, counted no further than `most`."""
    some = sa.select(CLAIMS.c.seq).limit(most).subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def count_each(connection: sa.Connection, documents: Sequence[str]) -> dict[str, int]:
    """How many claims each document holds, by its id, counted no further than one above COUNTED."""
    of_document = sa.select(CLAIMS.c.seq).where(CLAIMS.c.document_id == DOCUMENTS.c.document_id)
    some = of_document.limit(COUNTED + 1).correlate(DOCUMENTS).subquery()
    counted = sa.select(sa.func.count()).select_from(some).scalar_subquery()
    query = sa.select(DOCUMENTS.c.document_id, counted).where(DOCUMENTS.c.document_id.in_(documents))
    return {row[0]: row[1] for row in connection.execute(query)}


def _met(leading: sa.Subquery, rest: Conditions, *columns: sa.Column[Any]) -> sa.Select[Any]:
    query = sa.select(CLAIMS.c.seq, *columns).select_from(leading).join(CLAIMS, CLAIMS.c.seq == leading.c.seq)
    return query.where(*rest).order_by(CLAIMS.c.seq)


def _grid(connection: sa.Connection) -> dict[tuple[str, str], int]:
    """Every kind and standing that is there, counted by itself: the index gives each in no more than COUNTED steps."""
    return {(kind, status): n for kind, status, n in connection.execute(_counts(tuple(kinds()))) if n}


@cache
def _counts(names: tuple[str, ...]) -> sa.CompoundSelect[str, str, int]:
    """One question for all counts; built once, for building it takes longer than answering."""
    return sa.union_all(*(_counted(name, status.value) for name in names for status in ClaimStatus))


def _counted(kind: str, status: str) -> sa.Select[str, str, int]:
    some = sa.select(CLAIMS.c.seq).where(CLAIMS.c.kind == kind, CLAIMS.c.status == status).limit(COUNTED + 1)
    return sa.select(sa.literal(kind), sa.literal(status), sa.func.count()).select_from(some.subquery())


def _leading(connection: sa.Connection, asked: Asked, *, after: int, limit: int) -> sa.Subquery | None:
    """The first places in the record's order that the narrowest index gives; None where nothing can be found."""
    if asked.words.strip():
        return searching.leading(connection, asked.words, kind=asked.kind, after=after, limit=limit)
    named = asked.entity or asked.place
    if named is not None:
        return _naming(_ids(connection, asked), after=after, limit=limit)
    where: Conditions = [CLAIMS.c.seq > after]
    if asked.document is not None:
        where.append(CLAIMS.c.document_id == asked.document)
    elif asked.kind is not None:
        where.append(CLAIMS.c.kind == asked.kind)
        where += [CLAIMS.c.status == asked.status.value] if asked.status is not None else []
    elif asked.status is not None:
        return _standing(asked.status, after=after, limit=limit)
    return sa.select(CLAIMS.c.seq).where(*where).order_by(CLAIMS.c.seq).limit(limit).subquery()


def _ids(connection: sa.Connection, asked: Asked) -> list[str]:
    if asked.entity is not None:
        return claims.members(connection, asked.entity)
    return claims.places(connection, asked.place or "")


def _naming(ids: Sequence[str], *, after: int, limit: int) -> sa.Subquery | None:
    """Claims that name one of several entities; for each, the index gives them in order."""
    if not ids:
        return None
    each = [
        sa.select(ARGUMENTS.c.claim.label("seq"))
        .where(ARGUMENTS.c.entity_id == entity_id, ARGUMENTS.c.claim > after)
        .order_by(ARGUMENTS.c.claim).limit(limit)
        for entity_id in ids[:APART]
    ]  # fmt: skip
    if len(ids) > APART:
        several = ARGUMENTS.c.entity_id.in_(ids[APART:])
        each.append(
            sa.select(ARGUMENTS.c.claim.label("seq")).where(several, ARGUMENTS.c.claim > after)
            .order_by(ARGUMENTS.c.claim).limit(limit)
        )  # fmt: skip
    return _merged(each, limit)


APART = 20
"""Entities that are looked up each by itself; more than these are looked up together."""


def _standing(status: ClaimStatus, *, after: int, limit: int) -> sa.Subquery:
    """Claims that stand so, of any kind; for each kind, the index gives them in order."""
    each = [
        sa.select(CLAIMS.c.seq)
        .where(CLAIMS.c.status == status.value, CLAIMS.c.kind == kind, CLAIMS.c.seq > after)
        .order_by(CLAIMS.c.seq).limit(limit)
        for kind in kinds()
    ]  # fmt: skip
    return _merged(each, limit)


def _merged(each: Sequence[sa.Select[tuple[int]]], limit: int) -> sa.Subquery:
    whole = sa.union_all(*(sa.select(part.subquery().c.seq) for part in each)).subquery()
    return sa.select(whole.c.seq).distinct().order_by(whole.c.seq).limit(limit).subquery()


def _rest(connection: sa.Connection, asked: Asked) -> Conditions:
    """What the leading index does not answer, to be held against each claim that it gives."""
    words, named = bool(asked.words.strip()), asked.entity is not None or asked.place is not None
    by_kind = not (words or named or asked.document is not None)
    found: Conditions = []
    if asked.kind is not None and not (words or by_kind):
        found.append(_plain(CLAIMS.c.kind) == asked.kind)
    if asked.status is not None and not by_kind:
        found.append(_plain(CLAIMS.c.status) == asked.status.value)
    if asked.document is not None and (words or named):
        found.append(_plain(CLAIMS.c.document_id) == asked.document)
    if asked.entity is not None and words:
        found.append(_names_one_of(claims.members(connection, asked.entity)))
    if asked.place is not None:
        ids = claims.places(connection, asked.place)
        if words or asked.entity is not None:
            found.append(_names_one_of(ids))
    if asked.on is not None:
        found += claims.held_on(asked.on)
    return found


def _plain(column: sa.Column[Any]) -> sa.ColumnElement[str]:
    """A column's value with no index to it: the database is to begin with what leads, never with all claims of a kind."""
    return column.concat("")


def _names_one_of(ids: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.exists().where(ARGUMENTS.c.claim == CLAIMS.c.seq, ARGUMENTS.c.entity_id.in_(ids))
