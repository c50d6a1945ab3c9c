"""Verbs of designation in a sentence: where each of `acts.toml` stands, and which only goes with another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.designated_acts import STANDING
from tocsin.record.extract.rules.designated_voices import IS, Verb, act_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.bodies import Body
    from tocsin.record.extract.rules.designated_acts import Act

_GOES_WITH = re.compile(r",?\s+(?:(?:previously|first|already|originally|also)\s+)?")
_MADE = re.compile(r"\s+(?:(?:as|both|and|an?|the)\s+)*(?:(?:[A-Z][\w-]*|\([^)]{1,8}\)|and|as|an?)\s+)*")


@dataclass(frozen=True, slots=True)
class _Form:
    verb: re.Pattern[str]
    state: LegalState
    needs: re.Pattern[str] | None
    noun: bool


@cache
def _forms() -> tuple[_Form, ...]:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("acts.toml").read_text("utf-8"))["act"]
    return tuple(
        _Form(
            re.compile(rf"(?:(?<!\w)|(?<=\bbeing)){row['verb'].replace(' ', chr(92) + 's+')}(?:(?!\w)|(?=for\s))"),
            LegalState(row["state"]),
            re.compile(row["needs"].replace(" ", r"\s+")) if "needs" in row else None,
            row.get("noun", False),
        )
        for row in told
    )


def acts_in(sentence: Span) -> tuple[Act, ...]:
    """The acts that a sentence speaks of, in order."""
    words = sentence.words
    found: list[Verb] = []
    for form in _forms():
        for match in form.verb.finditer(words):
            if form.needs is None or form.needs.search(words):
                found.append(Verb(match.start(), match.end(), form.state, form.noun))  # noqa: PERF401  # three loops deep, plainer so
    kept: list[Verb] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if (not kept or one.start >= kept[-1].end) and not (kept and _is_object(words, kept[-1], one)):
            kept.append(one)
    bodies = bodies_in(sentence)
    return tuple(_acts(sentence, kept, bodies))


def _is_object(words: str, verb: Verb, noun: Verb) -> bool:
    """Whether one of two acts only goes with the other: 'named a Specially Designated ...', 'an SDGT designated under A'."""
    between = words[verb.end : noun.start]
    if words[verb.start :].startswith(STANDING):
        return _GOES_WITH.fullmatch(between) is not None and IS.search(words[: verb.start]) is not None
    return words[noun.start :].startswith(STANDING) and _MADE.fullmatch(between) is not None


def _acts(sentence: Span, found: list[Verb], bodies: tuple[Body, ...]) -> Iterator[Act]:
    edge = 0
    for number, one in enumerate(found):
        until = found[number + 1].start if number + 1 < len(found) else len(sentence.words)
        act = act_of(sentence, one, (edge, until), bodies)
        if act is not None:
            yield replace(act, noun=one.noun)
        edge = one.end
