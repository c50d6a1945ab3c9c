"""A monthly series carried on beyond its end by yearly totals of the same deaths, laid on months by another series."""

from __future__ import annotations

import polars as pl

from tocsin.vocabulary import Month


def spliced(before: pl.DataFrame, *, every: pl.DataFrame, yearly: pl.DataFrame, last: Month | None) -> pl.DataFrame:
    """The series, and after its last month the yearly totals laid on months.

    A year's total is laid on its months in proportion to what the other series counts in them, evenly where that
    counts nothing, in whole deaths whose sum is the year's. States go on that existed in the series' last month.

    Args:
        before: `gwcode`, `month_id`, `deaths`; ends with a December.
        every: the other series, the same columns.
        yearly: `gwcode`, `year`, `deaths`.
        last: the last month to come to, a December.
    """
    end = Month(int(str(before["month_id"].max())))
    if last is None or last <= end:
        return before
    states = before.filter(pl.col("month_id") == end.id).select(pl.col("gwcode").cast(pl.Int64))
    months = pl.DataFrame({"month_id": range(end.id + 1, last.id + 1)}).with_columns(
        year=pl.lit(1980) + (pl.col("month_id") - 1) // 12, month_id=pl.col("month_id").cast(pl.Int64)
    )
    share = every.select(pl.all().cast(pl.Int64)).rename({"deaths": "weight"})
    total = yearly.select(pl.all().cast(pl.Int64)).rename({"deaths": "total"})
    after = (
        states.join(months, how="cross")
        .join(share, on=["gwcode", "month_id"], how="left")
        .join(total, on=["gwcode", "year"], how="left")
        .with_columns(pl.col("weight", "total").fill_null(0))
        .sort("gwcode", "month_id")
        .with_columns(deaths=_laid())
    )
    kept = ["gwcode", "month_id", "deaths"]
    return pl.concat([before.select(pl.col(kept).cast(pl.Int64)), after.select(kept)])


def _laid() -> pl.Expr:
    """Whole deaths of each month: the running share, rounded, less that of the month before."""
    year = ["gwcode", "year"]
    summed = pl.col("weight").sum().over(year)
    running = (
        pl.when(summed > 0)
        .then(pl.col("weight").cum_sum().over(year) / summed)
        .otherwise((pl.col("month_id").rank("ordinal").over(year)) / pl.len().over(year))
    )
    reached = (running * pl.col("total")).round().cast(pl.Int64)
    return reached - reached.shift(1, fill_value=0).over(year)
