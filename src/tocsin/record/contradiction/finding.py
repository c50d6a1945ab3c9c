"""What a rule finds: two sides that cannot both hold, or that are contested. The analyst decides, not the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.sentence import names_shown, sentence
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.corroboration import Group
    from tocsin.record.identity.alike import Alike
    from tocsin.record.identity.places import Places
    from tocsin.record.store.values import StoredClaim

OF_FACT = frozenset({Modality.ASSERTED, Modality.DENIED, Modality.REPORTED})
"""What is planned or recommended contradicts nothing."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that exclude each other.

    Attributes:
        rule: by which it was found.
        kind: of the claims.
        about: what it is about, in words.
        left, right: the statements of each side, with their claims, quotes, dates and origins.
        left_says, right_says: each side in a few words.
        overlap: whether both are cited for one time, or only may be.
        reported: whether a side rests on what is only reported.
        contested: both can stand, and are shown as contested; not one of them need be wrong.
        notes: what a reader must know to judge it: names taken for one, persons who may be one.
    """

    rule: str
    kind: str
    about: str
    left: tuple[Group, ...]
    right: tuple[Group, ...]
    left_says: str
    right_says: str
    overlap: Overlap
    reported: bool
    contested: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What rules stand on beside the statements themselves.

    Attributes:
        alike: which entities are compared as one.
        places: where places lie and what contains what.
        parts: for each whole, the keys of what is cited as part of it.
    """

    alike: Alike
    places: Places
    parts: dict[str, frozenset[str]]

    def says(self, claim: StoredClaim) -> str:
        """What a claim says in a line, its entities by the names that readers know."""
        return sentence(claim.proposal, names=names_shown(claim, self.alike.known))


Meeting = tuple[Overlap, "tuple[Group, ...]", "tuple[Group, ...]"]
"""How two sides meet in time, and the statements of each that do."""


def beside(left: Group, right: Group) -> Overlap:
    """Whether two statements are cited for one time: as soon as a claim of each is."""
    found = {one.beside(other) for one in left.spans for other in right.spans}
    return next(how for how in Overlap if how in found)


def meeting(lefts: Sequence[Group], rights: Sequence[Group]) -> Meeting:
    """How two sides meet at best, and the statements of each that do so; APART and none where none meet."""
    met = [(beside(left, right), left, right) for left in lefts for right in rights]
    best = next((how for how in Overlap if any(how is found for found, _, _ in met)), Overlap.APART)
    if best is Overlap.APART:
        return best, (), ()
    kept = [(left, right) for how, left, right in met if how is best]
    ours = tuple(left for left in lefts if any(left is one for one, _ in kept))
    theirs = tuple(right for right in rights if any(right is other for _, other in kept))
    return best, ours, theirs


def is_reported(groups: Sequence[Group]) -> bool:
    """Whether nobody asserts or denies it in their own voice."""
    return all(group.modality is Modality.REPORTED for group in groups)


def joined_by_name(groups: Sequence[Group], ground: Ground) -> Iterator[str]:
    """A sentence for each entity that is taken for one by its name alone."""
    ids: dict[str, set[str]] = {}
    for group in groups:
        for claim in group.claims:
            for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True):
                if entity is not None and any(argument.role == role for role, _ in group.roles):
                    ids.setdefault(ground.alike.key(argument, entity), set()).add(entity)
    for key, found in ids.items():
        if len(found) > 1 and not key.startswith("post:"):
            yield f"{ground.alike.name(key)} is taken for one by its name in {len(found)} documents; nobody has judged it"
