"""A name without the articles, titles and possessives that were taken with it."""

# ruff: noqa: RUF001  # typographic apostrophes are what is read here

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.naming.forms import among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.extract.naming.candidate import Candidate

_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_OWNER = re.compile(r".*['’]s\s")
_FIRST = re.compile(r"[\w'’.-]+\s*")
_OFFICE = re.compile(r"\w+\s(?:of|for)\s")
_EDGE = " \t\"“”‘'’«»()[],;:–-*_"
_BETWEEN = re.compile(r"\s*(?:[;|()]|\*\*|\ba\.?k\.?a\b\.?|\bAKAs?\b:?|\s{2,})[\s;|()*]*")
_MARKS = frozenset("®™©")
_FEWEST_LETTERS = 2
_ARTICLE = 3
"""Letters of the longest word outside names that may begin a name after all ('An', 'No')."""


def is_a_name(name: str, what: EntityType) -> bool:
    """Whether words can be a name: with a capital, no month or faith, and no number for a person."""
    if not any(c.isupper() for c in name) or name in among("never") or name.startswith(("http", "@", "#")):
        return False
    if what is EntityType.ORGANISATION and _OFFICE.match(name) and name.split(maxsplit=1)[0] in among("titles"):
        return False
    return what is not EntityType.PERSON or _can_be_a_person(name)


def _can_be_a_person(name: str) -> bool:
    """Whether words are more than a number, a trade mark, one letter or a title."""
    if any(c.isdigit() or c in _MARKS for c in name) or sum(c.isalpha() for c in name) < _FEWEST_LETTERS:
        return False
    return not set(name.split()) <= among("titles")


def apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names in a stretch taken for one: what stands between is a list's break, a bracket or 'a.k.a.'.

    Example:
        >>> name = "Qasim Harun; a.k.a. Bilal"
        >>> [name[a:b] for a, b in apart(name, 0, len(name))]
        ['Qasim Harun', 'Bilal']
    """
    edges = [start, *(at for gap in _BETWEEN.finditer(text, start, end) for at in gap.span()), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]


def is_a_firm(name: str) -> bool:
    """Whether the last word of a name tells that it is a company's or another body's.

    Example:
        >>> is_a_firm("Harun Holding"), is_a_firm("Qasim Harun"), is_a_firm("Holding")
        (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and words[-1] in among("firms")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the name itself stands, without quotation marks, a leading article and a possessive.

    Example:
        >>> trimmed("the Badr's", 0, 10)
        (4, 8)
    """
    name = text[start:end].rstrip(_EDGE)
    name = _POSSESSIVE.sub("", name)
    end = start + len(name)
    start = end - len(name.lstrip(_EDGE))
    if text[start:end].lower().startswith(("the ", "a ", "an ")):
        start += text[start:end].index(" ") + 1
    return start, end


def behind_owner(text: str, start: int, end: int) -> int:
    """Where a place's name begins behind whose it is: the province in "Turkey's Sanliurfa province".

    Example:
        >>> behind_owner("Turkey's Sanliurfa province", 0, 27)
        9
    """
    owner = _OWNER.match(text, start, end)
    return start if owner is None else owner.end()


def is_an_office(text: str, start: int, end: int, known: Sequence[Candidate]) -> bool:
    """Whether words taken for a body are an office, or what an office is for: 'US Secretary', 'Defense' + 'Secretary'.

    Example:
        >>> is_an_office("The Defense Secretary said", 4, 11, ()), is_an_office("the Defense Ministry", 4, 20, ())
        (True, False)
    """
    states = [k for k in known if k.start == start and k.type in {EntityType.STATE, EntityType.PLACE} and k.end < end]
    words = text[max([start, *(k.end for k in states)]) : end].split()
    if not words or not {word.rstrip(".") for word in words} <= among("titles"):
        return False
    following = _FIRST.match(text, end + 1)
    return (
        len(words) > 1 or bool(states) or (following is not None and following.group().strip(" .,") in among("titles"))
    )


def without_title(text: str, start: int, end: int, known: Sequence[Candidate]) -> int:
    """Where the name begins after titles and after states or bodies that stand before them."""
    while (first := _FIRST.match(text, start, end)) is not None and first.end() < end:
        body = next((k for k in known if k.start == start and k.end < end and k.type is not EntityType.PERSON), None)
        word = first.group().strip().rstrip(".")
        title = word in among("titles") or (len(word) > _ARTICLE and word in among("outside"))
        small = first.group().islower() and first.group().strip() not in {"al", "bin", "ibn", "abu", "de", "von", "van"}
        if not (title or small or (body is not None and _a_title_follows(text, body.end, end))):
            break
        start = first.end() if body is None else body.end + (text[body.end : body.end + 1] == " ")
    return start


def _a_title_follows(text: str, start: int, end: int) -> bool:
    following = _FIRST.match(text, start + 1, end)
    return following is not None and following.group().strip().rstrip(".") in among("titles")
