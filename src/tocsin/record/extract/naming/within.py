"""Names that lie within other names: the president in 'Asad regime', the country in 'al-Qaida in Iraq'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.knowledge import DEMONYM
from tocsin.record.extract.mention import FoundBy, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.mention import Annotated

_HOLDERS = frozenset({EntityType.ORGANISATION, EntityType.MISSION, EntityType.STATE})
_INSIDE = frozenset({EntityType.PLACE, EntityType.STATE})
_RULED_BY = re.compile(r"(?P<name>(?:[Aa]l-)?[A-Z][\w-]+)(?:['’]s)?\s(?:[Rr]egime|[Gg]overnment|[Aa]dministration)")  # noqa: RUF001
_SAID_OF = re.compile(r"\b(?:of|in|on|for|from|to|and|or)\s(?:the\s)?$|,\s$")
_OWNS = re.compile(r"['’]s\b")  # noqa: RUF001
_WORD = re.compile(r"[\w'’.-]+")  # noqa: RUF001  # both apostrophes are written in names


def names_within(found: Annotated, knowledge: Knowledge) -> tuple[Mention, ...]:
    """Known places, and persons a regime is called by, inside the names of bodies and states; in order.

    They stand beside the mentions of the text, which never overlap: a rule that needs them asks for them.

    Example:
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> from tocsin.record.extract.annotate import annotate
        >>> from tocsin.record.extract.knowledge import knowledge_of
        >>> words = "The Asad regime fought al-Qaida in Iraq."
        >>> told = Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY),), "en")
        >>> [m.span.words for m in names_within(annotate(told, knowledge_of(None), model=None), knowledge_of(None))]
        ['Asad', 'Iraq']
    """
    return tuple(
        Mention(Span.of(found.text.text, start, end), what, found_by, known)
        for holder in found.mentions
        if holder.type in _HOLDERS
        for start, end, what, found_by, known in sorted(_inside(holder, knowledge))
    )


_Inside = tuple[int, int, EntityType, FoundBy, str | None]


def _inside(holder: Mention, knowledge: Knowledge) -> Iterator[_Inside]:
    """Known places said to be of or in it, and who the regime is called by where that is no place."""
    words, start = holder.span.words, holder.span.start
    found = set(_known_inside(words, knowledge))
    for first, last, entry in found:
        one = knowledge.entries[entry]
        if one.type in _INSIDE and one.kind != DEMONYM and _stands_alone(words, first, last):
            yield start + first, start + last, EntityType.PLACE, one.found_by, one.id
    ruler = _RULED_BY.fullmatch(words)
    if ruler is not None and not any(knowledge.trie.find(ruler["name"])):
        yield start + ruler.start("name"), start + ruler.end("name"), EntityType.PERSON, FoundBy.RULE, None


def _stands_alone(words: str, first: int, last: int) -> bool:
    """Whether a place is more than an adjective of what follows: not the first in 'Damascus University', but the last."""
    return _SAID_OF.search(words[:first]) is not None or _OWNS.match(words, last) is not None


def _known_inside(words: str, knowledge: Knowledge) -> Iterator[tuple[int, int, int]]:
    """Known names from the second word on, and those before the last word: the whole name itself is neither."""
    parts = list(_WORD.finditer(words))
    if len(parts) < 2:
        return
    for low, high in ((parts[1].start(), len(words)), (0, parts[-2].end())):
        for one in knowledge.trie.find(words[low:high]):
            yield low + one.start, low + one.end, one.entry
