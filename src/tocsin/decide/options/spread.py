"""A value within its range: where a rank from 0 to 1 puts it.

The triangle from lowest over middle to highest spreads the tests: more futures lie near the middle. It is a way to
choose what is tested, and says nothing about how likely a value is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.case.cells import Range


def triangle(rank: NDArray[np.float64], *, within: Range) -> NDArray[np.float64]:
    """The value at a rank of the triangle low-mid-high (its inverse distribution function).

    With `c = (mid - low) / (high - low)`: `low + sqrt(p (high - low)(mid - low))` where `p <= c`, and
    `high - sqrt((1 - p)(high - low)(high - mid))` above.

    Args:
        rank: p, any shape, 0..1; 0 gives the lowest and 1 the highest value.
        within: lowest, middle and highest value, in the unit of the criterion.

    Example:
        >>> from tocsin.case.cells import Range
        >>> triangle(np.array([0.0, 0.125, 0.5, 1.0]), within=Range(0.0, 5.0, 10.0)).tolist()
        [0.0, 2.5, 5.0, 10.0]
    """
    low, mid, high = within
    if low == high:
        return np.full(rank.shape, low)
    width = high - low
    below = low + np.sqrt(rank * width * (mid - low))
    above = high - np.sqrt((1 - rank) * width * (high - mid))
    return np.where(rank * width <= mid - low, below, above)


def combined_rank(rises: NDArray[np.float64], falls: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of a value that rises with one uncertainty and falls with another.

    `s = (rises + 1 - falls) / 2` is rising in the first and falling in the second; its own rank among all pairs is
    `2 s^2` up to the middle and `1 - 2 (1 - s)^2` above, so that the result is spread evenly over 0..1 again.

    Args:
        rises: rank of the uncertainty the value rises with, 0..1.
        falls: rank of the one it falls with, the same shape.

    Example:
        >>> combined_rank(np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.5, 0.0])).tolist()
        [0.0, 0.5, 1.0]
    """
    s = (rises + 1 - falls) / 2
    return np.where(s <= 0.5, 2 * s**2, 1 - 2 * (1 - s) ** 2)
