"""What the record says of the parties' positions, beside what the case says: quotes, never numbers made from words.

A claim is offered as a range only where its own words carry a number in the scale's unit, or a month that the case itself
has put on the scale, by an anchor or a band. Whoever keeps the case decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.decide.settle.on_scale import Offered, offered, words_shared
from tocsin.record.claim import ClaimStatus, EntityType, Modality
from tocsin.record.extract.knowledge import STATE
from tocsin.record.extract.linking import KNOWN
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.case.questions import Position, Question
    from tocsin.case.rows import Actor
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.store import StoredClaim

    Folded = tuple[str, ...]

KIND = "position-on-question"
FOR = "for"


class Standing(StrEnum):
    """What the record has behind a position of the case."""

    NO_CLAIM = "no claim behind it"
    WORDS = "claims in words, none with a point on the scale"
    AGREES = "a claim names a point within it"
    ELSEWHERE = "a claim names another point"


@dataclass(frozen=True, slots=True)
class ClaimOnPosition:
    """One claim of what a party wants.

    Attributes:
        claim_id: its name in the record.
        quote: the document's own words.
        document: name of the document.
        published: when; None is unknown.
        stance: for, against or conditional; None where the record does not say.
        modality: how the document puts it.
        said_by: who is said to say it, the nearest speaker first.
        status: where it stands in review.
        shared: words that the quote shares with the question; without any it may be about something else.
        offers: ranges that its own words name on the scale.
        why_none: why none is offered; None where one is.
    """

    claim_id: str
    quote: str
    document: str
    published: PartialDate | None
    stance: str | None
    modality: Modality
    said_by: tuple[str, ...]
    status: ClaimStatus
    shared: tuple[str, ...]
    offers: tuple[Offered, ...]
    why_none: str | None


@dataclass(frozen=True, slots=True)
class PartyInRecord:
    """A party's position in the case, with the claims of the record on what it wants.

    Attributes:
        actor, name: the party.
        low, mid, high: its position in the case, in the scale's unit.
        judgement: whether the case calls it judgement.
        source_id: the source the case names.
        standing: what the record has behind it.
        claims: those that share most words with the question first.
    """

    actor: str
    name: str
    low: float
    mid: float
    high: float
    judgement: bool
    source_id: str | None
    standing: Standing
    claims: tuple[ClaimOnPosition, ...]


def parties_in_record(
    question: Question, claims: Iterable[StoredClaim], *, actors: Sequence[Actor], knowledge: Knowledge
) -> tuple[PartyInRecord, ...]:  # fmt: skip
    """Claims on what each party wants, beside its position in the case.

    Claims that were rejected or corrected are left out. A claim is a party's where its actor is linked to the case's
    actor, or, for a state, to the state of that name.

    Args:
        question: the question.
        claims: of the record; other kinds are passed over.
        actors: the case's actors.
        knowledge: what names are known.
    """
    kept = [
        claim for claim in claims
        if claim.kind == KIND and claim.status is not ClaimStatus.REJECTED and claim.corrected_by is None
    ]  # fmt: skip
    rows = {row.actor_id: row for row in actors}
    states = _states_by_name(knowledge)
    return tuple(_party(question, p, kept, row=rows.get(p.actor), states=states) for p in question.positions)


def _party(
    question: Question, party: Position, claims: Sequence[StoredClaim], *, row: Actor | None, states: Mapping[Folded, set[str]]
) -> PartyInRecord:  # fmt: skip
    ids = {f"{KNOWN}{party.actor}"}
    if row is not None and (row.type or "").lower() == STATE:
        ids.update(*(states.get(fold(name), ()) for name in (row.name, *row.aliases)))
    own = [_claim(question, claim) for claim in claims if _actor_ids(claim) & ids]
    own.sort(key=lambda c: (-len(c.offers), -len(c.shared), c.document, c.claim_id))
    name = party.name or (row.name if row is not None else party.actor)
    judged = party.basis == "judgement" or "position" in party.judged
    return PartyInRecord(
        party.actor, name, *party.position, judgement=judged, source_id=party.source_id,
        standing=_standing(party, own), claims=tuple(own),
    )  # fmt: skip


def _states_by_name(knowledge: Knowledge) -> dict[Folded, set[str]]:
    """The ids of every state that is known by a name: the case's own actor and the gazetteer's state may share it."""
    found: dict[Folded, set[str]] = defaultdict(set)
    for entry in knowledge.entries:
        if entry.type is EntityType.STATE and entry.kind == STATE:
            for name in entry.names:
                found[fold(name)].add(f"{KNOWN}{entry.id}")
    return found


def _actor_ids(claim: StoredClaim) -> set[str | None]:
    actors = [argument.value for argument in claim.arguments if argument.role == "actor"]
    return {*actors, claim.entity_of("actor")} - {None}


def _claim(question: Question, claim: StoredClaim) -> ClaimOnPosition:
    quote = claim.quote.words
    found, why = offered(question, quote) if _is_wanted(claim) else ((), "it does not say what the party wants")
    if found and claim.published is None and not claim.date_spans:
        found, why = (), "it has no date, and a number without one has no place on the scale"
    return ClaimOnPosition(
        claim.claim_id, quote, claim.document, claim.published, claim.proposal.stance, claim.modality,
        tuple(span.words for span in claim.attributed_to), claim.status, words_shared(question, quote), found, why,
    )  # fmt: skip


def _is_wanted(claim: StoredClaim) -> bool:
    return claim.proposal.stance == FOR and claim.modality is not Modality.DENIED


def _standing(party: Position, claims: Sequence[ClaimOnPosition]) -> Standing:
    if not claims:
        return Standing.NO_CLAIM
    offers = [offer for claim in claims for offer in claim.offers]
    if not offers:
        return Standing.WORDS
    low, high = party.position.low, party.position.high
    meets = all(offer.low <= high and offer.high >= low for offer in offers)
    return Standing.AGREES if meets else Standing.ELSEWHERE
