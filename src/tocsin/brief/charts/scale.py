"""From numbers to pixels: linear, logarithmic from zero, and calendar months; with ticks a reader expects."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Iterable


class Scale(Protocol):
    """A place in px for every number, and the numbers worth a line."""

    def __call__(self, value: float) -> float:
        """The place of a value in px."""
        ...

    def ticks(self) -> tuple[float, ...]:
        """Numbers to mark, from low to high."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """Equal steps for equal differences.

    Example:
        >>> share = Linear(0, 1, start=100, end=0)
        >>> share(0.25), share.ticks()
        (75.0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    """

    lower: float
    upper: float
    start: float
    end: float
    most: int = 6

    def __call__(self, value: float) -> float:
        """The place of a value in px."""
        span = self.upper - self.lower
        return self.start + (self.end - self.start) * ((value - self.lower) / span if span else 0.0)

    def ticks(self) -> tuple[float, ...]:
        """Multiples of 1, 2, 2.5 or 5 times a power of ten, at most `most` of them."""
        span = self.upper - self.lower
        if not span > 0:
            return (self.lower,)
        step = _round_step(span, most=self.most)
        first, last = math.ceil(self.lower / step - 1e-9), math.floor(self.upper / step + 1e-9)
        return tuple(round(i * step, 12) + 0.0 for i in range(first, last + 1))


def _round_step(span: float, *, most: int) -> float:
    power = 10.0 ** math.floor(math.log10(span / max(most - 1, 1)))
    return next(power * m for m in (1, 2, 2.5, 5, 10, 20) if span / (power * m) <= most - 1 + 1e-9)


def around(values: Iterable[float], *, share: float = 0.06) -> tuple[float, float]:
    """The ends of a linear scale that holds all values with some air; a single value gets room on both sides.

    Example:
        >>> around([]), around([2.0])
        ((0.0, 1.0), (1.0, 3.0))
    """
    known = list(values)
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    air = share * (high - low) or abs(high) / 2 or 1.0
    return low - air, high + air


@dataclass(frozen=True, slots=True)
class Log1p:
    """log(1 + deaths): zero has its place, and 5 and 3,164 are both readable.

    Raises:
        OutOfRange: the highest value is negative or not finite.

    Example:
        >>> Log1p(3164, start=100, end=0).ticks()
        (0.0, 10.0, 100.0, 1000.0)
    """

    upper: float
    start: float
    end: float
    gap: float = 22.0

    def __post_init__(self) -> None:
        if not 0 <= self.upper < math.inf:
            raise OutOfRange(f"{self.upper} cannot be the top of a scale of deaths", hint="deaths are 0 or more")

    def __call__(self, value: float) -> float:
        """The place of a value in px; what is below zero stands at zero."""
        top = math.log1p(self.upper)
        return self.start + (self.end - self.start) * (math.log1p(max(value, 0.0)) / top if top else 0.0)

    def ticks(self) -> tuple[float, ...]:
        """0, 1, 10, 100, ... with 3, 30, 300 where there is room for `gap` px between any two."""
        decades = max(1, math.ceil(math.log10(self.upper + 1)))
        whole = [10.0**k for k in range(decades + 1)]
        thirds = [3 * w for w in whole]
        kept = [0.0]
        for tick in (*reversed(whole), *reversed(thirds)):
            if tick <= self.upper and all(abs(self(tick) - self(k)) >= self.gap for k in kept):
                kept.append(tick)
        return tuple(sorted(kept))


NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600)


def short_month(month: Month) -> str:
    """A month in the fewest letters.

    Example:
        >>> short_month(Month.of(2014, 6))
        'Jun 2014'
    """
    return f"{NAMES[month.month - 1]} {month.year}"


@dataclass(frozen=True, slots=True)
class MonthTick:
    """A marked month: where, and what is written below it in one or two lines."""

    month: Month
    x: float
    label: str
    year: str | None


@dataclass(frozen=True, slots=True)
class MonthAxis:
    """One slot of equal width for every month from first to last.

    Raises:
        OutOfRange: the last month lies before the first.

    Example:
        >>> axis = MonthAxis(Month.of(2014, 1), Month.of(2014, 12), start=0, end=120)
        >>> axis.slot, axis.left(Month.of(2014, 2)), axis.centre(Month.of(2014, 2))
        (10.0, 10.0, 15.0)
    """

    first: Month
    last: Month
    start: float
    end: float

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise OutOfRange(f"months cannot run from {self.first} to {self.last}", hint="give the earlier month first")

    @property
    def months(self) -> tuple[Month, ...]:
        """All months shown."""
        return tuple(Month(i) for i in range(self.first.id, self.last.id + 1))

    @property
    def slot(self) -> float:
        """Pixels a month takes."""
        return (self.end - self.start) / (self.last - self.first + 1)

    def left(self, month: Month) -> float:
        """Where a month begins, in px."""
        return self.start + self.slot * (month - self.first)

    def right(self, month: Month) -> float:
        """Where a month ends, in px."""
        return self.left(month + 1)

    def centre(self, month: Month) -> float:
        """The middle of a month, in px."""
        return self.left(month) + self.slot / 2

    def ticks(self, *, gap: float = 34.0) -> tuple[MonthTick, ...]:
        """Months to name, at least `gap` px apart: every month, second, quarter, half year, year or more years."""
        step = next((s for s in _STEPS if s * self.slot >= gap), _STEPS[-1])
        named = [m for m in self.months if (m.year * 12 + m.month - 1) % step == 0] or [self.first]
        if step >= 12:
            return tuple(MonthTick(m, self.centre(m), str(m.year), None) for m in named)
        return tuple(
            MonthTick(m, self.centre(m), NAMES[m.month - 1], str(m.year) if m.month <= step or i == 0 else None)
            for i, m in enumerate(named)
        )
