"""Figures as they stood on each day they were issued, and beside them what is known of the same months today."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, TableProblem, Where, missing_columns
from tocsin.panel.areas import in_order
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.vocabulary import AreaIds

COLUMNS = ("area", "month_id", "issued", "deaths")

RELEASE = (6, 24)
"""Month and day from which the yearly release of the year before is taken as known: the first issue that held GED 24.1."""

CURRENT_FOR = 62
"""Days for which an issue is taken as the newest where no later one is at hand: the issues come monthly, and one is missing."""


def releases_seen(month: Month, day: date) -> int:
    """How many yearly releases that cover a month had come by a day: 0 while only candidate events are known.

    Example:
        >>> from datetime import date
        >>> [releases_seen(Month.of(2023, 12), date(*d)) for d in ((2024, 1, 26), (2024, 6, 24), (2025, 7, 1))]
        [0, 1, 2]
    """
    newest = day.year - 1 if (day.month, day.day) >= RELEASE else day.year - 2
    return max(0, newest - month.year + 1)


@dataclass(frozen=True, eq=False)
class Vintages:
    """Every issue of one series, each whole up to its own last month.

    Attributes:
        ids: whose ids name the areas.
        target: what is counted.
        areas: area ids, length A.
        first: the first month every issue covers.
        issued: the days of issue, in order, length V.
        last: the last month each issue covers, length V.
        figures: deaths, shape (V, A, M); -1 after an issue's last month.
        final: what is known today, shape (A, M).
        final_name: the release that `final` is.
    """

    ids: AreaIds
    target: str
    areas: tuple[str, ...]
    first: Month
    issued: tuple[date, ...]
    last: tuple[Month, ...]
    figures: NDArray[np.int64]
    final: NDArray[np.int64]
    final_name: str

    def __post_init__(self) -> None:
        assert self.figures.shape == (len(self.issued), *self.final.shape), "figures are (issues, areas, months)"
        assert len(self.areas) == self.final.shape[0], "one row an area"
        assert list(self.issued) == sorted(self.issued), "issues are in order"

    @property
    def months(self) -> tuple[Month, ...]:
        """The months covered, length M."""
        return tuple(self.first + i for i in range(self.final.shape[1]))

    def number(self, day: date) -> int:
        """Which issue was the newest on a day.

        Raises:
            OutOfRange: the day lies before the first issue, or so long after the last that another must have come.
        """
        found = bisect_right(self.issued, day) - 1
        if found < 0 or (day - self.issued[-1]).days > CURRENT_FOR:
            raise OutOfRange(
                f"what was known on {day} is not at hand",
                where=Where(field="as known on"),
                hint=f"issues are at hand from {self.issued[0]} to {self.issued[-1]}; give a day between",
            )
        return found

    def as_known_on(self, day: date) -> tuple[NDArray[np.int64], Month]:
        """The figures of the newest issue, shape (areas, months to its last), and its last month.

        Raises:
            OutOfRange: no issue of that day is at hand.
        """
        number = self.number(day)
        last = self.last[number]
        return self.figures[number, :, : last - self.first + 1], last

    def known_by(self, day: date | None) -> NDArray[np.int64]:
        """The newest figure of every month by a day, shape (A, M), -1 where none had come; today's where no day is given.

        Raises:
            OutOfRange: no issue of that day is at hand.
        """
        return self.final if day is None else self.figures[self.number(day)]


def vintages_of(changes: pl.DataFrame, final: pl.DataFrame, *, ids: AreaIds, target: str, final_name: str) -> Vintages:
    """Every issue, from the rows in which a figure was first issued or became another.

    Args:
        changes: `area`, `month_id`, `issued` (day), `deaths`.
        final: `area`, `month_id`, `deaths` as known today; a month that is not in it stands at 0.
        ids: whose ids name the areas.
        target: what is counted.
        final_name: the release `final` is.

    Raises:
        TableProblem: a column is missing, there are no rows, or a figure stands twice.
    """
    if not set(COLUMNS) <= set(changes.columns):
        raise missing_columns(COLUMNS, changes.columns, where=Where("vintages"))
    if changes.is_empty() or changes.select("area", "month_id", "issued").is_duplicated().any():
        raise TableProblem(
            "the issues hold no figure, or one twice", where=Where("vintages"), hint="give each figure once an issue"
        )
    rows = changes.select(pl.col("area").cast(pl.String), "month_id", "issued", "deaths").sort("issued")
    areas = in_order(rows["area"].unique().to_list())
    place = {area: i for i, area in enumerate(areas)}
    first, end = int(rows["month_id"].to_numpy().min()), int(rows["month_id"].to_numpy().max())
    days = rows["issued"].unique().sort().to_list()
    standing = np.full((len(areas), end - first + 1), -1, dtype=np.int64)
    figures, last = np.empty((len(days), *standing.shape), dtype=np.int64), []
    for number, day in enumerate(days):
        for area, month, _, deaths in rows.filter(pl.col("issued") == day).iter_rows():
            standing[place[area], month - first] = deaths
        figures[number] = standing
        last.append(Month(first + int(np.flatnonzero((standing >= 0).any(axis=0))[-1])))
    known = np.zeros_like(standing)
    for area, month, deaths in final.select(pl.col("area").cast(pl.String), "month_id", "deaths").iter_rows():
        if area in place and first <= month <= end:
            known[place[area], month - first] = deaths
    return Vintages(ids, target, tuple(areas), Month(first), tuple(days), tuple(last), figures, known, final_name)


def history_as_known_on(history: History, vintages: Vintages, day: date) -> History:
    """A history of today's figures with the newest months put back to what was known on a day.

    Months before the first that the issues cover keep today's figures, since what was known of them then is not at hand.
    Areas of the history that no issue names had no event and stand at 0.

    Raises:
        OutOfRange: no issue of that day is at hand, or the history and the issues do not overlap.
        TableProblem: the history's ids or target are others than the issues'.
    """
    _check_same(history, vintages)
    figures, last = vintages.as_known_on(day)
    cut = history.until(last)
    deaths = cut.deaths.copy()
    start = vintages.first - cut.first
    deaths[:, start:] = 0
    place = {area: i for i, area in enumerate(vintages.areas)}
    for row, area in enumerate(cut.areas):
        if area in place:
            deaths[row, start:] = figures[place[area]]
    return replace(cut, deaths=np.where(cut.present, deaths, 0), vintage=f"{history.vintage}, as known on {day}")


def _check_same(history: History, vintages: Vintages) -> None:
    if history.ids is not vintages.ids or history.target != vintages.target:
        raise TableProblem(
            f"the history counts {history.target} by {history.ids.value} ids, the issues {vintages.target} by "
            f"{vintages.ids.value} ids",
            hint="give a history of the same series",
        )
    if not history.first <= vintages.first <= history.origin:
        raise OutOfRange(
            f"the issues begin in {vintages.first}, outside the history",
            hint=f"the history runs from {history.first} to {history.origin}",
        )
