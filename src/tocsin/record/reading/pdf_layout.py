"""From the lines of a PDF to its blocks: paragraphs, headings, captions, footnotes, and what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind
from tocsin.record.reading.found import Block
from tocsin.record.reading.pdf_words import Words, joined
from tocsin.record.reading.sections import is_caption, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AT_EDGE = 3  # lines at the top and at the bottom of a page among which running heads are looked for
SMALL = 0.93  # of the body's size: a footnote is smaller
LARGE = 1.12  # of the body's size: a heading is larger
LONGEST_HEADING = 200
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,3}|\[\d{1,3}\]|[*†‡§]{1,3})[.)]?\s*\S*[^\W\d_]")
_BULLET = re.compile(r"[•▪●‣◦■·∙\uf0b7]\s*\S|[-\u2013]\s+\S")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+\S")
_DIGITS = re.compile(r"\d+")
GLUED = 0.12  # of a line's height: what is nearer than that has no blank between
ENDS_OF_MARKS = (*"]0123456789",)
"""Behind a raised mark PDFium begins a new line."""
ENDS = ".!?:;\"')]\u201d\u2019"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        words: its characters, without the mark at a hyphen that ends it.
        page: counted from 1.
        left, right, top, bottom: in points, counted from the page's lower left corner.
        size: height of its letters' boxes, points.
        broken: whether it ends in a hyphen that parts a word.
        bold: whether its middle letter is bold.
    """

    words: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    broken: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in the document: size of the body's letters and the space between its lines, points."""

    size: float
    gap: float


def laid_out(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a document, in the order its lines come."""
    lines = tuple(_rejoined(lines))
    usual = _measures(lines)
    furniture = _furniture(lines, usual)
    rest = [line for number, line in enumerate(lines) if number not in furniture]
    notes = _footnotes(rest, usual)
    kinds = iter(_kind(line, usual, note=number in notes) for number, line in enumerate(rest))
    kinded = [(line, SegmentKind.BOILERPLATE if n in furniture else next(kinds)) for n, line in enumerate(lines)]
    vocabulary = Words.of((line.words, line.broken) for line in lines)
    levels = _levels(lines, usual)
    return tuple(
        Block(joined([(line.words, line.broken) for line in group], vocabulary), kind, page=group[0].page,
              level=levels.get(round(group[0].size), 9) if kind is SegmentKind.HEADING else 0)
        for kind, group in _groups(kinded, usual)
    )  # fmt: skip


def _rejoined(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without the cuts that a raised mark makes in them: what stands on one line at a word's distance is one."""
    held: Line | None = None
    for line in lines:
        if held is not None and _is_rest(held, line):
            near = line.left - held.right < held.size * GLUED
            held = replace(
                held, words=f"{held.words}{'' if near else ' '}{line.words}", right=line.right, broken=line.broken,
                top=max(held.top, line.top), bottom=min(held.bottom, line.bottom), size=max(held.size, line.size),
            )  # fmt: skip
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_rest(held: Line, line: Line) -> bool:
    level = abs(held.bottom - line.bottom) < held.size * 0.3 and abs(held.size - line.size) < held.size * 0.15
    near = -held.size * GLUED < line.left - held.right < held.size * 0.5
    return held.page == line.page and not held.broken and level and near and held.words.endswith(ENDS_OF_MARKS)


def _measures(lines: Sequence[Line]) -> Measures:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.words)
    size = sizes.most_common(1)[0][0]
    gaps = [a.bottom - b.top for a, b in pairwise(lines) if a.page == b.page and abs(a.size - size) < 1]
    near = [gap for gap in gaps if -size < gap < 2 * size]
    return Measures(size=max(size, 0.1), gap=median(near) if near else 0.0)


def _levels(lines: Sequence[Line], usual: Measures) -> dict[int, int]:
    """The level of a heading by the size of its letters: the largest is 1."""
    sizes = sorted({round(line.size) for line in lines if line.size > usual.size * LARGE}, reverse=True)
    return {size: min(level, 8) for level, size in enumerate(sizes, start=1)}


