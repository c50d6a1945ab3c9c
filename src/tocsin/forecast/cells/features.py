"""What a cell's past and its surroundings say, for chosen cells and months only; no month after the one looked from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.cells.surroundings import Surroundings, surroundings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Floats = NDArray[np.float64]
    Index = NDArray[np.intp]

DEATHS_OVER = (1, 3, 6, 12, 24, 60, 120)
ACTIVE_OVER = (3, 12, 60)
LONG_AGO = 240
"""Months since a death are counted to twenty years."""
REMEMBERED = 120
"""A cell is worth a forecast while it, or a cell within two steps, had a death in these last months."""


@dataclass(frozen=True)
class Trail:
    """Sums of a monthly series of each cell from the first month on, so that any stretch is one subtraction.

    Attributes:
        sums: shape (A, M + 1); entry m is the sum of the months before m.
    """

    sums: Floats

    @classmethod
    def of(cls, series: Floats) -> Trail:
        """Of a series of shape (A, M)."""
        return cls(np.pad(np.cumsum(series, axis=1), ((0, 0), (1, 0))))

    def over(self, months: int, *, cell: Index, month: Index) -> Floats:
        """Sum over the last months up to and with `month`, one for each pair of cell and month."""
        return np.asarray(self.sums[cell, month + 1] - self.sums[cell, np.maximum(month + 1 - months, 0)])


@dataclass(frozen=True)
class CellPast:
    """A grid's past, made ready to be asked about any cell and month.

    Attributes:
        deaths: trails of deaths by whose they are: the cell's own, the ring's, the next ring's, the wide circle's.
        active: trails of months with any death, likewise.
        present: trail of months in which the cell is covered by the record.
        last: for own deaths and the ring's, the last month with any up to each month, shape (A, M); -1 for none.
        logs: trail of own log(1 + deaths).
    """

    deaths: tuple[Trail, ...]
    active: tuple[Trail, ...]
    present: Trail
    last: tuple[NDArray[np.int32], ...]
    logs: Trail

    @classmethod
    def of(cls, history: History, around: Surroundings | None = None) -> CellPast:
        """Make a history ready. What lies around is a mean over the cells that the record covers in that month."""
        around = around or surroundings(history)
        deaths = history.deaths.astype(np.float64)
        covered = history.present.astype(np.float64)
        series = [deaths, (deaths > 0).astype(np.float64)]
        weights = (around.near, around.next, around.wide)
        seen = [np.maximum(weight @ covered, 1e-9) for weight in weights]
        every = [[one, *(weight @ one / s for weight, s in zip(weights, seen, strict=True))] for one in series]
        return cls(
            tuple(Trail.of(one) for one in every[0]), tuple(Trail.of(one) for one in every[1]), Trail.of(covered),
            (_last(every[0][0]), _last(every[0][1])), Trail.of(np.log1p(deaths)),
        )  # fmt: skip

    def features(self, cell: Index, month: Index) -> NDArray[np.float32]:
        """One row for each pair of cell and month, shape (pairs, features); deaths as log(1 + mean a month)."""
        columns: list[Floats] = []
        there = {k: self._covered(k, cell, month) for k in (*DEATHS_OVER, *ACTIVE_OVER)}
        for deaths, active in zip(self.deaths, self.active, strict=True):
            columns += [np.log1p(deaths.over(k, cell=cell, month=month) / there[k]) for k in DEATHS_OVER]
            columns += [active.over(k, cell=cell, month=month) / there[k] for k in ACTIVE_OVER]
        columns += [self.logs.over(k, cell=cell, month=month) / there[k] for k in (12, 60)]
        columns += [np.log1p(np.minimum(_since(last, cell, month), LONG_AGO)) for last in self.last]
        return np.column_stack(columns).astype(np.float32)

    def worth_a_forecast(self, cell: Index, month: Index) -> NDArray[np.bool_]:
        """Whether the cell or one within two steps had a death in the months remembered."""
        counts = [trail.over(REMEMBERED, cell=cell, month=month) for trail in self.active[:3]]
        return np.asarray(np.sum(counts, axis=0) > 1e-9)

    def _covered(self, months: int, cell: Index, month: Index) -> Floats:
        return np.maximum(self.present.over(months, cell=cell, month=month), 1.0)


def _last(series: Floats) -> NDArray[np.int32]:
    months = np.arange(series.shape[1], dtype=np.int32)
    return np.maximum.accumulate(np.where(series > 0, months, np.int32(-1)), axis=1)


def _since(last: NDArray[np.int32], cell: Index, month: Index) -> Floats:
    at = last[cell, month]
    return np.where(at < 0, LONG_AGO, month - at).astype(np.float64)
