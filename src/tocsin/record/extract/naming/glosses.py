"""Names in brackets that say a name again in another language: 'Mount Harun (Kurdish: Çiyayê Harûn)'."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.naming.forms import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.naming.candidate import Candidate

_BRACKET = re.compile(r"\((?P<said>[^()]{2,300})\)")
_GAP = 2
"""Most characters between a name and the bracket that says it again."""


def as_glossed(stretch: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The names, each person in a gloss being what stands before the bracket; none where that is no name.

    Example:
        >>> from tocsin.record.extract.mention import FoundBy
        >>> from tocsin.record.extract.naming.candidate import Candidate, Weight
        >>> words = "Mount Harun (Kurdish: Çiyayê Harûn) is low."
        >>> mount = Candidate(0, 11, EntityType.PLACE, FoundBy.RULE, Weight.PATTERN)
        >>> again = Candidate(22, 34, EntityType.PERSON, FoundBy.MODEL, Weight.MODEL)
        >>> [one.type.value for one in as_glossed(words, [mount, again])]
        ['place', 'place']
        >>> as_glossed(words, [again])
        []
    """
    brackets = list(_glosses(stretch))
    return [one for each in found if (one := _in_gloss(each, found, brackets)) is not None] if brackets else list(found)


def _in_gloss(one: Candidate, found: Sequence[Candidate], brackets: Sequence[tuple[int, int]]) -> Candidate | None:
    if one.type is not EntityType.PERSON or one.known is not None:
        return one
    opened = next((start for start, end in brackets if start <= one.start and one.end <= end), None)
    if opened is None:
        return one
    before = next((f for f in reversed(found) if f.end <= opened), None)
    return replace(one, type=before.type) if before is not None and opened - before.end <= _GAP else None


def _glosses(stretch: str) -> Iterator[tuple[int, int]]:
    for bracket in _BRACKET.finditer(stretch):
        said = bracket["said"]
        told = _after_name().search(said)
        if _before_name().search(said) or (
            told is not None and all(w[0].isupper() for w in said[: told.start()].split())
        ):
            yield bracket.span()


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words_of('languages'))}):")


@cache
def _after_name() -> re.Pattern[str]:
    return re.compile(rf"\sin\s(?:{'|'.join(words_of('languages'))})(?=[;,]|$)")
