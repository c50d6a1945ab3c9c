"""Whether what must not be exceeded is not, and what must be reached is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Criterion
    from tocsin.decide.options.outcomes import Outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Thresholds met.

    Attributes:
        each: whether a criterion's threshold is met, shape (alternative, criterion, future); where `asked` is false or
            the value is unknown it means nothing.
        asked: whether a criterion has a threshold, shape (criterion,).
        known: whether the alternative has a value there, shape (alternative, criterion).
    """

    each: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    known: NDArray[np.bool_]

    def share(self, alternative: int, criterion: int) -> float | None:
        """Share of futures tested that meet one threshold; None where there is none or the value is unknown."""
        if not self.asked[criterion] or not self.known[alternative, criterion]:
            return None
        return float(self.each[alternative, criterion].mean())

    def all_of(self, alternative: int) -> NDArray[np.bool_] | None:
        """Whether each future meets every threshold; None where no threshold is set or a value is unknown."""
        if not self.asked.any() or not self.known[alternative, self.asked].all():
            return None
        return np.asarray(self.each[alternative, self.asked].all(axis=0))

    def at_most(self, alternative: int) -> float | None:
        """Share of futures that meet every threshold whose value is known: no more than that can meet all."""
        seen = self.asked & self.known[alternative]
        return float(self.each[alternative, seen].all(axis=0).mean()) if seen.any() else None


def thresholds_met(done: Outcomes, *, criteria: Sequence[Criterion]) -> Met:
    """Hold every value against its thresholds: `value <= must_not_exceed` and `value >= must_reach`."""
    above = np.array([np.inf if c.must_not_exceed is None else c.must_not_exceed for c in criteria], dtype=float)
    below = np.array([-np.inf if c.must_reach is None else c.must_reach for c in criteria], dtype=float)
    each = (done.values <= above[:, None]) & (done.values >= below[:, None])
    return Met(each, np.isfinite(above) | np.isfinite(below), done.known)
