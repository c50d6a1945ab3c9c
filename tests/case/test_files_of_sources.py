"""The table of sources names files in documents/, and grades that a person set."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tocsin.case import check_case, read_case
from tocsin.case.folder import BUNDLED
from tocsin.vocabulary import Reliability

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "source_id,title,files,reliability,graded_by,graded_why\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED / "iraq", folder)
    for table in folder.glob("*.csv"):
        table.unlink()
    for other in ("questions", "options", "elicited"):
        shutil.rmtree(folder / other)
    (folder / "documents" / "older").mkdir()
    (folder / "documents" / "older" / "note.md").write_text("A note.")
    text = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(text[: text.index("[mission]")])
    return folder


def faults(folder: Path, rows: str) -> list[str]:
    (folder / "sources.csv").write_text(HEADER + rows)
    return [f"{f.column}: {f.problem}" for f in check_case(folder) if f.severity == "fault" and f.file == "sources.csv"]


def test_a_file_in_a_folder_of_documents_is_found(case: Path) -> None:
    assert faults(case, "a,A note,older/note.md,,,\n") == []
    assert "note.md" in {path.name for path in read_case(case).documents}


def test_a_source_with_a_file_is_not_called_unused(case: Path) -> None:
    (case / "sources.csv").write_text(HEADER + "a,A note,older/note.md,,,\nb,No file,,,,\n")
    unused = [f.problem for f in check_case(case) if "named nowhere" in f.problem]
    assert unused == ["the source 'b' is named nowhere in the case"]


def test_a_file_that_is_not_there_is_a_fault(case: Path) -> None:
    assert faults(case, "a,A note,nota.md,,,\n") == ["files: the file 'nota.md' is not in documents/"]


def test_a_file_has_one_source(case: Path) -> None:
    rows = "a,A note,older/note.md,,,\nb,The same,older/note.md,,,\n"
    assert faults(case, rows) == ["files: the file 'older/note.md' belongs to 'a' already"]


@pytest.mark.parametrize("given", ["B,,", ",me,", ",,because", "B,me,", "B,,because"])
def test_a_grade_needs_its_letter_its_person_and_its_reason(case: Path, given: str) -> None:
    assert faults(case, f"a,A note,,{given}\n") == ["graded_why: a grade lacks its letter, its person or its reason"]


def test_a_letter_beyond_f_is_no_grade(case: Path) -> None:
    found = faults(case, "a,A note,,G,me,because\n")
    assert "reliability: 'G' is no grade of a source" in found


def test_the_demo_grades_its_sources() -> None:
    graded = {s.source_id: s.reliability for s in read_case("iraq").sources}
    assert graded["foggo"] is Reliability.B
    assert graded["ucdp"] is None
