"""One name, one type: where the model wavers over the same words within a text, what the text says most often holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.mention import FoundBy, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]{3,}(?![\w'’-])")  # noqa: RUF001  # both apostrophes are written


def agreed(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those that the model alone found typed as the same words are typed most often in this text.

    What a form or a table says of the words counts three times; of two types told as often, the one told first holds.

    Example:
        >>> from tocsin.record.claim import EntityType, Span
        >>> told = [EntityType.PLACE, EntityType.PERSON, EntityType.PERSON]
        >>> found = [Mention(Span(n * 6, n * 6 + 5, "Harun"), what, FoundBy.MODEL) for n, what in enumerate(told)]
        >>> {mention.type.value for mention in agreed(found)}
        {'person'}
    """
    votes: dict[str, Counter[EntityType]] = {}
    for one in mentions:
        votes.setdefault(one.span.words, Counter())[one.type] += 1 if one.found_by is FoundBy.MODEL else 3
    return [
        replace(one, type=votes[one.span.words].most_common(1)[0][0]) if one.found_by is FoundBy.MODEL else one
        for one in mentions
    ]


def without_common_nouns(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without persons of one word that the model alone saw, where the text writes the word small elsewhere.

    Example:
        >>> from tocsin.record.claim import EntityType, Span
        >>> words = "Elementary! It is elementary, said Harun."
        >>> found = [Mention(Span.of(words, *at), EntityType.PERSON, FoundBy.MODEL) for at in ((0, 10), (35, 40))]
        >>> [mention.span.words for mention in without_common_nouns(words, found)]
        ['Harun']
    """
    doubted = {m.span.words.lower() for m in mentions if _is_a_lone_word(m)}
    common = doubted & {word.group() for word in _SMALL.finditer(text)} if doubted else set()
    return [m for m in mentions if not (_is_a_lone_word(m) and m.span.words.lower() in common)]


def _is_a_lone_word(mention: Mention) -> bool:
    return mention.type is EntityType.PERSON and mention.found_by is FoundBy.MODEL and mention.span.words.isalpha()
