"""`tocsin replay --as-known-on`: what it prints, the keys of its JSON, and how it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tocsin.cli.app import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
QUICK = ("--model", "conflictology", "--draws", "24")


def documented() -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split("\n## replay --as-known-on\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key.removesuffix("[]") for row in rows for key in re.findall(r"`([^`]+)`", row)}


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(keys(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return set().union(*(keys(v, f"{path}[]") for v in value))
    return {path}


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    assert run(["replay", *argv, *QUICK, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_countries_are_forecast_from_the_issue_of_the_day_and_from_final_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = printed(capsys, "--as-known-on", "2024-07-25")
    assert keys(said) == documented()
    assert (said["origin"], said["level"], said["corrected"]) == ("2024-06", "country", None)
    rows = {r["area"]: r for r in said["change"]["rows"]}
    assert rows["Ukraine"]["deaths_known"] < rows["Ukraine"]["deaths_final"]
    assert said["change"]["rows"][0]["distance"] == max(r["distance"] for r in rows.values()) > 0
    assert said["crps"]["as_known"] > 0
    assert said["crps"]["corrected"] is None


def test_a_correction_stands_beside_with_the_same_keys(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "--as-known-on", "2024-07-25", "--correct", "own")
    assert keys(said["corrected"]) == keys(said["change"])
    assert said["crps"]["corrected"] != said["crps"]["as_known"]


def test_months_that_have_not_come_are_not_scored(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "--as-known-on", "2025-01-30", "--within", "1")
    assert said["origin"] == "2024-12"
    assert set(said["crps"].values()) == {None}


def test_provinces_say_that_their_lag_is_modelled(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "--as-known-on", "2014-02-03", "--case", "iraq")
    assert (said["origin"], said["level"], said["case"]) == ("2013-12", "admin1", "iraq")
    assert "modelled" in " ".join(said["notes"])
    assert len(said["change"]["rows"]) == 18


def test_the_table_has_words_for_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", "--as-known-on", "2024-07-25", "--correct", "size", *QUICK]) == 0
    text = capsys.readouterr().out
    for words in (
        "Ukraine",
        "as known",
        "Corrected (size), against final",
        "CRPS against what came",
        "GED 25.1 is final",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ((), "--origin or --as-known-on"),
        (("--origin", "2013-12", "--as-known-on", "2024-07-25"), "one of them"),
        (("--as-known-on", "2024-07"), "'2024-07' is not a day"),
        (("--as-known-on", "2023-07-01"), "2024-01-26 to 2025-01-26"),
        (("--as-known-on", "2024-03-01", "--correct", "own"), "no revision had been seen by 2024-03-01"),
        (("--as-known-on", "2024-07-25", "--level", "admin1"), "--level country"),
        (("--as-known-on", "2014-02-03", "--case", "iraq", "--correct", "own"), "only undo the model"),
        (("--as-known-on", "2024-07-25", "--within", "40"), "40"),
        (("--origin", "2013-12", "--case", "iraq", "--correct", "own"), "--as-known-on with --correct"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_words(
    argv: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["replay", *argv, *QUICK]) == 2
    assert words in capsys.readouterr().err
