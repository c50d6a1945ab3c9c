"""The tutorials do what they say: every command runs, and prints what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.docs.walk import Run, Save, agrees, parts, walk

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "tutorial-read-documents.md": 9,
    "tutorial-assess-a-mission.md": 7,
    "tutorial-compare-options.md": 6,
}
"""Each with the fewest commands it must hold."""


@pytest.mark.parametrize("page", PAGES)
def test_a_tutorial_prints_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, update_golden: bool
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    assert walk(page, capsys, monkeypatch, update=update_golden) >= PAGES[page]
    said = [part for part in parts(page) if isinstance(part, Run) and part.printed is not None]
    assert len(said) >= PAGES[page] // 2, "a tutorial shows what is seen"


def test_files_and_commands_are_told_apart() -> None:
    found = parts("tutorial-read-documents.md")
    assert any(isinstance(part, Save) for part in found)
    assert any(isinstance(part, Run) for part in found)


def test_what_is_left_out_may_be_anything_and_the_rest_may_not() -> None:
    printed = "one\ntwo\nthree\nfour\n"
    assert agrees(printed, printed)
    assert agrees("one\n[...]\nfour\n", printed)
    assert agrees("one\n[...]\n", printed)
    assert not agrees("one\n[...]\nfive\n", printed)
    assert not agrees("one\nfour\n", printed)
    assert not agrees("one\ntwo\nthree\n", printed)
