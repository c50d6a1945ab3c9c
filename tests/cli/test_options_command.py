"""tocsin options: what it prints, that it counts and never foretells, and the shape of its JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.decide.options.made_up_choice import option, small
from tests.docs.test_json_shapes import documented, leaves

import tocsin
from tocsin.api import benchmark_options as part
from tocsin.api import options_beside
from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

FORETELLING = re.compile(r"probab|likely to|chance of|expected value|forecast", re.IGNORECASE)


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["options", *argv, "--case", "iraq", "--futures", "200"]) == code
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).split())


def as_json(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["options", *argv, "--case", "iraq", "--futures", "100", "--json"]) == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_every_choice_is_counted_and_none_foretold(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys)
    for choice in ("nmi-drawdown-2026", "pmf-policy", "us-posture-2020"):
        assert choice in words
    assert "of the futures tested" in words
    assert "Shares are of these, and say nothing of how likely a future is." in words
    assert FORETELLING.findall(words) == []
    assert "Demonstration: judgements in this case are placeholders." in words


def test_one_choice_says_what_a_source_states_beside_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "us-posture-2020")
    assert (
        "Separation: every threshold is met in none of the futures tested; most often missed: security cooperation kept, met"
        in words
    )
    assert "What must be true, so that Continuity meets every threshold" in words
    assert "(coverage)" in words
    assert "Stated of separation, triggers (source knights): a law of Iraq that US forces must leave" in words
    assert "Source knights concludes: going on as before is not possible" in words
    assert "Not computed: military strikes" in words
    assert "pmf-policy" not in words


def test_reach_along_the_steps_and_studies_stand_beside_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "nmi-drawdown-2026")
    assert "sites, reach and presence along the steps" in words
    assert "Need: 12,830 deaths, 2017-01 to 2018-12" in words
    assert "read beside the options, multiplied into nothing" in words
    assert "6 of 12 effects name no card." in words
    assert "inputs 3 % to 5 %" in words
    assert "months 2 % to 7 %" in words, "both ranges, side by side"
    assert "25 to 150 km: 3 % to 7 %" in words
    assert "(source: not graded)" in words


def test_what_no_step_and_no_effect_asks_for_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing asks for it")

    monkeypatch.setattr(options_beside, "schedule_of", never)
    monkeypatch.setattr(options_beside, "evidence_for", never)
    case = tocsin.read_case("iraq")
    bare = small(options=(option("go", steps=("wait",)), option("stay")))
    assert options_beside.beside_options(case, bare) == options_beside.BesideOptions(bare.id, None, None)


def test_a_choice_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "us-posture", code=2)
    assert "no choice is called 'us-posture'" in words
    assert "did you mean 'us-posture-2020'?" in words


@pytest.mark.parametrize("number", ["0", "10", "300000"])
def test_too_few_and_too_many_futures_are_refused(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", "--case", "iraq", "--futures", number]) == 2
    assert "futures cannot be tested" in capsys.readouterr().err


def test_the_shape_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    made = as_json(capsys)
    assert {key.removesuffix("[]").removesuffix("[]") for key in documented("options")} == {
        key.removesuffix("[]") for key in leaves(made)
    }
    assert FORETELLING.findall(json.dumps([c["missing"] + c["notes"] for c in made["choices"]])) == []


def test_ranks_in_the_json_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    (choice,) = as_json(capsys, "us-posture-2020")["choices"]
    for preference in choice["preferences"]:
        for ranked in preference["rows"]:
            assert sum(ranked["acceptability"]) == pytest.approx(1)
        assert sum(ranked["acceptability"][0] for ranked in preference["rows"]) == pytest.approx(1)


def test_the_shape_of_the_benchmark(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = ",".join((*part.INPUTS, part.CASES))
    lines = [",".join(str((n * (k + 3)) % 97) for k in range(9)) + f",{int(n % 3 == 0)}" for n in range(300)]
    (tmp_path / part.PRIM_FILE).write_text("\n".join([header, *lines]), encoding="utf-8")
    monkeypatch.setattr(part, "DRAWS", 1000)
    capsys.readouterr()
    assert run(["benchmark", "options", "--data", str(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert leaves(rows) == documented("benchmark options")
    assert {row["part"] for row in rows["rows"]} == {"prim", "weights", "smaa", "regret", "dominance", "futures"}
