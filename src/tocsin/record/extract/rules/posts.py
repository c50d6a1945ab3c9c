"""Posts: who holds, held or will hold which office of what, bound to whole names through the text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Modality, Proposal, Span, Step
from tocsin.record.extract.rules.designated_names import Known, folded, known_in
from tocsin.record.extract.rules.posts_dates import when_held
from tocsin.record.extract.rules.posts_holders import Held, posts_in
from tocsin.record.extract.rules.posts_names import Names, without_poorer
from tocsin.record.extract.rules.said import modality_of
from tocsin.record.extract.rules.stretches import Stretch, plain, stretches_of, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.parties import Name

EXTRACTOR = "rules 1"
_LOOKED_BACK = 3
"""Sentences in which the name that a pronoun stands for is looked for."""


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """The posts that a text says named persons hold, held or will hold; the neighbour in a list is no apposition."""
    stretches = stretches_of(annotated.text)
    known = known_in(plain(annotated.text.text), [(s.span, s.names) for s in stretches if not s.heading])
    names = Names(known, tuple(n for s in stretches for n in s.names if not n.is_organisation))
    made = []
    for number, stretch in enumerate(stretches):
        if stretch.heading:
            continue
        for held in posts_in(stretch):
            person = _meant(held, stretches, number)
            whole = names.whole(person.span) if person is not None else None
            if whole is not None and (held.frame == "title" or len(whole.words.split()) > 1):
                made.append(_proposal(held, whole, stretch, annotated, known, document.published))
    yield from without_poorer(made)


def _meant(held: Held, stretches: Sequence[Stretch], number: int) -> Name | None:
    """The holder's name: for a pronoun, the person of whom the sentences before speak."""
    if not held.pronoun:
        return held.person
    here = stretches[number]
    before = [n for n in here.names if n.span.end <= held.person.span.start and not n.is_organisation]
    if before:
        return before[0] if len({n.span.words for n in before}) == 1 else None
    for earlier in reversed(stretches[max(number - _LOOKED_BACK, 0) : number]):
        people = [n for n in earlier.names if not n.is_organisation and not n.owner]
        if people and earlier.heading:
            return None
        if people:
            return people[0]
    return None


def _proposal(
    held: Held, whole: Span, stretch: Stretch, annotated: Annotated, known: Known, published: PartialDate | None
) -> Proposal:
    quote = stretch.span
    modality = modality_of(quote, annotated, at=held.office.post)
    if modality is Modality.REPORTED and _is_speaker(quote, annotated):
        modality = Modality.ASSERTED  # the speaker's own title is not what the speaker says
    dates, spans = when_held(held, stretch, published)
    return Proposal(
        kind="person-holds-post", text_id=annotated.text.text_id, quote=verbatim(quote, annotated.text),
        arguments=tuple(_verbatim(a, annotated.text) for a in _arguments(held, whole, quote, known)),
        extractor=EXTRACTOR, modality=modality, dates=dates,
        date_spans=tuple(verbatim(s, annotated.text) for s in spans),
    )  # fmt: skip


def _is_speaker(quote: Span, annotated: Annotated) -> bool:
    return modality_of(quote, annotated, at=Span(quote.start, quote.start, "")) is Modality.REPORTED


def _arguments(held: Held, whole: Span, quote: Span, known: Known) -> Iterator[Argument]:
    inside = quote.start <= whole.start and whole.end <= quote.end
    if inside:
        yield Argument("person", EntityType.PERSON, whole)
    else:
        step = Step.PRONOUN if held.pronoun else Step.SHORT_NAME
        yield Argument("person", EntityType.PERSON, whole, step, pronoun=held.person.span)
    yield Argument("post", EntityType.OFFICE, held.office.post, value=title_of(held.office.post))
    if held.office.organisation is not None:
        yield _organisation(held.office.organisation, quote, known)


def _organisation(body: Span, quote: Span, known: Known) -> Argument:
    whole = known.full(body)
    if folded(whole.words) == folded(body.words):
        return Argument("organisation", EntityType.ORGANISATION, body)
    if quote.start <= whole.start and whole.end <= quote.end:
        return Argument("organisation", EntityType.ORGANISATION, whole)
    return Argument("organisation", EntityType.ORGANISATION, whole, Step.SHORT_NAME, pronoun=body)


def title_of(post: Span) -> str:
    r"""The title in one line.

    Example:
        >>> title_of(Span(0, 14, "Prime\n Minister"))
        'Prime Minister'
    """
    return re.sub(r"\s+", " ", post.words).strip()


def _verbatim(argument: Argument, text: Text) -> Argument:
    span, pronoun = argument.span, argument.pronoun
    return replace(
        argument, span=verbatim(span, text) if span else None, pronoun=verbatim(pronoun, text) if pronoun else None
    )
