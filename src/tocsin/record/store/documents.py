"""Documents, their texts, and how far each has been read."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import OutOfRange, UnknownName, Where
from tocsin.record.document import DateOrigin, Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.gate import NO_CHARACTERS
from tocsin.record.store import passages
from tocsin.record.store.barring import BLACK, Barring, blackened
from tocsin.record.store.rows import date_of, date_text, now
from tocsin.record.store.tables import DOCUMENTS, PASSES, SEGMENTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

BATCH = 500
"""Rows fetched by one list of keys."""
_WORDS = ("name", "title", "author", "publisher", "derived_from", "why")


def add(connection: sa.Connection, document: Document, text: Text | None, barring: Barring) -> None:
    """Put a document and its text into the record; what is known of the document is brought up to date."""
    held = connection.scalar(sa.select(DOCUMENTS.c.added).where(DOCUMENTS.c.document_id == document.document_id))
    row = _row(_without_barred(document, barring))
    if held is None:
        connection.execute(DOCUMENTS.insert().values(**row, added=now()))
    else:
        connection.execute(DOCUMENTS.update().where(DOCUMENTS.c.document_id == document.document_id).values(**row))
    if text is not None:
        _add_text(connection, text, barring)


def _add_text(connection: sa.Connection, text: Text, barring: Barring) -> None:
    if NO_CHARACTERS.search(text.text):
        hint = "the parser that made this text is at fault: it maps each to U+FFFD"
        raise OutOfRange("the text has a NUL or half a character in it", where=Where(text.document_id), hint=hint)
    if connection.scalar(sa.select(TEXTS.c.text_id).where(TEXTS.c.text_id == text.text_id)) is not None:
        return
    words = barring.blacked_out(text.text, text.document_id)
    connection.execute(
        TEXTS.insert().values(
            text_id=text.text_id, document_id=text.document_id, parser=text.parser, text=words, language=text.language,
            language_certainty=text.language_certainty, source_runs=json.dumps(text.source_runs), added=now(),
            removal=0 if words == text.text else barring.last_removal,
        )
    )  # fmt: skip
    segments = [
        {"text_id": text.text_id, "number": number, "start": segment.start, "stop": segment.end, "kind": segment.kind.value,
         "page": segment.page, "paragraph": segment.paragraph}
        for number, segment in enumerate(text.segments)
    ]  # fmt: skip
    if segments:
        connection.execute(SEGMENTS.insert(), segments)
    places = [(segment.start, segment.end) for segment in text.segments]
    passages.add(connection, text.text_id, text.document_id, words, places)


def _without_barred(document: Document, barring: Barring) -> Document:
    """A document's metadata without characters that cannot be stored, and without names that were removed."""
    words: dict[str, str | None] = {name: getattr(document, name) for name in (*_WORDS, "source_id", "media_type")}
    kept: dict[str, Any] = {
        name: NO_CHARACTERS.sub("\ufffd", value) for name, value in words.items() if value is not None
    }
    named = {name: barring.blacked_out(kept[name], document.document_id) for name in _WORDS if name in kept}
    return replace(document, **{**kept, **named})


def _row(document: Document) -> dict[str, Any]:
    latest = document.published.latest if document.published else None
    return {
        **asdict(document), "verdict": document.verdict.value, "published": date_text(document.published),
        "published_origin": document.published_origin.value, "published_latest": latest.isoformat() if latest else None,
    }  # fmt: skip


def document_of(row: sa.RowMapping) -> Document:
    """The document that a row was made of."""
    kept: dict[str, Any] = {name: row[name] for name in Document.__slots__}
    told: dict[str, Any] = {
        "verdict": Verdict(row["verdict"]), "published": date_of(row["published"]),
        "published_origin": DateOrigin(row["published_origin"]),
    }  # fmt: skip
    return Document(**{**kept, **told})


