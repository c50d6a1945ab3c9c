"""Whether what a row says holds in a span of days, as far as its dates say."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Dated


class Force(StrEnum):
    """Whether a row holds: surely, surely until further notice, surely not, or its dates leave it open."""

    YES = "in force"
    OPEN = "in force, no end named"
    UNKNOWN = "in force unknown"
    NO = "not in force"

    @property
    def sure(self) -> bool:
        """Whether the row surely holds."""
        return self in {Force.YES, Force.OPEN}


class Days(NamedTuple):
    """A span of days, both ends within."""

    first: date
    last: date


def in_force(row: Dated, days: Days, *, mission: Dated | None = None) -> Force:
    """Whether a row holds on some day of a span.

    A row without a start holds since nobody knows when: unknown. A row without an end has none yet, which is said, as
    an end that nobody entered looks the same; where its mission has an end, that bounds it.

    Args:
        row: a row with start and end.
        days: the span.
        mission: the mission the row is of.

    Example:
        >>> from datetime import date
        >>> from tocsin.case.rows import Mission
        >>> row = Mission(mission_id="m", name="M", start="2018", basis="judgement")
        >>> june, december = Days(date(2018, 6, 1), date(2018, 6, 30)), Days(date(2018, 12, 1), date(2018, 12, 31))
        >>> in_force(row, june).value, in_force(row, december).value
        ('in force unknown', 'in force, no end named')
    """
    own = _force(row.start, row.end, days)
    if mission is None or own is Force.NO:
        return own
    bound = _force(mission.start, mission.end, days)
    if bound is Force.NO:
        return Force.NO
    if row.end is None and own is Force.OPEN and mission.end is not None:
        return Force.YES if _not_over(mission.end, days) else Force.UNKNOWN
    return own


def _force(start: PartialDate | None, end: PartialDate | None, days: Days) -> Force:
    if start is not None and start.earliest is not None and start.earliest > days.last:
        return Force.NO
    if end is not None and end.latest is not None and end.latest < days.first:
        return Force.NO
    if start is None or start.latest is None or start.latest > days.last:
        return Force.UNKNOWN
    if end is None:
        return Force.OPEN
    return Force.YES if _not_over(end, days) else Force.UNKNOWN


def _not_over(end: PartialDate, days: Days) -> bool:
    return end.earliest is not None and end.earliest >= days.first


def together(one: Dated, other: Dated, days: Days) -> bool | None:
    """Whether two rows hold on one and the same day of a span; None where their dates leave it open."""
    begins = [r.start for r in (one, other)]
    ends = [r.end for r in (one, other) if r.end is not None]
    latest_starts = [days.first if s is None or s.latest is None else s.latest for s in begins]
    open_start = any(s is None or s.latest is None for s in begins)
    earliest_starts = [days.first, *(s.earliest for s in begins if s is not None and s.earliest is not None)]
    latest_ends = [days.last, *(e.latest for e in ends if e.latest is not None)]
    if max(earliest_starts) > min(latest_ends):
        return False
    if open_start or any(e.earliest is None for e in ends):
        return None
    earliest_ends = [days.last, *(e.earliest for e in ends if e.earliest is not None)]
    return True if max(days.first, *latest_starts) <= min(earliest_ends) else None
