"""What the record newly says: a post that changes hands, two claims that exclude each other."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tocsin.watch.alert import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tocsin.watch.alert import Alert, Evidence
    from tocsin.watch.bell import Bell

BURST = 5
"""More new sightings than this in one cycle are told in one alert."""
RECORD = "Unknown: how often such claims turn out to be right is not counted; each shows who says it, and its grades."


@dataclass(frozen=True, slots=True)
class Sighting:
    """One statement or contradiction of the record, without the time it was found.

    Attributes:
        kind: a post, or a contradiction.
        identity: what makes it this one: the same while the record says the same.
        title: one line that names no person.
        says: what the record says.
        evidence: its quotes.
        reviewed: whether a person has accepted the claims.
    """

    kind: Kind
    identity: str
    title: str
    says: str
    evidence: tuple[Evidence, ...]
    reviewed: bool

    @property
    def id(self) -> str:
        """A short name for memory and keys, which does not hold the words themselves."""
        return sha256(self.identity.encode()).hexdigest()[:16]


def sightings_rung(
    seen: Sequence[Sighting], known: Collection[str] | None, *, bell: Bell
) -> tuple[tuple[Alert, ...], list[str]]:
    """Alerts of one kind of sighting that is new, and the ids that are known from now on.

    The first look at a record is what later looks are compared with: it rings nothing.

    Args:
        seen: everything of this kind that the record says now.
        known: ids that were seen before, even if the record says them no more; None at the first look.
        bell: makes the alerts.
    """
    now = sorted({*(known or ()), *(one.id for one in seen)})
    new = [] if known is None else [one for one in seen if one.id not in known]
    if len(new) > BURST:
        return (_burst(new, bell=bell),), now
    return tuple(_alert(one, bell=bell) for one in new), now


def _alert(one: Sighting, *, bell: Bell) -> Alert:
    return bell.rings(
        one.kind, one.id, title=one.title, says=one.says, record=RECORD, link="record", unknown=(_unknown(one),),
        evidence=one.evidence,
    )  # fmt: skip


def _burst(new: Sequence[Sighting], *, bell: Bell) -> Alert:
    words = "changes of post" if new[0].kind is Kind.POST else "contradictions"
    together = sha256("".join(sorted(one.id for one in new)).encode()).hexdigest()[:16]
    return bell.rings(
        new[0].kind, f"together:{together}", title=f"The record newly holds {len(new)} {words}",
        says=f"{len(new)} {words} are new since the record was last looked at; the first {BURST} are named here.",
        record=RECORD, link="record", unknown=tuple(dict.fromkeys(_unknown(one) for one in new)),
        evidence=tuple(one.evidence[0] for one in new[:BURST] if one.evidence),
    )  # fmt: skip


def _unknown(one: Sighting) -> str:
    if one.kind is Kind.CONTRADICTION:
        return "Which side is right: a contradiction is shown, not settled."
    return (
        "Whether it is so: a person has accepted the claim."
        if one.reviewed
        else "Whether it is so: nobody has reviewed the claim."
    )
