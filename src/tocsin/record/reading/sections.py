"""Parts of a document by their headings: recommendations, bibliography, who the author is; captions; boilerplate."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.record.reading.found import Block

LONGEST_HEADING = 80
LONGEST_CAPTION = 600
_NUMBERING = re.compile(
    r"^(?:(?:chapter|part|section|annex)\s+)?(?:[ivxlc]{1,6}|\d{1,3}|[a-z])(?:\.\d{1,3}){0,4}[.):]?\s+"
)
PARTS = {
    "bibliography": SegmentKind.BIBLIOGRAPHY, "recommendation": SegmentKind.RECOMMENDATION,
    "author-bio": SegmentKind.AUTHOR_BIO, "boilerplate": SegmentKind.BOILERPLATE,
}  # fmt: skip
READ_THROUGH = frozenset((SegmentKind.BODY, SegmentKind.ROW))
"""Kinds that take the kind of their part; headings, captions, footnotes and boilerplate keep their own."""


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    read = tomllib.loads(files("tocsin.record.reading").joinpath("sections.toml").read_text("utf-8"))
    return {key: frozenset(words) for key, words in read.items()}


@cache
def _caption() -> re.Pattern[str]:
    names = "|".join(sorted(_lexicon()["captions"], key=len, reverse=True))
    return re.compile(rf"(?:{names})s?\.?\s*\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?\s*[.:|\u2013\u2014\-]", re.IGNORECASE)


def part_of(heading: str) -> SegmentKind | None:
    """The part a heading opens, or None where it is a heading like others.

    Example:
        >>> part_of("5. Policy Recommendations").value
        'recommendation'
    """
    words = " ".join(heading.split()).casefold().strip(" :.*#_")
    if len(words) > LONGEST_HEADING:
        return None
    bare = _NUMBERING.sub("", words)
    return next((kind for key, kind in PARTS.items() if {words, bare} & _lexicon()[key]), None)


def is_caption(words: str) -> bool:
    """Whether a paragraph is the caption of a figure, table or map.

    Example:
        >>> is_caption("Figure 3: Wells by year"), is_caption("Figure 3 shows wells")
        (True, False)
    """
    return len(words) <= LONGEST_CAPTION and _caption().match(words.lstrip()) is not None


def is_phrase(words: str) -> bool:
    """Whether a paragraph is a set phrase that says nothing of its own."""
    return len(words) < 60 and words.strip(" *_").casefold() in _lexicon()["phrases"]


def in_parts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the paragraphs under a telling heading the kind of their part.

    A part ends at the next heading of its own level or a higher one. A paragraph that is nothing but a telling heading
    opens a part as a heading does.
    """
    part: SegmentKind | None = None
    level = 0
    for block in blocks:
        kind = block.kind
        opens = part_of(block.words) if kind in {SegmentKind.HEADING, SegmentKind.BODY} else None
        if opens is not None:
            kind = SegmentKind.HEADING
        if kind is SegmentKind.HEADING and (opens is not None or part is None or (block.level or 1) <= level):
            part, level = opens, block.level or 1
        elif kind is SegmentKind.BODY and is_caption(block.words):
            kind = SegmentKind.CAPTION
        elif kind is SegmentKind.BODY and is_phrase(block.words):
            kind = SegmentKind.BOILERPLATE
        elif part is not None and kind in READ_THROUGH:
            kind = part
        yield replace(block, kind=kind) if kind is not block.kind else block
