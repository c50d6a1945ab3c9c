"""Made-up documents and claims for tests of the record."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, Dates, EntityType, LegalState, Proposal, Span
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate
    from tocsin.record.store import Record

RULES = "rules 1"
UNDATED = Dates()


def document_with(
    *sentences: str, name: str = "note.txt", parser: str = "plain 1", published: PartialDate | None = None,
    source_id: str | None = None, title: str | None = None,
) -> tuple[Document, Text]:  # fmt: skip
    """A document of these sentences, each a segment of its own."""
    key = hashlib.sha256(f"{name}\n{sentences}".encode("utf-8", "surrogatepass")).hexdigest()
    segments, at = [], 0
    for number, sentence in enumerate(sentences, 1):
        segments.append(Segment(at, at + len(sentence), SegmentKind.BODY, page=1, paragraph=number))
        at += len(sentence) + 1
    document = Document(
        key, name, "text/plain", at, Verdict.READ, title=title, published=published, source_id=source_id
    )  # fmt: skip
    return document, Text(key, parser, "\n".join(sentences), tuple(segments), "en", 0.9)


def words(text: Text, said: str, nth: int = 0) -> Span:
    """The span of the nth place where these words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.text.index(said, start + 1)
    return Span.of(text.text, start, start + len(said))


def held(
    text: Text, person: str, post: str, organisation: str | None = None, *, quote: str | None = None,
    dates: Dates = UNDATED, known: str | None = None,
) -> Proposal:  # fmt: skip
    """Who held what post."""
    quoted = words(text, quote or next(line for line in text.text.split("\n") if person in line and post in line))
    arguments = [
        Argument("person", EntityType.PERSON, _inside(text, person, quoted), value=known),
        Argument("post", EntityType.OFFICE, _inside(text, post, quoted)),
    ]
    if organisation is not None:
        arguments.append(Argument("organisation", EntityType.ORGANISATION, _inside(text, organisation, quoted)))
    return Proposal("person-holds-post", text.text_id, quoted, tuple(arguments), RULES, dates=dates)


def _inside(text: Text, said: str, quote: Span) -> Span:
    start = text.text.index(said, quote.start, quote.end)
    return Span.of(text.text, start, start + len(said))


def happened(text: Text, what: str, *, place: str | None = None, dates: Dates = UNDATED) -> Proposal:
    """What happened, and where."""
    quoted = words(text, next(line for line in text.text.split("\n") if what in line))
    arguments = [Argument("what", EntityType.WORDS, _inside(text, what, quoted))]
    if place is not None:
        arguments.append(Argument("place", EntityType.PLACE, _inside(text, place, quoted)))
    return Proposal("event", text.text_id, quoted, tuple(arguments), RULES, dates=dates)


def listed(text: Text, who: str, *, state: LegalState | None = LegalState.IN_FORCE) -> Proposal:
    """Who stands under a measure."""
    quoted = words(text, next(line for line in text.text.split("\n") if who in line))
    argument = Argument("who", EntityType.ORGANISATION, _inside(text, who, quoted))
    return Proposal("designated", text.text_id, quoted, (argument,), RULES, state=state)


def enter(record: Record, document: Document, text: Text, *proposals: Proposal, extractor: str = RULES) -> None:
    """Put a document in with claims that must all enter."""
    record.add(document, text)
    came = record.enter(text, proposals, extractor=extractor, by="test")
    assert (came.entered, came.refused) == (len(proposals), 0), record.refusals()
