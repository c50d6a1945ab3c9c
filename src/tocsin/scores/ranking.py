"""How well probabilities put what came above what did not: average precision and the area under the ROC curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores.brier import forecasts_and_outcomes

if TYPE_CHECKING:
    from typing import Self

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def average_precision(p: ArrayLike, outcome: ArrayLike) -> float | None:
    """Average precision: the mean precision over the steps of recall, ties of p taken together; higher is better.

    Forecasts with the same p come in one step, so their order can not matter. (Breaking the ties by another
    column, such as the mean forecast, is another and a larger number.) A forecast without skill has the base rate.

    Source: Davis & Goadrich 2006, doi:10.1145/1143844.1143874; the same number as scikit-learn's
    `average_precision_score`.

    Args:
        p: probability of the event, shape (...), 0..1.
        outcome: whether it came, shape (...), 0 or 1.

    Returns:
        0..1, or None where nothing came: then it is not defined.

    Raises:
        InputError: a probability lies outside 0..1, an outcome is neither 0 nor 1, or the shapes do not match.

    Example:
        >>> average_precision([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]), average_precision([0.9], [0])
        (0.8333333333333333, None)
    """
    return Ranking.of(p, outcome).average_precision()


def auc(p: ArrayLike, outcome: ArrayLike) -> float | None:
    """Area under the ROC curve: the chance that what came had the higher p, ties counting half; higher is better.

    Source: Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747. Arguments and errors as in
    `average_precision`.

    Returns:
        0..1 with .5 for no skill, or None where all or nothing came: then it is not defined.

    Example:
        >>> auc([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]), auc([0.9], [1])
        (0.875, None)
    """
    return Ranking.of(p, outcome).auc()


@dataclass(frozen=True, eq=False)
class Ranking:
    """Forecasts in falling order of probability, ranked once and then weighed as often as needed.

    Attributes:
        order: index of each forecast in the flat input, highest p first, shape (n,).
        came: whether it came, in that order, 0.0 or 1.0, shape (n,).
        ends: last place of each run of equal p, ascending.
    """

    order: NDArray[np.intp]
    came: Floats
    ends: NDArray[np.intp]

    @classmethod
    def of(cls, p: ArrayLike, outcome: ArrayLike) -> Self:
        """Rank forecasts; arguments and errors as in `average_precision`."""
        stated, came = forecasts_and_outcomes(p, outcome)
        order = np.argsort(-stated, kind="stable")
        ends = np.flatnonzero(np.append(np.diff(stated[order]) != 0, np.True_))
        return cls(order, came[order], ends)

    def average_precision(self, weight: Floats | None = None) -> float | None:
        """Average precision with each forecast counted `weight` times, shape (n,) in the order of the input."""
        hits, seen = self._sums(weight)
        if hits[-1] == 0:
            return None
        met = seen > 0
        gained = np.diff(hits, prepend=0.0)[met]
        return float((gained * hits[met] / seen[met]).sum() / hits[-1])

    def auc(self, weight: Floats | None = None) -> float | None:
        """Area under the ROC curve with each forecast counted `weight` times, as in `average_precision`."""
        hits, seen = self._sums(weight)
        misses = seen - hits
        if hits[-1] == 0 or misses[-1] == 0:
            return None
        middle = hits - np.diff(hits, prepend=0.0) / 2
        return float((np.diff(misses, prepend=0.0) * middle).sum() / (hits[-1] * misses[-1]))

    def _sums(self, weight: Floats | None) -> tuple[Floats, Floats]:
        """What came and what was forecast, by weight, down to the end of each run of equal p."""
        counted = np.ones(self.came.size) if weight is None else weight[self.order]
        return np.cumsum(counted * self.came)[self.ends], np.cumsum(counted)[self.ends]
