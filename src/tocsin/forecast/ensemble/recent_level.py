"""What goes on as it lately went: an area's own last months, each blurred the more the fewer they are.

In a war at its height the pooled past says too little: few areas were ever so violent, and trees bring each of them
back towards the rest. Its own last year, half year, quarter and month say where it stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.forest import MOST_DEATHS
from tocsin.forecast.leaves import even_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEAR, BEFORE = 12, 60
"""Months of the year that is compared with those before it, and of those."""
KNOTS = 120
"""Levels of the blur at which each month is placed."""


@dataclass(frozen=True, slots=True)
class Blur:
    """So many last months, and the spread of log(1 + deaths) with which each is repeated."""

    months: int
    spread: float


@dataclass(frozen=True, slots=True)
class RecentSettings:
    """`benchmarks/tune_ensemble.py` scores these beside others on windows before 2018, and writes down every candidate.

    Attributes:
        blurs: parts of equal weight.
        drift: what is taken off log(1 + deaths): wars abate more often than they grow.
        cooling: what is taken off besides for each unit by which log(1 + own mean of the last year) lies above that of
            the five years before: what flared up abates most.
        share: share of an area's draws at `full` deaths a month and above.
        none, full: mean deaths a month over the last year at which the share begins and is whole; between them it
            grows with their logarithm.
        guard: after a very hot year the share is divided by 1 + this for each such unit.
    """

    blurs: tuple[Blur, ...] = (Blur(12, 0.3), Blur(6, 0.4), Blur(3, 0.5), Blur(1, 0.6))
    drift: float = 0.1
    cooling: float = 0.0
    share: float = 0.55
    none: float = 1.0
    full: float = 300.0
    guard: float = 0.5

    def shares(self, deaths: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of each area's draws, 0..1, shape (A,).

        Args:
            deaths: of the areas, to the origin, shape (A, M).

        Example:
            >>> year = np.array([[0], [1], [10], [100], [5000]]).repeat(12, axis=1)
            >>> RecentSettings(share=0.5, none=1, full=100).shares(year)
            array([0.  , 0.  , 0.25, 0.5 , 0.5 ])
        """
        own_year = deaths[:, -YEAR:].mean(axis=1)
        way = np.log(np.maximum(own_year, self.none) / self.none) / np.log(self.full / self.none)
        return np.asarray(self.share * np.minimum(way, 1.0) / (1 + self.guard * heat(deaths)))


def heat(deaths: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far the last year lies above the five before it: log((1 + mean) / (1 + mean before)), never below 0.

    Args:
        deaths: of the areas, to the origin, shape (A, M); where M is 12 or less there is no year before, and no heat.

    Returns:
        Shape (A,).
    """
    before = deaths[:, -BEFORE - YEAR : -YEAR]
    if not before.shape[1]:
        return np.zeros(len(deaths))
    rise = np.log1p(deaths[:, -YEAR:].mean(axis=1)) - np.log1p(before.mean(axis=1))
    return np.asarray(np.maximum(rise, 0.0))


def recent_levels(
    deaths: NDArray[np.int64], levels: NDArray[np.float64], settings: RecentSettings
) -> NDArray[np.int64]:
    """Quantiles of an area's blurred last months, the same for every month ahead.

    Args:
        deaths: of the areas, to the origin, shape (A, M).
        levels: rising, within 0 and 1, length L.
        settings: how far back, and how blurred.

    Returns:
        Deaths, rising along each row, shape (A, L).
    """
    from scipy.special import ndtri  # noqa: PLC0415 - takes half a second to load

    off = settings.drift + settings.cooling * heat(deaths)
    parts, weights = [], []
    for blur in settings.blurs:
        last = np.log1p(deaths[:, -blur.months :].astype(np.float64))
        knots = KNOTS // last.shape[1]
        shift = ndtri(even_levels(knots)) * blur.spread - off[:, None, None]
        parts.append((last[:, :, None] + shift).reshape(len(deaths), -1))
        weights.append(np.full(parts[-1].shape[1], 1 / parts[-1].shape[1]))
    value, weight = np.concatenate(parts, axis=1), np.concatenate(weights)
    order = np.argsort(value, axis=1, kind="stable")
    mass = np.cumsum(weight[order], axis=1)
    place = (mass[:, None, :] < (levels * mass[0, -1])[None, :, None]).sum(axis=2)
    found = np.take_along_axis(np.take_along_axis(value, order, axis=1), np.minimum(place, value.shape[1] - 1), axis=1)
    return np.asarray(np.clip(np.round(np.expm1(found)), 0, MOST_DEATHS), dtype=np.int64)
