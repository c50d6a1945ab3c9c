"""How many die where anybody does: the odds that deaths exceed each of a few sizes, and the distribution through them.

Each size has a regularised logistic regression of its own on the months with deaths, so that a signal may weigh more for
massacres than for single deaths (distribution regression: Foresi & Peracchi 1995, doi:10.1080/01621459.1995.10476537).
Few parameters make it steadier than a forest where months with hundreds of deaths are few, and it reaches past the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIZES = (1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 160, 250, 400, 700)
"""Deaths a month whose exceedance is learned, as far as enough months exceed them."""
FEWEST_BEYOND = 15
"""Months beyond a size, and months not beyond it, from which its odds are learned."""
BEYOND = 1.5
"""Index of the Pareto tail past the greatest size learned."""
STIFFNESS = 0.02
"""Inverse of the penalty on squared coefficients of standardised features."""
MOST_DEATHS = 1_000_000


@dataclass(frozen=True)
class SizeOdds:
    """Standardisation of the features, and the logistic regression of each size: coefficients of shape (S, features)."""

    sizes: tuple[int, ...]
    centre: Floats
    scale: Floats
    slope: Floats
    offset: Floats

    @classmethod
    def of(cls, table: NDArray[np.float32], came: NDArray[np.int64]) -> SizeOdds:
        """Learn from months with deaths.

        Args:
            table: features, shape (months, features).
            came: deaths, at least 1, shape (months,).
        """
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes seconds to load

        centre, scale = table.mean(axis=0, dtype=np.float64), table.std(axis=0, dtype=np.float64)
        scale[scale < 1e-9] = 1.0
        standard = (table - centre) / scale
        learned: list[tuple[int, Any]] = []
        for size in SIZES:
            beyond = came > size
            if min(int(beyond.sum()), int((~beyond).sum())) < FEWEST_BEYOND:
                break
            learned.append((size, LogisticRegression(C=STIFFNESS, max_iter=300, tol=1e-3).fit(standard, beyond)))
        slope = np.array([model.coef_[0] for _, model in learned]).reshape(-1, table.shape[1])
        offset = np.array([model.intercept_[0] for _, model in learned])
        return cls(tuple(size for size, _ in learned), centre, scale, slope, offset)

    def beyond(self, table: NDArray[np.float32]) -> Floats:
        """Probability that deaths, where any, exceed each size, never rising: shape (situations, S), 0..1."""
        standard = (table - self.centre) / self.scale
        odds = np.clip(standard @ self.slope.T + self.offset, -30, 30)
        return np.asarray(np.minimum.accumulate(1 / (1 + np.exp(-odds)), axis=1))

    def quantiles(self, table: NDArray[np.float32], levels: Floats) -> NDArray[np.int64]:
        """Deaths where there are any, at least 1, shape (situations, levels).

        Args:
            table: features, shape (situations, features).
            levels: rising, within 0 and 1.
        """
        return through(self.beyond(table), self.sizes, levels)


def through(beyond: Floats, sizes: tuple[int, ...], levels: Floats) -> NDArray[np.int64]:
    """Quantiles of the distribution of counts from 1 that exceeds the sizes as told.

    Between two sizes the chance of exceeding falls as a power of deaths; past the last as a Pareto tail.

    Args:
        beyond: probability of exceeding each size, never rising, shape (n, S).
        sizes: rising, length S.
        levels: rising, within 0 and 1.

    Example:
        >>> through(np.array([[0.5, 0.1]]), (1, 5), np.array([0.25, 0.55, 0.9, 0.97]))
        array([[ 1,  2,  5, 12]])
    """
    chance = np.log(np.maximum(np.column_stack([np.ones(len(beyond)), beyond]), 1e-9))
    deaths = np.log(np.array([0.5, *(size + 0.5 for size in sizes)]))
    wanted = np.log1p(-levels)
    step = (chance[:, None, :] >= wanted[None, :, None]).sum(axis=2) - 1
    up = np.minimum(step + 1, len(sizes))
    low, high = (np.take_along_axis(chance, at, axis=1) for at in (step, up))
    share = np.where(up > step, (low - wanted) / np.maximum(low - high, 1e-12), 0.0)
    past = np.where(up > step, 0.0, (low - wanted) / BEYOND)
    found = np.exp(deaths[step] + share * (deaths[up] - deaths[step]) + past)
    return np.asarray(np.clip(np.ceil(found - 0.5 - 1e-9), 1, MOST_DEATHS).astype(np.int64))
