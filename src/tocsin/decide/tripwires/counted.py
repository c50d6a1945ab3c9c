"""Tripwires on the panel: deaths or events counted over a run of months, against a level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.decide.tripwires.findings import Now, Past, State
from tocsin.decide.tripwires.spells import met, onsets, rolling_sum
from tocsin.decide.tripwires.words import months_words
from tocsin.errors import UnknownName
from tocsin.vocabulary import Month, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from tocsin.case.tripwires import Tripwire
    from tocsin.panel.panel import Panel


@dataclass(frozen=True, eq=False)
class Monthly:
    """Counts by month.

    Attributes:
        first: the first month.
        counts: deaths or events in each month, shape (M,).
        what: what is counted and where, in words.
    """

    first: Month
    counts: NDArray[np.float64]
    what: str

    @property
    def last(self) -> Month:
        """The last month."""
        return self.first + (len(self.counts) - 1)


def monthly(panel: Panel, *, areas: Sequence[str], series: str, what: str) -> Monthly:
    """Counts by month of some areas of a panel together, by all that is known today; nothing told of is 0.

    Args:
        panel: area by month.
        areas: area ids, counted together.
        series: the column counted.
        what: what that is, in words.

    Raises:
        UnknownName: the panel has no such column.
    """
    if series not in panel.table.columns:
        raise UnknownName.of("series of the panel", series, (*panel.targets, *(["events"] if panel.has_events else [])))
    rows = panel.table.filter(pl.col("area").is_in(list(areas)))
    sums = rows.group_by("month_id").agg(pl.col(series).sum())
    counts = np.zeros(panel.last - panel.first + 1)
    for month_id, count in sums.iter_rows():
        at = month_id - panel.first.id
        if 0 <= at < len(counts):
            counts[at] = count
    return Monthly(panel.first, counts, what)


def expected_month(today: date, lag_days: float | None) -> Month:
    """The newest month that should be known on a day, given the lag; the month before where the lag is unknown.

    Example:
        >>> from datetime import date
        >>> str(expected_month(date(2024, 7, 10), 20)), str(expected_month(date(2024, 7, 25), 20))
        ('2024-05', '2024-06')
    """
    return Month.of_date(today - timedelta(days=round(lag_days or 0))) - 1


def counted(series: Monthly, tripwire: Tripwire, *, today: date, lag_days: float | None) -> tuple[Now, Past]:
    """What a panel tripwire says on a day, and how often it would have fired before.

    Args:
        series: counts by month.
        tripwire: with the months summed and a level.
        today: the day asked about; later months are not looked at.
        lag_days: days until a month is known; None is unknown.
    """
    months = tripwire.months or 1
    wanted = expected_month(today, lag_days)
    seen = min(series.last, wanted)
    if seen - series.first + 1 < months:
        why = f"the figures held begin {series.first}: {months_words(months)} are not covered by {today}"
        return Now(State.UNKNOWN, why), Past(why)
    sums = rolling_sum(series.counts[: seen - series.first + 1], months)
    reached, known = met(sums, rises_to=tripwire.rises_to, falls_to=tripwire.falls_to), ~np.isnan(sums)
    days = [last_day(series.first + i) for i in range(len(sums))]
    fired = onsets(reached, known)
    last = State.TRIPPED if reached[-1] else State.NOT
    read = f"{series.what}, {months_words(months)} to {seen}: {sums[-1]:,.0f}"
    late = wanted - seen
    why = f"{read}; the figures held end {seen}, {months_words(late)} before {wanted}" if late else read
    now = Now(
        State.UNKNOWN if late else last, why, since=days[fired[-1]] if reached[-1] else None, seen=days[-1], last=last,
        value=float(sums[-1]),
    )  # fmt: skip
    past = Past(
        f"{series.what}, every month", days[int(np.flatnonzero(known)[0])], days[-1], int(known.sum()),
        int(reached.sum()), len(fired), tuple(days[i] for i in reversed(fired)),
    )  # fmt: skip
    return now, past
