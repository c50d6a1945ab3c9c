"""Gower's distance: how unlike two situations are, variable by variable, leaving out what is not known of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tocsin.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Distances(NamedTuple):
    """Distances and what they rest on.

    Attributes:
        distance: mean over the variables known on both sides of |difference| / range, shape (rows, cases); NaN where
            none is. May exceed 1 where a row lies outside the range of the cases.
        compared: how many variables were known on both sides, shape (rows, cases).
    """

    distance: NDArray[np.float64]
    compared: NDArray[np.intp]


def gower(rows: ArrayLike, cases: ArrayLike) -> Distances:
    """Gower's distance of every row to every case, all variables numeric and of equal weight.

    Ranges are those of the cases alone, so that adding a row changes no other distance; a variable that does not
    vary over the cases says nothing and is left out.

    Source: Gower (1971) A general coefficient of similarity and some of its properties, doi:10.2307/2528823.

    Args:
        rows: shape (rows, variables), NaN where not known.
        cases: shape (cases, variables), NaN where not known.

    Raises:
        InputError: the two do not have the same variables.

    Example:
        >>> near = gower([[0.0, float("nan")]], [[0, 1], [5, 2], [10, 3]])
        >>> near.distance.round(2).tolist(), near.compared.tolist()
        ([[0.0, 0.5, 1.0]], [[1, 1, 1]])
    """
    a, b = np.asarray(rows, dtype=np.float64), np.asarray(cases, dtype=np.float64)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1]:
        raise InputError(
            f"rows of shape {a.shape} cannot be compared with cases of shape {b.shape}",
            hint="both are tables with the same variables as columns",
        )
    spread = _ranges(b)
    apart = np.abs(a[:, None, :] - b[None, :, :]) / np.where(spread > 0, spread, np.nan)
    known = ~np.isnan(apart)
    compared = known.sum(axis=2)
    total = np.where(known, apart, 0.0).sum(axis=2)
    return Distances(np.where(compared > 0, total / np.maximum(compared, 1), np.nan), compared)


def _ranges(cases: NDArray[np.float64]) -> NDArray[np.float64]:
    """Largest less smallest of what is known, by variable; NaN where nothing is."""
    empty = np.isnan(cases).all(axis=0) if len(cases) else np.ones(cases.shape[1], dtype=bool)
    filled = np.where(empty, 0.0, cases) if len(cases) else np.zeros((1, cases.shape[1]))
    return np.where(empty, np.nan, np.nanmax(filled, axis=0) - np.nanmin(filled, axis=0))
