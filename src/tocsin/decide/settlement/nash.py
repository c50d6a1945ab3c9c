"""The Nash bargaining point: the outcome that is best for all against what holds without agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.parties import checked_parties
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def nash_point(positions: ArrayLike, weights: ArrayLike, *, reversion: ArrayLike, options: ArrayLike) -> Floats:
    """The option with the largest product of gains over the reversion, prod_k (|x_k - r| - |x_k - o|)^w_k.

    Only options that leave no party worse off than the reversion are in question; where no option but the reversion
    does, the reversion is the answer. Of options with equal products the one nearest to the reversion is taken.

    Source: Nash 1950, doi:10.2307/1907266; with unequal weights, Kalai 1977, doi:10.1007/BF01774658.

    Args:
        positions: shape (..., parties), as in `weighted_mean`.
        weights: bargaining power, >= 0, shape (..., parties).
        reversion: what holds without agreement, shape (...), or one number for all.
        options: the outcomes in question, shape (options,).

    Returns:
        The point, shape (...); the reversion where there is no gain for all.

    Raises:
        InputError: options or the reversion are not finite, or positions or weights cannot be used.
        OutOfRange: a weight is negative, or all are 0.

    Example:
        >>> nash_point([40, 100], [1, 1], reversion=0, options=range(101))
        array(40.)
        >>> nash_point([0, 100], [1, 1], reversion=30, options=range(101))
        array(30.)
    """
    where, counts = checked_parties(positions, weights)
    outcomes, holds = np.asarray(options, dtype=np.float64), np.asarray(reversion, dtype=np.float64)
    if outcomes.ndim != 1 or not outcomes.size or not (np.isfinite(outcomes).all() and np.isfinite(holds).all()):
        raise InputError("options or reversion are not finite numbers", where=Where(field="options"), hint="give a row")
    holds = np.broadcast_to(holds, where.shape[:-1])
    now = np.abs(where - holds[..., None])
    gains = now[..., None, :] - np.abs(where[..., None, :] - outcomes[:, None])
    counted = (counts > 0)[..., None, :]
    for_all = np.where(counted, gains > 0, True).all(axis=-1)  # noqa: FBT003  # a party without weight has no say
    logs = np.log(np.where(counted & (gains > 0), gains, 1.0))
    product = np.where(for_all, (counts[..., None, :] * logs).sum(axis=-1), -np.inf)
    best = product.max(axis=-1, keepdims=True)
    near = np.where(product >= best - 1e-12, np.abs(outcomes - holds[..., None]), np.inf)
    chosen = outcomes[near.argmin(axis=-1)]
    return np.asarray(np.where(for_all.any(axis=-1), chosen, holds))
