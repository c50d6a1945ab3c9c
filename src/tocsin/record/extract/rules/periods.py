"""'From October to December 2019': the month that shares its year with the one behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Dates, Span
from tocsin.record.extract.rules.dating import MONTHS

if TYPE_CHECKING:
    from tocsin.record.claim import Proposal

_M = "|".join(MONTHS)
_BEFORE = re.compile(
    rf"\b(?:from|between)\s+(?P<first>(?P<month>{_M})(?:\s+(?P<day>\d{{1,2}}))?)\s+(?:to|and|until|through|[-\u2013\u2014])\s+$",
    re.IGNORECASE,
)


def with_its_period(proposal: Proposal) -> Proposal:
    """The proposal with both ends of a period whose first month has no year of its own; else as it is.

    The first month lies in the year of the second, or in the year before where it comes later in the year.
    """
    dates = proposal.dates
    if dates.start is not None:
        return proposal
    for span in proposal.date_spans:
        found = _BEFORE.search(proposal.quote.words[: span.start - proposal.quote.start])
        last = dates.end or dates.last_seen
        if found is None or last is None or last.month is None:
            continue
        month = MONTHS.index(found["month"].lower()) + 1
        first = PartialDate(last.year - (month > last.month), month, int(found["day"]) if found["day"] else None)
        at = proposal.quote.start + found.start("first")
        words = Span(at, at + len(found["first"]), found["first"])
        return replace(proposal, dates=Dates(start=first, end=last), date_spans=(words, *proposal.date_spans))
    return proposal
