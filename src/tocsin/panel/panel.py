"""Deaths by area and month, each with the month in which it was known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, UnknownName, Where
from tocsin.panel.areas import in_order, is_unknown
from tocsin.panel.dating import MultiMonth, known_at
from tocsin.panel.dense import history_of
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.panel.neighbours import Neighbours
    from tocsin.vocabulary import AreaIds, Level

KEY = ("area", "month_id", "known_id")
DEATHS = ("deaths_sb", "deaths_ns", "deaths_os", "deaths_all")
MEASURES = (*DEATHS, "deaths_low", "deaths_high", "events", "imprecise", "unplaced")


class Actuals(NamedTuple):
    """What came.

    Attributes:
        areas: area ids, length A.
        deaths: shape (A, H); NaN where the month lies outside the data or the area did not exist, never zero.
        missing: how many of the A x H values are missing.
    """

    areas: tuple[str, ...]
    deaths: NDArray[np.float64]
    missing: int

    def of(self, area: str) -> tuple[int | None, ...]:
        """One area's deaths in each month, None where missing."""
        row = self.deaths[self.areas.index(area)]
        return tuple(None if np.isnan(x) else int(x) for x in row)


@dataclass(frozen=True, eq=False)
class Panel:
    """Area x month, as known by month.

    Attributes:
        table: one row for every `area`, `month_id` and `known_id` in which something happened. Best estimates
            `deaths_sb`, `deaths_ns`, `deaths_os`, `deaths_all`; `deaths_low` and `deaths_high` of all types;
            `events` counted in their final month, those of them that are `imprecise` (where_precision > 3);
            and `unplaced`, the deaths (all types) of events without a province. A panel of a series has its one target.
        areas: the register: `area`, `name`, `first_id`, `last_id` (existence; null where open), `known_id`.
        ids: whose ids name the areas.
        rule: where deaths of events of several months are counted; None where the publisher of a series does not say.
        vintage: which issue of the figures these are.
        since: first month the source covers; None where only its rows say so.
        through: last month the source covers; None where only its rows say so.
    """

    table: pl.DataFrame
    areas: pl.DataFrame
    ids: AreaIds
    rule: MultiMonth | None
    vintage: str
    since: Month | None = None
    through: Month | None = None

    @property
    def level(self) -> Level:
        """The level of the areas."""
        return self.ids.level

    @property
    def targets(self) -> tuple[str, ...]:
        """What can be forecast from this panel."""
        if self.has_events:
            return DEATHS
        return tuple(name for name in self.table.columns if name not in KEY)

    @property
    def has_events(self) -> bool:
        """Whether single events stand behind the figures."""
        return "events" in self.table.columns

    @property
    def first(self) -> Month:
        """First month of the data."""
        return self.since or Month(_bound(self.table["month_id"].min()))

    @property
    def last(self) -> Month:
        """Last month of the data."""
        return self.through or Month(_bound(self.table["known_id"].max()))

    def as_of(self, origin: Month) -> Panel:
        """Only what was known then: rows whose month and whose events' ends lie at or before the origin.

        This is what today's figures say had ended by then; when the publisher came to print it is another matter.

        Raises:
            OutOfRange: the origin lies outside the data.
        """
        if self.table.is_empty() or not self.first <= origin <= self.last:
            raise self._outside(origin)
        table = self.table.filter(known_at(origin))
        areas = self.areas.filter(pl.col("known_id").is_null() | (pl.col("known_id") <= origin.id))
        ended = pl.when(pl.col("last_id") <= origin.id).then("last_id")
        seen = replace(self, table=table, areas=areas.with_columns(last_id=ended), through=origin)
        if table.is_empty() and self.since is None:
            raise self._outside(origin)
        return seen

    def history(
        self,
        *,
        target: str,
        origin: Month,
        neighbours: Neighbours | None = None,
        first: Month | None = None,
        names: Mapping[str, str] | None = None,
        include_unknown: bool = False,
    ) -> History:
        """The dense history a forecaster may see: zero where an area is present and nothing is known to have happened.

        Beside the target stand signals for the same months: `events`, deaths of the other types, `deaths_low` and
        `deaths_high` of all types, and `share_imprecise` of the events.

        Args:
            target: `deaths_sb`, `deaths_ns`, `deaths_os`, `deaths_all`, or a series' own name.
            origin: last month seen.
            neighbours: which areas touch; none where not given.
            first: first month; the first of the data where not given. Earlier months are left out.
            names: names readers know areas by, where the register's do not serve.
            include_unknown: whether to keep the areas that stand for "province unknown"; `unknown_deaths` reports
                what they hold where they are left out.

        Raises:
            OutOfRange: origin or first month lie outside the data.
            UnknownName: the panel has no such target.
        """
        self._check(target)
        seen = self.as_of(origin)
        start = first or seen.first
        if not seen.first <= start <= origin:
            raise OutOfRange(
                f"first month {start} lies outside the data", hint=f"choose one from {seen.first} to {origin}"
            )
        return history_of(
            seen.table, seen.areas, ids=seen.ids, vintage=seen.vintage, target=target, first=start, last=seen.last,
            neighbours=neighbours, names=names or {}, include_unknown=include_unknown,
        )  # fmt: skip

    def unknown_deaths(self, *, target: str, origin: Month, months: int = 12) -> dict[str, int]:
        """Deaths that no area could be given, by the area that stands for them, in the months up to the origin.

        Raises:
            OutOfRange: the origin lies outside the data.
            UnknownName: the panel has no such target.
        """
        self._check(target)
        recent = self.as_of(origin).table.filter(pl.col("month_id") > origin.id - months)
        sums = recent.group_by("area").agg(pl.col(target).sum()).sort("area")
        return {area: int(deaths) for area, deaths in sums.iter_rows() if is_unknown(area)}

    def actuals(self, target: str, months: Sequence[Month], *, areas: Sequence[str] | None = None) -> Actuals:
        """What came in the months asked about, by all that is known today.

        Args:
            target: what is counted.
            months: length H.
            areas: which areas; all of the register but the unknown ones where not given.

        Raises:
            UnknownName: the panel has no such target or area.
        """
        self._check(target)
        known = self.areas["area"].to_list()
        wanted = tuple(areas if areas is not None else in_order(a for a in known if not is_unknown(a)))
        for area in wanted:
            if area not in known:
                raise UnknownName.of("area of the panel", area, known)
        sums = self.table.group_by("area", "month_id").agg(pl.col(target).sum())
        came = {(area, month_id): float(deaths) for area, month_id, deaths in sums.iter_rows()}
        spans = {a: (f, t) for a, f, t in self.areas.select("area", "first_id", "last_id").iter_rows()}

        def one(area: str, month: Month) -> float:
            if not self.first <= month <= self.last:
                return np.nan
            start, end = spans[area]
            absent = (start is not None and month.id < start) or (end is not None and month.id > end)
            return came.get((area, month.id), np.nan if absent else 0.0)

        deaths = np.array([[one(a, m) for m in months] for a in wanted], dtype=np.float64)
        deaths = deaths.reshape(len(wanted), len(months))
        return Actuals(wanted, deaths, int(np.isnan(deaths).sum()))

    def _check(self, target: str) -> None:
        if target not in self.targets:
            raise UnknownName.of("target of the panel", target, self.targets)

    def _outside(self, origin: Month) -> OutOfRange:
        if self.table.is_empty():
            return OutOfRange(f"origin {origin} lies outside the data: there are none", where=Where(field="origin"))
        return OutOfRange(
            f"origin {origin} lies outside the data",
            where=Where(field="origin"),
            hint=f"the data run from {self.first} to {self.last}",
        )


def _bound(month_id: object) -> int:
    assert isinstance(month_id, int), "an empty panel has no months"
    return month_id
