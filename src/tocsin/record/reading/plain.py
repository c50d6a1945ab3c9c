"""Plain text: kept as it is, line ends within a paragraph too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind
from tocsin.record.reading.characters import kept_with_runs
from tocsin.record.reading.compose import trimmed
from tocsin.record.reading.encodings import decoded
from tocsin.record.reading.found import Block, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.reading.bounds import Bounds

LINE_IS_PARAGRAPH = 160  # characters a line has on average where each is a paragraph of its own
LONGEST_HEADING = 90
_GAP = re.compile(r"\n(?:[ \t\u00a0]*\n)+|\f")


def read_plain(data: bytes, _bounds: Bounds) -> Found:
    """Paragraphs are set apart by empty lines; where lines are very long, each is one."""
    whole, runs = kept_with_runs(decoded(data).text)
    places = tuple(_paragraphs(whole))
    blocks = tuple(Block(whole[start:end], _kind(whole[start:end]), level=1) for start, end in places)
    return Found(blocks=blocks, whole=whole, places=places, runs=runs)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in [*(m.span() for m in _GAP.finditer(text)), (len(text), len(text))]:
        start, end = trimmed(text, at, gap[0])
        if start < end:
            yield from _lines(text, start, end)
        at = gap[1]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    count = text.count("\n", start, end) + 1
    if count == 1 or (end - start) / count < LINE_IS_PARAGRAPH:
        yield start, end
        return
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        first, last = trimmed(text, at, stop)
        if first < last:
            yield first, last
        at = stop + 1


def _kind(words: str) -> SegmentKind:
    """A short line all in capitals is a heading."""
    short = len(words) <= LONGEST_HEADING and "\n" not in words and words[-1] not in ".!?;,"
    return SegmentKind.HEADING if short and words.isupper() and sum(map(str.isalpha, words)) > 3 else SegmentKind.BODY
