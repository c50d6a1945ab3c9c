"""A user's costs choose a threshold: who is alerted, what the command prints and refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tocsin.assess.by_cost import by_cost_json, outlook_by_cost, warned_by_cost
from tocsin.assess.outlook import Outlook, outlook
from tocsin.cli import warn as command
from tocsin.cli.app import run
from tocsin.forecast.contract import model_named
from tocsin.warn.question import Question
from tocsin.warn.value import Costs

if TYPE_CHECKING:
    from tocsin.panel.history import History

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def done(history: History) -> Outlook:
    last = history.origin - 3
    return outlook(
        history.until, origin=history.origin, truth=history, model=model_named("conflictology"),
        beside=model_named("zero"), ranked_by=Question(3, 25), questions=(), origins=[last - 3 * i for i in range(11, -1, -1)],
        budgets=(2,), draws=24, seed=1, explained=0, months=3, record_draws=24,
    )  # fmt: skip


def test_who_is_alerted_stands_at_the_threshold_or_above(done: Outlook) -> None:
    found = outlook_by_cost(done, Costs(miss=4, false_alarm=1))
    assert found.threshold is not None
    warned = warned_by_cost(done, found)
    assert warned
    assert min(w.p for w in warned) >= found.threshold
    assert max(w.p for w in done.warnings if w not in warned) < found.threshold
    assert found.cost_a_year < found.never_cost_a_year


def test_the_json_is_as_the_page_says(done: Outlook) -> None:
    part = (DOCS / "json.md").read_text(encoding="utf-8").split("\n## warn by cost\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    said = by_cost_json(done, outlook_by_cost(done, Costs(miss=4, false_alarm=1)))
    alerted, record = said["alerted"], said["record"]
    assert isinstance(alerted, list)
    assert isinstance(record, dict)
    plain = {key for key in said if key not in {"alerted", "record"}}
    found = plain | {f"alerted[].{key}" for key in alerted[0]} | {f"record.{key}" for key in record}
    assert found == {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def test_the_command_tells_the_threshold_and_its_record(
    done: Outlook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "country_outlook", lambda **_: done)
    asked = ["warn", "--miss-cost", "4", "--false-alarm-cost", "1"]
    assert run(asked) == 0
    said = capsys.readouterr().out
    assert "by the costs alone from 20 % on" in said
    assert "never alerting" in said
    assert run([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["by_cost"]["cost_loss_ratio"] == 0.2
    assert run(["warn", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["by_cost"] is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--miss-cost", "4"], "both costs"), (["--false-alarm-cost", "4"], "both costs"),
        (["--miss-cost", "0", "--false-alarm-cost", "1"], "a miss cannot be 0"),
        (["--miss-cost", "1", "--false-alarm-cost", "-2"], "a false alarm cannot be -2"),
        (["--miss-cost", "much", "--false-alarm-cost", "1"], "--miss-cost"),
    ],
)  # fmt: skip
def test_costs_that_make_no_sense_are_refused_before_any_forecast(
    asked: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "country_outlook", None)
    assert run(["warn", *asked]) == 2
    assert words in capsys.readouterr().err
