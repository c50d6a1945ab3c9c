"""Where the need is, summed to points, with and without the largest battle of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.distance import unit_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from tocsin.mission.incidents import Incidents
    from tocsin.vocabulary import Month

RANGES = {"deaths_best": ("deaths_low", "deaths_high")}
"""Measures that have a low and a high count."""


@dataclass(frozen=True, slots=True)
class Battle:
    """The window's largest run of bad months in one province.

    Attributes:
        province: the province's id.
        first: its first month.
        last: its last month.
        weight: the need that lies in it.
        share: of the need of the window, 0..1.
    """

    province: str
    first: Month
    last: Month
    weight: float
    share: float


@dataclass(frozen=True, eq=False)
class NeedPoints:
    """Need by point, N points.

    Attributes:
        at: unit vectors, shape (N, 3).
        weight: need at each point, shape (N,).
        low: the same with every low count; None where the measure has no range.
        high: the same with every high count.
        without_battle: the same with the largest battle left out; None where there is none.
        battle: the largest battle.
    """

    at: NDArray[np.float64]
    weight: NDArray[np.float64]
    low: NDArray[np.float64] | None = None
    high: NDArray[np.float64] | None = None
    without_battle: NDArray[np.float64] | None = None
    battle: Battle | None = None

    @property
    def total(self) -> float:
        """The need in all."""
        return float(self.weight.sum())

    @staticmethod
    def vectors(lat: Sequence[float], lon: Sequence[float]) -> NDArray[np.float64]:
        """Unit vectors of places, shape (place, 3)."""
        return unit_vectors(np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64))


def need_of_towns(lat: ArrayLike, lon: ArrayLike, population: ArrayLike) -> NeedPoints:
    """Need counted in persons of listed towns.

    Args:
        lat: degrees north, shape (town,).
        lon: degrees east, shape (town,).
        population: persons, shape (town,).
    """
    return NeedPoints(unit_vectors(lat, lon), np.asarray(population, dtype=np.float64))


def need_of_incidents(incidents: Incidents, *, measure: str) -> NeedPoints:
    """Need counted in deaths or events, summed over the window to points.

    Args:
        incidents: events of the window, already at the precision wanted.
        measure: as `Incidents.weight` has it.
    """
    places, point = np.unique(np.column_stack((incidents.lat, incidents.lon)), axis=0, return_inverse=True)
    weight = incidents.weight(measure)
    battle, part = largest_battle(incidents, weight)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(point.ravel(), weights=values, minlength=len(places)).astype(np.float64)

    low, high = (summed(incidents.weight(m)) for m in RANGES[measure]) if measure in RANGES else (None, None)
    return NeedPoints(
        unit_vectors(places[:, 0], places[:, 1]), summed(weight), low, high,
        None if battle is None else summed(np.where(part, 0.0, weight)), battle,
    )  # fmt: skip


def largest_battle(
    incidents: Incidents, weight: NDArray[np.float64]
) -> tuple[Battle | None, NDArray[np.bool_]]:  # fmt: skip
    """The run of months in one province, each above that province's mean month, in which most need lies.

    Rows without a province take no part.

    Args:
        incidents: events of the window.
        weight: need of each row, shape (N,).

    Returns:
        The battle (None where no month stands above its province's mean), and which rows are part of it, shape (N,).
    """
    months = incidents.last - incidents.first + 1
    month, known = incidents.month_id - incidents.first.id, incidents.province >= 0
    by_month = np.zeros((len(incidents.provinces), months))
    np.add.at(by_month, (incidents.province[known], month[known]), weight[known])
    runs = [
        (float(by_month[p, a : b + 1].sum()), p, a, b)
        for p in range(len(by_month))
        for a, b in _runs(by_month[p] > by_month[p].mean())
    ]
    if not runs:
        return None, np.zeros(len(weight), dtype=bool)
    most, province, a, b = max(runs, key=lambda run: (run[0], -run[1], -run[2]))
    part = (incidents.province == province) & (month >= a) & (month <= b)
    return Battle(
        incidents.provinces[province], incidents.first + a, incidents.first + b, most, most / float(weight.sum())
    ), part  # fmt: skip


def _runs(above: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
