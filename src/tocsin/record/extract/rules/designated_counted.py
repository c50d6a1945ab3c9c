"""The parties of a group that a sentence only counts: those whom the text then presents, as many as were counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_cards import carded, headed
from tocsin.record.extract.rules.designated_names import folded
from tocsin.record.extract.rules.designated_numbers import COUNTED, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_LINK = re.compile(r"\s*(?:\([^)]*\))?\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?")
_BEFORE_NAME = re.compile(
    r"\W{0,3}(?:(?:The|Since [^,]{2,20},|In [^,]{2,20},|As of [^,]{2,20},|[\w.]+-based)\s+)*(?:[a-z]+\s+)?"
)
_STOP = re.compile(r"\b(?:pursuant to|under|for|who|which|that|in connection|linked|associated|owned|involved)\b")
OPENING = 8  # sentences with which a text begins: where today's group is counted
MANY = 100  # parties that a text presents at most where it counts none
NEAR = 12  # sentences behind a group within which it is presented


def with_counted(statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known) -> tuple[Statement, ...]:
    """Statements, with one for each party of a group that the text counts and presents without a verb of designation.

    'Today X designated three men ...' is taken to mean those three whom a following sentence begins with, or three with
    whom sentences of its paragraph, headings or paragraphs begin, as long as the number is the one that was counted.
    """
    today = _named(statements, known, lambda s: s.is_now)
    loose = today or _named(statements, known, _is_bare)
    taken = {s.order for s in statements if s.act is not None and s.parties}
    made = [*statements, *_with_cards(statements, stretches, known, today)]
    for group in (s for s in statements if _counts(s)):
        found = _presented(group, stretches, known, taken, everywhere=not loose)
        told = {folded(known.full(name.span).words) for _, name in found}
        if not any(_alike(one, other) for one in told for other in today | loose):
            made += [replace(group, parties=(n,), order=o, stretch=stretches[o]) for o, n in found]
            today |= told
    return tuple(made)


def _named(statements: Sequence[Statement], known: Known, holds: Callable[[Statement], bool]) -> set[str]:
    return {
        folded(known.full(n.span).words)
        for s in statements
        if s.act is not None and s.state is LegalState.IN_FORCE and holds(s)
        for n in s.parties
    }


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
        and (statement.is_now or statement.is_open)
        and statement.state is LegalState.IN_FORCE
        and count_of(statement) > 1
    )


def _is_bare(statement: Statement) -> bool:
    return statement.when is None and statement.act is not None and statement.act.voice is Voice.PASSIVE


def _presented(
    group: Statement, stretches: Sequence[Stretch], known: Known, taken: set[int], *, everywhere: bool
) -> list[tuple[int, Name]]:
    """The parties of a group, each with the number of its sentence; [] where their number is not the one counted."""
    count = count_of(group)
    near = range(group.order + 1, min(group.order + NEAR, len(stretches)))
    for order in near:
        names = () if order in taken else _lead(stretches[order])
        if len(names) == count:
            return [(order, name) for name in names]
    own = [o for o in near if stretches[o].segment == group.stretch.segment and o not in taken]
    behind = [o for o in near if stretches[o].segment == group.stretch.segment + 1 and o not in taken]
    ways = [_distinct(((o, n) for o in told for n in _lead(stretches[o])), known) for told in (own, behind)]
    if everywhere and group.order < OPENING:
        ways.append(_paragraphs(group, stretches, known))
    return next((found for found in ways if len(found) == count), [])


def _with_cards(
    statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known, today: set[str]
) -> Iterator[Statement]:
    """Those of today's group whom the text gives a card or a heading to, and names nowhere as parties; `today` grows."""
    opening = [s for s in statements if _opens(s)]
    groups = [s for s in opening if s.is_group] or opening
    if not groups:
        return
    count = max(map(count_of, groups)) if groups[0].is_group else 0
    cards = _distinct(carded(stretches), known)
    named = [pair for pair in _distinct(headed(stretches), known) if not any(_same(pair[1], n) for _, n in cards)]
    if not groups[0].is_group or len(named) + len(cards) > (count or MANY) or (not count and len(named) < 2):
        named = []
    for order, name in (*cards, *named):
        key = folded(known.full(name.span).words)
        if not any(_alike(key, other) for other in today):
            today.add(key)
            yield replace(groups[0], parties=(name,), order=order, stretch=stretches[order])


def _opens(statement: Statement) -> bool:
    """Whether a statement says, as the text begins, that somebody is designated with it."""
    act = statement.act
    return (
        act is not None
        and act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED}
        and not act.earlier
        and statement.is_now
        and statement.state is LegalState.IN_FORCE
        and statement.order < OPENING
    )


def _same(left: Name, right: Name) -> bool:
    return _alike(folded(left.span.words), folded(right.span.words))


def _alike(left: str, right: str) -> bool:
    """Whether two names may be one party's: the words of one within the other's, or the same first and last words."""
    a, b = left.split(), right.split()
    few, many = (Counter(a), Counter(b)) if len(a) <= len(b) else (Counter(b), Counter(a))
    return few <= many or (a[0] == b[0] and a[-1] == b[-1])


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
    if not names:
        return ()
    begins = (names[0].title or names[0].span).start - stretch.span.start
    if _BEFORE_NAME.fullmatch(stretch.span.words[:begins]) is None:
        return ()
    kept = [names[0]]
    for name in names[1:]:
        start = (name.title or name.span).start
        if not _LINK.fullmatch(stretch.span.words[kept[-1].span.end - stretch.span.start : start - stretch.span.start]):
            break
        kept.append(name)
    return tuple(kept)
