"""A country as it stood when a mission began: deaths before, and yearly figures that were known by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.panel.drivers import LAG_YEARS, OLDEST_YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DEATHS_YEARS = 5

MEN, WOMEN = "gm_male_population_with_projections", "gm_female_population_with_projections"
YEARLY = {
    "income a head, US dollars (log)": ("gm_gdppercapita_us_inflation_adjusted", True),
    "deaths of children under five per 1000 born": ("gm_under_five_mortality_from_cme_per_1000_born", False),
    "population growth, percent a year": ("gm_population_growth_annual_percent", False),
    "urban population, percent": ("gm_urban_population_percent_of_total", False),
    "median age, years": ("gm_median_age_years", False),
    "political stability (WGI)": ("wgi_pv", False),
    "government effectiveness (WGI)": ("wgi_ge", False),
    "military expenditure, percent of GDP": ("gm_military_expenditure_percent_of_gdp", False),
}
"""Variables by the names a reader knows them by: their column, and whether the logarithm is taken."""

DEATHS = "deaths a year in the five years before (log)"
POPULATION = "population (log)"
VARIABLES = (DEATHS, POPULATION, *YEARLY)
"""What situations are compared by, all with equal weight."""

_COLUMNS = (MEN, WOMEN, *(column for column, _ in YEARLY.values()))


def situations(
    starts: Sequence[tuple[int, int]], *, country_year: pl.DataFrame, drivers: pl.DataFrame
) -> NDArray[np.float64]:
    """The situation in which each mission began.

    Deaths are the mean of the years known among the five before the start; yearly figures are the newest that were
    at least two years old, and at most eleven. What is not known is NaN.

    Args:
        starts: Gleditsch-Ward number and year of each start, length N.
        country_year: `gwcode`, `year`, `deaths_sb_best`, `deaths_ns_best`, `deaths_os_best`.
        drivers: `gwcode`, `year` and yearly figures.

    Returns:
        Array of shape (N, variables), in the order of `VARIABLES`.
    """
    rows = [_situation(gwcode, year, country_year, drivers) for gwcode, year in starts]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(VARIABLES))


def _situation(gwcode: int, year: int, country_year: pl.DataFrame, drivers: pl.DataFrame) -> list[float]:
    before = country_year.filter(
        (pl.col("gwcode") == gwcode) & pl.col("year").is_between(year - DEATHS_YEARS, year - 1)
    )
    deaths = before.select(pl.sum_horizontal(f"deaths_{kind}_best" for kind in ("sb", "ns", "os")).mean()).item()
    figures = drivers.filter(
        (pl.col("gwcode") == gwcode) & pl.col("year").is_between(year - OLDEST_YEARS, year - LAG_YEARS)
    ).sort("year")
    newest = {column: _last(figures[column]) for column in _COLUMNS}
    return [
        np.nan if deaths is None else float(np.log1p(deaths)),
        _log(newest[MEN] + newest[WOMEN]),
        *(_log(newest[column]) if logged else newest[column] for column, logged in YEARLY.values()),
    ]


def _last(values: pl.Series) -> float:
    known = values.drop_nulls().drop_nans()
    return float(known[-1]) if len(known) else float("nan")


def _log(value: float) -> float:
    return float(np.log(value)) if value > 0 else float("nan")
