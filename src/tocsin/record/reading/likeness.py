"""How much of one text stands in another, so that a copy or a digest can be suggested."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Text

SHINGLE = 8
_WORD = re.compile(r"\w+")
NOT_COMPARED = frozenset((SegmentKind.BOILERPLATE, SegmentKind.BIBLIOGRAPHY, SegmentKind.AUTHOR_BIO))


def likeness(left: Text, right: Text) -> float:
    """Share of the shorter text's runs of eight words that stand in the longer too, 0..1.

    Containment of shingles: A. Z. Broder, On the resemblance and containment of documents, 1997,
    doi:10.1109/SEQUEN.1997.666900. Boilerplate, bibliographies and words about authors are not compared.

    Returns:
        0.0 where either has fewer than eight words.
    """
    return contained(shingles(left), shingles(right))


def shingles(text: Text) -> frozenset[int]:
    """A text's runs of eight words, each as a number: kept, they let a text be compared with many."""
    return frozenset(_shingles(text))


def contained(left: frozenset[int], right: frozenset[int]) -> float:
    """Share of the shorter's runs that stand in the longer, 0..1; 0.0 where either has none."""
    shorter, longer = sorted((left, right), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def _shingles(text: Text) -> Iterator[int]:
    compared = (s for s in text.segments if s.kind not in NOT_COMPARED)
    words = [hash(w.casefold()) for s in compared for w in _WORD.findall(text.text, s.start, s.end)]
    for at in range(len(words) - SHINGLE + 1):
        yield hash(tuple(words[at : at + SHINGLE]))
