"""Documents of a case into its record, from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.api.little_case import little_case

from tocsin.api.read import ReadReport, read_documents
from tocsin.api.record import findings_of_record, open_record_of
from tocsin.case import read_case
from tocsin.errors import FileProblem
from tocsin.record.claim import ClaimStatus, Modality
from tocsin.record.document import Verdict
from tocsin.settings import Settings
from tocsin.vocabulary import Reliability

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case

pytest.importorskip("spacy", reason="the text extra is not installed")

NOTE = """# A note

Kataib Hezbollah is backed by Iran.

Dany Fortin was the commander of NATO Mission Iraq from 2018 to 2019.
"""
SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    little_case(tmp_path)
    (tmp_path / "documents" / "older").mkdir()
    (tmp_path / "documents" / "note.md").write_text(NOTE)
    (tmp_path / "sources.csv").write_text(
        "source_id,title,files,reliability,graded_by,graded_why,date\nnote,A note,note.md,B,Ann,wrote it herself,2020-02\n"
    )
    (tmp_path / "posts.csv").write_text(
        "person,post,organisation,start,source_id,basis\nJennie Carignan,commander,NATO Mission Iraq,2019,note,stated\n"
    )
    return tmp_path


def case_in(folder: Path) -> Case:
    return read_case(folder)


def read(folder: Path, **asked: object) -> ReadReport:
    return read_documents(case_in(folder), settings=SETTINGS, **asked)  # type: ignore[arg-type]


def outcome(report: ReadReport, name: str) -> tuple[str, Verdict, int]:
    (found,) = [o for o in report.outcomes if o.name == name]
    return found.was, found.verdict, found.entered


def test_notes_and_tables_become_claims_with_their_quotes(folder: Path) -> None:
    report = read(folder)
    assert outcome(report, "note.md")[:2] == ("new", Verdict.READ)
    assert outcome(report, "tables/posts.csv")[2] == 1
    with open_record_of(case_in(folder)) as record:
        said = {(c.kind, c.document) for c in record.claims()}
        assert {
            ("aligned-with", "note.md"),
            ("person-holds-post", "note.md"),
            ("person-holds-post", "tables/posts.csv"),
        } <= said
        assert list(record.violations()) == []
        for claim in record.claims():
            text = record.text(claim.proposal.text_id).text
            assert text[claim.proposal.quote.start : claim.proposal.quote.end] == claim.proposal.quote.words


def test_what_is_unchanged_is_not_read_again(folder: Path) -> None:
    first = read(folder)
    again = read(folder)
    assert {o.was for o in again.outcomes} == {"unchanged"}
    assert again.claims == first.claims
    (folder / "documents" / "note.md").write_text(NOTE + "\nThe Badr Organization is backed by Iran.\n")
    third = read(folder)
    assert outcome(third, "note.md")[0] == "new"
    assert {o.was for o in third.outcomes if o.name != "note.md"} == {"unchanged"}


def test_a_changed_document_leaves_the_old_one_in_the_record(folder: Path) -> None:
    first = read(folder)
    (folder / "documents" / "note.md").write_text("Nothing of it is left in this note.\n")
    second = read(folder)
    assert second.gone == ()
    assert second.claims >= first.claims
    moved = folder / "documents" / "moved.txt"
    moved.write_text("A note that will go.\n")
    assert read(folder).gone == ()
    moved.unlink()
    assert read(folder).gone == ("moved.txt",)


def test_two_files_of_the_same_bytes_are_one_document(folder: Path) -> None:
    (folder / "documents" / "older" / "copy.md").write_text(NOTE)
    report = read(folder)
    assert outcome(report, "older/copy.md") == ("same as note.md", Verdict.READ, 0)


def test_a_damaged_file_is_named_and_the_others_are_read(folder: Path) -> None:
    (folder / "documents" / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing that can be read")
    (folder / "documents" / "empty.txt").write_bytes(b"")
    report = read(folder)
    assert outcome(report, "damaged.pdf")[1] is Verdict.BROKEN
    assert outcome(report, "empty.txt")[1] is Verdict.NO_TEXT
    assert outcome(report, "note.md")[2] >= 2
    assert outcome(read(folder), "damaged.pdf")[0] == "unchanged"


def test_other_languages_are_kept_and_not_extracted(folder: Path) -> None:
    (folder / "documents" / "arabic.txt").write_text(
        "استولى تنظيم الدولة الإسلامية على الموصل في حزيران 2014 ثم تقدم نحو بغداد.\n"
    )
    report = read(folder)
    (arabic,) = [o for o in report.outcomes if o.name == "arabic.txt"]
    assert arabic.language == "ar"
    assert arabic.entered == 0
    assert arabic.not_extracted.startswith("not extracted: language ar")


def test_known_names_are_one_entity_in_notes_and_tables(folder: Path) -> None:
    read(folder)
    with open_record_of(case_in(folder)) as record:
        bodies = {
            entity
            for claim in record.claims(kind="person-holds-post")
            for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True)
            if argument.role == "organisation"
        }
    assert len(bodies) == 1


def test_the_grade_of_the_case_is_set_once_with_its_person_and_reason(folder: Path) -> None:
    read(folder)
    read(folder)
    with open_record_of(case_in(folder)) as record:
        assert record.source_grades() == {"note": Reliability.B}
        graded = [entry for entry in record.history() if entry.by == "Ann"]
        assert [entry.why for entry in graded] == ["wrote it herself"]


def test_a_rejected_claim_stays_rejected_when_it_is_read_again(folder: Path) -> None:
    read(folder)
    with open_record_of(case_in(folder)) as record:
        claim = record.claims(kind="aligned-with")[0]
        record.decide(claim.claim_id, ClaimStatus.REJECTED, by="Ann", why="a note is no source")
    read(folder, again=True)
    with open_record_of(case_in(folder)) as record:
        kept = record.claim(claim.claim_id)
        assert kept is not None
        assert kept.status is ClaimStatus.REJECTED


def test_two_processes_read_as_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "documents" / "second.md").write_text("The Badr Organization is backed by Iran.\n")
    monkeypatch.setattr("tocsin.api.read_files.SMALL_BYTES", 0)
    report = read(folder, jobs=2)
    assert report.notes == ()
    with open_record_of(case_in(folder)) as record:
        assert {c.document for c in record.claims(kind="aligned-with")} == {"note.md", "second.md"}


def test_a_case_without_a_record_says_how_to_make_one(folder: Path) -> None:
    assert findings_of_record(case_in(folder)) is None
    with pytest.raises(FileProblem, match="has no record yet") as caught:
        open_record_of(case_in(folder))
    assert "tocsin read --case" in (caught.value.hint or "")


def test_findings_show_both_sides_with_their_quotes(folder: Path) -> None:
    (folder / "documents" / "other.md").write_text("Most groups of Kataib Hezbollah are not aligned with Iran.\n")
    read(folder)
    found = findings_of_record(case_in(folder))
    assert found is not None
    assert {s.modality for s in found.alignments} == {Modality.ASSERTED, Modality.DENIED}
    (dispute,) = [d for d in found.disputes if d.contested]
    assert {c.document for c in (*dispute.left, *dispute.right)} == {"note.md", "other.md"}
    assert all(c.quote for c in (*dispute.left, *dispute.right))
    note = next(c for s in found.posts for c in s.citations if c.document == "note.md")
    assert note.reliability is Reliability.B
    assert note.quote == "Dany Fortin was the commander of NATO Mission Iraq from 2018 to 2019."
