"""One name, one type: where the model wavers over the same words within a text, what it says most often holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.extract.mention import FoundBy, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.claim import EntityType


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
