"""Who is meant by a short form: the whole names, abbreviations and other names that a text gives."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.parties import Name

_OPENED = re.compile(
    r"\s*\(\s*(?:(?:the|or|a\.?\s?k\.?\s?a\.?:?|f\.?k\.?a\.?|also known as|hereinafter|hereafter|formerly)\s+)*[\"\u201c]?\s*$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\s*,?\s*\(?(?:a\.?\s?k\.?\s?a\.?:?|also\s+known\s+as|also\s+called|known\s+as|better\s+known\s+as|alias)\s+[\"\u201c\u2018]?\s*$",
    re.IGNORECASE,
)
_ORDINARY = re.compile(r"[\u2018\u2019'`\u02bf.\u2011-]")


def folded(words: str) -> str:
    """A name without case, apostrophes, hyphens and stops.

    Example:
        >>> folded("Kata\u2019ib  Hizballah") == folded("kataib hizballah")
        True
    """
    return " ".join(_ORDINARY.sub("", words.casefold().replace("-", " ").replace("\u2010", " ")).split())


@dataclass
class Known:
    """The names of one text: which are short or other forms of which.

    Attributes:
        whole: the first place of each whole name, by its folded words.
        shorts: from a short or other form to the whole name.
    """

    whole: dict[str, Span] = field(default_factory=dict)
    shorts: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[Span]] = field(default_factory=dict)

    def full(self, span: Span) -> Span:
        """The whole name of a form: itself where no longer one is known."""
        key = folded(span.words)
        seen: set[str] = set()
        while key in self.shorts and key not in seen:
            seen.add(key)
            key = self.shorts[key]
        return self.whole.get(key, span)

    def aliases(self, span: Span) -> tuple[Span, ...]:
        """Other forms of a whole name that the text sets beside it."""
        return tuple(self.others.get(folded(span.words), ()))


def known_in(text: str, sentences: Sequence[tuple[Span, tuple[Name, ...]]]) -> Known:
    """Gather the names of a text: those in brackets behind a name are its other forms, shorter ones its short forms."""
    known = Known()
    for _, names in sentences:
        for name in names:
            known.whole.setdefault(folded(name.span.words), name.span)
    for _, names in sentences:
        _bracketed(known, names, text)
    keys = list(known.whole)
    for key in keys:
        _after_place(known, key)
    ends: dict[str, list[str]] = {}
    for key in keys:
        words = key.split()
        for word in {words[0], words[-1]} | ({f"{words[-2]} {words[-1]}"} if len(words) > 2 else set()):
            ends.setdefault(word, []).append(key)
    for key in keys:
        if key not in known.shorts and key not in known.others:
            _shortened(known, key, ends)
    return known


def _bracketed(known: Known, names: Sequence[Name], text: str) -> None:
    for left, right in itertools.pairwise(names):
        begins = right.title.start if right.title else right.span.start
        between = text[left.span.end : begins]
        if left.owner or right.owner or not (_OPENED.fullmatch(between) or _OTHERWISE.fullmatch(between)):
            continue
        if text[right.span.end : right.span.end + 2] == ", " and "AKA" in between.upper():
            continue  # 'AKA: Haddad, Omar', its words in another order
        if not _OPENED.fullmatch(between) and known.whole[folded(right.span.words)].start < left.span.start:
            continue  # an alias of a card is none of what the text has called by that name before
        short, whole = folded(right.span.words), folded(left.span.words)
        if short == whole or whole == known.shorts.get(short) or known.shorts.get(whole) == short:
            continue
        if short not in known.shorts:
            known.shorts[short] = whole
        known.others.setdefault(whole, []).append(right.span)


def _after_place(known: Known, key: str) -> None:
    """A place run into a name that the text says alone too is no part of it ('... in Lebanon', a heading, 'Cedar Relief ...')."""
    words = key.split()
    rest = " ".join(words[1:])
    if len(words) > 1 and words[0] in _places() and rest in known.whole and known.whole[rest].words[0].isupper():
        known.shorts.setdefault(key, rest)


def _shortened(known: Known, key: str, ends: dict[str, list[str]]) -> None:
    """A shorter name that begins or ends a longer one of the same text is that, where only one is so."""
    words = key.split()
    found = {
        other
        for word in (words[0], words[-1], " ".join(words[-2:]))
        for other in ends.get(word, ())
        if other != key and _is_short_of(known, key, other)
    }
    found = {known.shorts.get(other, other) for other in found} - {key}
    before = {other for other in found if other in known.whole and known.whole[other].start < known.whole[key].start}
    found = before if len(before) == 1 else _first_of_one(known, found)
    if len(found) == 1:
        known.shorts[key] = found.pop()
    elif found:
        least = min(found, key=lambda other: (len(other), known.whole[other].start if other in known.whole else 0))
        if known.whole[least].start < known.whole[key].start and all(
            _is_part(least.split(), o.split()) or o == least for o in found
        ):
            known.shorts[key] = least


def _first_of_one(known: Known, found: set[str]) -> set[str]:
    """Only the name that comes first where all begin alike, as the spellings of one person's do."""
    if len(found) < 2 or len({key.split()[0] for key in found}) > 1 or not found <= set(known.whole):
        return found
    return {min(found, key=lambda key: known.whole[key].start)}


def _is_short_of(known: Known, key: str, other: str) -> bool:
    """Whether a name may be the short form of a longer one: of two words or more only where the longer comes first."""
    words, whole = key.split(), other.split()
    if len(whole) <= len(words) or not _is_part(words, whole):
        return False
    tail = whole[-len(words) :] == words
    if tail and all(word in _places() for word in whole[: -len(words)]):
        return False
    if not tail and known.whole[key].words.isupper() and len(words) == 1:
        return False
    if not tail and whole[len(words) :] in (["network"], ["networks"]):
        return False  # 'Omar Haddad' is not the network that a heading calls by his name
    if tail and whole[-len(words) - 1] in {"of", "for"}:
        return False
    return (tail and sum(word not in {"al", "el"} for word in words) < 2) or known.whole[other].start < known.whole[
        key
    ].start


@cache
def _places() -> frozenset[str]:
    return frozenset(map(folded, lexicon().places))


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(map(folded, lexicon().organisation | lexicon().heads))


def _is_part(short: Sequence[str], whole: Sequence[str]) -> bool:
    if len(short) == 1 and len(short[0]) < 3:
        return False
    return list(whole[-len(short) :]) == list(short) or list(whole[: len(short)]) == list(short) or _skips(short, whole)


def _skips(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether a person's name only leaves out a middle one: 'Omar Ali al-Haddad' of 'Omar Ali Zaid al-Haddad'."""
    if len(short) < len(("given", "father's", "family")) or set(whole) & _organisation_words():
        return False
    return (
        list(short[:2]) == list(whole[:2])
        and short[-1] == whole[-1]
        and len(whole) == len(short) + 1
        and set(short) <= set(whole)
    )


def spans_overlap(left: Iterable[Span], right: Iterable[Span]) -> bool:
    """Whether any two share a character."""
    others = tuple(right)
    return any(a.start < b.end and b.start < a.end for a in left for b in others)
