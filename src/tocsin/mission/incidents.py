"""Where and when violence happened, as arrays: what a mission's reach is measured against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, Where, missing_columns
from tocsin.sources.spread import spread
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DEATHS = ("deaths_low", "deaths_best", "deaths_high", "deaths_civilians")
MEASURES = ("events", "deaths_low", "deaths_best", "deaths_high")
NEEDED = ("country", "admin1", "month_id", "violence", "where_precision", "events", *DEATHS)
PLACED_UP_TO = 4
"""UCDP where_prec 5 and above (a line, a country, abroad or at sea) say nothing of the place within a country."""


WORST_PRECISION = 7
"""UCDP where_prec of an event whose place is not known at all."""


@dataclass(frozen=True, eq=False)
class Incidents:
    """Events in their months, N rows; a row is an event's part in one month, or events summed to a point.

    Attributes:
        month_id: month of each row (1 = January 1980), shape (N,).
        lat: degrees north, shape (N,).
        lon: degrees east, shape (N,).
        where_precision: UCDP where_prec, 1 exact to 7, shape (N,).
        violence: `sb`, `ns` or `os`, shape (N,).
        province: index into `provinces`, shape (N,); -1 where the source names none.
        provinces: province ids, as `IRQ/Ninewa`.
        deaths: persons, low, best and high, shape (N, 3).
        civilians: civilian deaths, best estimate, shape (N,).
        events: events counted in the row's month, shape (N,); an event of several months once, in its last.
        event: which event each row is part of, shape (N,); in points, the row's own number.
        first: first month the source covers.
        last: last month the source covers.
        single: whether rows are parts of single events; False for points.
    """

    month_id: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    where_precision: NDArray[np.int64]
    violence: NDArray[np.str_]
    province: NDArray[np.int64]
    provinces: tuple[str, ...]
    deaths: NDArray[np.float64]
    civilians: NDArray[np.float64]
    events: NDArray[np.float64]
    event: NDArray[np.int64]
    first: Month
    last: Month
    single: bool

    def __len__(self) -> int:
        return len(self.month_id)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months covered, one after another."""
        return tuple(self.first + i for i in range(self.last - self.first + 1))

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Which rows are known to a province or better; the others are somewhere in the country."""
        return np.asarray(self.where_precision <= PLACED_UP_TO)

    def weight(self, measure: str) -> NDArray[np.float64]:
        """What each row counts in a measure, shape (N,).

        Args:
            measure: `events`, `deaths_low`, `deaths_best`, `deaths_high`, `deaths_all` (best), `deaths_sb`,
                `deaths_ns`, `deaths_os` (best, of one type of violence) or `deaths_civilians`.
        """
        best = self.deaths[:, 1]
        plain = {
            "events": self.events, "deaths_low": self.deaths[:, 0], "deaths_best": best, "deaths_all": best,
            "deaths_high": self.deaths[:, 2], "deaths_civilians": self.civilians,
        }  # fmt: skip
        if measure in plain:
            return plain[measure]
        return np.asarray(best * (self.violence == measure.removeprefix("deaths_")))

    def where(self, keep: NDArray[np.bool_]) -> Self:
        """Only the rows kept; the months covered stay as they are."""
        rows = {name: getattr(self, name)[keep] for name in _ROWS}
        return replace(self, **rows)

    def in_order(self) -> Self:
        """The same rows by month, place and size, so that nothing drawn for them depends on the order of a file."""
        keys = (
            self.events,
            *self.deaths.T,
            self.province_names,
            self.lon,
            self.lat,
            self.where_precision,
            self.month_id,
        )
        rows = {name: getattr(self, name)[np.lexsort(keys)] for name in _ROWS}
        return replace(self, **rows)

    @property
    def province_names(self) -> NDArray[np.str_]:
        """The province of each row by id, shape (N,); empty where the source names none."""
        return np.array([*self.provinces, ""])[self.province]

    def at_precision(self, worst: int) -> Self:
        """Only rows whose place is known at least this well (where_precision <= worst).

        Raises:
            OutOfRange: UCDP has no such precision.
        """
        if not 1 <= worst <= WORST_PRECISION:
            raise OutOfRange(f"there is no location precision of {worst}", where=Where(field="where-precision"),
                             hint="UCDP's where_prec runs from 1 (exact place) to 7 (anywhere)")  # fmt: skip
        return self.where(self.where_precision <= worst)

    def within(self, first: Month, last: Month) -> Self:
        """Only the months from first to last; deaths and events of longer events count with the months they span.

        An event that spans the window's edge counts once in it: its one is shared among its months in the window.
        (Points hold an event in its last month only.)

        Raises:
            OutOfRange: the window ends before it begins, or lies outside the months covered.
        """
        if not self.first <= first <= last <= self.last:
            raise OutOfRange(
                f"the window {first} to {last} " + ("ends before it begins" if last < first else "is not covered"),
                where=Where(field="window"),
                hint=f"the events run from {self.first} to {self.last}",
            )
        seen = self.where((self.month_id >= first.id) & (self.month_id <= last.id))
        events = seen.events
        if self.single and len(seen):
            _, index, parts = np.unique(seen.event, return_inverse=True, return_counts=True)
            events = 1.0 / parts[index]
        return replace(seen, events=events, first=first, last=last)


_ROWS = ("month_id", "lat", "lon", "where_precision", "violence", "province", "deaths", "civilians", "events", "event")


def incidents_of_events(
    events: pl.DataFrame, *, countries: Sequence[str], first: Month | None = None, last: Month | None = None
) -> Incidents:
    """Incidents of an event table; deaths of events of several months are split evenly over them.

    Args:
        events: the contract of `tocsin.sources.events`.
        countries: ISO3; events of other countries are left out.
        first: first month covered; that of the first event where not given.
        last: last month covered; that of the last event where not given.

    Raises:
        TableProblem: a column is missing or a date is absent.
        OutOfRange: there is no event of these countries with a place.
    """
    numbered = events.with_columns(event=pl.int_range(pl.len()))
    return _incidents(spread(numbered), countries, ("lat", "lon"), first, last, single=True)


def incidents_of_points(
    points: pl.DataFrame, *, countries: Sequence[str], first: Month | None = None, last: Month | None = None
) -> Incidents:
    """Incidents of the points that ship, placed at the mean position of their events.

    Args:
        points: the starter table `event_points`.
        countries: ISO3.
        first: first month covered.
        last: last month covered.

    Raises:
        TableProblem: a column is missing.
        OutOfRange: there is no point of these countries.

    Example:
        >>> from tocsin.sources.starter import starter_table
        >>> iraq = incidents_of_points(starter_table("event_points"), countries=["IRQ"])
        >>> iraq_2018 = iraq.within(Month.of(2018, 1), Month.of(2018, 12))
        >>> int(iraq_2018.weight("deaths_best").sum())
        1430
    """
    numbered = points.with_columns(event=pl.int_range(pl.len()))
    return _incidents(numbered, countries, ("mid_lat", "mid_lon"), first, last, single=False)


def _incidents(
    rows: pl.DataFrame, countries: Sequence[str], place: tuple[str, str], first: Month | None, last: Month | None, *,
    single: bool,
) -> Incidents:  # fmt: skip
    needed = [*NEEDED, *place]
    if not set(needed) <= set(rows.columns):
        raise missing_columns(needed, rows.columns, where=Where("table of events"))
    mine = rows.filter(pl.col("country").is_in(list(countries))).drop_nulls(list(place))
    if mine.is_empty():
        raise OutOfRange(
            f"there is no event of {', '.join(countries)} with a place",
            where=Where("table of events", field="country"),
            hint=f"the events are of {', '.join(sorted(rows['country'].drop_nulls().unique().to_list())[:20]) or 'nowhere'}",
        )
    mine = mine.with_columns(area=pl.concat_str("country", "admin1", separator="/"))
    provinces = tuple(sorted(mine["area"].drop_nulls().unique().to_list()))
    index = {area: i for i, area in enumerate(provinces)} | {None: -1}
    month_id = mine["month_id"].cast(pl.Int64).to_numpy()
    return Incidents(
        month_id=month_id,
        lat=mine[place[0]].to_numpy(),
        lon=mine[place[1]].to_numpy(),
        where_precision=mine["where_precision"].fill_null(WORST_PRECISION).cast(pl.Int64).to_numpy(),
        violence=np.array(mine["violence"].to_list(), dtype=np.str_),
        province=np.array([index[area] for area in mine["area"].to_list()], dtype=np.int64),
        provinces=provinces,
        deaths=mine.select(pl.col(DEATHS[:3]).fill_null(0).cast(pl.Float64)).to_numpy(),
        civilians=mine["deaths_civilians"].fill_null(0).cast(pl.Float64).to_numpy(),
        events=mine["events"].cast(pl.Float64).to_numpy(),
        event=mine["event"].cast(pl.Int64).to_numpy(),
        first=first or Month(int(month_id.min())),
        last=last or Month(int(month_id.max())),
        single=single,
    )
