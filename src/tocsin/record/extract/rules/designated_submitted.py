"""Those whose names are submitted to the United Nations, which is to list them: 'is submitting both names to the U.N.'."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Modality, Span, Step
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.designated_acts import Act, Voice
from tocsin.record.extract.rules.designated_fact import Fact
from tocsin.record.extract.rules.designated_said import Statement
from tocsin.record.extract.rules.instruments import instruments_in
from tocsin.record.extract.rules.reasons import reason_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.stretches import Stretch

_SUBMITTED = re.compile(
    r"\b(?P<verb>submitt(?:ing|ed))\s+(?P<what>[^,;]{2,80}?)\s+(?=to\s+the\s+(?:United\s+Nations|U\.?N\b|UN\b|1267\b))"
)
_GROUP = re.compile(
    r"(?:the\s+)?(?:names?\s+of\s+)?(?P<which>both|the|these|this|all|his|their)\s+"
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten)\s+)?(?P<noun>individuals?|names?|entit(?:y|ies)|persons?)",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"\bmeets? the standards? for inclusion\b")
_COUNT = {"both": 2, "this": 1, "his": 1}


def submitted(raw: Sequence[Fact], stretches: Sequence[Stretch], known: Known) -> Iterator[Fact]:
    """What is proposed for those whom a sentence names, or for today's parties where it speaks of 'the individuals'.

    Args:
        raw: the facts read so far.
        stretches: the sentences of the text.
        known: its names.
    """
    why = _why(stretches)
    told: set[str] = {f.key for f in raw if f.statement.state is LegalState.PROPOSED}
    for order, stretch in enumerate(stretches):
        found = _SUBMITTED.search(stretch.span.words)
        if stretch.heading or found is None:
            continue
        for fact in _parties(_statement(stretch, order, found), found, raw, known):
            if fact.key not in told:
                told.add(fact.key)
                yield replace(fact, reasons=((why, Step.CONTEXT),) if why else ())


def _why(stretches: Sequence[Stretch]) -> Span | None:
    """For what they meet 'the standard for inclusion' in the list."""
    for stretch in stretches:
        found = _STANDARD.search(stretch.span.words)
        if found:
            return reason_in(stretch.span, after=stretch.span.start + found.end())
    return None


def _statement(stretch: Stretch, order: int, found: re.Match[str]) -> Statement:
    at = stretch.span.start
    verb = Span(at + found.start("verb"), at + found.end("verb"), found["verb"])
    by = tuple(b for b in bodies_in(stretch.span) if b.span.start >= at + found.end())
    act = Act(verb, Voice.ACTIVE, LegalState.PROPOSED, verb.start, by, going_on=True, earlier=False, infinitive=False)
    laws = tuple(law for law in instruments_in(stretch.span) if law.span.start >= verb.end)
    return Statement(
        stretch, act, (), None, laws, None, None, LegalState.PROPOSED, Modality.PLANNED, order
    )  # fmt: skip


def _parties(statement: Statement, found: re.Match[str], raw: Sequence[Fact], known: Known) -> Iterator[Fact]:
    at = statement.stretch.span.start
    what = Span(at + found.start("what"), at + found.end("what"), found["what"])
    group = _GROUP.fullmatch(what.words)
    if group is None:
        for name in statement.stretch.names:
            if what.start <= name.span.start and name.span.end <= what.end:
                who = known.full(name.span)
                yield _fact(statement, Fact(statement, who, name.span, Step.SHORT_NAME if who != name.span else None,
                                            name, None, None, (), (), ()))  # fmt: skip
        return
    today = {
        f.key: f
        for f in raw
        if f.statement.state is LegalState.IN_FORCE and (f.statement.is_now or f.statement.is_open)
    }
    count = _COUNT.get(group["which"].casefold(), 1 if group["noun"].casefold() == "individual" else None)
    if count in {None, len(today)}:
        for fact in today.values():
            yield _fact(statement, Fact(statement, fact.who, what, Step.PRONOUN, fact.name, None, None, (), (), ()))


def _fact(statement: Statement, fact: Fact) -> Fact:
    assert statement.act is not None
    return Fact(
        statement, fact.who, fact.said, fact.step, fact.name, None, None,
        tuple((body, None) for body in statement.act.by), tuple((law, None) for law in statement.authorities), (),
    )  # fmt: skip
