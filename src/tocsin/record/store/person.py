"""All that the record holds of one person: entities, claims, and the names by which texts speak of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import EntityType, Step
from tocsin.record.store import claims
from tocsin.record.store.barring import LONG_ENOUGH, LONGEST_NAME
from tocsin.record.store.documents import BATCH
from tocsin.record.store.tables import ARGUMENTS, CLAIMS, DOCUMENTS, ENTITIES, MENTIONS, TEXTS
from tocsin.record.store.wording import stretches, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tocsin.record.claim import Argument, Span
    from tocsin.record.store.values import StoredClaim

ABOUT = ("name", "title", "author", "publisher", "derived_from", "why")
"""Columns of a document that may name somebody."""
ALIAS_ROLE = "alias"
Words = tuple[str, ...]
"""A name as its folded words."""


@dataclass(frozen=True)
class Person:
    """What the record holds of one person.

    Attributes:
        members: ids of the entities that are the person.
        claims: every claim that names one of them.
        seqs: the keys of those claims, in the same order.
        names: for each document, the names that its claims give the person.
        last_names: for each document, last names of those, where they are long enough to be told from other words.
        mentioned: for each text, where it is known to name the person.
    """

    members: frozenset[str]
    claims: tuple[StoredClaim, ...]
    seqs: tuple[int, ...]
    names: Mapping[str, frozenset[Words]]
    last_names: Mapping[str, frozenset[Words]]
    mentioned: Mapping[str, tuple[tuple[int, int], ...]]

    @property
    def all_names(self) -> frozenset[Words]:
        """Names in any document that are no word of everyday: more than one word, or a long one."""
        every = frozenset(name for names in self.names.values() for name in names)
        return frozenset(name for name in every if len(name) > 1 or len(name[0]) >= LONG_ENOUGH)

    def spans(self, text_id: str) -> Iterator[tuple[int, int]]:
        """Where the claims read from a text name the person, and where known names do."""
        yield from self.mentioned.get(text_id, ())
        for claim in self.claims:
            if claim.text_id == text_id:
                for argument in _naming(claim, self.members):
                    yield from ((span.start, span.end) for span in _spans(argument))


def places_of(text: str, names: Iterable[Words]) -> list[tuple[int, int]]:
    """Where any of these names stands in a text."""
    wanted = frozenset(names)
    longest = max((len(name) for name in wanted), default=0)
    return list(stretches(text, wanted.__contains__, longest=min(longest, LONGEST_NAME))) if wanted else []


def person(connection: sa.Connection, entity_id: str, *, everywhere: bool = False) -> Person:
    """All that is held of the person who is this entity.

    Args:
        connection: of the record.
        entity_id: one of the person's entities.
        everywhere: take every person of the same whole name, and that name in every document, for this person.

    Raises:
        UnknownName: the record has no such entity.
        InputError: it is no person.
    """
    row = connection.execute(sa.select(ENTITIES.c.type).where(ENTITIES.c.entity_id == entity_id)).first()
    if row is None:
        raise UnknownName(
            f"the record has no entity {entity_id[:60]}", hint="tocsin record search finds entities by name"
        )
    if row.type != EntityType.PERSON.value:
        raise InputError(f"this is no person, but of the type {row.type}", hint="only persons' data can be removed")
    members = _one_with(connection, {entity_id})
    found = _claims(connection, members)
    more = _one_with(connection, members | _aliases(found.values(), members))
    if more != members:
        members, found = more, _claims(connection, more)
    if everywhere:
        members = _one_with(connection, members | namesakes(connection, members))
        found = _claims(connection, members)
    names = _names(connection, found.values(), members)
    if everywhere:
        names = _wherever(connection, names, whole_names(connection, members))
    last = {key: frozenset(name[-1:] for name in some if len(name) > 1 and len(name[-1]) >= LONG_ENOUGH)
            for key, some in names.items()}  # fmt: skip
    return Person(frozenset(members), tuple(found.values()), tuple(found), names, last, _mentioned(connection, members))


def whole_names(connection: sa.Connection, members: Iterable[str]) -> frozenset[Words]:
    """The names of entities that are more than one word."""
    named = connection.scalars(sa.select(ENTITIES.c.name).where(ENTITIES.c.entity_id.in_(sorted(members))))
    return frozenset(words for name in named if len(words := tuple(words_of(name))) > 1)


def namesakes(connection: sa.Connection, members: Iterable[str]) -> set[str]:
    """Other persons of the record by the same whole name: they may be this person, and nobody has judged it."""
    folded = sorted({" ".join(words) for words in whole_names(connection, members)})
    query = sa.select(ENTITIES.c.entity_id).where(
        ENTITIES.c.folded.in_(folded), ENTITIES.c.type == EntityType.PERSON.value
    )
    return set(connection.scalars(query)) - set(members)


def _wherever(
    connection: sa.Connection, names: Mapping[str, frozenset[Words]], wanted: frozenset[Words]
) -> dict[str, frozenset[Words]]:
    """The names by document, with the whole names in every document whose text, name or title holds one."""
    found = dict(names)
    about = [DOCUMENTS.c[name] for name in ABOUT]
    told = ((row[0], " | ".join(filter(None, row[1:]))) for row in
            connection.execute(sa.select(DOCUMENTS.c.document_id, *about)))  # fmt: skip
    texts = connection.execute(sa.select(TEXTS.c.document_id, TEXTS.c.text))
    for document_id, words in chain(told, ((row.document_id, row.text) for row in texts)):
        if places_of(words, wanted):
            found[document_id] = found.get(document_id, frozenset()) | wanted
    return found


def _one_with(connection: sa.Connection, entities: set[str]) -> set[str]:
    canonical = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id.in_(sorted(entities)))
    return set(connection.scalars(sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.canonical_id.in_(canonical))))


def _claims(connection: sa.Connection, members: set[str]) -> dict[int, StoredClaim]:
    ids, seqs = sorted(members), set[int]()
    for at in range(0, len(ids), BATCH):
        named = sa.select(ARGUMENTS.c.claim).where(ARGUMENTS.c.entity_id.in_(ids[at : at + BATCH]))
        seqs.update(connection.scalars(sa.select(CLAIMS.c.seq).where(CLAIMS.c.seq.in_(named))))
    order = sorted(seqs)
    return dict(zip(order, claims.with_keys(connection, order), strict=True))


def _aliases(found: Iterable[StoredClaim], members: set[str]) -> set[str]:
    """Entities that a claim about the person gives as other names of the person."""
    return {
        entity
        for claim in found
        if any(entity in members for argument, entity in _pairs(claim) if argument.role != ALIAS_ROLE)
        for argument, entity in _pairs(claim)
        if argument.role == ALIAS_ROLE and argument.type is EntityType.PERSON and entity is not None
    }


def _pairs(claim: StoredClaim) -> list[tuple[Argument, str | None]]:
    return list(zip(claim.arguments, claim.entities, strict=True))


def _naming(claim: StoredClaim, members: Iterable[str]) -> Iterator[Argument]:
    wanted = set(members)
    return (argument for argument, entity in _pairs(claim) if entity in wanted)


def _spans(argument: Argument) -> Iterator[Span]:
    """The stretches that say the name; a pronoun says none."""
    if argument.span is not None:
        yield argument.span
    if argument.pronoun is not None and argument.step in {Step.SHORT_NAME, Step.ALIAS}:
        yield argument.pronoun


def _names(connection: sa.Connection, found: Iterable[StoredClaim], members: set[str]) -> dict[str, frozenset[Words]]:
    names: defaultdict[str, set[Words]] = defaultdict(set)
    for claim in found:
        for argument in _naming(claim, members):
            said = [span.words for span in _spans(argument)] or [argument.words]
            names[claim.document_id].update(words for one in said if (words := tuple(words_of(one))))
    for document_id, said_there in _mentioned_as(connection, members):
        names[document_id].add(tuple(words_of(said_there)))
    query = sa.select(ENTITIES.c.document_id, ENTITIES.c.name).where(ENTITIES.c.entity_id.in_(sorted(members)))
    called = connection.execute(query.order_by(ENTITIES.c.document_id.is_(None))).all()
    for document_id, name in called:
        # a known person's own name is of no document: it is looked for in each that names the person
        for key in list(names) if document_id is None else [document_id]:
            names[key].add(tuple(words_of(name)))
    return {document_id: frozenset(some - {()}) for document_id, some in names.items()}


def _mentioned(connection: sa.Connection, members: set[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    query = sa.select(MENTIONS.c.text_id, MENTIONS.c.start, MENTIONS.c.stop).where(
        MENTIONS.c.entity_id.in_(sorted(members))
    )
    for text_id, start, stop in connection.execute(query):
        places[text_id].append((start, stop))
    return {text_id: tuple(some) for text_id, some in places.items()}


def _mentioned_as(connection: sa.Connection, members: set[str]) -> list[tuple[str, str]]:
    """Each document with the words by which a known name in it means the person."""
    query = sa.select(TEXTS.c.document_id, MENTIONS.c.words).join(TEXTS, TEXTS.c.text_id == MENTIONS.c.text_id)
    rows = connection.execute(query.where(MENTIONS.c.entity_id.in_(sorted(members))).distinct())
    return [(row.document_id, row.words) for row in rows]
