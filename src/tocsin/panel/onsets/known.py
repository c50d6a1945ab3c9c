"""Yearly figures as they were known month by month: nothing of a year before the month in which it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from tocsin.vocabulary import Month

    Grid = NDArray[np.float64]

PUBLISHED = 7
"""UCDP's figures of a year come in June of the next: seven months after December they are at hand."""

SLOW = 13
"""Slow drivers are revised after the fact: the value of 2012 is first used in January 2014."""

OLDEST_YEARS = 11
"""A driver older than this says nothing."""


@dataclass(frozen=True)
class Yearly:
    """One figure by state and year.

    Attributes:
        first_year: the year of the first column.
        values: shape (states, years); NaN is unknown.
        after: months after December of a year before its figure is at hand.
    """

    first_year: int
    values: Grid
    after: int

    def totals(self, years: int, *, first: Month, months: int) -> Grid:
        """Sum over the newest `years` years at hand in each month, shape (states, months); unknown counts as none.

        Example:
            >>> from tocsin.vocabulary import Month
            >>> deaths = Yearly(2000, np.array([[5.0, 7.0]]), PUBLISHED)
            >>> deaths.totals(1, first=Month.parse("2001-06"), months=2)
            array([[0., 5.]])
        """
        sums = np.pad(np.cumsum(np.nan_to_num(self.values), axis=1), ((0, 0), (1, 0)))
        end = np.clip(self._newest(first, months) - self.first_year + 1, 0, self.values.shape[1])
        return np.asarray(sums[:, end] - sums[:, np.maximum(end - years, 0)])

    def newest(self, *, first: Month, months: int) -> Grid:
        """The newest known figure at hand in each month, shape (states, months); NaN where there is none."""
        end = self._newest(first, months) - self.first_year
        out = np.full((self.values.shape[0], months), np.nan)
        for lag in range(OLDEST_YEARS):
            column = end - lag
            inside = (column >= 0) & (column < self.values.shape[1])
            figure = np.where(inside, self.values[:, np.clip(column, 0, self.values.shape[1] - 1)], np.nan)
            out = np.where(np.isnan(out), figure, out)
        return out

    def _newest(self, first: Month, months: int) -> NDArray[np.int64]:
        """The newest year at hand in each month."""
        return 1979 + (first.id + np.arange(months) - self.after) // 12


def yearly_of(
    table: pl.DataFrame, column: str, *, states: Sequence[str], after: int, key: str = "gwcode"
) -> Yearly:  # fmt: skip
    """A column of a table of states and years; states that are not asked for are left out.

    Args:
        table: columns `key`, `year` and `column`.
        column: the figure.
        states: Gleditsch-Ward numbers, length A.
        after: as of `Yearly`.
        key: the column of the states' numbers.
    """
    known = table.select(key, "year", column).drop_nulls()
    years = known["year"].to_list()
    first, last = (min(years), max(years)) if years else (1980, 1980)
    values = np.full((len(states), last - first + 1), np.nan)
    place = {state: i for i, state in enumerate(states)}
    for state, year, figure in known.iter_rows():
        if (row := place.get(str(state))) is not None:
            values[row, year - first] = figure
    return Yearly(first, values, after)
