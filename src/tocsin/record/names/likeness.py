"""How alike two parts of names are, 0 to 1, and why."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from tocsin.record.names.lexicon import families, meanings
from tocsin.record.names.spelling import skeleton, spelling, syllable

ALIKE = 0.75
"""Parts less alike than this are different parts."""

DIFFERENT_FAMILIES = 0.55

BY_ORIGIN = 0.76
"""`Rahim` and `Rahimi`: a name, and the name of who comes from it."""


ONE_MEANING = 0.95
"""`Bank` and `Banco`, `East` and `Shargh`."""

INFLECTED = 0.85
"""Likeness by letters from which words of two meanings are compared: `Brigade` and `Brigades`."""

ONE_SYLLABLE = 0.92
"""`Chin` and `Jin`: one syllable in two systems of writing."""


class Why(StrEnum):
    """What makes two parts alike."""

    SAME = "same"
    SPELLING = "spelling"
    CONSONANTS = "consonants"
    NEAR = "near"
    INITIAL = "initial"
    JOINED = "joined"
    MEANING = "meaning"
    DIFFERENT = "different"


class Likeness(NamedTuple):
    """How alike two parts are, 0 to 1, and what makes them so."""

    value: float
    why: Why


NONE = Likeness(0.0, Why.DIFFERENT)


@lru_cache(maxsize=500_000)
def likeness(left: str, right: str) -> Likeness:  # noqa: PLR0911  # one rule a line
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
        return Likeness(0.92, Why.INITIAL) if left[0] == right[0] else NONE
    known = families()
    if left in known and right in known:
        return (
            Likeness(0.98, Why.SPELLING) if known[left] == known[right] else Likeness(DIFFERENT_FAMILIES, Why.DIFFERENT)
        )
    meant = meanings()
    if left in meant and right in meant:
        if meant[left] == meant[right]:
            return Likeness(ONE_MEANING, Why.MEANING)
        if OSA.normalized_similarity(left, right) < INFLECTED:
            return NONE
    one, other = spelling(left), spelling(right)
    if one != other and (sounds := syllable(left)) is not None and sounds == syllable(right):
        return Likeness(ONE_SYLLABLE, Why.SPELLING)
    if one == other:
        raw = OSA.normalized_similarity(left, right)
        return Likeness(0.9 + 0.08 * raw if min(len(left), len(right)) > 4 else 0.62 + 0.36 * raw, Why.SPELLING)
    return _by_letters(one, other, skeleton(left), skeleton(right), shortest=min(len(left), len(right)))


def _by_letters(one: str, other: str, bones: str, others: str, *, shortest: int) -> Likeness:
    near = OSA.normalized_similarity(one, other)
    if one + "i" == other or other + "i" == one:
        return Likeness(BY_ORIGIN, Why.NEAR)
    if shortest >= 4 and ("al" + one == other or "al" + other == one):
        return Likeness(0.95, Why.JOINED)
    if bones == others and len(bones) > 1:
        unwritten = one != other and (_runs_through(one, other) or _runs_through(other, one))
        least = (0.62 if len(bones) == 2 else 0.8) if unwritten else 0.52
        return Likeness(min(0.96, least + (1 - least) * near), Why.CONSONANTS)
    if min(shortest, len(one), len(other)) < 4 and not (shortest >= 4 and one[:3] == other[:3]):
        return Likeness(near * 0.9, Why.NEAR) if near >= 0.8 else NONE
    value = 0.95 * max(near, 0.5 * (near + OSA.normalized_similarity(bones, others)))
    if shortest >= 7:
        value = min(0.95, max(value + 0.06, 0.88 if one[:6] == other[:6] else 0.0))
    return Likeness(value, Why.NEAR) if value >= ALIKE else NONE


def _runs_through(short: str, long: str) -> bool:
    """Whether all letters of one stand in the other in order: what is left are vowels that were not written."""
    letters = iter(long)
    return all(letter in letters for letter in short)
