"""Exact p-median: the sites from which the need lies least far away.

Hakimi (1964), doi:10.1287/opre.12.3.450; ReVelle & Swain (1970), doi:10.1111/j.1538-4632.1970.tb00142.x. A Lagrangian
bound closes sites and cuts off distances that no better plan uses. Few sites are then settled by branching on them
(`branching`), and what is left is solved in the radius formulation
(Cornuejols, Nemhauser & Wolsey 1980, doi:10.1137/0601030; Elloumi 2010, doi:10.1007/s10878-008-9166-4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tocsin.errors import OutOfRange
from tocsin.mission.branching import branched
from tocsin.mission.interchange import cost_of, good_plan
from tocsin.mission.lagrangian import Priced, decided, priced
from tocsin.mission.optimum import TOLERANCE, Optimum, checked_request, free_sites, optimum, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEW = 20
"""Sites up to which branching comes before the radius formulation, and a plan is looked for from more starts."""

STARTS = {True: 12, False: 3}
BRANCHING = 0.7
"""Share of the time that branching may take."""


def least_distance(
    distance: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    add: int,
    fixed: Sequence[int] = (),
    allowed: Sequence[int] | None = None,
    seconds: float | None = None,
    seed: int = 1,
) -> Optimum:
    """The sites to add so that the need's weighted distance to its nearest site is least.

    Args:
        distance: from demand point to site, shape (demand, site), km or any unit, 0 or more.
        weight: deaths, events or persons at each demand point, shape (demand,), 0 or more.
        add: how many sites to choose beside the fixed ones.
        fixed: sites that are there whatever is chosen.
        allowed: sites that may be chosen; all where not given.
        seconds: time limit; the plan then says `not proven` when it is reached first.
        seed: of the drawn starts; it never changes a proven objective.

    Raises:
        OutOfRange: weights or distances are negative, a site does not exist, or too many or no sites are asked for.

    Example:
        >>> import numpy as np
        >>> line = np.abs(np.subtract.outer([0.0, 1, 2, 10, 11], [0.0, 1, 2, 10, 11]))
        >>> best = least_distance(line, np.ones(5), add=2)
        >>> best.sites, best.objective, best.proven
        ((1, 3), 3.0, True)
    """
    begin, free = perf_counter(), free_sites(distance.shape[1], fixed=fixed, allowed=allowed)
    checked_request(distance, weight, add=add, fixed=fixed, allowed=free)
    if not np.isfinite(distance).all() or (distance < 0).any():
        raise OutOfRange("a distance is negative or not finite", hint="leave out sites that cannot be reached")
    if add + len(fixed) == 0:
        raise OutOfRange("a plan without any site has no distance", hint="fix a site, or add one")
    cost = weight[:, None] * distance
    step = step_of(cost)
    if add in {0, len(free)}:
        only = cost_of(cost, [*fixed, *free[:add]])
        return optimum([*fixed, *free[:add]], objective=only, bound=only, heuristic=only, step=step)
    plan = good_plan(cost, add=add, fixed=fixed, free=free)
    heuristic = cost_of(cost, plan)
    drawn = good_plan(cost, add=add, fixed=fixed, free=free, starts=STARTS[add <= FEW], seed=seed)
    slack = TOLERANCE * max(heuristic, 1.0)
    close = max(slack, step - slack)
    best = min((plan, drawn), key=lambda p: cost_of(cost, p))
    found = priced(cost, best, add=add, fixed=fixed, free=free, gap=close)
    sites, value, bound = list(found.plan), found.cost, min(found.bound, found.cost)
    if value - bound >= close and add <= FEW:
        part = None if seconds is None else BRANCHING * max(seconds - (perf_counter() - begin), 0.0)
        sites, value, bound = _branched(cost, found, add=add, fixed=fixed, free=free, step=step, seconds=part)
        found = replace(found, plan=tuple(sites), cost=value)
    if value - bound >= close:
        left = None if seconds is None else max(seconds - (perf_counter() - begin), 0.1)
        better, limit = _solved(cost, found, add=add, fixed=fixed, free=free, step=step, seconds=left)
        if better is not None and cost_of(cost, better) < value:
            sites, value = better, cost_of(cost, better)
        bound = min(max(bound, limit), value)
    return optimum(sites, objective=value, bound=bound, heuristic=heuristic, step=step)


def _branched(
    cost: NDArray[np.float64], found: Priced, *, add: int, fixed: Sequence[int], free: Sequence[int], step: float,
    seconds: float | None,
) -> tuple[list[int], float, float]:  # fmt: skip
    """The best plan that branching on sites finds within its time, its cost, and the bound on all plans."""
    closed = decided(found, add=add, limit=found.cost - step / 2)[0]
    maybe = [free[j] for j in np.flatnonzero(~closed).tolist()]
    chosen, _, bound = branched(cost, found, add=add, fixed=fixed, free=maybe, step=step, seconds=seconds)
    sites = _filled(chosen, free=free, count=add + len(fixed))
    return sites, cost_of(cost, sites), bound


def _filled(chosen: Sequence[int], *, free: Sequence[int], count: int) -> list[int]:
    """The chosen sites and, where they are fewer than asked for, the first others: more sites never cost more."""
    spare = [j for j in free if j not in chosen]
    return [*chosen, *spare[: count - len(chosen)]]


def _solved(
    cost: NDArray[np.float64], found: Priced, *, add: int, fixed: Sequence[int], free: Sequence[int], step: float,
    seconds: float | None,
) -> tuple[list[int] | None, float]:  # fmt: skip
    """The cheapest plan cheaper than the one known (None where there is none), and the bound on all plans."""
    limit = found.cost - (step * 0.5 if step else 0.0)
    closed, opened = decided(found, add=add, limit=limit)
    surely = [*fixed, *(free[j] for j in np.flatnonzero(opened).tolist())]
    maybe = [free[j] for j in np.flatnonzero(~closed & ~opened).tolist()]
    model = _radii(cost, found.multipliers + (limit - found.bound) + 1e-9, surely=surely, maybe=maybe)
    if not maybe:
        return surely, min(cost_of(cost, surely), found.cost)
    count = sparse.csr_array(
        (np.ones(len(maybe)), (np.zeros(len(maybe)), np.arange(len(maybe)))), shape=(1, model.size)
    )
    most = [*[np.inf] * len(model.least), float(add - int(opened.sum()))]
    result = milp(
        model.price,
        integrality=np.concatenate([np.ones(len(maybe)), np.zeros(model.size - len(maybe))]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(sparse.vstack([model.rows, count], format="csr"), lb=[*model.least, 0], ub=most),
        ],
        options={"mip_rel_gap": 0.0, **({} if seconds is None else {"time_limit": seconds})},
    )
    if result.status == 2:  # no plan is cheaper than the limit
        return None, found.cost
    dual = -np.inf if result.mip_dual_bound is None else model.base + float(result.mip_dual_bound)
    bound = max(found.bound, min(dual, found.cost))
    if result.x is None:
        return None, bound
    chosen = [*surely, *(maybe[j] for j in np.flatnonzero(result.x[: len(maybe)] > 0.5))]
    return _filled(chosen, free=free, count=add + len(fixed)), bound


@dataclass(frozen=True, slots=True)
class _Model:
    """The radius formulation: which sites are open, and for each point which radii hold no open site."""

    price: NDArray[np.float64]
    rows: sparse.csr_array
    least: NDArray[np.float64]
    base: float
    size: int


def _radii(
    cost: NDArray[np.float64], farthest: NDArray[np.float64], *, surely: Sequence[int], maybe: Sequence[int]
) -> _Model:
    """Rows of the model for all demand points.

    For a point with costs D1 < D2 < ..., z_k is 1 when no open site costs at most D_k; the point pays D1 and, for each
    z_k, the step from D_k to D_(k+1). z_k + (open sites at exactly D_k) >= z_(k-1), where z_0 is 1. No better plan
    serves a point at more than `farthest`, so there is no z beyond it.
    """
    price, least, base = [0.0] * len(maybe), list[float](), 0.0
    entries: list[tuple[int, int, float]] = []
    columns = cost[:, list(maybe)]
    given = cost[:, list(surely)].min(axis=1) if surely else np.full(cost.shape[0], np.inf)
    order = np.argsort(columns, axis=1, kind="stable")
    for i in range(cost.shape[0]):
        reach, ends_at_given = columns[i, order[i]], bool(given[i] <= farthest[i])
        far = float(given[i] if ends_at_given else farthest[i])
        near = order[i][: int(np.searchsorted(reach, far, side="left" if ends_at_given else "right"))]
        steps, begins = np.unique(columns[i, near], return_index=True)
        levels = [*steps.tolist(), *([far] if ends_at_given else [])]
        if not levels:  # nothing serves this point within its limit: the row cannot hold, so no plan is better
            least.append(1.0)
            continue
        base, before, ends = base + levels[0], -1, [*begins[1:].tolist(), len(near)]
        for k in range(len(steps)):
            row = len(least)
            entries += [(row, int(j), 1.0) for j in near[begins[k] : ends[k]]]
            if before >= 0:
                entries.append((row, before, -1.0))
            least.append(1.0 if before < 0 else 0.0)
            if k < len(levels) - 1:
                before = len(price)
                price.append(levels[k + 1] - levels[k])
                entries.append((row, before, 1.0))
    at, to, entry = zip(*entries, strict=True) if entries else ((), (), ())
    rows = sparse.csr_array((entry, (at, to)), shape=(len(least), len(price)))
    return _Model(np.asarray(price), rows, np.asarray(least), base, len(price))
