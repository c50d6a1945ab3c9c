"""Designations: who was put under a legal measure or taken out of it, by whom, under what law, when, and for what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, Dates, EntityType, LegalState, Proposal, Step
from tocsin.record.extract.rules.designated_facts import facts_of
from tocsin.record.extract.rules.designated_names import Known, known_in
from tocsin.record.extract.rules.designated_said import statements_in
from tocsin.record.extract.rules.said import attribution_of
from tocsin.record.extract.rules.stretches import plain, stretches_of, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.dates import PartialDate
    from tocsin.record.claim import Span
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.designated_fact import Fact

EXTRACTOR = "rules 1"


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """The designations that a text speaks of, one proposal for each party of each statement.

    A party's short name or pronoun is bound to its whole name, an authority or body that the text says once to each
    party it holds for, and 'today' to the date of publication, each by its recorded step.
    """
    stretches = stretches_of(annotated.text)
    statements = statements_in(stretches, annotated, document.published)
    if not any(statement.act for statement in statements):
        return
    known = known_in(plain(annotated.text.text), [(s.span, s.names) for s in stretches if not s.heading])
    for fact in facts_of(statements, stretches, known, document.published):
        yield _proposal(fact, annotated, known, document.published)


def _proposal(fact: Fact, annotated: Annotated, known: Known, published: PartialDate | None) -> Proposal:
    statement = fact.statement
    return Proposal(
        kind="designated",
        text_id=annotated.text.text_id,
        quote=verbatim(statement.stretch.span, annotated.text),
        arguments=tuple(_verbatim(a, annotated.text) for a in _arguments(fact, annotated, known)),
        extractor=EXTRACTOR,
        modality=statement.modality,
        attributed_to=attribution_of(
            statement.stretch.span, annotated, at=statement.act.verb if statement.act else None
        ),
        dates=_dates(fact, published),
        date_spans=(verbatim(fact.date_span, annotated.text),) if fact.date_span else (),
        state=statement.state,
    )


def _dates(fact: Fact, published: PartialDate | None) -> Dates:
    if fact.statement.state is LegalState.PROPOSED:
        return Dates(first_seen=published, last_seen=published)
    if fact.statement.state is LegalState.LIFTED:
        return Dates(end=fact.date)
    return Dates(start=fact.date)


def _arguments(fact: Fact, annotated: Annotated, known: Known) -> Iterator[Argument]:
    quote = fact.statement.stretch.span
    kind = _type(fact, annotated)
    yield Argument("who", kind, fact.who, fact.step, pronoun=fact.said if fact.step else None)
    for body, step in fact.by:
        yield Argument("by", EntityType.ORGANISATION, body.span, _bound(body.span, quote, step), value=None)
    for law, step in fact.authorities:
        yield Argument("authority", EntityType.INSTRUMENT, law.span, _bound(law.span, quote, step), value=law.key)
    for reason, step in fact.reasons:
        yield Argument("for", EntityType.WORDS, reason, _bound(reason, quote, step))
    for other in known.aliases(fact.who):
        if other != fact.who:
            yield Argument("alias", kind, other, _bound(other, quote, Step.CONTEXT))


def _verbatim(argument: Argument, text: Text) -> Argument:
    span, pronoun = argument.span, argument.pronoun
    return replace(
        argument, span=verbatim(span, text) if span else None, pronoun=verbatim(pronoun, text) if pronoun else None
    )


def _bound(span: Span, quote: Span, step: Step | None) -> Step | None:
    """No step inside the quote; outside it the step given, or that another sentence says it."""
    if quote.start <= span.start and span.end <= quote.end:
        return None
    return step or Step.CONTEXT


def _type(fact: Fact, annotated: Annotated) -> EntityType:
    """What the party is: by the names found before, where they say so, else by its own words."""
    allowed = {EntityType.PERSON, EntityType.ORGANISATION, EntityType.VESSEL, EntityType.SITE}
    told = [m.type for m in annotated.mentions_in(fact.who, *allowed) if m.span == fact.who]
    if fact.name.is_organisation:
        return EntityType.ORGANISATION
    return told[0] if told else fact.name.type
