"""The commands progress, fit and effort: what they print, and the shape of their JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tocsin.case import write_case
from tocsin.cli.app import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
COMMANDS = ("progress", "fit", "effort")
OF_ANOTHER_PART = "produced[].indicators[]"
WORDS_OF_A_ROLL_UP = re.compile(r"score|index|total|mean|average|rank|weight")


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def words(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    assert run(argv) == 0
    return " ".join(re.sub(r"[│┃]", " ", capsys.readouterr().out).split())


def leaves(value: Any, path: str = "") -> set[str]:
    """The path of every leaf; an empty list counts as the list itself, what another part documents as one."""
    if path.endswith(OF_ANOTHER_PART):
        return {f"{path}.*"}
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(v, f"{path}[]") for v in value)) if value else {f"{path}[]"}
    return {path}


def documented(heading: str) -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


@pytest.fixture
def everything(tmp_path: Path) -> str:
    """The Iraq case with every mission assessed."""
    folder = write_case("own", tmp_path / "own", start_from="iraq")
    settings = folder / "case.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'missions = ["nmi"]' in text
    settings.write_text(
        text.replace('missions = ["nmi"]', 'missions = ["nmi", "us-training", "kfor"]'), encoding="utf-8"
    )
    return str(folder)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_json_has_the_keys_that_the_page_says(
    command: str, everything: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = leaves(printed(capsys, command, "--case", everything))
    said = documented(command)
    assert said <= found, "documented, and not there"
    empty = {key for key in found - said if any(other.startswith(key) for other in said)}
    assert found - said == empty, "there, and not documented"


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_rolled_up(command: str, everything: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = {
        part for key in leaves(printed(capsys, command, "--case", everything)) for part in re.split(r"[.\[\]]+", key)
    }
    assert not [name for name in names if WORDS_OF_A_ROLL_UP.search(name)]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_mission_nobody_knows_is_refused_with_the_nearest(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, command, "--case", "iraq", "--mission", "nmj", code=2)
    assert said["error"] == "no mission is called 'nmj'"
    assert said["hint"].startswith("did you mean 'nmi'?")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_case_without_missions_says_so(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, command, "--case", str(write_case("empty", tmp_path / "empty")), code=2)
    assert said["error"] == "the case names no mission"
    assert said["file"].endswith("missions.csv")


@pytest.mark.parametrize("command", ["progress", "effort"])
def test_a_mission_without_lines_of_effort_says_so(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no line of effort is on file" in words(capsys, command, "--case", "iraq", "--mission", "unami")


def test_a_framework_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "fit", "--case", "iraq", "--framework", "ocde", code=2)
    assert (said["error"], said["hint"]) == (
        "no framework is called 'ocde'", "did you mean 'oecd'? There are: dod, nato, oecd",
    )  # fmt: skip


def test_progress_of_nmi(capsys: pytest.CaptureFixture[str]) -> None:
    [nmi] = printed(capsys, "progress", "--case", "iraq", "--mission", "nmi")["missions"]
    lines = {line["line_of_effort"]: line for line in nmi["lines"]}
    assert lines["explosive ordnance disposal"]["evidence"] == ["no published figure at all"]
    assert lines["interior and police"]["evidence"] == ["outcome evidence but no target"]
    assert lines["logistics"]["evidence"] == ["no indicator: nothing is measured"]
    [police] = lines["interior and police"]["indicators"]
    assert police["target"] is None
    [one] = police["series"]
    assert one["target"] == "no target: progress cannot be judged"
    assert next((f["date"], f["low"], f["high"]) for f in one["figures"]) == ("2015", 56, 72)
    assert (one["last"]["low"], one["last"]["high"], one["baseline"]) == (1, 1, "better")
    [course] = [i for i in lines["explosive ordnance disposal"]["indicators"] if i["level"] == "output"]
    assert [(s["figures"], s["first"], s["last"]) for s in course["series"]] == [([], None, None)]
    assert "not shown to be the mission's doing" in words(capsys, "progress", "--case", "iraq")


def test_outputs_only_is_said_of_training(capsys: pytest.CaptureFixture[str]) -> None:
    [done] = printed(capsys, "progress", "--case", "iraq", "--mission", "us-training")["missions"]
    assert [line["evidence"] for line in done["lines"]] == [["outputs only, no outcome evidence"]]


def test_fit_shows_each_verdict_with_what_would_change_it(capsys: pytest.CaptureFixture[str]) -> None:
    [nmi] = printed(capsys, "fit", "--case", "iraq", "--framework", "oecd")["missions"]
    [oecd] = nmi["frameworks"]
    assert len(oecd["headings"]) == 6
    for heading in oecd["headings"]:
        for verdict in heading["verdicts"]:
            assert verdict["sources"]
            assert verdict["would_change"]
    text = words(capsys, "fit", "--case", "iraq", "--framework", "dod")
    assert "not assessed" in text
    assert "nobody filed a verdict" in text


def test_effort_says_unknown_and_sets_it_beside_reference_missions(capsys: pytest.CaptureFixture[str]) -> None:
    [nmi] = printed(capsys, "effort", "--case", "iraq", "--mission", "nmi")["missions"]
    assert all(line["unknown"] == ["people", "money", "time"] for line in nmi["lines"])
    assert [rate["per_million_low"] for rate in nmi["strength"]] == [None]
    kfor = next(rate for rate in nmi["references"] if rate["name"] == "KFOR, 2026")
    assert kfor["per_million_low"] == pytest.approx(4500 * 1e6 / kfor["population"])
    text = words(capsys, "effort", "--case", "iraq", "--mission", "nmi")
    assert "Whether the mission is good value is therefore unknown." in text


def test_effort_of_training_is_an_output_and_no_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    [done] = printed(capsys, "effort", "--case", "iraq", "--mission", "us-training")["missions"]
    costs = {c["period"]: (c["low"], c["ranged"]) for line in done["lines"] for c in line["unit_costs"]}
    assert costs["2019"] == (pytest.approx(4179404 / 242), False)
    assert any(sentence.startswith("An output is not an outcome") for sentence in done["worth"])


def test_brackets_of_a_source_are_printed_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_case("own", tmp_path / "own", start_from="iraq")
    path = folder / "verdicts.csv"
    text = path.read_text(encoding="utf-8")
    assert "no source says" in text
    path.write_text(text.replace("no source says", "no [red]source[/] says"), encoding="utf-8")
    assert "[red]source[/]" in words(capsys, "fit", "--case", str(folder), "--framework", "oecd").replace(" ", "")
