"""Names by the form of their words, which neither model nor tables have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.mention import FoundBy
from tocsin.record.extract.naming.candidate import Candidate, Weight
from tocsin.record.extract.naming.forms import (
    acting_nouns,
    arabic_names,
    holds_office_for,
    introduced,
    patterns,
    placed,
    rulers,
    stands_in,
)
from tocsin.record.extract.naming.trim import behind_owner, is_a_name, trimmed, without_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def names_by_pattern(stretch: str, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Bodies, sites, places and persons by form.

    Example:
        >>> [stretch[c.start : c.end] for stretch in ["Gen. Qasim Harun left Camp Harun"] for c in names_by_pattern(stretch, ())]
        ['Camp Harun', 'Qasim Harun']
    """
    for what, pattern in patterns():
        for found in pattern.finditer(stretch):
            start, end = trimmed(stretch, *found.span("name"))
            start = start if what is EntityType.ORGANISATION else behind_owner(stretch, start, end)
            yield Candidate(start, end, what, FoundBy.RULE, Weight.PATTERN)
    for pattern in (introduced(), arabic_names(), rulers()):
        for found in pattern.finditer(stretch):
            start, end = trimmed(stretch, *found.span("name"))
            start = without_title(stretch, start, end, known)
            if is_a_name(stretch[start:end], EntityType.PERSON):
                what = EntityType.PLACE if stands_in(stretch, start, end) else EntityType.PERSON
                yield Candidate(start, end, what, FoundBy.RULE, Weight.LIKELY)
    for pattern in placed():
        for found in pattern.finditer(stretch):
            start, end = trimmed(stretch, *found.span("name"))
            if is_a_name(stretch[start:end], EntityType.PLACE):
                yield Candidate(start, end, EntityType.PLACE, FoundBy.RULE, Weight.LIKELY)
    yield from _office_holders(stretch, known)


def _office_holders(stretch: str, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Persons named right behind what their office is for."""
    before, after = holds_office_for()
    for place in known:
        name = after.match(stretch, place.end)
        if name is not None and before.search(stretch[max(0, place.start - 40) : place.start]):
            yield Candidate(*trimmed(stretch, *name.span("name")), EntityType.PERSON, FoundBy.RULE, Weight.PATTERN)


def bodies_of_states(stretch: str, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """A known state or body with the common noun behind it: 'Iraqi army', 'Coalition forces'."""
    for one in known:
        if one.type in {EntityType.STATE, EntityType.ORGANISATION}:
            rest = acting_nouns().match(stretch, one.end)
            if rest is not None:
                yield Candidate(one.start, rest.end(), EntityType.ORGANISATION, FoundBy.RULE, Weight.WHOLE)
