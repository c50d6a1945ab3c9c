"""Hard onsets: violence that comes to a country after years without any, where "it goes on" is no forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.warn.question import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.warn.record import Answers

PEACE = (12, 24, 60)
"""Months without a death after which an onset is hard."""

ONSET_DEATHS = 25


@dataclass(frozen=True, slots=True)
class Onset(Question):
    """Will the months ahead together see >= 25 deaths?

    Example:
        >>> Onset(months=6).words, Onset(months=6).key
        ('25 or more deaths in all within 6 months', 'total25_within_6')
    """

    threshold: int | None = ONSET_DEATHS

    @property
    def key(self) -> str:
        """A name for columns and files."""
        return f"total{self.threshold}_within_{self.months}"

    @property
    def words(self) -> str:
        """The question as a reader asks it."""
        span = "the next month" if self.months == 1 else f"{self.months} months"
        return f"{self.threshold:,} or more deaths in all within {span}"

    def holds(self, ahead: NDArray[np.integer], last_year: NDArray[np.floating]) -> NDArray[np.bool_]:  # noqa: ARG002
        """Whether the months ahead together reach the threshold, shape (areas, ...); as `Question.holds`."""
        return np.asarray(ahead.sum(axis=1) >= self.threshold)


def at_peace(history: History, *, months: int) -> NDArray[np.bool_]:
    """Whether an area was there for all of the last months and no death is recorded in any, shape (areas,).

    Where the history is shorter than the months asked about, nobody is known to have been at peace.
    """
    if history.deaths.shape[1] < months:
        return np.zeros(len(history.areas), dtype=bool)
    quiet = (history.deaths[:, -months:] == 0).all(axis=1)
    return np.asarray(quiet & history.present[:, -months:].all(axis=1))


def among(answers: Answers, asked: NDArray[np.bool_]) -> Answers:
    """The answers of some areas and origins alone: the others are neither ranked nor counted.

    Args:
        answers: of all areas.
        asked: which to keep, shape (origins, areas).
    """
    return replace(
        answers, p=np.where(asked, answers.p, np.nan), came=answers.came & asked, known=answers.known & asked
    )
