"""What each sentence of a text says of designations: the act, its parties, and the parts it names."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Modality, Span
from tocsin.record.extract.rules.dating import DateFound, Use, dates_in
from tocsin.record.extract.rules.designated_acts import STANDING, Act, Voice
from tocsin.record.extract.rules.designated_parties import parties_of, pronoun_of
from tocsin.record.extract.rules.designated_stages import stage_of
from tocsin.record.extract.rules.designated_verbs import acts_in
from tocsin.record.extract.rules.instruments import Instrument, instruments_in
from tocsin.record.extract.rules.reasons import reason_in
from tocsin.record.extract.rules.said import modality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.dates import PartialDate
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_OF_LAW = re.compile(r"(?:\bof|\bdated|\bsigned(?: on)?|,|\(|issued(?: on)?)\s*$")
_FOR_ITS_OWN = re.compile(
    r"\s*(?:\([^)]*\))?\s*,?\s*for\s+(?:(?:also|materially|directly)\s+)?(?:[a-z]+ing|his|her|its|their)\b"
)
_MADE_UNDER = re.compile(
    r"\b(?:designations?|actions?|sanctions)\b(?:\s+\w+){0,3}\s+(?:is|are|was|were)\s+(?:being\s+)?(?:also\s+)?(?:made|taken|undertaken|issued|imposed)\s+"
    r"(?:pursuant to|under)",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"\b[Aa]nnex\b[^;]{0,60}$")
_AND_IT = re.compile(
    r"(?:[,;]?\s+(?:and|but)|;)\s+(?:(?:in|on)\s[^,;]{1,30},?\s+)?"
    r"(?:(?:also|later|then|subsequently|again|was|were|has|have|is|are|been|being|it|he|she|they|itself|himself|previously|further|first|today)\s+)*$"
)
_LAST = re.compile(r"\s(?:on|in)\s+$")
_EVENT = re.compile(
    r"\b(?:attack|bomb|plot|kill|murder|incident|election|war|uprising|invasion|assassinat|hijack|raid|explosion|crash|coup|protest|arrest|since|from)\w*\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\b(?:build(?:s|ing) (?:up)?on|in the wake of|on the heels of|in addition to)\b[^,;]{0,60}$")
_AND_AGAIN = re.compile(r"(?:\band|;)\s+(?:(?:also|again|later|subsequently|then|was|were)\s+)*$")
_TURN = re.compile(
    r"[,;]?\s+and\s+(?:(?:also|again|later|then|subsequently|additionally)\s+)*"
    r"(?=(?:pursuant to|under|as an?|in (?:\w+ )?\d{4}|on \w+ \d|E\.?O\.?\s?\d|by the)\b)"
)
_AND_THEN = re.compile(r"(?:,|;|\band)\s+(?:and\s+)?(?:the\s+)?(?:[A-Z][a-z]+\s+){0,3}$")
_AMENDING = re.compile(r"\bamended\s+(?:and \w+ )?by\s+(?:\w+\s+)?$")
_FOLLOWS = re.compile(r"\b(?:secondary sanctions|entails? (?:the )?risk|subject to the [A-Z]|which implements?)\b")
_COPULA = re.compile(r"\s(?:was|were|is|are)\s*$")
_GENERAL = re.compile(
    r"\b(?:designations?|actions?|sanctions|measures|individuals|entities|persons|designees|they|all|targets)\b",
    re.IGNORECASE,
)
_THESE = re.compile(r"\b(?:(?:first|second|third) set|these|today['\u2019]s|this|today|following)\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:pursuant to|under|authority of|authorit(?:y|ies) (?:in|provided))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says of one act.

    Attributes:
        stretch: the sentence.
        act: the act; None for a sentence that only says under what law 'these designations' are made.
        parties: those it names; () where it speaks of a group, or of a pronoun's.
        pronoun: the pronoun that stands for the party.
        authorities: under what law, as the sentence itself says.
        reason: for what.
        when: the date it gives.
        state: the legal state it brings about; a plan or a call is `proposed`.
        modality: how it is put.
        order: number of the sentence in the text.
    """

    stretch: Stretch
    act: Act | None
    parties: tuple[Name, ...]
    pronoun: Span | None
    authorities: tuple[Instrument, ...]
    reason: Span | None
    when: DateFound | None
    state: LegalState
    modality: Modality
    order: int

    @property
    def is_now(self) -> bool:
        """Whether it says that the act is done as the text is made public."""
        if self.when is not None:
            return self.when.relative and self.when.span.words.lower() in {"today", "earlier today"}
        return self.act is not None and self.act.going_on and self.act.voice is not Voice.ATTRIBUTE

    @property
    def is_open(self) -> bool:
        """Whether it leaves open when: no date, and not said to be done before."""
        return (
            self.when is None
            and self.act is not None
            and not self.act.earlier
            and self.act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED}
        )

    @property
    def is_group(self) -> bool:
        """Whether it names no party."""
        return not self.parties and self.pronoun is None


