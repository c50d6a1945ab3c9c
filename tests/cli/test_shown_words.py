"""Words of documents do nothing to a terminal."""

from __future__ import annotations

import unicodedata
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tocsin.cli.shown import JOINERS, plain, seen


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("\x1b]0;title\x07", "<U+001B>]0;title<U+0007>"), ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"), ("a\rb", "a<U+000D>b"),
        ("a\u2028b", "a<U+2028>b"), ("\x9b31m", "<U+009B>31m"), ("\ud800", "<U+D800>"), ("می\u200cروم", "می\u200cروم"),
        ("a\nb\tc", "a b c"),
    ],
)  # fmt: skip
def test_what_acts_is_a_mark(words: str, wanted: str) -> None:
    assert seen(words) == wanted


@given(st.text())
def test_nothing_that_acts_is_left(words: str) -> None:
    for lines in (True, False):
        left = {c for c in seen(words, lines=lines) if c not in JOINERS and not (lines and c == "\n")}
        assert not {unicodedata.category(c) for c in left} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_brackets_are_no_markup() -> None:
    page = Console(file=StringIO(), width=80, color_system="standard", force_terminal=True)
    page.print(plain("[red]Badr[/red] [link=http://x]y[/link]"))
    assert isinstance(page.file, StringIO)
    assert page.file.getvalue() == "[red]Badr[/red] [link=http://x]y[/link]\n"
