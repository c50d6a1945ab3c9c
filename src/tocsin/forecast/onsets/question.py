"""The question of an onset: a country at peace for so long, so many deaths within so many months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange, Where
from tocsin.vocabulary import MAX_HORIZON

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

THRESHOLD = 25
"""Deaths over the window: UCDP's own line of armed conflict, in a year."""


@dataclass(frozen=True, slots=True)
class Onset:
    """At least `threshold` deaths over months `first` to `last` ahead, after `peace` months without any.

    Attributes:
        first: the window's first month ahead of the origin, 1 is the next.
        last: its last month ahead.
        peace: months without a death, the origin among them; 0 asks of every country.
        threshold: deaths over the whole window.

    Example:
        >>> str(Onset(3, 14, peace=24))
        'at least 25 deaths over months 3 to 14 ahead, after 24 months of peace'
    """

    first: int
    last: int
    peace: int = 12
    threshold: int = THRESHOLD

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= MAX_HORIZON:
            raise OutOfRange(
                f"months {self.first} to {self.last} ahead are no window", where=Where(field="months"),
                hint=f"write it as in 1-12; months 1 to {MAX_HORIZON} are possible",
            )  # fmt: skip
        if not 0 <= self.peace <= 240:
            raise OutOfRange(
                f"{self.peace} months of peace cannot be asked for", where=Where(field="peace"), hint="ask for 0 to 240"
            )
        if self.threshold < 1:
            raise OutOfRange(
                f"{self.threshold} deaths are no onset", where=Where(field="threshold"), hint="ask for 1 or more"
            )

    def __str__(self) -> str:
        return (
            f"at least {self.threshold} deaths over months {self.first} to {self.last} ahead, "
            f"after {self.peace} months of peace"
        )

    def at_peace(self, history: History) -> NDArray[np.bool_]:
        """Where the question can be asked: present and without a death for long enough, shape (areas, months)."""
        quiet = _trailing(history.deaths, self.peace) == 0
        there = _trailing(history.present.astype(np.int64), self.peace) == self.peace
        return np.asarray(history.present & quiet & there)

    def deaths_ahead(self, history: History) -> NDArray[np.float64]:
        """Deaths over the window seen from each month, shape (areas, months); NaN where it has not passed."""
        sums = np.pad(np.cumsum(history.deaths, axis=1), ((0, 0), (1, 0)))
        months = history.deaths.shape[1]
        ahead = np.full(history.deaths.shape, np.nan)
        seen = max(months - self.last, 0)
        ahead[:, :seen] = sums[:, self.last + 1 :][:, :seen] - sums[:, self.first :][:, :seen]
        return ahead


def _trailing(grid: NDArray[np.int64], months: int) -> NDArray[np.int64]:
    """Sum of the last `months` columns, shorter at the start."""
    sums = np.pad(np.cumsum(grid, axis=1), ((0, 0), (1, 0)))
    now = np.arange(1, grid.shape[1] + 1)
    return np.asarray(sums[:, now] - sums[:, np.maximum(now - months, 0)])
