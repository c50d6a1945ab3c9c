"""The positions and weights of parties, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def checked_parties(positions: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Positions and weights in one shape, parties on the last axis.

    A party whose position is NaN has none: it is given weight 0, and a position of 0 that nothing reads.

    Args:
        positions: on any scale, shape (..., parties); NaN where a party has no position.
        weights: how much each party counts, >= 0, shape (..., parties) or one that broadcasts to it.

    Returns:
        Positions and weights, both of the broadcast shape.

    Raises:
        InputError: there is no party, a position is infinite, a weight is not finite, or the shapes do not match.
        OutOfRange: a weight is negative, or somewhere no party with a position counts.
    """
    where = np.asarray(positions, dtype=np.float64)
    counts = np.asarray(weights, dtype=np.float64)
    try:
        where, counts = np.broadcast_arrays(where, counts)
    except ValueError:
        raise InputError(
            f"positions have shape {where.shape} and weights have shape {counts.shape}",
            where=Where(field="weights"),
            hint="give one weight for each party, parties on the last axis",
        ) from None
    if where.ndim == 0 or where.shape[-1] == 0:
        raise InputError("there is no party", where=Where(field="positions"), hint="give positions as (..., parties)")
    if np.isinf(where).any():
        raise InputError("a position is infinite", where=Where(field="positions"), hint="NaN says that there is none")
    if not np.isfinite(counts).all():
        raise InputError("a weight is not finite", where=Where(field="weights"), hint="0 leaves a party out")
    if (counts < 0).any():
        raise OutOfRange("a weight is negative", where=Where(field="weights"), hint="give weights of 0 or more")
    absent = np.isnan(where)
    counts = np.where(absent, 0.0, counts)
    if not (counts.sum(axis=-1) > 0).all():
        raise OutOfRange(
            "no party with a position counts",
            where=Where(field="weights"),
            hint="give at least one party a position and a weight above 0",
        )
    return np.where(absent, 0.0, where), counts
