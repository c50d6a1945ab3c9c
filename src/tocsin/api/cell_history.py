"""The history of a grid of cells from events, for the countries and years whose events are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, Where
from tocsin.panel.dating import MultiMonth
from tocsin.panel.history import History
from tocsin.panel.making import panel_of_events
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Covered:
    """A country whose events are at hand: its cells, and the first and last month covered."""

    country: str
    cells: tuple[str, ...]
    first: Month
    last: Month


@dataclass(frozen=True)
class Grid:
    """Cells of several countries in one history, and which cells stand for which country."""

    history: History
    rows: dict[str, NDArray[np.intp]]

    def of_country(self, country: str, *, origin: Month) -> NDArray[np.intp]:
        """The country's cells known of at an origin, as indices of the history."""
        rows = self.rows[country]
        return np.asarray(rows[self.history.present[rows, origin - self.history.first]])


def grid_of_events(
    events: pl.DataFrame, covered: Sequence[Covered], *, target: str, vintage: str, last: Month,
    rule: MultiMonth = MultiMonth.FINAL,
) -> Grid:  # fmt: skip
    """Events counted at the cell their source gives them, however coarsely they were placed, as the challenge does.

    A cell is present in the months its country is covered. A cell outside a country's own, where one of its events was
    placed, is present from the end of the first such event on, so that a place's mere name tells nothing beforehand.

    Args:
        events: the contract of `tocsin.sources.events`.
        covered: the countries, their cells, and the months their events are at hand.
        target: `deaths_sb`, `deaths_ns`, `deaths_os` or `deaths_all`.
        vintage: which issue of the figures these are.
        last: the last month of the grid.
        rule: where deaths of events of several months are counted; the challenge counts them in the final month.

    Raises:
        OutOfRange: no country is given.
    """
    if not covered:
        raise OutOfRange("no country is covered", where=Where(field="covered"), hint="name one with its cells")
    first = min(country.first for country in covered)
    parts = {one.country: _country(events, one, target=target, rule=rule, last=last) for one in covered}
    cells = sorted({int(cell) for history, _ in parts.values() for cell in history.areas})
    place = {str(cell): i for i, cell in enumerate(cells)}
    deaths = np.zeros((len(cells), last - first + 1), dtype=np.int64)
    present = np.zeros(deaths.shape, dtype=np.bool_)
    rows = {}
    for country, (history, since) in parts.items():
        rows[country] = np.array([place[area] for area in history.areas], dtype=np.intp)
        months = history.first - first + np.arange(history.deaths.shape[1])
        here = np.ix_(rows[country], months)
        deaths[here] += history.deaths
        present[here] |= months[None, :] >= (since - first.id)[:, None]
    ids = tuple(place)
    grid = History(AreaIds.GID, target, vintage, ids, ids, first, deaths, present, ((),) * len(ids))
    return Grid(grid, rows)


def _country(
    events: pl.DataFrame, covered: Covered, *, target: str, rule: MultiMonth, last: Month
) -> tuple[History, NDArray[np.int64]]:
    """One country's history, and the month id since which each of its cells is known of."""
    mine = events.filter(pl.col("country") == covered.country, pl.col("gid").is_not_null())
    through = min(covered.last, last)
    mine = mine.filter(pl.col("date_end") < (through + 1).first_day)
    panel = panel_of_events(
        mine, ids=AreaIds.GID, rule=rule, vintage="events", areas=covered.cells, since=covered.first, through=through
    )
    history = panel.history(target=target, origin=through)
    known = dict(panel.areas.select("area", "known_id").iter_rows())
    return history, np.array([known[area] or 0 for area in history.areas], dtype=np.int64)
