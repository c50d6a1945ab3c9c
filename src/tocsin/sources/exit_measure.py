"""Deaths in the years before and after a year, for every country and year: the measure exits are read by."""

from __future__ import annotations

import polars as pl

MEASURES = {"state-based": ("sb",), "all organized": ("sb", "ns", "os")}
"""What is counted, and the types of violence it sums (best estimates)."""

YEARS_AFTER = 3

OFFSET = 10
"""Deaths a year added before and after a ratio is taken, so that a rise from 0 to 5 is no explosion."""


def before_and_after(country_year: pl.DataFrame) -> pl.DataFrame:
    """Mean deaths of a year and the one before, beside those of the three years that follow.

    Years that the table does not hold are unknown: they are left out of the means and counted in `n_post`.

    Args:
        country_year: `gwcode`, `year`, `deaths_sb_best`, `deaths_ns_best`, `deaths_os_best`; one row a country-year.

    Returns:
        One row a country, year and measure: gwcode, year, measure, pre2, post1, post_mean3, post_max3 (deaths a
        year), n_post (years known after) and log_ratio3 = ln((post_mean3 + 10) / (pre2 + 10)).

    Example:
        >>> table = pl.DataFrame({"gwcode": [1] * 4, "year": [2010, 2011, 2012, 2013], "deaths_sb_best": [0, 4, 8, 8],
        ...                       "deaths_ns_best": [0] * 4, "deaths_os_best": [0] * 4})
        >>> before_and_after(table).filter(year=2011, measure="state-based").row(0)[3:8]
        (2.0, 8.0, 8.0, 8.0, 2)
    """
    return pl.concat([_by_measure(country_year, measure) for measure in MEASURES]).sort(
        "gwcode", "year", "measure", descending=[False, False, True]
    )


def _by_measure(country_year: pl.DataFrame, measure: str) -> pl.DataFrame:
    deaths = pl.sum_horizontal([pl.col(f"deaths_{kind}_best").cast(pl.Float64) for kind in MEASURES[measure]])
    counted = country_year.select("gwcode", "year", deaths=deaths)
    wide = counted.rename({"deaths": "now"})
    for name, years in {"before": 1, **{f"after{k}": -k for k in range(1, YEARS_AFTER + 1)}}.items():
        moved = counted.select("gwcode", pl.col("year") + years, pl.col("deaths").alias(name))
        wide = wide.join(moved, on=["gwcode", "year"], how="left")
    after = [pl.col(f"after{k}") for k in range(1, YEARS_AFTER + 1)]
    return wide.select(
        "gwcode",
        "year",
        pl.lit(measure).alias("measure"),
        ((pl.col("now") + pl.col("before")) / 2).alias("pre2"),
        pl.col("after1").alias("post1"),
        pl.mean_horizontal(after).alias("post_mean3"),
        pl.max_horizontal(after).alias("post_max3"),
        pl.sum_horizontal([year.is_not_null() for year in after]).cast(pl.Int64).alias("n_post"),
    ).with_columns(((pl.col("post_mean3") + OFFSET) / (pl.col("pre2") + OFFSET)).log().alias("log_ratio3"))
