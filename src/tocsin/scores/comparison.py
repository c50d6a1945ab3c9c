"""Scores of one forecaster over several windows, and of two beside one another, with bootstrap intervals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, UnknownName, Where
from tocsin.scores.bootstrap import LEVEL, RESAMPLES, Bounds, bootstrap_rows
from tocsin.scores.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tocsin.scores.summary import Scores

    Floats = NDArray[np.float64]
    Statistics = Callable[[Floats], Floats]


class Metric(StrEnum):
    """The scores that can be compared, by their names in `Scores`."""

    CRPS = "crps"
    LOG_CRPS = "log_crps"
    IGN = "ign"
    MIS = "mis"
    AP25 = "ap25"
    AUC25 = "auc25"
    BRIER25 = "brier25"
    COVERAGE90 = "coverage90"

    @classmethod
    def named(cls, name: str) -> Metric:
        """The metric of this name.

        Raises:
            UnknownName: there is none.

        Example:
            >>> Metric.named("ign")
            <Metric.IGN: 'ign'>
        """
        if name not in cls.__members__.values():
            raise UnknownName.of("metric", name, [metric.value for metric in cls])
        return cls(name)


def bounds(
    windows: Sequence[Scores],
    metric: Metric | str,
    *,
    seed: int,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Bounds | None:
    """The mean of a score over windows, with its bootstrap interval over areas.

    An area is drawn with all its months in all windows. AP and AUC are computed anew in each window of each
    resample, then averaged over windows.

    Args:
        windows: scores of one forecaster, the same areas in the same order in each.
        metric: which score.
        seed: makes the resamples again.
        resamples: how many.
        level: share of the resampled scores the interval holds.

    Returns:
        None where the score is not defined in some window, or there is but one area.

    Raises:
        InputError: there is no window, or the windows do not hold the same number of areas.
        UnknownName: there is no such metric.
    """
    areas, mean = _areas(windows), _mean(windows, Metric.named(metric))
    return bootstrap_rows(mean, areas=areas, seed=seed, resamples=resamples, level=level)


def difference(
    ours: Sequence[Scores],
    theirs: Sequence[Scores],
    metric: Metric | str,
    *,
    seed: int,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Bounds | None:
    """Our mean score less theirs over the same windows, area by area, with its bootstrap interval.

    Below 0 is better for us in crps, log_crps, ign, mis and brier25; above 0 in ap25 and auc25. Arguments as in
    `bounds`.

    Raises:
        InputError: the windows do not match, or ignorance is compared at unequal numbers of draws.
    """
    if len(ours) != len(theirs):
        raise InputError(
            f"{len(ours)} windows of ours stand beside {len(theirs)} of theirs",
            where=Where(field="windows"),
            hint="score both forecasters on the same windows, in the same order",
        )
    areas, chosen = _areas([*ours, *theirs]), Metric.named(metric)
    for one, two in zip(ours, theirs, strict=True):
        _refuse_unlike(one, two, chosen)
    ours_mean, theirs_mean = _mean(ours, chosen), _mean(theirs, chosen)

    def less(times: Floats) -> Floats:
        return ours_mean(times) - theirs_mean(times)

    return bootstrap_rows(less, areas=areas, seed=seed, resamples=resamples, level=level)


def _refuse_unlike(one: Scores, two: Scores, metric: Metric) -> None:
    if metric is Metric.IGN and one.draws != two.draws:
        raise InputError(
            f"ignorance at {one.draws} draws is not comparable with ignorance at {two.draws}",
            where=Where(field="draws"),
            hint="resample both forecasts to one number of draws and score them again",
        )
    if not np.array_equal(one.units.actual, two.units.actual, equal_nan=True):
        raise InputError(
            "the two forecasts are scored against different actuals",
            where=Where(field="actual"),
            hint="use the same vintage, areas and months, in the same order",
        )


def _areas(windows: Sequence[Scores]) -> int:
    sizes = {len(scores.units.crps) for scores in windows}
    if len(sizes) != 1:
        raise InputError(
            "there is no window" if not sizes else f"windows hold {' and '.join(map(str, sorted(sizes)))} areas",
            where=Where(field="windows"),
            hint="give one window or more, with the same areas in the same order",
        )
    return sizes.pop()


def _mean(windows: Sequence[Scores], metric: Metric) -> Statistics:
    """The score of each resample, times of shape (resamples, areas); NaN where a window has none."""
    each = [_statistics(scores, metric) for scores in windows]

    def mean(times: Floats) -> Floats:
        return np.asarray(np.stack([statistics(times) for statistics in each], axis=1).mean(axis=1))

    return mean


def _statistics(scores: Scores, metric: Metric) -> Statistics:
    units = scores.units
    known = units.known.astype(np.float64)
    if metric in {Metric.AP25, Metric.AUC25}:
        ranking = Ranking.of(np.where(units.known, units.p25, 0.0), units.came25)
        score = ranking.average_precision if metric is Metric.AP25 else ranking.auc

        def ranked(times: Floats) -> Floats:
            made = (score((row[:, None] * known).ravel()) for row in times)
            return np.array([np.nan if one is None else one for one in made], dtype=np.float64)

        return ranked
    total, months = np.nansum(getattr(units, metric.value), axis=1), known.sum(axis=1)

    def averaged(times: Floats) -> Floats:
        met = (times * months).sum(axis=1)
        sums = (times * total).sum(axis=1)
        return np.asarray(np.divide(sums, met, out=np.full(met.size, np.nan), where=met > 0))

    return averaged
