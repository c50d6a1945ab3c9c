"""How figures are revised: what stood at first beside what stood later, for the same area and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange
from tocsin.panel.vintages.vintage import RELEASE, releases_seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from tocsin.panel.vintages.vintage import Vintages

SIZES = (0, 1, 25, 100, 1000)
"""Lower bounds of the classes of deaths in a month by which revisions are told apart."""

SIZE_WORDS = ("0", "1-24", "25-99", "100-999", "1000 and more")


def size_class(deaths: NDArray[np.int64]) -> NDArray[np.intp]:
    """The class of every count by `SIZES`, 0 to 4.

    Example:
        >>> size_class(np.array([0, 1, 24, 25, 999, 1000])).tolist()
        [0, 1, 1, 2, 3, 4]
    """
    return np.searchsorted(np.asarray(SIZES), deaths, side="right") - 1


@dataclass(frozen=True, eq=False)
class Revisions:
    """Figures of the same areas and months at two stages.

    Attributes:
        areas: area ids, length A.
        before: figures as they stood, shape (A, M).
        after: figures as they stand later, shape (A, M).
    """

    areas: tuple[str, ...]
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    def __post_init__(self) -> None:
        assert self.before.shape == self.after.shape == (len(self.areas), self.before.shape[1]), "two like tables"
        assert (self.before >= 0).all(), "a revision needs both figures"
        assert (self.after >= 0).all(), "a revision needs both figures"

    def reversed(self) -> Revisions:
        """The way back: what stood at first, given what stood later."""
        return Revisions(self.areas, self.after, self.before)


@dataclass(frozen=True, eq=False)
class LagModel:
    """Revisions by the number of yearly releases that a month had seen.

    Attributes:
        stages: revisions of months that had seen 0 releases (candidate events), 1, 2.
        learned: what they were learned from, in words.
    """

    stages: Mapping[int, Revisions]
    learned: str

    def renamed(self, names: Mapping[str, str]) -> LagModel:
        """The same revisions by other ids; areas that have none there lend their revisions to others all the same."""
        return LagModel(
            {
                stage: Revisions(tuple(names.get(a, f"not named: {a}") for a in r.areas), r.before, r.after)
                for stage, r in self.stages.items()
            },
            self.learned,
        )

    def reversed(self) -> LagModel:
        """The model of what stood at first, given today's figures."""
        return LagModel({stage: r.reversed() for stage, r in self.stages.items()}, self.learned)


def revisions(vintages: Vintages, *, stage: int, until: date | None) -> Revisions | None:
    """Every month's figure when it had seen `stage` releases, beside the newest figure by a day.

    Args:
        vintages: every issue.
        stage: how many yearly releases the first figure had seen.
        until: the day whose knowledge counts; today's figures where None.

    Returns:
        None where no month was seen at that stage and revised since.

    Raises:
        OutOfRange: no issue of that day is at hand.
    """
    newest = vintages.known_by(until)
    before, after = [], []
    for column, month in enumerate(vintages.months):
        seen = [
            n for n, day in enumerate(vintages.issued)
            if releases_seen(month, day) == stage and month <= vintages.last[n] and (until is None or day <= until)
        ]  # fmt: skip
        if seen and (until is None or releases_seen(month, until) > stage):
            before.append(vintages.figures[seen[-1], :, column])
            after.append(newest[:, column])
    if not before:
        return None
    return Revisions(vintages.areas, np.stack(before, axis=1), np.stack(after, axis=1))


def learn_lag(vintages: Vintages, *, until: date | None = None) -> LagModel:
    """The lag model that could be learned by a day, from nothing issued after it.

    Args:
        vintages: every issue.
        until: the day; everything at hand where None.

    Raises:
        OutOfRange: no issue of that day is at hand, or no revision had been seen by then.
    """
    found = {stage: r for stage in range(3) if (r := revisions(vintages, stage=stage, until=until)) is not None}
    if not found:
        raise OutOfRange(
            f"no revision had been seen by {until}",
            hint=f"the yearly release comes about day {RELEASE[1]} of month {RELEASE[0]}; give a later day",
        )
    return LagModel(
        found, f"issues to {until}" if until else f"issues to {vintages.issued[-1]} and {vintages.final_name}"
    )
