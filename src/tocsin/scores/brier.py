"""Probabilities of an event: the Brier score and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where
from tocsin.scores.arrays import checked_threshold, counts, outcomes, probabilities, same_shape

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BrierParts:
    """A mean Brier score and its parts: brier = reliability - resolution + uncertainty + within_groups.

    Attributes:
        brier: the mean Brier score, 0..1.
        reliability: how far stated probabilities lie from what followed; lower is better.
        resolution: how far what followed differs between groups; higher is better.
        uncertainty: base rate times one minus base rate: set by the outcomes alone.
        within_groups: what is left because forecasts within a group differ; 0 when grouped by distinct forecast.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within_groups: float


def p_at_least(draws: ArrayLike, *, threshold: float) -> Floats:
    """Probability of >= `threshold` deaths: the share of draws, shape (..., D) to (...), 0..1.

    Raises:
        InputError: a draw is not finite or is negative.
        OutOfRange: the threshold is not finite or is negative.

    Example:
        >>> p_at_least([[0, 25, 30, 24]], threshold=25)
        array([0.5])
    """
    sample = counts(draws, field="draws")
    if sample.ndim == 0:
        raise InputError("draws is one number", where=Where(field="draws"), hint="give draws as (..., draws)")
    return np.asarray((sample >= checked_threshold(threshold)).mean(axis=-1))


def brier(p: ArrayLike, outcome: ArrayLike) -> Floats:
    """The Brier score of every forecast, (p - outcome)^2; lower is better.

    Source: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Args:
        p: probability of the event, shape (...), 0..1.
        outcome: whether it came, shape (...), 0 or 1.

    Raises:
        InputError: a probability lies outside 0..1, an outcome is neither 0 nor 1, or the shapes do not match.

    Example:
        >>> brier([0.5, 1.0, 0.25], [1, 1, 0])
        array([0.25  , 0.    , 0.0625])
    """
    stated, came = forecasts_and_outcomes(p, outcome)
    return ((stated - came) ** 2).reshape(np.shape(p))


def brier_parts(p: ArrayLike, outcome: ArrayLike, *, bins: int | None = None) -> BrierParts:
    """Murphy's decomposition of the mean Brier score.

    Grouped by distinct forecast it is exact. With a thousand draws there are so many distinct forecasts that each
    group holds few cases and reliability looks worse than it is: `bins` groups by equal steps of probability and
    names what that leaves over.

    Source: Murphy 1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; the part within groups, Stephenson,
    Coelho & Jolliffe 2008, doi:10.1175/2007WAF2006116.1.

    Args:
        p: probability of the event, shape (...), 0..1.
        outcome: whether it came, shape (...), 0 or 1.
        bins: number of equal steps of probability; None groups by distinct forecast.

    Raises:
        InputError: as in `brier`.
        OutOfRange: bins is below 1.

    Example:
        >>> brier_parts([0.25, 0.25, 0.75, 0.75], [0, 0, 1, 0])
        BrierParts(brier=0.1875, reliability=0.0625, resolution=0.0625, uncertainty=0.1875, within_groups=0.0)
    """
    stated, came = forecasts_and_outcomes(p, outcome)
    group = np.unique(stated, return_inverse=True)[1] if bins is None else bin_of(stated, bins=bins)
    size = np.bincount(group)
    filled = size > 0
    mean_p, rate = (np.bincount(group, v)[filled] / size[filled] for v in (stated, came))
    share, base = size[filled] / stated.size, float(came.mean())
    score = float(((stated - came) ** 2).mean())
    reliability = float((share * (mean_p - rate) ** 2).sum())
    resolution = float((share * (rate - base) ** 2).sum())
    uncertainty = base * (1 - base)
    rest = 0.0 if bins is None else score - (reliability - resolution + uncertainty)
    return BrierParts(score, reliability, resolution, uncertainty, rest)


def forecasts_and_outcomes(p: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    """Probabilities and outcomes, checked and flat: p in 0..1, outcome 0.0 or 1.0, both of shape (n,).

    Raises:
        InputError: as in `brier`.
    """
    stated, came = probabilities(p), outcomes(outcome)
    same_shape(stated, came, fields=("p", "outcome"))
    return stated.ravel(), came.ravel().astype(np.float64)


def bin_of(p: Floats, *, bins: int) -> NDArray[np.intp]:
    """Which of `bins` equal steps of probability each forecast lies in, 0 to bins - 1; 1.0 is in the last.

    Raises:
        OutOfRange: bins is below 1.
    """
    if bins < 1:
        raise OutOfRange(f"{bins} bins hold nothing", where=Where(field="bins"), hint="give 1 or more, as 10")
    edges = np.linspace(0, 1, bins + 1)
    return np.searchsorted(edges[1:-1], p, side="right")
