"""What was counted is never called likely: futures tested, draws and weightings have shares, not probabilities."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.brief.sections.decisions_found import brief_of, findings_with, iraq_decision

from tocsin.brief.reading import texts
from tocsin.brief.sections.options import SECTION as OPTIONS
from tocsin.brief.sections.settlement import SECTION as SETTLEMENT
from tocsin.brief.sections.tripwires import SECTION as TRIPWIRES
from tocsin.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORETELLS = re.compile(r"\b(probab\w*|(un)?likel\w*|chances?|odds|percent certain|expected to)\b", re.IGNORECASE)
COUNTED = re.compile(r"(?<![\w-])(futures?|weightings?|draws?|criteri\w+|threshold\w*)\b", re.IGNORECASE)
DENIED = re.compile(
    r"(say|says|is said) (nothing )?(of )?how likely[\w ,]*|nothing (is said )?(of |says )how likely[\w ,]*"
)
"""To say that nothing is foretold is no foretelling."""


def foretelling(words: str, *, counted_only: bool) -> list[str]:
    """Sentences that foretell; where some may, only those that speak of what was counted."""
    sentences = re.split(r"(?<=[.;!?])\s+|\n", DENIED.sub("", words))
    return [s for s in sentences if FORETELLS.search(s) and (not counted_only or COUNTED.search(s))]


def strings(value: Any) -> Iterator[str]:
    """Every key and every text of a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key).replace("_", " ")
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    assert run([*argv, "--case", "iraq"]) == 0
    return capsys.readouterr().out


def faults(words: Iterable[str], *, counted_only: bool = False) -> list[str]:
    return [fault for text in words for fault in foretelling(text, counted_only=counted_only)]


COMMANDS = (
    (("options", "--futures", "100"), False),
    (("tripwires", "--futures", "100", "--draws", "50", "--replay-years", "0", "--on", "2011-06-01"), False),
    (("settle", "--draws", "200"), True),
)
"""Commands, and whether the bands of a settlement have probabilities in them."""


@pytest.mark.parametrize(("command", "bands"), COMMANDS, ids=[command[0] for command, _ in COMMANDS])
def test_commands_call_nothing_likely_that_was_counted(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], *, bands: bool
) -> None:
    text = printed(capsys, *command)
    assert len(text) > 1000
    rows = re.sub(r"[\u2500-\u257f]", "\n", text) if bands else " ".join(re.sub(r"[\u2500-\u257f]", " ", text).split())
    assert faults([rows], counted_only=bands) == []
    assert faults(strings(json.loads(printed(capsys, *command, "--json"))), counted_only=bands) == []


def test_pages_call_nothing_likely_that_was_counted() -> None:
    findings = findings_with(iraq_decision())
    counted = list(texts(brief_of(findings, OPTIONS, TRIPWIRES)))
    assert len(counted) > 100
    assert faults(counted) == []
    alts = [b.alt for b in OPTIONS.annex(findings) if hasattr(b, "alt")]
    assert alts
    assert faults(alts) == []
    settled = list(texts(brief_of(findings, SETTLEMENT)))
    assert any(FORETELLS.search(text) for text in settled), "the bands of a settlement have probabilities"
    assert faults(settled, counted_only=True) == []


@pytest.mark.parametrize(
    "planted",
    [
        "Unchanged will probably meet every threshold.", "It meets the threshold with a probability of 66 %.",
        "In 66 % of the futures tested, so it is likely.", "Chances are 2 in 3.", "The odds favour staying.",
        "It is unlikely that the threshold is met.",
    ],
)  # fmt: skip
def test_a_planted_sentence_is_found(planted: str) -> None:
    words = f"Every threshold is met in 66 % of the futures tested. {planted} Shares are counted."
    assert foretelling(words, counted_only=False) == [planted]


def test_a_planted_sentence_is_found_among_probabilities_of_bands() -> None:
    words = "'A longer time' is likely (59 %). It gains in 97 % of the draws, and is likely to agree."
    assert foretelling(words, counted_only=True) == ["It gains in 97 % of the draws, and is likely to agree."]


def test_a_planted_sentence_is_found_on_a_page_and_in_json() -> None:
    found = iraq_decision()
    planted = "so the chance of success is good"
    page = [*texts(brief_of(findings_with(found), OPTIONS)), planted]
    assert faults(page) == [planted]
    assert faults(strings({"choices": [{"probability": 0.6, "notes": [planted]}]})) == ["probability", planted]


@pytest.mark.parametrize(
    "denial",
    ["Shares are of these, and say nothing of how likely a future is.", "Nothing is said of how likely deadlock is."],
)
def test_to_deny_is_no_foretelling(denial: str) -> None:
    assert foretelling(denial, counted_only=False) == []
    assert foretelling(f"{denial} It is likely.", counted_only=False) == ["It is likely."]
