"""Claims put into a record through the gate: each is a sentence of a small text, its parts found by their words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.record.claims_by_hand import TYPES, day

from tocsin.record.claim import Argument, Dates, EntityType, Modality, Proposal, Span
from tocsin.record.document import DateOrigin, Document, Segment, SegmentKind, Text, Verdict

if TYPE_CHECKING:
    from tocsin.record.store import Record


@dataclass(frozen=True)
class Told:
    """A sentence with what it claims; dates stand in the sentence as written."""

    kind: str
    sentence: str
    roles: dict[str, str]
    dates: dict[str, str] = field(default_factory=dict)
    modality: Modality = Modality.ASSERTED
    values: dict[str, str] = field(default_factory=dict)
    types: dict[str, EntityType] = field(default_factory=dict)


def tell(record: Record, name: str, *sentences: Told, published: str | None = None, derived: str | None = None) -> None:
    """Put one document with these sentences into a record."""
    whole = "\n".join(told.sentence for told in sentences)
    document = Document(
        document_id=hashlib.sha256(name.encode()).hexdigest(), name=name, media_type="text/plain", size=len(whole),
        verdict=Verdict.READ, published=day(published) if published else None,
        published_origin=DateOrigin.CASE if published else DateOrigin.UNKNOWN, derived_from=derived,
    )  # fmt: skip
    starts = [0]
    for told in sentences:
        starts.append(starts[-1] + len(told.sentence) + 1)
    segments = tuple(
        Segment(at, at + len(told.sentence), SegmentKind.BODY, paragraph=number)
        for number, (at, told) in enumerate(zip(starts, sentences, strict=False), start=1)
    )
    text = Text(document.document_id, "plain 1", whole, segments, "en")
    record.add(document, text)
    proposals = [_proposal(told, whole, at, text.text_id) for at, told in zip(starts, sentences, strict=False)]
    came = record.enter(text, proposals, extractor="by hand 1", by="a test")
    assert came.entered == len(proposals), record.refusals()


def _proposal(told: Told, whole: str, at: int, text_id: str) -> Proposal:
    arguments = []
    for role, words in told.roles.items():
        start = at + told.sentence.index(words)
        what = told.types.get(role, TYPES[role])
        arguments.append(Argument(role, what, Span.of(whole, start, start + len(words)), value=told.values.get(role)))
    return Proposal(
        kind=told.kind, text_id=text_id, quote=Span.of(whole, at, at + len(told.sentence)), arguments=tuple(arguments),
        extractor="by hand 1", modality=told.modality, dates=Dates(**{name: day(text) for name, text in told.dates.items()}),
    )  # fmt: skip


SEAT = {"post": "prime minister", "organisation": "Iraq"}
STATE = {"organisation": EntityType.STATE}


def holder(person: str, **dates: str) -> Told:
    said = " and ".join(f"{name} {when}" for name, when in dates.items())
    sentence = f"{person} was prime minister of Iraq: {said}."
    known = {"organisation": "known:IRQ"}
    return Told("person-holds-post", sentence, {"person": person, **SEAT}, dates, values=known, types=STATE)


def told_record(record: Record) -> None:
    """A small record: two prime ministers, groups in three places, and what a digest repeats."""
    tell(
        record, "history.txt", holder("Haider al-Abadi", start="2014-09-08", end="2018-10-25"),
        holder("Adil Abd al-Mahdi", start="2018-10-25", end="2020-05-07"), holder("Nuri al-Maliki", start="2006-05-20"),
        published="2021-03-01",
    )  # fmt: skip
    tell(record, "paper.txt", holder("Adil Abd al-Mahdi", first_seen="2019"), holder("Omar Saleh"), published="2019-06")
    tell(
        record, "groups.txt",
        Told("operates-in", "Badr operated in Ramadi in 2016.", {"organisation": "Badr", "area": "Ramadi"},
             {"first_seen": "2016"}),
        Told("operates-in", "The Tribal Guard operated in Al-Anbar in 2015 and 2017.",
             {"organisation": "Tribal Guard", "area": "Al-Anbar"}, {"first_seen": "2015", "last_seen": "2017"}),
        Told("operates-in", "Badr operated in Mosul in 2016.", {"organisation": "Badr", "area": "Mosul"}, {"first_seen": "2016"}),
        Told("operates-in", "Saraya may go to Anbar.", {"organisation": "Saraya", "area": "Anbar"}, {}, Modality.PLANNED),
        Told("operates-in", "Badr was never in Fallujah in 2016.", {"organisation": "Badr", "area": "Fallujah"},
             {"first_seen": "2016"}, Modality.DENIED),
    )  # fmt: skip
