"""The authority of an act that another sentence gives: said once for all, or for the group of a paragraph."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Step
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_bound import NEXT_SENTENCES, THESE_NAMED
from tocsin.record.extract.rules.instruments import instruments_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.designated_fact import Fact
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.instruments import Instrument
    from tocsin.record.extract.rules.stretches import Stretch


_THE_REST = re.compile(
    r"\b[Tt]he\s+(?:other|remaining)\s+(?:\w+\s+)?(?:individuals|entities|persons|companies|men|organi[sz]ations|designees|targets)\b"
)
_STANDING = re.compile(r"\b(?:SDGTs?|[Ss]pecially [Dd]esignated [Gg]lobal [Tt]errorists?)\b")
_ITS_ORDER = "eo 13224"
_BLOCKS = re.compile(r"(?:Pursuant to|Under)\s[^,;]{4,60},\s+(?:any|all)\s+(?:assets|property)\b[^;]*\bblocked\b")


def once(found: Iterator[tuple[Instrument, Step | None]]) -> tuple[tuple[Instrument, Step | None], ...]:
    """Each authority once, in order."""
    kept: dict[str, tuple[Instrument, Step | None]] = {}
    for law, step in found:
        kept.setdefault(law.key, (law, step))
    return tuple(kept.values())


def law_of_heading(fact: Fact, stretches: Sequence[Stretch]) -> tuple[tuple[Instrument, Step | None], ...]:
    """The authority that the heading above says; that of the last heading with one where several have theirs."""
    headings = [s for s in stretches[: fact.statement.order] if s.heading]
    for heading in reversed(headings):
        laws = instruments_in(heading.span)
        if laws:
            return once((law, Step.HEADING) for law in laws)
    return ()


def law_for_all(
    fact: Fact, statements: Sequence[Statement], stretches: Sequence[Stretch]
) -> tuple[tuple[Instrument, Step | None], ...]:
    """The authority of the whole group: of the paragraph, else the one that all of today's acts are done under."""
    general = [s for s in statements if is_for_all(s)]
    before = [s for s in general if s.order <= fact.statement.order + (NEXT_SENTENCES if s.act is None else 0)]
    near = [s for s in before if s.stretch.segment == fact.statement.stretch.segment]
    told = [*general, *(s for s in statements if s.is_now or s.is_open)]
    said = {law.key for s in told for law in s.authorities}
    chosen = near[-1] if near else None
    if chosen is None:
        low = max((n for n in range(fact.statement.order) if stretches[n].heading), default=-1)
        here = [s for s in before if s.act is None and s.order > low >= 0]
        chosen = here[-1] if here else None
    if chosen is None:
        plain = [s for s in before if s.act is None]
        chosen = plain[-1] if len({frozenset(law.key for law in s.authorities) for s in plain}) == 1 else None
    if chosen is None:
        chosen = next((s for s in reversed(before) if _THE_REST.search(s.stretch.span.words)), None)
    if chosen is None:
        chosen = next(
            (s for s in (*reversed(before), *told) if said and said <= {law.key for law in s.authorities}), None
        )
    only = {frozenset(law.key for law in s.authorities) for s in told if s.act is not None and s.authorities}
    if chosen is None and len(only) == 1:
        chosen = next(s for s in told if s.act is not None and s.authorities)
    if chosen is None or _one_by_one(chosen) or _of_another_body(fact, chosen):
        return ()
    return once((law, Step.CONTEXT) for law in chosen.authorities)


def law_of_section(
    fact: Fact, facts: Sequence[Fact], stretches: Sequence[Stretch]
) -> tuple[tuple[Instrument, Step | None], ...]:
    """For a party of a group told before: the authority of the other acts under its heading, where they have but one."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is not None and quote.start <= act.verb.start < quote.end:
        return ()
    headings = [order for order, stretch in enumerate(stretches) if stretch.heading]
    low = max((order for order in headings if order <= fact.statement.order), default=None)
    if low is None:
        return ()
    high = min((order for order in headings if order > fact.statement.order), default=len(stretches))
    near = [f for f in facts if low < f.statement.order < high and f.date == fact.date and f.authorities]
    if len({frozenset(law.key for law, _ in f.authorities) for f in near}) != 1:
        return ()
    return once((law, Step.CONTEXT) for law, _ in near[0].authorities)


def law_of_standing(
    statements: Sequence[Statement], stretches: Sequence[Stretch]
) -> tuple[tuple[Instrument, Step | None], ...]:
    """Of parties who are made global terrorists today: the one order by which somebody is, where the text names it."""
    if not any(s.act and (s.is_now or s.is_open) and _STANDING.search(s.stretch.span.words) for s in statements):
        return ()
    told = (law for stretch in stretches for law in instruments_in(stretch.span) if law.key == _ITS_ORDER)
    return once((law, Step.CONTEXT) for law in told)


def law_that_blocks(fact: Fact, stretches: Sequence[Stretch]) -> tuple[tuple[Instrument, Step | None], ...]:
    """The law of 'Pursuant to A, any assets of ... are blocked', where today's acts name none."""
    if fact.statement.act is None or not fact.statement.is_now:
        return ()
    told = (s for s in stretches[fact.statement.order :] if _BLOCKS.match(s.span.words))
    return once((law, Step.CONTEXT) for s in told for law in instruments_in(s.span)[:1])


def _of_another_body(fact: Fact, statement: Statement) -> bool:
    mine, theirs = {b.key for b, _ in fact.by}, {b.key for b in statement.act.by} if statement.act else set()
    return bool(mine and theirs) and not mine & theirs and "us" not in mine | theirs


def is_for_all(statement: Statement) -> bool:
    """Whether a statement gives a law for a group that it does not name."""
    if not statement.authorities or statement.state is not LegalState.IN_FORCE:
        return False
    act = statement.act
    if act is None:
        return True
    they = statement.pronoun is not None and statement.pronoun.words.lower() == "they"
    if not (statement.is_group or they) or act.earlier or not (statement.is_now or statement.is_open):
        return False
    counted = THESE_NAMED.search(statement.stretch.span.words)
    return act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED} and not (counted and act.voice is Voice.PASSIVE)


def _one_by_one(statement: Statement) -> bool:
    """Whether several laws are told one by one, each for what it aims at, so that no party has them all."""
    laws = statement.authorities
    words, at = statement.stretch.span.words, statement.stretch.span.start
    return any(";" in words[a.span.end - at : b.span.start - at] for a, b in itertools.pairwise(laws))
