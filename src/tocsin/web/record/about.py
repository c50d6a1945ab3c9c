"""What is known of a document, every word of it safe to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.web.record.words import seen

if TYPE_CHECKING:
    from tocsin.record.document import Document


def about(document: Document) -> dict[str, object]:
    """A document's title, date, source and hash, for templates; None where something is unknown."""
    return {
        "title": seen(document.title or document.name), "name": seen(document.name),
        "author": seen(document.author) if document.author else None,
        "publisher": seen(document.publisher) if document.publisher else None,
        "published": str(document.published) if document.published else None,
        "published_origin": document.published_origin.value, "hash": document.document_id,
        "media_type": document.media_type, "size": f"{document.size:,}", "source": document.source_id,
        "derived_from": seen(document.derived_from) if document.derived_from else None,
        "verdict": document.verdict.value, "why": seen(document.why),
    }  # fmt: skip
