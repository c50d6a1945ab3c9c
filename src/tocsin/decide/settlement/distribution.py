"""A distribution over points of a scale: what it says between two points, its quantiles, and its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

SLACK = 1e-9
"""Sums of probabilities are compared this closely, so that a half made of ten twentieths is a half."""


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Probabilities of points.

    Attributes:
        points: ascending, each once, shape (k,).
        probability: of each point, >= 0, summing to 1, shape (k,).

    Raises:
        InputError: the points are not ascending, or the probabilities are not such.

    Example:
        >>> d = Distribution.of([100, 0, 40], [0.25, 0.5, 0.25])
        >>> d.mean, d.quantile(0.5), d.probability_between(0, 40), d.crps(0)
        (35.0, 0.0, 0.5, 13.75)
    """

    points: Floats
    probability: Floats

    def __post_init__(self) -> None:
        if self.points.ndim != 1 or self.points.shape != self.probability.shape or not self.points.size:
            raise InputError("points and probabilities differ in number", where=Where(field="points"))
        if not np.isfinite(self.points).all() or (np.diff(self.points) <= 0).any():
            raise InputError(
                "points are not in ascending order", where=Where(field="points"), hint="use Distribution.of"
            )
        if not ((self.probability >= 0).all() and abs(float(self.probability.sum()) - 1) < 1e-6):
            raise InputError(
                "probabilities are not 0 or more with a sum of 1",
                where=Where(field="probability"),
                hint="use Distribution.of",
            )
        self.points.setflags(write=False)
        self.probability.setflags(write=False)

    @classmethod
    def of(cls, points: ArrayLike, mass: ArrayLike) -> Distribution:
        """From points in any order, repeated or not, and masses that need not sum to 1; points without mass go.

        Raises:
            InputError: the masses are negative, not finite or all 0, or are not one for each point.
        """
        at, much = (np.asarray(a, dtype=np.float64).ravel() for a in (points, mass))
        if at.shape != much.shape or not (np.isfinite(much).all() and (much >= 0).all() and much.sum() > 0):
            raise InputError(
                "masses are no masses of the points", where=Where(field="mass"), hint="give 0 or more for each"
            )
        kept, index = np.unique(at, return_inverse=True)
        total = np.bincount(index.ravel(), much)
        return cls(kept[total > 0], total[total > 0] / total.sum())

    @property
    def mean(self) -> float:
        """The mean of the points."""
        return float(self.points @ self.probability)

    def quantile(self, q: float) -> float:
        """The lowest point with at least q of the probability at or below it: always one of the points.

        Raises:
            OutOfRange: q is not a share from 0 to 1.
        """
        if not 0 <= q <= 1:
            raise OutOfRange(f"{q} is no share", where=Where(field="q"), hint="give a share, as 0.1 for 10 %")
        reached = np.cumsum(self.probability) >= q - SLACK
        return float(self.points[int(np.argmax(reached)) if reached.any() else -1])

    def central(self, level: float = 0.8) -> tuple[float, float]:
        """The central interval from quantile (1 - level) / 2 to quantile (1 + level) / 2, both ends included.

        Where much probability sits on an end, it holds more than `level`: no interval of points could hold less.
        """
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def probability_between(self, low: float, high: float, *, closed_right: bool = False) -> float:
        """The probability from `low` (included) to `high`, which is included only where `closed_right`.

        Raises:
            OutOfRange: low is above high.
        """
        if low > high:
            raise OutOfRange(f"from {low:g} to {high:g}", where=Where(field="low"), hint="give the lower end first")
        below = self.points <= high if closed_right else self.points < high
        return float(self.probability[(self.points >= low) & below].sum())

    def crps(self, y: float) -> float:
        """The continuous ranked probability score when y came: the integral of (F(x) - 1[x >= y])^2, in scale units.

        Lower is better; a certain forecast scores its absolute error. Source: Gneiting & Raftery 2007,
        doi:10.1198/016214506000001437.
        """
        edges = np.unique(np.append(self.points, y))
        below = np.concatenate([[0.0], np.cumsum(self.probability)])[np.searchsorted(self.points, edges[:-1], "right")]
        return float((np.diff(edges) * (below - (edges[:-1] >= y)) ** 2).sum())
