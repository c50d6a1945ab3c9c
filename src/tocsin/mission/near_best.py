"""Every plan nearly as good as the best, so that no single map passes for the answer.

A plan's saving is submodular: what sites save together is at most the sum of what each saves alone. Branches whose
best hope by that sum falls short of the limit are cut, so the list is exact.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.interchange import cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST = 200
"""Plans listed at most; the best ones, and the list says that there are more."""

LOOKS = 20_000
"""Branches looked into at most; a list cut off here says that there may be more."""

Plan = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearBest:
    """Plans within the limit, the cheapest first.

    Attributes:
        plans: sites added in each plan, rising.
        costs: what each plan costs.
        more: whether there are more than these; None where the search ended before it could tell.
    """

    plans: tuple[Plan, ...]
    costs: tuple[float, ...]
    more: bool | None

    @property
    def in_every(self) -> frozenset[int]:
        """Sites added in every plan listed."""
        return frozenset.intersection(*map(frozenset, self.plans)) if self.plans else frozenset()

    @property
    def in_some(self) -> frozenset[int]:
        """Sites added in some plans listed, and not in all."""
        return frozenset(j for plan in self.plans for j in plan) - self.in_every


def near_best(
    cost: NDArray[np.float64], *, add: int, limit: float, fixed: Sequence[int] = (),
    allowed: Sequence[int] | None = None, known: Sequence[int] = (), most: int = MOST, looks: int = LOOKS,
) -> NearBest:  # fmt: skip
    """Every plan that costs no more than a limit; the best of them where there are too many to list.

    Args:
        cost: of serving a demand point from a site, shape (demand, site): weighted distance, or for covering the
            weight where the site does not reach the point and 0 where it does.
        add: how many sites each plan adds, 1 or more.
        limit: highest cost of a plan that is listed.
        fixed: sites that are there in every plan.
        allowed: sites that may be added; all where not given.
        known: a plan known to be good, sites added only; it is listed even when the search ends early.
        most: plans listed at most.
        looks: branches looked into at most.

    Example:
        >>> import numpy as np
        >>> near_best(np.array([[0.0, 4, 1], [4, 0, 1]]), add=1, limit=3.0).plans
        ((2,),)
    """
    free = [j for j in (range(cost.shape[1]) if allowed is None else sorted(set(allowed))) if j not in set(fixed)]
    start = cost[:, list(fixed)].min(axis=1) if fixed else cost.max(axis=1)
    alone = np.maximum(start[:, None] - cost[:, free], 0.0).sum(axis=0)
    order = [free[k] for k in np.argsort(-alone, kind="stable")]
    search = _Search(cost[:, order], limit=limit + 1e-9 * max(abs(limit), 1.0), most=most, looks=looks)
    if known:
        here = [order.index(j) for j in known]
        search.keep(tuple(sorted(here)), cost_of(cost, [*fixed, *known]))
    search.below((), start, add)
    found = sorted((-negative, tuple(sorted(order[k] for k in plan))) for negative, plan in search.best)
    more = True if search.passed else None if search.looks <= 0 else False
    return NearBest(tuple(plan for _, plan in found), tuple(value for value, _ in found), more)


@dataclass(slots=True)
class _Search:
    """Branch by branch: which site comes next, in the order of what each saves alone."""

    cost: NDArray[np.float64]
    limit: float
    most: int
    looks: int
    best: list[tuple[float, Plan]] = field(default_factory=list)
    seen: set[Plan] = field(default_factory=set)
    passed: bool = False
    """Whether a plan within the limit was left out of the list."""

    def keep(self, plan: Plan, value: float) -> None:
        """List a plan that is within the limit, in place of the worst where the list is full."""
        if value > self.limit or plan in self.seen:
            return
        self.seen.add(plan)
        if len(self.best) < self.most:
            heapq.heappush(self.best, (-value, plan))
            return
        self.passed = True
        heapq.heappushpop(self.best, (-value, plan))

    def hopeless(self, value: float) -> bool:
        """Whether no plan of this cost can better the list; once more are known than fit, a tie with its worst cannot."""
        return value > self.limit or (self.passed and value >= -self.best[0][0] - 1e-12 * max(abs(value), 1.0))

    def below(self, chosen: Plan, nearest: NDArray[np.float64], left: int) -> None:
        """All plans that go on from the sites chosen."""
        if self.looks <= 0:
            return
        self.looks -= 1
        first = chosen[-1] + 1 if chosen else 0
        now = float(nearest.sum())
        saved = np.maximum(nearest[:, None] - self.cost[:, first:], 0.0).sum(axis=0)
        if left == 1:
            for k in np.argsort(-saved, kind="stable"):
                if self.hopeless(now - float(saved[k])):
                    break
                self.keep((*chosen, first + int(k)), now - float(saved[k]))
            return
        for k in range(len(saved) - left + 1):
            hope = float(np.sort(saved[k:])[-left:].sum())
            if self.hopeless(now - hope):
                break
            self.below((*chosen, first + k), np.minimum(nearest, self.cost[:, first + k]), left - 1)
