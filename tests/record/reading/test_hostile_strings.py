"""Ten thousand hostile strings through plain text, Markdown and HTML: what must hold of every text."""

from __future__ import annotations

import html
import random
import re
import unicodedata

import pytest

from tocsin.record.document import Text, Verdict
from tocsin.record.reading import read_bytes, to_source, to_text
from tocsin.record.reading.characters import kept

COUNT = 10_000
PIECES = (
    "Badr", "الحشد الشعبي", "Erbil", "ʿAbd al-Mahdī", "e\u0301\u0301\u0301", "👩🏽\u200d🚒", "\u202eevil\u202c", "\u200f",
    "\u200b", "\ufeff", "\x00", "\ud800", "\udfff", "\r\n", "\r", "\n", "\n\n", "\t", " ", "\x0b", "\x0c", "\u2028", "\u2029",
    "\x85", "\ue000", "*", "**", "_", "__", "~~", "`", "```\n", "#", "\n# ", "\n- ", "\n1. ", "\n> ", "[", "]", "](", "](x)",
    "[^1]", "\n[^1]: ", "![", "|", "\n|a|b|\n|-|-|\n", "---\n", "\\", "\\*", "<", ">", "<b>", "</b>", "<div>", "</div>", "<!--",
    "-->", "<script>", "</script>", "<p", "<table><tr><td>", "</td>", "<br>", "&amp;", "&amp;amp;", "&#0;", "&#13;", "&#xD800;",
    "&#x1F600;", "&bogus;", "&", "a" * 3000, "𐎠𐎡", "\U000e0041", "ﬁ", "İ", "ß", "\u0600", "\ufffe", "\uffff", "\x1b[31m",
    "=cmd|'/c calc'!A1", "; DROP TABLE",
)  # fmt: skip


def hostile(seed: int) -> str:
    rng = random.Random(seed)  # noqa: S311  # a fixed course, not a secret
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))


def as_bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")


def holds(text: Text) -> None:
    assert not re.search("[\x00\r\ud800-\udfff]", text.text)
    assert text.segments
    for segment in text.segments:
        words = text.text[segment.start : segment.end]
        assert words == words.strip()
        assert words
    text.text.encode("utf-8")  # raises on a lone surrogate


def runs_hold(text: Text, source: str) -> None:
    at = there = 0
    for start, from_, length in text.source_runs:
        assert length > 0
        assert start >= at
        assert from_ >= there
        assert text.text[start : start + length] == source[from_ : from_ + length]
        at, there = start + length, from_ + length


def letters(words: str) -> str:
    """What is surely seen: letters and digits of any script."""
    return "".join(c for c in words if unicodedata.category(c)[0] in "LN")


@pytest.mark.parametrize("part", range(10))
def test_plain_text_stays_as_it_is(part: int) -> None:
    for seed in range(part * COUNT // 10, (part + 1) * COUNT // 10):
        source = hostile(seed)
        _, text = read_bytes(as_bytes(source), name="a.txt")
        source = source.removeprefix("\ufeff")
        if text is None:
            assert not source.strip(" \t\r\n\x0b\x0c\x85\u2028\u2029\x1c\x1d\x1e\x1f"), seed
            continue
        holds(text)
        assert text.text == kept(source), seed
        runs_hold(text, source)
        assert sum(length for _, _, length in text.source_runs) + len(
            re.findall("\r(?!\n)|[\x00\ud800-\udfff]", source)
        ) == len(text.text)


@pytest.mark.parametrize("part", range(10))
def test_markdown_maps_to_its_source(part: int) -> None:
    for seed in range(part * COUNT // 10, (part + 1) * COUNT // 10):
        source = hostile(seed)
        document, text = read_bytes(as_bytes(source), name="a.md")
        if text is None:
            assert document.verdict is Verdict.NO_TEXT
            continue
        holds(text)
        runs_hold(text, source.removeprefix("\ufeff"))
        for offset in range(0, len(text.text), 97):
            there = to_source(text, offset)
            assert there is None or to_text(text, there) == offset


@pytest.mark.parametrize("part", range(10))
def test_web_pages_keep_what_is_seen(part: int) -> None:
    for seed in range(part * COUNT // 10, (part + 1) * COUNT // 10):
        words = hostile(seed)
        shown = html.escape(words)
        _, text = read_bytes(
            as_bytes(f"<!DOCTYPE html><html><body><p>Seen {shown} here</p></body></html>"), name="a.html"
        )
        assert text is not None
        holds(text)
        assert letters(text.text) == letters(f"Seen {kept(words)} here"), seed
        _, text = read_bytes(as_bytes(f"<html><body><p>Seen</p>{words}"), name="a.html")
        assert text is not None
        holds(text)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt", "a.csv"])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "![a](",
        "*a ",
        "**",
        "_a",
        "`",
        "<a ",
        "<!--",
        "<div>",
        "> ",
        "- ",
        "&#",
        "|",
        "\\",
        "<p",
        '"',
        '](a "',
        "[^a",
    ],
)
def test_what_repeats_without_end_is_read_all_the_same(name: str, piece: str) -> None:
    document, text = read_bytes(f"<html><p>Seen {piece * 20_000} here".encode(), name=name)
    assert document.verdict in {Verdict.READ, Verdict.BROKEN, Verdict.NO_TEXT}
    if text is not None:
        holds(text)


def test_markdown_loses_no_word_that_is_no_mark() -> None:
    rng = random.Random(7)  # noqa: S311
    for _ in range(2000):
        words = [f"w{rng.randint(0, 99)}" for _ in range(30)]
        marks = [
            rng.choice(["", "", "*", "**", "_", "`", "~~", "[", "](x)", "\n", "\n\n", "\\", "!", "\n- ", "\n> "])
            for _ in words
        ]
        source = " ".join(
            f"{mark}{word}" if rng.random() < 0.5 else f"{word}{mark}" for mark, word in zip(marks, words, strict=True)
        )
        _, text = read_bytes(source.encode(), name="a.md")
        assert text is not None
        assert re.findall(r"w\d+", text.text) == re.findall(r"w\d+", source)
