"""Score a forecast against what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.backtest.challenge import actuals_of
from tocsin.errors import TableProblem, UnknownName, Where, missing_columns
from tocsin.forecast.layout import AREA_COLUMNS, of_table
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


def read_forecast(path: Path) -> Forecast:
    """Read a forecast from Parquet or CSV: Tocsin's own, or anyone's in the challenge layout.

    Raises:
        FileProblem: the file cannot be read.
        TableProblem: it holds no forecast.
    """
    table, said = read_table(path)
    return of_table(table, said, file=path)


def score_forecast(
    forecast: Path, actuals: Path, *, column: str | None = None, partial: bool = False
) -> ForecastScores:
    """Score a forecast file against a file of what came.

    Args:
        forecast: Parquet or CSV in the challenge layout.
        actuals: Parquet or CSV with month_id, the forecast's area column and the deaths that came.
        column: the column of deaths; by default the forecast's own target, else `outcome`.
        partial: score what is known where actuals are missing, and count the rest.

    Raises:
        TableProblem: a column is missing, an area and month stands twice, or actuals are missing.
    """
    made = read_forecast(forecast)
    table, _ = read_table(actuals)
    value, area = _value_column(table, made, column, file=actuals), AREA_COLUMNS[made.ids]
    _check_actuals(table, area=area, value=value, file=actuals)
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
    raise missing_columns([forecast.target], table.columns, where=Where(file))


def _check_actuals(table: pl.DataFrame, *, area: str, value: str, file: Path) -> None:
    needed = ["month_id", area, value]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(file))
    twice = table.with_row_index("row", offset=1).filter(pl.struct("month_id", area).is_duplicated())
    if twice.height:
        raise TableProblem(
            f"{twice.height} rows give an area and month more than once",
            where=Where(file, tuple(twice["row"].to_list()), area),
            hint="keep one vintage of the figures",
        )
    figures = table[value].cast(pl.Float64, strict=False)
    wrong = (~figures.is_finite() | (figures < 0)).fill_null(value=False) | (
        figures.is_null() & table[value].is_not_null()
    )
    if wrong.any():
        rows = tuple(r + 1 for r in wrong.arg_true().to_list())
        raise TableProblem(
            f"{len(rows)} actuals are negative, infinite or no number",
            where=Where(file, rows, value),
            hint="actuals are deaths, 0 or more; leave what is not known empty",
        )
