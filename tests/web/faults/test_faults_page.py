"""The page on faults names tests that are there, and every test of a fault here is named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def named() -> set[str]:
    return set(re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")))


def test_every_test_it_names_is_there() -> None:
    assert {one for one in named() if not (ROOT / one).is_file()} == set()
    assert len(named()) > 15


def test_every_test_of_a_fault_is_named() -> None:
    here = {str(p.relative_to(ROOT)) for p in Path(__file__).parent.glob("test_*.py")} - {
        str(Path(__file__).relative_to(ROOT))
    }
    assert here <= named()