def statements_in(
    stretches: tuple[Stretch, ...], annotated: Annotated, published: PartialDate | None
) -> tuple[Statement, ...]:
    """All statements of a text, in order."""
    return tuple(
        statement
        for order, stretch in enumerate(stretches)
        if not stretch.heading
        for statement in _said(stretch, annotated, published, order)
    )


def _said(stretch: Stretch, annotated: Annotated, published: PartialDate | None, order: int) -> Iterator[Statement]:
    sentence = stretch.span
    acts = acts_in(sentence)
    laws = instruments_in(sentence) if acts or _UNDER.search(sentence.words) else ()
    if not acts:
        if laws and _GENERAL.search(sentence.words) and _THESE.search(sentence.words) and _UNDER.search(sentence.words):
            kept = tuple(law for law in laws if _is_governed(law, sentence) and not _is_another(law, sentence))
            yield Statement(stretch, None, (), None, kept, None, None, LegalState.IN_FORCE, Modality.ASSERTED, order)
        return
    if laws and _MADE_UNDER.search(sentence.words):
        told = tuple(law for law in laws if not _is_another(law, sentence))
        yield Statement(stretch, None, (), None, told, None, None, LegalState.IN_FORCE, Modality.ASSERTED, order)
    dates = dates_in(sentence, published)
    before: Statement | None = None
    for act in acts:
        near = [a for a in acts if a.voice is not Voice.ATTRIBUTE or act.voice is Voice.ATTRIBUTE]
        ends = [a.verb.end for a in near if a.verb.end <= act.verb.start]
        low = (_turn(act, sentence, ends[-1]) or ends[-1]) if ends else sentence.start
        behind = next((a for a in near if a.verb.start >= act.verb.end), None)
        high = (_turn(behind, sentence, act.verb.end) or behind.verb.start) if behind else sentence.end
        made = _statement(stretch, act, annotated, (low, high), laws, dates, order)
        if made is not None:
            made = _subject_shared(made, before)
            before = made
            for part in _by_parts(made, high):
                yield from _in_turn(part, laws, dates, high)
            yield from _each_for_its_own(made, high)


def _subject_shared(this: Statement, before: Statement | None) -> Statement:
    """'X was listed in 1995, and designated in 2012 under ...': what goes before 'and' has the same party."""
    act, sentence = this.act, this.stretch.span
    if before is None or before.act is None or act is None or act.voice is not Voice.REDUCED or not this.is_group:
        return this
    shared = _AND_AGAIN.search(sentence.words[: act.verb.start - sentence.start])
    if shared is None or before.act.voice not in {Voice.PASSIVE, Voice.RELATIVE}:
        return this
    own = tuple(law for law in this.authorities if law.span.start > act.verb.start)
    return replace(this, parties=before.parties, pronoun=before.pronoun, authorities=own)


def _in_turn(
    this: Statement, laws: tuple[Instrument, ...], dates: tuple[DateFound, ...], high: int
) -> Iterator[Statement]:
    """'was designated under A on one day, and under B on another': a statement for each, with its law and date."""
    act, sentence = this.act, this.stretch.span
    if act is None or act.voice is Voice.ATTRIBUTE:
        yield this
        return
    low = act.verb.end - sentence.start
    cuts = [m.start() for m in _TURN.finditer(sentence.words, low, high - sentence.start)]
    told = [low, *cuts, high - sentence.start]
    parts = [(sentence.start + a, sentence.start + b) for a, b in itertools.pairwise(told)]
    dated = [[d for d in dates if a <= d.span.start < b and not _of_a_law(d, sentence)] for a, b in parts]
    if len(parts) < 2 or not all(dated):
        yield this
        return
    for (low, end), days in zip(parts, dated, strict=True):
        reason = reason_in(sentence, after=low, before=end)
        own = tuple(law for law in laws if low <= law.span.start < end)
        yield replace(this, when=days[0], authorities=own, reason=reason or this.reason)


