"""The past situations a model of cells learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.forecast.cells.features import CellPast
    from tocsin.panel.history import History

BURN_IN = 12
"""Months a cell must have been covered by the record before a situation of it teaches."""


@dataclass(frozen=True)
class CellRows:
    """Cells looked at from a month, the horizon, what came then, and a weight; all of shape (rows,)."""

    cell: NDArray[np.intp]
    month: NDArray[np.intp]
    horizon: NDArray[np.intp]
    came: NDArray[np.int64]
    weight: NDArray[np.float64]

    def kept(self, keep: NDArray[np.bool_], *, weight: float = 1.0) -> CellRows:
        """The rows where `keep` holds, the months of peace among them weighted up."""
        heavier = np.where(self.came == 0, weight, 1.0)
        return CellRows(
            self.cell[keep], self.month[keep], self.horizon[keep], self.came[keep], (self.weight * heavier)[keep]
        )


def cell_rows(
    history: History, past: CellPast, *, horizons: tuple[int, ...], picks: int, still: float, most: int, seed: int
) -> CellRows:
    """Situations of cells worth a forecast whose outcome is known by the origin, each at a few horizons.

    Args:
        history: what may be seen.
        past: the same history, made ready.
        horizons: months ahead.
        picks: how many horizons, chosen at random, each situation teaches.
        still: share of the rows in which no death came that is kept, and weighted up.
        most: the most rows of each kind; more are thinned at random.
        seed: chooses horizons and rows.
    """
    rng = np.random.default_rng(seed)
    cell, month = _situations(history, past, rng=rng, most=int(most / still))
    picks = min(picks, len(horizons))
    order = np.argsort(rng.random((cell.size, len(horizons))), axis=1)[:, :picks]
    horizon = np.asarray(horizons, dtype=np.intp)[order].ravel()
    cell, month = np.repeat(cell, picks), np.repeat(month, picks)
    closed = month + horizon < history.deaths.shape[1]
    cell, month, horizon = cell[closed], month[closed], horizon[closed]
    there = history.present[cell, month + horizon]
    cell, month, horizon = cell[there], month[there], horizon[there]
    came = history.deaths[cell, month + horizon]
    rows = CellRows(cell, month, horizon, came, np.ones(cell.size))
    rows = rows.kept((came > 0) | (rng.random(came.size) < still), weight=1 / still)
    return _at_most(rows, most, rng=rng)


def _situations(
    history: History, past: CellPast, *, rng: np.random.Generator, most: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    cell, month = np.nonzero(history.present)
    covered = past.present.over(BURN_IN, cell=cell, month=month) >= BURN_IN
    cell, month = cell[covered], month[covered]
    worth = past.worth_a_forecast(cell, month)
    cell, month = cell[worth], month[worth]
    if cell.size > most:
        some = rng.choice(cell.size, most, replace=False)
        some.sort()
        cell, month = cell[some], month[some]
    return cell, month


def _at_most(rows: CellRows, most: int, *, rng: np.random.Generator) -> CellRows:
    """At most so many rows with deaths and so many without; those without keep their summed weight."""
    deadly = rows.came > 0
    shares = [min(1.0, most / max(1, int(kind.sum()))) for kind in (deadly, ~deadly)]
    keep = rng.random(deadly.size) < np.where(deadly, *shares)
    return rows.kept(keep, weight=shares[0] / shares[1])
