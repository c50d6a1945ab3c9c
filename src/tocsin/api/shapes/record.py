"""The documented shapes of claims, entities, documents and lines of the history."""

from tocsin.record.document import Document
from tocsin.record.store import Entity, Entry, StoredClaim


def claim_as_json(claim: StoredClaim) -> dict[str, object]:
    """A claim as commands of the record print it."""
    return {
        "claim_id": claim.claim_id, "kind": claim.kind, "status": claim.status.value,
        "credibility": claim.credibility.name[1] if claim.credibility else None, "modality": claim.modality.value,
        "state": claim.state.value if claim.state else None, "stance": claim.stance, "document": claim.document,
        "document_id": claim.document_id, "published_on": _text(claim.published), "page": claim.page,
        "paragraph": claim.paragraph, "language": claim.language, "quote": claim.quote.words, "quote_start": claim.quote.start,
        "quote_end": claim.quote.end,
        "attributed_to": [span.words for span in claim.attributed_to],
        "dates": {name: _text(getattr(claim.dates, name)) for name in ("start", "end", "first_seen", "last_seen")},
        "arguments": [
            {"role": a.role, "type": a.type.value, "words": a.words, "entity": e, "step": a.step.value if a.step else None}
            for a, e in zip(claim.arguments, claim.entities, strict=True)
        ],
        "numbers": [{"role": n.role, "low": n.low, "high": n.high, "referent": n.referent} for n in claim.numbers],
        "extractor": claim.extractor, "corrected_by": claim.corrected_by,
    }  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def entity_as_json(entity: Entity) -> dict[str, object]:
    """An entity with all that was judged to be one with it."""
    return {
        "entity_id": entity.entity_id, "type": entity.type.value, "name": entity.name, "names": [*entity.names],
        "members": [*entity.members], "documents": [*entity.documents],
    }  # fmt: skip


def document_as_json(
    document: Document, language: str | None, claims: int, newer: str | None = None
) -> dict[str, object]:  # fmt: skip
    """A document, the language of its text, how many claims it made, and the id of a newer version of the same file."""
    return {
        "document_id": document.document_id, "name": document.name, "media_type": document.media_type, "size": document.size,
        "verdict": document.verdict.value, "why": document.why, "language": language, "title": document.title,
        "author": document.author, "publisher": document.publisher, "published_on": _text(document.published),
        "published_origin": document.published_origin.value, "source_id": document.source_id,
        "derived_from": document.derived_from, "claims": claims,
        "newer_version": newer,
    }  # fmt: skip


def entry_as_json(entry: Entry) -> dict[str, object]:
    """A line of the history; what stood and what stands as text."""
    return {
        "entry": entry.entry, "at": entry.at, "by": entry.by, "action": entry.action, "subject": entry.subject,
        "why": entry.why, "before": entry.before, "after": entry.after, "undoes": entry.undoes, "removal": entry.removal,
    }  # fmt: skip
