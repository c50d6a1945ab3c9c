"""Persons in a sentence: their names, lists of them, and pronouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.parties import Name
from tocsin.record.extract.rules.party_tokens import tokens_of
from tocsin.record.extract.rules.party_words import lexicon as party_words
from tocsin.record.extract.rules.posts.words import lexicon

if TYPE_CHECKING:
    from tocsin.record.extract.rules.posts.office import Office
    from tocsin.record.extract.rules.stretches import Stretch

_NAME_WORD = (
    r"(?:[A-Z]\.|[A-Z][^\W\d_]?[\w\u2019'-]*|(?:al|el|ul|ad|as|ash|az|an)-[\u2018'\u2019]?[A-Z][\w\u2019'-]*"
    r"|\u2018[A-Z][\w-]+)"
)
NAME_AS_WRITTEN = rf"{_NAME_WORD}(?:\s+(?:(?:bin|bint|ibn|abu|al|de|van|von|el|la)\s+)?{_NAME_WORD}){{0,5}}"
NAME = re.compile(NAME_AS_WRITTEN)
"""A person's name by its capitals."""
BETWEEN = (
    r"(?:\s*(?:\([^()]*\)|\u201c[^\u201d]*\u201d"
    r"|[,\u2013\u2014]?\s*(?:a\.?k\.?a\.?|(?:(?:also|more|better|[a-z]+ly)\s+)*known\s+as)\s+[^,;\u2013\u2014]{2,60}?[,\u2013\u2014]?))*"
)
_AND = r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)"
ADVERBS = r"(?:(?:also|currently|previously|formerly|later|reportedly|allegedly|has|had|have|,)\s+)*"
_NO_NAME = re.compile(
    r"(?:The|Royal|Highness|Excellency|In|On|As|At|By|For|Of|And|But|Treasury|State|OFAC|He|She|It|I|We|They|This|These|That|January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Read|Title|DOB|Passport|SDGT|E\.O|U\.S|US|"
    r"Designation|Designations|Sanctions|Today|Location|Address|Name|AKA|General|Council|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Action|Actions|Designating|Concerning|Regarding|Identifying|Board|Office|Department|Ministry|Iraq|Iran|Syria|United|Deputy)\b"
)
_SHORTEST = 3
"""Characters of a name at least."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post as a sentence says it, before names are bound.

    Attributes:
        person: the name in the sentence, or the pronoun that stands for it.
        office: the post, with its body.
        frame: how the sentence says it: `title`, `apposition`, `copula`, `role`, `verb`, `list`.
        link: the words between the holder and the title ('was', 'became', 'for being'); empty for titles and appositions.
        pronoun: whether `person` is a pronoun.
    """

    person: Name
    office: Office
    frame: str
    link: str = ""
    pronoun: bool = False


def people(stretch: Stretch) -> tuple[Name, ...]:
    """The persons' names of a sentence; what stands behind 'in' or 'The' is a place or a body."""
    words, base = stretch.span.words, stretch.span.start
    return tuple(
        n
        for n in stretch.names
        if is_persons(n) and not re.search(r"\b(?:[Ii]n|[Nn]ear|[Aa]t|The)\s+$", words[: n.span.start - base])
    )


def is_persons(name: Name) -> bool:
    """Whether a name can be a person's: no organisation, no heading's words, no land at its end."""
    lands = party_words().places
    return not name.is_organisation and not _NO_NAME.match(name.span.words) and name.words[-1] not in lands


def person_at(stretch: Stretch, low: int, high: int) -> Name | None:
    """The person's name that begins at an offset: as cut before, else as its capitals have it."""
    base = stretch.span.start
    for name in stretch.names:
        if name.span.start == base + low:
            return name if is_persons(name) and stretch.span.words[max(low - 4, 0) : low] != "The " else None
    said = stretch.span.words[low:high]
    if _NO_NAME.match(said) or lexicon().noun.match(said):
        return None
    owner = re.search(r"(?:['\u2019]s|(?<=s)['\u2019])$", said)
    said = said[: owner.start()] if owner else said
    said = said.rstrip("'\u2019")
    said = said[:-1] if said.endswith(".") and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", said) else said
    cut = re.search(r"\s(?:Today|The|In|On|As|He|She|It|This|These)$", said)
    span = Span(
        base + low, base + low + len(said[: cut.start()] if cut else said), said[: cut.start()] if cut else said
    )
    tokens = tokens_of(Span(span.start, span.end, span.words))
    name = Name(span, tokens, owner is not None)
    return None if not tokens or len(said) < _SHORTEST or (name.is_organisation and len(tokens) > 0) else name


def listed_with(stretch: Stretch, first: Name) -> tuple[Name, ...]:
    """A name with those joined to it: 'A and B', 'A, B, and C'."""
    names, words, base = [first], stretch.span.words, stretch.span.start
    for name in stretch.names:
        if name.span.start < names[-1].span.end or name.is_organisation:
            continue
        low = (name.title.start if name.title else name.span.start) - base
        if words[low - 1] == "(":
            continue  # a short form in brackets
        if re.compile(rf"{BETWEEN}{_AND}$").fullmatch(words[names[-1].span.end - base : low]) is None:
            break
        names.append(name)
    return tuple(names)


def listed_before(stretch: Stretch, last: Name) -> tuple[Name, ...]:
    """A name with those of its list that stand before it; the name alone where it ends no list."""
    for first in (n for n in people(stretch) if n.span.end <= last.span.end):
        listed = listed_with(stretch, first)
        if last in listed:
            return listed[: listed.index(last) + 1]
    return (last,)


def pronoun_at(stretch: Stretch, match: re.Match[str]) -> Name:
    """A pronoun in the place of a name; it has no words of its own."""
    base = stretch.span.start
    return Name(Span(base + match.start(), base + match.end(), match.group()), (), owner=False)
