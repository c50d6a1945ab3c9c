"""When a condition was met: its spells in a run of readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def met(values: NDArray[np.float64], *, rises_to: float | None, falls_to: float | None) -> NDArray[np.bool_]:
    """Whether each value is at or beyond a level, shape (N,); what is not known (NaN) is not met.

    Example:
        >>> met(np.array([np.nan, 4.0, 5.0, 0.0]), rises_to=5, falls_to=0).tolist()
        [False, False, True, True]
    """
    reached = np.zeros(len(values), dtype=bool)
    if rises_to is not None:
        reached |= values >= rises_to
    if falls_to is not None:
        reached |= values <= falls_to
    return reached


def onsets(reached: NDArray[np.bool_], known: NDArray[np.bool_]) -> list[int]:
    """Positions at which a condition comes to be met: met, and not met at the known reading before.

    A condition that is met at the first known reading fires there.

    Example:
        >>> onsets(np.array([0, 1, 1, 0, 1], dtype=bool), np.ones(5, dtype=bool))
        [1, 4]
    """
    fired, before = [], False
    for position in np.flatnonzero(known):
        if reached[position] and not before:
            fired.append(int(position))
        before = bool(reached[position])
    return fired


def rolling_sum(values: NDArray[np.float64], months: int) -> NDArray[np.float64]:
    """Sum over each month and those before it, `months` in all, shape (N,); NaN where they are not all there.

    Example:
        >>> rolling_sum(np.array([1.0, 2.0, 3.0, 4.0]), 3).tolist()
        [nan, nan, 6.0, 9.0]
    """
    sums = np.full(len(values), np.nan)
    if len(values) >= months:
        sums[months - 1 :] = np.lib.stride_tricks.sliding_window_view(values, months).sum(axis=1)
    return sums
