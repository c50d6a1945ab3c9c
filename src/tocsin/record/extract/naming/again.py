"""Names met again in a shorter form: a person by one part of the name, a body by the letters in brackets after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.gazetteer.words import ARTICLES, folded
from tocsin.record.extract.mention import FoundBy, Mention
from tocsin.record.extract.naming.forms import among, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.record.document import Segment
    from tocsin.record.extract.knowledge import Knowledge

_PARTS = re.compile(r"[^\W\d_][\w'’-]*")  # noqa: RUF001  # both apostrophes are written in names
_LETTERS = re.compile(r"\s?\([\"“]?(?:the\s)?[\"“]?([A-Z][A-Za-z]{0,3}[A-Z-]{1,6})[\"”]?\)")
_WORD_OF_IT = re.compile(r"[^()\w]{0,2}\s?\([\"“]?([A-Z][\w'’-]{3,})[\"”]?\)")  # noqa: RUF001
_SHORTEST = 4
_VILLAGES = "geonames:"
_NO_FORMS = among("never") | among("titles") | among("outside")


def with_short_forms(
    text: str, segments: Iterable[Segment], mentions: Sequence[Mention], knowledge: Knowledge
) -> list[Mention]:
    """All mentions, and after each name the later places where its short form stands alone, as the same type.

    A short form takes the place of what the model or a form alone told of the same words, and of a village of that name
    where nothing says it is the village; never that of another known name.
    """
    short = _short_forms(text, mentions, knowledge)
    if not short:
        return list(mentions)
    held = [m for m in mentions if not (_is_short(m, short) and _yields(m, text))]
    taken = _Taken(held)
    again = [
        Mention(span, what, FoundBy.RULE, known)
        for segment in segments
        for span, (_, what, known) in _met(text, segment, short)
        if taken.free(span)
    ]
    return sorted([*held, *again], key=lambda m: m.span.start)


type_of = dict[str, tuple[int, EntityType, str | None]]


def _short_forms(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> type_of:
    """Each short form with where its whole name ends, the type, and the known id; ambiguous ones left out."""
    found: type_of = {}
    for mention in mentions:
        for form in _forms(text, mention):
            if form not in found and form not in _NO_FORMS and not _is_known(form, knowledge):
                found[form] = (mention.span.end, mention.type, mention.known)
    return found


def _forms(text: str, mention: Mention) -> list[str]:
    if mention.type is EntityType.ORGANISATION:
        letters, word = _LETTERS.match(text, mention.span.end), _WORD_OF_IT.match(text, mention.span.end)
        if word is not None and word[1] in _PARTS.findall(mention.span.words)[:1]:
            return [word[1]]
        return [letters[1]] if letters is not None else []
    if mention.type is not EntityType.PERSON:
        return []
    parts = _PARTS.findall(mention.span.words)
    if len(parts) < 2 and mention.found_by is not FoundBy.RULE:
        return []
    bare = (p.partition("-")[2] if p.partition("-")[0].lower() in ARTICLES else p for p in parts)
    return [p for p in dict.fromkeys((*parts, *bare)) if len(p) >= _SHORTEST and p[0].isupper()]


def _is_known(form: str, knowledge: Knowledge) -> bool:
    """Whether the form alone is a known name, and not just that of a village."""
    if not folded(form):
        return False
    hits = (f for f in knowledge.trie.find(form) if f.end - f.start == len(form))
    return any(not knowledge.entries[f.entry].id.startswith(_VILLAGES) for f in hits)


def _yields(mention: Mention, text: str) -> bool:
    if mention.found_by in {FoundBy.MODEL, FoundBy.RULE}:
        return True
    village = mention.known is not None and mention.known.startswith(_VILLAGES)
    return village and not stands_in(text, mention.span.start, mention.span.end)


def _is_short(mention: Mention, short: type_of) -> bool:
    told = short.get(mention.span.words)
    return told is not None and mention.span.start >= told[0]


def _met(text: str, segment: Segment, short: type_of) -> Iterable[tuple[Span, tuple[int, EntityType, str | None]]]:
    for word in _PARTS.finditer(text, segment.start, segment.end):
        form = word.group()
        for length, said in _readings(text, word.start(), form):
            told = short.get(said)
            if told is not None and word.start() >= told[0] and (length == len(said) or told[1] is EntityType.PERSON):
                yield Span.of(text, word.start(), word.start() + length), told
                break


def _readings(text: str, start: int, form: str) -> Iterable[tuple[int, str]]:
    """What a word may stand for, with the letters it takes: itself, itself without a possessive, a family by its name."""
    yield len(form), form
    if form[-2:] in {"'s", "’s"}:  # noqa: RUF001
        yield len(form) - 2, form[:-2]
    elif form.endswith("s") and text[max(0, start - 4) : start].lower() == "the ":
        yield len(form), form[:-1]


class _Taken:
    """Where mentions stand already."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._offsets = {at for m in mentions for at in range(m.span.start, m.span.end)}

    def free(self, span: Span) -> bool:
        return span.start not in self._offsets and span.end - 1 not in self._offsets
