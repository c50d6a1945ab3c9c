"""Blacking out a person's names where what holds them stays: texts, quotes, other entities, history and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.store import claims, documents, mentions, passages, searching
from tocsin.record.store.barring import black_out
from tocsin.record.store.naming import KNOWN, index_names
from tocsin.record.store.person import ABOUT, Person, places_of
from tocsin.record.store.tables import (
    ARGUMENTS,
    ATTRIBUTIONS,
    CLAIMS,
    DATE_SPANS,
    DOCUMENTS,
    ENTITIES,
    ENTITY_WORDS,
    GRADES,
    HISTORY,
    JUDGEMENTS,
    MENTIONS,
    NUMBERS,
    REMOVALS,
    TEXTS,
)
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.record.store.person import Words

Places = list[tuple[int, int]]
"""Stretches of a text that name the person."""
GONE = "removed"


def black_texts(connection: sa.Connection, who: Person, removal: int) -> dict[str, Places]:
    """Black out the names in the texts and titles of their documents; gives the places in each text."""
    black: dict[str, Places] = {}
    for document_id, names in sorted(who.names.items()):
        _black_title(connection, document_id, who)
        query = sa.select(TEXTS.c.text_id, TEXTS.c.text).where(TEXTS.c.document_id == document_id)
        for text_id, whole in connection.execute(query).all():
            others = list(_others(connection, text_id))
            alone = [place for place in places_of(whole, who.last_names[document_id]) if not meets(place, others)]
            places = sorted({*places_of(whole, names), *who.spans(text_id), *alone})
            if places:
                values: dict[str, Any] = {"text": black_out(whole, places), "removal": removal}
                connection.execute(TEXTS.update().where(TEXTS.c.text_id == text_id).values(**values))
                passages.renew(connection, text_id, whole, values["text"])
                _drop_mentions(connection, text_id, places)
                black[text_id] = places
    return black


def _drop_mentions(connection: sa.Connection, text_id: str, places: Places) -> None:
    """Known names that are, or hold, a name of the person."""
    query = sa.select(MENTIONS.c.start, MENTIONS.c.stop).where(MENTIONS.c.text_id == text_id)
    for start, stop in connection.execute(query).all():
        if meets((start, stop), places):
            mentions.drop(connection, text_id, start, stop)


def _black_title(connection: sa.Connection, document_id: str, who: Person) -> None:
    key = DOCUMENTS.c.document_id == document_id
    row = connection.execute(sa.select(*(DOCUMENTS.c[name] for name in ABOUT)).where(key)).mappings().one()
    names = who.names[document_id] | who.last_names[document_id]
    values = {name: black_out(words, places_of(words, names)) for name, words in row.items() if words}
    if values:
        connection.execute(DOCUMENTS.update().where(key).values(**values))


def _others(connection: sa.Connection, text_id: str) -> Iterator[tuple[int, int]]:
    """Where what is left of the claims names somebody or something else: a last name there is another's."""
    query = (
        sa.select(ARGUMENTS.c.start, ARGUMENTS.c.stop)
        .join(CLAIMS, CLAIMS.c.seq == ARGUMENTS.c.claim)
        .where(CLAIMS.c.text_id == text_id, ARGUMENTS.c.entity_id.is_not(None), ARGUMENTS.c.start.is_not(None))
    )
    yield from connection.execute(query)


