"""Claims, documents and entities made by hand, for tests of what is worked out of them."""

from __future__ import annotations

import hashlib
from typing import Any

from tocsin.case.dates import PartialDate
from tocsin.record.claim import (
    Argument,
    ClaimStatus,
    Dates,
    EntityType,
    LegalState,
    Modality,
    Number,
    Proposal,
    Span,
)  # fmt: skip
from tocsin.record.document import DateOrigin, Document, Verdict
from tocsin.record.store.values import Entity, Judgement, StoredClaim
from tocsin.record.store.values import Verdict as Judged

TYPES = {
    "person": EntityType.PERSON, "post": EntityType.OFFICE, "organisation": EntityType.ORGANISATION,
    "what": EntityType.SITE, "place": EntityType.PLACE, "area": EntityType.PLACE, "actor": EntityType.ORGANISATION,
    "towards": EntityType.STATE, "part": EntityType.ORGANISATION, "whole": EntityType.ORGANISATION,
    "force": EntityType.ORGANISATION, "position": EntityType.WORDS, "question": EntityType.QUESTION,
    "who": EntityType.PERSON, "alias": EntityType.PERSON, "by": EntityType.ORGANISATION, "task": EntityType.WORDS,
    "supporter": EntityType.STATE, "supported": EntityType.ORGANISATION, "how": EntityType.WORDS,
    "mission": EntityType.MISSION, "site": EntityType.SITE,
}  # fmt: skip
_numbers = iter(range(1, 10_000_000))


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def document(name: str, **told: Any) -> Document:
    published = told.pop("published", None)
    return Document(
        document_id=hashlib.sha256(name.encode()).hexdigest(), name=name, media_type="text/plain", size=1,
        verdict=Verdict.READ, published=day(published) if published else None,
        published_origin=DateOrigin.CASE if published else DateOrigin.UNKNOWN, **told,
    )  # fmt: skip


def claim(
    kind: str, source: Document, *, types: dict[str, EntityType] | None = None, quote: str = "", said_by: tuple[str, ...] = (),
    modality: Modality = Modality.ASSERTED, numbers: tuple[tuple[float | None, float | None, str], ...] = (),
    state: LegalState | None = None, stance: str | None = None, status: ClaimStatus = ClaimStatus.PROPOSED,
    entered_at: str = "2026-01-01T00:00:00", start: str | None = None, end: str | None = None, first_seen: str | None = None,
    last_seen: str | None = None, at: int = 0, **roles: str,
) -> StoredClaim:  # fmt: skip
    """A claim whose entities are named `role:words`, so that the same words are one entity, as if judged so."""
    number = next(_numbers)
    kinds = {**TYPES, **(types or {})}
    words = quote or " ".join(roles.values()) + f" ({number})"
    arguments, entities = [], []
    for name, value in roles.items():
        role = name.rstrip("_0123456789")
        offset = words.find(value)
        arguments.append(
            Argument(role, kinds[role], Span(at + max(offset, 0), at + max(offset, 0) + len(value), value))
        )
        unnamed = kinds[role] in {EntityType.WORDS, EntityType.QUESTION}
        entities.append(None if unnamed else value if value.startswith("known:") else f"{kinds[role]}:{value}")
    dates = Dates(*(day(text) if text else None for text in (start, end, first_seen, last_seen)))
    proposal = Proposal(
        kind=kind, text_id=source.document_id, quote=Span(at, at + len(words), words), arguments=tuple(arguments),
        extractor="by hand 1", modality=modality, attributed_to=tuple(Span(0, len(s), s) for s in said_by), dates=dates,
        numbers=tuple(Number("strength", low, high, what, Span(0, 1, "1")) for low, high, what in numbers), state=state,
        stance=stance,
    )  # fmt: skip
    return StoredClaim(
        claim_id=f"{number:032x}", proposal=proposal, status=status, credibility=None, entities=tuple(entities),
        document_id=source.document_id, document=source.name, source_id=source.source_id, published=source.published,
        paragraph=1, language="en", entered=entered_at,
    )  # fmt: skip


def entity(name: str, kind: EntityType, *more: str) -> Entity:
    return Entity(f"{kind}:{name}", kind, name, (name, *more), (f"{kind}:{name}",), ("a.txt",))


def judgement(left: Entity, right: Entity, verdict: Judged, *, at: str = "2026-02-01T00:00:00") -> Judgement:
    return Judgement(left.entity_id, right.entity_id, verdict, "an analyst", "seen", at)


def by_id(*documents: Document) -> dict[str, Document]:
    return {document.document_id: document for document in documents}
