"""How complete a month's figure is by its age: the share of today's figure that was known, with intervals over areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.panel.vintages.lag import SIZE_WORDS, revisions, size_class
from tocsin.panel.vintages.vintage import releases_seen
from tocsin.scores.bootstrap import Bounds, bootstrap_areas
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.vintages.vintage import Vintages

ALL = "all"


@dataclass(frozen=True)
class Completeness:
    """One line of the table of completeness.

    Attributes:
        age: months from the month to the issue, 0 in the month itself; None where lines are not by age.
        stage: yearly releases seen; None where lines are not by release.
        size: class of the figure as it stood (`SIZE_WORDS`), or all.
        months: area-months behind the line with deaths then or today, an area-month counted once for each issue it is seen in.
        issues: issues behind the line.
        known: deaths as they stood.
        today: deaths as known today.
        share: `known` over `today`, with its 95 % interval over areas; None where nothing is known today.
        changed: share of those area-months whose figure is another today, 0..1; None where there are none.
    """

    age: int | None
    stage: int | None
    size: str
    months: int
    issues: int
    known: int
    today: int
    share: Bounds | None
    changed: float | None


def completeness_by_age(vintages: Vintages, *, seed: int, resamples: int = 1000) -> tuple[Completeness, ...]:
    """The share of today's deaths that was known when a month was 0, 1, 2, ... months old, all sizes together.

    Every age rests on the issues that hold a month of that age, and on no more: the oldest ages on one or two. At age 0
    no issue holds anything.

    Args:
        vintages: every issue.
        seed: makes the intervals again.
        resamples: how many for each interval.
    """
    lines = [Completeness(0, None, ALL, 0, 0, 0, 0, None, None)]
    oldest = Month.of_date(vintages.issued[-1]) - vintages.first
    for age in range(1, oldest + 1):
        columns = [
            (n, column) for n, day in enumerate(vintages.issued)
            if 0 <= (column := Month.of_date(day) - age - vintages.first) < vintages.final.shape[1]
            and vintages.figures[n, 0, column] >= 0
        ]  # fmt: skip
        if columns:
            before = np.stack([vintages.figures[n, :, c] for n, c in columns], axis=1)
            after = np.stack([vintages.final[:, c] for _, c in columns], axis=1)
            lines.append(_line(before, after, age=age, issues=len(columns), seed=seed, resamples=resamples))
    return tuple(lines)


def completeness_by_release(vintages: Vintages, *, seed: int, resamples: int = 1000) -> tuple[Completeness, ...]:
    """The share of today's deaths known after 0, 1 and 2 yearly releases, by size of the figure as it stood.

    Each area and month counts once for each number of releases, since no figure changes between them.

    Args:
        vintages: every issue.
        seed: makes the intervals again.
        resamples: how many for each interval.
    """
    lines = []
    for stage in range(3):
        seen = revisions(vintages, stage=stage, until=None)
        if seen is None:
            continue
        kinds = size_class(seen.before)
        issues = sum(any(releases_seen(m, day) == stage for m in vintages.months) for day in vintages.issued)
        for size in (None, *range(len(SIZE_WORDS))):
            chosen = np.ones_like(kinds, dtype=bool) if size is None else kinds == size
            lines.append(
                _line(seen.before, seen.after, stage=stage, size=size, issues=issues, chosen=chosen, seed=seed,
                      resamples=resamples)
            )  # fmt: skip
    return tuple(lines)


def unchanged_between_releases(vintages: Vintages) -> tuple[int, int]:
    """How many figures became others between two issues with no yearly release between them, and of how many."""
    changed = asked = 0
    for n in range(1, len(vintages.issued)):
        for column, month in enumerate(vintages.months):
            before, after = vintages.figures[n - 1, :, column], vintages.figures[n, :, column]
            days = vintages.issued[n - 1 : n + 1]
            if before[0] >= 0 and releases_seen(month, days[0]) == releases_seen(month, days[1]):
                changed, asked = changed + int((before != after).sum()), asked + before.size
    return changed, asked


def _line(
    before: NDArray[np.int64], after: NDArray[np.int64], *, seed: int, resamples: int, issues: int,
    age: int | None = None, stage: int | None = None, size: int | None = None, chosen: NDArray[np.bool_] | None = None,
) -> Completeness:  # fmt: skip
    mine = np.ones_like(before, dtype=bool) if chosen is None else chosen
    known, today = np.where(mine, before, 0).sum(axis=1), np.where(mine, after, 0).sum(axis=1)
    any_deaths = mine & ((before > 0) | (after > 0))

    def share(times: NDArray[np.float64]) -> float | None:
        whole = float(times @ today)
        return float(times @ known) / whole if whole else None

    return Completeness(
        age, stage, ALL if size is None else SIZE_WORDS[size], int(any_deaths.sum()), issues, int(known.sum()),
        int(today.sum()), bootstrap_areas(share, areas=today.size, seed=seed, resamples=resamples),
        float((before != after)[any_deaths].mean()) if any_deaths.any() else None,
    )  # fmt: skip
