"""Taking a person's data out: claims, names in quotes and texts, history, index; and that it does not come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.store import claims, documents, mentions, passages, searching
from tocsin.record.store.barring import Barring, black_out
from tocsin.record.store.history import person_and_reason, write
from tocsin.record.store.naming import KNOWN, index_names
from tocsin.record.store.person import ABOUT, Person, person, places_of, whole_names
from tocsin.record.store.rows import now, proposal_from
from tocsin.record.store.tables import (
    ARGUMENTS,
    ATTRIBUTIONS,
    BARRED,
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
    REFUSALS,
    REMOVALS,
    TEXTS,
)
from tocsin.record.store.values import Removed
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.record.claim import Span
    from tocsin.record.store.person import Words

Places = list[tuple[int, int]]
"""Stretches of a text that name the person."""
GONE = "removed"


def remove_person(
    connection: sa.Connection, entity_id: str, *, by: str, why: str, key: bytes, everywhere: bool = False
) -> Removed:
    """Take a person's data out of the record.

    Raises:
        UnknownName: the record has no such entity.
        InputError: it is no person, nobody is named who asks, or no reason is given.
    """
    by, why = person_and_reason(by, why)
    who = person(connection, entity_id, everywhere=everywhere)
    why = _without(why, who)
    removal = connection.execute(
        REMOVALS.insert().values(at=now(), by_whom=by, why=why, what="{}")
    ).inserted_primary_key
    assert removal is not None
    number = int(removal[0])
    ids = {*who.members, *(claim.claim_id for claim in who.claims)}
    stays = _stays(connection, who)
    _drop_claims(connection, who)
    black = _black_texts(connection, who, number)
    refusals = _drop_refusals(connection, who, black)
    quotes = sum(_black_claims(connection, who, text_id, places) for text_id, places in black.items())
    called = whole_names(connection, who.members)
    _drop_entities(connection, who)
    entries = _black_history(connection, who, ids, number)
    _black_reasons(connection, who)
    _bar(connection, who, number, Barring.of(connection, key), anywhere=called if everywhere else frozenset())
    still = _still_named(connection, called)
    counts = {
        "claims": len(who.claims),
        "quotes": quotes,
        "texts": len(black),
        "refusals": refusals,
        "entries": entries,
    }
    connection.execute(REMOVALS.update().where(REMOVALS.c.removal == number).values(what=json.dumps(counts)))
    write(connection, action="remove person", by=by, subject=f"removal:{number}", topic="", why=why, after=counts)
    return Removed(removal=number, **counts, stays=(*stays, *still))


def clean_up(engine: sa.Engine) -> None:
    """Let what was deleted leave the files too: the index's old parts, the log of writes, the dead rows."""
    raw = engine.raw_connection()
    try:
        connection = raw.dbapi_connection
        assert connection is not None
        if engine.dialect.name == "postgresql":
            connection.autocommit = True
        cursor = connection.cursor()
        for statement in _CLEANING[engine.dialect.name]:
            cursor.execute(statement)
            if cursor.description is not None:
                cursor.fetchall()
        cursor.close()
    finally:
        raw.invalidate()
        raw.close()


_CLEANING = {
    "sqlite": (
        "INSERT INTO claim_words(claim_words) VALUES ('optimize')",
        "INSERT INTO passage_words(passage_words) VALUES ('optimize')",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ),
    "postgresql": ("VACUUM",),
}


def _without(words: str, who: Person) -> str:
    """Free words without the person's names."""
    return black_out(words, places_of(words, who.all_names))


def _drop_claims(connection: sa.Connection, who: Person) -> None:
    searching.take(connection, [(seq, claim.proposal) for seq, claim in zip(who.seqs, who.claims, strict=True)])
    for seq, claim in zip(who.seqs, who.claims, strict=True):
        connection.execute(GRADES.delete().where(GRADES.c.axis == "credibility", GRADES.c.subject == claim.claim_id))
        connection.execute(CLAIMS.update().where(CLAIMS.c.corrected_by == claim.claim_id).values(corrected_by=None))
        connection.execute(CLAIMS.delete().where(CLAIMS.c.seq == seq))


def _black_texts(connection: sa.Connection, who: Person, removal: int) -> dict[str, Places]:
    """Black out the names in the texts and titles of their documents; gives the places in each text."""
    black: dict[str, Places] = {}
    for document_id, names in sorted(who.names.items()):
        _black_title(connection, document_id, who)
        query = sa.select(TEXTS.c.text_id, TEXTS.c.text).where(TEXTS.c.document_id == document_id)
        for text_id, whole in connection.execute(query).all():
            others = list(_others(connection, text_id))
            alone = [place for place in places_of(whole, who.last_names[document_id]) if not _meets(place, others)]
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
        if _meets((start, stop), places):
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


def _meets(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < stop for start, stop in others)


def _drop_refusals(connection: sa.Connection, who: Person, black: dict[str, Places]) -> int:
    """Proposals that were turned away go where they name the person in any part."""
    count = 0
    for document_id, names in who.names.items():
        wanted = names | who.last_names[document_id]
        of_document = sa.select(TEXTS.c.text_id).where(TEXTS.c.document_id == document_id)
        rows = connection.execute(sa.select(REFUSALS).where(REFUSALS.c.text_id.in_(of_document))).mappings().all()
        for row in rows:
            spans = [span for span in _spans_of(row["proposal"]) if _meets(span, black.get(row["text_id"], []))]
            if spans or places_of(f"{row['reason']} {json.loads(row['proposal'])}", wanted):
                connection.execute(REFUSALS.delete().where(REFUSALS.c.refusal == row["refusal"]))
                count += 1
    return count


