"""Exact p-median by branching on sites, each branch bounded by prices: quick where few sites leave a wide gap.

As in Christofides & Beasley (1982), European Journal of Operational Research 10(2), doi:10.1016/0377-2217(82)90160-6: a
branch opens or closes one site; prices of service, improved from those of the branch above, bound it from below.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.interchange import cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.mission.lagrangian import Priced

ROUNDS = 30
"""Steps of the prices in each branch."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """Sites opened, sites still free (columns of the cost), the prices to begin from, and the bound known."""

    opened: tuple[int, ...]
    maybe: NDArray[np.intp]
    price: NDArray[np.float64]
    bound: float


def branched(
    cost: NDArray[np.float64], found: Priced, *, add: int, fixed: Sequence[int], free: Sequence[int], step: float,
    seconds: float | None,
) -> tuple[tuple[int, ...], float, float]:  # fmt: skip
    """The best plan, its cost, and the bound on all plans; both are equal unless time ran out.

    Args:
        cost: weighted distance, shape (demand, site).
        found: a good plan, and the prices of the best bound without branching.
        add: how many free sites are opened.
        fixed: columns that are open in any case.
        free: columns that may be opened.
        step: costs of all plans are multiples of this; 0 when they are not.
        seconds: time limit.
    """
    begin, plan, best = perf_counter(), found.plan, found.cost
    waiting = [_Branch(tuple(fixed), np.asarray(list(free), dtype=np.intp), found.multipliers, found.bound)]
    while waiting:
        if seconds is not None and perf_counter() - begin > seconds:
            return plan, best, min(best, *(b.bound for b in waiting))
        branch = waiting.pop()
        limit = best - (step * 0.5 if step else 1e-9 * max(best, 1.0))
        if branch.bound > limit:
            continue
        whole = add + len(fixed)
        branch, shown, split = _bounded(cost, branch, whole=whole, limit=limit)
        here = cost_of(cost, shown)
        if here < best:
            plan, best = tuple(shown), here
        if split is None or branch.bound > limit:
            continue
        rest = branch.maybe[branch.maybe != split]
        waiting.append(_Branch(branch.opened, rest, branch.price, branch.bound))
        waiting.append(_Branch((*branch.opened, split), rest, branch.price, branch.bound))
    return plan, best, best


def _bounded(
    cost: NDArray[np.float64], branch: _Branch, *, whole: int, limit: float
) -> tuple[_Branch, list[int], int | None]:
    """The branch with better prices and fewer free sites, a plan of it, and the site to split on (None: none left)."""
    opened, maybe, price, best = branch.opened, branch.maybe, branch.price, branch
    share, still, plan = 1.0, 0, [*opened, *maybe[: whole - len(opened)].tolist()]
    mine, given = cost[:, maybe], cost[:, list(opened)]
    top, split = -np.inf, None
    for _ in range(ROUNDS):
        left = whole - len(opened)
        if left == 0 or len(maybe) <= left:
            return _leaf(_Branch(opened, maybe, price, branch.bound), whole=whole, otherwise=plan)
        below = np.minimum(mine - price[:, None], 0.0)
        reduced, kept = below.sum(axis=0), np.minimum(given - price[:, None], 0.0)
        taken = np.argpartition(reduced, left)[: left + 1]
        taken = taken[np.argsort(reduced[taken])]
        inside, first_out = taken[:left], float(reduced[taken[left]])
        last_in = float(reduced[inside[-1]])
        value = float(price.sum() + kept.sum() + reduced[inside].sum())
        if value > top:
            still = 0 if value > top + 0.02 * max(limit - value, 0.0) else still + 1
            top, best, split = value, _Branch(opened, maybe, price, max(value, branch.bound)), int(maybe[inside[0]])
            plan = [*opened, *maybe[inside].tolist()]
        else:
            still += 1
        if value > limit:
            return best, plan, split
        served = (below[:, inside] < 0).sum(axis=1) + (kept < 0).sum(axis=1)
        keep = value - last_in + reduced <= limit
        sure = inside[value - reduced[inside] + first_out > limit]
        keep[inside] = True
        if not keep.all() or len(sure):
            opened = (*opened, *maybe[sure].tolist())
            keep[sure] = False
            maybe = maybe[keep]
            mine, given = cost[:, maybe], cost[:, list(opened)]
            best = _Branch(opened, maybe, best.price, best.bound)
            split = None
        slope = 1.0 - served
        length = float(slope @ slope)
        if length == 0:
            break
        if still >= 4:
            share, still = share / 2, 0
        price = price + share * max(1.01 * limit - value, 1e-9) / length * slope
    if whole == len(opened) or len(maybe) <= whole - len(opened):
        return _leaf(_Branch(opened, maybe, price, branch.bound), whole=whole, otherwise=plan)
    if split is None:
        split = int(maybe[np.argmin(np.minimum(cost[:, maybe] - best.price[:, None], 0.0).sum(axis=0))])
    return best, plan, split


def _leaf(branch: _Branch, *, whole: int, otherwise: list[int]) -> tuple[_Branch, list[int], None]:
    """A branch in which nothing is left to choose: its one plan, or none."""
    left = whole - len(branch.opened)
    if len(branch.maybe) < left:
        return _Branch(branch.opened, branch.maybe, branch.price, np.inf), otherwise, None
    return branch, [*branch.opened, *branch.maybe[:left].tolist()], None
