"""Persons whom others put into a post: 'the council appointed X as governor', 'appointed by Y'."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.posts.people import BETWEEN, people
from tocsin.record.extract.rules.posts.words import lexicon

if TYPE_CHECKING:
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_PUT = (
    r"(?:appoint(?:s|ed)|nam(?:es|ed)|promot(?:es|ed)|elect(?:s|ed)|install(?:s|ed)|chose|chooses|swore in|confirmed)"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got)\s+(?:(?:also|later|then|newly|re-?)\s*)?$")
_NO_DOER = re.compile(r"(?:^|[,;:(\u2013\u2014])\s*$|\b(?:not|never|refused to|declined to)\s+$", re.IGNORECASE)
_AS = re.compile(
    rf"(?:{BETWEEN},?\s+(?:as|to be|to serve as|to|to the (?:post|position|office) of|for the (?:post|position) of)\s+|\s+)"
    r"(?:(?:the|its|their|his|her|an?)\s+)?"
)
_WRITES = re.compile(
    r"\b(?:report|action|list|release|indictment|article|document|complaint|paper|notice|statement|OFAC|Treasury|source|witness)s?"
    r"\s+(?:also\s+|has\s+|have\s+)?$"
)
"""Who names somebody as the holder of a post without putting them there."""
_BY = re.compile(
    r"\b(?:appointed|named|promoted|elected|installed|chosen|nominated|sworn in|confirmed)\s+by\s+[^.;]{0,60}$"
)


@cache
def _verb_before() -> re.Pattern[str]:
    ranks = "|".join(re.escape(word) for word in lexicon().ranks)
    return re.compile(rf"\b(?P<verb>{_PUT})\s+(?:(?:{ranks})\s+)*$")


def appointed(stretch: Stretch, at: int) -> tuple[Name, str] | None:
    """The person whom somebody puts into the post that begins at an offset of the sentence, and the verb that says so.

    Example:
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> from tocsin.record.extract.rules.stretches import stretches_of
        >>> said = "The council named General Zayd Karim as governor."
        >>> (told,) = stretches_of(Text("0" * 64, "plain 1", said, (Segment(0, len(said), SegmentKind.BODY),)))
        >>> name, verb = appointed(told, said.index("governor"))
        >>> name.span.words, verb
        ('Zayd Karim', 'named')
    """
    words, base = stretch.span.words, stretch.span.start
    for name in people(stretch):
        if name.span.end - base > at or not _AS.fullmatch(words, name.span.end - base, at):
            continue
        verb = put_by(words, (name.title.start if name.title else name.span.start) - base)
        if verb is not None:
            return name, verb
    return None


def put_by(words: str, at: int) -> str | None:
    """The verb right before an offset by which somebody puts the person named there into a post; None where none does."""
    match = _verb_before().search(words, 0, at)
    if match is None:
        return None
    before = words[: match.start()]
    if match["verb"].startswith(("name", "confirm")) and _WRITES.search(before):
        return None
    return None if not before.strip() or _PASSIVE.search(before) or _NO_DOER.search(before) else match["verb"]


def is_appointer(stretch: Stretch, name: Name) -> bool:
    """Whether a name only says by whom somebody was put into a post."""
    return _BY.search(stretch.span.words[: name.span.start - stretch.span.start]) is not None
