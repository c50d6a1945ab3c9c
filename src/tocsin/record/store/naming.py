"""Which entity each argument names: one that is known, else one of its own for each document and name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.claim import EntityType
from tocsin.record.store.documents import BATCH
from tocsin.record.store.tables import ENTITIES, ENTITY_WORDS
from tocsin.record.store.wording import LONGEST_WORD, folded_name, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.record.claim import Argument, Proposal
    from tocsin.record.store.barring import Barring

NAMED = frozenset({
    EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.MISSION, EntityType.PLACE, EntityType.SITE,
    EntityType.VESSEL, EntityType.OFFICE,
})  # fmt: skip
"""Types of arguments that name an entity."""
KNOWN = "known:"
"""Before the id of an entity that the gazetteer or the case's tables know."""


def entity_id_of(argument: Argument, document_id: str) -> str | None:
    """The id of the entity that an argument names in a document; None where it names none."""
    if argument.type not in NAMED:
        return None
    if argument.value is not None and argument.value.startswith(KNOWN) and argument.value != KNOWN:
        return argument.value
    whole = f"{document_id}\x1f{argument.type}\x1f{folded_name(argument.words)}"
    return f"e{hashlib.sha256(whole.encode()).hexdigest()[:24]}"


def name_entities(
    connection: sa.Connection, document_id: str, proposals: Sequence[Proposal]
) -> list[tuple[str | None, ...]]:
    """The entities of each proposal's arguments; those that are new are made."""
    named = [tuple(entity_id_of(argument, document_id) for argument in p.arguments) for p in proposals]
    rows: dict[str, dict[str, Any]] = {}
    for proposal, ids in zip(proposals, named, strict=True):
        for argument, entity_id in zip(proposal.arguments, ids, strict=True):
            if entity_id is not None and entity_id not in rows:
                rows[entity_id] = _row(entity_id, argument, document_id)
    make_entities(connection, rows)
    return named


def _row(entity_id: str, argument: Argument, document_id: str) -> dict[str, Any]:
    known = entity_id.startswith(KNOWN)
    return {
        "entity_id": entity_id, "type": argument.type.value, "name": argument.words,
        "folded": folded_name(argument.words), "document_id": None if known else document_id, "canonical_id": entity_id,
    }  # fmt: skip


def make_entities(connection: sa.Connection, rows: dict[str, dict[str, Any]]) -> None:
    """Make those entities that the record does not hold, by their ids; their names can be asked for."""
    keys = list(rows)
    held: set[str] = set()
    for at in range(0, len(keys), BATCH):
        query = sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.entity_id.in_(keys[at : at + BATCH]))
        held.update(connection.scalars(query))
    new = [row for entity_id, row in rows.items() if entity_id not in held]
    if new:
        connection.execute(ENTITIES.insert(), new)
        index_names(connection, [(row["entity_id"], row["name"]) for row in new])


def name_known(connection: sa.Connection, names: Mapping[str, str], barring: Barring) -> int:
    """Give known entities the names that readers know them by; returns how many were called otherwise.

    Args:
        connection: in a transaction that writes.
        names: by the id, without `known:`; ids that the record does not hold are left out.
        barring: knows what was removed from every document.
    """
    query = sa.select(ENTITIES.c.entity_id, ENTITIES.c.name).where(
        ENTITIES.c.entity_id.startswith(KNOWN, autoescape=True)
    )
    new = {
        entity_id: name
        for entity_id, called in connection.execute(query)
        if (name := barring.blacked_out(names.get(entity_id.removeprefix(KNOWN), "").strip(), "")) and name != called
    }
    for entity_id, name in new.items():
        values = {"name": name, "folded": folded_name(name)}
        connection.execute(ENTITIES.update().where(ENTITIES.c.entity_id == entity_id).values(**values))
        connection.execute(ENTITY_WORDS.delete().where(ENTITY_WORDS.c.entity_id == entity_id))
    index_names(connection, new.items())
    return len(new)


def index_names(connection: sa.Connection, names: Iterable[tuple[str, str]]) -> None:
    """Let entities be found by each word of their names, as written and as transliterated."""
    words = [
        {"word": word, "entity_id": entity_id}
        for entity_id, name in names
        for word in sorted({w[:LONGEST_WORD] for w in _words(entity_id, name)})
    ]
    if words:
        connection.execute(ENTITY_WORDS.insert(), words)


def _words(entity_id: str, name: str) -> list[str]:
    known = words_of(entity_id.removeprefix(KNOWN)) if entity_id.startswith(KNOWN) else []
    return [*words_of(name), *folded_name(name).split(), *known]
