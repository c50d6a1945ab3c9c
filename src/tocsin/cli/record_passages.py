"""Passages of documents that made no claim, as `record search` shows them."""

from rich.table import Table

from tocsin.cli.printing import UNKNOWN, row, table
from tocsin.cli.shown import seen
from tocsin.record.store import Passage

READ_FOR_CLAIMS = frozenset({"en"})
NOT_EXTRACTED, NO_CLAIM = "not extracted", "no claim was read"
ELLIPSIS = "…"
AROUND = 120
"""Characters shown on either side of the first word that was asked for."""


def passage_as_json(passage: Passage) -> dict[str, object]:
    """A passage whole; its hits are counted from its own beginning."""
    return {
        "document": passage.document, "document_id": passage.document_id, "language": passage.language,
        "note": note_of(passage), "page": passage.page, "paragraph": passage.paragraph, "text_id": passage.text_id,
        "start": passage.start, "end": passage.end, "words": passage.words, "hits": [list(hit) for hit in passage.hits],
    }  # fmt: skip


def passage_table(found: list[Passage]) -> Table:
    """A line for each passage, cut to what stands around the first word that was asked for."""
    shown = table("Passages of documents without claims", "document", "page", "language", "note", "passage")
    for one in found:
        page = str(one.page) if one.page is not None else UNKNOWN
        row(shown, seen(one.document), page, one.language or UNKNOWN, note_of(one), seen(near(one)))
    return shown


def note_of(passage: Passage) -> str:
    """Why no claim stands beside it: its language is not read for claims, or none was found in it."""
    is_read = passage.language is None or passage.language in READ_FOR_CLAIMS
    return NO_CLAIM if is_read or passage.document.startswith("tables/") else NOT_EXTRACTED


def near(passage: Passage) -> str:
    """The words around the first hit.

    Example:
        >>> near(Passage("0" * 64, "a", "fr", "1" * 64, 0, 9, None, 1, "a " * 200 + "pont" + " b" * 200, ((400, 404),)))[115:130]
        'a a a pont b b '
    """
    start, end = passage.hits[0] if passage.hits else (0, 0)
    low, high = max(0, start - AROUND), min(len(passage.words), end + AROUND)
    before, after = ELLIPSIS if low else "", ELLIPSIS if high < len(passage.words) else ""
    return f"{before}{passage.words[low:high].strip()}{after}"
