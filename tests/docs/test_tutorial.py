"""The tutorial's own commands, run in a folder of their own, with few draws and trees, and a short track record."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tocsin
from tocsin.api import outlook, study
from tocsin.cli.app import run
from tocsin.forecast.contract import models
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial-own-country.md"


def blocks(kind: str) -> list[str]:
    """What stands between the fences of one kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    return [line.split() for block in blocks("sh") for line in block.splitlines()]


def practised(folder: Path) -> None:
    """The folder as it stands when the tutorial's first two sections are done."""
    (folder / "practice.py").write_text(blocks("python")[0], encoding="utf-8")
    assert run(["new", "mali"]) == 0
    subprocess.run([sys.executable, "practice.py"], cwd=folder, check=True)
    (folder / "mali" / "case.toml").write_text(blocks("toml")[0], encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(outlook, "RECORD_YEARS", 1)
    monkeypatch.setattr(outlook, "APART", 1)
    monkeypatch.setattr(study, "SEEDS", 1)
    monkeypatch.setitem(models(), "quantile_forest", QUANTILE_FOREST.with_settings(ForestSettings(trees=5)))
    practised(tmp_path)
    return tmp_path


def test_the_tutorial_runs_from_start_to_end(folder: Path) -> None:
    done = commands()
    assert [words[1] for words in done] == ["new", "practice.py", "check", "forecast", "replay", "brief"]
    for words in done[2:]:
        few = [] if words[1] == "check" else ["--draws", "30"]
        assert run([*words[1:], *few]) == 0, words
    made = folder / "mali" / ".tocsin" / "out"
    assert {f.name for f in made.iterdir()} >= {"brief.html", "brief.pdf", "forecast.parquet", "warnings.json"}
    assert "Coast" in (made / "brief.html").read_text(encoding="utf-8")
    said = json.loads((made / "warnings.json").read_text(encoding="utf-8"))
    assert set(said) == {"case", "made", "demo", "newest", "replay"}
    assert set(said["replay"]) >= {"rows", "track_record", "leads", "standings"}
    assert {row["area"] for row in said["replay"]["rows"]} == {
        "Northland",
        "Riverbank",
        "Middleton",
        "Southmark",
        "Coast",
    }


def test_the_practice_data_hold_the_surge_the_tutorial_speaks_of(folder: Path) -> None:
    case = tocsin.read_case(folder / "mali")
    done = tocsin.replay_case(case, origin=tocsin.Month.of(2018, 8), model="conflictology", draws=30)
    worst = {w.name: done.came[w.area].peak for w in done.warnings}
    before = {w.name: w.last_year for w in done.warnings}
    assert (worst["Coast"] or 0) >= 25 > 3 * before["Coast"]


def test_a_case_needs_no_outlines_and_no_replay(folder: Path) -> None:
    text = blocks("toml")[0].replace('outlines = "provinces.geojson"\n', "").split("[replay]")[0]
    (folder / "mali" / "case.toml").write_text(text, encoding="utf-8")
    assert run(["replay", "--case", "mali", "--origin", "2018-08", "--draws", "30"]) == 0
