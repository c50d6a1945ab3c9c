"""A text cut for rules: sentences and the items of run-in lists, each with the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind
from tocsin.record.extract.rules.parties import Name, names_in
from tocsin.record.extract.sentences import read_segments, sentences_by_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Segment, Text

_BULLET = re.compile(r"[\u00b7\u2022\u25cf\u25aa\uf0b7]\s*")
_BLANKS = {ord(mark): " " for mark in "*\u200b\u00a0\ufeff"}
TITLE_AT_MOST = 100  # characters


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or an item of a list.

    Attributes:
        span: where it stands; inside one segment.
        names: the names in it, in order.
        heading: whether it stands as a heading, by its segment or as a short line without a stop.
        item: whether a bullet stands before it.
        segment: number of its segment, counted from 0.
    """

    span: Span
    names: tuple[Name, ...]
    heading: bool
    item: bool
    segment: int


def plain(text: str) -> str:
    """A text of the same length with a blank for each mark of emphasis and each odd space, for patterns to match on.

    Example:
        >>> plain("** Badr** Corps")
        '   Badr   Corps'
    """
    return text.translate(_BLANKS)


def verbatim(span: Span, text: Text) -> Span:
    """A stretch found on the plain text, with the text's own characters."""
    return Span.of(text.text, span.start, span.end)


def stretches_of(text: Text) -> tuple[Stretch, ...]:
    """All stretches of a text that claims are read from, in order; their words are those of the plain text."""
    words = plain(text.text)
    return tuple(
        stretch for number, segment in enumerate(read_segments(text)) for stretch in _of_segment(words, segment, number)
    )


def _of_segment(words: str, segment: Segment, number: int) -> Iterator[Stretch]:
    cuts = [(m.start(), m.end()) for m in _BULLET.finditer(words, segment.start, segment.end)]
    starts = [(segment.start, False), *((end, True) for _, end in cuts)]
    ends = [*(start for start, _ in cuts), segment.end]
    alone = words[segment.start : segment.end]
    heading = segment.kind is SegmentKind.HEADING or (len(alone) < TITLE_AT_MOST and alone[-1:].isalnum())
    for (start, item), end in zip(starts, ends, strict=True):
        for nth, span in enumerate(sentences_by_rule(words, start, end)):
            yield Stretch(span, names_in(span, words), heading, item and nth == 0, number)
