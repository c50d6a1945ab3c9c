"""What a solver gives back: a plan, what it is worth, and the proof that nothing is better, or how far that reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TOLERANCE = 1e-6
"""Relative gap below which two objective values are one number."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best plan found, and the bound that no plan can pass.

    Attributes:
        sites: columns chosen, rising; the fixed ones are among them.
        objective: weight covered, or weighted distance, of this plan.
        bound: proven limit: no plan covers more, or none costs less.
        proven: whether the bound shows that no plan is better.
        status: `optimal`, or `not proven: time limit`.
        heuristic: what greedy choice and interchange alone come to.
    """

    sites: tuple[int, ...]
    objective: float
    bound: float
    proven: bool
    status: str
    heuristic: float

    @property
    def gap(self) -> float:
        """How far the bound lies from the objective, as a share of the objective; 0 when proven."""
        return abs(self.bound - self.objective) / max(abs(self.objective), 1.0)


def optimum(
    sites: Sequence[int], *, objective: float, bound: float, heuristic: float, step: float = 0.0
) -> Optimum:  # fmt: skip
    """An optimum whose proof is read off its bound.

    Args:
        sites: columns chosen.
        objective: what they are worth.
        bound: the proven limit.
        heuristic: what the heuristic came to.
        step: objectives of all plans are multiples of this (1 for whole numbers; 0 when they are not).
    """
    slack = TOLERANCE * max(abs(objective), 1.0)
    proven = abs(bound - objective) < max(slack, step - slack)
    return Optimum(
        tuple(sorted(int(j) for j in sites)), float(objective), float(objective if proven else bound), proven,
        "optimal" if proven else "not proven: time limit", float(heuristic),
    )  # fmt: skip


def checked_request(
    values: NDArray[np.generic], weight: NDArray[np.float64], *, add: int, fixed: Sequence[int], allowed: Sequence[int]
) -> None:
    """Refuse what no plan can answer.

    Raises:
        OutOfRange: a size, a weight, or a number of sites that makes no sense.
    """
    if values.ndim != 2 or weight.shape != values.shape[:1]:
        raise OutOfRange(
            f"{values.shape} values do not fit {weight.shape[0]} weights", hint="give one row a demand point"
        )
    if not np.isfinite(weight).all() or (weight < 0).any():
        raise OutOfRange("a weight is negative or not finite", hint="weights are deaths, events or persons, 0 or more")
    if any(not 0 <= j < values.shape[1] for j in (*fixed, *allowed)):
        raise OutOfRange(f"a site lies outside 0..{values.shape[1] - 1}", hint="sites are columns of the table")
    if add < 0 or add > len(allowed):
        raise OutOfRange(
            f"{add} sites cannot be added: {len(allowed)} candidates are free",
            hint=f"ask for 0 to {len(allowed)}",
        )


def free_sites(count: int, *, fixed: Sequence[int], allowed: Sequence[int] | None) -> list[int]:
    """Columns that may still be chosen, rising."""
    taken = set(fixed)
    return [j for j in (range(count) if allowed is None else sorted(set(allowed))) if j not in taken]


def step_of(values: NDArray[np.float64]) -> float:
    """1 when all values are whole numbers, so that so is every sum of them; else 0."""
    return 1.0 if bool(np.all(values == np.round(values))) else 0.0
