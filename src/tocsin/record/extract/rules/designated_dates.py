"""When an act was done: as its sentence says, today, the day of another act, or unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_laws import is_for_all
from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.extract.rules.bodies import Body
    from tocsin.record.extract.rules.dating import DateFound
    from tocsin.record.extract.rules.designated_fact import Fact
    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.stretches import Stretch

OPENING = 4  # sentences with which a text begins
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_ACTS = re.compile(r"\s*(?:\([^)]*\))?(?:,[^,;]{1,80},)?\s+(?:(?:today|also|jointly)\s+)*(?:is\b|took\b|[a-z]+ed\b)")
_PERFECT = re.compile(r"\b(?:has|have)\s+(?:also\s+)?been\s+$")
_ALONG = re.compile(
    r"\b(?:simultaneously|concurrently|at the same time|(?:on )?that (?:same )?day|on the same day|the same day|further)\b",
    re.IGNORECASE,
)


def of_today(statements: Sequence[Statement], stretches: Sequence[Stretch]) -> Statement | None:
    """The statement that first says that something is done today; its body is the one that the text opens with, if any."""
    acts = [s for s in statements if s.is_now and s.act is not None and s.state is not LegalState.PROPOSED]
    told = next((s for s in acts if s.act is not None and s.act.by), acts[0] if acts else None)
    if told is None or told.act is None:
        return told
    order, body = _opening_body(stretches) or (told.order, None)
    if body is not None and (order < told.order or not told.act.by):
        return replace(told, act=replace(told.act, by=(body,)))
    if told.act.by:
        return told
    opening = next((s for s in statements if s.is_open and s.act and s.act.by and s.order < told.order), None)
    return replace(told, act=replace(told.act, by=opening.act.by)) if opening and opening.act else told


def _opening_body(stretches: Sequence[Stretch]) -> tuple[int, Body] | None:
    """The body of which a sentence that a text begins with says that it acts today, with the number of the sentence."""
    for order, stretch in enumerate(stretches[:OPENING]):
        if stretch.heading or not _TODAY.search(stretch.span.words):
            continue
        for body in bodies_in(stretch.span):
            if _ACTS.match(stretch.span.words, body.span.end - stretch.span.start):
                return order, body
    return None


def with_date(  # noqa: PLR0911  # one return for each way in which a date is known
    fact: Fact,
    raw: Sequence[Fact],
    statements: Sequence[Statement],
    now: Statement | None,
    published: PartialDate | None,
) -> Fact:
    """The fact with the date that its sentence leaves open: of today, of the act told before it, or none."""
    statement = fact.statement
    if statement.state is LegalState.PROPOSED:
        return fact
    if statement.is_now:
        return replace(fact, date=fact.date or published)
    if fact.date is not None:
        return fact
    if _is_done_now(fact, raw, now):
        return replace(fact, date=published)
    if now is None:
        return (
            replace(fact, date=published)
            if statement.is_open and _opens_with(raw) and statement.act and statement.act.by
            else fact
        )
    along = _along(statement, statements)
    if along is not None:
        return replace(fact, date=along.date, date_span=along.span)
    same = [f for f in raw if f.key == fact.key and f.statement.state is statement.state and f is not fact]
    today = any(f.statement.is_now for f in same)
    span = now.when.span if now.when else None
    if statement.is_open or (today and statement.act is not None and not statement.act.earlier):
        others = [f for f in same if f.date is not None and not f.statement.is_now]
        foreign = (
            fact.by
            and now.act is not None
            and now.act.by
            and fact.by[0][0].key not in {now.act.by[0].key, "us", "us-treasury", "us-state"}
        )
        if today or (not others and not foreign):
            return replace(fact, date=published, date_span=span)
    return fact


def _is_done_now(fact: Fact, raw: Sequence[Fact], now: Statement | None) -> bool:
    """Whether 'X has been designated under A' tells today's act: A is today's law, or today's group is named by nothing else."""
    act = fact.statement.act
    if act is None or now is None or act.voice is not Voice.PASSIVE or not fact.authorities or fact.by:
        return False
    words = fact.statement.stretch.span.words[: act.verb.start - fact.statement.stretch.span.start]
    if not _PERFECT.search(words):
        return False
    today = [f for f in raw if f.statement.is_now and (f.authorities or not _is_of_list(f))]
    laws = {law.key for law, _ in fact.authorities}
    return (not today and now.is_group) or any(laws == {law.key for law, _ in f.authorities} for f in today)


def _is_of_list(fact: Fact) -> bool:
    """Whether a fact is of a card or item of a list, the act of which another sentence tells."""
    act, quote = fact.statement.act, fact.statement.stretch.span
    return act is not None and not quote.start <= act.verb.start < quote.end


def _opens_with(raw: Sequence[Fact]) -> bool:
    """Whether a text begins with an act that it gives no other date: that of the day it is made public."""
    return any(f.statement.is_open and f.statement.order < OPENING for f in raw)


def laws_of_the_past(
    raw: Sequence[Fact], statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known
) -> frozenset[str]:
    """Parties of which a bare 'was designated under A' tells a past act: all of today's is done under other laws.

    That is so where a sentence says under what laws today's acts are done, A is none of them, and no sentence that
    speaks of today names the party.
    """
    today = {law.key for s in statements if is_for_all(s) and s.act is None for law in s.authorities}
    today |= {law.key for f in raw if f.statement.is_now for law, _ in f.authorities} if today else set()
    if not today:
        return frozenset()
    named = {
        folded(known.full(name.span).words)
        for stretch in stretches
        if "oday" in stretch.span.words
        for name in stretch.names
    }
    named |= {f.key for f in raw if f.statement.is_now}
    return frozenset(
        f.key for f in raw
        if is_bare(f) and f.key not in named and not {law.key for law, _ in f.authorities} & today
    )  # fmt: skip


def is_bare(fact: Fact) -> bool:
    """Whether it is a 'was designated under A' without a date."""
    act = fact.statement.act
    bare = fact.date is None and act is not None and act.voice is Voice.PASSIVE and not fact.statement.is_now
    return bare and bool(fact.authorities) and not _ALONG.search(fact.statement.stretch.span.words)


def _along(statement: Statement, statements: Sequence[Statement]) -> DateFound | None:
    """For 'OFAC simultaneously designated ...': the date of the statement of the same paragraph before it."""
    if not statement.is_open or not _ALONG.search(statement.stretch.span.words):
        return None
    before = [
        s for s in statements
        if s.order < statement.order and s.stretch.segment == statement.stretch.segment and s.when is not None
    ]  # fmt: skip
    return before[-1].when if before and not before[-1].is_now else None
