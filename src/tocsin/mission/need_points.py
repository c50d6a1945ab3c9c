"""Where the need is, summed to points, with and without the largest battle of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.distance import unit_vectors
from tocsin.mission.influence import Battle, battles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from tocsin.mission.incidents import Incidents

RANGES = {"deaths_best": ("deaths_low", "deaths_high")}
"""Measures that have a low and a high count."""


@dataclass(frozen=True, eq=False)
class NeedPoints:
    """Need by point, N points.

    Attributes:
        at: unit vectors, shape (N, 3).
        weight: need at each point, shape (N,).
        low: the same with every low count; None where the measure has no range.
        high: the same with every high count.
        without_battle: the same with the largest battle left out; None where need has no months.
        battle: the largest battle, as `tocsin.mission.influence` has it; None where the window holds none.
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
    battle = next(iter(battles(incidents)), None)
    kept = weight if battle is None else np.where(battle.rows, 0.0, weight)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(point.ravel(), weights=values, minlength=len(places)).astype(np.float64)

    low, high = (summed(incidents.weight(m)) for m in RANGES[measure]) if measure in RANGES else (None, None)
    return NeedPoints(
        unit_vectors(places[:, 0], places[:, 1]), summed(weight), low, high,
        summed(kept), battle,
    )  # fmt: skip
