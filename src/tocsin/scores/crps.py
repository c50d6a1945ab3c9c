"""The continuous ranked probability score of draws, and its forms for small and for large counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores.arrays import checked_threshold, per_unit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def crps(draws: ArrayLike, actual: ArrayLike) -> Floats:
    """The ensemble CRPS, E|X - y| - 1/2 E|X - X'|, in deaths; lower is better.

    X and X' run over all pairs of draws, a draw with itself included, so that this is exactly the CRPS of the
    draws' step function (not the "fair" form, which divides by D - 1). With one draw it is the absolute error.
    Ordered draws x_1 <= ... <= x_D make the second term a sum: 1/2 E|X - X'| = sum_i (2 i - D - 1) x_i / D^2.

    Source: Gneiting & Raftery 2007, doi:10.1198/016214506000001437; Hersbach 2000,
    doi:10.1175/1520-0434(2000)015<0559:DOTCRP>2.0.CO;2.

    Args:
        draws: deaths, shape (..., D), >= 0.
        actual: deaths that came, shape (...), >= 0.

    Returns:
        Score of every unit, shape (...), >= 0.

    Raises:
        InputError: a value is not finite or is negative, or the shapes do not match.

    Example:
        >>> crps([[0, 2], [7, 7]], [1, 4])
        array([0.5, 3. ])
    """
    return per_unit(crps_of_ordered, draws, actual)


def log_crps(draws: ArrayLike, actual: ArrayLike) -> Floats:
    """The CRPS of log(1 + deaths): errors count by their proportion, so that no single war sets the mean.

    Source: Bosse et al. 2023, doi:10.1371/journal.pcbi.1011393. Arguments, shapes and errors as in `crps`.

    Example:
        >>> log_crps([[0, 0]], [0]), log_crps([[19]], [9]).round(4)
        (array([0.]), array([0.6931]))
    """
    return per_unit(log_crps_of_ordered, draws, actual)


def threshold_weighted_crps(draws: ArrayLike, actual: ArrayLike, *, threshold: float) -> Floats:
    """The CRPS that looks only at deaths from `threshold` upwards: weight 1 there, 0 below.

    It is the CRPS after draws and actual below the threshold are raised to it, and stays proper, which keeping
    only the months with many deaths would not.

    Source: Gneiting & Ranjan 2011, doi:10.1198/jbes.2010.08110; Allen, Ginsbourger & Ziegel 2023,
    doi:10.1137/22M1532184. Arguments, shapes and errors as in `crps`.

    Raises:
        OutOfRange: the threshold is not finite or is negative.

    Example:
        >>> threshold_weighted_crps([[0, 2], [30, 40]], [1, 20], threshold=25)
        array([0. , 7.5])
    """
    return per_unit(partial(_above, threshold=checked_threshold(threshold)), draws, actual)


def crps_of_ordered(ordered: Floats, actual: Floats) -> Floats:
    """The CRPS of draws already in ascending order, shape (n, D), and actual (n, 1): shape (n,).

    The actual is taken off first: it leaves the score as it is, and a draw that hits gives exactly 0.
    """
    n = ordered.shape[1]
    off = ordered - actual
    weights = np.arange(1.0 - n, n, 2.0)
    spread = (off * weights).sum(axis=1) / n**2
    return np.asarray(np.abs(off).mean(axis=1) - spread)


def log_crps_of_ordered(ordered: Floats, actual: Floats) -> Floats:
    """The CRPS of log(1 + deaths) of draws already in ascending order; the logarithm keeps the order."""
    return crps_of_ordered(np.log1p(ordered), np.log1p(actual))


def _above(ordered: Floats, actual: Floats, *, threshold: float) -> Floats:
    return crps_of_ordered(np.maximum(ordered, threshold), np.maximum(actual, threshold))
