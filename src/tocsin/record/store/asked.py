"""What is asked of claims, all of it at once, and what came of looking for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tocsin.record.claim import ClaimStatus
    from tocsin.record.store.values import StoredClaim

COUNTED = 1_000
"""Claims are counted up to here; beyond, there are more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim must meet; what is None or empty is not asked.

    Attributes:
        words: all of which its quote and names hold.
        kind: name of a kind.
        status: where it stands in review.
        document: a document's hash.
        entity: id of an entity that it names in any role; what is joined with it counts too.
        place: a place, site or state that it names, by id or by name.
        on: a day that its cited beginning and end do not rule out; claims without any date are left out.
    """

    words: str = ""
    kind: str | None = None
    status: ClaimStatus | None = None
    document: str | None = None
    entity: str | None = None
    place: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Claims that were found, and how far was looked.

    Attributes:
        claims: in the record's order.
        after: where to look on: a place in the record's order; None where all was looked at.
        looked_at: claims that were held against what is asked; None where an index gave the answer.
    """

    claims: tuple[StoredClaim, ...]
    after: int | None
    looked_at: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims there are of each kind and standing.

    Attributes:
        counts: by kind and status; one above COUNTED stands for any more.
        whole: whether all claims were counted that were asked for; else each count is the least there are.
    """

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    whole: bool = True

    def of(self, *, kind: str | None = None, status: str | None = None) -> int:
        """Claims of a kind and standing, each if given."""
        met = (n for (k, s), n in self.counts.items() if kind in (None, k) and status in (None, s))
        return min(sum(met), COUNTED + 1)

    def kinds(self, status: str | None = None) -> dict[str, int]:
        """Claims by kind, those that are there, in order of names."""
        found = {kind: self.of(kind=kind, status=status) for kind in sorted({k for k, _ in self.counts})}
        return {kind: n for kind, n in found.items() if n}

    def statuses(self, kind: str | None = None) -> dict[str, int]:
        """Claims by standing, those that are there."""
        found = {status: self.of(kind=kind, status=status) for status in sorted({s for _, s in self.counts})}
        return {status: n for status, n in found.items() if n}
