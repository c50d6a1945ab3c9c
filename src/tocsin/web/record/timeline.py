"""The timeline: claims in the order of the dates that they cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.claim import ClaimStatus, Dates
from tocsin.record.kinds import kinds
from tocsin.record.spans import held
from tocsin.web.record.questions import as_query, asked, cursor
from tocsin.web.record.shelf import kind_words

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from tocsin.record.store import Record, StoredClaim
    from tocsin.record.store.asked import Asked
    from tocsin.record.store.outlines import Dates as Written
    from tocsin.web.record.shelf import Line, Shelf

MOST = 5_000
"""Claims put in order of time for one page, at most."""
MOMENTS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """A claim of a timeline with its dates in words."""

    line: Line
    when: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """Places in the record's order, by the first day that each claim cites.

    Attributes:
        seqs: those without a date come last.
        days: the first day of each; None where it cites none.
        whole: whether these are all that were asked for.
    """

    seqs: tuple[int, ...]
    days: tuple[date | None, ...]
    whole: bool


def ordered(record: Record, question: Asked, *, most: int) -> Ordered:
    """Claims of a question in order of time."""
    found, whole = record.dated(question, most=most)
    days: dict[Written, date | None] = {}
    for _, written in found:
        if written not in days:
            days[written] = first_day(written)
    rows = sorted((days[written] or date.max, days[written] is None, seq) for seq, written in found)
    return Ordered(
        tuple(seq for *_, seq in rows), tuple(None if unknown else day for day, unknown, _ in rows), whole
    )  # fmt: skip


def first_day(written: Written) -> date | None:
    """The first day that cited dates reach over, the last one where the first is open; None where none is cited."""
    dates = Dates(*(None if text is None else PartialDate.parse(text) for text in written))
    span = held(dates)
    return (span.cited_within.first or span.cited_within.last) if span.known else None


def timeline(shelf: Shelf, query: QueryParams) -> dict[str, object]:
    """What the page of the timeline shows.

    Raises:
        InputError: the address asks for what cannot be.
    """
    question, after = asked(query), cursor(query)
    found = ordered(shelf.record, question, most=MOST)
    begin = found.seqs.index(after) + 1 if after in found.seqs else 0
    seqs, days = found.seqs[begin : begin + MOMENTS_A_PAGE], found.days[begin : begin + MOMENTS_A_PAGE]
    claims = shelf.record.claims_at(seqs)
    shown = [(c, day) for c, day in zip(claims, days, strict=True) if shelf.persons.may_name(c)]
    years = groupby(shown, key=lambda one: one[1].year if one[1] else None)
    more = begin + MOMENTS_A_PAGE < len(found.seqs)
    return {
        "question": question, "begun": begin > 0, "whole": found.whole, "most": MOST, "count": len(found.seqs),
        "withheld": len(claims) - len(shown),
        "kinds": {name: kind_words(name) for name in kinds()}, "statuses": [status.value for status in ClaimStatus],
        "years": [(year, [moment(shelf, claim) for claim, _ in part]) for year, part in years],
        "of_entity": shelf.entity_name(question.entity),
        "first_url": shelf.url("timeline", **as_query(question)),
        "more_url": shelf.url("timeline", **as_query(question), after=seqs[-1]) if more else None,
        "search_url": shelf.url("", **as_query(question)),
    }  # fmt: skip


def moment(shelf: Shelf, claim: StoredClaim) -> Moment:
    """A claim with its dates in words."""
    return Moment(shelf.line(claim), when(claim))


def when(claim: StoredClaim) -> str:
    """When a claim says it held: `2014-06 to 2017`, `seen 2019`; empty where it cites no date."""
    dates = claim.dates
    bounds = [str(d) if d is not None else "unknown" for d in (dates.start, dates.end)]
    if dates.start is not None or dates.end is not None:
        return bounds[0] if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"
    seen = [str(d) for d in (dates.first_seen, dates.last_seen) if d is not None]
    return f"seen {' to '.join(dict.fromkeys(seen))}" if seen else ""
