"""What acting on a forecast is worth to somebody whom acting costs and not acting may cost more.

The cost-loss model: acting costs C whenever it is done; if it was not done and the case comes, the loss is L. Somebody
without a forecast always acts or never does, whichever is cheaper at the base rate; somebody who knew would act just
before the cases. The value of a forecast is how far it goes from the first to the second: 1 is perfect knowledge, 0 is
no better than the base rate, below 0 one would have done better without it.

Richardson (2000) doi:10.1002/qj.49712656313; Wilks (2001) doi:10.1017/S1350482701002092.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Yes = NDArray[np.bool_]

RATIOS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Cost of acting over the loss averted, at which value curves are told: closer where cases are rare."""

NEVER = math.inf
"""The threshold of somebody who does not act whatever the forecast says."""


@dataclass(frozen=True, slots=True)
class Costs:
    """A user's own costs, in any one unit.

    Attributes:
        miss: what a case without a warning costs beyond what acting would have cost.
        false_alarm: what acting costs where nothing comes.

    Raises:
        OutOfRange: a cost is not above 0, or not a finite number.

    Example:
        >>> Costs(miss=9, false_alarm=1).ratio
        0.1
    """

    miss: float
    false_alarm: float

    def __post_init__(self) -> None:
        for words, cost in (("a miss", self.miss), ("a false alarm", self.false_alarm)):
            if not (math.isfinite(cost) and cost > 0):
                raise OutOfRange(
                    f"the cost of {words} cannot be {cost:g}",
                    hint="give both in one unit, each above 0, as in --miss-cost 20 --false-alarm-cost 1",
                )

    @property
    def ratio(self) -> float:
        """Cost over loss, 0..1: from this probability on, acting is cheaper if the probabilities are right."""
        return self.false_alarm / (self.false_alarm + self.miss)


@dataclass(frozen=True, slots=True)
class Tally:
    """What acting on a rule came to, area by area; each of shape (areas,).

    Attributes:
        asked: answers known.
        cases: answers that were yes.
        acted: answers at which the rule said to act.
        hits: of these, those that were yes.
    """

    asked: Floats
    cases: Floats
    acted: Floats
    hits: Floats

    @classmethod
    def of(cls, acted: Yes, came: Yes, known: Yes) -> Tally:
        """Count decisions; all of shape (origins, areas)."""
        did, yes = acted & known, came & known
        return cls(*(x.sum(axis=0).astype(np.float64) for x in (known, yes, did, did & yes)))

    def value(self, ratio: float, times: Floats | None = None) -> Floats:
        """Value of the rule, at most 1; NaN where nothing or all came, so that no forecast could be of use.

        Args:
            ratio: cost over loss, 0..1.
            times: how often each area counts, shape (..., areas); once if not given.

        Returns:
            shape (...).
        """
        asked, cases, acted, hits = self.sums(times)
        paid = ratio * acted + (cases - hits)
        without, knowing = np.minimum(ratio * asked, cases), ratio * cases
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(without - knowing > 0, (without - paid) / (without - knowing), np.nan)

    def sums(self, times: Floats | None = None) -> tuple[Floats, Floats, Floats, Floats]:
        """Asked, cases, acted and hits over all areas, each area counted `times`; each of shape (...)."""
        weight = np.ones(self.asked.shape) if times is None else times
        asked, cases, acted, hits = (np.asarray(weight @ x) for x in (self.asked, self.cases, self.acted, self.hits))
        return asked, cases, acted, hits


def cheapest_threshold(p: Floats, came: Yes, *, ratio: float) -> float:
    """The probability from which acting would have been cheapest; `NEVER` where not to act at all was.

    Every probability stated is tried. Of two thresholds that cost the same, the one that acts less often is taken.

    Args:
        p: probabilities stated, shape (n,), 0..1.
        came: whether it came, shape (n,).
        ratio: cost over loss, 0..1.

    Example:
        >>> cheapest_threshold(np.array([0.1, 0.2, 0.6, 0.9]), np.array([False, True, False, True]), ratio=0.3)
        0.2
        >>> cheapest_threshold(np.array([0.1, 0.2]), np.array([False, False]), ratio=0.3)
        inf
    """
    order = np.argsort(-p, kind="stable")
    falling = p[order]
    last = np.flatnonzero(np.append(np.diff(falling) != 0, np.True_)) if p.size else np.zeros(0, dtype=np.intp)
    hits = np.cumsum(came[order])[last]
    cost = np.append(0.0, ratio * (last + 1) - hits)
    best = int(np.argmin(cost))
    return NEVER if best == 0 else float(falling[last[best - 1]])
