"""A document: what is known of it, and its text some segments at a time, with the quotes of claims marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tocsin.errors import UnknownName
from tocsin.record.store.asked import Asked
from tocsin.web.record.about import about
from tocsin.web.record.questions import cursor
from tocsin.web.record.shelf import count_words
from tocsin.web.record.words import marked, seen

if TYPE_CHECKING:
    from markupsafe import Markup
    from starlette.datastructures import QueryParams

    from tocsin.record.document import Document, Segment
    from tocsin.record.store import StoredClaim
    from tocsin.record.store.windows import Head, Window
    from tocsin.web.record.shelf import Shelf

SEGMENTS_A_PAGE = 40
CLAIMS_A_WINDOW = 200
DOCUMENTS_A_PAGE = 50
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of a text as a page shows it.

    Attributes:
        kind: what it is for, as a class of the style sheet.
        words: escaped, quotes of claims marked.
        here: whether the address asked for this place.
        page: the page of the file that begins with it; None where it goes on.
    """

    kind: str
    words: Markup
    here: bool
    page: int | None


def documents(shelf: Shelf, query: QueryParams) -> dict[str, object]:
    """What the list of documents shows."""
    words, after = query.get("name", "")[:200].strip(), query.get("after") or None
    found = shelf.record.documents_page(words=words, limit=DOCUMENTS_A_PAGE + 1, after=after)
    shown = found[:DOCUMENTS_A_PAGE]
    counts = shelf.record.count_each([one.document_id for one in shown])
    more = shown[-1].document_id if len(found) > DOCUMENTS_A_PAGE else None
    return {
        "words": words, "begun": after is not None, "rows": [_row(shelf, one, counts[one.document_id]) for one in shown],
        "first_url": shelf.url("documents", name=words),
        "more_url": shelf.url("documents", name=words, after=more) if more else None,
    }  # fmt: skip


def _row(shelf: Shelf, document: Document, claims: int) -> dict[str, object]:
    return {**about(document), "url": shelf.document_url(document.document_id), "claims": count_words(claims)}


def document_page(shelf: Shelf, document_id: str, query: QueryParams) -> dict[str, object]:
    """What the page of a document shows.

    Raises:
        UnknownName: the record has no such document, or the document no such text.
    """
    document = document_of(shelf, document_id)
    heads = shelf.record.heads(document_id)
    common: dict[str, object] = {
        "document": about(document),
        "claims_url": shelf.url("", document=document_id),
        "count": count_words(shelf.record.tally(Asked(document=document_id)).of()),
    }
    if not heads:
        return {**common, "head": None}
    head = text_asked(heads, query.get("text"))
    at = cursor(query, "at") if "at" in query else None
    first = cursor(query, "from") if at is None else shelf.record.segment_at(head.text_id, at)
    first = first // SEGMENTS_A_PAGE * SEGMENTS_A_PAGE
    window = shelf.record.window(head.text_id, first=first, limit=SEGMENTS_A_PAGE)
    claims = shelf.record.claims_at(
        shelf.record.claims_within(head.text_id, window.start, window.end, limit=CLAIMS_A_WINDOW)
    )
    return {**common, **_text(shelf, document_id, heads, head), **_window(shelf, head, window, claims, at)}


def document_of(shelf: Shelf, document_id: str) -> Document:
    """The document of a hash.

    Raises:
        UnknownName: the record has none.
    """
    found = shelf.record.document(document_id)
    if found is None:
        raise UnknownName("the record has no such document", hint="the list of documents shows those that were read")
    return found


def text_asked(heads: list[Head], text_id: str | None) -> Head:
    """The text that an address names; the newest where it names none.

    Raises:
        UnknownName: the document has no such text.
    """
    found = next((head for head in heads if head.text_id == text_id), None) if text_id else heads[-1]
    if found is None:
        raise UnknownName("the document has no such text", hint="follow the links of the document's page")
    return found


def _text(shelf: Shelf, document_id: str, heads: list[Head], head: Head) -> dict[str, object]:
    others = [(one.parser, shelf.document_url(document_id, text=one.text_id)) for one in heads if one != head]
    path = f"document/{quote(document_id, safe='')}/text"
    return {"head": head, "others": others, "download_url": shelf.url(path, text=head.text_id)}


def _window(
    shelf: Shelf, head: Head, window: Window, claims: list[StoredClaim], at: int | None
) -> dict[str, object]:  # fmt: skip
    last = window.first + len(window.segments)
    document_id = claims[0].document_id if claims else None
    return {
        "stretches": _stretches(window, claims, at), "first": window.first + 1, "last": last,
        "lines": sorted(shelf.lines(claims), key=lambda line: line.claim.quote.start), "document_id": document_id,
        "more_claims": len(claims) == CLAIMS_A_WINDOW, "heading": seen(window.heading),
        "before": max(0, window.first - SEGMENTS_A_PAGE) if window.first else None,
        "after": last if last < head.segments else None,
    }  # fmt: skip


def _stretches(window: Window, claims: list[StoredClaim], at: int | None) -> list[Stretch]:
    quotes = [(claim.quote.start, claim.quote.end) for claim in claims]
    found, page = [], None
    for segment in window.segments:
        new = segment.page if segment.page != page else None
        page = segment.page
        found.append(_stretch(window, segment, quotes, at, new))
    return found


def _stretch(
    window: Window, segment: Segment, quotes: list[tuple[int, int]], at: int | None, page: int | None
) -> Stretch:  # fmt: skip
    words = window.words[segment.start - window.start : segment.end - window.start]
    here = at is not None and segment.start <= at < segment.end
    return Stretch(segment.kind.value.replace(" ", "-"), marked(words, quotes, offset=segment.start), here, page)


def file_name(document: Document) -> str:
    r"""A name under which a document's text is safely kept: letters, digits, dots and hyphens, ending in .txt.

    Example:
        >>> from tocsin.record.document import Document, Verdict
        >>> file_name(Document("ab" * 32, '../a "b"\r\n.html', "text/html", 1, Verdict.READ))
        'a-b-abababab.txt'
    """
    stem = _UNSAFE.sub("-", document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip(".-_")[:60].rstrip(".-_")
    return f"{stem}-{document.document_id[:8]}.txt" if stem else f"document-{document.document_id[:8]}.txt"
