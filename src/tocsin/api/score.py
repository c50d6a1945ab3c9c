"""Score a forecast against what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.backtest.challenge import actuals_of
from tocsin.errors import TableProblem, UnknownName, Where, missing_columns
from tocsin.forecast.interchange import Declared, actuals_of_frame, is_frame, of_exchanged
from tocsin.forecast.layout import AREA_COLUMNS, NUMBERED
from tocsin.scores import Scores, score_draws
from tocsin.sources.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.forecast.forecast import Forecast


@dataclass(frozen=True)
class ForecastScores:
    """A forecast's scores, and how much of it could be scored.

    Attributes:
        forecast: what was scored.
        scores: its scores.
        missing: areas and months without an actual.
    """

    forecast: Forecast
    scores: Scores
    missing: int


def read_forecast(path: Path, *, declared: Declared | None = None) -> Forecast:
    """Read a forecast from Parquet or CSV: Tocsin's own, anyone's in the challenge layout, or a views-frames file.

    Args:
        path: the file.
        declared: its layout and whose ids its areas have, where the file leaves them open.

    Raises:
        FileProblem: the file cannot be read.
        TableProblem: it holds no forecast, or does not say which layout it is in or whose ids its areas have.
    """
    table, said = read_table(path)
    return of_exchanged(table, said, declared=declared, file=path)


def score_forecast(
    forecast: Path,
    actuals: Path,
    *,
    column: str | None = None,
    partial: bool = False,
    declared: Declared | None = None,
) -> ForecastScores:
    """Score a forecast file against a file of what came.

    Args:
        forecast: Parquet or CSV in the challenge layout, or a views-frames file.
        actuals: Parquet or CSV with month_id, the forecast's area column and the deaths that came; or a views-frames
            file of targets.
        column: the column of deaths; by default the forecast's own target, else `outcome`.
        partial: score what is known where actuals are missing, and count the rest.
        declared: the forecast's layout and whose ids its areas have, where its file leaves them open.

    Raises:
        TableProblem: a column is missing, an area and month stands twice, or actuals are missing.
    """
    made = read_forecast(forecast, declared=declared)
    table, said = read_table(actuals)
    if is_frame(table.columns, said) and "month_id" not in table.columns:
        table = actuals_of_frame(table, said, ids=made.ids, file=actuals)
    value, area = _value_column(table, made, column, file=actuals), AREA_COLUMNS[made.ids]
    table = _checked_actuals(table, area=area, value=value, numbered=made.ids in NUMBERED, file=actuals)
    came, known = actuals_of(table, months=made.months, areas=made.areas, area_column=area, value_column=value)
    missing = int((~known).sum())
    if missing and not partial:
        raise TableProblem(
            f"{missing} of {known.size} areas and months have no actual",
            where=Where(actuals, field=value),
            hint="wait until they have come, or score what is known with --partial",
        )
    if missing == known.size:
        raise TableProblem(
            "no area and month of the forecast has an actual",
            where=Where(actuals, field="month_id"),
            hint=f"the forecast covers {made.months[0]} to {made.months[-1]} by {area}",
        )
    return ForecastScores(made, score_draws(made.draws, came, seed=0, known=known), missing)


def _value_column(table: pl.DataFrame, forecast: Forecast, column: str | None, *, file: Path) -> str:
    if column is not None and column not in table.columns:
        raise UnknownName.of("column", column, table.columns, where=Where(file))
    for name in (column, forecast.target, "outcome"):
        if name is not None and name in table.columns:
            return name
    raise TableProblem(
        f"column {forecast.target} not found",
        where=Where(file, field=forecast.target),
        hint=f"name the column of deaths with --column; the file has: {', '.join(table.columns[:20])}",
    )


def _checked_actuals(table: pl.DataFrame, *, area: str, value: str, numbered: bool, file: Path) -> pl.DataFrame:
    """Months and values as numbers and areas as their ids, once every row makes sense."""
    needed = ["month_id", area, value]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(file))
    rows = table.select(
        pl.col("month_id").cast(pl.Float64, strict=False),
        pl.col(area).cast(pl.Float64, strict=False).cast(pl.Int64, strict=False) if numbered else pl.col(area),
        pl.col(value).cast(pl.Float64, strict=False),
        given=pl.col(value).is_not_null(),
    )
    month, figure = pl.col("month_id"), pl.col(value)
    fair = figure.is_finite() & (figure >= 0) & (figure == figure.round())
    faults = (
        (month.is_null() | ~month.is_finite() | (month != month.round()), "month_id", "rows without a whole month id",
         "1 is January 1980"),
        (pl.col(area).is_null(), area, "rows without an area's id", "each row names its area, as the forecast does"),
        (pl.struct("month_id", area).is_duplicated(), area, "rows give an area and month more than once",
         "keep one vintage of the figures"),
        (pl.col("given") & ~fair.fill_null(value=False), value, "actuals are negative, infinite or no whole number",
         "actuals are deaths, 0 or more; leave what is not known empty"),
    )  # fmt: skip
    for test, field, words, hint in faults:
        wrong = tuple(r + 1 for r in rows.select(test.alias("wrong"))["wrong"].arg_true().to_list())
        if wrong:
            raise TableProblem(f"{len(wrong)} {words}", where=Where(file, wrong, field), hint=hint)
    return rows.with_columns(month.cast(pl.Int64), figure.cast(pl.Int64))
