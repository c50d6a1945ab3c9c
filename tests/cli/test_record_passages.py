"""Passages of documents without claims are shown beside the claims, with their language."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.small_case import case_with_record

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.cli.app import run
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = "قال الحشد الشعبي إنه باق في الموصل."
FRENCH = "Le pont " + "de la ville " * 40 + "est coupé."


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    path = case_with_record(tmp_path / "small")
    with open_record_of(open_case(str(path))) as held:
        for name, words, language in (
            ("ar.txt", ARABIC, "ar"),
            ("fr.txt", FRENCH, "fr"),
            ("en.txt", "The pont.", "en"),
        ):
            key = hashlib.sha256(words.encode()).hexdigest()
            segments = (Segment(0, len(words), SegmentKind.BODY, None, 1),)
            held.add(
                Document(key, name, "text/plain", len(words), Verdict.READ), Text(key, "plain 1", words, segments, language)
            )  # fmt: skip
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    assert run([*argv]) == 0
    return capsys.readouterr().out


def test_an_arabic_passage_is_shown_as_not_extracted(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    [passage] = json.loads(said(capsys, "record", "search", "الشعبي", "--case", case, "--json"))["passages"]
    assert (passage["document"], passage["language"], passage["note"]) == ("ar.txt", "ar", "not extracted")
    [[start, end]] = passage["hits"]
    assert passage["words"][start:end] == "الشعبي"
    page = said(capsys, "record", "search", "الشعبي", "--case", case)
    assert "not extracted" in page
    assert "1 passages." in page


def test_a_long_passage_is_cut_and_one_in_english_says_that_no_claim_was_read(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(said(capsys, "record", "search", "pont", "--case", case, "--json"))["passages"]
    assert [(p["document"], p["note"]) for p in found] == [("fr.txt", "not extracted"), ("en.txt", "no claim was read")]
    assert "…" in said(capsys, "record", "search", "pont", "--case", case)


def test_documents_with_claims_and_searches_of_one_kind_show_no_passages(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(said(capsys, "record", "search", "acme", "--case", case, "--json"))
    assert (len(found["rows"]) > 0, found["passages"]) == (True, [])
    assert (
        json.loads(said(capsys, "record", "search", "pont", "--kind", "event", "--case", case, "--json"))["passages"]
        == []
    )
