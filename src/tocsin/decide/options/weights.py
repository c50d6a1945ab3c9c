"""Weightings of the criteria that agree with an ordering, each as often as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Viewpoint


def ordinal_weights(
    groups: Sequence[Sequence[int]], *, criteria: int, draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw weights evenly from all that agree with an ordering.

    The weightings `v_1 >= v_2 >= ... >= 0` with `sum n_k v_k = 1`, where group k has n_k criteria of one weight, are a
    simplex. Its corners give one weight to the first k groups and none to the rest; an even draw is an even mixture of the
    corners (all shares of it alike, that is Dirichlet(1, ..., 1)). Criteria in no group weigh no more than the last
    group, in any order among themselves: each draw first shuffles them, since every order of them has the same volume.

    Args:
        groups: criteria by number, the most important first; those of one group weigh the same. Empty: no ordering.
        criteria: how many there are.
        draws: how many weightings.
        rng: where they are drawn from.

    Returns:
        Weights 0..1, shape (draw, criterion), each row with the sum 1.

    Example:
        >>> w = ordinal_weights([[2], [0, 1]], criteria=3, draws=1000, rng=np.random.default_rng(1))
        >>> bool((w[:, 2] >= w[:, 0]).all()), bool((w[:, 0] == w[:, 1]).all())
        (True, True)
        >>> [round(float(v), 1) for v in w.mean(axis=0)]  # the mean of the corners (0, 0, 1) and (1/3, 1/3, 1/3)
        [0.2, 0.2, 0.7]
    """
    named = [number for group in groups for number in group]
    free = np.array([number for number in range(criteria) if number not in named], dtype=np.int64)
    weights = np.zeros((draws, criteria))
    if not named:
        weights = rng.standard_exponential((draws, criteria))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))
    sizes = np.array([len(group) for group in groups] + [1] * len(free), dtype=float)
    mixture = rng.standard_exponential((draws, len(sizes)))
    mixture /= mixture.sum(axis=1, keepdims=True)
    level = np.cumsum((mixture / np.cumsum(sizes))[:, ::-1], axis=1)[:, ::-1]
    for k, group in enumerate(groups):
        weights[:, list(group)] = level[:, [k]]
    if free.size:
        order = rng.permuted(np.tile(free, (draws, 1)), axis=1)
        np.put_along_axis(weights, order, level[:, len(groups) :], axis=1)
    return weights


def viewpoint_weights(
    viewpoint: Viewpoint | None, *, criteria: Sequence[str], draws: int, seed: int
) -> NDArray[np.float64]:
    """Weights that agree with a viewpoint's ordering, shape (draw, criterion); all weightings where there is none.

    Args:
        viewpoint: whose ordering; names of criteria that are not compared are passed over.
        criteria: ids of the criteria compared.
        draws: how many weightings.
        seed: the same seed and viewpoint give the same weightings.
    """
    at = {name: number for number, name in enumerate(criteria)}
    order = () if viewpoint is None else viewpoint.order
    groups = [group for group in ([at[name] for name in names if name in at] for names in order) if group]
    rng = np.random.default_rng([seed, crc32(("" if viewpoint is None else viewpoint.id).encode())])
    return ordinal_weights(groups, criteria=len(criteria), draws=draws, rng=rng)
