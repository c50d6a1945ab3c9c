"""A tail beyond what was ever seen: the highest draws follow a generalised Pareto law above a forecast's own quantile.

Forests repeat what came before, so that the worst month they can name is a month that was. Excesses over a forecast's
own high quantile, as multiples of that quantile, are alike from area to area; their law is learned once, on windows
before those a model is judged on, and put above the quantile of each area and month (peaks over threshold: Pickands
1975, doi:10.1214/aos/1176343003; Davison & Smith 1990, doi:10.1111/j.2517-6161.1990.tb01796.x).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange
from tocsin.forecast.forest import MOST_DEATHS
from tocsin.forecast.leaves import even_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 20
"""Excesses from which a law can be learned."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The law of excesses, as multiples of the quantile they exceed.

    Attributes:
        share: share of the draws that lie in the tail.
        shape: of the generalised Pareto law; above 0 is heavier than any exponential, and 1 has no mean.
        scale: of the law, in multiples of the quantile.
        least: deaths a month that the quantile must reach for a tail to be put above it.
    """

    share: float = 0.02
    shape: float = 0.3
    scale: float = 0.7
    least: int = 25

    def above(self, draws: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same draws with the highest replaced by the law's, rising, of the same shape.

        Args:
            draws: rising along the last axis, shape (..., D).

        Example:
            >>> Tail(share=0.5, shape=1.0, scale=1.0).above(np.array([[50, 100, 100, 100], [0, 1, 2, 3]]))
            array([[ 50, 100, 133, 400],
                   [  0,   1,   2,   3]])
        """
        count = round(self.share * draws.shape[-1])
        if not count or count >= draws.shape[-1]:
            return draws
        quantile = draws[..., -count - 1]
        levels = even_levels(count)
        law = self.scale * (
            -np.log1p(-levels) if not self.shape else np.expm1(-self.shape * np.log1p(-levels)) / self.shape
        )
        tail = np.minimum(np.round(quantile[..., None] * (1 + law)), MOST_DEATHS).astype(np.int64)
        out = draws.copy()
        out[..., -count:] = np.where(quantile[..., None] >= self.least, tail, draws[..., -count:])
        return out


def learned_tail(draws: NDArray[np.int64], actual: NDArray[np.int64], *, share: float, least: int) -> Tail:
    """The law of what came above each forecast's own quantile, by maximum likelihood.

    Args:
        draws: rising along the last axis, shape (N, D).
        actual: what came, shape (N,).
        share: share of the draws above the quantile.
        least: deaths a month that the quantile must reach.

    Raises:
        OutOfRange: fewer than 20 months lay above their quantile.
    """
    from scipy.stats import genpareto  # noqa: PLC0415 - takes a second to load

    quantile = draws[:, -round(share * draws.shape[1]) - 1].astype(np.float64)
    over = (actual > quantile) & (quantile >= least)
    if over.sum() < FEWEST:
        raise OutOfRange(
            f"{over.sum()} months lay above their quantile", hint=f"a tail is learned from {FEWEST} or more"
        )
    shape, _, scale = genpareto.fit((actual[over] - quantile[over]) / quantile[over], floc=0)
    return Tail(share, float(np.clip(shape, 0.0, 0.9)), float(scale), least)
