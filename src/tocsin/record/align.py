"""Finding words in a text that were given without offsets: exactly, or folded; a near miss is for review only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tocsin.record.claim import Span

if TYPE_CHECKING:
    from tocsin.record.document import Text

_QUOTES = "\u2018\u2019\u201a\u201b\u2032`\u00b4"
_MARKS = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_SAME = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_MARKS, '"') | dict.fromkeys(_DASHES, "-"))


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words found in a text.

    Attributes:
        span: the text's own characters, never the words that were looked for.
        exact: False where white space, quotation marks or dashes differ.
        places: how many places fit; more than one is ambiguous, and the first is given.
    """

    span: Span
    exact: bool
    places: int


def align(words: str, text: Text, *, within: Span | None = None) -> Aligned | None:
    r"""Where words stand in a text: exactly, else with white space, quotation marks and dashes folded; else None.

    Example:
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> told = Text("0" * 64, "plain 1", "He said “we\n stay”.", (Segment(0, 19, SegmentKind.BODY),))
        >>> found = align('"we stay"', told)
        >>> found.span.start, found.span.end, found.exact
        (8, 18, False)
        >>> align("we leave", told) is None
        True
    """
    low, high = (within.start, within.end) if within is not None else (0, len(text.text))
    body = text.text[low:high]
    if not words.strip():
        return None
    starts = _starts(body, words)
    if starts:
        return Aligned(
            Span.of(text.text, low + starts[0], low + starts[0] + len(words)), exact=True, places=len(starts)
        )
    folded, places = _folded(body)
    needle = _folded(words)[0].strip()
    starts = _starts(folded, needle) if needle else []
    if not starts:
        return None
    first, last = places[starts[0]], places[starts[0] + len(needle) - 1]
    return Aligned(Span.of(text.text, low + first, low + last + 1), exact=False, places=len(starts))


def nearest(words: str, text: Text) -> Span | None:
    """The stretch of a text most like the words, as a hint for a reviewer; it is never stored as a quote."""
    found = fuzz.partial_ratio_alignment(words[:2000], text.text)
    if found is None or found.score < 60 or found.dest_start >= found.dest_end:
        return None
    return Span.of(text.text, found.dest_start, found.dest_end)


def _starts(body: str, words: str) -> list[int]:
    found, at = [], body.find(words)
    while at >= 0:
        found.append(at)
        at = body.find(words, at + 1)
    return found


def _folded(body: str) -> tuple[str, list[int]]:
    """White space as one blank, marks as their plain form; and where each character came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(body.translate(_SAME)):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letters.append(" ")
        else:
            letters.append(letter)
        places.append(place)
    return "".join(letters), places
