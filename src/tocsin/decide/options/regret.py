"""Regret: by how much a better choice was there to be made, once the future is known (Savage 1951, doi:10.2307/2280094)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Criterion
    from tocsin.decide.options.outcomes import Outcomes


@dataclass(frozen=True, slots=True)
class Regret:
    """Regret over the futures tested, in the unit of the criterion, 0 or more.

    Attributes:
        median: half of the futures have no more.
        nine_in_ten: nine futures in ten have no more.
        worst: the most in any future.
    """

    median: float
    nine_in_ten: float
    worst: float


def regret(values: NDArray[np.float64], *, up: bool) -> NDArray[np.float64]:
    """Distance to the best alternative of the same future.

    Args:
        values: of one criterion, shape (alternative, future); NaN where unknown, which is no rival and has no regret.
        up: whether more is better.

    Example:
        >>> regret(np.array([[1.0, 5.0], [3.0, 4.0]]), up=True).tolist()
        [[2.0, 0.0], [0.0, 1.0]]
    """
    towards = values if up else -values
    best = np.fmax.reduce(towards, axis=0)
    return np.asarray(best - towards)


def regrets(done: Outcomes, *, criteria: Sequence[Criterion]) -> list[list[Regret | None]]:
    """Regret of each alternative (outer) on each criterion (inner); None where its value is unknown."""
    made: list[list[Regret | None]] = [[None] * len(criteria) for _ in done.values]
    for c, criterion in enumerate(criteria):
        short = regret(done.values[:, c], up=criterion.better.value == "up")
        for a in np.flatnonzero(done.known[:, c]):
            middle, nine = np.quantile(short[a], (0.5, 0.9))
            made[a][c] = Regret(float(middle), float(nine), float(short[a].max()))
    return made
