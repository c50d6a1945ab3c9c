"""Calendar months, counted as VIEWS counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import overload

from tocsin.errors import OutOfRange, TableProblem

EPOCH_YEAR = 1980
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; `id` counts from 1 = January 1980 (the VIEWS convention).

    Example:
        >>> origin = Month.parse("2017-10")
        >>> origin.id, str(origin + 3), (origin + 3) - origin
        (454, '2018-01', 3)
    """

    id: int

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        """The month of a year (1989) and a month number (1 to 12)."""
        return cls((year - EPOCH_YEAR) * 12 + month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2013-12` (a day, if given, is dropped).

        Raises:
            TableProblem: the text is not a month.
        """
        match = _MONTH.fullmatch(text.strip())
        if match is None or not 1 <= int(match[2]) <= 12:
            raise TableProblem(f"'{text}' is not a month", hint="write year and month, as in 2013-12")
        return cls.of(int(match[1]), int(match[2]))

    @classmethod
    def of_date(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls.of(day.year, day.month)

    @property
    def year(self) -> int:
        """Calendar year."""
        return EPOCH_YEAR + (self.id - 1) // 12

    @property
    def month(self) -> int:
        """Month of the year, 1 to 12."""
        return (self.id - 1) % 12 + 1

    @property
    def first_day(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def words(self) -> str:
        """The month as a reader says it: `June 2014`."""
        return self.first_day.strftime("%B %Y")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __add__(self, months: int) -> Month:
        return Month(self.id + months)

    @overload
    def __sub__(self, other: Month) -> int: ...
    @overload
    def __sub__(self, other: int) -> Month: ...
    def __sub__(self, other: Month | int) -> Month | int:
        return self.id - other.id if isinstance(other, Month) else Month(self.id - other)


def last_day(month: Month) -> date:
    """A month's last day.

    Example:
        >>> last_day(Month.parse("2024-02"))
        datetime.date(2024, 2, 29)
    """
    return date.fromordinal((month + 1).first_day.toordinal() - 1)


def parse_horizons(text: str) -> tuple[int, ...]:
    """Read months ahead of the origin: `3-14`, `1,3,6` or `12`.

    Raises:
        OutOfRange: a horizon is below 1 or above 36, or the text is no list of horizons.

    Example:
        >>> parse_horizons("3-5"), parse_horizons("1,3,6")
        ((3, 4, 5), (1, 3, 6))
    """
    hint = "write months ahead of the origin, as in 3-14 or 1,3,6; 1 to 36 are possible"
    horizons: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?", part)
        if match is None:
            raise OutOfRange(f"'{text}' is no list of horizons", hint=hint)
        horizons.extend(range(int(match[1]), int(match[2] or match[1]) + 1))
    return checked_horizons(horizons, hint=hint)


def checked_horizons(horizons: list[int], *, hint: str) -> tuple[int, ...]:
    """Horizons sorted and without repeats, each 1 to 36.

    Raises:
        OutOfRange: there is none, or one lies outside 1 to 36.
    """
    wrong = [h for h in horizons if not 1 <= h <= MAX_HORIZON]
    if wrong or not horizons:
        what = f"horizon {wrong[0]} is not among 1 to {MAX_HORIZON}" if wrong else "no horizon is named"
        raise OutOfRange(what, hint=hint)
    return tuple(sorted(set(horizons)))


MAX_HORIZON = 36
