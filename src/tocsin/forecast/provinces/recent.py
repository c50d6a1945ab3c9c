"""Escalation by a negative binomial on an area's recent months: the simple ranking that is hard to beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import trailing_mean
from tocsin.forecast.negative_binomial import likeliest_dispersion
from tocsin.forecast.provinces.features import blocks_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

QUARTER, YEAR = 3, 12
LEAST_MEAN = 0.5
"""An area that was still is given half a death a month: a mean of 0 would rule every death out."""


@dataclass(frozen=True)
class RecentNegativeBinomial:
    """Counts around an equal mix of the last three months' mean and the last twelve's, one dispersion for all areas.

    Where violence has just risen the last quarter stands above the year, and escalation is held likelier; a mean of the
    year and of five years tells nothing of that.

    Attributes:
        dispersion: a of the variance m + a m^2 of the sum over the window.
        months: months of the window ahead.
    """

    dispersion: float
    months: int

    @classmethod
    def learned_from(cls, history: History, *, months: int) -> RecentNegativeBinomial:
        """The likeliest dispersion of all past windows that closed by the origin, each country from its own record."""
        summed, mean = [], []
        for block in blocks_of(history):
            deaths = block.history.deaths
            origins = np.arange(2 * YEAR, deaths.shape[1] - months)
            if not origins.size:
                continue
            here = block.history.present[:, origins] & block.history.present[:, origins + months]
            ahead = np.stack([deaths[:, origins + h] for h in range(1, months + 1)]).sum(axis=0)
            summed.append(ahead[here])
            mean.append(recent_mean(deaths)[:, origins][here] * months)
        return cls(likeliest_dispersion(np.concatenate(summed), np.concatenate(mean)), months)

    def reaches(self, history: History, least: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability that the window's mean is at least so many deaths a month.

        Args:
            history: as known at the origin.
            least: deaths a month, for the areas present at the origin, shape (areas present,).

        Returns:
            0..1, shape (areas present,).
        """
        from scipy.stats import nbinom  # noqa: PLC0415 - takes a second to load

        mean = recent_mean(history.deaths[history.here, -YEAR:])[:, -1] * self.months
        a = self.dispersion
        needed = np.ceil(np.asarray(least) * self.months)
        return np.asarray(nbinom.sf(needed - 1, 1 / a, 1 / (1 + a * mean)), dtype=np.float64)


def recent_mean(deaths: NDArray[np.int64]) -> NDArray[np.float64]:
    """Half the mean of the last three months and half that of the last twelve, shape (areas, months).

    Example:
        >>> recent_mean(np.array([[0] * 9 + [12] * 3]))[0, -1]
        np.float64(7.5)
    """
    counts = deaths.astype(np.float64)
    mixed = (trailing_mean(counts, QUARTER) + trailing_mean(counts, YEAR)) / 2
    return np.asarray(np.maximum(mixed, LEAST_MEAN))
