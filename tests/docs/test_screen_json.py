"""The JSON of screening has the keys that the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tocsin.cli.app import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"


def documented(heading: str) -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key.removesuffix("[]") for row in rows for key in re.findall(r"`([^`]+)`", row)}


def leaves(value: object, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return set().union(*(leaves(v, f"{path}[]") for v in value))
    return {path}


def test_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Kassem Suleimani", "--json"]) == 0
    assert leaves(json.loads(capsys.readouterr().out)) == documented("screen")


@pytest.mark.data
def test_benchmark_screening(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["benchmark", "screening", "--data", str(shared_data / "designations"), "--aliases", "60", "--misses", "40"]
    assert run([*argv, "--plain", "2", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    found = {re.sub(r"^(counts|by_contained)\..*", r"\1.*", key) for key in leaves(said)}
    assert found == documented("benchmark screening")
    assert said["ours"]["recall_half"] > 0.5
