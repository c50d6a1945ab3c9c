"""Marks within a paragraph of Markdown: what a reader does not see is left out, the rest keeps its place."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.reading.characters import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text as it stands (`words` is None), or words put in its place."""

    start: int
    end: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class References:
    """Names of the link references a document defines, case folded."""

    names: frozenset[str]


_TOKEN = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
      | (?P<code>`+)
      | (?P<comment><!--)
      | (?P<auto><(?:https?|ftp|mailto):[^<>\s]{1,2000}>)
      | (?P<break><br[ ]?/?>)
      | (?P<tag></?[A-Za-z][A-Za-z0-9-]{0,20}(?:[ \t\n][^<>]{0,1000}|/)?>)
      | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
      | (?P<note>\[\^(?=[^\]\s]{1,40}\]))
      | (?P<open>!?\[)
      | (?P<close>\])
      | (?P<mark>\*+|_+|~~)""",
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(
    r"""\]\(\s{0,20}(?:<[^<>\n]{0,2000}>|https?://[^()\n"]{0,1000}(?=\))|[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,5})
        (?:\s{1,20}(?:"[^"]{0,500}"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,20}\)""",
    re.VERBOSE,
)
_NAMED = re.compile(r"\]\[([^\]\n]{0,200})\]")


def shown_inline(text: str, stretches: Sequence[Stretch], references: References) -> Iterator[Stretch]:
    """The stretches of a block that a reader sees.

    Args:
        text: the whole text.
        stretches: the block's, in order; each is read for marks, and marks may begin in one and end in another.
        references: names that `[words][name]` may point to.
    """
    content = "".join(text[s.start : s.end] if s.words is None else s.words for s in stretches)
    changes = sorted(_changes(content, references))
    at = 0  # offset in the content of the present stretch
    number = 0
    for stretch in stretches:
        length = stretch.end - stretch.start if stretch.words is None else len(stretch.words)
        if stretch.words is not None:
            yield stretch
            at += length
            continue
        low = at
        while number < len(changes) and changes[number][0] < at + length:
            start, end, words = changes[number]
            if start > low:
                yield Stretch(stretch.start + low - at, stretch.start + start - at)
            if words and start >= low:
                yield Stretch(0, 0, words)
            low = max(low, min(end, at + length))
            if end > at + length:
                break
            number += 1
        if low < at + length:
            yield Stretch(stretch.start + low - at, stretch.end)
        at += length


def _changes(content: str, references: References) -> Iterator[tuple[int, int, str]]:
    """What is left out or replaced, as (start, end, words in its place); none overlaps another."""
    brackets: list[tuple[int, int]] = []
    marks: list[tuple[int, str]] = []
    at = 0
    last_comment = content.rfind("-->")
    while found := _TOKEN.search(content, at):
        at = found.end()
        if found.lastgroup == "open":
            brackets.append(found.span())
        elif found.lastgroup == "mark":
            marks.append((found.start(), found.group()))
        elif found.lastgroup == "close":
            link = _link(content, found.start(), brackets, references)
            yield from link
            at = max(at, *(end for _, end, _ in link)) if link else at
        elif found.lastgroup == "code":
            code = _code(content, found)
            yield from code
            at = max(at, *(end for _, end, _ in code)) if code else at
        elif found.lastgroup == "comment":
            if at <= last_comment:
                at = content.index("-->", at) + 3
                yield found.start(), at, ""
        else:
            yield from _simple(found)
    yield from _emphasis(content, marks)


def _simple(found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """A mark that stands for itself alone."""
    start, end = found.span()
    match found.lastgroup:
        case "escape":
            yield start, start + 1, ""
        case "break":
            yield start, end, "\n"
        case "auto":
            yield start, start + 1, ""
            yield end - 1, end, ""
        case "note":
            yield start + 1, end, ""
        case "entity":
            read = html.unescape(found.group())
            if read != found.group():
                yield start, end, kept(read)
        case _:
            yield start, end, ""


def _link(
    content: str, at: int, brackets: list[tuple[int, int]], references: References
) -> tuple[tuple[int, int, str], ...]:
    """The brackets and the address of a link that closes here."""
    if not brackets:
        return ()
    opened = brackets.pop()
    target = _ADDRESS.match(content, at) or _NAMED.match(content, at)
    if target is None or not _points(content, opened, target, references):
        return ()
    return (*opened, ""), (at, target.end(), "")


def _code(content: str, found: re.Match[str]) -> tuple[tuple[int, int, str], ...]:
    """The backticks around a stretch of code, within which nothing is a mark."""
    start, end = found.span()
    close = _closing_code(content, end, found.group())
    return () if close is None else ((start, end, ""), (close, close + end - start, ""))


def _points(content: str, opened: tuple[int, int], target: re.Match[str], references: References) -> bool:
    if target.re is _ADDRESS:
        return True
    name = target.group(1) or content[opened[1] : target.start()]
    return name.casefold() in references.names


def _closing_code(content: str, at: int, ticks: str) -> int | None:
    """Where the backticks stand that end a stretch of code; looked for in the next two thousand characters."""
    found = re.compile(rf"(?<!`){ticks}(?!`)").search(content, at, at + 2000) if len(ticks) <= 10 else None
    return found.start() if found else None


def _emphasis(content: str, marks: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Marks of emphasis that find their partner; the others are characters like any."""
    waiting: dict[str, list[list[int]]] = {}
    for start, mark in marks:
        before = content[start - 1] if start else " "
        after = content[start + len(mark)] if start + len(mark) < len(content) else " "
        inside = mark[0] == "_" and before.isalnum() and after.isalnum()
        left, taken = waiting.setdefault(mark[0], []), 0
        while left and taken < len(mark) and not inside and not (before.isspace() and not after.isspace()):
            place, length = left[-1]
            used = min(length, len(mark) - taken)
            yield place + length - used, place + length, ""
            yield start + taken, start + taken + used, ""
            taken += used
            left[-1][1] -= used
            if not left[-1][1]:
                left.pop()
        if taken < len(mark) and not after.isspace() and not inside:
            left.append([start + taken, len(mark) - taken])
