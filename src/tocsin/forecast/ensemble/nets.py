"""Small neural networks over the bins in which deaths are scored: smooth where trees step.

They see what the boosted bins see, and are about as good; as they err elsewhere, the mean of both is better than either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.ensemble.boosted_bins import bin_of
from tocsin.scores.ignorance import BINS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.neural_network import MLPClassifier


@dataclass(frozen=True, slots=True)
class NetSettings:
    """Chosen on windows before 2018 by how likely the nets found the bins that came.

    Attributes:
        nets: how many are grown from a seed; their probabilities are averaged.
        hidden: units of the one hidden layer.
        penalty: on the squares of the weights.
        epochs: how often each net sees every row; more, and it learns the past by heart.
        rows: rows a step.
        rate: learning rate.
    """

    nets: int = 3
    hidden: int = 48
    penalty: float = 0.001
    epochs: int = 6
    rows: int = 512
    rate: float = 0.002


@dataclass(frozen=True)
class NetBins:
    """Trained networks, the bins that ever came, and the middle and spread of each feature."""

    nets: tuple[MLPClassifier, ...]
    seen: NDArray[np.intp]
    middle: NDArray[np.float32]
    spread: NDArray[np.float32]

    @classmethod
    def of(
        cls, table: NDArray[np.float32], came: NDArray[np.int64], weight: NDArray[np.float32], *,
        settings: NetSettings, seed: int,
    ) -> NetBins:  # fmt: skip
        """Train networks on past situations.

        Sums run in one thread, so that the same seed gives the same networks whatever else a machine does.

        Args:
            table: features, the horizon among them, shape (rows, features).
            came: deaths that came, shape (rows,).
            weight: sampling weight of each row, shape (rows,).
            settings: how to train.
            seed: the seed.
        """
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - with scikit-learn, which takes seconds to load

        middle, spread = table.mean(axis=0), table.std(axis=0)
        spread = np.where(spread > 0, spread, 1).astype(np.float32)
        alike = (table - middle) / spread
        bins = bin_of(came)
        seen = np.unique(bins)
        count = settings.nets if len(seen) > 1 else 0
        with threadpool_limits(limits=1, user_api="blas"):
            nets = [_trained(alike, bins, weight, settings, seed=seed * count + k) for k in range(count)]
        return cls(tuple(nets), seen, middle, spread)

    def probabilities(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each bin, the nets' mean, shape (situations, 11); each row sums to 1, and what never came has 0."""
        out = np.zeros((len(table), BINS))
        alike = (table - self.middle) / self.spread
        out[:, self.seen] = np.mean([net.predict_proba(alike) for net in self.nets], axis=0) if self.nets else 1.0
        return out


def _trained(
    table: NDArray[np.float32], bins: NDArray[np.intp], weight: NDArray[np.float32], settings: NetSettings, *, seed: int
) -> MLPClassifier:
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415 - takes seconds to load

    net = MLPClassifier(
        (settings.hidden,), alpha=settings.penalty, batch_size=min(settings.rows, len(table)),
        learning_rate_init=settings.rate, random_state=seed % 2**32,
    )  # fmt: skip
    for _ in range(settings.epochs):
        net.partial_fit(table, bins, sample_weight=weight, classes=np.unique(bins))
    return net
