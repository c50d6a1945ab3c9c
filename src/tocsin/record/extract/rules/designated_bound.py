"""Whom 'it', 'he' and 'these companies' mean in a statement of a designation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span, Step
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_enumerated import run
from tocsin.record.extract.rules.designated_fact import Fact
from tocsin.record.extract.rules.designated_lists import heads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

THESE_NAMED = re.compile(
    r"\b(?:[Tt]hese|[Tt]he same|[Bb]oth) (?:of these )?(?P<count>(?:two|three|four|five|six|seven|eight|nine|ten) )?(?:companies|entities|individuals|persons|banks|men|organizations|groups)\b"  # noqa: E501  # one pattern, read as a whole
)
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_TELLING = re.compile(
    r"\b(?:companies|entities|firms|businesses|individuals|banks|organi[sz]ations|groups|subsidiaries)\b[^.;:]{0,40}\bincluding\s+(?:the\s+)?$"
)
NEXT = 12  # characters behind the verb within which 'these companies' is its object
NEXT_SENTENCES = 3


def these(statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known) -> Iterator[Fact]:
    """'State also sanctioned these five companies': those whom the sentence before names as its parties."""
    for number, statement in enumerate(statements):
        quote = statement.stretch.span
        found = THESE_NAMED.search(quote.words)
        if statement.act is None or not statement.is_group or found is None:
            continue
        at = quote.start + found.start()
        follows = statement.act.voice is Voice.ACTIVE and statement.act.verb.end <= at < statement.act.verb.end + NEXT
        subject = found.start() < NEXT or 0 <= statement.act.anchor - quote.start - found.end() < len(" all ")
        if not follows and not (statement.act.voice is Voice.PASSIVE and subject):
            continue
        parties = _said_before(statement, statements[:number], stretches, found)
        words = Span(quote.start + found.start(), quote.start + found.end(), found.group())
        for name in parties:
            yield Fact(
                statement, known.full(name.span), words, Step.PRONOUN, name,
                statement.when.date if statement.when else None, statement.when.span if statement.when else None,
                tuple((body, None) for body in statement.act.by), tuple((law, None) for law in statement.authorities),
                ((statement.reason, None),) if statement.reason else (),
            )  # fmt: skip


def _said_before(
    statement: Statement, before: Sequence[Statement], stretches: Sequence[Stretch], found: re.Match[str]
) -> tuple[Name, ...]:
    """Whom 'these companies' means: the parties of a statement just before; else as many names as it counts."""
    told = next((s for s in reversed(before) if s.parties), None)
    count = _COUNT.get((found["count"] or "").strip(), 2 if "oth" in found.group() else None)
    if (
        told is not None
        and told.stretch.segment == statement.stretch.segment
        and 0 < statement.order - told.order < NEXT_SENTENCES
        and count in {None, len(told.parties)}
    ):
        return told.parties
    if count is None:
        return _told_of(statement, stretches)
    business = re.search(r"compan|entit|bank|organi|group", found.group()) is not None
    far = statement.order if count > 2 else 4  # three or more named together are they, however far before
    for order in range(statement.order - 1, max(statement.order - far, 0) - 1, -1):
        colon = stretches[order].span.words.find(": ") + stretches[order].span.start
        names = [
            n for n in stretches[order].names if n.span.start > colon and not n.owner and n.is_organisation == business
        ]
        if len(names) == count and (count > 2 or stretches[order].segment == statement.stretch.segment):
            return tuple(names)
    return ()


def _told_of(statement: Statement, stretches: Sequence[Stretch]) -> tuple[Name, ...]:
    """'These companies', where the sentence before tells them: 'several companies, including A, B and C'."""
    for order in range(statement.order - 1, max(statement.order - NEXT_SENTENCES, -1), -1):
        before = stretches[order]
        if before.segment != statement.stretch.segment:
            return ()
        for number, name in enumerate(before.names):
            start = (name.title or name.span).start - before.span.start
            if _TELLING.search(before.span.words[:start]):
                return run(before.span, before.names[number:])
    return ()


def meant_by(statement: Statement, stretches: Sequence[Stretch]) -> Name | None:
    """Whom a pronoun means: the name that the sentence before begins with, in the same paragraph."""
    assert statement.pronoun is not None
    own = [n for n in statement.stretch.names if n.span.end <= statement.pronoun.start]
    if own and statement.pronoun.start - statement.stretch.span.start > 12:
        return own[0]
    for order in range(statement.order - 1, max(statement.order - 6, -1), -1):
        earlier = stretches[order]
        if earlier.segment != statement.stretch.segment:
            return None
        if heads(earlier) and not earlier.names[0].owner:
            return earlier.names[0]
        if not re.match(r"(?:He|She|It|They|His|Her|Its|Their|The)\b", earlier.span.words):
            first = next((n for n in earlier.names if not n.owner), None)
            return first if first is not None and first.span.start - earlier.span.start < 40 else None
    return None
