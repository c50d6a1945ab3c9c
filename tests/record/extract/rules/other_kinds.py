"""Texts of one paragraph, read by the rules of the other kinds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.model import load_model
from tocsin.record.extract.rules import alignment, incidents, missions, places, positions, sizes, structure
from tocsin.record.gate import check

if TYPE_CHECKING:
    from tocsin.record.claim import Proposal

ALL = (structure, alignment, places, missions, positions, sizes, incidents)
PAPER = Document("0" * 64, "paper.txt", "text/plain", 1, Verdict.READ, published=PartialDate(2020, 1, 5))


@cache
def read(words: str, kind: str, *, model: bool = True) -> tuple[Proposal, ...]:
    """The claims of a kind in a text of one paragraph; all that is proposed must pass the gate."""
    text = Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY, paragraph=1),), "en")
    annotated = annotate(text, knowledge_of(None), model=load_model() if model else None)
    found = [p for rule in ALL for p in rule.propose(annotated, PAPER)]
    assert [refusal.reason for p in found if (refusal := check(p, text))] == []
    return tuple(p for p in found if p.kind == kind)


def only(words: str, kind: str) -> Proposal:
    (found,) = read(words, kind)
    return found


def roles(proposal: Proposal) -> dict[str, str]:
    return {a.role: a.words for a in proposal.arguments}
