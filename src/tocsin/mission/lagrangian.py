"""A lower bound on every p-median plan, and what it proves: sites that no better plan can open or close.

Every demand point's duty to be served is priced by a multiplier; the priced problem is solved by inspection, and its
value bounds the cost of all plans from below (Cornuejols, Fisher & Nemhauser 1977, doi:10.1287/mnsc.23.8.789).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.interchange import cost_of, exchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROUNDS = 800
PATIENCE = 25
"""Rounds without a better bound after which the step is halved."""
SMALLEST_STEP = 0.005


@dataclass(frozen=True, slots=True)
class Priced:
    """The best bound found, at the multipliers that give it.

    Attributes:
        bound: no plan costs less.
        multipliers: price of each demand point's service, shape (demand,).
        reduced: what opening a free site changes in the priced problem, shape (free,), 0 or less.
        plan: the best plan met on the way.
        cost: its cost.
    """

    bound: float
    multipliers: NDArray[np.float64]
    reduced: NDArray[np.float64]
    plan: tuple[int, ...]
    cost: float


def priced(
    cost: NDArray[np.float64], plan: Sequence[int], *, add: int, fixed: Sequence[int], free: Sequence[int], gap: float
) -> Priced:
    """Raise the bound by subgradient steps until it meets the plan, or no longer rises.

    Args:
        cost: weighted distance, shape (demand, site).
        plan: a good plan, the fixed sites among it.
        add: how many free sites are opened.
        fixed: columns that are open in any case.
        free: columns that may be opened.
        gap: the search ends when bound and plan are closer than this.
    """
    mine, given = cost[:, list(free)], cost[:, list(fixed)]
    best_plan, best_cost = list(plan), cost_of(cost, plan)
    two = np.partition(cost[:, list(plan)], min(1, len(plan) - 1), axis=1)
    price = two[:, 0] + 0.0 if two.shape[1] == 1 else two[:, :2].mean(axis=1)
    best, still, step, smooth = Priced(-np.inf, price, np.zeros(len(free)), tuple(plan), best_cost), 0, 1.0, None
    for _ in range(ROUNDS):
        value, reduced, served, opened = _inspected(mine, given, price, add=add)
        if value > best.bound + 1e-7 * max(abs(value), 1.0):
            still = 0 if value > best.bound + 1e-5 * max(abs(value), 1.0) else still + 1
            best = Priced(value, price, reduced, (), 0.0)
            here = [*fixed, *(free[j] for j in opened)]
            if cost_of(cost, here) < best_cost * 1.02:
                here = exchanged(cost, here, fixed=fixed, free=free)
            if cost_of(cost, here) < best_cost:
                best_plan, best_cost = here, cost_of(cost, here)
        else:
            still += 1
        if best_cost - best.bound < gap or step < SMALLEST_STEP:
            break
        if still >= PATIENCE:
            step, still, price, smooth = step / 2, 0, best.multipliers, None
            continue
        slope = 1.0 - served
        smooth = slope if smooth is None else 0.7 * slope + 0.3 * smooth
        length = float(smooth @ smooth)
        if length < 1e-12:
            break
        price = price + step * max(1.01 * best_cost - value, 1e-9) / length * smooth
    return Priced(best.bound, best.multipliers, best.reduced, tuple(best_plan), best_cost)


def _inspected(
    mine: NDArray[np.float64], given: NDArray[np.float64], price: NDArray[np.float64], *, add: int
) -> tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Value of the priced problem, each free site's part in it, how often each point is served, sites opened."""
    below = np.minimum(mine - price[:, None], 0.0)
    reduced = below.sum(axis=0)
    opened = np.argpartition(reduced, add - 1)[:add] if add else np.zeros(0, dtype=np.intp)
    kept = np.minimum(given - price[:, None], 0.0)
    served = (below[:, opened] < 0).sum(axis=1) + (kept < 0).sum(axis=1)
    value = float(price.sum() + kept.sum() + reduced[opened].sum())
    return value, reduced, served.astype(np.float64), opened


def decided(found: Priced, *, add: int, limit: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Free sites that no plan cheaper than the limit opens, and those that every such plan opens.

    Args:
        found: bound, multipliers and reduced costs.
        add: how many free sites are opened.
        limit: only plans that cost no more than this are looked for.

    Returns:
        closed, opened: shape (free,) each.
    """
    order = np.sort(found.reduced)
    last_in = order[add - 1]
    first_out = order[add] if add < len(order) else np.inf
    chosen = found.reduced <= last_in
    closed = ~chosen & (found.bound - last_in + found.reduced > limit)
    opened = chosen & (found.bound - found.reduced + first_out > limit) & (found.reduced < first_out)
    return closed, opened
