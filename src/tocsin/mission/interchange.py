"""Good p-median plans quickly: greedy choice, then the best exchange until none helps (Teitz & Bart 1968).

Teitz & Bart (1968), Operations Research 16(5), doi:10.1287/opre.16.5.955; the exchange of all pairs at once follows
Whitaker (1983), INFOR 21(2), doi:10.1080/03155986.1983.11731889.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ENOUGH = 1e-9
"""Share of the cost that an exchange must save to be made, so that rounding never drives one."""


def cost_of(cost: NDArray[np.float64], sites: Sequence[int]) -> float:
    """Every demand point at its cheapest site, summed.

    Args:
        cost: weighted distance from demand point to site, shape (demand, site).
        sites: columns that are open.
    """
    return float(cost[:, list(sites)].min(axis=1).sum())


def greedy(cost: NDArray[np.float64], *, add: int, fixed: Sequence[int], free: Sequence[int]) -> list[int]:
    """Fixed sites, and then one after another the site that saves most."""
    chosen, columns = list(fixed), np.asarray(list(free), dtype=np.intp)
    now = cost[:, chosen].min(axis=1) if chosen else cost.max(axis=1)
    for _ in range(add):
        total = np.minimum(cost[:, columns], now[:, None]).sum(axis=0)
        total[np.isin(columns, chosen)] = np.inf
        best = int(columns[int(total.argmin())])
        chosen.append(best)
        now = np.minimum(now, cost[:, best])
    return chosen


def exchanged(
    cost: NDArray[np.float64], start: Sequence[int], *, fixed: Sequence[int], free: Sequence[int]
) -> list[int]:  # fmt: skip
    """The plan to which the best exchange of one site for another leads, fixed sites kept.

    Args:
        cost: weighted distance, shape (demand, site).
        start: columns open at the start, the fixed ones among them.
        fixed: columns that stay.
        free: columns that may be opened.
    """
    chosen, columns, rows = list(start), np.asarray(list(free), dtype=np.intp), np.arange(cost.shape[0])
    mine, stays = cost[:, columns], np.isin(np.asarray(chosen), list(fixed))
    if len(chosen) <= int(stays.sum()):
        return chosen
    while True:
        open_cost = cost[:, chosen]
        near = open_cost.argmin(axis=1)
        first = open_cost[rows, near]
        open_cost[rows, near] = np.inf
        second = open_cost.min(axis=1) if len(chosen) > 1 else cost.max(axis=1) * 2 + 1
        saved = np.maximum(first[:, None] - mine, 0.0).sum(axis=0)
        extra = np.clip(mine, first[:, None], second[:, None]) - first[:, None]
        homes = sparse.csr_array((np.ones(len(rows)), (near, rows)), shape=(len(chosen), len(rows)))
        change = homes @ extra - saved[None, :]
        change[stays] = np.inf
        change[:, np.isin(columns, chosen)] = np.inf
        out, into = np.unravel_index(int(change.argmin()), change.shape)
        if not change[out, into] < -ENOUGH * max(float(first.sum()), 1.0):
            return chosen
        chosen[int(out)] = int(columns[int(into)])


def good_plan(
    cost: NDArray[np.float64], *, add: int, fixed: Sequence[int], free: Sequence[int], starts: int = 1, seed: int = 1
) -> list[int]:
    """The best of a greedy start and some drawn ones, each exchanged until nothing helps.

    Args:
        cost: weighted distance, shape (demand, site).
        add: how many sites to choose beside the fixed ones.
        fixed: columns that are open in any case.
        free: columns that may be opened.
        starts: how many starts; the first is the greedy one.
        seed: the seed of the drawn starts.
    """
    rng = np.random.default_rng(seed)
    first = greedy(cost, add=add, fixed=fixed, free=free)
    drawn = [[*fixed, *(int(j) for j in rng.choice(list(free), size=add, replace=False))] for _ in range(starts - 1)]
    plans = [exchanged(cost, start, fixed=fixed, free=free) for start in (first, *drawn)]
    return min(plans, key=lambda plan: cost_of(cost, plan))
