"""Drivers and deaths of every country and year, side by side, and what could be known when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.panel.drivers import LAG_YEARS, OLDEST_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Grid = NDArray[np.float64]  # (countries, years)

FIFTHS = 5
LEAST_COUNTRIES = 30
"""Countries of which a value must be known before the world is cut into fifths."""


@dataclass(frozen=True, eq=False)
class YearlyRecord:
    """Yearly figures by country.

    Attributes:
        countries: ids, length C, in order.
        years: consecutive, length Y.
        values: of every driver by key, shape (C, Y); NaN is unknown.
        deaths: in organised violence of all types, best estimates, shape (C, Y); NaN where the country was not counted.
        quiet_months: months since the last death at the end of each year, shape (C, Y); since before the record at most.
    """

    countries: tuple[str, ...]
    years: tuple[int, ...]
    values: Mapping[str, Grid]
    deaths: Grid
    quiet_months: Grid

    def column(self, year: int) -> int:
        """The place of a year."""
        return year - self.years[0]

    @cached_property
    def known(self) -> dict[str, Grid]:
        """By driver the newest value that could be known when each year ended, shape (C, Y): two years old in the next."""
        return {key: newest_known(grid) for key, grid in self.values.items()}

    @cached_property
    def fifths(self) -> dict[str, NDArray[np.int8]]:
        """By driver the fifth of the world's countries that what was known lay in, 0 lowest to 4; -1 unknown."""
        return {key: fifths_of(grid) for key, grid in self.known.items()}


def newest_known(values: Grid) -> Grid:
    """The newest value published by the end of each year: it enters in the second January after its own year."""
    found = np.full(values.shape, np.nan)
    for lag in range(OLDEST_YEARS - 1, LAG_YEARS - 2, -1):
        shifted = np.full(values.shape, np.nan)
        shifted[:, lag:] = values[:, : values.shape[1] - lag]
        found = np.where(np.isnan(shifted), found, shifted)
    return found


def fifths_of(values: Grid) -> NDArray[np.int8]:
    """The fifth each value lies in among the countries of its year, 0 lowest to 4; -1 where it is not known.

    Example:
        >>> fifths_of(np.arange(40.0)[:, None])[[0, 7, 8, 39], 0].tolist()
        [0, 0, 1, 4]
    """
    found = np.full(values.shape, -1, dtype=np.int8)
    for year in range(values.shape[1]):
        known = ~np.isnan(values[:, year])
        if known.sum() < LEAST_COUNTRIES:
            continue
        edges = np.quantile(values[known, year], np.arange(1, FIFTHS) / FIFTHS)
        found[known, year] = np.searchsorted(edges, values[known, year], side="right")
    return found


def yearly_record(
    drivers: pl.DataFrame, deaths: pl.DataFrame, months: pl.DataFrame, *, columns: Mapping[str, str], first: int, last: int
) -> YearlyRecord:  # fmt: skip
    """Lay tables of drivers and deaths side by side.

    Args:
        drivers: `country`, `year` and the columns of drivers.
        deaths: `country`, `year`, `deaths`; a row for every year in which the country was counted.
        months: `country`, `year`, `month` (1 to 12) of months with any death.
        columns: of each driver, by its key.
        first: first year.
        last: last year; later values are projections, and are left out.
    """
    countries = tuple(sorted({*drivers["country"].to_list(), *deaths["country"].to_list()}))
    years = tuple(range(first, last + 1))
    counted = _grid(deaths, "deaths", countries, years)
    return YearlyRecord(
        countries, years, {key: _grid(drivers, column, countries, years) for key, column in columns.items()},
        counted, months_since_death(counted, _last_month(months, countries, years)),
    )  # fmt: skip


def _grid(table: pl.DataFrame, column: str, countries: Sequence[str], years: Sequence[int]) -> Grid:
    place = {c: i for i, c in enumerate(countries)}
    found = np.full((len(countries), len(years)), np.nan)
    for country, year, value in table.select("country", "year", column).iter_rows():
        if value is not None and years[0] <= year <= years[-1]:
            found[place[country], year - years[0]] = value
    return found


def _last_month(months: pl.DataFrame, countries: Sequence[str], years: Sequence[int]) -> Grid:
    """The last month of each year with a death, 1 to 12; NaN where none is placed in a month."""
    last = months.group_by("country", "year").agg(pl.col("month").max())
    return _grid(last.filter(pl.col("country").is_in(list(countries))), "month", countries, years)


def months_since_death(deaths: Grid, last_month: Grid) -> Grid:
    """Months from the last death to the end of each year; a death that no month is known of counts as of December.

    A country that has seen none stands at the length of the record so far and a year more.

    Example:
        >>> months_since_death(np.array([[0.0, 5.0, 0.0]]), np.array([[np.nan, 3.0, np.nan]])).tolist()
        [[24.0, 9.0, 21.0]]
    """
    found = np.empty(deaths.shape)
    for year in range(deaths.shape[1]):
        before = found[:, year - 1] if year else np.full(len(deaths), 12.0)
        since = 12 - np.where(np.isnan(last_month[:, year]), 12.0, last_month[:, year])
        found[:, year] = np.where(np.nan_to_num(deaths[:, year]) > 0, since, before + 12)
    return found
