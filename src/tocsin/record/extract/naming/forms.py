"""Patterns of names, built once from the lists of words beside this file."""

# ruff: noqa: RUF001  # typographic apostrophes are what is read here

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from tocsin.record.claim import EntityType

_CAPITAL = r"(?:(?:[Aa]l|[Ee]l|[Aa]d|[Aa]z|[Aa]sh?|[Aa]n|[Aa]r|[Aa]t)[- ])?[A-Z\u00c0-\u00de\u0130\u015e][\w'’.-]*[\w]"
_INNER = r"(?:of the|of|for the|for|the|and|&|in)"
_NUMBERED = r"\d+(?:st|nd|rd|th)"


@cache
def words_of(group: str) -> tuple[str, ...]:
    """A list of words by its name.

    Example:
        >>> "Brigade" in words_of("bodies")
        True
    """
    told = tomllib.loads((files("tocsin.record.extract.naming") / "forms.toml").read_text("utf-8"))
    return tuple(told[group])


@cache
def among(group: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(words_of(group))


@cache
def patterns() -> tuple[tuple[EntityType, re.Pattern[str]], ...]:
    """Patterns of bodies, sites and places; group `name` is the name.

    Example:
        >>> sorted(m["name"] for _, p in patterns() for m in p.finditer("The 9th Armoured Division left Camp Harun"))
        ['9th Armoured Division', 'Camp Harun']
    """
    capital, more = rf"(?!(?:{_any('outside')})\b){_CAPITAL}", rf"(?:\s{_CAPITAL})"
    run = rf"{capital}{more}{{0,3}}?"
    of_what = rf"(?:the\s)?{_CAPITAL}{more}{{0,3}}"
    of_what += rf"(?:\s(?:and|&)\s(?!(?:{_any('bodies_of')})\b){_CAPITAL}(?!\s[A-Z]))?(?:\sof\s{_CAPITAL})?"
    made = (
        (EntityType.SITE, rf"(?:{_any('sites_of')})\s{_CAPITAL}(?:\s(?:[IVX]+|{_CAPITAL}))?"),
        (EntityType.SITE, rf"{run}\s(?:{_any('sites')})"),
        (EntityType.ORGANISATION, rf"(?:{_any('bodies_of')})\sof\s{of_what}"),
        (EntityType.ORGANISATION, rf"(?:{_any('groups')})(?:[\s-](?:{_CAPITAL}|wa[\s-]?l?-?{_CAPITAL})){{1,4}}"),
        (EntityType.ORGANISATION, rf"(?:{_NUMBERED}(?:\s{_CAPITAL}){{0,4}}?|{run})\s(?:{_any('bodies')})(?!\w)"),
        (EntityType.ORGANISATION, rf"(?:{run})\s(?:tribe|clan|militia|faction)"),
        (EntityType.PLACE, rf"{run}\s(?:{_any('places')})"),
        (EntityType.PLACE, rf"(?:{_any('places_of')})\s{_CAPITAL}(?:\s{_CAPITAL})?"),
    )  # fmt: skip
    return tuple((what, re.compile(rf"(?<![\w-])(?P<name>{pattern})(?!\w)")) for what, pattern in made)


@cache
def introduced() -> re.Pattern[str]:
    """A person's name after a title; group `name` is the name without the title."""
    particle = r"(?:bin|ibn|bint|Abu|abu|al|Al|de|von|van|el|El)"
    name = rf"(?:(?:de|von|van)\s)?{_CAPITAL}(?:\s(?:{particle}[\s-])*{_CAPITAL}|\s[A-Z]\.){{0,3}}"
    return re.compile(
        rf"(?<![\w-])(?:{_any('introduces')})\s(?P<name>(?!(?:{_any('titles')}|{_any('outside')}|{_any('after_general')})\b){name})"
    )


@cache
def arabic_names() -> re.Pattern[str]:
    """Capitalised words joined by parts of Arabic names."""
    part = r"[A-Z][\w'’]+"
    joined = rf"(?:\s(?:bin|ibn|bint|Bin|Ibn|Abu|Abd|Umm)[\s-]{part}|\s(?:al|Al|el|El|ad|as|ash|ar|at|az)-{part})"
    whole = rf"(?:Abu\s)?{part}(?:\s{part}){{0,2}}{joined}+(?:\s{part}){{0,1}}"
    by_son = rf"(?:Abu|Ibn)[\s-](?:[Aa]l-)?{part}(?:\s(?:[Aa]l-)?{part}){{0,2}}"
    return re.compile(rf"(?<![\w-])(?P<name>{whole}|{by_son})(?!\w)")


_IN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Aa]round|[Oo]utside|[Ii]nside|(?:town|village|city|province|district) of)\s$"
)
_OWNS = re.compile(r"['’]")


def stands_in(stretch: str, start: int, end: int) -> bool:
    """Whether what stands before a name stands before a place, not a person.

    Example:
        >>> stands_in("It fell near Kafr Harun.", 13, 23), stands_in("In Harun's view", 3, 8)
        (True, False)
    """
    return _IN.search(stretch[max(0, start - 12) : start]) is not None and _OWNS.match(stretch, end) is None


@cache
def placed() -> tuple[re.Pattern[str], ...]:
    """Places by the words around them; group `name` is the name.

    Example:
        >>> [m["name"] for p in placed() for m in p.finditer("ten km north of Kafr Harun, in the Bilal area")]
        ['Kafr Harun', 'Bilal']
    """
    name = rf"(?P<name>(?!(?:{_any('outside')}|{_any('titles')})\b){_CAPITAL}(?:\s{_CAPITAL})?)"
    return (
        re.compile(rf"\b(?:{_any('before_places')})\s(?:the\s(?:city|town|village)\sof\s)?{name}(?!\w)"),
        re.compile(rf"\b[Tt]he\s{name}\s(?:{_any('after_places')})(?!\w)"),
    )


@cache
def holds_office_for() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after a place in 'Minister for the Middle East Maryam Harun'; group `name` is the name."""
    before = rf"\b(?:{_any('offices')})\s(?:for|to|of)\s(?:the\s)?$"
    return re.compile(before), re.compile(rf",?\s(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{1,2}})(?!\w)")


@cache
def rulers() -> re.Pattern[str]:
    """Who a regime is called by; group `name` is the name.

    Example:
        >>> [m["name"] for m in rulers().finditer("the Harun regime, Bilal's regime and a Communist regime")]
        ['Harun', 'Bilal']
    """
    word = r"(?:[Aa]l-)?[A-Z][\w-]+(?<!ist)(?<!ic)(?<!ian)(?<!ese)(?<!ish)(?<!ing)(?<!tion)(?<!tions)(?<![’']s)"
    return re.compile(rf"(?<![\w’'-])(?P<name>(?!(?:{_any('outside')})\b){word})(?:[’']s)?\sregime(?!\w)")


@cache
def operations() -> re.Pattern[str]:
    """Named operations, which are no bodies."""
    return re.compile(rf"(?<!\w)Operations?\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}")


@cache
def acting_nouns() -> re.Pattern[str]:
    """The rest of a body's name after a state's or body's own name ('Iraqi' + ' army')."""
    return re.compile(rf"\s(?:{_any('acting')})(?![\w-])")


def _any(group: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words_of(group), key=len, reverse=True))
