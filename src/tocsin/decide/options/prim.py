"""The patient rule induction method: boxes of few conditions that hold most of the cases asked about.

Peeling: Friedman & Fisher (1999), doi:10.1023/A:1008894516817. Coverage, density and the quasi-p values of scenario
discovery: Bryant & Lempert (2010), doi:10.1016/j.techfore.2009.08.002. Boxes are peeled, not pasted: no limit moves
outwards again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEEL = 0.05
"""Share of the box that one peel takes off."""

SMALLEST = 0.05
"""Share of all futures below which a box is not peeled further."""

COVERED = 0.75
"""Share of the cases asked about that the box chosen holds at least."""

GAIN = 0.02
"""What a further condition must add to the density, to be worth saying."""


CHANCE = 0.05
"""The quasi-p above which a bound may be chance."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One condition of a box.

    Attributes:
        dimension: number of the input.
        low: it must lie above this; None where it is not bounded below.
        high: it must lie below this; None where it is not bounded above.
        quasi_p_low: how often as many cases would lie in the box by chance if the lower bound did nothing (0..1).
        quasi_p_high: the same of the upper bound.
    """

    dimension: int
    low: float | None = None
    high: float | None = None
    quasi_p_low: float | None = None
    quasi_p_high: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One step of the peeling trajectory.

    Attributes:
        limits: its conditions, in the order in which they came to be.
        coverage: share of the cases asked about that lie in it.
        density: share of what lies in it that is a case asked about.
        mass: share of all futures that lie in it.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float

    def holds(self, x: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which futures lie in it.

        Args:
            x: inputs, shape (dimension, future).
        """
        inside = np.ones(x.shape[1], dtype=bool)
        for limit in self.limits:
            inside &= _within(x[limit.dimension], limit)
        return inside


@dataclass(frozen=True, slots=True)
class Found:
    """What PRIM found.

    Attributes:
        box: the box chosen, its quasi-p values filled in.
        trajectory: the boxes from everything to the smallest, of the run in which the box was found.
    """

    box: Box
    trajectory: tuple[Box, ...]


def find_box(
    x: NDArray[np.float64], target: NDArray[np.bool_], *, conditions: int = 3, peel: float = PEEL,
    smallest: float = SMALLEST, covered: float = COVERED, gain: float = GAIN,
) -> Found | None:  # fmt: skip
    """The densest box of at most so many conditions that still holds most of the cases asked about.

    Peeling is run for one condition, for two, and so on. Of every run the densest box counts that holds at least the share
    `covered` of the cases, and each further condition must add `gain` to the density. A bound whose quasi-p is above .05 is
    taken away where its input is bounded on the other side too, so that a condition may lose a side and none is lost.

    Args:
        x: inputs, shape (dimension, future).
        target: whether a future is a case asked about, shape (future,).
        conditions: inputs bounded at most; two bounds on one input are one condition.
        peel: share of the box that one peel takes off, 0..0.5.
        smallest: share of all futures below which a box is not peeled further.
        covered: share of the cases that the box holds at least.
        gain: what a further condition must add to the density.

    Returns:
        None where no box is denser than all futures are by `gain`: also where all or none are cases.

    Raises:
        OutOfRange: the sizes do not agree, or a share is not possible.
    """
    if x.ndim != 2 or x.shape[1] != len(target) or not 0 < peel < 0.5 or not 0 < smallest < 1 or conditions < 1:
        raise OutOfRange(
            f"PRIM cannot search inputs of shape {x.shape} for {len(target)} cases",
            hint="give x as (dimension, future), a target for each future, peel below .5 and a condition or more",
        )
    if target.all() or not target.any():
        return None
    chosen: tuple[Box, tuple[Box, ...]] | None = None
    least = _everything(target).density
    for most in range(1, min(conditions, len(x)) + 1):
        path = peeling(x, target, conditions=most, peel=peel, smallest=smallest)
        best = max((box for box in path if box.coverage >= covered), key=lambda box: (box.density, box.coverage))
        if best.density >= least + gain * (len(best.limits) - (len(chosen[0].limits) if chosen else 0)):
            chosen, least = (best, path), best.density
    if chosen is None:
        return None
    return Found(_with_quasi_p(_without_idle_bounds(chosen[0], x, target), x, target), chosen[1])


