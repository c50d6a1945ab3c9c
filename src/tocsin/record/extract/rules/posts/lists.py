"""Posts that stand in lists: a lead with its items, and the lines of identifying information."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.posts.office import Office
from tocsin.record.extract.rules.posts.offices import offices_in
from tocsin.record.extract.rules.posts.people import NAME, people
from tocsin.record.extract.rules.posts.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.document import Text
    from tocsin.record.extract.rules.stretches import Stretch

_LEAD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|following|several)\s+(?:\w+\s+){0,3}"
    r"(?:individuals|people|persons|officers|men|officials|leaders|commanders|directors|ministers|members)\b",
    re.IGNORECASE,
)
_FOR_BEING = re.compile(r"\b(?:for\s+being|who\s+are|all\s+of\s+whom\s+are|as)\s+$")
_LABEL = re.compile(r"^[^\S\n]*(?:Title|Role|Position|Function)s?[^\S\n]*:[^\S\n]*(?P<said>[^\n]+)$", re.MULTILINE)
_NAMED = re.compile(
    r"(?:^[^\S\n]*|[^\S\n]{2,})(?P<label>Name|Individual|Entity|Company|Vessel|Organi[sz]ation)[^\S\n]*:[^\S\n]*(?P<said>[^\n]+)$",
    re.MULTILINE,
)
_PARTS = re.compile(r"\s*(?:&|,|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A post that a list gives: its quote, and words outside the quote that are bound to it by where they stand.

    Attributes:
        quote: the item or line.
        person: the holder's name.
        office: the post.
    """

    quote: Span
    person: Span
    office: Office


def listed_posts(text: Text, words: str, stretches: Sequence[Stretch]) -> Iterator[Listed]:
    """The posts of a text's lists; `words` are those of the plain text."""
    yield from _items(stretches)
    yield from _lines(text, words)


def _items(stretches: Sequence[Stretch]) -> Iterator[Listed]:
    """'... designated three individuals for being senior officials of X', and below it an item for each."""
    for number, lead in enumerate(stretches[:-1]):
        office = _of_all(lead)
        if office is None or lead.item:
            continue
        following = _following(stretches, number)
        for item in following:
            first = [n for n in people(item) if n.span.start - item.span.start < _FRONT and len(n.tokens) > 1]
            for name in first[:1]:
                yield Listed(item.span, name.span, office)


_FRONT = 45
"""Characters at the front of an item in which its person is named, rank and all."""
_BETWEEN = 3
"""Sentences at most between a lead and its first item."""


def _following(stretches: Sequence[Stretch], number: int) -> tuple[Stretch, ...]:
    """The items below a lead, up to the next heading or paragraph that is none."""
    found: list[Stretch] = []
    for nth, stretch in enumerate(stretches[number + 1 :]):
        if stretch.item:
            found.append(stretch)
        elif stretch.heading or (not found and nth >= _BETWEEN) or _of_all(stretch) is not None:
            break
    return tuple(found)


def _of_all(lead: Stretch) -> Office | None:
    """The plural title that a lead gives to all of its items; without its body where it names several."""
    words, base = lead.span.words, lead.span.start
    if _LEAD.search(words) is None or (people(lead)[:1] and len(people(lead)[0].tokens) > 1):
        return None
    for office in offices_in(lead):
        before = words[: office.start - base]
        counted = _LEAD.search(words[office.start - base - 12 if office.start - base > 12 else 0 : office.end - base])
        if office.plural and (_FOR_BEING.search(before) or (counted and office.organisation)):
            several = bool(office.more) or re.match(
                r"\s*(?:\([^)]*\))?,?\s+(?:or\s+)?(?:the\s+)?[A-Z]", words[office.end - base :]
            )
            body = None if several else office.organisation
            return Office(office.post, body, office.start, office.end, office.over, plural=True)
    return None


def _lines(text: Text, words: str) -> Iterator[Listed]:
    """'Name: X', and below it 'Title: Chairman & Director, Y'."""
    names = list(_NAMED.finditer(words))
    for line in _LABEL.finditer(words):
        above = [n for n in names if n.end() <= line.start()]
        segment = text.segment_at(line.start("said"))
        if not above or above[-1]["label"] not in {"Name", "Individual"} or segment is None:
            continue
        low = above[-1].start("said")
        person = NAME.match(above[-1]["said"])
        here = segment.start <= line.start() and line.end() <= segment.end
        if person is None or not here:
            continue
        quote = Span(line.start("said"), line.start("said") + len(line["said"].rstrip()), line["said"].rstrip())
        for office in _titles(quote):
            yield Listed(quote, Span(low, low + person.end(), person.group()), office)


def _titles(quote: Span) -> Iterator[Office]:
    """'Chairman & Director, Y': both are of Y."""
    parts, at = [], 0
    for cut in (*_PARTS.finditer(quote.words), None):
        end = cut.start() if cut else len(quote.words)
        said = quote.words[at:end]
        noun = [m for m in lexicon().noun.finditer(said) if m.end() == len(said)]
        if not noun:
            break
        parts.append(Span(quote.start + at, quote.start + end, said))
        at = cut.end() if cut else end
    rest = quote.words[at:].strip(" .;") if parts and at < len(quote.words) else ""
    low = quote.start + quote.words.find(rest, at) if rest else 0
    body = Span(low, low + len(rest), rest) if rest and rest[0].isupper() else None
    for post in parts:
        yield Office(post, body, post.start, quote.end, over=False, plural=False)
