"""Dominance: at least as good on every criterion, and better on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def dominance(partial: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """In which share of futures an alternative dominates another, and whether it does throughout.

    Throughout: in no future worse on any criterion, and better in some future on some criterion. That is a partial
    order: nothing dominates itself, no two dominate each other, and what dominates a dominator dominates its victims.

    Args:
        partial: values turned so that more is better, shape (alternative, criterion, future); all known.

    Returns:
        Share of futures tested in which the row dominates the column, and whether it does throughout; both of shape
        (alternative, alternative).

    Example:
        >>> share, always = dominance(np.array([[[2.0, 2.0]], [[1.0, 3.0]], [[0.0, 1.0]]]))
        >>> share.tolist()
        [[0.0, 0.5, 1.0], [0.5, 0.0, 1.0], [0.0, 0.0, 0.0]]
        >>> always[:, 2].tolist()
        [True, True, False]
    """
    count = len(partial)
    share, always = np.zeros((count, count)), np.zeros((count, count), dtype=bool)
    for a in range(count):
        no_worse = (partial[a] >= partial).all(axis=1)
        better = (partial[a] > partial).any(axis=1)
        share[a] = (no_worse & better).mean(axis=1)
        always[a] = no_worse.all(axis=1) & better.any(axis=1)
    return share, always
