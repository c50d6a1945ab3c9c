"""One moment of the record as an export sees it: without what it leaves out, streamed a batch at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from tocsin.record.export import tables
from tocsin.record.export.ftm import Said, schemata
from tocsin.record.export.selection import Selection, every_claim, every_entity
from tocsin.record.store import whole as stored
from tocsin.record.store.tables import ARGUMENTS, CLAIMS, ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tocsin.record.store import Entity, StoredClaim

_T = TypeVar("_T")
KEYS_AT_ONCE = 500


@dataclass(frozen=True)
class Moment:
    """One moment of the record, with what an export leaves out."""

    connection: sa.Connection
    selection: Selection
    hidden: frozenset[str]
    left_out: set[str] = field(default_factory=set)

    def claims(self) -> Iterator[StoredClaim]:
        """Claims that the export has; those that name a site a user entered are counted in `left_out`."""
        for claim in every_claim(self.connection):
            if self.selection.withholds(claim):
                self.left_out.add(claim.claim_id)
            elif self.selection.holds(claim):
                yield claim

    def entities(self) -> Iterator[Entity]:
        """Entities without sites that a user entered."""
        for entity in every_entity(self.connection):
            shown = entity if not self.hidden.intersection(entity.members) else self._without_hidden(entity)
            if shown is not None:
                yield shown

    def _without_hidden(self, entity: Entity) -> Entity | None:
        members = tuple(member for member in entity.members if member not in self.hidden)
        if not members:
            return None
        query = sa.select(ENTITIES.c.name, ENTITIES.c.document_id).where(ENTITIES.c.entity_id.in_(members))
        rows = list(self.connection.execute(query.order_by(ENTITIES.c.entity_id)))
        names = tuple(dict.fromkeys(name for name, _ in rows))
        found = tuple(sorted({document for _, document in rows if document}))
        return replace(entity, entity_id=members[0], members=members, name=names[0], names=names, documents=found)

    def shown(self) -> Callable[[str], str]:
        """The id that stands for an entity's: another member's where its own is a site that a user entered."""
        others: dict[str, str] = {}
        for entity_id in self.hidden:
            canonical = sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.entity_id == entity_id).scalar_subquery()
            query = sa.select(ENTITIES.c.entity_id, ENTITIES.c.canonical_id).where(ENTITIES.c.canonical_id == canonical)
            members = dict(self.connection.execute(query.order_by(ENTITIES.c.entity_id)).all())
            seen = [member for member in members if member not in self.hidden]
            others.update({canonical_id: seen[0] for canonical_id in members.values() if seen})
        return lambda entity_id: others.get(entity_id, entity_id)


def said_of(moment: Moment, entities: Sequence[Entity]) -> dict[str, list[Said]]:
    """Properties that claims give to these entities: only what a claim asserts, and the export holds."""
    found: dict[str, list[Said]] = {}
    owner = {member: entity.entity_id for entity in entities for member in entity.members}
    of, other, named = ARGUMENTS.alias("of_what"), ARGUMENTS.alias("other"), ENTITIES.alias("named")
    statuses = [status.value for status in moment.selection.statuses]
    for asked in schemata()["said"]:
        query = (
            sa.select(of.c.entity_id, named.c.canonical_id, other.c.words, CLAIMS.c.claim_id).distinct()
            .join(other, other.c.claim == of.c.claim).join(CLAIMS, CLAIMS.c.seq == of.c.claim)
            .outerjoin(named, named.c.entity_id == other.c.entity_id)
            .where(CLAIMS.c.kind == asked["kind"], CLAIMS.c.modality == "asserted", CLAIMS.c.status.in_(statuses),
                   of.c.role == asked["of"], other.c.role == asked["role"])
        )  # fmt: skip
        for keys in in_batches(iter(owner), 500):
            rows = moment.connection.execute(query.where(of.c.entity_id.in_(keys)).order_by(CLAIMS.c.claim_id))
            for of_id, other_id, words, claim_id in rows:
                value = other_id if asked["value"] == "entity" else words
                if value is not None and claim_id not in moment.left_out:
                    one = Said(asked["property"], value, asked["value"] == "entity")
                    found.setdefault(owner[of_id], []).append(one)
    return found


def stored_rows(moment: Moment, table: str) -> Iterator[tables.Row]:
    """Rows of judgements, grades and history that are not about what is withheld."""
    gone = moment.hidden | moment.left_out
    for row in stored.every(moment.connection, table):
        words = [str(row.get(name) or "") for name in ("subject", "topic", "left_id", "right_id")]
        about = {part for value in words for part in (value, *value.partition(":")[2].split("\x1f"))}
        if not about & gone and not moment.selection.names_one(str(row.get("why") or "")):
            yield tables.stored_row(table, row)


def in_batches(values: Iterator[_T], size: int) -> Iterator[list[_T]]:
    """Lists of up to so many."""
    some: list[_T] = []
    for value in values:
        some.append(value)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
