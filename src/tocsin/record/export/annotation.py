"""W3C Web Annotation: each claim as a note on the stretch of text it quotes.

The model is https://www.w3.org/TR/annotation-model/: a TextQuoteSelector with what stands before and after, and a
TextPositionSelector, both in code points of the text that the named parser made.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.claim import Argument, Number, Span
    from tocsin.record.document import Document, Text
    from tocsin.record.store import StoredClaim

TERMS = (
    "kind", "modality", "status", "credibility", "state", "stance", "arguments", "role", "words", "step", "pronoun", "entity",
    "numbers", "low", "high", "referent", "attributedTo", "dates", "firstSeen", "lastSeen", "starts", "ends", "type_of", "from",
    "to", "known_as", "exactQuote", "page", "paragraph", "textId",
)  # fmt: skip
"""Terms of our own in the bodies; they live under `urn:tocsin:terms:`."""
CONTEXT: list[Any] = ["http://www.w3.org/ns/anno.jsonld", {term: f"urn:tocsin:terms:{term}" for term in TERMS}]
AROUND = 32
"""Characters before and after the quote."""


def source_of(document_id: str) -> str:
    """The name of a document by its hash, as RFC 6920 writes it.

    Example:
        >>> source_of("00" * 32)
        'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(document_id)).decode().rstrip("=")


def annotation_of(claim: StoredClaim, text: Text, document: Document) -> dict[str, Any]:
    """A claim as an annotation, without the `@context` that its page gives.

    Args:
        claim: the claim.
        text: the text it was read from.
        document: whose text it is.
    """
    return {
        "id": f"urn:tocsin:claim:{claim.claim_id}", "type": "Annotation", "motivation": "describing",
        "created": claim.entered, "generator": {"type": "Software", "name": claim.extractor},
        "body": _body(claim), "target": _target(claim, text, document),
    }  # fmt: skip


def _target(claim: StoredClaim, text: Text, document: Document) -> dict[str, Any]:
    before, after = _around(claim.quote, text)
    told = {"id": source_of(document.document_id), "format": document.media_type, "language": claim.language}
    return {
        "type": "SpecificResource",
        "source": {key: value for key, value in told.items() if value is not None},
        "renderedVia": {"type": "Software", "name": text.parser},
        "selector": [
            {"type": "TextQuoteSelector", "exact": claim.quote.words, "prefix": before, "suffix": after},
            {"type": "TextPositionSelector", "start": claim.quote.start, "end": claim.quote.end},
        ],
    }


def _around(quote: Span, text: Text) -> tuple[str, str]:
    """What stands before and after; of a table only what is in the same row, as rows do not speak of each other."""
    first, last = 0, len(text.text)
    segment = text.segment_at(quote.start)
    if segment is not None and segment.kind is SegmentKind.ROW:
        first, last = segment.start, segment.end
    return text.text[max(first, quote.start - AROUND) : quote.start], text.text[
        quote.end : min(last, quote.end + AROUND)
    ]


def _body(claim: StoredClaim) -> dict[str, Any]:
    told = {
        "type": "Dataset", "purpose": "describing", "kind": claim.kind, "modality": claim.modality.value,
        "status": claim.status.value, "credibility": claim.credibility.name[1] if claim.credibility else None,
        "state": claim.state.value if claim.state else None, "stance": claim.stance, "exactQuote": claim.exact,
        "textId": claim.text_id, "page": claim.page, "paragraph": claim.paragraph,
        "arguments": [_argument(a, e) for a, e in zip(claim.arguments, claim.entities, strict=True)],
        "attributedTo": _spans(claim.attributed_to), "numbers": [_number(n) for n in claim.numbers], "dates": _dates(claim),
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in (None, [], {})}


def _argument(argument: Argument, entity: str | None) -> dict[str, Any]:
    told = {
        "role": argument.role, "type_of": argument.type.value, **(_span(argument.span) if argument.span else {}),
        "known_as": argument.value, "step": argument.step.value if argument.step else None,
        "pronoun": _span(argument.pronoun) if argument.pronoun else None, "entity": entity,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value is not None}


def _number(number: Number) -> dict[str, Any]:
    told = {
        "role": number.role,
        "low": number.low,
        "high": number.high,
        "referent": number.referent,
        **_span(number.span),
    }
    return {key: value for key, value in told.items() if value is not None}


def _dates(claim: StoredClaim) -> dict[str, str]:
    names = {"starts": "start", "ends": "end", "firstSeen": "first_seen", "lastSeen": "last_seen"}
    return {key: str(date) for key, name in names.items() if (date := getattr(claim.dates, name)) is not None}


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, Any]:
    return {"words": span.words, "from": span.start, "to": span.end}
