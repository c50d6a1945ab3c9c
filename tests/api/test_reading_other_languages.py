"""Notes in other languages are stored, searched and matched by name; a file that stops its reader stops nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.api.little_case import little_case
from tests.record.reading.readers_that_stop import stops

from tocsin.api.read import read_documents
from tocsin.api.record import open_record_of
from tocsin.case import read_case
from tocsin.record.document import Verdict
from tocsin.record.reading import apart
from tocsin.settings import Settings

pytest.importorskip("spacy", reason="the text extra is not installed")

ARABIC = "قال متحدث باسم الحشد الشعبي إن قواته ستبقى في الموصل حتى نهاية العام، وفق ما ذكرت صحيفة محلية أمس.\n"
ENGLISH = "Kataib Hezbollah is backed by Iran, and the PMF said so to the US.\n"
ROOT = Path(__file__).parents[2]
ONLY_RULES = ("rules",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    little_case(tmp_path)
    (tmp_path / "documents" / "ar.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "documents" / "en.txt").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def test_an_arabic_note_keeps_its_names_and_is_found(folder: Path) -> None:
    case = read_case(folder)
    report = read_documents(case, extractors=ONLY_RULES, settings=Settings())
    assert {o.name: o.not_extracted for o in report.outcomes if o.name == "ar.txt"} == {
        "ar.txt": "not extracted: language ar; stored, searchable, names matched"
    }
    with open_record_of(case) as record:
        by_document = {m.document: m for m in record.mentions(entity="known:pmf")}
        assert (by_document["ar.txt"].span.words, by_document["ar.txt"].language) == ("الحشد الشعبي", "ar")
        assert by_document["en.txt"].span.words == "PMF"
        assert [p.document for p in record.search_texts("بالموصل", without_claims=True)] == ["ar.txt"]
        assert record.search_texts("hezbollah", without_claims=True) == []
        names = {entity.entity_id: entity.name for entity in record.entities()}
        assert (names["known:IRN"], names["known:USA"]) == ("Iran", "United States")
        assert "Popular Mobilization" in names["known:pmf"]
    again = read_documents(case, extractors=ONLY_RULES, settings=Settings())
    assert {o.was for o in again.outcomes} == {"unchanged"}


def test_a_file_that_stops_its_reader_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dies.txt", "sleeps.txt"):
        (folder / "documents" / name).write_text(f"{name} is read by nobody.", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(apart, "read_file", stops)
        patch.syspath_prepend(ROOT)
        report = read_documents(read_case(folder), extractors=ONLY_RULES, settings=Settings(read_seconds=5))
    told = {o.name: (o.verdict, o.why) for o in report.outcomes}
    assert told["dies.txt"] == (Verdict.BROKEN, "the reader stopped on it: it ended with code 7")
    assert told["sleeps.txt"] == (Verdict.BROKEN, "the reader stopped on it: it took more than 5 s")
    assert told["ar.txt"][0] is told["en.txt"][0] is Verdict.READ
    once_more = read_documents(read_case(folder), extractors=ONLY_RULES, settings=Settings(), again=True)
    assert {o.verdict for o in once_more.outcomes} == {Verdict.READ}
