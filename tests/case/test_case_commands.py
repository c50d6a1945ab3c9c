from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import tocsin.cli.case
from tocsin.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], int]

assert tocsin.cli.case.check is not None, "importing the file adds its commands"


def test_check_of_the_case_that_ships_leaves_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--case", "iraq", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["case", "ok", "findings"]
    assert (said["case"], said["ok"]) == ("iraq", True)
    assert {f["severity"] for f in said["findings"]} == {"note"}


def test_check_with_a_fault_leaves_with_two(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("calendar.csv", "2026-07,", "2026-13,")
    assert run(["check", "--case", str(folder), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert (said["case"], said["ok"]) == ("broken", False)
    (fault,) = [f for f in said["findings"] if f["severity"] == "fault"]
    assert list(fault) == ["severity", "file", "row", "column", "problem", "mend"]
    assert (fault["file"], fault["row"], fault["column"]) == ("calendar.csv", 2, "date")


def test_check_in_words_names_the_place_and_counts(
    folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("calendar.csv", "2026-07,", "[2026],")
    monkeypatch.chdir(folder)
    assert run(["check"]) == 2
    said = capsys.readouterr().out
    line = next(text for text in said.splitlines() if "calendar.csv" in text)
    assert line.split()[:4] == ["fault", "calendar.csv", "2", "date"]
    assert "'[2026]' is not a date" in line
    assert said.splitlines()[-1].startswith("broken: 1 fault, ")


def test_new_writes_a_case_into_the_current_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "sahel"]) == 0
    assert (tmp_path / "sahel" / "case.toml").is_file()
    assert "tocsin check --case sahel" in capsys.readouterr().out
    assert run(["check", "--case", "sahel"]) == 0
    assert run(["new", "sahel"]) == 2, "never written over"
    assert "this exists already" in capsys.readouterr().err


def test_new_copies_a_case_under_a_new_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert run(["new", "my-iraq", "--from", "iraq", "--path", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"case": "my-iraq", "path": str(folder)}
    assert 'name = "my-iraq"' in (folder / "case.toml").read_text(encoding="utf-8")
    assert run(["new", "other", "--from", str(folder), "--path", str(tmp_path / "other")]) == 0
    assert run(["new", "third", "--from", "irak", "--path", str(tmp_path / "third")]) == 2
    assert "did you mean 'iraq'?" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["44.387,33.303", "33.303,-44.387"], ids=["exchanged", "wrong sign"])
def test_check_knows_the_outlines_of_countries(
    folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    row = edit("sites.csv", "33.303,44.387", wrong)
    assert run(["check", "--case", str(folder), "--json"]) == 2
    (fault,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["severity"] == "fault"]
    assert (fault["file"], fault["row"], fault["column"]) == ("sites.csv", row, "lat")
    assert "lies outside IRQ" in fault["problem"]


def test_check_knows_the_outlines_of_provinces(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    row = edit("candidates.csv", "Mosul,Ninewa,", "Mosul,Basra,")
    assert run(["check", "--case", str(folder), "--json"]) == 0
    (note,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["file"] == "candidates.csv"]
    assert (note["severity"], note["row"], note["column"]) == ("note", row, "province")
    assert "lies outside the outline of 'Basra'" in note["problem"]


def test_check_finds_a_candidate_abroad(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    row = edit("candidates.csv", "36.34,43.13", "43.13,36.34")
    assert run(["check", "--case", str(folder), "--json"]) == 2
    (fault,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["severity"] == "fault"]
    assert (fault["file"], fault["row"], fault["column"]) == ("candidates.csv", row, "lat")
    assert "lat and lon are exchanged" in fault["mend"]


def test_check_knows_countries_and_sections(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    country = edit("case.toml", '["IRQ"]', '["IRK"]')
    section = edit("case.toml", '"track-record"', '"trackrecord"')
    edit("missions.csv", ",XKX,", ",XKK,")
    assert run(["check", "--case", str(folder), "--json"]) == 2
    found = {(f["file"], f["row"]): f for f in json.loads(capsys.readouterr().out)["findings"]}
    assert "There are: AFG" in found["case.toml", country]["mend"]
    assert "did you mean 'track-record'?" in found["case.toml", section]["mend"]
    assert (found["missions.csv", 7]["severity"], found["missions.csv", 7]["column"]) == ("note", "host")


@pytest.mark.parametrize("command", ["new", "check"])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"tocsin {command}" in capsys.readouterr().out.replace("Usage: tocsin", "", 1)
