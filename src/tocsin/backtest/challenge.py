"""The VIEWS prediction challenge, exactly: windows, horizons, actuals, and how a set of draws scores.

Hegre et al. (2025) J. Peace Research 62(6): 2070-2087. Window Y: January to December of Y, from data to October of
the year before, so 3 to 14 months ahead; 191 countries; UCDP state-based deaths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tocsin.scores import Scores

HORIZONS = tuple(range(3, 15))
TEST_WINDOWS = (2018, 2019, 2020, 2021)
FIRST_TEST_MONTH = Month.of(TEST_WINDOWS[0], 1)
"""No setting of any model is chosen on this month or a later one."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window of the challenge.

    Example:
        >>> window = Window(2018)
        >>> str(window.origin), str(window.months[0]), window.months[-1].id
        ('2017-10', '2018-01', 468)
    """

    year: int

    @property
    def origin(self) -> Month:
        """The last month seen: October of the year before."""
        return Month.of(self.year - 1, 10)

    @property
    def months(self) -> tuple[Month, ...]:
        """January to December."""
        return tuple(self.origin + h for h in HORIZONS)


@dataclass(frozen=True)
class Scored:
    """One model's scores in one window, who made its draws, and what it took."""

    model: str
    by: str
    window: int
    scores: Scores
    seconds: float


def draws_of(table: pl.DataFrame, *, window: Window, areas: tuple[str, ...], file: Path | str) -> NDArray[np.int32]:
    """The draws of a window in the challenge layout, shape (areas, 12, draws).

    Raises:
        TableProblem: a column is missing, or an area or month has more or fewer draws than the others.
    """
    needed = ["month_id", "country_id", "draw", "outcome"]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(file))
    months = [m.id for m in window.months]
    mine = table.filter(
        pl.col("month_id").is_in(months) & pl.col("country_id").cast(pl.String).is_in(list(areas))
    ).sort(pl.col("country_id").cast(pl.Int64), "month_id", "draw")
    draws, rest = divmod(mine.height, len(areas) * len(months))
    each = mine.group_by("country_id", "month_id").len()
    if rest or draws == 0 or each.height != len(areas) * len(months) or each["len"].n_unique() != 1:
        raise TableProblem(
            f"the draws of window {window.year} are not complete",
            where=Where(file, field="draw"),
            hint=f"{len(areas)} countries x 12 months need the same number of draws each",
        )
    order = np.argsort(np.argsort([int(a) for a in areas]))
    return mine["outcome"].to_numpy().reshape(len(areas), len(months), draws)[order].astype(np.int32)


def actuals_of(
    table: pl.DataFrame, *, months: tuple[Month, ...], areas: tuple[str, ...], area_column: str, value_column: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """What came, by area and month, and whether it is known; both of shape (areas, months)."""
    came = np.zeros((len(areas), len(months)), dtype=np.int64)
    known = np.zeros(came.shape, dtype=bool)
    place = {a: i for i, a in enumerate(areas)}
    column = {m.id: i for i, m in enumerate(months)}
    mine = table.filter(pl.col("month_id").is_in(list(column)))
    rows = zip(mine[area_column].cast(pl.String), mine["month_id"], mine[value_column], strict=True)
    for area, month, value in rows:
        if area in place and value is not None:
            came[place[area], column[month]] = value
            known[place[area], column[month]] = True
    return came, known
