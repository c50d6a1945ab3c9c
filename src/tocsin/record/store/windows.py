"""Texts a window at a time: a page shows some segments of a text, and never has to read the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.errors import UnknownName
from tocsin.record.document import Segment, SegmentKind
from tocsin.record.store.documents import BATCH, document_of
from tocsin.record.store.tables import CLAIMS, DOCUMENTS, HISTORY, JUDGEMENTS, MENTIONS, SEGMENTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.document import Document


@dataclass(frozen=True, slots=True)
class Head:
    """A text without its characters.

    Attributes:
        text_id, parser, language: as the text has them.
        length: characters, in code points.
        segments: how many.
    """

    text_id: str
    parser: str
    language: str | None
    length: int
    segments: int


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text: segments that follow one another.

    Attributes:
        text_id: the text.
        first: number of the first segment, counted from 0.
        segments: with offsets in the whole text.
        start: offset of the first character of `words`.
        words: the text from the first segment's start to the last one's end.
        heading: the nearest heading above the first segment; empty where there is none.
    """

    text_id: str
    first: int
    segments: tuple[Segment, ...]
    start: int
    words: str
    heading: str = ""

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.start + len(self.words)


def heads(connection: sa.Connection, document_id: str) -> list[Head]:
    """A document's texts, the first made first."""
    many = sa.select(sa.func.count()).where(SEGMENTS.c.text_id == TEXTS.c.text_id).scalar_subquery()
    query = sa.select(TEXTS.c.text_id, TEXTS.c.parser, TEXTS.c.language, sa.func.length(TEXTS.c.text), many)
    query = query.where(TEXTS.c.document_id == document_id).order_by(TEXTS.c.added, TEXTS.c.text_id)
    return [Head(*row) for row in connection.execute(query)]


def window(connection: sa.Connection, text_id: str, *, first: int, limit: int) -> Window:
    """Some segments of a text, from one on.

    Raises:
        UnknownName: the record has no such text.
    """
    query = sa.select(SEGMENTS).where(SEGMENTS.c.text_id == text_id, SEGMENTS.c.number >= first)
    rows = connection.execute(query.order_by(SEGMENTS.c.number).limit(limit)).mappings()
    segments = tuple(
        Segment(row["start"], row["stop"], SegmentKind(row["kind"]), row["page"], row["paragraph"]) for row in rows
    )
    start, end = (segments[0].start, segments[-1].end) if segments else (0, 0)
    words = cut(connection, text_id, start, end)
    return Window(text_id, first, segments, start, words, _heading(connection, text_id, first))


def around(connection: sa.Connection, text_id: str, start: int, end: int, *, around: int) -> Window:
    """The segments that a stretch stands in, with so many before and after.

    Raises:
        UnknownName: the record has no such text.
    """
    number = sa.select(SEGMENTS.c.number).where(SEGMENTS.c.text_id == text_id)
    low = connection.scalar(number.where(SEGMENTS.c.start <= start).order_by(SEGMENTS.c.number.desc()).limit(1)) or 0
    high = connection.scalar(number.where(SEGMENTS.c.start < end).order_by(SEGMENTS.c.number.desc()).limit(1)) or low
    first = max(0, low - around)
    return window(connection, text_id, first=first, limit=high - first + around + 1)


def cut(connection: sa.Connection, text_id: str, start: int, end: int) -> str:
    """The characters of a text from one offset to another.

    Raises:
        UnknownName: the record has no such text.
    """
    query = sa.select(sa.func.substr(TEXTS.c.text, start + 1, end - start)).where(TEXTS.c.text_id == text_id)
    return _there(connection.scalar(query), text_id)


def characters(connection: sa.Connection, text_id: str) -> str:
    """All characters of a text.

    Raises:
        UnknownName: the record has no such text.
    """
    return _there(connection.scalar(sa.select(TEXTS.c.text).where(TEXTS.c.text_id == text_id)), text_id)


def _there(words: str | None, text_id: str) -> str:
    if words is None:
        raise UnknownName(f"the record has no text {text_id[:40]}", hint="read its document first: tocsin read")
    return words


def _heading(connection: sa.Connection, text_id: str, first: int) -> str:
    query = sa.select(SEGMENTS.c.start, SEGMENTS.c.stop).where(
        SEGMENTS.c.text_id == text_id, SEGMENTS.c.number < first, SEGMENTS.c.kind == SegmentKind.HEADING.value
    )
    row = connection.execute(query.order_by(SEGMENTS.c.number.desc()).limit(1)).first()
    return cut(connection, text_id, row.start, row.stop) if row else ""


