"""Claims that stand near one another: those that name the same, or what goes by the same name, as far as a page can look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.contradiction import contradictions
from tocsin.record.corroboration import corroborate, roles_of
from tocsin.record.kinds import kind_called
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tocsin.record.contradiction import Contradiction
    from tocsin.record.store import Entity, Record, StoredClaim
    from tocsin.web.record.shelf import Shelf

OF_ONE_NAME = 20
"""Other entities of one name whose claims come along."""
NEIGHBOURS = 120
"""Claims that are held against one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a claim.

    Attributes:
        agrees: claims that say the same.
        origins: independent origins of the statement, this claim's own included.
        contradicts: what excludes it.
        whole: whether all claims that name the same were looked at.
    """

    agrees: tuple[StoredClaim, ...]
    origins: int
    contradicts: tuple[Contradiction, ...]
    whole: bool


def beside(shelf: Shelf, claim: StoredClaim) -> Beside:
    """What agrees with a claim and what excludes it, among claims of its kind about what goes by the same name."""
    ids = [member for entity in _named(shelf.record, claim) for member in with_namesakes(shelf.record, entity)]
    near, whole = shelf.record.naming([*dict.fromkeys(ids)], kinds=(claim.kind,), each=NEIGHBOURS)
    kept = [claim, *(one for one in near if one.claim_id != claim.claim_id)]
    documents = shelf.record.documents_of([*dict.fromkeys(one.document_id for one in kept)])
    mine = next(g for g in corroborate(kept, documents) if claim.claim_id in {c.claim_id for c in g.claims})
    found = contradictions(kept, documents, places=shelf.places, names=shelf.names)
    agrees = tuple(one for one in mine.claims if one.claim_id != claim.claim_id)
    return Beside(agrees, len(mine.origins), tuple(c for c in found if _is_of(c, claim.claim_id)), whole)


def _is_of(one: Contradiction, claim_id: str) -> bool:
    return any(c.claim_id == claim_id for group in (*one.left, *one.right) for c in group.claims)


def _named(record: Record, claim: StoredClaim) -> Iterator[Entity]:
    """Entities that fill the roles by which claims of its kind are the same; posts, which many hold, only where alone."""
    subject = kind_called(claim.kind).subject
    same = {role for role, _ in roles_of(claim)} | {subject}
    pairs = zip(claim.arguments, claim.entities, strict=True)
    named = [(a, e) for a, e in pairs if e is not None and a.role in same]
    telling = [e for a, e in named if a.type is not EntityType.OFFICE] or [e for _, e in named]
    for entity_id in dict.fromkeys(telling):
        entity = record.entity(entity_id)
        if entity is not None:
            yield entity


def with_namesakes(record: Record, entity: Entity) -> list[str]:
    """Ids of an entity's members, and of other entities that have one of its names, word for word."""
    names = {tuple(fold(name)) for name in entity.names}
    near: Collection[Entity] = record.called(entity.name, limit=OF_ONE_NAME)
    alike = (e for e in near if e.entity_id != entity.entity_id and any(tuple(fold(n)) in names for n in e.names))
    return [*entity.members, *(member for one in alike for member in one.members)]
