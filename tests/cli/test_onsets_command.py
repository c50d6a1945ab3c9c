"""The command of onsets: what it prints, what it refuses, and its JSON as the docs say."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from scipy.special import expit

from tocsin.api.onset_series import state_based, state_based_now
from tocsin.api.onsets import status_of
from tocsin.cli.app import run
from tocsin.forecast.onsets.question import Onset

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
QUICK = ("--origin", "1998-12", "--record-years", "1", "--most", "150")


def documented() -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split("\n## onsets\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(keys(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(keys(v, f"{path}[]") for v in value)) if value else {f"{path}[]"}
    return {path}


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """One run for all that reads it."""
    text = StringIO()
    with redirect_stdout(text):
        assert run(["onsets", *QUICK, "--json"]) == 0
    return dict(json.loads(text.getvalue()))


def test_the_json_has_the_keys_of_the_page_and_no_others(said: dict[str, Any]) -> None:
    assert said["rows"][0]["seen"] is not None
    whole = {"rows[].seen", "record", "record.gap"}
    assert keys(said) - {"rows[].seen"} == documented() - whole


def test_drivers_and_level_add_up_to_the_probability(said: dict[str, Any]) -> None:
    for row in said["rows"]:
        assert expit(said["level"] + sum(d["adds"] for d in row["drivers"])) == pytest.approx(row["p"])


def test_countries_at_war_are_not_asked_about(said: dict[str, Any]) -> None:
    names = {row["area"] for row in said["rows"]}
    assert len(names) > 100
    assert not names & {"Iraq", "Afghanistan", "Colombia"}


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (Onset(1, 12, peace=24), "verified"),
        (Onset(3, 14, peace=12), "experimental"),
        (Onset(1, 3, peace=12), "experimental"),
        (Onset(1, 12, peace=60), "experimental"),
        (Onset(1, 12, peace=12, threshold=100), "experimental"),
    ],
)
def test_a_lead_that_was_not_shown_is_experimental(question: Onset, status: str) -> None:
    assert status_of(question).value == status


def test_words_are_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["onsets", "--origin", "1998-12", "--record-years", "0", "--most", "1", "--months", "3-14"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "As known in 1998-12: at least 25 deaths over months 3 to 14 ahead, after 12 months of peace" in printed
    assert "Status of the model for this question: experimental" in printed
    assert "How such rankings fared" not in printed


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--months", "1,3,6"), "months 1,3,6 are no window"),
        (("--months", "soon"), "'soon' is no list of horizons"),
        (("--peace", "0"), "an onset is asked of countries at peace"),
        (("--threshold", "0"), "0 deaths are no onset"),
        (("--most", "-1"), "-1 countries cannot be printed"),
        (("--record-years", "-1"), "a record of -1 years"),
        (("--origin", "1989-01"), "origin 1989-01 lies outside the data"),
        (("--origin", "1991-06"), "countries had an onset in windows that have passed, 5 are needed"),
    ],
)
def test_what_cannot_be_asked_is_refused(argv: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["onsets", *argv]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_figures_after_2021_do_not_change_those_before() -> None:
    before, now = state_based(), state_based_now()
    assert now.until(before.origin).deaths.tolist() == before.deaths.tolist()
    assert now.origin.year == 2024
