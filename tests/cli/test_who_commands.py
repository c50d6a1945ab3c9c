"""tocsin who and tocsin contradictions: what they print, their JSON, and what they say when there is nothing to ask."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.test_json_shapes import documented, leaves
from tests.record.claims_by_hand import day
from tests.record.told_in_texts import Told, holder, tell, told_record

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.who import suggestions_case
from tocsin.cli.app import run
from tocsin.cli.who import cited
from tocsin.record.claim import Dates, Modality
from tocsin.vocabulary import Reliability

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def _told() -> None:
    with open_record_of(open_case("iraq"), create=True) as record:
        told_record(record)
        clash = Told("operates-in", "Badr was never in Ramadi in 2016.", {"organisation": "Badr", "area": "Ramadi"},
                     {"first_seen": "2016"}, Modality.DENIED)  # fmt: skip
        tell(
            record,
            "other.txt",
            clash,
            holder("Sami Nuri", start="2019-01-01", end="2019-12-31"),
            published="2022-01-01",
        )


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--case", "iraq", "--json"]) == code
    return json.loads(capsys.readouterr().out)


def shown(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run([*argv, "--case", "iraq"]) == code
    said = capsys.readouterr()
    return " ".join((said.out + said.err).split())


@pytest.mark.parametrize("command", ["who", "contradictions"])
def test_without_a_record_or_with_an_empty_one_it_says_what_to_do(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "tocsin read --case iraq" in shown(capsys, command, code=2)
    open_record_of(open_case("iraq"), create=True).close()
    assert "read documents first: tocsin read --case iraq" in shown(capsys, command, code=2)


@pytest.mark.usefixtures("_told")
def test_who_has_the_shape_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "who", "--post", "prime minister", "--on", "2019-06-01")
    assert leaves(said) == {key.removesuffix("[]") for key in documented("who")}
    assert [(row["statement"], row["held"]) for row in said["rows"][:2]] == [
        ("Adil Abd al-Mahdi: prime minister of Iraq", "surely"), ("Sami Nuri: prime minister of Iraq", "surely")
    ]  # fmt: skip
    assert said["rows"][0]["claims"][0]["quote"].startswith("Adil Abd al-Mahdi was prime minister of Iraq")


@pytest.mark.usefixtures("_told")
def test_who_before_and_a_timeline_have_the_shapes_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    before = printed(capsys, "who", "--before", "2020-01-01")
    assert leaves(before) == {key.removesuffix("[]") for key in documented("who --before")}
    assert {row["document"] for row in before["rows"]} == {"paper.txt"}
    line = printed(capsys, "who", "Haider al-Abadi", "--timeline")
    assert leaves(line) == {key.removesuffix("[]") for key in documented("who --timeline")}
    assert (line["rows"][0]["first"], line["rows"][0]["last"]) == ("2014-09-08", "2018-10-25")


@pytest.mark.usefixtures("_told")
def test_a_date_that_is_only_the_publication_is_not_shown_as_cited(capsys: pytest.CaptureFixture[str]) -> None:
    with open_record_of(open_case("iraq")) as record:
        now = {"first_seen": "2024-02-01", "last_seen": "2024-02-01"}
        tell(record, "note.txt", holder("Hana Aziz", **now), published="2024-02-01")
        (claim,) = [one for one in record.claims() if one.document == "note.txt"]
    assert "when published, 2024-02-01" in shown(capsys, "who", "Hana Aziz")
    assert "when published" not in shown(capsys, "who", "Haider al-Abadi")
    assert cited(claim) == "when published, 2024-02-01"
    told = replace(claim.proposal, date_spans=(claim.quote,))
    assert cited(replace(claim, proposal=told)) == "in 2024-02-01"
    assert cited(replace(claim, published=day("2024-03-01"))) == "in 2024-02-01"
    assert cited(replace(claim, published=None, proposal=replace(told, dates=Dates(), date_spans=()))) == "unknown"


@pytest.mark.usefixtures("_told")
def test_contradictions_have_the_shape_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "contradictions")
    assert leaves(said) == {key.removesuffix("[]") for key in documented("contradictions")}
    first = [row for row in said["rows"] if row["time"] == "overlap"]
    assert {row["rule"] for row in first} == {"one seat"}
    assert {first[0]["left"]["says"], first[0]["right"]["says"]} == {"Adil Abd al-Mahdi", "Sami Nuri"}
    denied = printed(capsys, "contradictions", "--kind", "operates-in")["rows"]
    assert [row["time"] for row in denied] == ["may overlap"]
    about = printed(capsys, "contradictions", "--entity", "Sami Nuri")["rows"]
    assert all("Sami Nuri" in {row["left"]["says"], row["right"]["says"]} for row in about)
    assert 0 < len(about) < len(said["rows"])


@pytest.mark.usefixtures("_told")
def test_who_was_where_in_words_with_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, "who", "--in", "Anbar", "--during", "2016")
    assert "Tribal Guard operates in Al-Anbar" in said
    assert "surely" in said
    assert "“Badr operated in Ramadi in 2016.”" in said
    assert "Mosul" not in said
    assert "The record has nothing on this for that time." in shown(
        capsys, "who", "--in", "Basra", "--on", "2016-01-01"
    )


@pytest.mark.usefixtures("_told")
def test_a_grade_is_shown_with_the_source_it_was_set_on(capsys: pytest.CaptureFixture[str]) -> None:
    with open_record_of(open_case("iraq")) as record:
        key = next(c.source_key for c in record.claims() if c.document == "paper.txt")
        record.grade_source(key, Reliability.C, by="an analyst", why="often wrong on dates")
    claims = printed(capsys, "who", "Omar Saleh")["rows"][0]["claims"]
    assert [(claim["reliability"], claim["credibility"]) for claim in claims] == [("C", None)]
    assert "graded C" in shown(capsys, "who", "Omar Saleh")


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["Hayder Abadi"], "the nearest names are: Haider al-Abadi"),
        (["--on", "2019"], "--on 2019 is no day"),
        (["--on", "2019-06-01", "--during", "2019"], "--on and --during cannot be asked for at once"),
        (["--before", "soon"], "'soon' is not a date"),
        (["--in", "Anbar", "--post", "governor"], "an area and a post cannot be asked for at once"),
        (["--timeline"], "--timeline needs a name"),
    ],
)
def test_what_cannot_be_asked_is_said_with_the_mend(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in shown(capsys, "who", *argv, code=2)


@pytest.mark.usefixtures("_told")
def test_an_unknown_kind_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no kind of claim is called 'holds-post'" in shown(capsys, "contradictions", "--kind", "holds-post", code=2)


@pytest.mark.usefixtures("_told")
def test_suggestions_of_a_case_merge_nothing() -> None:
    case = open_case("iraq")
    made = suggestions_case(case)
    assert {s.left.name for s in made if s.left.name == s.right.name} >= {"Adil Abd al-Mahdi", "Badr"}
    with open_record_of(case) as record:
        assert not record.judgements()
        assert all(len(entity.members) == 1 for entity in record.entities())


def test_a_copy_of_a_document_is_no_second_origin(capsys: pytest.CaptureFixture[str]) -> None:
    long = "in the years that the chronicle of the province covers, by the account of those who kept it,"
    with open_record_of(open_case("iraq"), create=True) as record:
        for name, place in (("one.txt", "Ramadi"), ("copy.txt", "Ramadi"), ("else.txt", "Ramadi")):
            words = (
                long
                if name != "else.txt"
                else "as everybody in the town could see for themselves at that time, and more,"
            )
            told = Told("operates-in", f"Badr operated {words} in {place}.", {"organisation": "Badr", "area": place})
            tell(record, name, told)
    (row,) = printed(capsys, "who", "--in", "Anbar")["rows"]
    assert sorted(sorted(origin["documents"]) for origin in row["origins"]) == [["copy.txt", "one.txt"], ["else.txt"]]
    assert row["repeats"] == 1


@pytest.mark.usefixtures("_told")
def test_a_name_is_asked_for_by_any_alias_that_the_gazetteer_knows(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(
        capsys, "who", "--post", "prime minister", "--organisation", "Republic of Iraq", "--on", "2019-06-01"
    )
    assert [row["statement"] for row in said["rows"]][:1] == ["Adil Abd al-Mahdi: prime minister of Iraq"]


@pytest.mark.usefixtures("_told")
def test_pairs_of_documents_that_are_too_many_to_compare_are_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("who", "--post", "prime minister", "--on", "2019-06-01")
    assert "not compared" not in shown(capsys, *asked)
    monkeypatch.setattr("tocsin.api.who.MOST_COMPARED", 0)
    assert "pairs of documents were not compared for copies of each other" in shown(capsys, *asked)
