"""A text cut for rules: sentences and the items of run-in lists, each with the names in it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind
from tocsin.record.extract.rules.parties import Name, names_in
from tocsin.record.extract.rules.party_words import lexicon
from tocsin.record.extract.sentences import read_segments, sentences_by_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Segment, Text

_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_BULLET = re.compile(r"[\u00b7\u2022\u25cf\u25aa\uf0b7]\s*|(?<=[:;.])\s?-\s+(?=[A-Z])")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[A-Z]{3})|(?<=\d{4})|(?<=[a-z]\)))\.[\u201d\"]?(?=[\u201c\"]?[A-Z][a-z]+[\s,'\u2019-])"
)
_RUN_IN = re.compile(r"(?P<head>[^\W\d_][^;:?!\n]{2,110}?)\s{3,}(?=[\"\u201c'\u2018]?[A-Z])")
_TITLE_OF_ANOTHER = re.compile(r"[^\n]{10,200}?[a-z]https?://\S+\s*")
"""A line that is another text's title with its address right behind it."""
_LINKS = frozenset(
    {"of", "and", "the", "for", "to", "in", "related", "with", "its", "by", "on", "a", "an", "from", "between"}
)
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
    heading = heading or _TITLE_OF_ANOTHER.fullmatch(alone) is not None
    for (start, item), end in zip(starts, ends, strict=True):
        begins = item
        for span, head in _pieces(words, start, end):
            if _NUMBER.fullmatch(span.words):
                begins = True
                continue
            yield Stretch(span, names_in(span, words), heading or head, begins, number)
            begins = begins and head


def _pieces(words: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Sentences, those run together without a blank cut apart; a heading run into a sentence comes before it."""
    glued = [m.end() for m in _GLUED.finditer(words, start, end)]
    for low, high in itertools.pairwise([start, *glued, end]):
        for span in sentences_by_rule(words, low, high):
            at = span.start
            while (found := _RUN_IN.match(words, at, span.end)) and _is_heading(
                found["head"], words[found.end() :][:20]
            ):
                yield Span.of(words, at, found.end("head")), True
                at = found.end()
            yield Span.of(words, at, span.end), False


def _is_heading(head: str, after: str) -> bool:
    """Whether words before a gap stand for themselves: capitals and links only, and no title of the name behind."""
    if head.count("(") > head.count(")"):
        return False
    told = head.replace("(", " ").replace(")", " ").split()
    if not all(w[0].isupper() or w[0].isdigit() or w in _LINKS or not w[0].isalnum() for w in told):
        return False
    last, behind = told[-1], after.split(maxsplit=1)[0].strip('"\u201c')
    known = lexicon()
    if last in _LINKS or last.endswith((",", "-based")) or last in known.demonyms or told[0] in known.openers:
        return False
    return last not in known.titles or behind in known.openers
