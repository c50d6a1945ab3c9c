"""Which weightings of the criteria, and which futures, put an alternative first.

Stochastic multicriteria acceptability analysis: Lahdelma, Hokkanen & Salminen (1998),
doi:10.1016/S0377-2217(97)00163-X; SMAA-2: Lahdelma & Salminen (2001), doi:10.1287/opre.49.3.444.11220.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


CELLS = 1_000_000
"""Cells held at once where equal values share their ranks."""


@dataclass(frozen=True, slots=True, eq=False)
class Smaa:
    """What the analysis gives.

    Attributes:
        acceptability: share of draws in which an alternative (row) has a rank (column, first to last); both rows and
            columns add up to 1.
        first: share of the weightings tried in a future that put an alternative first, shape (alternative, future).
        central: mean of the weightings that put an alternative first, shape (alternative, criterion); NaN where none does.
        confidence: share of futures in which an alternative is first by its own central weights; NaN where it has none.
        times: draws in which an alternative is first; those where n are equal count 1/n each, shape (alternative,).
    """

    acceptability: NDArray[np.float64]
    first: NDArray[np.float64]
    central: NDArray[np.float64]
    confidence: NDArray[np.float64]
    times: NDArray[np.float64]


def rescaled(values: NDArray[np.float64], *, up: Sequence[bool]) -> NDArray[np.float64]:
    """Each criterion over the range met in the futures: 0 the worst value met by any alternative, 1 the best; linear.

    A criterion may thus be given in any unit and from any zero point without changing a rank. One that never differs is 0
    throughout.

    Args:
        values: shape (alternative, criterion, future), all known.
        up: for each criterion whether more is better.
    """
    low, high = values.min(axis=(0, 2))[:, None], values.max(axis=(0, 2))[:, None]
    width = np.where(high > low, high - low, 1.0)
    better = np.asarray(up)[:, None]
    return np.asarray(np.where(better, values - low, high - values) * (high > low) / width)


def smaa(partial: NDArray[np.float64], *, weights: NDArray[np.float64]) -> Smaa:
    """Rank the alternatives under every weighting, each in a future of its own turn.

    Draw d weighs future `d mod n`: the value of an alternative is the weighted sum of its criteria. Equal values share
    their ranks equally.

    Args:
        partial: criteria from 0 (worst) to 1 (best), shape (alternative, criterion, future).
        weights: shape (draw, criterion); as many draws as futures, or a multiple.

    Raises:
        OutOfRange: the draws are no multiple of the futures.

    Example:
        >>> best = smaa(np.array([[[1.0], [0.0]], [[0.0], [0.6]]]), weights=np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]]))
        >>> best.acceptability.round(3).tolist()
        [[0.667, 0.333], [0.333, 0.667]]
        >>> best.central.round(2).tolist(), best.confidence.tolist()
        ([[0.7, 0.3], [0.2, 0.8]], [1.0, 1.0])
    """
    count, criteria, futures = partial.shape
    if not len(weights) or len(weights) % futures:
        raise OutOfRange(f"{len(weights)} weightings do not cover {futures} futures evenly", hint="draw a multiple")
    ranks, first = np.zeros((count, count)), np.zeros((count, futures))
    central = np.zeros((count, criteria))
    for round_ in weights.reshape(-1, futures, criteria):
        placed, best = _places(np.einsum("acn,nc->na", partial, round_))
        ranks += placed
        first += best.T
        central += best.T @ round_
    times = first.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        central = np.where(times > 0, central / times, np.nan)
    rounds = len(weights) // futures
    return Smaa(ranks / len(weights), first / rounds, central, _confidence(partial, central=central), times[:, 0])


def _places(value: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often each alternative has each rank, shape (alternative, rank), and who is first, shape (draw, alternative)."""
    draws, count = value.shape
    order = np.argsort(-value, axis=1, kind="stable")
    equal = (np.diff(np.take_along_axis(value, order, axis=1), axis=1) == 0).any(axis=1)
    ranks = np.bincount((order[~equal] * count + np.arange(count)).ravel(), minlength=count**2).reshape(count, count)
    first = np.zeros((draws, count))
    first[np.arange(draws), order[:, 0]] = 1
    shared = np.zeros((count, count))
    rows = np.flatnonzero(equal)
    for part in np.array_split(rows, 1 + rows.size * count**2 // CELLS):
        placed = _shared_places(value[part])
        shared += placed.sum(axis=0)
        first[part] = placed[:, :, 0]
    return ranks + shared, first


def _shared_places(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of each rank that each alternative holds where some are equal, shape (draw, alternative, rank)."""
    better = (value[:, None, :] > value[:, :, None]).sum(axis=2)[:, :, None]
    alike = (value[:, None, :] == value[:, :, None]).sum(axis=2)[:, :, None]
    rank = np.arange(value.shape[1])
    return np.asarray(((rank >= better) & (rank < better + alike)) / alike)


def _confidence(partial: NDArray[np.float64], *, central: NDArray[np.float64]) -> NDArray[np.float64]:
    made = np.full(len(partial), np.nan)
    for a in np.flatnonzero(~np.isnan(central[:, 0])):
        value = np.einsum("acn,c->an", partial, central[a])
        best = value == value.max(axis=0)
        made[a] = (best[a] / best.sum(axis=0)).mean()
    return made
