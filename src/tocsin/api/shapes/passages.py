"""The documented shape of passages of documents that made no claim."""

from tocsin.record.store import Passage

READ_FOR_CLAIMS = frozenset({"en"})
NOT_EXTRACTED, NO_CLAIM = "not extracted", "no claim was read"


def passage_as_json(passage: Passage) -> dict[str, object]:
    """A passage whole; its hits are counted from its own beginning."""
    return {
        "document": passage.document, "document_id": passage.document_id, "language": passage.language,
        "note": note_of(passage), "page": passage.page, "paragraph": passage.paragraph, "text_id": passage.text_id,
        "start": passage.start, "end": passage.end, "words": passage.words, "hits": [list(hit) for hit in passage.hits],
    }  # fmt: skip


def note_of(passage: Passage) -> str:
    """Why no claim stands beside it: its language is not read for claims, or none was found in it."""
    is_read = passage.language is None or passage.language in READ_FOR_CLAIMS
    return NO_CLAIM if is_read or passage.document.startswith("tables/") else NOT_EXTRACTED
