"""The centre of positions: mean, median, and how far apart parties stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.parties import checked_parties

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def weighted_mean(positions: ArrayLike, weights: ArrayLike) -> Floats:
    """The compromise: sum(w x) / sum(w) over the parties.

    With w = influence x salience it is the compromise model of Van den Bos 1991 and of Achen in Thomson et al. 2006
    (The European Union Decides, doi:10.1017/CBO9780511492082); w = 1 gives the plain mean.

    Args:
        positions: on any scale, shape (..., parties); NaN where a party has no position, which counts for nothing.
        weights: >= 0, shape (..., parties) or one that broadcasts to it.

    Returns:
        The centre, shape (...), on the scale of the positions.

    Raises:
        InputError: there is no party, or shapes or values cannot be used.
        OutOfRange: a weight is negative, or all are 0.

    Example:
        >>> weighted_mean([0, 100], [3, 1])
        array(25.)
    """
    where, counts = checked_parties(positions, weights)
    return np.asarray((where * counts).sum(axis=-1) / counts.sum(axis=-1))


def weighted_spread(positions: ArrayLike, weights: ArrayLike) -> Floats:
    """The weighted standard deviation of positions, sqrt(sum(w (x - mean)^2) / sum(w)): how far apart parties stand.

    Arguments, shapes and errors as in `weighted_mean`.

    Example:
        >>> weighted_spread([0, 100], [1, 1])
        array(50.)
    """
    where, counts = checked_parties(positions, weights)
    centre = (where * counts).sum(axis=-1, keepdims=True) / counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.sqrt((counts * (where - centre) ** 2).sum(axis=-1) / counts.sum(axis=-1)))


def weighted_median(positions: ArrayLike, weights: ArrayLike) -> Floats:
    """The position with at most half of the weight on either side; halfway where half the weight lies on each.

    It is the outcome that no other beats under a weighted majority when preferences fall off with distance (Black
    1948, doi:10.1086/256633). Arguments, shapes and errors as in `weighted_mean`.

    Example:
        >>> weighted_median([[0, 10, 100], [0, 10, 100]], [[1, 1, 1], [1, 0, 1]])
        array([10., 50.])
    """
    where, counts = checked_parties(positions, weights)
    order = np.argsort(np.where(counts > 0, where, np.inf), axis=-1)
    ordered = np.take_along_axis(where, order, axis=-1)
    share = np.cumsum(np.take_along_axis(counts, order, axis=-1), axis=-1)
    half = share[..., -1:] / 2
    slack = 1e-12 * half
    lower = np.argmax(share >= half - slack, axis=-1)
    upper = np.argmax(share > half + slack, axis=-1)
    ends = [np.take_along_axis(ordered, at[..., None], axis=-1)[..., 0] for at in (lower, upper)]
    return np.asarray((ends[0] + ends[1]) / 2)
