"""Slow drivers as a forecaster could have had them: yearly figures, at least two years old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from tocsin.vocabulary import Month

LAG_YEARS = 2
"""Final series are revised after the fact: the value of 2012 is first used in January 2014."""

OLDEST_YEARS = 11
"""A figure older than this says nothing."""

DRIVERS = {
    "income a head": "gm_gdppercapita_us_inflation_adjusted",
    "deaths of children under five per 1000 born": "gm_under_five_mortality_from_cme_per_1000_born",
    "population growth, percent a year": "gm_population_growth_annual_percent",
    "urban population, percent": "gm_urban_population_percent_of_total",
    "median age, years": "gm_median_age_years",
    "political stability (WGI)": "wgi_pv",
    "government effectiveness (WGI)": "wgi_ge",
    "voice and accountability (WGI)": "wgi_va",
    "schooling of men, years": "gm_mean_years_in_school_men_25_years_and_older",
    "men in the population": "gm_male_population_with_projections",
    "military expenditure, percent of GDP": "gm_military_expenditure_percent_of_gdp",
    "oil production a head": "gm_oil_production_per_person",
}
"""Columns of the table of drivers that enter forecasts, by the names a reader knows them by."""


def slow_drivers(
    table: pl.DataFrame, *, countries: Sequence[str | None], first: Month, months: int
) -> dict[str, NDArray[np.float64]]:
    """The newest figure that was at least two years old in each month, by driver; NaN where there is none.

    Args:
        table: `iso3`, `year` and the columns of `DRIVERS`.
        countries: ISO3 of each area, None where it has none, length A.
        first: the first month.
        months: how many months, M.

    Returns:
        For each driver an array of shape (A, M).
    """
    years = np.array([(first + i).year for i in range(months)])
    grids = {name: np.full((len(countries), months), np.nan) for name in DRIVERS}
    known = {(row["iso3"], row["year"]): row for row in table.iter_rows(named=True)}
    for a, country in enumerate(countries):
        for year in np.unique(years):
            for name, value in _newest(known, country, int(year)).items():
                grids[name][a, years == year] = value
    return grids


def _newest(
    known: Mapping[tuple[str, int], Mapping[str, float | None]], country: str | None, year: int
) -> dict[str, float]:
    found: dict[str, float] = {}
    for lag in range(OLDEST_YEARS, LAG_YEARS - 1, -1):
        row = known.get((country or "", year - lag), {})
        found |= {name: value for name, column in DRIVERS.items() if (value := row.get(column)) is not None}
    return found
