"""How alike two parts of names are, 0 to 1, and why."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from tocsin.record.names.lexicon import families
from tocsin.record.names.spelling import skeleton, spelling

ALIKE = 0.72
"""Parts less alike than this are different parts."""

DIFFERENT_FAMILIES = 0.55


class Why(StrEnum):
    """What makes two parts alike."""

    SAME = "same"
    SPELLING = "spelling"
    CONSONANTS = "consonants"
    NEAR = "near"
    INITIAL = "initial"
    JOINED = "joined"
    DIFFERENT = "different"


class Likeness(NamedTuple):
    """How alike two parts are, 0 to 1, and what makes them so."""

    value: float
    why: Why


NONE = Likeness(0.0, Why.DIFFERENT)


@lru_cache(maxsize=500_000)
def likeness(left: str, right: str) -> Likeness:
    """How alike two folded parts are.

    Example:
        >>> likeness("qasim", "kassem")
        Likeness(value=0.98, why=<Why.SPELLING: 'spelling'>)
        >>> likeness("hasan", "husayn").value < ALIKE
        True
        >>> likeness("slymany", "soleimani").why.value
        'consonants'
        >>> likeness("45", "46").value
        0.0
    """
    if left == right:
        return Likeness(1.0, Why.SAME)
    if left.isdigit() or right.isdigit():
        return NONE
    if len(left) == 1 or len(right) == 1:
        return Likeness(0.75, Why.INITIAL) if left[0] == right[0] else NONE
    one, other = spelling(left), spelling(right)
    if one == other:
        return Likeness(0.98, Why.SPELLING)
    known = families()
    if left in known and right in known:
        return Likeness(DIFFERENT_FAMILIES, Why.DIFFERENT)
    return _by_letters(one, other, skeleton(left), skeleton(right))


def _by_letters(one: str, other: str, bones: str, others: str) -> Likeness:
    near = OSA.normalized_similarity(one, other)
    if bones == others and len(bones) > 1:
        return Likeness(min(0.96, (0.62 if len(bones) == 2 else 0.74) + 0.26 * near), Why.CONSONANTS)
    if min(len(one), len(other)) < 4:
        return Likeness(near * 0.9, Why.NEAR) if near >= 0.75 else NONE
    bare = OSA.normalized_similarity(bones, others)
    value = 0.95 * max(near, 0.5 * (near + bare), JaroWinkler.similarity(one, other) - 0.1)
    return Likeness(value, Why.NEAR) if value >= ALIKE - 0.04 else NONE
