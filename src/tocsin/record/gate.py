"""The gate: nothing enters the record unless its words stand in the text, at the place that it names."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tocsin.record.claim import Argument, Proposal, Span, Step
from tocsin.record.kinds import Kind, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Text

BOUND_BY_PRONOUN = (Step.PRONOUN, Step.SHORT_NAME)
WITHOUT_SPAN = (Step.PUBLICATION, Step.ALIAS)
NO_CHARACTERS = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: no database and no file in UTF-8 holds them."""
LONGEST_QUOTE = 20_000
"""Characters; a longer stretch is no sentence, clause or row."""
LONGEST_VALUE = 500
"""Characters of a normal form."""

_MARKS = "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PIECE = re.compile(rf"(\s+)|([{_MARKS}])|([{_DASHES}])")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that the gate turned away, and why.

    Attributes:
        proposal: as it was proposed.
        reason: in words that a reviewer can act on.
        field: the part at fault, as `quote` or `argument person`.
    """

    proposal: Proposal
    reason: str
    field: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where words stand in a text.

    Attributes:
        span: the text's own characters, never the words that were looked for.
        exact: False where white space, quotation marks or dashes had to be folded.
        places: how often the words stand in the stretch that was looked through; with more than one, the span is the
            first and the words alone do not say which is meant.
    """

    span: Span
    exact: bool
    places: int = 1

    @property
    def is_ambiguous(self) -> bool:
        """Whether the words stand in more than one place."""
        return self.places > 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The stretch of a text that is most like some words: for a reviewer to look at, never a quote.

    Attributes:
        span: the text's own characters.
        likeness: 0..100 (rapidfuzz, partial ratio).
    """

    span: Span
    likeness: float


def check(proposal: Proposal, text: Text) -> Refusal | None:
    """Whether a proposal may enter the record: None where it may, else the first fault.

    Example:
        >>> from tocsin.record.claim import EntityType
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> told = Text("0" * 64, "plain 1", "Ada led Acme.", (Segment(0, 13, SegmentKind.BODY),))
        >>> ada = Argument("actor", EntityType.PERSON, Span(0, 3, "Ada"))
        >>> what = Argument("what", EntityType.WORDS, Span(4, 12, "led Acme"))
        >>> check(Proposal("event", told.text_id, Span(0, 13, told.text), (ada, what), "rules 1"), told) is None
        True
        >>> check(Proposal("event", told.text_id, Span(0, 13, "Ada ran Acme."), (ada, what), "rules 1"), told).field
        'quote'
    """
    fault = next(_faults(proposal, text), None)
    return None if fault is None else Refusal(proposal, reason=fault[1], field=fault[0])


def align(words: str, text: Text | str, within: tuple[int, int] | None = None) -> Aligned | None:
    r"""Find words in a text: exactly, else with white space, quotation marks and dashes folded; never by likeness.

    Args:
        words: what somebody says is in the text.
        text: the text, or its characters.
        within: offsets `(start, end)` to look between; None is the whole text.

    Returns:
        The first place with the count of places, or None where the words do not stand there.

    Example:
        >>> align('the "Badr" group', "He led the \u201cBadr\u201d\ngroup.")
        Aligned(span=Span(start=7, end=23, words='the “Badr”\ngroup'), exact=False, places=1)
    """
    whole = text if isinstance(text, str) else text.text
    start, end = within or (0, len(whole))
    start, end = max(start, 0), min(end, len(whole))
    wanted = words.strip()
    if not wanted or end <= start:
        return None
    exact = _places(re.compile(re.escape(wanted)), whole, start, end)
    if exact:
        return Aligned(Span.of(whole, *exact[0]), exact=True, places=len(exact))
    folded = _places(re.compile("".join(_patterns(wanted))), whole, start, end)
    return Aligned(Span.of(whole, *folded[0]), exact=False, places=len(folded)) if folded else None


def nearest(words: str, text: Text | str) -> Suggestion | None:
    """The stretch most like the words, to show to a reviewer; it is never stored as a quote.

    Example:
        >>> nearest("Badr held the town of Diyala", "In 2015, Badr held Diyala town.").span.words
        'Badr held Diyala town.'
    """
    whole = text if isinstance(text, str) else text.text
    if not words.strip() or not whole:
        return None
    found = fuzz.partial_ratio_alignment(words, whole)
    if found is None or found.dest_end <= found.dest_start or found.score == 0:
        return None
    start, end = (found.dest_start, found.dest_end) if len(words) <= len(whole) else (0, len(whole))
    return Suggestion(_trimmed(whole, start, end), round(found.score, 1))


def _trimmed(whole: str, start: int, end: int) -> Span:
    """A stretch widened to whole words and without white space at its ends."""
    while start > 0 and whole[start - 1].isalnum() and whole[start].isalnum():
        start -= 1
    while end < len(whole) and whole[end].isalnum() and whole[end - 1].isalnum():
        end += 1
    words = whole[start:end]
    return Span.of(whole, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _patterns(words: str) -> Iterator[str]:
    """A pattern for the words: any white space for white space, any mark for a mark, any dash for a dash."""
    at = 0
    for piece in _PIECE.finditer(words):
        yield re.escape(words[at : piece.start()])
        yield r"\s+" if piece[1] else rf"[{re.escape(_MARKS if piece[2] else _DASHES)}]"
        at = piece.end()
    yield re.escape(words[at:])


def _places(pattern: re.Pattern[str], whole: str, start: int, end: int) -> list[tuple[int, int]]:
    """At most the first two places, which may overlap: two are enough to know that one is not meant alone."""
    found: list[tuple[int, int]] = []
    while len(found) < 2 and (match := pattern.search(whole, start, end)):
        found.append(match.span())
        start = match.start() + 1
    return found


def _faults(proposal: Proposal, text: Text) -> Iterator[tuple[str, str]]:
    """Each fault as field and reason, the gravest first."""
    if proposal.text_id != text.text_id:
        yield "text_id", f"it was read from the text {proposal.text_id[:12]}, not from this one ({text.text_id[:12]})"
        return
    kind = kinds().get(proposal.kind)
    if kind is None:
        yield "kind", f"no kind of claim is called '{proposal.kind[:60]}'"
        return
    yield from _of_quote(proposal.quote, text)
    yield from _of_roles(proposal, kind)
    for argument in proposal.arguments:
        for reason in _of_argument(argument, proposal.quote, text.text):
            yield f"argument {argument.role}", reason
    yield from _of_spans(proposal, text.text)
    yield from _of_state_and_dates(proposal, kind)


def _of_quote(quote: Span, text: Text) -> Iterator[tuple[str, str]]:
    reason = _not_verbatim(quote, text.text)
    if reason:
        yield "quote", reason
        return
    if quote.end - quote.start > LONGEST_QUOTE:
        yield "quote", f"the quote has {quote.end - quote.start:,} characters; no sentence or row has so many"
    segment = text.segment_at(quote.start)
    if segment is None or quote.end > segment.end:
        yield "quote", "the quote does not lie inside one segment of the text"


def _of_roles(proposal: Proposal, kind: Kind) -> Iterator[tuple[str, str]]:
    roles = {role.name: role for role in kind.roles}
    filled = [argument.role for argument in proposal.arguments]
    for role in kind.roles:
        if role.required and role.name not in filled:
            yield f"argument {role.name}", f"a claim of the kind {kind.name} is nothing without its {role.name}"
        if not role.many and filled.count(role.name) > 1:
            yield (
                f"argument {role.name}",
                f"the role {role.name} of {kind.name} is filled {filled.count(role.name)} times",
            )
    for argument in proposal.arguments:
        if argument.role not in roles:
            yield (
                f"argument {argument.role}",
                f"{kind.name} has no role '{argument.role[:60]}'; it has {', '.join(roles)}",
            )
        elif argument.type not in roles[argument.role].types:
            allowed = ", ".join(roles[argument.role].types)
            yield (
                f"argument {argument.role}",
                f"the role {argument.role} of {kind.name} takes {allowed}, not {argument.type}",
            )


def _of_argument(argument: Argument, quote: Span, whole: str) -> Iterator[str]:
    """What is wrong with one argument, in words."""
    spans = [span for span in (argument.span, argument.pronoun) if span is not None]
    reasons = [reason for span in spans if (reason := _not_verbatim(span, whole))]
    yield from reasons
    if NO_CHARACTERS.search(argument.value or ""):
        yield "its value has a NUL or half a character in it"
    if len(argument.value or "") > LONGEST_VALUE:
        yield f"its value has {len(argument.value or ''):,} characters; a name, date or id has at most {LONGEST_VALUE}"
    if reasons:
        return
    if argument.pronoun is not None and not _inside(argument.pronoun, quote):
        yield "the words that stand for it are not in the quote"
    if argument.step is None:
        if argument.span is None:
            yield "it has no words of the text, and no step says what binds it"
        elif not _inside(argument.span, quote):
            yield "its words are not in the quote, and no step says what binds them to it"
        return
    yield from _of_step(argument, argument.step, quote)


def _of_step(argument: Argument, step: Step, quote: Span) -> Iterator[str]:
    """What a recorded step asks for and does not find."""
    if argument.span is None and step not in WITHOUT_SPAN:
        yield f"the step '{step}' needs the words in the text that it leads to"
    if step in BOUND_BY_PRONOUN and argument.pronoun is None:
        yield f"the step '{step}' needs the words in the quote that stand for it"
    if step is Step.HEADING and argument.span is not None and argument.span.start >= quote.end:
        yield "a heading stands above the quote, and this stands below it"
    if step in WITHOUT_SPAN and not (argument.value or "").strip():
        yield f"the step '{step}' needs a value"
    in_quote = argument.span is not None and _inside(argument.span, quote)
    if step is Step.ALIAS and argument.pronoun is None and not in_quote:
        yield "no words in the quote are the other name that the step 'alias' speaks of"


def _of_spans(proposal: Proposal, whole: str) -> Iterator[tuple[str, str]]:
    """Attribution, dates and numbers: their words must stand in the text too."""
    for field, spans in (("attributed_to", proposal.attributed_to), ("date_spans", proposal.date_spans)):
        yield from ((field, reason) for span in spans if (reason := _not_verbatim(span, whole)))
    for number in proposal.numbers:
        reason = _not_verbatim(number.span, whole)
        if reason:
            yield "numbers", reason
        if not number.referent.strip():
            yield "numbers", f"the number '{number.span.words[:40]}' does not say what it counts"
        if NO_CHARACTERS.search(number.referent + number.role):
            yield "numbers", "what the number counts has a NUL or half a character in it"
        bounds = [bound for bound in (number.low, number.high) if bound is not None]
        if not all(math.isfinite(bound) for bound in bounds) or bounds != sorted(bounds):
            yield "numbers", f"{number.low} to {number.high} are no bounds of a number"


def _of_state_and_dates(proposal: Proposal, kind: Kind) -> Iterator[tuple[str, str]]:
    if kind.legal and proposal.state is None:
        yield "state", f"a claim of the kind {kind.name} says where the measure stands: proposed, in force, lifted ..."
    if not kind.legal and proposal.state is not None:
        yield "state", f"a claim of the kind {kind.name} has no legal state"
    dates = proposal.dates
    if dates.start is not None and dates.end is not None and dates.end.is_before(dates.start):
        yield "dates", f"it ends ({dates.end}) before it begins ({dates.start})"
    if dates.first_seen is not None and dates.last_seen is not None and dates.last_seen.is_before(dates.first_seen):
        yield "dates", f"it was last seen ({dates.last_seen}) before it was first seen ({dates.first_seen})"
    for field, words in (("stance", proposal.stance), ("extractor", proposal.extractor)):
        if NO_CHARACTERS.search(words or ""):
            yield field, "it has a NUL or half a character in it"


def _inside(span: Span, quote: Span) -> bool:
    return quote.start <= span.start and span.end <= quote.end


def _not_verbatim(span: Span, whole: str) -> str | None:
    """Why a span is not verbatim; None where it is."""
    if not span.words:
        return "it has no words"
    if not 0 <= span.start < span.end <= len(whole):
        return f"{span.start}-{span.end} lies outside the text, which has {len(whole):,} characters"
    if whole[span.start : span.end] != span.words:
        return f"the text has other words at {span.start}-{span.end} than '{span.words[:60]}'"
    return None