def _furniture(lines: Sequence[Line], usual: Measures) -> frozenset[int]:
    """Running heads and feet, and page numbers: what repeats at the edges of pages but for its digits."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    keys = [_DIGITS.sub("#", line.words.casefold()) for line in lines]
    high = [sorted(numbers, key=lambda n: -lines[n].top) for numbers in pages.values() if len(numbers) > 1]
    seen = Counter(key for numbers in high for key in {keys[n] for n in {*numbers[:AT_EDGE], *numbers[-AT_EDGE:]}})
    often = max(2, min(3, len(pages)), len(pages) // 20)

    def repeats(number: int, *, outer: bool) -> bool:
        if seen[keys[number]] >= often and lines[number].size < usual.size * 1.15:
            return True
        return outer and len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[number].words) is not None

    edges = [edge for numbers in high for edge in (numbers[:AT_EDGE], numbers[: -AT_EDGE - 1 : -1])]
    return frozenset(n for edge in edges for n in takewhile(lambda n: repeats(n, outer=n == edge[0]), edge))  # noqa: B023


def _footnotes(lines: Sequence[Line], usual: Measures) -> frozenset[int]:
    """Small lines at the bottom of a page, of which one begins with a number."""
    found: set[int] = set()
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    for numbers in pages.values():
        low = sorted(numbers, key=lambda n: lines[n].bottom)
        count = next((i for i, n in enumerate(low) if lines[n].size > usual.size * SMALL), len(low))
        if 0 < count < len(low) and any(_NOTE.match(lines[n].words) for n in low[:count]):
            found.update(low[:count])
    return frozenset(found)


def _kind(line: Line, usual: Measures, *, note: bool) -> SegmentKind:
    if note:
        return SegmentKind.FOOTNOTE
    words = line.words
    if is_caption(words):
        return SegmentKind.CAPTION
    letters = any(c.isalpha() for c in words)
    if letters and part_of(words) is not None and words[:1].isupper():
        return SegmentKind.HEADING
    larger = line.size > usual.size * LARGE
    standing_out = larger or (line.bold and words[-1] not in ".,;" and len(words) < 100)
    return SegmentKind.HEADING if standing_out and letters and len(words) <= LONGEST_HEADING else SegmentKind.BODY


def _groups(kinded: Sequence[tuple[Line, SegmentKind]], usual: Measures) -> Iterator[tuple[SegmentKind, list[Line]]]:
    """Lines that make one block. Furniture between two pages does not end a paragraph that runs on."""
    kind: SegmentKind | None = None
    group: list[Line] = []
    held: list[tuple[SegmentKind, list[Line]]] = []
    for line, own in kinded:
        apart = own in {SegmentKind.BOILERPLATE, SegmentKind.FOOTNOTE}
        if apart and kind is SegmentKind.BODY and group:
            if held and own is SegmentKind.FOOTNOTE is held[-1][0] and _goes_on(held[-1][1], line, own, usual):
                held[-1][1].append(line)
            else:
                held.append((own, [line]))
            continue
        if group and kind is not None and _same(kind, own, group, line, usual) and _goes_on(group, line, kind, usual):
            group.append(line)
            continue
        if group and kind is not None:
            yield kind, group
        yield from held
        held, group, kind = [], [line], own
    if group and kind is not None:
        yield kind, group
    yield from held


def _same(kind: SegmentKind, own: SegmentKind, group: Sequence[Line], line: Line, usual: Measures) -> bool:
    """Whether a line is of the block's kind: a caption's further lines do not begin as one."""
    if kind is SegmentKind.CAPTION:
        return own is SegmentKind.BODY and abs(line.size - group[0].size) < 0.5 and line.size < usual.size * 0.98
    return kind is own


def _goes_on(group: Sequence[Line], line: Line, kind: SegmentKind, usual: Measures) -> bool:  # noqa: PLR0911  # a line a rule
    """Whether a line goes on with the paragraph of the lines before it."""
    before = group[-1]
    if kind is SegmentKind.FOOTNOTE and _NOTE.match(line.words):
        return False
    if before.broken:
        return True
    ended = before.words[-1:] in ENDS
    if _BULLET.match(line.words) or (_NUMBERED.match(line.words) and ended):
        return False
    if before.page != line.page or line.bottom > before.top:
        full = len(group) > 1 and before.right > max(one.right for one in group[-8:]) - usual.size * 3
        return kind is SegmentKind.BODY and not ended and (full or line.words[:1].islower())
    if abs(before.size - line.size) > usual.size * 0.15 and abs(before.size - line.size) > 1:
        return False
    if before.bottom - line.top > max(usual.gap, 0.0) + usual.size * 0.45:
        return False
    short = before.right < max(*(one.right for one in group[-8:]), line.right) - usual.size * 3
    indented = line.left > min(one.left for one in group[-3:]) + usual.size * 0.8
    return not (ended and (short or (indented and len(group) > 1)))
