"""What settings of country models are chosen on: a series that ends before the first month they are judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.series import history_of_series
from tocsin.backtest.challenge import FIRST_TEST_MONTH, HORIZONS, Window
from tocsin.errors import OutOfRange
from tocsin.scores import Scores, score_draws
from tocsin.sources.starter import starter_table
from tocsin.sources.tables import read_table
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    from tocsin.panel.history import History

METRICS = ("crps", "log_crps", "ign", "mis")
"""Scores that are averaged, each as a ratio to conflictology's in the same window."""
LAST_WINDOW = FIRST_TEST_MONTH.year - 1


def choosing_history(file: Path) -> History:
    """The challenge's series to December 2017; nothing later is in it, in whatever form.

    Args:
        file: month_id, country_id and ged_sb.

    Raises:
        FileProblem, TableProblem: as for any series.
    """
    return history_of_series(file, target="ged_sb", ids=AreaIds.VIEWS, through=FIRST_TEST_MONTH - 1)


def choosing_years(table: pl.DataFrame) -> pl.DataFrame:
    """The rows of a yearly table to 2017; nothing later is in it."""
    return table.filter(table["year"] <= LAST_WINDOW)


def yearly_table(file: Path) -> pl.DataFrame:
    """A yearly table of a file, to 2017.

    Raises:
        FileProblem, TableProblem: as for any table.
    """
    return choosing_years(read_table(file)[0])


def country_years() -> pl.DataFrame:
    """The yearly figures of countries that ship, to 2017."""
    return choosing_years(starter_table("country_year"))


def choosing_windows(first: int) -> tuple[Window, ...]:
    """Calendar-year windows from a first one to 2017."""
    return tuple(Window(year) for year in range(first, LAST_WINDOW + 1))


def came_in(history: History, window: Window) -> NDArray[np.int64]:
    """What came in a window, for the areas present at its origin, shape (areas present, 12).

    Raises:
        OutOfRange: the window is not over by the history's last month.
    """
    if window.months[-1] > history.origin:
        raise OutOfRange(f"window {window.year} is not over by {history.origin}", hint="choose an earlier window")
    first = window.months[0] - history.first
    return history.deaths[history.until(window.origin).here, first : first + len(HORIZONS)]


def scored(history: History, window: Window, draws: NDArray[np.integer]) -> Scores:
    """Scores of draws of the areas present at a window's origin, shape (areas present, 12, draws)."""
    return score_draws(draws, came_in(history, window), seed=1)


def ratios(scores: list[Scores], reference: list[Scores]) -> NDArray[np.float64]:
    """Each score divided by the reference's in the same window, so that no hot year decides; shape (windows, metrics)."""
    pairs = zip(scores, reference, strict=True)
    return np.array([[getattr(a, m) / getattr(b, m) for m in METRICS] for a, b in pairs])
