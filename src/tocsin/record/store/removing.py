"""Taking a person's data out: what is about them goes, their names are blacked out, and neither comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.store import searching
from tocsin.record.store.barring import Barring
from tocsin.record.store.blacking import (
    Places,
    black_claims,
    black_history,
    black_names,
    black_reasons,
    black_texts,
    meets,
    without,
)
from tocsin.record.store.history import person_and_reason, write
from tocsin.record.store.naming import KNOWN
from tocsin.record.store.person import Person, person, places_of, whole_names
from tocsin.record.store.rows import now, proposal_from
from tocsin.record.store.tables import (
    BARRED,
    CLAIMS,
    DOCUMENTS,
    ENTITIES,
    ENTITY_WORDS,
    GRADES,
    JUDGEMENTS,
    REFUSALS,
    REMOVALS,
    TEXTS,
)
from tocsin.record.store.values import Removed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.claim import Span
    from tocsin.record.store.person import Words


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
    why = without(why, who)
    removal = connection.execute(
        REMOVALS.insert().values(at=now(), by_whom=by, why=why, what="{}")
    ).inserted_primary_key
    assert removal is not None
    number = int(removal[0])
    ids = {*who.members, *(claim.claim_id for claim in who.claims)}
    stays = _stays(connection, who)
    _drop_claims(connection, who)
    black = black_texts(connection, who, number)
    refusals = _drop_refusals(connection, who, black)
    quotes = sum(black_claims(connection, who, text_id, places) for text_id, places in black.items())
    called = whole_names(connection, who.members)
    _drop_entities(connection, who)
    entries = black_history(connection, who, ids, number)
    black_reasons(connection, who)
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


def _drop_claims(connection: sa.Connection, who: Person) -> None:
    searching.take(connection, [(seq, claim.proposal) for seq, claim in zip(who.seqs, who.claims, strict=True)])
    for seq, claim in zip(who.seqs, who.claims, strict=True):
        connection.execute(GRADES.delete().where(GRADES.c.axis == "credibility", GRADES.c.subject == claim.claim_id))
        connection.execute(CLAIMS.update().where(CLAIMS.c.corrected_by == claim.claim_id).values(corrected_by=None))
        connection.execute(CLAIMS.delete().where(CLAIMS.c.seq == seq))


def _drop_refusals(connection: sa.Connection, who: Person, black: dict[str, Places]) -> int:
    """Proposals that were turned away go where they name the person in any part."""
    count = 0
    for document_id, names in who.names.items():
        wanted = names | who.last_names[document_id]
        of_document = sa.select(TEXTS.c.text_id).where(TEXTS.c.document_id == document_id)
        rows = connection.execute(sa.select(REFUSALS).where(REFUSALS.c.text_id.in_(of_document))).mappings().all()
        for row in rows:
            spans = [span for span in _spans_of(row["proposal"]) if meets(span, black.get(row["text_id"], []))]
            if spans or places_of(f"{row['reason']} {json.loads(row['proposal'])}", wanted):
                connection.execute(REFUSALS.delete().where(REFUSALS.c.refusal == row["refusal"]))
                count += 1
    return count


def _spans_of(proposal: str) -> list[tuple[int, int]]:
    told = proposal_from(proposal)
    spans: list[Span | None] = [told.quote, *told.attributed_to, *told.date_spans]
    spans += [span for argument in told.arguments for span in (argument.span, argument.pronoun)]
    return [(span.start, span.end) for span in spans if span is not None]


def _drop_entities(connection: sa.Connection, who: Person) -> None:
    """The person's entities and all that was judged of them go; other entities lose the person's name from theirs."""
    for member in sorted(who.members):
        connection.execute(
            JUDGEMENTS.delete().where(sa.or_(JUDGEMENTS.c.left_id == member, JUDGEMENTS.c.right_id == member))
        )
        connection.execute(ENTITY_WORDS.delete().where(ENTITY_WORDS.c.entity_id == member))
        connection.execute(ENTITIES.delete().where(ENTITIES.c.entity_id == member))
    for document_id, names in who.names.items():
        black_names(connection, ENTITIES.c.document_id == document_id, names)
    black_names(connection, ENTITIES.c.document_id.is_(None), who.all_names)


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
