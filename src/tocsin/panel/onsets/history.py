"""The history that onsets are asked of: states by Gleditsch-Ward number, what was known of each, month by month.

Numbers of Gleditsch and Ward hold through changes of outline, so that a state keeps its past (Sudan before and after
2011); yearly figures enter only once they were published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.panel.history import History
from tocsin.panel.onsets.known import PUBLISHED, SLOW, yearly_of
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tocsin.panel.neighbours import Neighbours

    Grid = NDArray[np.float64]

SERBIA = {"345": "340"}
"""UCDP keeps Serbia under Yugoslavia's number; its own number holds since 2006."""

LONG_QUIET = 480
"""Months of quiet are counted to forty years."""

DRIVERS = {
    "political stability": "wgi_pv",
    "rule of law": "wgi_rl",
    "government effectiveness": "wgi_ge",
    "child mortality": "gm_under_five_mortality_from_cme_per_1000_born",
    "income": "gm_gdppercapita_us_inflation_adjusted",
    "men": "gm_male_population_with_projections",
}
"""Columns of the table of drivers, by short names."""


@dataclass(frozen=True)
class OnsetTables:
    """What the history is made of, as polars tables; months are month ids, states Gleditsch-Ward numbers.

    Attributes:
        months: `gwcode`, `month_id`, `deaths`: the deaths asked about, one row for every month a state existed.
        all_types: `gwcode`, `month_id`, `deaths`: deaths of all three types in events within a month.
        years: `gwcode`, `year`, `deaths_sb_best`, `deaths_ns_best`, `deaths_os_best`.
        conflicts: `gwcode`, `year`, `intensity`.
        drivers: `gwcode`, `year` and the columns of `DRIVERS`.
    """

    months: pl.DataFrame
    all_types: pl.DataFrame
    years: pl.DataFrame
    conflicts: pl.DataFrame
    drivers: pl.DataFrame


def onset_history(
    tables: OnsetTables, *, target: str, vintage: str, neighbours: Neighbours, names: Mapping[str, str]
) -> History:
    """The dense history with every signal as it was known in its month.

    Signals: `other deaths` a month (all types less the target, where positive), `other deaths, year`, `other deaths,
    ten years` and `one-sided deaths, year` of the yearly file, `conflict years` of the last thirty, and `quiet before`:
    months of quiet before the first month, the same in every month.

    Args:
        tables: what it is made of.
        target: the name of what is counted.
        vintage: which issue of the figures these are.
        neighbours: which states touch, by Gleditsch-Ward number.
        names: the name a reader knows each state by.
    """
    months = _states(tables.months)
    states = tuple(sorted(months["gwcode"].unique(), key=int))
    first, last = _bounds(months)
    length = last - first + 1
    deaths, present = _grid(months, states, first, length)
    every, _ = _grid(_states(tables.all_types), states, first, length)
    signals = _violence(tables, states, first, length) | {"other deaths": np.maximum(every - deaths, 0.0)}
    return History(
        ids=AreaIds.GW, target=target, vintage=vintage, areas=states, names=tuple(names.get(s, s) for s in states),
        first=first, deaths=deaths.astype(np.int64), present=present, neighbours=neighbours.among(states),
        signals=signals, slow=_slow(tables.drivers, states, first, length),
    )  # fmt: skip


def _violence(tables: OnsetTables, states: Sequence[str], first: Month, length: int) -> dict[str, Grid]:
    years, conflicts = _states(tables.years), _states(tables.conflicts)
    other = years.with_columns(other=pl.col("deaths_ns_best") + pl.col("deaths_os_best"))
    deaths = yearly_of(other, "other", states=states, after=PUBLISHED)
    one_sided = yearly_of(years, "deaths_os_best", states=states, after=PUBLISHED)
    burning = yearly_of(conflicts.with_columns(any=pl.lit(1.0)), "any", states=states, after=PUBLISHED)
    quiet = np.repeat(_quiet_before(conflicts, years, states, first)[:, None], length, axis=1)
    return {
        "other deaths, year": deaths.totals(1, first=first, months=length),
        "other deaths, ten years": deaths.totals(10, first=first, months=length),
        "one-sided deaths, year": one_sided.totals(1, first=first, months=length),
        "conflict years": burning.totals(30, first=first, months=length),
        "quiet before": quiet,
    }


def _quiet_before(
    conflicts: pl.DataFrame, years: pl.DataFrame, states: Sequence[str], first: Month
) -> NDArray[np.float64]:
    """Months from the end of the last year of conflict before the first month, at most forty years."""
    violent = pl.concat(
        [conflicts.select("gwcode", "year"), years.filter(pl.col("deaths_sb_best") > 0).select("gwcode", "year")],
        how="vertical_relaxed",
    ).filter(pl.col("year") < first.year)
    last = {str(state): year for state, year in violent.group_by("gwcode").agg(pl.col("year").max()).iter_rows()}
    quiet = [12 * (first.year - 1 - last[s]) if s in last else LONG_QUIET for s in states]
    return np.minimum(np.array(quiet, dtype=np.float64), LONG_QUIET)


def _slow(drivers: pl.DataFrame, states: Sequence[str], first: Month, length: int) -> dict[str, Grid]:
    known = _states(drivers)
    return {
        name: yearly_of(known, column, states=states, after=SLOW).newest(first=first, months=length)
        for name, column in DRIVERS.items()
    }


def _states(table: pl.DataFrame) -> pl.DataFrame:
    """The table with states as text, Serbia under its own number."""
    return table.with_columns(pl.col("gwcode").cast(pl.String).replace(SERBIA))


def _grid(
    table: pl.DataFrame, states: Sequence[str], first: Month, length: int
) -> tuple[Grid, NDArray[np.bool_]]:  # fmt: skip
    """Deaths, shape (states, months), and where the table has a row."""
    place = {state: i for i, state in enumerate(states)}
    inside = table.filter(
        pl.col("gwcode").is_in(list(states)) & pl.col("month_id").is_between(first.id, (first + (length - 1)).id)
    )
    rows = np.array([place[s] for s in inside["gwcode"]], dtype=np.intp)
    columns = inside["month_id"].to_numpy() - first.id
    deaths, present = np.zeros((len(states), length)), np.zeros((len(states), length), dtype=bool)
    np.add.at(deaths, (rows, columns), inside["deaths"].to_numpy())
    present[rows, columns] = True
    return deaths, present


def _bounds(months: pl.DataFrame) -> tuple[Month, Month]:
    ids = months["month_id"].to_list()
    return Month(min(ids)), Month(max(ids))
