"""Shares of the whole points of a scale from 0 to 100: their score, and their central interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.mixture import GRID

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEVEL = 0.8


def crps_of_shares(shares: ArrayLike, outcome: ArrayLike) -> Floats:
    """CRPS of shares of the whole points of 0-100, in points of the scale: shape (...).

    The integral of (F(x) - 1[x >= y])^2, exact for outcomes between points too.

    Example:
        >>> import numpy as np
        >>> crps_of_shares(np.eye(101)[40], 55.5)
        array(15.5)
    """
    below = np.cumsum(np.asarray(shares, dtype=np.float64), axis=-1)[..., :-1]
    before = np.clip(np.asarray(outcome, dtype=np.float64)[..., None] - GRID[:-1], 0.0, 1.0)
    return np.asarray((before * below**2 + (1 - before) * (1 - below) ** 2).sum(axis=-1))


def central_of_shares(shares: Floats, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """The central interval of whole points, ends included: lowest points with (1 -/+ level) / 2 at or below them."""
    below = np.cumsum(shares, axis=-1)
    low, high = ((below >= q - 1e-9).argmax(axis=-1) for q in ((1 - level) / 2, (1 + level) / 2))
    return low.astype(np.float64), high.astype(np.float64)


def holds(shares: Floats, outcome: Floats, *, level: float = LEVEL) -> Flags:
    """Whether the central interval, ends included, holds the outcome."""
    low, high = central_of_shares(shares, level=level)
    return np.asarray((low <= outcome) & (outcome <= high))
