"""Central intervals: how wide they are, how often they hold, and the score that pays for both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where
from tocsin.scores.arrays import counts, numbers, per_unit, same_shape

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.9


def interval_score(draws: ArrayLike, actual: ArrayLike, *, level: float = LEVEL) -> Floats:
    """The interval score of the draws' central interval, in deaths; lower is better; its mean is the MIS.

    With alpha = 1 - level and the quantiles l and u at alpha/2 and 1 - alpha/2 (linear between order statistics):
    (u - l) + 2/alpha (l - y) where y < l, and + 2/alpha (y - u) where y > u.

    Source: Gneiting & Raftery 2007, section 6.2, doi:10.1198/016214506000001437.

    Args:
        draws: deaths, shape (..., D), >= 0.
        actual: deaths that came, shape (...), >= 0.
        level: share of the draws the interval should hold, between 0 and 1.

    Returns:
        Score of every unit, shape (...), >= 0.

    Raises:
        InputError: a value is not finite or is negative, or the shapes do not match.
        OutOfRange: the level is not between 0 and 1.

    Example:
        >>> interval_score([list(range(21))], [24], level=0.9)  # 1 to 19: 18 wide, 5 too high at 20 a death
        array([118.])
    """
    return per_unit(partial(interval_score_of_ordered, level=_checked(level)), draws, actual)


def covered(draws: ArrayLike, actual: ArrayLike, *, level: float = LEVEL) -> NDArray[np.bool_]:
    """Whether the actual lies in the draws' central interval, ends included; the mean is the coverage.

    Counts that are mostly zero are covered more often than the level says, however good the forecast: the
    interval 0 to 0 holds every zero. Read coverage beside the interval's width.

    Arguments, shapes and errors as in `interval_score`.

    Example:
        >>> covered([[0, 0, 1, 9], [5, 6, 7, 8]], [0, 20])
        array([ True, False])
    """
    return per_unit(partial(covered_of_ordered, level=_checked(level)), draws, actual).astype(np.bool_)


def score_bounds(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike, *, level: float = LEVEL) -> Floats:
    """The interval score of bounds that are already known, all of shape (...).

    Raises:
        InputError: a value is not finite, a lower bound is above its upper, or the shapes do not match.
        OutOfRange: the level is not between 0 and 1.

    Example:
        >>> score_bounds([2.0], [6.0], [1], level=0.5)  # 4 wide, 1 too low at 4 a death
        array([8.])
    """
    low, high = numbers(lower, field="lower"), numbers(upper, field="upper")
    came = counts(actual, field="actual")
    same_shape(low, high, fields=("lower", "upper"))
    same_shape(low, came, fields=("lower", "actual"))
    if (low > high).any():
        raise InputError("a lower bound is above its upper bound", where=Where(field="lower"), hint="swap them")
    y = came.astype(np.float64)
    return _score(low.astype(np.float64), high.astype(np.float64), y, level=_checked(level))


def interval_score_of_ordered(ordered: Floats, actual: Floats, *, level: float) -> Floats:
    """The interval score of draws already in ascending order, shape (n, D), and actual (n, 1): shape (n,)."""
    lower, upper = _bounds(ordered, level)
    return _score(lower, upper, actual[:, 0], level=level)


def covered_of_ordered(ordered: Floats, actual: Floats, *, level: float) -> Floats:
    """1 where the interval of ordered draws holds the actual, else 0: shape (n,)."""
    lower, upper = _bounds(ordered, level)
    return ((lower <= actual[:, 0]) & (actual[:, 0] <= upper)).astype(np.float64)


def _score(lower: Floats, upper: Floats, actual: Floats, *, level: float) -> Floats:
    beyond = np.maximum(lower - actual, 0) + np.maximum(actual - upper, 0)
    return np.asarray(upper - lower + 2 / (1 - level) * beyond)


def _bounds(ordered: Floats, level: float) -> tuple[Floats, Floats]:
    return _quantile(ordered, (1 - level) / 2), _quantile(ordered, (1 + level) / 2)


def _quantile(ordered: Floats, q: float) -> Floats:
    """Linear between order statistics, as numpy's default, without sorting again.

    The place is rounded so that a quantile that falls on a draw is that draw, and the interval holds it.
    """
    place = round(q * (ordered.shape[1] - 1), 9)
    below = int(place)
    above = min(below + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, below] + (place - below) * (ordered[:, above] - ordered[:, below]))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise OutOfRange(f"{level} is no level", where=Where(field="level"), hint="give a share, as 0.9 for 90 %")
    return level
