"""When something held: derived from the dates a claim cites, each time it is asked, and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tocsin.case.dates import PartialDate
    from tocsin.record.claim import Dates


class Holding(StrEnum):
    """Whether something held at a time, best known first."""

    SURELY = "surely"
    """Cited on that day, or before and after it by one source."""
    PERHAPS = "perhaps"
    """Cited at another time, and nothing cited excludes this one."""
    UNKNOWN = "unknown"
    """No date is cited at all."""
    NO = "no"
    """Cited as begun later, or ended before."""


class Overlap(StrEnum):
    """Whether two things held at one time."""

    OVERLAP = "overlap"
    MAY_OVERLAP = "may overlap"
    """A date is unknown, or too imprecise to tell."""
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; None is open and unknown.

    Example:
        >>> from datetime import date
        >>> year = Period(date(2016, 1, 1), date(2016, 12, 31))
        >>> year.meets(Period(date(2016, 12, 31), None)), year.meets(Period(None, date(2015, 1, 1)))
        (True, False)
    """

    first: date | None
    last: date | None

    @classmethod
    def of(cls, when: PartialDate) -> Period:
        """All days that a partial date can mean."""
        return cls(when.earliest, when.latest)

    def meets(self, other: Period) -> bool:
        """Whether a day can lie in both, an open end reaching as far as need be."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)

    def __str__(self) -> str:
        return f"{self.first or 'unknown'} to {self.last or 'unknown'}"


@dataclass(frozen=True, slots=True)
class Held:
    """When something held, as far as dates are cited.

    Attributes:
        cited: periods in each of which it surely held at some time; () where no date is cited.
        began: the days on one of which it began; None is unknown.
        ended: the days on one of which it ended; None is unknown.

    Example:
        >>> from datetime import date
        >>> from tocsin.case.dates import PartialDate
        >>> from tocsin.record.claim import Dates
        >>> seen = held(Dates(first_seen=PartialDate(2018), last_seen=PartialDate(2019, 6, 3)))
        >>> str(seen.surely), seen.on(date(2018, 5, 1)).value, seen.on(date(2019, 1, 1)).value
        ('2018-12-31 to 2019-06-03', 'perhaps', 'surely')
        >>> seen.during(Period(date(2018, 1, 1), date(2018, 12, 31))).value
        'surely'
    """

    cited: tuple[Period, ...] = ()
    began: Period | None = None
    ended: Period | None = None

    @property
    def known(self) -> bool:
        """Whether any date is cited."""
        return bool(self.cited)

    @property
    def bounds(self) -> Period:
        """The days outside which it surely did not hold; None is unknown."""
        return Period(self.began.first if self.began else None, self.ended.last if self.ended else None)

    @property
    def surely(self) -> Period | None:
        """The days on all of which it held: from the first cited to the last; None where no day is sure."""
        begun = [period.last for period in self.cited if period.last is not None]
        ends = [period.first for period in self.cited if period.first is not None]
        if not begun or not ends or min(begun) > max(ends):
            return None
        return Period(min(begun), max(ends))

    @property
    def cited_within(self) -> Period:
        """From the first day a cited date can mean to the last one; open ends are unknown."""
        firsts, lasts = [p.first for p in self.cited], [p.last for p in self.cited]
        return Period(
            None if not firsts or None in firsts else min(d for d in firsts if d is not None),
            None if not lasts or None in lasts else max(d for d in lasts if d is not None),
        )

    def on(self, day: date) -> Holding:
        """Whether it held on a day."""
        return self.during(Period(day, day))

    def during(self, period: Period) -> Holding:
        """Whether it held at some time within a period."""
        if not self.known:
            return Holding.UNKNOWN
        sure = self.surely
        if (sure is not None and sure.meets(period)) or any(_within(cited, period) for cited in self.cited):
            return Holding.SURELY
        return Holding.PERHAPS if self.bounds.meets(period) else Holding.NO

    def beside(self, other: Held) -> Overlap:
        """Whether both held at one time.

        What is cited at different times only is taken as one after the other, and so is what ends on the day, or in the
        month or year, in which the other begins.
        """
        if not self.known or not other.known:
            return Overlap.MAY_OVERLAP
        if _hands_over(self, other) or _hands_over(other, self):
            return Overlap.APART
        mine, theirs = self.surely, other.surely
        if mine is not None and theirs is not None and mine.meets(theirs):
            return Overlap.OVERLAP
        for sure, cited in ((mine, other.cited), (theirs, self.cited)):
            if sure is not None and any(_within(period, sure) for period in cited):
                return Overlap.OVERLAP
        return Overlap.MAY_OVERLAP if self.cited_within.meets(other.cited_within) else Overlap.APART


def held(dates: Dates) -> Held:
    """When one claim says it held.

    `start` and `end` bound it; `first_seen` and `last_seen` only say that it held then, and leave the ends unknown.
    """
    cited = (dates.start, dates.end, dates.first_seen, dates.last_seen)
    return Held(
        cited=tuple(dict.fromkeys(Period.of(when) for when in cited if when is not None)),
        began=Period.of(dates.start) if dates.start else None,
        ended=Period.of(dates.end) if dates.end else None,
    )


def holding_of(several: Iterable[Held], period: Period) -> Holding:
    """What several claims of one statement say together of a period.

    One that is sure suffices. Where one says that it had ended or not begun, another that only cites it at some other
    time cannot make it `perhaps`, unless it cites it beyond that end.
    """
    spans = list(several)
    found = [span.during(period) for span in spans]
    if Holding.SURELY in found:
        return Holding.SURELY
    excluding = [span for span, how in zip(spans, found, strict=True) if how is Holding.NO]
    open_ = [span for span, how in zip(spans, found, strict=True) if how is Holding.PERHAPS]
    if any(not excluding or all(_reaches_beyond(span, other) for other in excluding) for span in open_):
        return Holding.PERHAPS
    return Holding.NO if excluding else Holding.UNKNOWN


def _reaches_beyond(span: Held, other: Held) -> bool:
    """Whether a cited date of the one lies outside the bounds of the other, so that it speaks of another time."""
    return any(not cited.meets(other.bounds) for cited in span.cited)


def _hands_over(first: Held, then: Held) -> bool:
    """Whether the one ends when the other begins, and began before that."""
    if first.ended is None or then.began is None or not first.ended.meets(then.began):
        return False
    return first.began is None or not _within(then.began, first.began) or first.began == first.ended


def _within(inner: Period, outer: Period) -> bool:
    if inner.first is None or inner.last is None:
        return False
    return _not_after(outer.first, inner.first) and _not_after(inner.last, outer.last)


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last
