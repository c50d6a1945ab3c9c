"""The screen command: one name, a file of names, and what it refuses."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

LIST = """id,name,aliases,kind,date_of_birth,nationality,listed_on
1,"HADDAD, Qasim Yusuf",Abu Layth,person,1966-08-09,Iraq,2015-03-01
2,Badr Line,,organisation,,,2016-01-01
"""


@pytest.fixture
def lists(folder: Path) -> str:
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    return "list.csv"


def test_a_name_against_a_list(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Kassem Youssef Haddad", "--lists", lists, "--birth-date", "1990", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    hit = said["rows"][0]["hits"][0]
    assert hit["against"][0].startswith("birth date differs")
    assert said["said"].endswith("it writes no claim.")


def test_a_list_of_two_finds_the_name_and_its_other_spelling(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "two.csv").write_text("id,name,kind,shelf\nu1,Karim Daoud,person,a\nu2,Karim Dawood,person,b\n")
    assert run(["screen", "Karim Daoud", "--lists", "two.csv", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    hits = said["rows"][0]["hits"]
    assert [(hit["entry"], hit["match"]) for hit in hits] == [("Karim Daoud", True), ("Karim Dawood", True)]
    assert hits[0]["score"] >= 0.95
    assert said["searched"][0]["notes"] == ["column not read: shelf"]


def test_no_match_is_no_clearance(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Zzyzx Qwrtp", "--lists", lists]) == 0
    said = capsys.readouterr().out
    assert "that is not a clearance" in said
    assert "Searched: list" in said


def test_before_listing(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Badr Line", "--lists", lists, "--as-of", "2014-01-01", "--json"]) == 0
    hit = json.loads(capsys.readouterr().out)["rows"][0]["hits"][0]
    assert hit["as_of"]["state"] == "not yet listed"


def test_a_batch(lists: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "people.csv").write_text("name,kind,birth_date\nQasim Yusuf Haddad,person,1966\nZzyzx Qwrtp,,\n")
    assert run(["screen", "--batch", "people.csv", "--lists", lists, "--out", "out.csv"]) == 0
    rows = list(csv.DictReader((folder / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert [(r["row"], r["match"]) for r in rows] == [("2", "yes"), ("3", "")]
    assert "not a clearance" in rows[1]["words"]
    assert "Written: out.csv" in capsys.readouterr().out


def test_a_batch_takes_the_word_of_lists_for_a_birth_date(
    lists: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text("name,date_of_birth\nQasim Yusuf Haddad,1990\n")
    assert run(["screen", "--batch", "people.csv", "--lists", lists, "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)["rows"][0]
    assert asked["query"]["birth_date"] == "1990"
    assert asked["hits"][0]["against"][0].startswith("birth date differs")


def test_columns_of_a_batch_that_are_not_read_are_named(
    lists: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text("Name,shelf,room\nQasim Yusuf Haddad,a,b\n")
    assert run(["screen", "--batch", "people.csv", "--lists", lists, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["notes"] == ["people.csv: columns not read: shelf, room"]
    assert said["rows"][0]["hits"][0]["match"]
    assert run(["screen", "--batch", "people.csv", "--lists", lists]) == 0
    assert "people.csv: columns not read: shelf, room." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("header", "meant"), [("name,dob", "date_of_birth"), ("name,nationalty", "nationality"), ("nane,kind", "name")]
)
def test_a_misspelt_column_of_a_batch_is_refused(
    header: str, meant: str, lists: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text(f"{header}\nQasim Yusuf Haddad,1990\n")
    assert run(["screen", "--batch", "people.csv", "--lists", lists]) == 2
    assert f"did you mean {meant}?" in capsys.readouterr().err


def test_what_a_match_is_is_said_once(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Qasim Yusuf Haddad", "--lists", lists]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "1 at or above the threshold of 0.70." in said
    assert said.count("A match is likeness of names") == 1


def test_no_cell_of_a_batch_is_run_by_a_spreadsheet(folder: Path) -> None:
    (folder / "list.csv").write_text("id,name\n1,+Badr Line\n")
    (folder / "names.csv").write_text("name\n=HYPERLINK(1) Zzyzx\n@Badr Line\n-Badr Line\nBadr Line\n")
    assert run(["screen", "--batch", "names.csv", "--lists", "list.csv", "--out", "out.csv"]) == 0
    rows = list(csv.DictReader((folder / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert [r["name"] for r in rows] == ["'=HYPERLINK(1) Zzyzx", "'@Badr Line", "'-Badr Line", "Badr Line"]
    assert {r["entry"] for r in rows} == {"", "'+Badr Line"}


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "give either a name or --batch"),
        (["A", "--batch", "b.csv"], "give either a name or --batch"),
        (["A", "--kind", "robot"], "'robot' is no kind"),
        (["A", "--birth-date", "May"], "'May' is not a date"),
        (["A", "--as-of", "soon"], "'soon' is no day"),
        (["A", "--lists", "none"], "there is no such file or folder"),
        (["--batch", "none.csv"], "there is no such file"),
        ([" "], "an empty name"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_it_refuses(argv: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", *argv]) == 2
    assert words in capsys.readouterr().err


def test_bad_rows_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "people.csv").write_text("name,kind\nA B,person\n,person\nC D,robot\n")
    assert run(["screen", "--batch", "people.csv", "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == [3, 4]
