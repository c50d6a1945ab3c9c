"""What is printed cannot act on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.cli.app import out, run
from tocsin.cli.printing import row, say, table

if TYPE_CHECKING:
    import pytest

ACTING = "Badr \x1b[2J\x1b]0;taken\x07 \u202e\x9b31m"


def test_words_from_anywhere_are_shown_with_marks(capsys: pytest.CaptureFixture[str]) -> None:
    say(ACTING)
    made = table("Names", "name")
    row(made, ACTING)
    out.print(made)
    printed = capsys.readouterr().out
    assert not set(printed) & set("\x1b\x07\u202e\x9b")
    assert "<U+001B>[2J" in printed


def test_a_name_that_is_asked_cannot_act(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", ACTING]) == 0
    assert run(["who", ACTING, "--case", "nowhere"]) == 2
    said = capsys.readouterr()
    assert not set(said.out + said.err) & set("\x1b\x07\u202e\x9b")
