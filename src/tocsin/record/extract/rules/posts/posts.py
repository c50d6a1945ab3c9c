"""Posts: who holds, held or will hold which office of what, bound to whole names through the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, Dates, EntityType, Modality, Proposal, Span, Step
from tocsin.record.extract.rules.designated_names import Known, folded, known_in
from tocsin.record.extract.rules.posts.dates import when_held
from tocsin.record.extract.rules.posts.holders import posts_in
from tocsin.record.extract.rules.posts.lists import Listed, listed_posts
from tocsin.record.extract.rules.posts.marks import unmarked
from tocsin.record.extract.rules.posts.names import Names, with_short_names, without_poorer
from tocsin.record.extract.rules.posts.states import state_named
from tocsin.record.extract.rules.posts.titles import title_of
from tocsin.record.extract.rules.said import attribution_of, modality_of
from tocsin.record.extract.rules.stretches import Stretch, plain, stretches_of, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.posts.people import Held

EXTRACTOR = "rules 1"
_LOOKED_BACK = 3
"""Sentences in which the name that a pronoun stands for is looked for."""
_GRANTED = frozenset({"title", "apposition", "listed"})
"""Frames in which a sentence says something else of who holds a post."""
_OF_THE_LAW = re.compile(
    r"\bfor\s+(?:having\s+been|being)\s+an?\s+(?:(?:current|former|senior|leader|or)\s+)*official\s+of\b"
)
"""What a law says of all who serve a state or a body: 'designated for being an official of the Government of X'."""
_SAID_OF_ALL = 5  # times that a text says it from which it is a formula, which tells nobody's own post


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """The posts that a text says named persons hold, held or will hold; the neighbour in a list is no apposition."""
    text = unmarked(annotated.text)
    stretches, words = with_short_names(stretches_of(text)), plain(text.text)
    known = known_in(words, [(s.span, s.names) for s in stretches if not s.heading])
    names = Names(known, tuple(n for s in stretches for n in s.names if not n.is_organisation))
    shared = _Shared(annotated, known, document.published)
    made = []
    formulas = [m.span() for m in _OF_THE_LAW.finditer(words)]
    formulas = formulas if len(formulas) >= _SAID_OF_ALL else []
    for number, stretch in enumerate(stretches):
        for held in posts_in(stretch):
            if stretch.heading and not _fills(held, stretch):
                continue
            if any(low < held.office.post.end <= high for low, high in formulas):
                continue
            person = _meant(held, stretches, number, names)
            whole = names.whole(person.span) if person is not None and names.is_person(person) else None
            if whole is not None and (
                len(whole.words.split()) > 1 or (held.frame == "title" and not held.office.plural)
            ):
                made.append(_proposal(held, whole, stretch, shared))
    made += [_from_list(one, names.whole(one.person), shared) for one in listed_posts(text, words, stretches)]
    yield from without_poorer(made)


def _fills(held: Held, stretch: Stretch) -> bool:
    """Whether a line without a stop is just a title of some body and its holder's name, as an item of a list is."""
    words, base = stretch.span.words, stretch.span.start
    before, after = words[: held.office.start - base], words[held.person.span.end - base :]
    of_body = held.office.organisation is not None or before.strip() != ""
    alone = held.frame == "title" and of_body and not after.strip() and not words.isupper()
    return alone and re.fullmatch(r"(?:[A-Z]{2,}\s+|\d\w*\s+)*", before) is not None


