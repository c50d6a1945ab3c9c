"""Gradient boosting over the bins in which deaths are scored: how likely each size of month is.

The bins are those of the ignorance score. Within a bin the draws stand as another forecast has them, so that the
boosted trees say how likely a bin is, and the other forecast where in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.forest import MOST_DEATHS
from tocsin.scores.ignorance import BINS, EDGES

if TYPE_CHECKING:
    from lightgbm import Booster
    from numpy.typing import NDArray

LEAST = np.ceil(EDGES[:-1])
MOST = np.array([0.0, *np.floor(EDGES[2:-1]), MOST_DEATHS])
"""Least and most deaths of each bin."""
FEW = 5
"""Draws of the other forecast that a bin must hold for it to say where in the bin deaths lie."""
BEYOND = 2.0
"""Index of the Pareto tail of the last bin, where the other forecast does not reach it."""


@dataclass(frozen=True, slots=True)
class BoostSettings:
    """`benchmarks/tune_ensemble.py` scores these beside others on windows before 2018, and writes down every candidate.

    Attributes:
        rounds: trees for each bin.
        rate: learning rate.
        leaves: most leaves of a tree.
        least: least number of training rows in a leaf.
        share_of_features: share of the features each tree sees.
        share_of_rows: share of the rows each tree sees.
        ridge: penalty on the squares of the leaves' values.
    """

    rounds: int = 120
    rate: float = 0.05
    leaves: int = 15
    least: int = 60
    share_of_features: float = 0.3
    share_of_rows: float = 0.6
    ridge: float = 5.0


@dataclass(frozen=True)
class BoostedBins:
    """Grown trees for the bins that the training rows fall in."""

    trees: Booster

    @classmethod
    def of(
        cls, table: NDArray[np.float32], came: NDArray[np.int64], weight: NDArray[np.float32], *,
        settings: BoostSettings, seed: int,
    ) -> BoostedBins:  # fmt: skip
        """Grow trees on past situations.

        One thread grows them, so that the same seed gives the same trees on every machine.

        Args:
            table: features, the horizon among them, shape (rows, features).
            came: deaths that came, shape (rows,).
            weight: sampling weight of each row, shape (rows,).
            settings: how to boost.
            seed: the seed.
        """
        import lightgbm  # noqa: PLC0415 - takes a second to load, and most commands boost nothing

        asked = {
            "objective": "multiclass", "num_class": BINS, "learning_rate": settings.rate, "num_leaves": settings.leaves,
            "min_data_in_leaf": settings.least, "feature_fraction": settings.share_of_features,
            "bagging_fraction": settings.share_of_rows, "bagging_freq": 1, "lambda_l2": settings.ridge,
            "max_bin": 127, "seed": seed % 2**31, "deterministic": True, "force_row_wise": True, "num_threads": 1,
            "verbosity": -1,
        }  # fmt: skip
        rows = lightgbm.Dataset(table, label=bin_of(came), weight=weight)
        return cls(lightgbm.train(asked, rows, num_boost_round=settings.rounds))

    def probabilities(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each bin, shape (situations, 11); each row sums to 1."""
        return np.asarray(self.trees.predict(table, num_threads=1), dtype=np.float64)


def bin_of(deaths: NDArray[np.integer]) -> NDArray[np.intp]:
    """The bin each count falls in, 0 to 10.

    Example:
        >>> bin_of(np.array([0, 1, 2, 3, 25, 26, 1000, 1001]))
        array([ 0,  1,  1,  2,  4,  5,  9, 10])
    """
    return np.searchsorted(EDGES, deaths, side="right") - 1


def within_bins(
    probability: NDArray[np.float64], reference: NDArray[np.int64], levels: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Quantiles of the forecast that has these bins, and within them stands as the reference does.

    In a bin that holds fewer than five of the reference's draws, deaths are spread evenly in their logarithm; in the
    open one they fall off as a Pareto tail of index 2.

    Args:
        probability: of each bin, shape (N, 11).
        reference: another forecast's draws, rising, shape (N, D).
        levels: rising, within 0 and 1, length L.

    Returns:
        Deaths, rising along each row, shape (N, L).

    Example:
        >>> p = np.zeros((1, 11)); p[0, [0, 1]] = 0.5
        >>> within_bins(p, np.array([[0, 1, 1, 1, 2, 2, 2, 40]]), np.array([0.2, 0.4, 0.6, 0.9]))
        array([[0, 0, 1, 2]])
    """
    ends = np.cumsum(probability, axis=1)
    ends = ends / ends[:, -1:]
    begins = np.pad(ends[:, :-1], ((0, 0), (1, 0)))
    of_level = np.minimum((levels[None, :, None] > ends[:, None, :]).sum(axis=2), BINS - 1)
    low, high = (np.take_along_axis(edge, of_level, axis=1) for edge in (begins, ends))
    inside = np.clip((levels[None, :] - low) / np.maximum(high - low, 1e-12), 0.0, np.nextafter(1.0, 0.0))
    first = (reference[:, :, None] < LEAST[None, None, :]).sum(axis=1)
    held = np.diff(np.pad(first, ((0, 0), (0, 1)), constant_values=reference.shape[1]), axis=1)
    first, held = (np.take_along_axis(count, of_level, axis=1) for count in (first, held))
    place = np.minimum(first + (inside * held).astype(np.intp), reference.shape[1] - 1)
    stands = np.take_along_axis(reference, place, axis=1)
    return np.where(held >= FEW, stands, _spread(of_level, inside)).astype(np.int64)


def _spread(of_level: NDArray[np.intp], inside: NDArray[np.float64]) -> NDArray[np.float64]:
    """Deaths spread over a bin without a reference."""
    least, most = np.maximum(LEAST[of_level], 1), MOST[of_level]
    even = np.clip(np.floor(least * ((most + 1) / least) ** inside), least, most)
    tail = np.minimum(least * (1 - inside) ** (-1 / BEYOND), MOST_DEATHS)
    return np.where(of_level == 0, 0.0, np.where(of_level == BINS - 1, tail, even))
