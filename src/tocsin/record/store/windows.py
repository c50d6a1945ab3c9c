"""Texts a window at a time: a page shows some segments of a text, and never has to read the whole."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from tocsin.errors import UnknownName
from tocsin.record.document import Segment, SegmentKind
from tocsin.record.store.tables import CLAIMS, SEGMENTS, TEXTS


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
