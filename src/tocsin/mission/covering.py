"""Exact maximal covering: the sites within whose reach most of the need lies.

Church & ReVelle (1974), Papers of the Regional Science Association 32, doi:10.1007/BF01942293.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tocsin.mission.optimum import Optimum, checked_request, free_sites, optimum, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def most_covered(
    within: NDArray[np.bool_],
    weight: NDArray[np.float64],
    *,
    add: int,
    fixed: Sequence[int] = (),
    allowed: Sequence[int] | None = None,
    seconds: float | None = None,
) -> Optimum:
    """The sites to add so that the weight within reach of at least one site is largest.

    Args:
        within: whether a demand point lies within reach of a site, shape (demand, site).
        weight: deaths, events or persons at each demand point, shape (demand,), 0 or more.
        add: how many sites to choose beside the fixed ones.
        fixed: sites that are there whatever is chosen.
        allowed: sites that may be chosen; all where not given.
        seconds: time limit; the plan then says `not proven` when it is reached first.

    Raises:
        OutOfRange: weights are negative, a site does not exist, or more sites are asked for than are free.

    Example:
        >>> import numpy as np
        >>> within = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]], dtype=bool)
        >>> best = most_covered(within, np.array([5.0, 2.0, 4.0]), add=1)
        >>> best.sites, best.objective, best.proven
        ((0,), 7.0, True)
    """
    free = free_sites(within.shape[1], fixed=fixed, allowed=allowed)
    checked_request(within, weight, add=add, fixed=fixed, allowed=free)
    step, near = step_of(weight), within[:, list(fixed)].any(axis=1)
    there, open_need = float(weight[near].sum()), np.where(near, 0.0, weight)
    start = interchange(within, open_need, add=add, free=free)
    heuristic = there + float(open_need[within[:, start].any(axis=1)].sum())
    if add in {0, len(free)}:
        return optimum([*fixed, *start], objective=heuristic, bound=heuristic, heuristic=heuristic, step=step)
    rows, worth = _merged(within[:, free], open_need)
    if not len(worth):
        return optimum([*fixed, *start], objective=heuristic, bound=heuristic, heuristic=heuristic, step=step)
    chosen, bound = _solved(rows, worth, add=add, seconds=seconds)
    plan = start if chosen is None else [free[j] for j in chosen]
    value = there + float(open_need[within[:, plan].any(axis=1)].sum())
    if value < heuristic:
        plan, value = start, heuristic
    return optimum([*fixed, *plan], objective=value, bound=there + bound, heuristic=heuristic, step=step)


def interchange(
    within: NDArray[np.bool_], weight: NDArray[np.float64], *, add: int, free: Sequence[int]
) -> list[int]:  # fmt: skip
    """Greedy choice, then the best exchange of one site for another until none helps: good, but no proof.

    Args:
        within: whether a demand point lies within reach of a site, shape (demand, site).
        weight: need at each demand point, shape (demand,).
        add: how many sites to choose.
        free: sites that may be chosen.
    """
    columns, chosen = within[:, list(free)].astype(np.float64), list[int]()
    for _ in range(add):
        gain = (weight * ~_reached(columns, chosen)) @ columns
        gain[chosen] = -1.0
        chosen.append(int(gain.argmax()))
    better = True
    while better and add:
        better, now = False, float(weight[_reached(columns, chosen)].sum())
        for place in range(add):
            kept = [*chosen[:place], *chosen[place + 1 :]]
            reached = _reached(columns, kept)
            gain = (weight * ~reached) @ columns
            gain[kept] = -1.0
            best = int(gain.argmax())
            if float(weight[reached].sum()) + gain[best] > now + 1e-9 * max(now, 1.0):
                chosen, better = [*kept, best], True
                break
    return sorted(free[j] for j in chosen)


def _reached(columns: NDArray[np.float64], chosen: Sequence[int]) -> NDArray[np.bool_]:
    return np.asarray(columns[:, list(chosen)].any(axis=1))


def _merged(within: NDArray[np.bool_], weight: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Demand points that the same sites reach are one; those out of every reach, or without need, are left out."""
    counted = within.any(axis=1) & (weight > 0)
    if not counted.any():
        return np.zeros((0, within.shape[1]), dtype=bool), np.zeros(0)
    rows, place = np.unique(within[counted], axis=0, return_inverse=True)
    worth: NDArray[np.float64] = np.bincount(place.ravel(), weights=weight[counted], minlength=len(rows)).astype(
        np.float64
    )
    return rows, worth


def _solved(
    rows: NDArray[np.bool_], worth: NDArray[np.float64], *, add: int, seconds: float | None
) -> tuple[list[int] | None, float]:
    """Columns of the best plan (None where time ran out before any), and the bound on what any plan covers."""
    points, sites = rows.shape
    links = sparse.hstack([sparse.csr_array(rows.astype(np.float64)), -sparse.eye_array(points)], format="csr")
    count = sparse.csr_array(np.concatenate([np.ones(sites), np.zeros(points)])[None, :])
    result = milp(
        np.concatenate([np.zeros(sites), -worth]),
        integrality=np.concatenate([np.ones(sites), np.zeros(points)]),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(links, lb=0), LinearConstraint(count, lb=0, ub=add)],
        options={"mip_rel_gap": 0.0, **({} if seconds is None else {"time_limit": seconds})},
    )
    bound = float(worth.sum()) if result.mip_dual_bound is None else min(-result.mip_dual_bound, float(worth.sum()))
    if result.x is None:
        return None, bound
    chosen = [int(j) for j in np.flatnonzero(result.x[:sites] > 0.5)]
    spare = [j for j in range(sites) if j not in chosen]
    return [*chosen, *spare[: add - len(chosen)]], bound
