"""How often the past has seen a change: in situations like an area's own, what the next months brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import touching, trailing_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

YEAR = 12
LIKE = 3.0
"""Situations are alike where the last year's mean deaths (and one more a month) lie within this factor."""

LEAST_LIKE = 30
LEAST_AREAS = 3
EVERY = 3
"""Situations are looked at every third month: months that follow one another tell nearly the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a change was seen.

    Attributes:
        times: situations in which the months that followed changed as much.
        among: situations alike.
        areas: areas in which it was seen.
    """

    times: int
    among: int
    areas: int

    @property
    def share(self) -> float:
        """Share of the situations alike, 0..1; 0 where there is none."""
        return self.times / self.among if self.among else 0.0

    @property
    def plausible(self) -> bool:
        """Whether enough of the past is alike, and it was seen in one of twenty situations and in three areas."""
        return self.among >= LEAST_LIKE and self.areas >= LEAST_AREAS and 20 * self.times >= self.among


@dataclass(frozen=True)
class Past:
    """Past situations like one area's own, and what followed in the next months.

    Attributes:
        area: of each situation, shape (N,).
        worst: deaths in the worst of its next months, shape (N,).
        steady: whether its next months' mean lay within half and twice that of as many months before, shape (N,).
        near: its neighbours' deaths of the next months over those of as many before, shape (N,); NaN where none died.
    """

    area: NDArray[np.intp]
    worst: NDArray[np.int64]
    steady: NDArray[np.bool_]
    near: NDArray[np.float64]

    def seen(self, *, most: int | None = None, near: float | None = None, steady: bool = False) -> Seen:
        """How often no month had more than `most` deaths, neighbours fell to a share `near`, and things went on as before."""
        holds, known = np.ones(self.area.size, dtype=bool), np.ones(self.area.size, dtype=bool)
        if most is not None:
            holds &= self.worst <= most
        if near is not None:
            known &= ~np.isnan(self.near)
            holds &= np.nan_to_num(self.near, nan=np.inf) <= near
        if steady:
            holds &= self.steady
        holds &= known
        return Seen(int(holds.sum()), int(known.sum()), int(np.unique(self.area[holds]).size))


def past_like(history: History, *, area: int, months: int, own: bool, neighbours: bool) -> Past:
    """Situations of any area whose last year was like this one's, and whose next months are known.

    Args:
        history: as known at the origin.
        area: index of the area.
        months: how many months follow.
        own: whether the area's own last year must be alike.
        neighbours: whether its neighbours' last year must be.
    """
    deaths = history.deaths.astype(np.float64)
    year = trailing_mean(deaths, YEAR)
    around = touching(history.neighbours) @ deaths
    last = history.deaths.shape[1] - 1 - months
    month = np.arange(max(YEAR, months) - 1, last + 1, EVERY)
    alike = history.present[:, month].copy()
    if own:
        alike &= _alike(year, area, month)
    if neighbours:
        alike &= _alike(trailing_mean(around, YEAR), area, month)
    a, column = np.nonzero(alike)
    t = month[column]
    ahead = t[:, None] + np.arange(1, months + 1)
    before = t[:, None] - np.arange(months)
    next_mean, last_mean = deaths[a[:, None], ahead].mean(axis=1), deaths[a[:, None], before].mean(axis=1)
    near_next, near_last = around[a[:, None], ahead].sum(axis=1), around[a[:, None], before].sum(axis=1)
    return Past(
        a, history.deaths[a[:, None], ahead].max(axis=1),
        (next_mean + 1 <= 2 * (last_mean + 1)) & (last_mean + 1 <= 2 * (next_mean + 1)),
        np.divide(near_next, near_last, out=np.full(a.size, np.nan), where=near_last > 0),
    )  # fmt: skip


def _alike(year: NDArray[np.float64], area: int, month: NDArray[np.intp]) -> NDArray[np.bool_]:
    apart = np.abs(np.log1p(year[:, month]) - np.log1p(year[area, -1]))
    return np.asarray(apart <= np.log(LIKE))