def _spans_of(proposal: str) -> list[tuple[int, int]]:
    told = proposal_from(proposal)
    spans: list[Span | None] = [told.quote, *told.attributed_to, *told.date_spans]
    spans += [span for argument in told.arguments for span in (argument.span, argument.pronoun)]
    return [(span.start, span.end) for span in spans if span is not None]


def _black_claims(connection: sa.Connection, who: Person, text_id: str, places: Places) -> int:
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
            if _meets((row["begins"], row["ends"]), places):
                same = [column == row[column.name] for column in table.primary_key.columns]
                connection.execute(table.update().where(*same).values({words: whole[row["begins"] : row["ends"]]}))


def _black_words(connection: sa.Connection, table: sa.Table, column: str, seqs: list[int], who: Person) -> None:
    """Words beside the text, as normal forms, that hold a name of the person."""
    for at in range(0, len(seqs), documents.BATCH):
        some = sa.and_(table.c.claim.in_(seqs[at : at + documents.BATCH]), table.c[column].is_not(None))
        query = sa.select(table.c.claim, table.c.number, table.c[column]).where(some)
        for claim, number, words in connection.execute(query).all():
            black = _without(words, who)
            if black != words and not words.startswith(KNOWN):
                same = (table.c.claim == claim, table.c.number == number)
                connection.execute(table.update().where(*same).values({column: black}))


def _drop_entities(connection: sa.Connection, who: Person) -> None:
    """The person's entities and all that was judged of them go; other entities lose the person's name from theirs."""
    for member in sorted(who.members):
        connection.execute(
            JUDGEMENTS.delete().where(sa.or_(JUDGEMENTS.c.left_id == member, JUDGEMENTS.c.right_id == member))
        )
        connection.execute(ENTITY_WORDS.delete().where(ENTITY_WORDS.c.entity_id == member))
        connection.execute(ENTITIES.delete().where(ENTITIES.c.entity_id == member))
    for document_id, names in who.names.items():
        _black_names(connection, ENTITIES.c.document_id == document_id, names)
    _black_names(connection, ENTITIES.c.document_id.is_(None), who.all_names)


def _black_names(connection: sa.Connection, which: sa.ColumnElement[bool], names: Iterable[Words]) -> None:
    for entity_id, name in connection.execute(sa.select(ENTITIES.c.entity_id, ENTITIES.c.name).where(which)).all():
        black = black_out(name, places_of(name, names))
        if black != name:
            values = {"name": black, "folded": " ".join(words_of(black))}
            connection.execute(ENTITIES.update().where(ENTITIES.c.entity_id == entity_id).values(**values))
            connection.execute(ENTITY_WORDS.delete().where(ENTITY_WORDS.c.entity_id == entity_id))
            index_names(connection, [(entity_id, black)])


def _black_history(connection: sa.Connection, who: Person, ids: set[str], removal: int) -> int:
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


def _black_reasons(connection: sa.Connection, who: Person) -> None:
    """Reasons of grades and judgements on others, and of earlier removals, that name the person."""
    for table in (GRADES, JUDGEMENTS, REMOVALS):
        keys = list(table.primary_key.columns)
        for row in connection.execute(sa.select(*keys, table.c.why)).mappings().all():
            black = _without(row["why"], who)
            if black != row["why"]:
                same = [column == row[column.name] for column in keys]
                connection.execute(table.update().where(*same).values(why=black))


def _bar(
    connection: sa.Connection, who: Person, removal: int, barring: Barring, *, anywhere: Iterable[Words]
) -> None:  # fmt: skip
    """Keep keyed hashes by which the next reading knows what was removed."""
    digests = {barring.digest("claim", claim.claim_id) for claim in who.claims}
    digests |= {barring.digest("known", member) for member in who.members if member.startswith(KNOWN)}
    digests |= barring.of_whole_names(anywhere)
    for document_id, names in who.names.items():
        digests.add(barring.digest("document", document_id))
        every = names | who.last_names[document_id]
        digests |= {barring.digest("name", document_id, " ".join(words)) for words in every}
    new = [{"digest": digest, "removal": removal} for digest in sorted(digests - set(barring.digests))]
    if new:
        connection.execute(BARRED.insert(), new)


def _still_named(connection: sa.Connection, names: frozenset[Words]) -> tuple[str, ...]:
    """Documents of the record whose texts still hold the name: of a namesake, or of the person where nobody has judged it."""
    query = sa.select(DOCUMENTS.c.name, TEXTS.c.text).join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.document_id)
    found = sorted({name for name, whole in connection.execute(query) if places_of(whole, names)})
    if not found:
        return ()
    shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    return (
        f"the record's texts of {shown} hold the same name, which nobody judged to be this person: --everywhere takes it out",
    )


def _stays(connection: sa.Connection, who: Person) -> tuple[str, ...]:
    """What is not the record's to remove."""
    query = sa.select(DOCUMENTS.c.document_id, DOCUMENTS.c.name).order_by(DOCUMENTS.c.name)
    files = [name for document_id, name in connection.execute(query) if document_id in who.names]
    named = ", ".join(files[:5]) + (f" and {len(files) - 5} more" if len(files) > 5 else "")
    return (
        f"the files themselves still name the person: {named}" if files else "no file of the record names the person",
        "exports, backups and briefs made before this still hold what they held",
    )