def documents(connection: sa.Connection) -> list[Document]:
    """All documents, in order of their names."""
    found = connection.execute(sa.select(DOCUMENTS).order_by(DOCUMENTS.c.name, DOCUMENTS.c.document_id))
    return [document_of(row) for row in found.mappings()]


def older_versions(connection: sa.Connection) -> dict[str, str]:
    """Documents whose file was changed and read again since, each with the newest document of the same name."""
    query = sa.select(DOCUMENTS.c.document_id, DOCUMENTS.c.name).where(DOCUMENTS.c.name.not_like(f"%{BLACK}%"))
    of_name: dict[str, list[str]] = {}
    for document_id, name in connection.execute(query.order_by(DOCUMENTS.c.added, DOCUMENTS.c.document_id)):
        of_name.setdefault(name, []).append(document_id)
    return {older: every[-1] for every in of_name.values() for older in every[:-1]}


def document(connection: sa.Connection, document_id: str) -> Document | None:
    """The document of that hash; None where the record has none."""
    row = connection.execute(sa.select(DOCUMENTS).where(DOCUMENTS.c.document_id == document_id)).mappings().first()
    return None if row is None else document_of(row)


def texts_of(connection: sa.Connection, document_id: str) -> list[Text]:
    """A document's texts, the first made first."""
    query = sa.select(TEXTS).where(TEXTS.c.document_id == document_id).order_by(TEXTS.c.added, TEXTS.c.text_id)
    return texts_from(connection, list(connection.execute(query).mappings()))


def text(connection: sa.Connection, text_id: str) -> Text:
    """The text of that id.

    Raises:
        UnknownName: the record has no such text.
    """
    rows = list(connection.execute(sa.select(TEXTS).where(TEXTS.c.text_id == text_id)).mappings())
    if not rows:
        raise UnknownName(f"the record has no text {text_id[:40]}", hint="read its document first: tocsin read")
    return texts_from(connection, rows)[0]


def stored(connection: sa.Connection, given: Text) -> Text:
    """The text as the record holds it: with what a removal blacked out.

    Raises:
        OutOfRange: it holds no such text.
    """
    removal = connection.scalar(sa.select(TEXTS.c.removal).where(TEXTS.c.text_id == given.text_id))
    if removal is None:
        hint = "add the document with its text first"
        raise OutOfRange("the record does not hold this text", where=Where(given.document_id), hint=hint)
    return given if removal == 0 else text(connection, given.text_id)


def texts_from(connection: sa.Connection, rows: Iterable[sa.RowMapping]) -> list[Text]:
    """Texts of rows, with their segments."""
    rows = list(rows)
    segments: dict[str, list[Segment]] = {row["text_id"]: [] for row in rows}
    keys = list(segments)
    for at in range(0, len(keys), BATCH):
        query = sa.select(SEGMENTS).where(SEGMENTS.c.text_id.in_(keys[at : at + BATCH]))
        for row in connection.execute(query.order_by(SEGMENTS.c.text_id, SEGMENTS.c.number)).mappings():
            kind = SegmentKind(row["kind"])
            segments[row["text_id"]].append(Segment(row["start"], row["stop"], kind, row["page"], row["paragraph"]))
    return [_text(row, tuple(segments[row["text_id"]])) for row in rows]


def _text(row: sa.RowMapping, segments: tuple[Segment, ...]) -> Text:
    made = Text(
        document_id=row["document_id"], parser=row["parser"], text=row["text"], segments=segments, language=row["language"],
        language_certainty=row["language_certainty"], source_runs=tuple(tuple(run) for run in json.loads(row["source_runs"])),
    )  # fmt: skip
    if row["removal"]:
        blackened(made, row["text_id"])
    return made


def is_done(connection: sa.Connection, text_id: str, extractor: str) -> bool:
    """Whether this version of an extractor has read this text."""
    query = sa.select(PASSES.c.at).where(PASSES.c.text_id == text_id, PASSES.c.extractor == extractor)
    return connection.execute(query).first() is not None
