"""What a warning is about: crossing a threshold, or escalation, within so many months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History

ESCALATION_RATIO = 3
ESCALATION_LEAST = 25
LAST_YEAR = 12


@dataclass(frozen=True, slots=True)
class Question:
    """Will some month within `months` see >= `threshold` deaths? Without a threshold: will violence escalate?

    Escalation: the mean of the months ahead is at least three times the mean of the last twelve, and at least 25
    deaths a month.

    Example:
        >>> Question(months=6, threshold=100).words, Question(months=3).key
        ('100 or more deaths in some month within 6 months', 'escalation_within_3')
    """

    months: int
    threshold: int | None = None

    @property
    def key(self) -> str:
        """A name for columns and files."""
        return f"{'escalation' if self.threshold is None else f'p{self.threshold}'}_within_{self.months}"

    @property
    def words(self) -> str:
        """The question as a reader asks it."""
        span = "the next month" if self.months == 1 else f"{self.months} months"
        if self.threshold is None:
            return (
                f"escalation within {span} (mean at least {ESCALATION_RATIO} times that of the last 12 months, "
                f"and at least {ESCALATION_LEAST} deaths a month)"
            )
        return f"{self.threshold:,} or more deaths in some month within {span}"

    def holds(self, ahead: NDArray[np.integer], last_year: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Whether the answer is yes.

        Args:
            ahead: deaths in the months ahead, shape (areas, months, ...); exactly the months asked about.
            last_year: mean deaths a month over the twelve months before, shape (areas,).

        Returns:
            shape (areas, ...).
        """
        if self.threshold is not None:
            return np.asarray(ahead.max(axis=1) >= self.threshold)
        least = np.maximum(ESCALATION_RATIO * last_year, ESCALATION_LEAST)
        return np.asarray(ahead.mean(axis=1) >= least.reshape(-1, *([1] * (ahead.ndim - 2))))


def probability(forecast: Forecast, history: History, *, question: Question) -> NDArray[np.float64]:
    """Probability that the answer is yes, for every area forecast, shape (areas,), 0..1.

    Raises:
        OutOfRange: the forecast does not hold every month asked about.
    """
    wanted = range(1, question.months + 1)
    if not set(wanted) <= set(forecast.horizons):
        raise OutOfRange(
            f"the forecast does not hold every month from 1 to {question.months} ahead",
            hint=f"forecast with --months 1-{question.months}",
        )
    ahead = forecast.draws[:, [forecast.horizons.index(h) for h in wanted], :]
    return np.asarray(question.holds(ahead, last_year_mean(history)[history.here]).mean(axis=1))


def last_year_mean(history: History) -> NDArray[np.float64]:
    """Mean deaths a month over the last twelve months, shape (areas,)."""
    return np.asarray(history.deaths[:, -LAST_YEAR:].mean(axis=1))
