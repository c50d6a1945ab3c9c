"""What a warning's probability is made of: parts that add up to it exactly, found by drawing again.

The base is what the model says of the same area if nothing stood out: no deaths in its own record, none among its
neighbours, every slow driver at the world's median. Each part is put back as it is, in every order, and the forecast
drawn again; a part's contribution is its mean effect over all orders (Shapley 1953; for predictions: Strumbelj & Kononenko
2014, doi:10.1007/s10115-013-0679-x; with one baseline: Sundararajan & Najmi 2020, arXiv:1908.08474). Contributions and base
sum to the probability by construction. They say what moved the model, not what causes violence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

from tocsin.forecast.explain.changed import (
    with_middling_drivers,
    with_peaceful_neighbours,
    without_last_year,
    without_record_before,
)
from tocsin.forecast.explain.redrawn import forest_in, redrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tocsin.forecast.contract import Fitted
    from tocsin.forecast.explain.redrawn import Asked
    from tocsin.panel.history import History

DRAWS = 400
LEAST_SAID = 0.005
OTHER_MEMBERS = "other members of the pool"
DRAWN_AGAIN = "chance of the draws"
"""What the forecast says beyond what the model, drawn again with fewer draws and the area alone, says of the same history."""

LAST_YEAR = "its last 12 months"
BEFORE = "its record before"
NEIGHBOURS = "its neighbours"
SLOW = "slow drivers of fragility"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a probability: a group of signs, and its signed contribution, -1..1."""

    group: str
    share: float


@dataclass(frozen=True, slots=True)
class Parts:
    """A probability taken apart: `base` and the parts' shares sum to `p` exactly.

    Attributes:
        p: the probability that the warning gives, 0..1.
        base: what the model says of the same area with nothing of note in its record, neighbours and drivers, 0..1.
        parts: the largest first.
    """

    p: float
    base: float
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """The sum in one sentence; parts of less than half a point are left out.

        Example:
            >>> Parts(0.31, 0.01, (Part("its last 12 months", 0.34), Part("its neighbours", -0.04))).words
            '31 % = 1 % for a quiet place, +34 points its last 12 months, -4 points its neighbours'
        """
        points = "".join(
            f", {100 * part.share:+.0f} points {part.group}" for part in self.parts if abs(part.share) >= LEAST_SAID
        )
        return f"{100 * self.p:.0f} % = {100 * self.base:.0f} % for a quiet place{points}"


def parts_of(
    fitted: Fitted, history: History, *, area: str, asked: Asked, p: float, draws: int = DRAWS, seed: int = 1
) -> Parts:
    """Take one area's probability apart.

    Args:
        fitted: the model that drew. Of a pool the first member forest is drawn again, and what the other members add or
            take away is a part of its own; so is, of any other model, what drawing again changes.
        history: what the forecast was made from.
        area: id of an area present at the origin.
        asked: the question.
        p: its probability in the forecast.
        draws: draws of every forecast made again.
        seed: the same for all.
    """
    index = history.areas.index(area)
    taken_away = _present(history, index)
    groups = tuple(taken_away)
    kept = [frozenset(c) for n in range(len(groups) + 1) for c in combinations(groups, n)]
    histories = [_without(history, index, taken_away, set(groups) - k) for k in kept]
    said = dict(zip(kept, redrawn(fitted, histories, area=index, asked=asked, draws=draws, seed=seed), strict=True))
    pooled = forest_in(fitted) is not None and forest_in(fitted) is not fitted
    rest = Part(OTHER_MEMBERS if pooled else DRAWN_AGAIN, float(p - said[frozenset(groups)]))
    parts = [*(Part(g, s) for g, s in shapley(said, groups).items()), rest]
    return Parts(p, float(said[frozenset()]), tuple(sorted(parts, key=lambda part: -abs(part.share))))


def shapley(said: Mapping[frozenset[str], float], groups: Sequence[str]) -> dict[str, float]:
    """Each group's mean effect over all orders of putting groups back.

    Args:
        said: the value with exactly these groups in place, for every set of groups.
        groups: all groups.

    Example:
        >>> a, b = frozenset("a"), frozenset("b")
        >>> shapley({frozenset(): 0.0, a: 0.25, b: 0.5, a | b: 1.0}, ["a", "b"])
        {'a': 0.375, 'b': 0.625}
    """
    n, found = len(groups), {}
    for group in groups:
        others = [g for g in groups if g != group]
        found[group] = float(sum(
            factorial(size) * factorial(n - size - 1) / factorial(n)
            * (said[frozenset(c) | {group}] - said[frozenset(c)])
            for size in range(n)
            for c in combinations(others, size)
        ))  # fmt: skip
    return found


def _present(history: History, index: int) -> dict[str, Callable[..., History]]:
    """The groups that this history has, each with what takes it away."""
    found: dict[str, Callable[..., History]] = {LAST_YEAR: without_last_year, BEFORE: without_record_before}
    if history.neighbours[index]:
        found[NEIGHBOURS] = with_peaceful_neighbours
    if history.slow:
        found[SLOW] = with_middling_drivers
    return found


def _without(
    history: History, index: int, taken_away: Mapping[str, Callable[..., History]], groups: set[str]
) -> History:
    for group in groups:
        history = taken_away[group](history, area=index)
    return history