def _meant(held: Held, stretches: Sequence[Stretch], number: int, names: Names) -> Name | None:
    """The holder's name: for a pronoun, the person of whom the sentences before speak."""
    if not held.pronoun:
        return held.person
    here = stretches[number]
    office = held.office
    before = [
        n
        for n in here.names
        if n.span.end <= held.person.span.start
        and names.is_person(n)
        and (n.span.end <= office.start or office.end <= n.span.start)
    ]
    if before:
        return before[0] if len({n.span.words for n in before}) == 1 else None
    for earlier in reversed(stretches[max(number - _LOOKED_BACK, 0) : number]):
        people = [n for n in earlier.names if names.is_person(n) and not n.owner]
        if people and earlier.heading:
            return None
        if people:
            return people[0]
    return None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all proposals of one text share."""

    annotated: Annotated
    known: Known
    published: PartialDate | None


def _proposal(held: Held, whole: Span, stretch: Stretch, shared: _Shared) -> Proposal:
    quote, text = stretch.span, shared.annotated.text
    modality = _put(held, quote, shared.annotated)
    dates, spans = when_held(held, stretch, shared.published)
    if modality is Modality.RECOMMENDED and not spans:
        dates = Dates()  # what somebody should say or do is seen to hold at no time
    return Proposal(
        kind="person-holds-post", text_id=text.text_id, quote=verbatim(quote, text),
        arguments=tuple(_verbatim(a, text) for a in _arguments(held, whole, quote, shared.known)),
        extractor=EXTRACTOR, modality=modality, dates=dates, date_spans=tuple(verbatim(s, text) for s in spans),
    )  # fmt: skip


def _from_list(listed: Listed, whole: Span, shared: _Shared) -> Proposal:
    """A post whose words, or whose holder's name, stand above the item or line that is the quote."""
    text, published, quote = shared.annotated.text, shared.published, listed.quote
    office = listed.office
    parts = [(Argument("person", EntityType.PERSON, listed.person), whole)]
    parts += [(Argument("post", EntityType.OFFICE, office.post, value=title_of(office)), office.post)]
    if office.organisation is not None:
        parts += [(Argument("organisation", EntityType.ORGANISATION, office.organisation), office.organisation)]
    arguments = tuple(_bound(argument, span, quote) for argument, span in parts)
    dates = Dates() if office.over or published is None else Dates(first_seen=published, last_seen=published)
    return Proposal(
        kind="person-holds-post", text_id=text.text_id, quote=verbatim(quote, text),
        arguments=tuple(_verbatim(a, text) for a in arguments), extractor=EXTRACTOR, dates=dates,
    )  # fmt: skip


def _bound(argument: Argument, span: Span, quote: Span) -> Argument:
    """An argument that stands in the quote, or above it as in a heading."""
    own = argument.span
    inside = own is not None and quote.start <= own.start and own.end <= quote.end
    if inside or own is None:
        return argument
    return replace(argument, span=span if span.start < quote.end else own, step=Step.HEADING)


def _put(held: Held, quote: Span, annotated: Annotated) -> Modality:
    """How a sentence puts a post: the title of somebody named is taken for granted, whatever they will do, deny or say."""
    modality = modality_of(quote, annotated, at=held.office.post)
    if held.frame not in _GRANTED:
        held_to_be = modality is Modality.PLANNED and re.search(r"\b(?:considered|would)\b", held.link) is not None
        return Modality.ASSERTED if held_to_be else modality
    if modality is Modality.REPORTED:
        low, high = min(held.person.span.start, held.office.start), max(held.person.span.end, held.office.end)
        own = any(s.start < high and low < s.end for s in attribution_of(quote, annotated))
        return Modality.ASSERTED if own else modality
    told = modality_of(quote, annotated, at=Span(quote.start, quote.start, ""))
    return told if told is Modality.RECOMMENDED else Modality.ASSERTED


def _arguments(held: Held, whole: Span, quote: Span, known: Known) -> Iterator[Argument]:
    inside = quote.start <= whole.start and whole.end <= quote.end
    if inside:
        yield Argument("person", EntityType.PERSON, whole)
    else:
        step = Step.PRONOUN if held.pronoun else Step.SHORT_NAME
        yield Argument("person", EntityType.PERSON, whole, step, pronoun=held.person.span)
    yield Argument("post", EntityType.OFFICE, held.office.post, value=title_of(held.office))
    if held.office.organisation is not None:
        yield _organisation(held.office.organisation, quote, known)


def _organisation(body: Span, quote: Span, known: Known) -> Argument:
    whole = known.full(body)
    state = state_named(body.words)
    if state is not None:
        return Argument("organisation", EntityType.STATE, body, value=state)
    if folded(body.words) not in {folded(span.words) for span in known.aliases(whole)}:
        return Argument("organisation", EntityType.ORGANISATION, body)
    if quote.start <= whole.start and whole.end <= quote.end:
        return Argument("organisation", EntityType.ORGANISATION, whole)
    return Argument("organisation", EntityType.ORGANISATION, whole, Step.SHORT_NAME, pronoun=body)


def _verbatim(argument: Argument, text: Text) -> Argument:
    span, pronoun = argument.span, argument.pronoun
    return replace(
        argument, span=verbatim(span, text) if span else None, pronoun=verbatim(pronoun, text) if pronoun else None
    )
