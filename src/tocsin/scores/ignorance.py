"""The ignorance score over the bins of the VIEWS prediction challenge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores.arrays import per_unit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

EDGES = (0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5, np.inf)
"""Edges of the eleven bins, in deaths a month: closed below, open above, the last without end."""

BINS = len(EDGES) - 1


def ignorance(draws: ArrayLike, actual: ArrayLike) -> NDArray[np.float64]:
    """The ignorance score, -log2 p of the bin the actual fell in, in bits; lower is better.

    p = (draws in that bin + 1) / (D + 11): one is added to each of the eleven bins, so that a bin no draw fell in
    keeps a chance. How large a chance depends on D: the worst score is log2(D + 11), 4.5 bits with 12 draws and
    10 with 1000, and the best is no better than log2((D + 11) / (D + 1)). **Never compare the ignorance of
    forecasts with unequal numbers of draws**: resample to one number first.

    Source: Roulston & Smith 2002, doi:10.1175/1520-0493(2002)130<1653:EPFUIT>2.0.CO;2; bins and the added one
    from Hegre et al. 2025, the VIEWS prediction challenge 2023/24.

    Args:
        draws: deaths, shape (..., D), >= 0.
        actual: deaths that came, shape (...), >= 0.

    Returns:
        Score of every unit, shape (...), > 0.

    Raises:
        InputError: a value is not finite or is negative, or the shapes do not match.

    Example:
        >>> ignorance([[0, 0, 0, 0, 3]], [0]).round(4)  # -log2(5 / 16)
        array([1.6781])
    """
    return per_unit(ignorance_of_ordered, draws, actual)


def ignorance_of_ordered(ordered: Floats, actual: Floats) -> Floats:
    """The ignorance of draws of shape (n, D) and actual (n, 1): shape (n,). The order does not matter."""
    edges = np.asarray(EDGES)
    which = np.searchsorted(edges, actual, side="right")
    inside = ((ordered >= edges[which - 1]) & (ordered < edges[which])).sum(axis=1)
    return np.asarray(-np.log2((inside + 1) / (ordered.shape[1] + BINS)))
