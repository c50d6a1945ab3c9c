"""Hostile strings through gate and store and back: every offset holds."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.record.store.record_made_up import RULES

from tocsin.record.claim import Argument, EntityType, Proposal, Span
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.gate import align
from tocsin.record.store import TABLES

if TYPE_CHECKING:
    from tocsin.record.store import Record

STRINGS, A_DOCUMENT = 10_000, 500
PIECES = (
    "\u202eevil\u202c", "\u2066\u2069", "\u200f\u200e", "e\u0301\u0323",
    "\u0627\u0644\u062d\u064e\u0634\u062f", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ufffd", "x" * 3000, "a\r b\x0b c\x0c d", "\u2028\u2029\x85",
    "'; DROP TABLE claims; --", '"', "\\x00", "%s %(a)s :a {0}",
    "\u0130\u0131\u00df\ufb01",
    "\U00010348\U0001f1ee\U0001f1f6", "\ufeff\u00ad\u200b", "z\u0334\u0321\u0489" * 30, "<b>[red]</b>", "NEAR(a b)*",
    "\u4e2d\u6587", "\x1b[31m", "\ue000\ufdd0\U0010ffff", "\t\t", "\u0378", "Q\u0307\u0323",
    "\u1112\u1161\u11ab", "█", "AND OR NOT", "\x01\x1f\x7f",
)  # fmt: skip


def hostile(dice: random.Random) -> str:
    return " ".join(dice.choices(PIECES, k=dice.randint(1, 6))).strip("\n") or "\u200b"


def with_claims(number: int, strings: list[str]) -> tuple[Document, Text, list[Proposal]]:
    """A document of these strings, each quoted whole, with an actor and what it did cut out at random."""
    dice = random.Random(number)  # noqa: S311  # any cut will do
    whole, segments, at = "\n".join(strings), [], 0
    for string in strings:
        segments.append(Segment(at, at + len(string), SegmentKind.BODY))
        at += len(string) + 1
    key = f"{number:064x}"
    text = Text(key, "plain 1", whole, tuple(segments))
    proposals = []
    for segment in segments:
        low, high = sorted(dice.sample(range(segment.start, segment.end + 1), 2))
        what = Argument("what", EntityType.WORDS, Span.of(whole, low, high))
        actor = Argument("actor", EntityType.ORGANISATION, Span.of(whole, segment.start, high))
        quote = Span.of(whole, segment.start, segment.end)
        proposals.append(Proposal("event", text.text_id, quote, (what, actor), RULES))
    return Document(key, f"{number}.txt", "text/plain", len(whole), Verdict.READ, title=strings[0]), text, proposals


def test_every_offset_holds(record: Record, other_record: Record) -> None:
    dice = random.Random(7)  # noqa: S311  # the same strings each time
    put = []
    for number in range(STRINGS // A_DOCUMENT):
        document, text, proposals = with_claims(number, [hostile(dice) for _ in range(A_DOCUMENT)])
        record.add(document, text)
        came = record.enter(text, proposals, extractor=RULES, by="test")
        assert (came.entered, came.known, came.refused) == (len(proposals), 0, 0)
        assert record.text(text.text_id) == text
        put += proposals
    stored = record.claims()
    assert [claim.proposal for claim in stored] == put
    assert len(stored) == STRINGS
    assert list(record.violations()) == []
    for claim in dice.sample(stored, 100):
        assert record.entity(claim.entities[1] or "") is not None
        record.search(claim.quote.words[:200])
    rows = [(name, row) for name in TABLES for row in record.every(name)]
    other_record.load(rows)
    assert [(name, row) for name in TABLES for row in other_record.every(name)] == rows


def test_hostile_words_are_aligned_to_the_texts_own_characters() -> None:
    dice = random.Random(11)  # noqa: S311  # the same strings each time
    for _ in range(2000):
        text = hostile(dice)
        start, end = sorted(dice.sample(range(len(text) + 1), 2))
        aligned = align(text[start:end], text)
        assert (aligned is None) == (not text[start:end].strip())
        assert aligned is None or text[aligned.span.start : aligned.span.end] == aligned.span.words
