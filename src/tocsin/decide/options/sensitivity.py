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
    rank of the input, and `sum_a Var_parts(mean of first_a) / sum_a Var(first_a)`.

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
    total = first.var(axis=1).sum()
    if total == 0:
        return np.zeros(len(rank))
    return np.array([_between(first, np.argsort(row, kind="stable"), bins) / total for row in rank])


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
    total = first.var(axis=1).sum()
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