def claims_within(connection: sa.Connection, text_id: str, start: int, end: int, *, limit: int) -> list[int]:
    """Places in the record's order of claims whose quotes touch a stretch."""
    query = sa.select(CLAIMS.c.seq).where(
        CLAIMS.c.text_id == text_id, CLAIMS.c.quote_start < end, CLAIMS.c.quote_stop > start
    )
    return list(connection.scalars(query.order_by(CLAIMS.c.seq).limit(limit)))


def documents_page(connection: sa.Connection, *, words: str, limit: int, after: str | None) -> list[Document]:
    """Documents in order of their names, from the one after `after` on; those whose name or title holds some words.

    Args:
        connection: in a transaction.
        words: as they stand in the name or the title, in any case; all documents where empty.
        limit: documents at most.
        after: hash of the last document seen.
    """
    c = DOCUMENTS.c
    query = sa.select(DOCUMENTS).order_by(c.name, c.document_id).limit(limit)
    if words:
        query = query.where(sa.or_(c.name.icontains(words, autoescape=True), c.title.icontains(words, autoescape=True)))
    if after is not None:
        last = connection.scalar(sa.select(c.name).where(c.document_id == after))
        query = query.where(sa.tuple_(c.name, c.document_id) > sa.tuple_(sa.literal(last or ""), sa.literal(after)))
    return [document_of(row) for row in connection.execute(query).mappings()]


def documents_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Document]:
    """Documents by their hashes."""
    found: dict[str, Document] = {}
    for at in range(0, len(ids), BATCH):
        query = sa.select(DOCUMENTS).where(DOCUMENTS.c.document_id.in_(ids[at : at + BATCH]))
        found |= {row["document_id"]: document_of(row) for row in connection.execute(query).mappings()}
    return found


@dataclass(frozen=True, slots=True)
class Naming:
    """A known name where it stands, with the characters around it.

    Attributes:
        text_id, document_id, document, language: where.
        start, end: of the name, in the whole text.
        words: the characters around it, the name within.
        offset: of the first of these characters.
    """

    text_id: str
    document_id: str
    document: str
    language: str | None
    start: int
    end: int
    words: str
    offset: int


def namings(connection: sa.Connection, ids: Sequence[str], *, limit: int, around: int) -> list[Naming]:
    """Some places where these entities are named, with so many characters around each."""
    m = MENTIONS.c
    some = sa.select(m.text_id, m.start, m.stop).where(m.entity_id.in_(ids)).order_by(m.text_id, m.start).limit(limit)
    part = some.subquery()
    first = sa.case((part.c.start > around, part.c.start - around), else_=0)
    query = (
        sa.select(
            part.c.text_id, DOCUMENTS.c.document_id, DOCUMENTS.c.name, TEXTS.c.language, part.c.start, part.c.stop,
            sa.func.substr(TEXTS.c.text, first + 1, part.c.stop - first + around), first,
        )
        .join(TEXTS, TEXTS.c.text_id == part.c.text_id)
        .join(DOCUMENTS, DOCUMENTS.c.document_id == TEXTS.c.document_id)
        .order_by(DOCUMENTS.c.name, part.c.text_id, part.c.start)
    )  # fmt: skip
    return [Naming(*row) for row in connection.execute(query)]


def segment_at(connection: sa.Connection, text_id: str, offset: int) -> int:
    """The number of the segment that holds an offset, or of the last one before it."""
    query = sa.select(SEGMENTS.c.number).where(SEGMENTS.c.text_id == text_id, SEGMENTS.c.start <= offset)
    return connection.scalar(query.order_by(SEGMENTS.c.number.desc()).limit(1)) or 0


def state(connection: sa.Connection) -> tuple[int, int, int]:
    """What changes when the record does: its newest claim, its newest line of history, and judgements that stand."""
    newest = sa.select(sa.func.max(CLAIMS.c.seq)), sa.select(sa.func.max(HISTORY.c.entry))
    counted = sa.select(sa.func.count()).select_from(JUDGEMENTS)
    claims, entry, judgements = (connection.scalar(query) or 0 for query in (*newest, counted))
    return claims, entry, judgements
