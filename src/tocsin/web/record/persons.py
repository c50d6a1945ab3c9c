"""Whom the record's pages speak of: persons only as holders of a public post, or as entries of a published list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.extract.linking import KNOWN
from tocsin.record.store.asked import Asked

if TYPE_CHECKING:
    from tocsin.record.store import Entity, Record, StoredClaim

PUBLIC = {"person-holds-post": "person", "designated": "who"}
"""Kinds of claims that make somebody public, each with the role that the person fills."""
LOOKED_AT = 20


@dataclass(frozen=True)
class Persons:
    """Whom of the persons in a record its pages may name; each is looked up once for a page.

    Attributes:
        record: open.
        known: persons looked up, by id.
    """

    record: Record
    known: dict[str, bool] = field(default_factory=dict)

    def may_name(self, claim: StoredClaim) -> bool:
        """Whether every person that a claim names holds a public post or stands on a published list."""
        pairs = zip(claim.arguments, claim.entities, strict=True)
        own = PUBLIC.get(claim.kind)
        persons = (e for a, e in pairs if a.type is EntityType.PERSON and a.role not in (own, "alias"))
        return all(person is not None and self._is_public(person) for person in persons)

    def _is_public(self, person: str) -> bool:
        if person not in self.known:
            entity = self.record.entity(person)
            self.known[person] = entity is not None and is_public(self.record, entity)
        return self.known[person]


def is_public(record: Record, entity: Entity) -> bool:
    """Whether an entity may have a page.

    All but persons may; and persons whom a claim that stands shows in a public post or on a list, or whom the case or the
    gazetteer knows.
    """
    if entity.type is not EntityType.PERSON or any(member.startswith(KNOWN) for member in entity.members):
        return True
    return any(_shows(record, entity, kind, role) for kind, role in PUBLIC.items())


def _shows(record: Record, entity: Entity, kind: str, role: str) -> bool:
    page = record.find(Asked(entity=entity.entity_id, kind=kind), limit=LOOKED_AT)
    standing = (claim for claim in page.claims if claim.status is not ClaimStatus.REJECTED)
    return any(claim.entity_of(role) == entity.entity_id for claim in standing)
