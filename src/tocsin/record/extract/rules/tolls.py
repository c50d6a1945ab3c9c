"""How many were killed and how many hurt, where all whom a sentence counts are read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Number, Span
from tocsin.record.extract.rules.figures import Counts, figures_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from tocsin.record.extract.rules.clauses import Parsed
    from tocsin.record.extract.rules.figures import Figure

_NOUNS = frozenset({"NOUN", "PROPN"})
_GOES_ON = re.compile(
    r"(?:,|,?\s+and|,?\s+(?:as well as|plus))\s+"
    r"(?=(?:another|others|several|dozens|scores|hundreds|thousands|[a-z]{1,5}|\d[\d,]*)\s)"
)
_SAME_SIDE = frozenset({"nsubj", "nsubjpass", "dobj"})
_FATAL = frozenset({"deaths", "dead", "fatalities", "killed"})
_HURT = frozenset({"wounded", "injured"})


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The verbs of harm of `incidents.toml`."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("incidents.toml").read_text("utf-8"))
    return {name: frozenset(told[name]) for name in ("harmed", "hurt", "leaves")}


def toll_of(parsed: Parsed, verb: Token) -> tuple[Number, ...]:
    """The dead and the wounded that a verb says of, at most one number of each.

    'Two soldiers and one contractor were killed' are three; 'two soldiers and a contractor' is no number, for a part of a sum
    would be taken for the whole.
    """
    counted = _counted(parsed)
    found: dict[str, Number] = {}
    for noun, figure in counted.values():
        people = _listed(noun) if figure.counts is not Counts.HARM else [noun]
        role = _role(people[0], figure, verb)
        if role is None or role in found or not all(one.i in counted for one in people):
            continue
        if figure.counts is Counts.HARM or not _goes_on(parsed, people):
            found[role] = _sum(parsed, [counted[one.i][1] for one in people], role)
    return tuple(n for n in found.values() if n.low is not None or n.high is not None)


def _counted(parsed: Parsed) -> Mapping[int, tuple[Token, Figure]]:
    """What is counted in the sentence, by its token."""
    found = {}
    for figure in figures_in(parsed.span):
        at = figure.referent.start if figure.referent is not None else -1
        noun = next((t for t in parsed.tokens if parsed.offset + t.idx == at), None)
        if noun is not None:
            found[noun.i] = (noun, figure)
    return found


def is_counted_harm(parsed: Parsed, token: Token) -> bool:
    """Whether a word is a count of dead or hurt by itself: '35 dead'."""
    noun = _counted(parsed).get(token.i)
    return noun is not None and noun[1].counts is Counts.HARM and token.lower_ in _FATAL | _HURT


def _listed(noun: Token) -> list[Token]:
    """All nouns of the list that a noun stands in, from its first; the parse may hang them on the verb one by one."""
    while noun.dep_ in {"conj", "appos"} and noun.head.pos_ in _NOUNS:
        noun = noun.head
    beside = [c for c in noun.head.children if c.dep_ == noun.dep_ and c.dep_ in _SAME_SIDE and c.pos_ in _NOUNS]
    return [one for first in beside or [noun] for one in (first, *joined_behind(first))]


def joined_behind(noun: Token) -> Iterator[Token]:
    """The nouns that a list joins to one."""
    for child in noun.children:
        if child.dep_ in {"conj", "appos"} and child.pos_ in _NOUNS | {"PRON", "NUM"}:
            yield child
            yield from joined_behind(child)


def _role(noun: Token, figure: Figure, verb: Token) -> str | None:
    """Whether those counted were killed or hurt, if the verb itself or one beside it says so."""
    told, word = lexicon(), figure.referent.words.lower() if figure.referent is not None else ""
    governor = noun.head if figure.counts is not Counts.HARM else noun
    lemma = governor.lemma_.lower()
    fatal, hurt = lemma in told["harmed"] or word in _FATAL, lemma in told["hurt"] or word in _HURT
    left = governor.head if governor.head.lemma_ in told["leaves"] else governor
    near = governor in {verb, noun} or verb in {governor.head, left.head} or verb.head == governor
    return None if not near else "deaths" if fatal else "wounded" if hurt else None


def _goes_on(parsed: Parsed, people: list[Token]) -> bool:
    """Whether more people stand behind those counted, under the same verb, whom the parse did not join to them."""
    last = people[-1]
    found = _GOES_ON.match(parsed.annotated.text.text, parsed.offset + last.idx + len(last), parsed.span.end)
    following = next((t for t in parsed.tokens if found and parsed.offset + t.idx >= found.end()), None)
    if following is None or following.pos_ in {"VERB", "AUX", "ADV"}:
        return False
    above = following
    while above.pos_ not in {"VERB", "AUX"} and above.head is not above:
        above = above.head
    return above == people[0].head


def _sum(parsed: Parsed, figures: list[Figure], role: str) -> Number:
    low, high = ([f.low for f in figures], [f.high for f in figures])
    words = [f.referent.words for f in figures if f.referent is not None]
    alike = len({word.lower().removesuffix("s") for word in words}) == 1
    referent = max(words, key=len) if alike else "people"
    said = "" if figures[0].counts is Counts.HARM else " killed" if role == "deaths" else " wounded"
    start, end = min(f.span.start for f in figures), max(f.span.end for f in figures)
    return Number(role, _all(low), _all(high), f"{referent}{said}", Span.of(parsed.annotated.text.text, start, end))


def _all(bounds: list[float | None]) -> float | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if len(known) == len(bounds) else None
