"""Posts said by verbs: who leads, heads, manages or is in charge of what."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.posts.bodies import ATTRIBUTE
from tocsin.record.extract.rules.posts.office import Office
from tocsin.record.extract.rules.posts.people import (
    ADVERBS,
    BETWEEN,
    NAME_AS_WRITTEN,
    Held,
    listed_before,
    listed_with,
    people,
    person_at,
    pronoun_at,
)
from tocsin.record.extract.rules.posts.words import BODY, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.extract.rules.stretches import Stretch

_AFTER = "in|from|since|until|for|and|before|after|at|under|during|between|with|when|while|as|to|on|who|which|that|by|through"

_OF_SEVERAL = frozenset({"head", "lead", "command", "chair", "direct", "manage", "run"})
"""Verbs whose subject is more than one: alone they are nouns."""


@cache
def _frames() -> dict[str, re.Pattern[str]]:
    told = lexicon()
    group = rf"(?:(?:an?|its|his|their)\s+)?(?:[\w\u2019'-]+\s+){{0,4}}?(?:{told.groups})(?:\s+in\s+{BODY})?"
    return {
        "verb": re.compile(
            rf"{BETWEEN},?\s*(?:who\s+)?{ADVERBS}(?P<post>{told.leading})(?:\s+of)?\s+(?:the\s+)?(?P<org>{BODY}(?:\s+(?:[a-z-]+\s+){{0,2}}?(?:{told.groups}|office|team|forces))?|{group})"
            rf"(?=\s*[,.;:()]|\s+(?:{_AFTER}|of)\b|\s*$)"
        ),
        "in charge": re.compile(
            rf"{BETWEEN},?\s*(?:who\s+)?(?P<link>is|was|has\s+been|had\s+been)\s+(?:\w+ly\s+)?"
            r"(?P<post>(?:second[\s-]+)?in[\s-](?:charge|command)(?!\s+of\s+\w+ing\b)"
            r"(?:\s+of\s+(?:(?:the|an?|its|all)\s+)?(?!\w+ing\b)(?:[\w\u2019'-]+\s+){0,5}?[\w\u2019'-]+)?)"
            r"(?=\s+(?:in|of|for|from|that|which|formerly|comprised)\b|\s*[,.;:(]|\s*$)"
        ),
        "passive": re.compile(
            r"(?<![\w-])(?<!or\s)(?P<post>(?:headed|led|managed|chaired|commanded|directed|presided\s+over|run))\s+by\s+"
            rf"(?:(?:[\w.-]+\s+){{0,6}}?(?:{told.described}|{told.noun.pattern})\s+)?(?P<name>{NAME_AS_WRITTEN})"
            r"(?=\s*(?:[^\w\s]|$|and\b|who\b|to\b|in\b|for\b|since\b))"
        ),
    }


def led_by_verbs(stretch: Stretch) -> Iterator[Held]:
    """'X leads Y', 'X was in charge of Y', 'Y, managed by X'."""
    words, base = stretch.span.words, stretch.span.start
    for name in people(stretch):
        if name.owner or name.span.words.isupper():
            continue
        match = _frames()["verb"].match(words, name.span.end - base)
        if (
            match is None
            or match["org"].endswith(("'s", "\u2019s"))
            or re.search(r"\b(?:is|was)\s*$", words[: match.start("post")][-4:])
        ):
            continue
        several = match["post"] in _OF_SEVERAL
        holders = listed_before(stretch, name) if several else (name,)
        if not several or len(holders) > 1:
            yield from (Held(one, _led(stretch, match), "verb", match["post"]) for one in holders)
    for he in re.finditer(r"\b(?:He|She|he|she)\b", words):
        match = _frames()["verb"].match(words, he.end())
        if match:
            yield Held(pronoun_at(stretch, he), _led(stretch, match), "verb", match["post"], pronoun=True)
    yield from _in_charge(stretch)
    for match in _frames()["passive"].finditer(words):
        person = person_at(stretch, match.start("name"), match.end("name"))
        body = _said_of(stretch, match.start())
        if person is not None and body is not None:
            post = Span(base + match.start("post"), base + match.end("post"), match["post"])
            for one in listed_with(stretch, person):
                yield Held(
                    one,
                    Office(post, body, post.start, post.end, _was(words, match), plural=False),
                    "verb",
                    match["post"],
                )


def _in_charge(stretch: Stretch) -> Iterator[Held]:
    """'X was in charge of the port office': the words are the post."""
    words, base = stretch.span.words, stretch.span.start
    for name in people(stretch):
        match = _frames()["in charge"].match(words, name.span.end - base)
        if match:
            post = Span(base + match.start("post"), base + match.end("post"), match["post"])
            yield Held(
                name, Office(post, None, post.start, post.end, over=False, plural=False), "copula", match["link"]
            )


def _was(words: str, match: re.Match[str]) -> bool:
    return re.search(r"\b(?:formerly|previously|once)\s+$", words[: match.start()]) is not None


def _led(stretch: Stretch, match: re.Match[str]) -> Office:
    base = stretch.span.start
    post = Span(base + match.start("post"), base + match.end("post"), match["post"])
    said = re.sub(r"(?:['\u2019]s)?[.,'\u2019 ]*$", "", match["org"])
    low = base + match.start("org")
    owned = re.match(r"[\w-]+['\u2019]s\s+(?=[A-Z])|(?:an?|its|his|their)\s+", said)
    based = ATTRIBUTE.match(said)
    cut = owned or based
    low, said = (low + cut.end(), said[cut.end() :]) if cut else (low, said)
    body = next(
        (n.span for n in stretch.names if low <= n.span.start < low + len(said)), Span(low, low + len(said), said)
    )
    body = Span(low, body.end, stretch.span.words[low - base : body.end - base])
    return Office(post, body, post.start, body.end, over=False, plural=False)


def _said_of(stretch: Stretch, at: int) -> Span | None:
    """The body that a passive verb is said of: the one right before it, else the one that the sentence begins with."""
    words, base = stretch.span.words, stretch.span.start
    bodies = [n for n in stretch.names if n.is_organisation and n.span.end - base <= at]
    link = re.compile(r"(?:\s*\([^()]*\))?\W{0,4}(?:(?:which\s+)?(?:is|was)\s+|and\s+)?(?:formerly\s+|currently\s+)?")
    for body in reversed(bodies):
        if link.fullmatch(words, body.span.end - base, at):
            return body.span
    return bodies[0].span if bodies and bodies[0].span.start == base else None
