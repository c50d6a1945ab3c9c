"""Entities read back, each with all that was judged to be one with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.claim import EntityType
from tocsin.record.store.documents import BATCH
from tocsin.record.store.naming import KNOWN
from tocsin.record.store.tables import ENTITIES, ENTITY_WORDS, JUDGEMENTS
from tocsin.record.store.values import Entity, Judgement, Verdict
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def entity(connection: sa.Connection, entity_id: str) -> Entity | None:
    """The entity that has this id, or has a member with this id; None where the record has none."""
    canonical = connection.scalar(sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id == entity_id))
    return None if canonical is None else _with_ids(connection, [canonical])[0]


def entities(
    connection: sa.Connection, *, name: str | None, type: EntityType | None, document: str | None,  # noqa: A002  # the word of the domain
    limit: int | None, after: str | None,
) -> list[Entity]:  # fmt: skip
    """Entities in order of their ids: all, or those whose members meet what is asked."""
    query = sa.select(ENTITIES.c.canonical_id).distinct().order_by(ENTITIES.c.canonical_id).limit(limit)
    if type is not None:
        query = query.where(ENTITIES.c.type == type.value)
    if document is not None:
        query = query.where(ENTITIES.c.document_id == document)
    if after is not None:
        query = query.where(ENTITIES.c.canonical_id > after)
    if name is not None:
        wanted = words_of(name)
        if not wanted:
            return []
        query = query.where(_called(connection, list(dict.fromkeys(wanted))))
    return _with_ids(connection, list(connection.scalars(query)))


FEW = 1_000
"""Entities of one word up to which their ids are fetched: no plan of the database is then needed to begin with them."""


def _called(connection: sa.Connection, words: Sequence[str]) -> sa.ColumnElement[bool]:
    """What an entity must meet whose names have all these words."""
    for word in words:
        ids = list(connection.scalars(_having(word).limit(FEW + 1)))
        if len(ids) <= FEW:
            others = (ENTITIES.c.entity_id.in_(_having(other)) for other in words if other != word)
            return sa.and_(ENTITIES.c.entity_id.in_(ids), *others)
    return sa.and_(*(ENTITIES.c.entity_id.in_(_having(word)) for word in words))


def _having(word: str) -> sa.Select[tuple[str]]:
    return sa.select(ENTITY_WORDS.c.entity_id).where(ENTITY_WORDS.c.word == word)


def called(connection: sa.Connection, name: str, *, limit: int, most: int) -> list[Entity]:
    """Some entities whose names have all these words, among the first of the word that the fewest have.

    Args:
        connection: in a transaction.
        name: the words.
        limit: entities at most.
        most: entities of that word that are looked at, at most.
    """
    words = list(dict.fromkeys(words_of(name)))
    if not words:
        return []
    heard = {word: len(list(connection.scalars(_having(word).limit(FEW)))) for word in words}
    rarest = min(words, key=lambda word: heard[word])
    some = list(connection.scalars(_having(rarest).order_by(ENTITY_WORDS.c.entity_id).limit(most)))
    query = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id.in_(some))
    for word in words:
        also = sa.exists().where(ENTITY_WORDS.c.word == word, ENTITY_WORDS.c.entity_id == ENTITIES.c.entity_id)
        query = query.where(also) if word != rarest else query
    ids = connection.scalars(query.distinct().order_by(ENTITIES.c.canonical_id).limit(limit))
    return _with_ids(connection, list(ids))


def _with_ids(connection: sa.Connection, ids: Sequence[str]) -> list[Entity]:
    """Entities by their canonical ids, in the order given."""
    members: dict[str, list[sa.RowMapping]] = {entity_id: [] for entity_id in ids}
    for at in range(0, len(ids), BATCH):
        query = sa.select(ENTITIES).where(ENTITIES.c.canonical_id.in_(ids[at : at + BATCH]))
        for row in connection.execute(query.order_by(ENTITIES.c.canonical_id, ENTITIES.c.entity_id)).mappings():
            members[row["canonical_id"]].append(row)
    return [_entity(entity_id, rows) for entity_id, rows in members.items()]


def _entity(entity_id: str, rows: Sequence[sa.RowMapping]) -> Entity:
    """One entity; the name that the gazetteer or the case knows comes before those that texts give."""
    first = next((row for row in rows if row["entity_id"].startswith(KNOWN)), rows[0])
    return Entity(
        entity_id=entity_id, type=EntityType(first["type"]), name=first["name"],
        names=tuple(dict.fromkeys([first["name"], *(row["name"] for row in rows)])),
        members=tuple(row["entity_id"] for row in rows),
        documents=tuple(sorted({row["document_id"] for row in rows if row["document_id"]})),
    )  # fmt: skip


def judgements(connection: sa.Connection, entity_id: str | None) -> list[Judgement]:
    """Judgements that stand, in order of time; those on one entity and its members, where it is given."""
    query = sa.select(JUDGEMENTS).order_by(JUDGEMENTS.c.at, JUDGEMENTS.c.left_id, JUDGEMENTS.c.right_id)
    if entity_id is not None:
        canonical = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id == entity_id).scalar_subquery()
        members = sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.canonical_id == canonical)
        query = query.where(sa.or_(JUDGEMENTS.c.left_id.in_(members), JUDGEMENTS.c.right_id.in_(members)))
    return [
        Judgement(row["left_id"], row["right_id"], Verdict(row["verdict"]), row["by_whom"], row["why"], row["at"])
        for row in connection.execute(query).mappings()
    ]
