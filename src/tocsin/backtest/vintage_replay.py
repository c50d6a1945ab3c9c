"""Two forecasts of the same months from two states of the figures: how far they lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast

THRESHOLDS = (25, 100)
"""Deaths in a month whose probabilities are compared."""

BUDGETS = (5, 10, 20)
"""Alerts a month at which alerts gained and lost are counted."""


@dataclass(frozen=True)
class AreaChange:
    """How one area's forecast changed from the figures as known to the final ones.

    Attributes:
        area: its id.
        name: the name a reader knows it by.
        known: deaths in the last twelve months of the history, as known.
        final: deaths in the same months, as known today.
        distance: how far the two distributions lie apart, in deaths: the mean over months of the integral of the squared
            difference of the two distribution functions, the CRPS with a forecast in place of what came.
        p_known: probability of at least each of `THRESHOLDS` in some month ahead, from the figures as known.
        p_final: the same from the final figures.
        rank_known: rank by the first threshold's probability and then by mean deaths, 1 is highest, as known.
        rank_final: the same from the final figures.
    """

    area: str
    name: str
    known: int
    final: int
    distance: float
    p_known: tuple[float, ...]
    p_final: tuple[float, ...]
    rank_known: int
    rank_final: int


@dataclass(frozen=True)
class AlertChange:
    """Areas that were among the first `budget` by one state of the figures and not by the other."""

    budget: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class VintageChange:
    """How a forecast changes between figures as known and final figures.

    Attributes:
        areas: every area, largest distance first.
        mean_distance: mean over areas of `AreaChange.distance`, in deaths.
        rank_correlation: Spearman's correlation of the two orders, -1..1; 1 where there is one area.
        alerts: alerts that the final figures bring (gained) and take away (lost), at each of the budgets.
    """

    areas: tuple[AreaChange, ...]
    mean_distance: float
    rank_correlation: float
    alerts: tuple[AlertChange, ...]


def distance(one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """The integral of the squared difference of two empirical distribution functions, in the unit of the draws.

    It is E|X - Y| - E|X - X'| / 2 - E|Y - Y'| / 2: zero for equal distributions, |x - y| for two single values. Where `other`
    is what came, it is the CRPS of `one` (Baringhaus & Franz 2004, doi:10.1016/S0047-259X(03)00079-4; Gneiting & Raftery 2007,
    doi:10.1198/016214506000001437).

    Args:
        one: draws, shape (..., D).
        other: draws, shape (..., E).

    Returns:
        Shape (...), >= 0.

    Example:
        >>> distance(np.array([[0, 0], [0, 2]]), np.array([[3, 3], [0, 2]])).tolist()
        [3.0, 0.0]
    """
    both = np.concatenate([one, other], axis=-1).astype(np.float64)
    step = np.concatenate([np.full(one.shape, 1 / one.shape[-1]), np.full(other.shape, -1 / other.shape[-1])], axis=-1)
    order = np.argsort(both, axis=-1, kind="stable")
    values = np.take_along_axis(both, order, axis=-1)
    apart = np.cumsum(np.take_along_axis(step, order, axis=-1), axis=-1)
    return np.asarray((np.diff(values, axis=-1) * apart[..., :-1] ** 2).sum(axis=-1))


def compare(
    as_known: Forecast, final: Forecast, *, deaths: Sequence[tuple[int, int]], budgets: Sequence[int] = BUDGETS
) -> VintageChange:
    """How the forecast changes, area by area, when the figures as known give way to the final ones.

    Args:
        as_known: from the figures as they stood.
        final: from the final figures, of the same areas and months.
        deaths: each area's deaths in the last twelve months, as known and final, length A.
        budgets: alerts a month; those that would name every area are left out.

    Raises:
        OutOfRange: the two forecasts are not of the same areas and months.
    """
    if (as_known.areas, as_known.months) != (final.areas, final.months):
        raise OutOfRange("the two forecasts are not of the same areas and months", hint="make both from one origin")
    apart = distance(as_known.draws, final.draws).mean(axis=1)
    p = [_probabilities(f) for f in (as_known, final)]
    ranks = [_ranks(f) for f in (as_known, final)]
    changes = [
        AreaChange(
            area, as_known.names[i], *deaths[i], float(apart[i]), tuple(map(float, p[0][i])), tuple(map(float, p[1][i])),
            int(ranks[0][i]), int(ranks[1][i]),
        )
        for i, area in enumerate(as_known.areas)
    ]  # fmt: skip
    return VintageChange(
        tuple(sorted(changes, key=lambda c: (-c.distance, c.rank_known))), float(apart.mean()), _correlation(*ranks),
        tuple(_alerts(changes, budget) for budget in budgets if budget < len(changes)),
    )  # fmt: skip


def _probabilities(forecast: Forecast) -> NDArray[np.float64]:
    ahead = len(forecast.horizons) and max(forecast.horizons)
    return np.stack([forecast.p_within(t, months=ahead) for t in THRESHOLDS], axis=1)


def _ranks(forecast: Forecast) -> NDArray[np.intp]:
    """Ranks by probability and then by mean deaths, so that areas whose probabilities are equal are still told apart."""
    order = np.lexsort((-forecast.draws.mean(axis=(1, 2)), -_probabilities(forecast)[:, 0]))
    ranks = np.empty_like(order)
    ranks[order] = np.arange(1, order.size + 1)
    return ranks


def _correlation(one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    return float(np.corrcoef(one, other)[0, 1]) if one.size > 1 else 1.0


def _alerts(changes: Sequence[AreaChange], budget: int) -> AlertChange:
    first = {c.area: c.name for c in sorted(changes, key=lambda c: c.rank_known)[:budget]}
    later = {c.area: c.name for c in sorted(changes, key=lambda c: c.rank_final)[:budget]}
    return AlertChange(
        budget,
        tuple(n for a, n in later.items() if a not in first),
        tuple(n for a, n in first.items() if a not in later),
    )
