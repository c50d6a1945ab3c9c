"""`tocsin benchmark settle`: its JSON is as the page says, its targets are met, its page holds its figures."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tocsin.api import benchmark_settle as verb
from tocsin.cli.app import run

DOCS = Path(__file__).resolve().parents[2] / "docs"


def documented() -> set[str]:
    part = (DOCS / "json.md").read_text(encoding="utf-8").split("\n## benchmark settle\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for cell in rows for key in re.findall(r"`([^`]+)`", cell)}


def leaves(value: object, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(v, f"{path}[]") for v in value))
    return {path}


@pytest.mark.data
def test_models_of_settlement(
    shared_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "DEALS", (1,))
    assert run(["benchmark", "settle", "--data", str(shared_data / "oracles"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert leaves(said) == documented()
    rows = {row["model"]: row for row in said["rows"] if row["by"] == "all"}
    ours = rows["tocsin"]
    assert ours["mae"] <= 23.3
    assert ours["crps"] <= 16.0
    assert 0.78 <= ours["cover80"] <= 0.86
    assert ours["lower"] < ours["mae"] < ours["upper"]
    assert {row["n"] for name, row in rows.items() if "reversion" not in name} == {276}
    same = [row["n"] for row in said["rows"] if row["by"] == "reversion known"]
    assert same == [203] * len(rows)
    thirds = [row for row in said["rows"] if row["by"].startswith("parties")]
    assert [row["n"] for row in thirds] == [92, 92, 92]
    assert thirds[0]["mae"] < thirds[1]["mae"] < thirds[2]["mae"]
    assert all(0.75 <= row["cover80"] <= 0.88 for row in thirds)
    assert [round(end["came"], 3) for end in said["ends"]] == [0.185, 0.130]
    checked = {(f["what"], f["source"]): f["same"] for f in said["figures"]}
    assert all(same for (_, source), same in checked.items() if source in {"KTAB", "open reconstruction of it"})
    assert sum(same is False for same in checked.values()) == 3
    page = (DOCS / "settlement.md").read_text(encoding="utf-8")
    for name, row in rows.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| {name} | {row['n']} |"))
        printed = [float(v) for v in re.findall(r"-?\d+\.\d+", line.split(f"| {row['n']} |")[1])]
        figures = (row["mae"], row["lower"], row["upper"], row["crps"], row["crps_lower"], row["crps_upper"])
        assert printed == pytest.approx(figures, abs=0.06), name


def test_a_folder_without_the_files_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["benchmark", "settle", "--data", str(tmp_path), "--json"]) == 2
    assert "the file of DEU III is missing" in json.loads(capsys.readouterr().out)["error"]