def peeling(
    x: NDArray[np.float64], target: NDArray[np.bool_], *, conditions: int, peel: float = PEEL, smallest: float = SMALLEST
) -> tuple[Box, ...]:  # fmt: skip
    """The peeling trajectory: each box is the one before it with its best thin slice taken off.

    The best slice is the one whose loss raises the mean of what is left most for each future taken off; once
    `conditions` inputs are bounded, only these are peeled further.

    Args:
        x: inputs, shape (dimension, future).
        target: whether a future is a case asked about, shape (future,).
        conditions: inputs bounded at most.
        peel: share of the box that one peel takes off.
        smallest: share of all futures below which peeling stops.
    """
    inside = np.ones(len(target), dtype=bool)
    boxes, bounds = [_everything(target)], {}  # type: tuple[list[Box], dict[int, Limit]]
    while True:
        open_ = list(bounds) if len(bounds) >= conditions else list(range(len(x)))
        cut = _best_cut(x[np.array(open_)][:, inside], target[inside], peel=peel)
        if cut is None:
            return tuple(boxes)
        row, at, upper = cut
        limit = bounds.get(open_[row], Limit(open_[row]))
        bounds[open_[row]] = replace(limit, high=at) if upper else replace(limit, low=at)
        inside &= x[open_[row]] < at if upper else x[open_[row]] > at
        if inside.mean() < smallest:
            return tuple(boxes)
        boxes.append(_box(tuple(bounds.values()), inside, target))


def _best_cut(
    x: NDArray[np.float64], target: NDArray[np.bool_], *, peel: float
) -> tuple[int, float, bool] | None:  # fmt: skip
    """The row to cut, where, and whether from above; None where no slice can be taken off."""
    n, mean = len(target), target.mean()
    take = max(1, int(peel * n))
    if n <= take:
        return None
    parts = np.partition(x, (take - 1, n - take), axis=1)
    best: tuple[float, int, float, bool] | None = None
    for upper, edges in ((False, parts[:, take - 1]), (True, parts[:, n - take])):
        keeps = x < edges[:, None] if upper else x > edges[:, None]
        left = keeps.sum(axis=1)
        some = (left > 0) & (left < n)
        with np.errstate(invalid="ignore", divide="ignore"):
            gain = ((keeps @ target.astype(float)) / left - mean) / (n - left)
        gain = np.where(some, gain, -np.inf)
        row = int(np.argmax(gain))
        if some[row] and (best is None or gain[row] > best[0]):
            kept = x[row][keeps[row]]
            at = float((edges[row] + (kept.max() if upper else kept.min())) / 2)
            best = (float(gain[row]), row, at, upper)
    return None if best is None else best[1:]


def _within(x: NDArray[np.float64], limit: Limit) -> NDArray[np.bool_]:
    inside = np.ones(len(x), dtype=bool)
    if limit.low is not None:
        inside &= x > limit.low
    if limit.high is not None:
        inside &= x < limit.high
    return inside


def _everything(target: NDArray[np.bool_]) -> Box:
    return Box((), 1.0, float(target.mean()), 1.0)


def _box(limits: tuple[Limit, ...], inside: NDArray[np.bool_], target: NDArray[np.bool_]) -> Box:
    hits = int((inside & target).sum())
    return Box(limits, hits / int(target.sum()), hits / int(inside.sum()), float(inside.mean()))


def _without_idle_bounds(box: Box, x: NDArray[np.float64], target: NDArray[np.bool_]) -> Box:
    """The box without the bound that may be chance, where its input is bounded on the other side too."""
    for limit in box.limits:
        if limit.low is None or limit.high is None:
            continue
        looser = (replace(limit, low=None), replace(limit, high=None))
        idle = max(looser, key=lambda bound: _quasi_p(box, bound, x, target))
        if _quasi_p(box, idle, x, target) > CHANCE:
            limits = tuple(idle if b.dimension == limit.dimension else b for b in box.limits)
            box = _box(limits, replace(box, limits=limits).holds(x), target)
    return box


def _with_quasi_p(box: Box, x: NDArray[np.float64], target: NDArray[np.bool_]) -> Box:
    limits = tuple(
        replace(
            limit,
            quasi_p_low=None if limit.low is None else _quasi_p(box, replace(limit, low=None), x, target),
            quasi_p_high=None if limit.high is None else _quasi_p(box, replace(limit, high=None), x, target),
        )
        for limit in box.limits
    )
    return replace(box, limits=limits)


def _quasi_p(box: Box, looser: Limit, x: NDArray[np.float64], target: NDArray[np.bool_]) -> float:
    """Chance of as many cases in the box if its density were that of the box with one bound taken away (binomial)."""
    from scipy.stats import binom  # noqa: PLC0415 - takes a second to load

    inside = box.holds(x)
    wider = replace(box, limits=tuple(looser if b.dimension == looser.dimension else b for b in box.limits)).holds(x)
    hits = int((inside & target).sum())
    return float(binom.sf(hits - 1, int(inside.sum()), float(target[wider].mean())))
