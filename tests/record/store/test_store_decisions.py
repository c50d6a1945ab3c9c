"""Decisions, corrections and grades: by a person, for a reason, in the history, and undone in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.record.store.record_made_up import RULES, document_with, enter, held, words

from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import ClaimStatus, Span
from tocsin.record.store import Entered
from tocsin.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from tocsin.record.store import Record

DOCUMENT, TEXT = document_with("Ada Marsh became commander of the Fifth Division; she left.", source_id="notes")
CLAIM = held(TEXT, "Ada Marsh", "commander", "Fifth Division")
ID = CLAIM.claim_id
SHORTER = words(TEXT, "Ada Marsh became commander of the Fifth Division")


def status(record: Record, claim_id: str = ID) -> ClaimStatus:
    claim = record.claim(claim_id)
    assert claim is not None
    return claim.status


def test_a_decision_is_kept_with_who_when_and_why(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    entry = record.decide(ID, ClaimStatus.ACCEPTED, by="Ines", why="two sources")
    assert status(record) is ClaimStatus.ACCEPTED
    (line,) = record.history(ID)
    assert (line.entry, line.by, line.why, line.action, line.subject) == (
        entry,
        "Ines",
        "two sources",
        "decide",
        f"claim:{ID}",
    )
    assert '"proposed"' in str(line.before)
    assert '"accepted"' in str(line.after)
    assert record.history(after=entry) == []
    assert [one.action for one in record.history(limit=1)] == ["read"]


def test_a_decision_needs_a_person_a_reason_and_a_claim(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    for by, why in (("", "seen"), ("Ines", " ")):
        with pytest.raises(InputError, match=r"nobody|no reason"):
            record.decide(ID, ClaimStatus.ACCEPTED, by=by, why=why)
        with pytest.raises(InputError, match=r"nobody|no reason"):
            record.grade_source("notes", Reliability.B, by=by, why=why)
    with pytest.raises(UnknownName):
        record.decide("0" * 32, ClaimStatus.ACCEPTED, by="Ines", why="seen")
    with pytest.raises(UnknownName):
        record.grade_claim("0" * 32, Credibility.C2, by="Ines", why="seen")
    assert status(record) is ClaimStatus.PROPOSED


def test_what_was_rejected_does_not_come_back_as_proposed(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    record.decide(ID, ClaimStatus.REJECTED, by="Ines", why="misread")
    assert record.enter(TEXT, [CLAIM], extractor="rules 2", by="test") == Entered(0, 1, 0)
    assert status(record) is ClaimStatus.REJECTED


def test_undo_goes_back_in_order_and_is_a_line_itself(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    first = record.decide(ID, ClaimStatus.ACCEPTED, by="Ines", why="seen")
    second = record.decide(ID, ClaimStatus.CONFLICT, by="Omar", why="another holds it")
    with pytest.raises(InputError, match=rf"line {second} \(decide, Omar, .*stands on it") as error:
        record.undo(first, by="Ines", why="slip")
    assert error.value.hint == f"undo line {second} first"
    third = record.undo(second, by="Ines", why="slip")
    assert status(record) is ClaimStatus.ACCEPTED
    with pytest.raises(InputError, match="undone already"):
        record.undo(second, by="Ines", why="slip")
    fourth = record.undo(first, by="Ines", why="slip")
    assert status(record) is ClaimStatus.PROPOSED
    assert [line.undoes for line in record.history(ID)] == [None, None, second, first]
    record.undo(fourth, by="Ines", why="no slip after all")
    assert status(record) is ClaimStatus.ACCEPTED
    record.undo(third, by="Ines", why="no slip after all")
    assert status(record) is ClaimStatus.CONFLICT


def test_reading_cannot_be_undone_and_unknown_lines_are_named(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    with pytest.raises(InputError, match="cannot be undone"):
        record.undo(1, by="Ines", why="slip")
    with pytest.raises(UnknownName, match="no line 99"):
        record.undo(99, by="Ines", why="slip")


def test_a_correction_goes_through_the_gate_and_leaves_the_old_claim_rejected(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    new = record.correct(ID, SHORTER, CLAIM.arguments, by="Ines", why="the rest says something else")
    old = record.claim(ID)
    assert old is not None
    assert (old.status, old.corrected_by) == (ClaimStatus.REJECTED, new)
    made = record.claim(new)
    assert made is not None
    assert (made.quote, made.status, made.exact) == (SHORTER, ClaimStatus.PROPOSED, True)
    assert list(record.violations()) == []
    assert [claim.claim_id for claim in record.search("fifth division")] == [ID, new]


def test_a_correction_that_is_not_verbatim_changes_nothing(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    with pytest.raises(InputError, match="other words"):
        record.correct(ID, Span(0, 5, "Adam!"), CLAIM.arguments, by="Ines", why="better")
    with pytest.raises(InputError, match="changes nothing"):
        record.correct(ID, CLAIM.quote, CLAIM.arguments, by="Ines", why="better")
    assert status(record) is ClaimStatus.PROPOSED
    assert record.count() == 1


def test_a_correction_is_undone_unless_somebody_built_on_it(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    new = record.correct(ID, SHORTER, CLAIM.arguments, by="Ines", why="shorter")
    (line,) = record.history(ID)
    accepted = record.decide(new, ClaimStatus.ACCEPTED, by="Omar", why="seen")
    with pytest.raises(InputError, match=f"line {accepted} .*stands on it"):
        record.undo(line.entry, by="Ines", why="slip")
    record.undo(accepted, by="Omar", why="not seen")
    record.undo(line.entry, by="Ines", why="slip")
    assert (status(record), status(record, new)) == (ClaimStatus.PROPOSED, ClaimStatus.REJECTED)


def test_grades_stand_apart_and_are_taken_back(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    source = record.grade_source("notes", Reliability.B, by="Ines", why="long record")
    first = record.grade_claim(ID, Credibility.C2, by="Ines", why="fits")
    claim = record.claim(ID)
    assert claim is not None
    assert (claim.credibility, record.source_grades()) == (Credibility.C2, {"notes": Reliability.B})
    second = record.grade_claim(ID, None, by="Ines", why="no longer sure")
    assert (record.claim(ID) or claim).credibility is None
    with pytest.raises(InputError, match="stands on it"):
        record.undo(first, by="Ines", why="slip")
    record.undo(second, by="Ines", why="slip")
    assert (record.claim(ID) or replace(claim, credibility=None)).credibility is Credibility.C2
    record.undo(source, by="Ines", why="slip")
    assert record.source_grades() == {}
    assert [line.action for line in record.history("notes")] == ["grade source", "undo"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET why = 'another'", "DELETE FROM history", "UPDATE history SET removal = 1, by_whom = 'x'",
        "UPDATE texts SET text = 'Another text of another length.'", "UPDATE texts SET removal = 1, text = 'shorter'",
        "DELETE FROM texts",
    ],
)  # fmt: skip
def test_the_database_itself_keeps_history_and_texts_as_they_are(record: Record, statement: str) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    before = (record.history(), record.text(TEXT.text_id))
    with pytest.raises(sa.exc.DBAPIError), record._engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert (record.history(), record.text(TEXT.text_id)) == before


def test_a_line_of_history_names_the_reading(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, CLAIM)
    (line,) = record.history(DOCUMENT.document_id)
    assert (line.action, line.why, line.by) == ("read", RULES, "test")
