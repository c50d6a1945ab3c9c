"""Bandit finds nothing in the package but what its line gives a reason for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
REASON = re.compile(
    r"#\s*(?:noqa:\s*(?P<noqa>[A-Z0-9, ]+?)|nosec\s+(?P<nosec>[B0-9, ]+?))(?:\s+(?:-|#)\s*(?P<why>.*?))?(?=#|$)"
)


def scan(*folders: Path) -> list[dict[str, Any]]:
    """What bandit finds, with the settings of pyproject.toml."""
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-f", "json", "-c", str(ROOT / "pyproject.toml"), "-r", *map(str, folders)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert not report["errors"]
    return list(report["results"])


def has_reason(finding: dict[str, Any]) -> bool:
    """Whether the lines of a finding name its rule, bandit's or ruff's of the same number, and say why it is right here."""
    number = finding["test_id"][1:]
    lines = Path(finding["filename"]).read_text(encoding="utf-8").splitlines()
    shown = finding["line_range"] or [finding["line_number"]]
    for line in lines[min(shown) - 1 : max(shown)]:
        for match in REASON.finditer(line):
            named = re.findall(r"[SB](\d{3})", f"{match['noqa'] or ''} {match['nosec'] or ''}")
            if number in named and len(match["why"] or "") >= 5:
                return True
    return False


def test_nothing_is_found_that_has_no_reason_in_its_line() -> None:
    pytest.importorskip("bandit", reason="bandit is not installed")
    left = [f for f in scan(ROOT / "src" / "tocsin") if not has_reason(f)]
    assert not left, "\n" + "\n".join(
        f"{f['filename']}:{f['line_number']}: {f['test_id']} {f['issue_text']}" for f in left
    )


def test_rooms_that_make_secrets_draw_no_numbers_that_can_be_made_again() -> None:
    for room in ("team", "web", "watch"):
        for path in (ROOT / "src" / "tocsin" / room).rglob("*.py"):
            if "node_modules" not in path.parts:
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"^\s*(import random|from random import|from numpy.random)", text, re.MULTILINE), (
                    path
                )


def test_bandit_would_find_something(tmp_path: Path) -> None:
    pytest.importorskip("bandit", reason="bandit is not installed")
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import pickle\nx = pickle.loads(b'')\ny = eval('1')  # noqa: S307 - the string is a constant of ours\n"
    )
    found = scan(tmp_path)
    assert {f["test_id"] for f in found} >= {"B301", "B307"}
    assert [f["test_id"] for f in found if has_reason(f)] == ["B307"]
