"""The commands gap, overlap and instruments: what they print, and the keys of their JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tocsin.cli.app import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def keys(value: Any, path: str = "", *, open_at: tuple[str, ...] = ()) -> set[str]:
    """The path of every leaf; of a list that is empty here and full elsewhere only its leaves."""
    if f"{path}.*" in open_at:
        return {f"{path}.*"}
    if isinstance(value, dict):
        return set().union(*(keys(v, f"{path}.{k}" if path else k, open_at=open_at) for k, v in value.items()))
    if isinstance(value, list):
        inner = [keys(v, f"{path}[]", open_at=open_at) for v in value]
        return set().union(*inner) if value else {f"{path}[].*" if f"{path}[].*" in open_at else f"{path}[]"}
    return {path}


def leaves(found: set[str]) -> set[str]:
    return {k for k in found if not any(other.startswith((f"{k}.", f"{k}[")) for other in found)}


def documented(heading: str) -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize(
    ("heading", "argv"),
    [
        ("gap", ("gap", "--case", "iraq", "--draws", "50")),
        ("overlap", ("overlap", "--case", "iraq", "--from", "2018-11", "--to", "2019-01")),
        ("instruments", ("instruments", "--case", "iraq", "--at", "2021-06")),
    ],
)
def test_json_has_the_documented_keys(heading: str, argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    asked = documented(heading)
    said = printed(capsys, *argv)
    assert leaves(keys(said, open_at=tuple(k for k in asked if k.endswith(".*")))) == asked


def test_gap_of_iraq_in_2017_and_2018(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "gap", "--case", "iraq", "--from", "2017-01", "--to", "2018-12", "--no-forecast")
    rows = {row["area"]: row for row in said["rows"]}
    assert len(rows) == 18
    assert said["forecast"] is None
    assert rows["Ninewa"]["ahead"] is None
    assert [x["area"] for x in said["lacking"]] == ["Ninewa"]
    assert said["missions"] == ["nmi"]
    assert not {"kfor", "unifil"} & set(said["compared"])
    assert rows["Ninewa"]["security"] == []
    assert rows["Ninewa"]["missions"][0]["present"] == "no site named"
    baghdad = rows["Baghdad"]["missions"][0]
    assert baghdad["present"] == "present"
    assert {s["site_id"]: s["sure"] for s in baghdad["sites"]} == {
        "nmi-baghdad": True, "nmi-besmaya": False, "nmi-taji": False,
    }  # fmt: skip
    assert rows["Diyala"]["missions"][0]["present"] == "unknown"
    assert {a["where"] for a in said["not_tied"]["security"]} == {"periphery"}


def test_gap_prints_unknown_and_never_an_empty_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gap", "--case", "iraq", "--no-forecast"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "engages: unknown" in words
    assert "Said of places not tied to a province: - periphery" in words
    assert "By mandate nmi serves the whole country, present or not: institutional reform" in words
    assert "Province not sure: Beshmaya (nmi): the outline says Diyala, events nearby Baghdad" in words


def test_overlap_says_who_meets_and_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "overlap", "--case", "iraq", "--at", "2021-06")
    ministry = [c for c in said["cells"] if c["institution"] == "Ministry of the Interior"]
    police = next(c for c in ministry if c["function"] == "interior and police" and c["area"] == "Basra")
    assert police["spells"][0]["served"]["state"] == "unknown"  # the row begins in 2021, and no month is given
    assert "oir" in said["without_tasks"]
    assert run(["overlap", "--case", "iraq", "--at", "2022-06"]) == 0
    assert "single (national)" in capsys.readouterr().out


def test_instruments_name_their_empty_cells(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["instruments", "--case", "iraq", "--at", "2021-06"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "No row names anything here, which is unknown and not none:" in words
    assert "- Popular Mobilization Forces: military, civilian, diplomatic, economic" in words


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("gap", "--case", "iraq", "--mission", "nmj"), "no mission is called 'nmj'"),
        (("gap", "--case", "iraq", "--mission", "kfor"), "the mission kfor is hosted by a country outside the case"),
        (("gap", "--case", "iraq", "--from", "2017-01"), "a window has a first and a last month"),
        (
            ("gap", "--case", "iraq", "--from", "2018-01", "--to", "2017-01"),
            "the window 2018-01 to 2017-01 ends before it begins",
        ),
        (
            ("gap", "--case", "iraq", "--from", "2018-01", "--to", "2030-01"),
            "the window 2018-01 to 2030-01 is not covered",
        ),
        (("overlap", "--case", "iraq", "--at", "June"), "'June' is not a month"),
        (
            ("overlap", "--case", "iraq", "--at", "2021-06", "--from", "2018-01", "--to", "2018-02"),
            "a month and a window are both given",
        ),
        (("instruments", "--case", "iraq", "--at", "by 2021"), "'by 2021' is no date but a bound"),
    ],
)
def test_what_cannot_be_answered_is_named(
    argv: tuple[str, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, *argv, code=2)
    assert said["error"] == problem
    assert said["hint"]
