"""Claims read back: by what they are, whom they name, when they held and when they were published."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.store.documents import BATCH
from tocsin.record.store.rows import date_of, proposal_of
from tocsin.record.store.tables import (
    ARGUMENTS,
    ATTRIBUTIONS,
    CLAIMS,
    DATE_SPANS,
    DOCUMENTS,
    ENTITIES,
    ENTITY_WORDS,
    NUMBERS,
    TEXTS,
)
from tocsin.record.store.values import StoredClaim
from tocsin.record.store.wording import folded_name, words_of
from tocsin.vocabulary import Credibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

FEW, PLACES_OF_A_NAME = 1_000, 20_000
"""Entities of a word that are counted, and those that are looked at for a place of that name."""
PLACES = (EntityType.PLACE.value, EntityType.SITE.value, EntityType.STATE.value)


def conditions(
    connection: sa.Connection, *, kind: str | None = None, status: ClaimStatus | None = None, document: str | None = None,
    entity: str | None = None, about: str | None = None, on: date | None = None, place: str | None = None,
    claimed_before: date | None = None,
) -> list[sa.ColumnElement[bool]]:  # fmt: skip
    """What a claim must meet to be among those asked for."""
    found: list[sa.ColumnElement[bool]] = []
    if kind is not None:
        found.append(CLAIMS.c.kind == kind)
    if status is not None:
        found.append(CLAIMS.c.status == status.value)
    if document is not None:
        found.append(CLAIMS.c.document_id == document)
    if entity is not None:
        found.append(_naming(members(connection, entity)))
    if about is not None:
        found.append(_naming(members(connection, about), ARGUMENTS.c.is_subject))
    if place is not None:
        found.append(_naming(places(connection, place), ARGUMENTS.c.type.in_(PLACES)))
    if on is not None:
        found += held_on(on)
    if claimed_before is not None:
        early = sa.select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.published_latest < claimed_before.isoformat())
        found.append(CLAIMS.c.document_id.in_(early))
    return found


def held_on(day: date) -> list[sa.ColumnElement[bool]]:
    """What a claim must meet that a day is not ruled out for; one without any date does not."""
    on = day.isoformat()
    return [
        CLAIMS.c.dated, sa.or_(CLAIMS.c.from_day.is_(None), CLAIMS.c.from_day <= on),
        sa.or_(CLAIMS.c.to_day.is_(None), CLAIMS.c.to_day >= on),
    ]  # fmt: skip


def _naming(entities: Sequence[str], *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return CLAIMS.c.seq.in_(sa.select(ARGUMENTS.c.claim).where(ARGUMENTS.c.entity_id.in_(entities), *more))


def members(connection: sa.Connection, entity: str) -> list[str]:
    """All entities that are one with this one."""
    canonical = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id == entity).scalar_subquery()
    return list(connection.scalars(sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.canonical_id == canonical)))


def places(connection: sa.Connection, place: str) -> list[str]:
    """Entities of a place given by id or by name, and what is one with them."""
    found = members(connection, place)
    if found:
        return found
    words = words_of(place)
    if not words:
        return []
    rarest = min(words, key=lambda word: len(list(connection.scalars(_having(word).limit(FEW)))))
    query = (
        sa.select(ENTITIES.c.entity_id, ENTITIES.c.canonical_id)
        .where(ENTITIES.c.entity_id.in_(list(connection.scalars(_having(rarest).limit(PLACES_OF_A_NAME)))))
        .where(ENTITIES.c.type.in_(PLACES), ENTITIES.c.folded == folded_name(place))
    )
    canonical = {row.canonical_id for row in connection.execute(query)}
    return list(connection.scalars(sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.canonical_id.in_(canonical))))


def _having(word: str) -> sa.Select[tuple[str]]:
    return sa.select(ENTITY_WORDS.c.entity_id).where(ENTITY_WORDS.c.word == word)


def claims(
    connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]], *, limit: int | None, after: str | None
) -> list[StoredClaim]:
    """Claims in the record's order, from the one after `after` on."""
    query = sa.select(CLAIMS.c.seq).where(*where).order_by(CLAIMS.c.seq).limit(limit)
    if after is not None:
        query = query.where(CLAIMS.c.seq > seq_of(connection, after))
    return with_keys(connection, list(connection.scalars(query)))


