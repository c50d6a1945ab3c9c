"""The record's pages: every statement has its quote or its row, both sides of a dispute stand, nothing is graded by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.brief.sections.pages_found import cells, the_table, words

from tocsin.assess.record import Citation, Dispute, RecordFindings, Statement
from tocsin.brief.sections.the_record import NOT_GRADED, SECTION
from tocsin.record.claim import ClaimStatus, Modality
from tocsin.vocabulary import Reliability

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings

NOTE = Citation(
    "note.md", "paragraph 2", "Ada Marsh led the harbour.", "note", (), Reliability.B, "2", ClaimStatus.ACCEPTED
)
ROW = Citation("tables/posts.csv", "row 3", None, None, ("report",), None, None, ClaimStatus.PROPOSED)
POST = Statement("Ada Marsh: head of the harbour", "from 2018", Modality.ASSERTED, 1, (NOTE, ROW))
DISPUTE = Dispute("The fleet", "it is backed", "most of it is not", (NOTE,), (ROW,), surely=False, contested=True)
COUNTS = dict.fromkeys(ClaimStatus, 0) | {ClaimStatus.PROPOSED: 3, ClaimStatus.ACCEPTED: 1}
FOUND = RecordFindings(2, ("note.txt (language ar)",), COUNTS, 5, (POST,), (), (DISPUTE,), ())


def page(findings: Findings, found: RecordFindings | None) -> Findings:
    return replace(findings, record=found)


def test_each_statement_has_its_quote_or_its_row_with_the_grade(findings: Findings) -> None:
    (row,) = cells(the_table(SECTION.annex(page(findings, FOUND)), "Posts"))
    assert row[:3] == ["Ada Marsh: head of the harbour", "from 2018", "1"]
    assert row[3] == (
        "\u201cAda Marsh led the harbour.\u201d (note.md, paragraph 2; B2) · (posts.csv, row 3; says report; not graded)"
    )


def test_both_sides_of_a_dispute_stand(findings: Findings) -> None:
    said = words(SECTION.annex(page(findings, FOUND)))
    assert "it is backed" in said
    assert "most of it is not" in said
    assert "contested, and both can stand" in said
    assert "may be of different times" in said


def test_the_account_says_what_was_looked_at_refused_and_not_extracted(findings: Findings) -> None:
    said = words(SECTION.annex(page(findings, FOUND)))
    assert "4 claims from 2 documents" in said
    assert "1 accepted and 0 rejected by a person" in said
    assert "5 proposals without one were turned away" in said
    assert "note.txt (language ar)" in said
    assert "none looked at by a person yet" in words(
        SECTION.annex(page(findings, replace(FOUND, claims=dict.fromkeys(ClaimStatus, 0))))
    )


def test_without_a_record_the_page_says_how_to_make_one(findings: Findings) -> None:
    assert "tocsin read" in words(SECTION.annex(page(findings, None)))


def test_a_record_without_disputes_says_so(findings: Findings) -> None:
    assert "No two claims" in words(SECTION.annex(page(findings, replace(FOUND, disputes=()))))


@pytest.mark.parametrize("long", [300, 5000])
def test_a_long_quote_is_cut_at_a_word_and_marked(findings: Findings, long: int) -> None:
    cited = replace(NOTE, quote="harbour " * long)
    (row,) = cells(
        the_table(SECTION.annex(page(findings, replace(FOUND, posts=(replace(POST, citations=(cited,)),)))), "Posts")
    )
    assert len(row[3]) < 300
    assert "harbour …\u201d" in row[3]


def test_the_demo_shows_the_disagreement_on_the_pmf_and_its_graded_sources(findings: Findings) -> None:
    assert findings.record is not None
    (dispute,) = [d for d in findings.record.disputes if d.contested]
    assert {c.reliability for c in (*dispute.left, *dispute.right)} == {Reliability.B, Reliability.C, None}
    said = words(SECTION.annex(findings))
    assert "denied of a part of it" in said
    graded = cells(the_table(SECTION.annex(findings), "Sources of the record"))
    assert {row[1] for row in graded} >= {"B, usually reliable", NOT_GRADED}
