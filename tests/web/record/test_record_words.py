"""Words of documents on a page: escaped always, and nothing in them hides or turns text."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from tocsin.web.record.words import marked, one_line, seen

TURNING = "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def without_marks(shown: str) -> str:
    return re.sub(r"</?mark>", "", shown)


@pytest.mark.parametrize(
    "mark", [*TURNING, "\u200b", "\u2060", "\ufeff", "\u00ad", "\x1b", "\x07", "\U000e0041", "\u2028"]
)
def test_what_hides_or_turns_is_shown_by_its_name(mark: str) -> None:
    shown = seen(f"a{mark}b")
    assert mark not in shown
    assert f">U+{ord(mark):04X}</span>" in shown


def test_arabic_and_persian_keep_the_joiners_that_their_letters_need() -> None:
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert seen(persian) == persian
    assert "U+200C" in seen("pay\u200cpal")
    assert "U+200D" in seen("\u0645\u200d a")


@given(st.text())
def test_nothing_of_a_text_is_markup_and_nothing_is_lost(text: str) -> None:
    shown = seen(text)
    plain = re.sub(r'<span class="hidden-mark" title="[^"<>]*">U\+([0-9A-F]{4,})</span>', _character, shown)
    assert plain == str(escape(text))
    assert not [c for c in shown if bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}]
    assert not [c for c in shown if category(c) == "Cc" and c not in "\t\n"]


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=5), st.integers(0, 10)
)
def test_marks_add_nothing_and_never_nest(text: str, stretches: list[tuple[int, int]], offset: int) -> None:
    shown = marked(text, stretches, offset=offset)
    assert without_marks(shown).replace("\r", "") == seen(text).replace("\r", "")
    assert re.findall(r"</?mark>", shown) == ["<mark>", "</mark>"] * (shown.count("<mark>"))


def test_a_quote_is_marked_where_it_stands() -> None:
    assert marked("<b>Badr</b> holds", [(103, 107)], offset=100) == "&lt;b&gt;<mark>Badr</mark>&lt;/b&gt; holds"
    assert marked("abc", [(0, 1), (1, 2)]) == "<mark>ab</mark>c"
    assert marked("abc", [(9, 12)]) == "abc"


def test_a_line_is_cut_after_a_word() -> None:
    assert one_line("one two\n three", 9) == "one two \u2026"
    assert one_line("one two\n three") == "one two three"