def seq_of(connection: sa.Connection, claim_id: str) -> int:
    """A claim's place in the record's order; 0 where there is no such claim."""
    return connection.scalar(sa.select(CLAIMS.c.seq).where(CLAIMS.c.claim_id == claim_id)) or 0


def claim(connection: sa.Connection, claim_id: str) -> StoredClaim | None:
    """The claim of that id; None where the record has none."""
    found = claims(connection, [CLAIMS.c.claim_id == claim_id], limit=1, after=None)
    return found[0] if found else None


def called(connection: sa.Connection, claim_ids: Sequence[str]) -> list[StoredClaim]:
    """The claims of these ids, in the record's order; ids that it does not have are left out."""
    return claims(connection, [CLAIMS.c.claim_id.in_(claim_ids)], limit=None, after=None)


def count(connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]]) -> int:
    """How many claims meet these conditions."""
    return connection.scalar(sa.select(sa.func.count()).select_from(CLAIMS).where(*where)) or 0


def with_keys(connection: sa.Connection, seqs: Sequence[int]) -> list[StoredClaim]:
    """The claims with these keys, in their order: a fixed number of queries for each batch."""
    return list(_streamed(connection, seqs))


def _streamed(connection: sa.Connection, seqs: Sequence[int]) -> Iterator[StoredClaim]:
    for at in range(0, len(seqs), BATCH):
        part = seqs[at : at + BATCH]
        rows = {row["seq"]: row for row in connection.execute(_ROWS, {"seqs": part}).mappings()}
        lists = [_by_claim(connection, query, part) for query in _LISTS]
        for seq in part:
            yield _stored(rows[seq], *(found[seq] for found in lists))


def _by_claim(
    connection: sa.Connection, query: sa.Select[Any], seqs: Sequence[int]
) -> defaultdict[int, list[sa.RowMapping]]:
    found: defaultdict[int, list[sa.RowMapping]] = defaultdict(list)
    for row in connection.execute(query, {"seqs": seqs}).mappings():
        found[row["claim"]].append(row)
    return found


def _of_claims(query: sa.Select[Any], table: sa.Table) -> sa.Select[Any]:
    """Rows of some claims, in the order in which each claim has them."""
    return query.where(table.c.claim.in_(_SEQS)).order_by(table.c.claim, table.c.number)


_SEQS: sa.BindParameter[Any] = sa.bindparam("seqs", expanding=True)
_ROWS = (
    sa.select(CLAIMS, DOCUMENTS.c.name, DOCUMENTS.c.source_id, DOCUMENTS.c.published, TEXTS.c.language)
    .join(DOCUMENTS, DOCUMENTS.c.document_id == CLAIMS.c.document_id)
    .join(TEXTS, TEXTS.c.text_id == CLAIMS.c.text_id)
    .where(CLAIMS.c.seq.in_(_SEQS))
)
_NAMED = sa.select(ARGUMENTS, ENTITIES.c.canonical_id).outerjoin(
    ENTITIES, ENTITIES.c.entity_id == ARGUMENTS.c.entity_id
)
_LISTS = (
    _of_claims(_NAMED, ARGUMENTS), *(_of_claims(sa.select(table), table) for table in (ATTRIBUTIONS, DATE_SPANS, NUMBERS)),
)  # fmt: skip
"""What a claim is read back with; built once, for building these questions takes longer than answering them."""


def _stored(
    row: sa.RowMapping, arguments: Sequence[sa.RowMapping], attributions: Iterable[sa.RowMapping],
    date_spans: Iterable[sa.RowMapping], numbers: Iterable[sa.RowMapping],
) -> StoredClaim:  # fmt: skip
    return StoredClaim(
        claim_id=row["claim_id"], proposal=proposal_of(row, arguments, attributions, date_spans, numbers),
        status=ClaimStatus(row["status"]), credibility=Credibility[row["credibility"]] if row["credibility"] else None,
        document_id=row["document_id"], document=row["name"], source_id=row["source_id"], published=date_of(row["published"]),
        page=row["page"], paragraph=row["paragraph"], language=row["language"],
        entities=tuple(argument["canonical_id"] for argument in arguments), corrected_by=row["corrected_by"],
        entered=row["entered"],
    )  # fmt: skip