def _by_parts(this: Statement, high: int) -> Iterator[Statement]:
    """'the following: A, for ...; B, for ...; and C, for ...': a statement for each party, with the reason of its part."""
    sentence = this.stretch.span
    if this.act is None or this.reason is None or len(this.parties) < 2:
        yield this
        return
    ends = [high, *(sentence.start + m.start() for m in re.finditer(";", sentence.words))]
    parts = [min(end for end in ends if end >= name.span.end) for name in this.parties if name.span.end <= high]
    reasons = [
        reason_in(sentence, after=name.span.end, before=end) for name, end in zip(this.parties, parts, strict=False)
    ]
    if len(set(parts)) < len(this.parties) or not all(reasons):
        yield this
        return
    for name, reason in zip(this.parties, reasons, strict=True):
        yield replace(this, parties=(name,), reason=reason)


def _each_for_its_own(first: Statement, high: int) -> Iterator[Statement]:
    """'sanctioned A for ..., and B for ...': a statement for each party behind the first reason."""
    sentence, act = first.stretch.span, first.act
    if act is None or act.voice is not Voice.ACTIVE or not first.parties or first.reason is None:
        return
    for name in first.stretch.names:
        if not (first.reason.start < name.span.start and name.span.end <= high):
            continue
        begins = (name.title or name.span).start - sentence.start
        found = _FOR_ITS_OWN.match(sentence.words, name.span.end - sentence.start)
        if found and _AND_THEN.search(sentence.words[:begins]):
            reason = reason_in(sentence, after=name.span.end, before=high)
            yield replace(first, parties=(name,), reason=reason)


def _statement(  # noqa: PLR0917  # all that a sentence is read with
    stretch: Stretch,
    act: Act,
    annotated: Annotated,
    within: tuple[int, int],
    laws: tuple[Instrument, ...],
    dates: tuple[DateFound, ...],
    order: int,
) -> Statement | None:
    sentence, (low, high) = stretch.span, within
    modality = modality_of(sentence, annotated, at=act.verb)
    state = stage_of(act, sentence)
    if modality is Modality.DENIED or state is None:
        return None
    if state is LegalState.PROPOSED and modality is Modality.ASSERTED:
        modality = Modality.PLANNED
    elif state is act.state and modality in {Modality.PLANNED, Modality.RECOMMENDED}:
        modality = Modality.ASSERTED  # 'designated' in the past is done, whatever else its sentence plans
    parties = parties_of(act, sentence, stretch.names, low=low, high=high)
    if sentence.words.rstrip().endswith(":") and "following" in sentence.words.lower():
        parties = ()  # the list that follows names them
    if state is LegalState.CHANGED and not parties:
        parties = tuple(n for n in stretch.names if act.verb.end < n.span.start <= act.verb.end + len(" the "))[:1]
    if state in {LegalState.PROPOSED, LegalState.INTRODUCED} and not parties:
        return None
    before = high
    if act.voice is Voice.INVERTED:
        before = sentence.start + len(_COPULA.sub("", sentence.words[: act.anchor - sentence.start]))
    reason = None if act.voice is Voice.ATTRIBUTE else reason_in(sentence, after=act.verb.end, before=before)
    low = _floor(act, parties, sentence, low)
    pronoun = None if parties else pronoun_of(act, sentence)
    return Statement(
        stretch, act, parties, pronoun, _authorities(sentence, act, laws, (low, high), reason), reason,
        _when(sentence, act, dates, laws, (low, high), reason), state, modality, order,
    )  # fmt: skip


def _turn(act: Act, sentence: Span, after: int) -> int | None:
    """Where a sentence turns to an act that shares its subject with the one before: at 'and', 'but' or a semicolon."""
    found = _AND_IT.search(sentence.words[: act.verb.start - sentence.start])
    return sentence.start + found.start() if found and sentence.start + found.start() >= after else None


