"""Dates as sources give them: a year, a month or a day, exact or only a bound."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tocsin.errors import TableProblem

DATE_HINT = "write 2018, 2020-01 or 2011-12-31; 'by 2020-01-02' for that day or earlier, 'since 2019' for then or later"
_DATE = re.compile(r"(?:(by|since)\s+)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How precisely a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Bound(StrEnum):
    """Whether a date is the date itself, or the latest (`by`) or earliest (`since`) it can be."""

    EXACT = "exact"
    BY = "by"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day.

    Attributes:
        year: calendar year, 1 to 9999.
        month: 1 to 12, or None where only the year is known.
        day: day of the month, or None where only the month is known.
        bound: whether this is the date, or a bound on it.

    Example:
        >>> mosul = PartialDate.parse("2014-06")
        >>> mosul.precision.value, mosul.earliest, mosul.latest
        ('month', datetime.date(2014, 6, 1), datetime.date(2014, 6, 30))
        >>> purged = PartialDate.parse("by 2020-01-02")
        >>> print(purged.earliest, purged.latest)
        None 2020-01-02
    """

    year: int
    month: int | None = None
    day: int | None = None
    bound: Bound = Bound.EXACT

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2018`, `2020-01`, `2011-12-31`, `by 2020-01-02` or `since 2019-12`.

        Raises:
            TableProblem: the text is not such a date, or the calendar has no such day.
        """
        match = _DATE.fullmatch(text.strip())
        if match is None:
            raise TableProblem(f"'{text}' is not a date", hint=DATE_HINT)
        bound, year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError as error:
            raise TableProblem(f"the calendar has no date '{text}'", hint=DATE_HINT) from error
        return cls(int(year), int(month) if month else None, int(day) if day else None, Bound(bound or "exact"))

    @property
    def precision(self) -> Precision:
        """Year, month or day."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> date | None:
        """The first day this can mean; None where no first day is known."""
        return None if self.bound is Bound.BY else date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date | None:
        """The last day this can mean; None where no last day is known."""
        if self.bound is Bound.SINCE:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def is_before(self, other: PartialDate) -> bool:
        """Whether this surely comes before the other, however both are made precise."""
        latest, earliest = self.latest, other.earliest
        return latest is not None and earliest is not None and latest < earliest

    def __str__(self) -> str:
        text = f"{self.year:04d}" + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return text if self.bound is Bound.EXACT else f"{self.bound.value} {text}"