def meets(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of a text shares a character with one of others."""
    return any(start < place[1] and place[0] < stop for start, stop in others)


def black_claims(connection: sa.Connection, who: Person, text_id: str, places: Places) -> int:
    """Other claims of a text whose quotes or parts name the person: their words are taken from the text anew."""
    whole = str(connection.scalar(sa.select(TEXTS.c.text).where(TEXTS.c.text_id == text_id)))
    query = sa.select(CLAIMS.c.seq).where(CLAIMS.c.text_id == text_id).order_by(CLAIMS.c.seq)
    seqs = list(connection.scalars(query))
    before = dict(zip(seqs, claims.with_keys(connection, seqs), strict=True))
    _black_spans(connection, CLAIMS, CLAIMS.c.seq, "quote_", seqs, whole, places)
    for table, prefix in (
        (ARGUMENTS, ""), (ARGUMENTS, "pronoun_"), (ATTRIBUTIONS, ""), (DATE_SPANS, ""), (NUMBERS, ""),
    ):  # fmt: skip
        _black_spans(connection, table, table.c.claim, prefix, seqs, whole, places)
    for table, column in ((ARGUMENTS, "value"), (NUMBERS, "referent")):
        _black_words(connection, table, column, seqs, who)
    after = dict(zip(seqs, claims.with_keys(connection, seqs), strict=True))
    changed = [seq for seq in seqs if before[seq].proposal != after[seq].proposal]
    searching.take(connection, [(seq, before[seq].proposal) for seq in changed])
    searching.put(connection, [(seq, after[seq].proposal) for seq in changed])
    return len(changed)


def _black_spans(  # noqa: PLR0917  # five of them say which column of which rows
    connection: sa.Connection, table: sa.Table, key: sa.Column[Any], prefix: str, seqs: list[int], whole: str, places: Places
) -> None:  # fmt: skip
    start, stop, words = (table.c[f"{prefix}{name}"] for name in ("start", "stop", "words"))
    first, last = min(place[0] for place in places), max(place[1] for place in places)
    for at in range(0, len(seqs), documents.BATCH):
        near = sa.and_(key.in_(seqs[at : at + documents.BATCH]), start < last, stop > first)
        columns = [*table.primary_key.columns, start.label("begins"), stop.label("ends")]
        for row in connection.execute(sa.select(*columns).where(near)).mappings().all():
            if meets((row["begins"], row["ends"]), places):
                same = [column == row[column.name] for column in table.primary_key.columns]
                connection.execute(table.update().where(*same).values({words: whole[row["begins"] : row["ends"]]}))


def _black_words(connection: sa.Connection, table: sa.Table, column: str, seqs: list[int], who: Person) -> None:
    """Words beside the text, as normal forms, that hold a name of the person."""
    for at in range(0, len(seqs), documents.BATCH):
        some = sa.and_(table.c.claim.in_(seqs[at : at + documents.BATCH]), table.c[column].is_not(None))
        query = sa.select(table.c.claim, table.c.number, table.c[column]).where(some)
        for claim, number, words in connection.execute(query).all():
            black = without(words, who)
            if black != words and not words.startswith(KNOWN):
                same = (table.c.claim == claim, table.c.number == number)
                connection.execute(table.update().where(*same).values({column: black}))


def black_names(connection: sa.Connection, which: sa.ColumnElement[bool], names: Iterable[Words]) -> None:
    """Black out the person's names in those of other entities, and find these by what is left."""
    for entity_id, name in connection.execute(sa.select(ENTITIES.c.entity_id, ENTITIES.c.name).where(which)).all():
        black = black_out(name, places_of(name, names))
        if black != name:
            values = {"name": black, "folded": " ".join(words_of(black))}
            connection.execute(ENTITIES.update().where(ENTITIES.c.entity_id == entity_id).values(**values))
            connection.execute(ENTITY_WORDS.delete().where(ENTITY_WORDS.c.entity_id == entity_id))
            index_names(connection, [(entity_id, black)])


def black_history(connection: sa.Connection, who: Person, ids: set[str], removal: int) -> int:
    """Lines about the person stay as lines: who did what kind of thing and when; nothing of the person is left in them."""
    found = []
    for row in connection.execute(sa.select(HISTORY).order_by(HISTORY.c.entry)).mappings():
        words = " ".join(str(row[name] or "") for name in ("subject", "topic", "why", "before", "after"))
        if any(part in ids for part in _parts(words)) or places_of(words, who.all_names):
            found.append(row["entry"])
    nothing = {"subject": GONE, "topic": "", "why": GONE, "before": None, "after": None, "removal": removal}
    for at in range(0, len(found), documents.BATCH):
        some = HISTORY.c.entry.in_(found[at : at + documents.BATCH])
        connection.execute(HISTORY.update().where(some).values(**nothing))
    return len(found)


def _parts(words: str) -> Iterator[str]:
    """The ids in a line, as they stand between the marks around them."""
    for piece in words.replace("\x1f", " ").replace('"', " ").split():
        yield piece
        for front in ("claim:", "entity:", "pair:", "status:", "credibility:"):
            yield piece.removeprefix(front)


def black_reasons(connection: sa.Connection, who: Person) -> None:
    """Reasons of grades and judgements on others, and of earlier removals, that name the person."""
    for table in (GRADES, JUDGEMENTS, REMOVALS):
        keys = list(table.primary_key.columns)
        for row in connection.execute(sa.select(*keys, table.c.why)).mappings().all():
            black = without(row["why"], who)
            if black != row["why"]:
                same = [column == row[column.name] for column in keys]
                connection.execute(table.update().where(*same).values(why=black))


def without(words: str, who: Person) -> str:
    """Free words without the person's names."""
    return black_out(words, places_of(words, who.all_names))