def _floor(act: Act, parties: tuple[Name, ...], sentence: Span, low: int) -> int:
    """Where the words of an act begin that is not the first of its sentence: at its party, or at its body."""
    if low == sentence.start:
        return low
    told = [act.by[0].span.start] if act.voice is Voice.ACTIVE and act.by else [n.span.start for n in parties]
    start = min((n for n in told if low <= n < act.verb.start), default=low)
    opening = re.search(
        r"[,;]\s+(?:and|but|while)\s+(?:in|on|since)\b[^,;]{0,40},\s*(?:the\s+)?$",
        sentence.words[: start - sentence.start],
    )
    return sentence.start + opening.start() if opening and sentence.start + opening.start() >= low else start


def _authorities(
    sentence: Span, act: Act, laws: tuple[Instrument, ...], within: tuple[int, int], reason: Span | None
) -> tuple[Instrument, ...]:
    if act.voice is Voice.ATTRIBUTE:
        return ()
    low = sentence.start if within[0] == sentence.start else within[0]
    return tuple(
        law for law in laws
        if low <= law.span.start and law.span.end <= within[1] and not _is_another(law, sentence)
        and not (reason is not None and reason.start <= law.span.start < reason.end)
    )  # fmt: skip


def _is_governed(law: Instrument, sentence: Span) -> bool:
    """Whether 'pursuant to' or 'under' stands before a law, which is none that something is only said of."""
    return _UNDER.search(sentence.words[: law.span.start - sentence.start]) is not None


def _is_another(law: Instrument, sentence: Span) -> bool:
    """Whether a law only amends the one before it, or is that of what follows from the act and not of the act."""
    before = sentence.words[: law.span.start - sentence.start]
    return _AMENDING.search(before) is not None or _FOLLOWS.search(before) is not None


def _when(  # noqa: PLR0917  # all that a sentence says of when
    sentence: Span,
    act: Act,
    dates: tuple[DateFound, ...],
    laws: tuple[Instrument, ...],
    within: tuple[int, int],
    reason: Span | None,
) -> DateFound | None:
    if act.voice is Voice.ATTRIBUTE or (act.voice is Voice.RELATIVE and act.verb.words.startswith(STANDING)):
        return None
    low, high = within
    dates = tuple(d for d in dates if not any(law.span.start <= d.span.start < law.span.end for law in laws))
    near = [
        d for d in dates
        if d.use in {Use.AT, Use.START, Use.SEEN_FROM} and (low <= d.span.start < high or (d.span.start - sentence.start < 4 and act.voice is Voice.ACTIVE))  # noqa: E501  # one pattern, read as a whole
        and not (reason is not None and reason.start <= d.span.start < reason.end)
        and not _OF_ANOTHER.search(sentence.words[act.verb.end - sentence.start : d.span.start - sentence.start])
        and (not _of_a_law(d, sentence) or _ANNEX.search(sentence.words[: d.span.start - sentence.start]))
    ]  # fmt: skip
    told = min(near, key=lambda d: _distance(d, act), default=None)
    return told or (None if act.going_on or reason is None else _behind(reason, sentence, dates))


def _behind(reason: Span, sentence: Span, dates: tuple[DateFound, ...]) -> DateFound | None:
    """The date that ends both the reason and its sentence, where the reason speaks of nothing that happened on a day."""
    last = dates[-1] if dates else None
    if (
        last is None
        or last.relative
        or last.span.end < reason.end
        or len(sentence.words[last.span.end - sentence.start :].strip(" .\n\t")) > 0
    ):
        return None
    if not _LAST.search(sentence.words[: last.span.start - sentence.start]) or _EVENT.search(reason.words):
        return None
    return last


def _distance(found: DateFound, act: Act) -> tuple[bool, int]:
    words = found.span.words.lower()
    gap = found.span.start - act.verb.end if found.span.start >= act.verb.end else act.verb.start - found.span.end
    return (words != "today" and found.date.month is None and gap > 120, gap)


def _of_a_law(found: DateFound, sentence: Span) -> bool:
    """Whether a date is that of an order or resolution named before it ('Executive Order 13573 of May 18, 2011')."""
    before = sentence.words[: found.span.start - sentence.start]
    law = instruments_in(Span(sentence.start, sentence.start + len(before), before))
    if not law:
        return False
    between = before[law[-1].span.end - sentence.start :]
    return (
        len(between) < 30
        and re.fullmatch(r"\s*(?:\([^)]*)?(?:of|dated|signed on|issued on|,?\s*which was signed on)\s+", between)
        is not None
    )
