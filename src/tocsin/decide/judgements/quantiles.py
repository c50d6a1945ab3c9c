"""A distribution from a few quantiles, and its CRPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A quantile function in straight pieces.

    Attributes:
        levels: from 0 to 1, shape (n,).
        values: the quantile at each level, not falling, shape (n,).
    """

    levels: Floats
    values: Floats


def curve(quantiles: Sequence[tuple[float, float]], *, low: float | None = None, high: float | None = None) -> Curve:
    """The distribution that a few quantiles are taken for.

    Between two quantiles the quantile function is a straight line: values there are equally likely. Below the lowest and
    above the highest quantile the nearest line goes on to level 0 and 1, and no farther than `low` and `high`; what would
    lie beyond lies there. Whoever means otherwise gives more quantiles; levels 0 and 1 may be among them.

    Args:
        quantiles: pairs of level (0..1) and value, levels rising, values not falling; two or more.
        low: the lowest value that can come; None where there is none.
        high: the highest.

    Raises:
        InputError: levels or values are out of order, or lie beyond what is possible.

    Example:
        >>> made = curve([(0.1, 20), (0.5, 40), (0.9, 80)], low=0)
        >>> made.levels.round(3).tolist(), made.values.round(3).tolist()
        ([0.0, 0.1, 0.5, 0.9, 1.0], [15.0, 20.0, 40.0, 80.0, 90.0])
    """
    levels, values = _checked(quantiles, low=low, high=high)
    slopes = np.diff(values) / np.diff(levels)
    below = values[0] - slopes[0] * levels[0]
    above = values[-1] + slopes[-1] * (1 - levels[-1])
    levels, values = np.array([0.0, *levels, 1.0]), np.array([below, *values, above])
    within = np.concatenate([[True], np.diff(levels) > 0])
    return _clipped(levels[within], values[within], low=low, high=high)


def curve_crps(given: Curve, *, came: float) -> float:
    """The CRPS of a distribution against the number that came, in its unit; lower is better.

    CRPS = 2 * integral over levels t of (1{came <= q(t)} - t)(q(t) - came). With q in straight pieces the integrand is a
    parabola on each side of the level at which q meets what came, so that Simpson's rule is exact.

    Source: Gneiting & Ranjan 2011, doi:10.1198/jbes.2010.08110.

    Args:
        given: the distribution.
        came: the number, in the same unit.

    Example:
        >>> round(curve_crps(curve([(0, 0), (1, 1)]), came=0.5), 6)  # uniform: 1/12
        0.083333
        >>> curve_crps(curve([(0.25, 3), (0.75, 3)]), came=5)  # one point: the distance
        2.0
    """
    levels, values = _with_level_of(given, came)
    middle_level, middle_value = (levels[1:] + levels[:-1]) / 2, (values[1:] + values[:-1]) / 2
    side = (middle_value >= came).astype(np.float64)
    ends = [(side - t) * (v - came) for t, v in ((levels[:-1], values[:-1]), (levels[1:], values[1:]))]
    centre = (side - middle_level) * (middle_value - came)
    return float((np.diff(levels) * (ends[0] + 4 * centre + ends[1])).sum() / 3)


def level_of(given: Curve, *, came: float) -> float:
    """The level at which what came lies, 0..1: near 0 it came lower than expected, near 1 higher.

    Where a stretch of levels has that one value, it is the middle of the stretch.

    Example:
        >>> level_of(curve([(0.1, 20), (0.5, 40), (0.9, 80)]), came=60)
        0.7
    """
    at = np.flatnonzero(given.values == came)
    if at.size:
        return float((given.levels[at[0]] + given.levels[at[-1]]) / 2)
    return float(np.interp(came, given.values, given.levels))


def _checked(
    quantiles: Sequence[tuple[float, float]], *, low: float | None, high: float | None
) -> tuple[Floats, Floats]:
    where = Where(field="quantiles")
    pairs = np.asarray(quantiles, dtype=np.float64)
    if pairs.ndim != 2 or pairs.shape[1:] != (2,) or len(pairs) < 2 or not np.isfinite(pairs).all():
        raise InputError("these are no quantiles", where=where, hint="give two or more pairs of level and value")
    levels, values = pairs[:, 0], pairs[:, 1]
    if levels[0] < 0 or levels[-1] > 1 or (np.diff(levels) <= 0).any():
        raise InputError("levels do not rise from 0 to 1", where=where, hint="give each level once, from low to high")
    if (np.diff(values) < 0).any():
        raise InputError("a quantile lies below one of a lower level", where=where, hint="let values rise with levels")
    if (low is not None and values[0] < low) or (high is not None and values[-1] > high):
        raise InputError("a quantile lies beyond what can come", where=where, hint="mend the quantiles or the bounds")
    return levels, values


def _clipped(levels: Floats, values: Floats, *, low: float | None, high: float | None) -> Curve:
    """The curve held within bounds, with a point where it meets one."""
    for bound in (low, high):
        if bound is not None:
            levels, values = _with_level_of(Curve(levels, values), bound)
    return Curve(levels, np.clip(values, low, high) if (low, high) != (None, None) else values)


def _with_level_of(given: Curve, value: float) -> tuple[Floats, Floats]:
    """The curve's points, and one more where it passes through a value between two of them."""
    levels, values = given.levels, given.values
    i = int(np.searchsorted(values, value))
    if i in (0, values.size) or values[i] == value:
        return levels, values
    share = (value - values[i - 1]) / (values[i] - values[i - 1])
    level = levels[i - 1] + share * (levels[i] - levels[i - 1])
    return np.insert(levels, i, level), np.insert(values, i, value)
