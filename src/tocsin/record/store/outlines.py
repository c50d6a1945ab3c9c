"""Claims in outline: who fills which role, how and when, without quotes: a million of them can be gone through in seconds."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.store.naming import KNOWN
from tocsin.record.store.tables import ARGUMENTS, CLAIMS, ENTITIES, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

AT_ONCE = 5_000
"""Rows that are fetched at a time."""
Dates = tuple[str | None, str | None, str | None, str | None]
"""start, end, first_seen and last_seen as they are written; None is not cited."""
Figure = tuple[str, float | None, float | None, str]
"""Role, low, high and what is counted."""


class Filling(NamedTuple):
    """What fills a role.

    Attributes:
        role: as `person`.
        type: what it names.
        entity: its entity, as judged; None where it names none.
        words: what a reader is shown.
        value: the normal form; None where there is none.
    """

    role: str
    type: EntityType
    entity: str | None
    words: str
    value: str | None


class Outline(NamedTuple):
    """A claim without its quote.

    Attributes:
        seq: its place in the record's order.
        modality, state, stance: as written.
        dates: as cited.
        fillings: of the roles asked for, in the claim's order.
        figures: its numbers, where they are asked for.
        quote: where it is asked for, else empty.
    """

    seq: int
    modality: str
    state: str | None
    stance: str | None
    dates: Dates
    fillings: tuple[Filling, ...]
    figures: tuple[Figure, ...] = ()
    quote: str = ""


class Named(NamedTuple):
    """A name of an entity: its id as judged, its type, the name, and the known id it is bound to (`known:pmf`) or None."""

    entity: str
    type: EntityType
    name: str
    known: str | None


def outlines(
    connection: sa.Connection, kind: str, *, roles: Collection[str], modalities: Collection[str], figures: bool = False,
    quotes: bool = False,
) -> Iterator[Outline]:  # fmt: skip
    """The claims of a kind in outline, in the record's order; rejected ones are left out.

    Args:
        connection: whose transaction stays open until the last is taken.
        kind: name of a kind.
        roles: whose fillings are wanted.
        modalities: how the claims are put.
        figures: whether numbers are wanted.
        quotes: whether quotes are wanted.
    """
    joined = _joined(connection)
    asked = [CLAIMS.c.kind == kind, CLAIMS.c.status != ClaimStatus.REJECTED.value, CLAIMS.c.modality.in_(modalities)]
    told = [CLAIMS.c.modality, CLAIMS.c.state, CLAIMS.c.stance, CLAIMS.c.date_start, CLAIMS.c.date_end, CLAIMS.c.first_seen,
            CLAIMS.c.last_seen, CLAIMS.c.quote_words if quotes else sa.literal("")]  # fmt: skip
    filled = [ARGUMENTS.c.role, ARGUMENTS.c.type, ARGUMENTS.c.entity_id, ARGUMENTS.c.words, ARGUMENTS.c.value]
    query = (
        sa.select(CLAIMS.c.seq, *told, *filled)
        .join(ARGUMENTS, ARGUMENTS.c.claim == CLAIMS.c.seq)
        .where(*asked, ARGUMENTS.c.role.in_(roles))
        .order_by(CLAIMS.c.seq, ARGUMENTS.c.number)
    )
    numbers = _numbers(connection, asked) if figures else {}
    types = {what.value: what for what in EntityType}
    rows = connection.execute(query).yield_per(AT_ONCE)
    for seq, parts in groupby(rows, key=itemgetter(0)):
        fillings = []
        for row in parts:
            first = row
            _, _, _, _, _, _, _, _, _, role, what, entity, words, value = row
            fillings.append(Filling(role, types[what], joined.get(entity, entity), words or value or "", value))
        _, modality, state, stance, *_ = first
        yield Outline(
            seq,
            modality,
            state,
            stance,
            (first[4], first[5], first[6], first[7]),
            tuple(fillings),
            numbers.get(seq, ()),
            first[8],
        )


def names(connection: sa.Connection) -> Iterator[Named]:
    """Every name that claims and texts give an entity, as far as claims that are not rejected bind it to a known one."""
    joined = _joined(connection)
    own = sa.select(ENTITIES.c.entity_id, ENTITIES.c.type, ENTITIES.c.name).where(ENTITIES.c.document_id.is_not(None))
    for entity, what, name in connection.execute(own.order_by(ENTITIES.c.entity_id)).yield_per(AT_ONCE):
        yield Named(joined.get(entity, entity), EntityType(what), name, None)
    named = ARGUMENTS.c.entity_id.startswith(KNOWN, autoescape=True), ARGUMENTS.c.words.is_not(None)
    known = sa.select(ARGUMENTS.c.entity_id, ARGUMENTS.c.type, ARGUMENTS.c.words).where(*named).distinct()
    for entity, what, words in connection.execute(known.order_by(*known.selected_columns)).yield_per(AT_ONCE):
        yield Named(joined.get(entity, entity), EntityType(what), words, entity)


def kinds_denied(connection: sa.Connection, modality: str) -> set[str]:
    """Kinds of which a claim that is not rejected is put so."""
    query = sa.select(CLAIMS.c.kind).where(CLAIMS.c.modality == modality, CLAIMS.c.status != ClaimStatus.REJECTED.value)
    return set(connection.scalars(query.distinct()))


def _joined(connection: sa.Connection) -> dict[str | None, str]:
    """Entities that judgements join with another, each with the id of all of them."""
    query = sa.select(ENTITIES.c.entity_id, ENTITIES.c.canonical_id)
    return {row[0]: row[1] for row in connection.execute(query.where(ENTITIES.c.entity_id != ENTITIES.c.canonical_id))}


def _numbers(connection: sa.Connection, asked: list[sa.ColumnElement[bool]]) -> dict[int, tuple[Figure, ...]]:
    columns = NUMBERS.c.claim, NUMBERS.c.role, NUMBERS.c.low, NUMBERS.c.high, NUMBERS.c.referent
    query = sa.select(*columns).join(CLAIMS, CLAIMS.c.seq == NUMBERS.c.claim).where(*asked)
    found: dict[int, tuple[Figure, ...]] = {}
    for claim, *figure in connection.execute(query.order_by(NUMBERS.c.claim, NUMBERS.c.number)).yield_per(AT_ONCE):
        found[claim] = (*found.get(claim, ()), (figure[0], figure[1], figure[2], figure[3]))
    return found
