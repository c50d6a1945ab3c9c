"""Known names inside what was taken for one name: 'Iran-backed militia', 'Islamic State fighters'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.mention import FoundBy, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_a_common_noun(name: Mention) -> bool:
    """Whether what was taken for a name ends in a small letter's word, and so only describes somebody.

    Example:
        >>> from tocsin.record.claim import EntityType
        >>> is_a_common_noun(Mention(Span(0, 17, "American soldiers"), EntityType.ORGANISATION, FoundBy.MODEL))
        True
    """
    return name.known is None and name.span.words.split()[-1].islower()


def known_within(name: Mention) -> Iterator[Mention]:
    """The names that the gazetteer knows inside a name.

    Example:
        >>> from tocsin.record.claim import EntityType
        >>> whole = Mention(Span(4, 26, "Islamic State fighters"), EntityType.ORGANISATION, FoundBy.MODEL)
        >>> [(m.span.start, m.span.words, m.known) for m in known_within(whole)]
        [(4, 'Islamic State', 'isis')]
    """
    known, words = knowledge_of(None), name.span.words
    for found in known.trie.find(words):
        entry = known.entries[found.entry]
        span = Span(name.span.start + found.start, name.span.start + found.end, words[found.start : found.end])
        yield Mention(span, entry.type, FoundBy.GAZETTEER, entry.id)
