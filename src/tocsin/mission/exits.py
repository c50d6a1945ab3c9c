"""What followed when missions left, beside all country-years: counts with their intervals, never a rate from few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    import polars as pl

WORSE = 1.5
"""Deaths a year after, over those before: above this it went worse, below its inverse better."""

BAND = (25.0, 1000.0)
"""Deaths a year before, from and below: where violence was there, but no war."""

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of so many, with the interval of the share it speaks for.

    Attributes:
        count: how many.
        n: out of how many.
        lower: lower end of the 90 % interval (Jeffreys), 0..1.
        upper: upper end, 0..1.
    """

    count: int
    n: int
    lower: float
    upper: float

    @property
    def share(self) -> float | None:
        """The share itself; None where there is nothing to take it of."""
        return self.count / self.n if self.n else None


def share_of(count: int, n: int, *, level: float = LEVEL) -> Share:
    """A share with its Jeffreys interval, Beta(count + 1/2, n - count + 1/2).

    At count 0 the lower end is 0 and at count n the upper end is 1, as usual for this interval.

    Source: Brown, Cai & DasGupta (2001) Interval estimation for a binomial proportion, doi:10.1214/ss/1009213286.

    Raises:
        OutOfRange: the count lies outside 0..n.

    Example:
        >>> few = share_of(4, 12)
        >>> round(few.lower, 2), round(few.upper, 2)
        (0.15, 0.57)
    """
    if not 0 <= count <= n:
        raise OutOfRange(f"{count} of {n} is no share", hint="a count lies between 0 and how many there are")
    from scipy.stats import beta  # noqa: PLC0415 - takes a second to load

    tail = (1 - level) / 2
    lower, upper = (float(beta.ppf(p, count + 0.5, n - count + 0.5)) for p in (tail, 1 - tail))
    return Share(count, n, 0.0 if count == 0 else lower, 1.0 if count == n else upper)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How deaths went on in a group: three years after over the two before.

    Attributes:
        worse: how many went worse (ratio above 1.5).
        better: how many went better (ratio below 1/1.5).
        median: median ratio; None where the group is empty.
        low: the ratio one tenth lies below.
        high: the ratio one tenth lies above.
    """

    worse: Share
    better: Share
    median: float | None
    low: float | None
    high: float | None

    @property
    def n(self) -> int:
        """How many the group holds."""
        return self.worse.n


def outcomes(table: pl.DataFrame, *, measure: str, band: tuple[float, float] | None = None) -> Outcomes:
    """Count what followed, in rows of one measure that have figures.

    Args:
        table: measure, pre2 (deaths a year) and log_ratio3; rows without figures are left out.
        measure: `state-based` or `all organized`.
        band: only rows with pre2 from the first and below the second, deaths a year.

    Example:
        >>> import polars as pl
        >>> rows = pl.DataFrame({"measure": ["a"] * 4, "pre2": [30.0, 30, 30, 5], "log_ratio3": [1.0, -1, None, 2]})
        >>> found = outcomes(rows, measure="a", band=BAND)
        >>> found.n, found.worse.count, found.better.count
        (2, 1, 1)
    """
    rows = table.filter(table["measure"] == measure).drop_nulls(["pre2", "log_ratio3"])
    if band is not None:
        rows = rows.filter((rows["pre2"] >= band[0]) & (rows["pre2"] < band[1]))
    ratio = np.exp(rows["log_ratio3"].to_numpy())
    low, median, high = (float(q) for q in np.quantile(ratio, [0.1, 0.5, 0.9])) if ratio.size else (None, None, None)
    n = int(ratio.size)
    return Outcomes(
        share_of(int((ratio > WORSE).sum()), n), share_of(int((ratio < 1 / WORSE).sum()), n), median, low, high
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """The exits beside all country-years, by the same measure and in the same band.

    Attributes:
        measure: what is counted.
        band: deaths a year before, from and below; None where all are taken.
        exits: the missions that left.
        everywhere: all country-years whose three years after are known, missions or none.
    """

    measure: str
    band: tuple[float, float] | None
    exits: Outcomes
    everywhere: Outcomes

    @property
    def words(self) -> str:
        """Whether the exits can be told from all country-years by these counts."""
        if not self.exits.n:
            return "no exit with figures falls here"
        pairs = ((self.exits.worse, self.everywhere.worse), (self.exits.better, self.everywhere.better))
        inside = all(few.lower <= (all_.share or 0.0) <= few.upper for few, all_ in pairs)
        if inside:
            return (
                "exits cannot be told from all country-years: the shares of all lie inside the intervals of the exits"
            )
        return (
            "a share of all country-years lies outside the interval of the exits; missions neither come nor leave at "
            "random, so this is no effect of leaving"
        )


def beside(exits: pl.DataFrame, everywhere: pl.DataFrame, *, measure: str, band: tuple[float, float] | None) -> Beside:
    """Set the exits beside all country-years.

    Args:
        exits: the class of exits.
        everywhere: the same measure for every country and year, with `n_post`; only rows with three years after.
        measure: `state-based` or `all organized`.
        band: deaths a year before, from and below.
    """
    whole = everywhere.filter(everywhere["n_post"] == 3)
    return Beside(
        measure, band, outcomes(exits, measure=measure, band=band), outcomes(whole, measure=measure, band=band)
    )
