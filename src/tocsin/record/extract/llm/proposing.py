"""From what a model said to proposals: its words are looked for in the text, and only the text's own are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Modality, Number, Proposal, Span
from tocsin.record.extract.rules.dating import dates_of
from tocsin.record.extract.rules.figures import figures_in
from tocsin.record.extract.rules.said import modality_of
from tocsin.record.gate import align
from tocsin.record.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Document
    from tocsin.record.extract.llm.answer import ArgumentSaid, ClaimSaid
    from tocsin.record.extract.mention import Annotated

EXTRACTOR = "llm 1"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a claim that was left out.

    Attributes:
        role: which part.
        words: the model's.
        why: in words.
    """

    role: str
    words: str
    why: str


def proposal_of(
    said: ClaimSaid, annotated: Annotated, document: Document, *, within: Span
) -> tuple[Proposal, tuple[Dropped, ...]]:
    """A proposal from a claim in the model's words.

    Args:
        said: the claim.
        annotated: the text it was asked about.
        document: the text's document.
        within: the stretch that the model was shown.

    Returns:
        The proposal, and what was left out of it. A quote that is not in the text keeps the model's words at offsets
        0-0, which the gate refuses: nothing of it can be stored as verbatim.
    """
    text = annotated.text
    found = align(said.quote, text, within=(within.start, within.end)) or align(said.quote, text)
    if found is None:
        return _unfound(said, text.text_id), (Dropped("quote", said.quote[:200], "it is not in the text"),)
    quote, lost = found.span, []
    arguments = []
    for part in said.arguments:
        span = align(part.words, text, within=(quote.start, quote.end))
        if span is None:
            lost.append(Dropped(part.role, part.words[:200], "its words are not in the quote"))
            continue
        arguments.append(Argument(part.role, _type(part, said.kind, span.span, annotated), span.span))
    kind = kinds().get(said.kind)
    dated = dates_of(quote, document.published)
    return Proposal(
        kind=said.kind, text_id=text.text_id, quote=quote, arguments=tuple(arguments), extractor=EXTRACTOR,
        modality=_modality(said, quote, annotated), attributed_to=tuple(_speakers(said, quote, annotated, lost)),
        dates=dated.dates, date_spans=dated.spans, numbers=_numbers(said, quote, lost),
        state=said.state if kind is not None and kind.legal else None,
        stance=said.stance if said.kind == "position-on-question" else None, exact=found.exact,
    ), tuple(lost)  # fmt: skip


def _unfound(said: ClaimSaid, text_id: str) -> Proposal:
    return Proposal(
        kind=said.kind, text_id=text_id, quote=Span(0, 0, said.quote), arguments=(), extractor=EXTRACTOR,
        modality=said.modality,
    )  # fmt: skip


def _type(part: ArgumentSaid, kind: str, span: Span, annotated: Annotated) -> EntityType:
    """What the words name: as found before, else as the model says, else as the role asks."""
    declared = kinds().get(kind)
    role = next((role for role in declared.roles if role.name == part.role), None) if declared else None
    if role is None:
        return EntityType.WORDS
    name = next((m for m in annotated.mentions_in(span, *role.types) if m.span == span), None)
    if name is not None:
        return name.type
    return next((what for what in role.types if what == part.type), role.types[0])


def _modality(said: ClaimSaid, quote: Span, annotated: Annotated) -> Modality:
    """A model that takes for a fact what the sentence does not put as one is not followed."""
    return modality_of(quote, annotated) if said.modality is Modality.ASSERTED else said.modality


def _speakers(said: ClaimSaid, quote: Span, annotated: Annotated, lost: list[Dropped]) -> Iterator[Span]:
    for words in said.attributed_to[:10]:
        found = align(words, annotated.text, within=(quote.start, quote.end)) or align(words, annotated.text)
        if found is None:
            lost.append(Dropped("attributed_to", words[:200], "it is not in the text"))
        else:
            yield found.span


def _numbers(said: ClaimSaid, quote: Span, lost: list[Dropped]) -> tuple[Number, ...]:
    """The number as the text's own words have it; what the model makes of it does not count."""
    if said.number is None or said.kind not in {"force-size", "incident"}:
        return ()
    role = "strength" if said.kind == "force-size" else "deaths"
    for figure in figures_in(quote):
        if figure.referent is not None and (figure.span.words in said.number or said.number in figure.span.words):
            return (Number(role, figure.low, figure.high, figure.referent.words, figure.span),)
    lost.append(Dropped("number", said.number, "no such number with what it counts is in the quote"))
    return ()
