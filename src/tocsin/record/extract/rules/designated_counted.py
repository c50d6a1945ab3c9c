"""The parties of a group that a sentence only counts: those whom the text then presents, as many as were counted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        start=1,
    )
}
COUNTED = re.compile(
    r"(?<![\w.])(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|[1-9]\d?)\s+(?=[A-Za-z-])(?!of\b|years?\b|days?\b|months?\b|million|billion|percent)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:\([^)]*\))?\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?")
_STOP = re.compile(r"\b(?:pursuant to|under|for|who|which|that|in connection|linked|associated|owned|involved)\b")
OPENING = 8  # sentences with which a text begins: where today's group is counted
"""Sentences."""


def with_counted(statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known) -> tuple[Statement, ...]:
    """Statements, with one for each party of today's group where the text counts it and names nobody as put under it.

    'Today X designated three men ...' is taken to mean those three whom a following sentence begins with, or whom as
    many headings or paragraphs begin with.
    """
    group = next((s for s in statements if _counts(s)), None)
    named = {
        folded(known.full(n.span).words)
        for s in statements
        if s.act is not None and (s.is_now or s.is_open or _is_perfect(s)) and s.state is LegalState.IN_FORCE
        for n in s.parties
    }
    if group is None or named:
        return tuple(statements)
    found = tuple(_presented(group, stretches, known))
    return (*statements, *(replace(group, parties=(n,), order=o, stretch=stretches[o]) for o, n in found))


def count_of(statement: Statement) -> int:
    """How many parties the object of an active act counts; 0 where it counts none."""
    assert statement.act is not None
    words = statement.stretch.span.words[statement.act.verb.end - statement.stretch.span.start :]
    stop = _STOP.search(words)
    return sum(
        NUMBERS.get(m["n"].lower(), 0) or int(m["n"])
        for m in COUNTED.finditer(words, 0, stop.start() if stop else len(words))
    )


def _counts(statement: Statement) -> bool:
    act = statement.act
    return (
        act is not None
        and statement.is_group
        and act.voice is Voice.ACTIVE
        and not act.earlier
        and statement.is_now
        and statement.state is LegalState.IN_FORCE
        and statement.order < OPENING
        and count_of(statement) > 1
    )


def _is_perfect(statement: Statement) -> bool:
    return statement.when is None and statement.act is not None and statement.act.voice is Voice.PASSIVE


def _presented(group: Statement, stretches: Sequence[Stretch], known: Known) -> Iterator[tuple[int, Name]]:
    count = count_of(group)
    leads = [(order, names) for order in range(group.order + 1, len(stretches)) if (names := _lead(stretches[order]))]
    listed = next(((order, names) for order, names in leads if len(names) == count), None)
    if listed is not None:
        yield from ((listed[0], name) for name in listed[1])
        return
    for kind in (_headings, _paragraphs):
        found = kind(group, stretches, known)
        if len(found) == count:
            yield from found
            return


def _headings(group: Statement, stretches: Sequence[Stretch], known: Known) -> list[tuple[int, Name]]:
    """The names that stand alone as headings."""
    return _distinct(
        (
            (order, stretch.names[0])
            for order, stretch in enumerate(stretches)
            if order > group.order
            and stretch.heading
            and len(stretch.names) == 1
            and len(stretch.names[0].span.words) + 4 > len(stretch.span.words.strip())
        ),
        known,
    )


def _paragraphs(group: Statement, stretches: Sequence[Stretch], known: Known) -> list[tuple[int, Name]]:
    """The names that paragraphs begin with."""
    return _distinct(
        (
            (order, name)
            for order, stretch in enumerate(stretches)
            if order > group.order and not stretch.heading and stretch.segment != stretches[order - 1].segment
            for name in _lead(stretch)
        ),
        known,
    )


def _distinct(found: Iterator[tuple[int, Name]], known: Known) -> list[tuple[int, Name]]:
    kept: dict[str, tuple[int, Name]] = {}
    for order, name in found:
        kept.setdefault(folded(known.full(name.span).words), (order, name))
    return list(kept.values())


def _lead(stretch: Stretch) -> tuple[Name, ...]:
    """The names that a sentence begins with, parted by nothing but links."""
    names = [n for n in stretch.names if not n.owner]
    if not names or (names[0].title or names[0].span).start - stretch.span.start > len("The "):
        return ()
    kept = [names[0]]
    for name in names[1:]:
        start = (name.title or name.span).start
        if not _LINK.fullmatch(stretch.span.words[kept[-1].span.end - stretch.span.start : start - stretch.span.start]):
            break
        kept.append(name)
    return tuple(kept)
