"""Whether what was said to have a chance of 30 % came three times in ten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores.brier import bin_of, forecasts_and_outcomes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

SIMULATIONS = 2000


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """One step of probability: what was said, what came, and what would come by chance were the forecasts right.

    Attributes:
        p_from: lower end of the step.
        p_to: upper end of the step.
        n: forecasts in it.
        p: their mean probability.
        rate: share of them that came.
        lower: lower end of the consistency band of the rate.
        upper: upper end of the consistency band of the rate.
    """

    p_from: float
    p_to: float
    n: int
    p: float
    rate: float
    lower: float
    upper: float

    @property
    def consistent(self) -> bool:
        """Whether what came lies in the band: no evidence against the stated probabilities."""
        return self.lower <= self.rate <= self.upper


def reliability_table(
    p: ArrayLike, outcome: ArrayLike, *, seed: int, bins: int = 10, level: float = 0.9
) -> tuple[ReliabilityRow, ...]:
    """The reliability table with consistency bands; steps without forecasts are left out.

    The band is where the rate would lie, at `level`, were every forecast right and every case on its own. Months
    of one area are not on their own, so the band is too narrow for them: a rate outside it is a reason to look.

    Source: Broecker & Smith 2007, doi:10.1175/WAF993.1.

    Args:
        p: probability of the event, shape (...), 0..1.
        outcome: whether it came, shape (...), 0 or 1.
        seed: makes the simulated bands again.
        bins: number of equal steps of probability.
        level: share of simulated rates the band holds.

    Raises:
        InputError: a probability lies outside 0..1, an outcome is neither 0 nor 1, or the shapes do not match.
        OutOfRange: bins is below 1.

    Example:
        >>> [row] = reliability_table([0.5] * 4, [1, 0, 1, 1], seed=1)
        >>> row.n, row.p, row.rate, row.consistent
        (4, 0.5, 0.75, True)
    """
    stated, came = forecasts_and_outcomes(p, outcome)
    which = bin_of(stated, bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    rng = np.random.default_rng(seed)
    rows = []
    for i in np.unique(which):
        here = which == i
        low, high = _band(stated[here], level=level, rng=rng)
        said, rate = float(stated[here].mean()), float(came[here].mean())
        rows.append(ReliabilityRow(float(edges[i]), float(edges[i + 1]), int(here.sum()), said, rate, low, high))
    return tuple(rows)


def _band(p: Floats, *, level: float, rng: np.random.Generator) -> tuple[float, float]:
    """Band of the rate of independent events with probabilities p; equal probabilities are drawn together."""
    distinct, size = np.unique(p, return_counts=True)
    came = np.zeros(SIMULATIONS)
    for chance, n in zip(distinct, size, strict=True):
        came += rng.binomial(n, chance, SIMULATIONS)
    low, high = np.quantile(came / p.size, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return float(low), float(high)
