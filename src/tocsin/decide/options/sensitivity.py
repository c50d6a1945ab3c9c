"""Which input changes the first place most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 10
SHUFFLES = 400
SURE = 0.95


def first_place_shares(
    first: NDArray[np.float64], rank: NDArray[np.float64], *, bins: int = BINS
) -> NDArray[np.float64]:  # fmt: skip
    """Share of the variation in who is first that each input explains by itself.

    The correlation ratio (Pearson 1905) summed over alternatives: futures are cut into `bins` parts of equal number by the
    rank of the input, and `sum_a Var_parts(mean of first_a) / sum_a p_a (1 - p_a)`, where p_a is how often a is first over
    all futures and weightings. What the weightings decide is part of the whole.

    Args:
        first: share of the weightings that put each alternative first, shape (alternative, future), 0..1.
        rank: of each input, shape (input, future).
        bins: parts.

    Returns:
        0..1 for each input, shape (input,); 0 where the first place never changes.

    Example:
        >>> rank = np.linspace(0, 1, 100, endpoint=False)
        >>> first = np.stack([rank < 0.5, rank >= 0.5]).astype(float)
        >>> first_place_shares(first, np.stack([rank, np.roll(rank, 1)[::-1] * 0 + np.arange(100) % 10])).round(2).tolist()
        [1.0, 0.0]
    """
    total = variation(first)
    if total == 0:
        return np.zeros(len(rank))
    return np.array([_between(first, np.argsort(row, kind="stable"), bins) / total for row in rank])


def weighting_share(first: NDArray[np.float64], *, rounds: int) -> float:
    """Share of the variation in who is first that is left when the future is known: the weighting decides it.

    `sum_a mean_f(first_af (1 - first_af)) r / (r - 1)` over `sum_a p_a (1 - p_a)`.

    Args:
        first: as in `first_place_shares`.
        rounds: r, weightings tried in each future, 2 or more.

    Example:
        >>> weighting_share(np.array([[0.0, 1.0], [1.0, 0.0]]), rounds=5)
        0.0
    """
    total = variation(first)
    left = float((first * (1 - first)).mean(axis=1).sum()) * rounds / (rounds - 1)
    return min(1.0, left / total) if total else 0.0


def variation(first: NDArray[np.float64]) -> float:
    """How much the first place changes over futures and weightings: the sum of p (1 - p) over alternatives."""
    p = first.mean(axis=1)
    return float((p * (1 - p)).sum())


def noise_floor(
    first: NDArray[np.float64], *, inputs: int, rng: np.random.Generator, bins: int = BINS, shuffles: int = SHUFFLES
) -> float:  # fmt: skip
    """What the largest of so many inputs without any influence would still seem to explain, in 19 of 20 cases.

    Inputs without influence are shuffles of the futures. The bound for the largest of k is the `0.95 ** (1 / k)` quantile
    of a single one.

    Args:
        first: as in `first_place_shares`.
        inputs: how many are looked at, k.
        rng: of the shuffles.
        bins: parts.
        shuffles: how many.
    """
    total = variation(first)
    if total == 0 or inputs == 0:
        return 0.0
    by_chance = [_between(first, rng.permutation(first.shape[1]), bins) / total for _ in range(shuffles)]
    return float(np.quantile(by_chance, SURE ** (1 / inputs)))


def _between(first: NDArray[np.float64], order: NDArray[np.int64], bins: int) -> float:
    parts = np.linspace(0, len(order), bins + 1).astype(int)
    sizes = np.diff(parts)
    means = np.add.reduceat(first[:, order], parts[:-1], axis=1) / sizes
    middle = first.mean(axis=1, keepdims=True)
    return float((sizes * (means - middle) ** 2).sum() / len(order))
