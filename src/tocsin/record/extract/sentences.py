"""Text cut into sentences, none of which crosses a segment."""

# ruff: noqa: RUF001  # other scripts and typographic marks are what is read here

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from tocsin.record.document import Segment, Text

READ_KINDS = frozenset({
    SegmentKind.HEADING, SegmentKind.BODY, SegmentKind.FOOTNOTE, SegmentKind.CAPTION, SegmentKind.RECOMMENDATION,
    SegmentKind.ROW,
})  # fmt: skip
"""Segments that claims are read from."""

_END = re.compile(r"[.!?…؟۔](?:[\"'”’»)\]]+)?\s+(?=[\"'“‘«(\[]?[^\Wa-z_])")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Cpl|St|No|vs|Inc|Ltd|Co|Corp|Jr|Sr|Rep|Sen|Brig|U\.S|U\.N))\.$"
)


def read_segments(text: Text) -> tuple[Segment, ...]:
    """The segments that claims are read from, in order."""
    return tuple(segment for segment in text.segments if segment.kind in READ_KINDS)


def one_line(words: str) -> str:
    r"""The same characters with each line end, tab and odd space as one space, so that offsets stay.

    Example:
        >>> one_line("held\nMosul")
        'held Mosul'
    """
    return words if words.isascii() and words.isprintable() else _SPACES.sub(" ", words)


_SPACES = re.compile(r"[\s\x00-\x1f\x7f]")


def sentences_by_rule(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of `text[start:end]` by their stops, for texts that no model reads.

    Example:
        >>> [s.words for s in sentences_by_rule("Gen. Ali left. Badr stayed.", 0, 27)]
        ['Gen. Ali left.', 'Badr stayed.']
    """
    stretch, at = one_line(text[start:end]), 0
    for stop in _END.finditer(stretch):
        if _NO_END.search(stretch, at, stop.start() + 1):
            continue
        yield from _trimmed(text, start + at, start + stop.end())
        at = stop.end()
    yield from _trimmed(text, start + at, end)


def sentences_of_parse(text: str, start: int, doc: Doc) -> Iterator[Span]:
    """Sentences as the model's parse has them; `start` is where the parsed stretch begins in the text."""
    for sentence in doc.sents:
        yield from _trimmed(text, start + sentence.start_char, start + sentence.end_char)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span.of(text, start, end)
