"""All rules over all claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus
from tocsin.record.contradiction import (
    exclusive_place,
    numbers_apart,
    one_seat,
    opposite,
    stance,
    tolls_apart,
    whole_and_parts,
)
from tocsin.record.contradiction.finding import OF_FACT, Ground
from tocsin.record.corroboration import corroborate
from tocsin.record.identity.alike import Alike
from tocsin.record.identity.places import Places
from tocsin.record.kinds import kinds
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tocsin.record.contradiction.finding import Contradiction
    from tocsin.record.corroboration import Group
    from tocsin.record.document import Document
    from tocsin.record.store.values import Judgement, StoredClaim

RULES: dict[str, tuple[Callable[[Sequence[Group], Ground], Iterator[Contradiction]], ...]] = {
    one_seat.RULE: (one_seat.find,),
    opposite.RULE: (opposite.find, whole_and_parts.find),
    exclusive_place.RULE: (exclusive_place.find,),
    stance.RULE: (stance.find,),
    numbers_apart.RULE: (numbers_apart.find, tolls_apart.find),
}
"""The rules a kind can name, and what they look for."""


def contradictions(
    claims: Iterable[StoredClaim], documents: Mapping[str, Document], *, judgements: Iterable[Judgement] = (),
    places: Places | None = None, likeness: Callable[[str, str], float] | None = None, names: Mapping[str, str] | None = None,
    alike: Alike | None = None, parts: dict[str, frozenset[str]] | None = None,
) -> list[Contradiction]:  # fmt: skip
    """Statements that exclude each other, those cited for one time first, then those that only may be.

    What is planned, recommended or rejected contradicts nothing; what is only reported may, and is marked so. No status is
    changed.

    Args:
        claims: of any kinds.
        documents: by document_id.
        judgements: that stand; two judged not the same are never taken for one by their name.
        places: where places lie; without them no place excludes another.
        likeness: of two documents, for counting origins.
        names: the name readers know an entity by, by its id or its known id (`known:pmf`).
        alike: which entities are one, where more is known of that than these claims say.
        parts: for each whole what is cited as part of it, likewise.
    """
    told = [c for c in claims if c.status is not ClaimStatus.REJECTED and c.proposal.modality in OF_FACT]
    alike = alike or Alike(told, judgements, names)
    groups = corroborate(told, documents, likeness=likeness, roles=alike.roles)
    ground = Ground(alike, places or Places(()), whole_and_parts.parts_of(groups) if parts is None else parts)
    found = [one for name in RULES for one in _by(name, groups, ground)]
    return sorted(found, key=_weight)


def _by(name: str, groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    mine = {kind.name for kind in kinds().values() if kind.rule == name}
    kept = [group for group in groups if group.kind in mine]
    for rule in RULES[name]:
        yield from rule(kept, ground)


def _weight(one: Contradiction) -> tuple[bool, bool, int, str, str]:
    """What is cited for one time first, then what is asserted, then what rests on more origins."""
    origins = min(sum(len(group.origins) for group in side) for side in (one.left, one.right))
    return one.overlap is not Overlap.OVERLAP, one.reported, -origins, one.kind, one.about
