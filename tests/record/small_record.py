"""A small record made by hand: two documents that say the same, one in other words, and all that a record can hold."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

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
    Step,
)  # fmt: skip
from tocsin.record.document import DateOrigin, Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.store import open_record
from tocsin.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record

BY, WHY = "A. Analyst", "seen in the text"
FIRST = (
    "Posts in Freedonia\n"
    "On 3 May 2019 Ada Example, minister of transport of Freedonia, met the Acme Front. Nobody else came.\n"
    "The Acme Front, with 3,000 to 4,000 fighters, is part of the Big Army. It is planned to part them.\n"
    "The Board designated the Acme Front under Order 7 for smuggling. The Front was founded by 1999.\n"
)
SECOND = (
    "Ada Example, minister of transport of Freedonia, opened a road.\nAda Example is not a member, the Board says.\n"
)
ROWS = (
    "site_id: camp-1\nname: Camp Quiet\nmission: The Mission\n\nsite_id: hq\nname: Big Square\nmission: The Mission\n"
)
PERSON, ORG, STATE, OFFICE, WORDS, SITE, MISSION = (
    EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.OFFICE, EntityType.WORDS, EntityType.SITE,
    EntityType.MISSION,
)  # fmt: skip


def text_of(document: Document, whole: str, kind: SegmentKind = SegmentKind.BODY, *, mark: str = "\n") -> Text:
    """A text whose segments stand between marks; the first is a heading where it has no full stop."""
    segments, at = [], 0
    for number, part in enumerate(whole.rstrip("\n").split(mark), start=1):
        what = kind if "." in part or kind is SegmentKind.ROW else SegmentKind.HEADING
        segments.append(Segment(at, at + len(part), what, page=1, paragraph=number))
        at += len(part) + len(mark)
    return Text(document.document_id, "plain 1", whole, tuple(segments), "en", 0.9)


def document(name: str, published: str | None = None, **told: str) -> Document:
    return Document(
        hashlib.sha256(name.encode()).hexdigest(), name, "text/plain", 100, Verdict.READ,
        published=PartialDate.parse(published) if published else None,
        published_origin=DateOrigin.CASE if published else DateOrigin.UNKNOWN, **told,
    )  # fmt: skip


def span(whole: str, words: str, after: str = "") -> Span:
    start = whole.index(words, whole.index(after) if after else 0)
    return Span.of(whole, start, start + len(words))


def claim_of(
    whole: str, text: Text, kind: str, quote: str, *roles: tuple[str, EntityType, str], **told: object
) -> Proposal:
    said = span(whole, quote)
    arguments = []
    for role, what, words in roles:
        words, _, value = words.partition("|")  # noqa: PLW2901  # the words, and the known id after a bar
        arguments.append(Argument(role, what, span(whole, words, quote), value=value or None))
    return Proposal(kind, text.text_id, said, tuple(arguments), "rules 1", **told)  # type: ignore[arg-type]


def fill(record: Record) -> None:
    """Documents, claims of many kinds, a refusal, decisions, judgements and grades."""
    one = document("a.txt", "2019-05", source_id="s1", publisher="The Gazette", title="=A title", author="B")
    two = document("b.txt", "2020-01-02")
    rows = document("tables/sites.csv")
    first, second = text_of(one, FIRST), text_of(two, SECOND)
    table = text_of(rows, ROWS, SegmentKind.ROW, mark="\n\n")
    for doc, text in ((one, first), (two, second), (rows, table)):
        record.add(doc, text)
    record.add(
        Document("f" * 64, "scan.pdf", "application/pdf", 9, Verdict.SCANNED, why="all pages are pictures"), None
    )
    post = (
        ("person", PERSON, "Ada Example"),
        ("post", OFFICE, "minister of transport"),
        ("organisation", STATE, "Freedonia|known:FRE"),
    )
    of_first = [
        claim_of(FIRST, first, "person-holds-post", FIRST.split("\n")[1].removesuffix(" Nobody else came."), *post,
                 dates=Dates(first_seen=PartialDate(2019, 5, 3), last_seen=PartialDate(2019, 5, 3)),
                 date_spans=(span(FIRST, "3 May 2019"),)),
        claim_of(FIRST, first, "organisation-part-of", "The Acme Front, with 3,000 to 4,000 fighters, is part of the Big Army.",
                 ("part", ORG, "Acme Front"), ("whole", ORG, "Big Army")),
        Proposal("force-size", first.text_id, span(FIRST, "The Acme Front, with 3,000 to 4,000 fighters"),
                 (Argument("force", ORG, span(FIRST, "Acme Front", "The Acme Front, with")),), "rules 1",
                 numbers=(Number("strength", 3000.0, 4000.0, "fighters", span(FIRST, "3,000 to 4,000")),)),
        claim_of(FIRST, first, "designated", "The Board designated the Acme Front under Order 7 for smuggling.",
                 ("who", ORG, "Acme Front"), ("by", ORG, "Board"), ("authority", EntityType.INSTRUMENT, "Order 7"),
                 ("for", WORDS, "smuggling"), state=LegalState.IN_FORCE, dates=Dates(start=PartialDate.parse("by 2018"))),
        Proposal("event", first.text_id, span(FIRST, "The Front was founded by 1999."),
                 (Argument("what", WORDS, span(FIRST, "was founded")),
                  Argument("actor", ORG, span(FIRST, "Acme Front", "designated"), Step.SHORT_NAME,
                           pronoun=span(FIRST, "The Front was"))), "rules 1"),
        Proposal("event", first.text_id, Span(0, 5, "Other"), (Argument("what", WORDS, Span(0, 5, "Other")),), "llm 1"),
    ]  # fmt: skip
    of_second = [
        claim_of(SECOND, second, "person-holds-post", SECOND.split("\n", maxsplit=1)[0], *post),
        claim_of(SECOND, second, "person-holds-post", SECOND.split("\n")[1], ("person", PERSON, "Ada Example"),
                 ("post", OFFICE, "member"), modality=Modality.DENIED, attributed_to=(span(SECOND, "the Board"),)),
    ]  # fmt: skip
    quiet, square = ROWS.rstrip().split("\n\n")
    of_rows = [
        claim_of(ROWS, table, "mission-has-site", quote, ("mission", MISSION, "The Mission"), ("site", SITE, site))
        for quote, site in ((quiet, "Camp Quiet|known:camp-1"), (square, "Big Square|known:hq"))
    ]
    for text, proposals in ((first, of_first), (second, of_second), (table, of_rows)):
        record.enter(text, proposals, extractor="rules 1", by="tocsin read")
    record.decide(of_first[0].claim_id, ClaimStatus.ACCEPTED, by=BY, why=WHY)
    record.grade_claim(of_first[0].claim_id, Credibility.C2, by=BY, why="=cmd|' /C calc'!A0")
    record.grade_source("s1", Reliability.B, by=BY, why=WHY)
    record.decide(of_second[1].claim_id, ClaimStatus.WORK_NEEDED, by=BY, why=WHY)
    people = record.entities(type=PERSON)
    record.judge(people[0].entity_id, people[1].entity_id, "same", by=BY, why="one post in both")


def small_record(path: Path) -> Record:
    record = open_record(path)
    fill(record)
    return record
