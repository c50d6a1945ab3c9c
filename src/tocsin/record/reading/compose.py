"""From blocks to the one text with its segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.document import Segment
from tocsin.record.reading.characters import kept
from tocsin.record.reading.sections import in_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.reading.found import Block, Found, Run

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Composed:
    """A text, its segments, and the stretches of it that are the source's own characters."""

    text: str
    segments: tuple[Segment, ...]
    runs: tuple[Run, ...]


def composed(found: Found, *, longest: int) -> Composed:
    """Make the text of what a reader found.

    Args:
        found: blocks; with `whole`, they lie in that at their places, else they are set apart by an empty line.
        longest: characters of one segment at most.
    """
    blocks = tuple(in_parts(found.blocks))
    if found.whole is not None:
        segments = tuple(_segments(blocks, found.places, found.whole, longest))
        return Composed(found.whole, segments, found.runs)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    runs: list[Run] = []
    at = 0
    for block in blocks:
        words = block.words if block.runs else kept(block.words)
        if parts:
            parts.append(BETWEEN)
            at += len(BETWEEN)
        runs += [(at + start, source, length) for start, source, length in block.runs]
        parts.append(words)
        places.append((at, at + len(words)))
        at += len(words)
    text = "".join(parts)
    return Composed(text, tuple(_segments(blocks, places, text, longest)), tuple(runs))


def _segments(
    blocks: tuple[Block, ...], places: tuple[tuple[int, int], ...] | list[tuple[int, int]], text: str, longest: int
) -> Iterator[Segment]:
    count = 0
    for block, (low, high) in zip(blocks, places, strict=True):
        start, end = trimmed(text, low, high)
        if start == end:
            continue
        count += 1
        number = block.paragraph if block.paragraph is not None else count
        for piece in _pieces(text, start, end, longest):
            yield Segment(*piece, block.kind, page=block.page, paragraph=number)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space around it; empty where there is nothing else."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return (start + lead, start + len(words.rstrip())) if lead < len(words) else (end, end)


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A stretch cut at white space so that no piece is longer than that, where there is any to cut at."""
    while end - start > longest:
        marks = (text.rfind(mark, start + longest // 2, start + longest) for mark in ("\n", ". ", " "))
        cut = next((mark for mark in marks if mark >= 0), -1)
        cut = start + longest if cut < 0 else cut + 1
        first = trimmed(text, start, cut)
        if first[0] < first[1]:
            yield first
        start = cut
    last = trimmed(text, start, end)
    if last[0] < last[1]:
        yield last
