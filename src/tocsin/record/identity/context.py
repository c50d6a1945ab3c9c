"""What claims say around an entity: with whom, as what and where it stands, under which other names, and beside whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus, EntityType, Modality
from tocsin.record.identity.posts import read_post
from tocsin.record.spans import Overlap, held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.spans import Held
    from tocsin.record.store.values import StoredClaim

SHARED = {
    EntityType.ORGANISATION: "organisation", EntityType.MISSION: "organisation", EntityType.PLACE: "place",
    EntityType.SITE: "place", EntityType.OFFICE: "post", EntityType.STATE: "state",
}  # fmt: skip
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Alias:
    """Two entities that one claim gives as names of one.

    Attributes:
        claim_id, document: where.
        at: when the claim entered, ISO 8601.
    """

    claim_id: str
    document: str
    at: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in an organisation, with when it was held."""

    post: str
    organisation: str
    span: Held


class Contexts:
    """What claims say around each entity."""

    def __init__(self, claims: Iterable[StoredClaim]) -> None:
        """Gather it from these claims; those that are rejected say nothing."""
        self.beside: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        """For each entity: (word for the type, key, name) of what stands beside it in a claim."""
        self.aliases: dict[Pair, list[Alias]] = defaultdict(list)
        self.sentences: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.seats: dict[str, list[Seat]] = defaultdict(list)
        for claim in claims:
            if claim.status is not ClaimStatus.REJECTED:
                self._read(claim)

    def _read(self, claim: StoredClaim) -> None:
        told = list(zip(claim.proposal.arguments, claim.entities, strict=True))
        whole = [(argument, entity) for argument, entity in told if entity is not None]
        given = [(argument, entity) for argument, entity in whole if argument.role == "alias"]
        named = [(argument, entity) for argument, entity in whole if argument.role != "alias"]
        owners = [entity for argument, entity in named if argument.role == "who"]
        for _, alias in given:
            for owner in owners:
                if alias != owner:
                    at = Alias(claim.claim_id, claim.document, claim.entered)
                    self.aliases[frozenset((owner, alias))].append(at)
        for argument, entity in named:
            if argument.span is not None and argument.step is None:
                self.sentences[entity].add((claim.proposal.text_id, claim.proposal.quote.start))
            for other, key in named:
                word = SHARED.get(other.type)
                if key != entity and word is not None:
                    key_ = read_post(other.words).name if other.type is EntityType.OFFICE else key
                    self.beside[entity].add((word, key_, other.words))
        if claim.proposal.kind == "person-holds-post" and claim.proposal.modality is Modality.ASSERTED:
            self._read_seat(claim)

    def _read_seat(self, claim: StoredClaim) -> None:
        person, post = claim.entity_of("person"), claim.proposal.first("post")
        organisation = claim.entity_of("organisation")
        span = held(claim.proposal.dates)
        if person and post and organisation and span.known:
            self.seats[person].append(Seat(post.words, organisation, span))

    def shared(self, left: str, right: str) -> list[tuple[str, str]]:
        """(word for the type, name) of what stands beside both, in order."""
        mine = {(word, key): name for word, key, name in self.beside.get(left, ())}
        both = {(word, mine[word, key]) for word, key, _ in self.beside.get(right, ()) if (word, key) in mine}
        return sorted(both)

    def in_one_sentence(self, left: str, right: str) -> bool:
        """Whether one quote names both, and not as names of one."""
        apart = frozenset((left, right)) not in self.aliases
        return apart and bool(self.sentences.get(left, set()) & self.sentences.get(right, set()))

    def seats_at_once(self, left: str, right: str) -> list[tuple[Seat, Seat]]:
        """Seats of the one and of the other in two organisations, surely at one time."""
        return [
            (one, other)
            for one in self.seats.get(left, ())
            for other in self.seats.get(right, ())
            if one.organisation != other.organisation and one.span.beside(other.span) is Overlap.OVERLAP
        ]
