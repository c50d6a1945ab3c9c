"""What a reviewer looks at next and why, and a quote in its place; nothing is decided here."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus
from tocsin.record.document import SegmentKind
from tocsin.record.store.values import OPEN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tocsin.record.claim import Span
    from tocsin.record.document import Segment, Text
    from tocsin.record.store.values import StoredClaim

AROUND = 400
"""Characters shown before and after a quote, at most."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"'\u2019\u201d)\]]*\s+(?=\S)")
_RANK = {
    ClaimStatus.CONFLICT: "held to be in conflict", ClaimStatus.ISSUE: "has an issue", ClaimStatus.WORK_NEEDED: "needs work",
    ClaimStatus.PROPOSED: "proposed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that waits for a person.

    Attributes:
        claim: the claim.
        why: why it comes where it comes, in words.
        contested: what excludes it, in words, one a contradiction; () where nothing is known to.
    """

    claim: StoredClaim
    why: str
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InPlace:
    """A quote where it stands: `before + quote + after` is a stretch of the text.

    Attributes:
        heading: the nearest heading above; empty where there is none.
        before: the sentence before, in the same segment.
        quote: the quote.
        after: the sentence after, in the same segment.
    """

    heading: str
    before: str
    quote: str
    after: str


def waiting(claims: Iterable[StoredClaim], *, contested: Mapping[str, tuple[str, ...]]) -> list[Waiting]:
    """Claims that are not settled, in the order of review: what contradicts first, then by kind, document and place.

    Args:
        claims: of any status; accepted and rejected ones are left out.
        contested: what excludes a claim, in words, by claim_id.
    """
    found = [_waiting(claim, contested.get(claim.claim_id, ())) for claim in claims if claim.status in OPEN_STATUSES]
    return sorted(found, key=_order)


def _waiting(claim: StoredClaim, contested: tuple[str, ...]) -> Waiting:
    why = (
        f"contradicts {len(contested)} other statement{'s' if len(contested) > 1 else ''}"
        if contested
        else _RANK[claim.status]
    )
    return Waiting(claim, why, contested)


def _order(one: Waiting) -> tuple[bool, int, str, str, int, str]:
    claim = one.claim
    return (
        not one.contested, list(_RANK).index(claim.status), claim.kind, claim.document, claim.quote.start, claim.claim_id,
    )  # fmt: skip


def in_place(text: Text, quote: Span, *, around: int = AROUND) -> InPlace:
    r"""A quote with the sentences beside it and the heading above it.

    Args:
        text: the text.
        quote: the quote, or any span of the text.
        around: characters shown before and after at most.

    Example:
        >>> from tocsin.record.claim import Span
        >>> from tocsin.record.document import Segment, Text
        >>> whole = "It rained. Badr holds Diyala. Nobody said why. It snowed."
        >>> text = Text("0" * 64, "plain 1", whole, (Segment(0, len(whole), SegmentKind.BODY),), "en")
        >>> place = in_place(text, Span.of(whole, 11, 29))
        >>> place.before, place.quote, place.after
        ('It rained. ', 'Badr holds Diyala.', ' Nobody said why.')
    """
    segment = text.segment_at(quote.start)
    first, last = (segment.start, segment.end) if segment else (0, len(text.text))
    first, last = max(first, quote.start - around), min(max(last, quote.end), quote.end + around)
    before, after = text.text[first : quote.start], text.text[quote.end : last]
    return InPlace(
        _heading(text, quote.start), _last_sentence(before), text.text[quote.start : quote.end], _first_sentence(after)
    )


def _last_sentence(words: str) -> str:
    """From the beginning of the last whole sentence; words that belong to the quote's own sentence stay with it."""
    ends = [match.end() for match in _SENTENCE.finditer(words)]
    if words.rstrip().endswith((".", "!", "?")) and words != words.rstrip():
        return words[ends[-2] :] if len(ends) > 1 and ends[-1] == len(words) else words[ends[-1] :] if ends else words
    return words[ends[-2] :] if len(ends) > 1 else words


def _first_sentence(words: str) -> str:
    """To the end of the next sentence."""
    ends = [match.start() for match in _SENTENCE.finditer(words)]
    beyond = [end for end in ends if words[:end].strip()]
    return words[: beyond[0]] if beyond else words


def _heading(text: Text, offset: int) -> str:
    above = text.segments[: bisect_right([segment.start for segment in text.segments], offset)]
    found: Segment | None = next((s for s in reversed(above) if s.kind is SegmentKind.HEADING), None)
    return text.text[found.start : found.end] if found is not None and found.end <= offset else ""
