"""How far a score could have come out otherwise, had the world held other areas like these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where
from tocsin.scores.arrays import numbers, same_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Statistic = Callable[[Floats], float | None]
    Statistics = Callable[[Floats], Floats]

RESAMPLES = 2000
LEVEL = 0.95
AT_ONCE = 200_000
"""Counts of areas drawn at one time, over resamples: a megabyte or two, which stay in a processor's cache."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A score with its bootstrap interval over areas.

    Attributes:
        value: the score of the areas as they are.
        lower: lower end of the interval.
        upper: upper end of the interval.
        level: share of the resampled scores the interval holds.
        areas: areas resampled.
        undefined: resamples left out because the score is not defined in them (as AP where nothing came).
    """

    value: float
    lower: float
    upper: float
    level: float
    areas: int
    undefined: int = 0

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference is told from none at this level."""
        return self.lower > 0 or self.upper < 0


def bootstrap_areas(
    statistic: Statistic, *, areas: int, seed: int, resamples: int = RESAMPLES, level: float = LEVEL
) -> Bounds | None:
    """The percentile bootstrap of any score, over areas: months of one area stay together.

    Areas are drawn with replacement, as many as there are, and the score is computed anew; the same seed draws the
    same areas for every score and model. Where a few areas make most of the score, as wars do in CRPS, the
    interval is too narrow: say which areas they are.

    Source: Efron 1979, doi:10.1214/aos/1176344552; resampling whole clusters, Field & Welsh 2007,
    doi:10.1111/j.1467-9868.2007.00593.x.

    Args:
        statistic: the score when area i is counted times[i] times, times of shape (areas,); None if not defined.
        areas: number of areas.
        seed: makes the resamples again, bit for bit.
        resamples: how many.
        level: share of the resampled scores the interval holds.

    Returns:
        None where the score is not defined as the areas are, or there is but one area to draw from.

    Raises:
        OutOfRange: the level is not between 0 and 1, or resamples is below 1.

    Example:
        >>> deaths = np.array([1.0, 2.0, 6.0])
        >>> b = bootstrap_areas(lambda times: float(times @ deaths / times.sum()), areas=3, seed=1)
        >>> b.value, 1 <= b.lower < 3 < b.upper <= 6
        (3.0, True)
    """

    def each(times: Floats) -> Floats:
        scores = (statistic(row) for row in times)
        return np.array([np.nan if score is None else score for score in scores], dtype=np.float64)

    return bootstrap_rows(each, areas=areas, seed=seed, resamples=resamples, level=level)


def bootstrap_rows(
    statistics: Statistics, *, areas: int, seed: int, resamples: int = RESAMPLES, level: float = LEVEL
) -> Bounds | None:
    """The same for a score that is computed for many resamples at once, which takes a tenth of the time or less.

    Args:
        statistics: from times of shape (resamples, areas) the score of each resample, NaN where it is not defined.
        areas: number of areas.
        seed: makes the resamples again, bit for bit, the same ones as in `bootstrap_areas`.
        resamples: how many.
        level: share of the resampled scores the interval holds.

    Returns:
        As `bootstrap_areas`.

    Raises:
        OutOfRange: the level is not between 0 and 1, or resamples is below 1.

    Example:
        >>> deaths = np.array([1.0, 2.0, 6.0])
        >>> one = bootstrap_rows(lambda times: (times * deaths).sum(axis=1) / times.sum(axis=1), areas=3, seed=1)
        >>> one == bootstrap_areas(lambda times: float((times * deaths).sum() / times.sum()), areas=3, seed=1)
        True
    """
    if not 0 < level < 1:
        raise OutOfRange(f"{level} is no level", where=Where(field="level"), hint="give a share, as 0.95 for 95 %")
    if resamples < 1:
        raise OutOfRange(f"{resamples} resamples", where=Where(field="resamples"), hint="give 1 or more, as 2000")
    value = float(statistics(np.ones((1, areas)))[0])
    if np.isnan(value) or areas < 2:
        return None
    every = np.concatenate([statistics(times) for times in _resampled(areas, seed=seed, resamples=resamples)])
    again = every[~np.isnan(every)]
    if not again.size:
        return None
    lower, upper = np.quantile(again, [(1 - level) / 2, (1 + level) / 2])
    return Bounds(value, float(lower), float(upper), level, areas, resamples - again.size)


def _resampled(areas: int, *, seed: int, resamples: int) -> Iterator[Floats]:
    """How many times each area is drawn in each resample, shape (some resamples, areas)."""
    rng = np.random.default_rng(seed)
    step = max(1, AT_ONCE // areas)
    for begin in range(0, resamples, step):
        rows = min(step, resamples - begin)
        drawn = rng.integers(areas, size=(rows, areas)) + areas * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * areas).reshape(rows, areas).astype(np.float64)


def bootstrap_mean(score: ArrayLike, *, seed: int, resamples: int = RESAMPLES, level: float = LEVEL) -> Bounds | None:
    """The mean of a score with its bootstrap interval over areas.

    Args:
        score: score of every unit, shape (area, month).
        seed: makes the resamples again.
        resamples: how many.
        level: share of the resampled means the interval holds.

    Returns:
        None where there is but one area.

    Raises:
        InputError: a value is not finite, or the array is not (area, month).
        OutOfRange: the level is not between 0 and 1, or resamples is below 1.

    Example:
        >>> bootstrap_mean([[1.0, 3.0], [2.0, 2.0]], seed=1)
        Bounds(value=2.0, lower=2.0, upper=2.0, level=0.95, areas=2, undefined=0)
    """
    units = numbers(score, field="score")
    if units.ndim != 2:
        raise InputError(f"score has shape {units.shape}", where=Where(field="score"), hint="give it as (area, month)")
    each = units.astype(np.float64).mean(axis=1)
    return bootstrap_rows(
        lambda times: np.asarray((times * each).sum(axis=1) / times.sum(axis=1)),
        areas=each.size, seed=seed, resamples=resamples, level=level,
    )  # fmt: skip


def bootstrap_difference(
    score: ArrayLike, other: ArrayLike, *, seed: int, resamples: int = RESAMPLES, level: float = LEVEL
) -> Bounds | None:
    """The mean of score - other, pair by pair, with its bootstrap interval over areas.

    Pairing takes out what is hard for both: two intervals may overlap while the difference is clear of 0.
    Arguments as in `bootstrap_mean`; both of shape (area, month), in the same order.

    Raises:
        InputError: a value is not finite, or the shapes differ.

    Example:
        >>> bootstrap_difference([[1.0], [9.0]], [[2.0], [10.0]], seed=1).upper
        -1.0
    """
    one, two = numbers(score, field="score"), numbers(other, field="other")
    same_shape(one, two, fields=("score", "other"))
    paired = one.astype(np.float64) - two.astype(np.float64)
    return bootstrap_mean(paired, seed=seed, resamples=resamples, level=level)
