"""The gate: no proposal enters the record unless its quote is verbatim and every argument is bound to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.align import align, nearest
from tocsin.record.claim import Argument, Number, Proposal, Span, Step
from tocsin.record.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Text
    from tocsin.record.kinds import Kind

__all__ = ["Refusal", "align", "check", "is_verbatim", "nearest"]

_BY_WORDS = frozenset({Step.PRONOUN, Step.SHORT_NAME})
_WITHOUT_SPAN = frozenset({Step.PUBLICATION, Step.ALIAS})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that was turned away, and why.

    Attributes:
        proposal: as it was made; its words may stand nowhere in the text.
        reason: in words a reviewer can act on.
        field: the part that is wrong, as `quote` or the role of an argument.
    """

    proposal: Proposal
    reason: str
    field: str


def check(proposal: Proposal, text: Text) -> Refusal | None:
    """The first reason why a proposal may not enter; None lets it in.

    Example:
        >>> from tocsin.record.claim import EntityType
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> told = Text("0" * 64, "plain 1", "Badr is part of the PMF.", (Segment(0, 24, SegmentKind.BODY),))
        >>> part, whole = Span.of(told.text, 0, 4), Span.of(told.text, 20, 23)
        >>> body = EntityType.ORGANISATION
        >>> quote = Span.of(told.text, 0, 24)
        >>> fair = Proposal("organisation-part-of", told.text_id, quote,
        ...                 (Argument("part", body, part), Argument("whole", body, whole)), "rules 1")
        >>> check(fair, told) is None
        True
        >>> invented = Proposal("organisation-part-of", told.text_id, Span(0, 9, "Badr rules"), fair.arguments, "llm 1")
        >>> check(invented, told).reason
        'the quote is not verbatim at its offsets'
    """
    found = next(_faults(proposal, text), None)
    return None if found is None else Refusal(proposal, found[1], found[0])


def is_verbatim(span: Span, text: str) -> bool:
    """Whether a span's words are the text's own, at its offsets."""
    return 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.words


def _faults(proposal: Proposal, text: Text) -> Iterator[tuple[str, str]]:
    """Every fault of a proposal: the part that is wrong, and why."""
    if proposal.text_id != text.text_id:
        yield "text", "it was read from another text"
        return
    if not is_verbatim(proposal.quote, text.text):
        yield "quote", "the quote is not verbatim at its offsets"
        return
    segment = text.segment_at(proposal.quote.start)
    if segment is None or proposal.quote.end > segment.end:
        yield "quote", "the quote crosses from one part of the text into another"
    kind = kinds().get(proposal.kind)
    if kind is None:
        yield "kind", f"there is no kind of claim '{proposal.kind}'"
        return
    yield from _roles(proposal, kind)
    for argument in proposal.arguments:
        yield from _binding(argument, proposal.quote, text.text)
    yield from _rest(proposal, kind, text.text)


def _roles(proposal: Proposal, kind: Kind) -> Iterator[tuple[str, str]]:
    known = {role.name: role for role in kind.roles}
    given = [argument.role for argument in proposal.arguments]
    for role in kind.roles:
        if role.required and role.name not in given:
            yield role.name, f"a claim of kind {kind.name} needs {role.name}: {role.sense}"
        if not role.many and given.count(role.name) > 1:
            yield role.name, f"{role.name} is given {given.count(role.name)} times"
    for argument in proposal.arguments:
        declared = known.get(argument.role)
        if declared is None:
            yield argument.role, f"a claim of kind {kind.name} has no {argument.role}"
        elif argument.type not in declared.types:
            yield argument.role, f"{argument.role} cannot be a {argument.type.value}"


def _binding(argument: Argument, quote: Span, text: str) -> Iterator[tuple[str, str]]:
    """How an argument is bound to the quote: by standing in it, or by a step that is recorded."""
    role, span, step = argument.role, argument.span, argument.step
    if argument.pronoun is not None and not (is_verbatim(argument.pronoun, text) and _within(argument.pronoun, quote)):
        yield role, "the words said to stand for it are not in the quote"
    if span is None:
        if step not in _WITHOUT_SPAN or not argument.value:
            yield role, "it stands nowhere in the text, and no step binds it"
        elif step is Step.ALIAS and argument.pronoun is None:
            yield role, "an alias needs the words of the quote that it stands for"
        return
    if not is_verbatim(span, text):
        yield role, "its words are not verbatim at their offsets"
    elif not _within(span, quote):
        if step is None:
            yield role, "it stands outside the quote, and no step binds it"
        elif step in _BY_WORDS and argument.pronoun is None:
            yield role, f"the step '{step.value}' needs the words of the quote that stand for it"


def _rest(proposal: Proposal, kind: Kind, text: str) -> Iterator[tuple[str, str]]:
    """Attribution, dates, numbers and legal state."""
    if not all(is_verbatim(span, text) for span in proposal.attributed_to):
        yield "attributed_to", "whom it is attributed to is not verbatim at its offsets"
    if not all(is_verbatim(span, text) for span in proposal.date_spans):
        yield "dates", "a date is not verbatim at its offsets"
    start, end = proposal.dates.start, proposal.dates.end
    if start is not None and end is not None and end.is_before(start):
        yield "dates", f"it ends ({end}) before it begins ({start})"
    if kind.legal and proposal.state is None:
        yield "state", "a legal measure needs its state: proposed, introduced, in force, changed or lifted"
    if not kind.legal and proposal.state is not None:
        yield "state", f"a claim of kind {kind.name} has no legal state"
    for number in proposal.numbers:
        yield from _number(number, text)


def _number(number: Number, text: str) -> Iterator[tuple[str, str]]:
    if not is_verbatim(number.span, text):
        yield number.role, "a number is not verbatim at its offsets"
    if not number.referent.strip():
        yield number.role, "a number does not say what it counts"
    if number.low is not None and number.high is not None and number.low > number.high:
        yield number.role, f"the number runs from {number.low:g} down to {number.high:g}"


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
