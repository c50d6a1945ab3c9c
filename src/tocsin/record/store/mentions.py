"""Known names where they stand in texts of any language: verbatim at their offsets, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.claim import EntityType, Span
from tocsin.record.store.barring import BLACK
from tocsin.record.store.documents import stored
from tocsin.record.store.naming import KNOWN, NAMED, make_entities
from tocsin.record.store.rows import now
from tocsin.record.store.tables import DOCUMENTS, ENTITIES, MENTIONS, PASSES, SEGMENTS, TEXTS
from tocsin.record.store.values import Kept, StoredMention
from tocsin.record.store.wording import folded_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.document import Text
    from tocsin.record.extract.mention import Mention
    from tocsin.record.store.barring import Barring

NAMES = "known names 1"
"""What a text is marked as read by, once its known names are kept."""


def keep(connection: sa.Connection, text: Text, mentions: Iterable[Mention], barring: Barring) -> Kept:
    """Keep the mentions that have a known id; one at a place that held another takes its place.

    Raises:
        OutOfRange: the record does not hold the text.
    """
    whole = stored(connection, text)
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    refused = 0
    for mention in mentions:
        if mention.known is None or mention.type not in NAMED or _is_removed(mention, whole.text, barring):
            continue
        if not _is_verbatim(mention.span, whole.text):
            refused += 1
        else:
            rows[mention.span.start, mention.span.end] = _row(mention, whole.text_id)
    held = _held(connection, whole.text_id)
    new = {place: row for place, row in rows.items() if held.get(place) != row["entity_id"]}
    _write(connection, whole.text_id, new, replaced=[place for place in new if place in held])
    came = Kept(len(new), len(rows) - len(new), refused)
    _mark(connection, whole.text_id, came)
    return came


def _is_verbatim(span: Span, whole: str) -> bool:
    return 0 <= span.start < span.end <= len(whole) and whole[span.start : span.end] == span.words


def _is_removed(mention: Mention, whole: str, barring: Barring) -> bool:
    """Whether a removal took this name, or who is named, out of the record."""
    if not barring.digests:
        return False
    span = mention.span
    return barring.bars("known", f"{KNOWN}{mention.known}") or BLACK in whole[max(span.start, 0) : max(span.end, 0)]


def _row(mention: Mention, text_id: str) -> dict[str, Any]:
    span = mention.span
    return {
        "text_id": text_id, "start": span.start, "stop": span.end, "words": span.words, "type": mention.type.value,
        "entity_id": f"{KNOWN}{mention.known}",
    }  # fmt: skip


def _held(connection: sa.Connection, text_id: str) -> dict[tuple[int, int], str]:
    query = sa.select(MENTIONS.c.start, MENTIONS.c.stop, MENTIONS.c.entity_id).where(MENTIONS.c.text_id == text_id)
    return {(start, stop): entity_id for start, stop, entity_id in connection.execute(query)}


def _write(
    connection: sa.Connection, text_id: str, new: dict[tuple[int, int], dict[str, Any]], *, replaced: list[tuple[int, int]]
) -> None:  # fmt: skip
    for start, stop in replaced:
        drop(connection, text_id, start, stop)
    named: dict[str, dict[str, Any]] = {}
    for row in new.values():
        named.setdefault(row["entity_id"], {
            "entity_id": row["entity_id"], "type": row["type"], "name": row["words"], "folded": folded_name(row["words"]),
            "document_id": None, "canonical_id": row["entity_id"],
        })  # fmt: skip
    make_entities(connection, named)
    if new:
        connection.execute(MENTIONS.insert(), list(new.values()))


def drop(connection: sa.Connection, text_id: str, start: int, stop: int) -> None:
    """Take out the mention at a place."""
    where = (MENTIONS.c.text_id == text_id, MENTIONS.c.start == start, MENTIONS.c.stop == stop)
    connection.execute(MENTIONS.delete().where(*where))


def _mark(connection: sa.Connection, text_id: str, came: Kept) -> None:
    """Write down that the known names of this text were looked for."""
    connection.execute(PASSES.delete().where(PASSES.c.text_id == text_id, PASSES.c.extractor == NAMES))
    row = {"entered": came.kept, "known": came.held, "refused": came.refused, "at": now(), "by_whom": "tocsin read"}
    connection.execute(PASSES.insert().values(text_id=text_id, extractor=NAMES, **row))


def mentions(
    connection: sa.Connection, *, entity: str | None, document: str | None, limit: int | None
) -> list[StoredMention]:  # fmt: skip
    """Mentions in order of documents' names and places; of an entity with what is joined with it, or in a document."""
    query = (
        sa.select(
            MENTIONS, DOCUMENTS.c.document_id, DOCUMENTS.c.name, TEXTS.c.language, ENTITIES.c.canonical_id,
            SEGMENTS.c.page, SEGMENTS.c.paragraph,
        )
        .join(TEXTS, TEXTS.c.text_id == MENTIONS.c.text_id)
        .join(DOCUMENTS, DOCUMENTS.c.document_id == TEXTS.c.document_id)
        .join(ENTITIES, ENTITIES.c.entity_id == MENTIONS.c.entity_id)
        .outerjoin(SEGMENTS, sa.and_(
            SEGMENTS.c.text_id == MENTIONS.c.text_id, SEGMENTS.c.start <= MENTIONS.c.start,
            SEGMENTS.c.stop > MENTIONS.c.start,
        ))
        .order_by(DOCUMENTS.c.name, DOCUMENTS.c.document_id, MENTIONS.c.text_id, MENTIONS.c.start)
        .limit(limit)
    )  # fmt: skip
    if entity is not None:
        canonical = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id == entity).scalar_subquery()
        query = query.where(ENTITIES.c.canonical_id == canonical)
    if document is not None:
        query = query.where(TEXTS.c.document_id == document)
    return [_mention(row) for row in connection.execute(query).mappings()]


def _mention(row: sa.RowMapping) -> StoredMention:
    return StoredMention(
        text_id=row["text_id"], span=Span(row["start"], row["stop"], row["words"]), entity=row["canonical_id"],
        known=row["entity_id"], type=EntityType(row["type"]), document_id=row["document_id"], document=row["name"],
        language=row["language"], page=row["page"], paragraph=row["paragraph"],
    )  # fmt: skip
