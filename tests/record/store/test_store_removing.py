"""Removing a person's data: nothing of it is left, all other offsets hold, and it does not come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.record.store.record_made_up import document_with, enter, happened, held, words

from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import Argument, ClaimStatus, EntityType, LegalState, Proposal, Span, Step
from tocsin.record.document import Text
from tocsin.record.store import TABLES, Entered, open_record
from tocsin.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from tocsin.record.store import Record

DOCUMENT, TEXT = document_with(
    "Ada Quillmarsh became commander of the Fifth Division.",
    "Quillmarsh met Ben Reed, governor of Anbar, at the bridge.",
    "Officials said that the dam near ADA  QUILLMARSH fell.",
    title="On Ada Quillmarsh", source_id="notes",
)  # fmt: skip
HELD = held(TEXT, "Ada Quillmarsh", "commander", "Fifth Division")
REED = held(TEXT, "Ben Reed", "governor")
FELL = happened(TEXT, "fell")
MET = replace(
    happened(TEXT, "at the bridge"), arguments=(
        Argument("what", EntityType.WORDS, words(TEXT, "at the bridge")),
        Argument(
            "actor", EntityType.PERSON, words(TEXT, "Ada Quillmarsh"), Step.SHORT_NAME, pronoun=words(TEXT, "Quillmarsh", 1)
        ),
    ),
)  # fmt: skip
BAD = replace(HELD, quote=Span(0, 14, "Ada Quillmarsh was"))


def filled(record: Record) -> str:
    """A record with claims about two people; gives the entity of the one to remove."""
    record.add(DOCUMENT, TEXT)
    assert record.enter(TEXT, [HELD, REED, FELL, MET, BAD], extractor="rules 1", by="test") == Entered(4, 0, 1)
    record.decide(HELD.claim_id, ClaimStatus.ACCEPTED, by="Ines", why="seen")
    record.grade_claim(HELD.claim_id, Credibility.C2, by="Ines", why="Ada Quillmarsh confirms")
    record.grade_source("notes", Reliability.C, by="Ines", why="knows Ada Quillmarsh")
    reed = record.entities(name="reed")[0].entity_id
    who = record.entities(name="quillmarsh", type=EntityType.PERSON)[0].entity_id
    record.judge(who, reed, "not same", by="Ines", why="seen side by side")
    return who


def everything(record: Record) -> str:
    return "\n".join(str(row) for table in TABLES for row in record.every(table)).casefold()


def test_nothing_of_the_person_is_left_and_others_stay(record: Record) -> None:
    who = filled(record)
    removed = record.remove_person(who, by="Omar", why="asked by Ada Quillmarsh")
    assert (removed.claims, removed.quotes, removed.texts, removed.refusals) == (2, 2, 1, 1)
    assert "note.txt" in removed.stays[0]
    left = everything(record)
    assert "quillmarsh" not in left
    assert who not in left
    assert record.search("quillmarsh") == []
    assert record.entities(name="quillmarsh") == []
    assert record.claim(HELD.claim_id) is record.claim(MET.claim_id) is None
    text = record.text(TEXT.text_id)
    assert len(text.text) == len(TEXT.text)
    assert text.text.startswith("██████████████ became commander")
    assert (text.segments, text.text_id) == (TEXT.segments, TEXT.text_id)
    assert {claim.claim_id for claim in record.claims()} == {REED.claim_id, FELL.claim_id}
    assert list(record.violations()) == []
    assert [claim.claim_id for claim in record.search("officials dam")] == [FELL.claim_id]
    assert record.judgements() == []
    assert record.source_grades() == {"notes": Reliability.C}
    assert (record.documents()[0].title, record.documents()[0].name) == ("On ██████████████", "note.txt")


def test_history_says_that_something_was_removed_and_by_whom(record: Record) -> None:
    removed = record.remove_person(filled(record), by="Omar", why="on request")
    lines = record.history()
    assert [line.action for line in lines] == [
        "read",
        "decide",
        "grade claim",
        "grade source",
        "judge",
        "remove person",
    ]
    assert [line.subject for line in lines if line.removal == removed.removal] == ["removed"] * 4
    assert (lines[-1].by, lines[-1].why, lines[-1].subject) == ("Omar", "on request", f"removal:{removed.removal}")
    assert removed.entries == 4
    with pytest.raises(InputError, match="a person's data was removed"):
        record.undo(2, by="Ines", why="slip")


def test_the_next_reading_does_not_bring_the_person_back(record: Record) -> None:
    record.remove_person(filled(record), by="Omar", why="on request")
    before = record.count()
    record.add(DOCUMENT, TEXT)
    assert record.enter(TEXT, [HELD, REED, FELL, MET], extractor="rules 2", by="test") == Entered(0, 4, 0)
    assert record.count() == before
    newer = Text(TEXT.document_id, "plain 2", TEXT.text, TEXT.segments, "en")
    record.add(DOCUMENT, newer)
    again = [replace(proposal, text_id=newer.text_id) for proposal in (HELD, REED, FELL, MET)]
    assert record.enter(newer, again, extractor="rules 2", by="test") == Entered(2, 2, 0)
    assert "quillmarsh" not in everything(record)
    assert list(record.violations()) == []


def test_a_known_person_does_not_come_back_from_another_document(record: Record) -> None:
    document, text = document_with("Ada Quillmarsh is commander.", name="a.txt")
    enter(record, document, text, held(text, "Ada Quillmarsh", "commander", known="known:quillmarsh"))
    record.remove_person("known:quillmarsh", by="Omar", why="on request")
    other, its_text = document_with("A. Quillmarsh was governor.", name="b.txt")
    record.add(other, its_text)
    again = held(its_text, "A. Quillmarsh", "governor", known="known:quillmarsh")
    assert record.enter(its_text, [again], extractor="rules 1", by="test") == Entered(0, 1, 0)


def test_joined_entities_and_aliases_go_together(record: Record) -> None:
    document, text = document_with("Ada Quillmarsh, alias The Heron, was listed.", name="a.txt")
    listed = Proposal(
        "designated", text.text_id, words(text, text.text), (
            Argument("who", EntityType.PERSON, words(text, "Ada Quillmarsh")),
            Argument("alias", EntityType.PERSON, words(text, "The Heron")),
        ), "rules 1", state=LegalState.IN_FORCE,
    )  # fmt: skip
    enter(record, document, text, listed)
    who = filled(record)
    other = next(e.entity_id for e in record.entities(name="quillmarsh") if document.document_id in e.documents)
    record.judge(who, other, "same", by="Ines", why="one life")
    record.remove_person(other, by="Omar", why="on request")
    left = everything(record)
    assert "quillmarsh" not in left
    assert "heron" not in left


def test_only_a_person_can_be_removed(record: Record) -> None:
    filled(record)
    division = record.entities(name="fifth division")[0].entity_id
    with pytest.raises(InputError, match="no person"):
        record.remove_person(division, by="Omar", why="on request")
    with pytest.raises(UnknownName):
        record.remove_person("nobody", by="Omar", why="on request")
    with pytest.raises(InputError, match="no reason"):
        record.remove_person(record.entities(name="ben reed")[0].entity_id, by="Omar", why="")


def test_no_character_is_left_in_the_files(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.remove_person(filled(record), by="Omar", why="on request")
        held_bytes = b"".join(path.read_bytes() for path in Path(tmp_path).iterdir())
    assert b"fifth" in held_bytes
    assert b"quillmarsh" not in held_bytes.lower()


def test_a_namesake_elsewhere_stays_and_is_said_unless_everywhere_is_asked(record: Record) -> None:
    who = filled(record)
    other, there = document_with("Ada Quillmarsh became governor of Basra.", "Ada Quillmarsh spoke.", name="other.txt")
    quiet, silent = document_with("Nobody asked Ada Quillmarsh.", name="quiet.txt")
    record.add(other, there)
    record.add(quiet, silent)
    claim = held(there, "Ada Quillmarsh", "governor")
    record.enter(there, [claim], extractor="rules 1", by="test")
    removed = record.remove_person(who, by="Omar", why="asked")
    assert any("other.txt, quiet.txt" in line and "--everywhere" in line for line in removed.stays)
    assert record.claim(claim.claim_id) is not None
    (namesake,) = record.entities(name="quillmarsh", type=EntityType.PERSON)
    removed = record.remove_person(namesake.entity_id, by="Omar", why="asked", everywhere=True)
    assert not any("--everywhere" in line for line in removed.stays)
    assert "quillmarsh" not in everything(record)
    assert record.text(silent.text_id).text == "Nobody asked ██████████████."
    assert record.search_texts("quillmarsh") == []
    assert list(record.violations()) == []
    record.add(quiet, silent)
    record.enter(there, [claim], extractor="rules 2", by="test")
    assert "quillmarsh" not in everything(record)


def test_a_name_removed_everywhere_does_not_come_back_with_a_later_document(record: Record) -> None:
    who = filled(record)
    record.remove_person(who, by="Omar", why="asked", everywhere=True)
    later, its_text = document_with(
        "Ada Quillmarsh became governor of Basra.", "Quillmarsh met Ben Reed, governor of Anbar.",
        name="Ada Quillmarsh.txt", title="On Ada Quillmarsh",
    )  # fmt: skip
    record.add(later, its_text)
    claims = [held(its_text, "Ada Quillmarsh", "governor"), held(its_text, "Ben Reed", "governor")]
    counted = replace(claims[1], arguments=(*claims[1].arguments, Argument(
        "organisation", EntityType.ORGANISATION, None, Step.ALIAS, "guards of Ada Quillmarsh"
    )))  # fmt: skip
    invented = replace(claims[0], quote=Span(5, 19, "Ada Quillmarsh"), arguments=claims[1].arguments)
    came = record.enter(its_text, [*claims, counted, invented], extractor="rules 1", by="test")
    assert came == Entered(1, 2, 1)
    left = everything(record)
    assert "quillmarsh" not in left
    assert record.text(its_text.text_id).text.startswith(
        "██████████████ became governor of Basra.\n██████████ met Ben Reed"
    )
    assert record.document(later.document_id) == replace(later, name="██████████████.txt", title="On ██████████████")
    assert record.search_texts("quillmarsh") == []
    assert list(record.violations()) == []


def test_a_name_removed_from_its_documents_alone_may_come_with_a_later_one(record: Record) -> None:
    record.remove_person(filled(record), by="Omar", why="asked")
    later, its_text = document_with("Ada Quillmarsh became governor of Basra.", name="later.txt")
    record.add(later, its_text)
    assert record.text(its_text.text_id).text == its_text.text


def test_a_file_named_after_the_person_loses_its_name_too(record: Record) -> None:
    document, text = document_with("Ada Quillmarsh was governor of Basra.", name="Ada_Quillmarsh.txt")
    enter(record, document, text, held(text, "Ada Quillmarsh", "governor"))
    quiet, silent = document_with("Nobody was there.", name="letters of ada quillmarsh.txt")
    record.add(quiet, silent)
    (who,) = record.entities(name="quillmarsh", type=EntityType.PERSON)
    removed = record.remove_person(who.entity_id, by="Omar", why="asked", everywhere=True)
    assert "Ada_Quillmarsh.txt, letters of ada quillmarsh.txt" in removed.stays[0]
    assert [one.name for one in record.documents()] == ["letters of ██████████████.txt", "██████████████.txt"]
    record.add(document, text)
    assert "quillmarsh" not in everything(record)


def test_a_known_name_that_holds_a_removed_one_does_not_bring_it_back(record: Record) -> None:
    document, text = document_with("Ben Reed was governor.", name="r.txt")
    enter(record, document, text, held(text, "Ben Reed", "governor", known="known:reed"))
    record.remove_person(filled(record), by="Omar", why="asked", everywhere=True)
    record.name_known({"reed": "Ben Reed, deputy of Ada Quillmarsh"})
    assert "quillmarsh" not in everything(record)
