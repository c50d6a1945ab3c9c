"""A forecast: draws of deaths by area and month, with all that is needed to make them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.vocabulary import AreaIds, Level, Month


@dataclass(frozen=True)
class Forecast:
    """Draws of deaths for every area present at the origin.

    Attributes:
        model: the model's registered name.
        ids: whose ids name the areas.
        target: what is counted, as in the history the model saw.
        vintage: the issue of the figures the model saw.
        origin: the last month seen.
        horizons: months ahead of the origin, length H.
        areas: area ids, length A.
        names: names a reader knows the areas by, length A.
        draws: deaths, shape (A, H, D), int32, >= 0. One draw index is one course of events: draws of the same
            area and index belong together across months.
        seed: the seed that makes these draws again.
        data_hash: SHA-256 of the history seen.
        licence: licence of the figures the forecast rests on.
    """

    model: str
    ids: AreaIds
    target: str
    vintage: str
    origin: Month
    horizons: tuple[int, ...]
    areas: tuple[str, ...]
    names: tuple[str, ...]
    draws: NDArray[np.int32]
    seed: int
    data_hash: str
    licence: str = "CC-BY-4.0 (Uppsala Conflict Data Program)"

    def __post_init__(self) -> None:
        assert self.draws.ndim == 3, "draws are (areas, horizons, draws)"
        assert self.draws.shape[:2] == (len(self.areas), len(self.horizons)), "draws must match areas and horizons"
        assert np.issubdtype(self.draws.dtype, np.integer), "draws are counts"
        assert not (self.draws < 0).any(), "deaths are never negative"

    @property
    def level(self) -> Level:
        """The level of the areas."""
        return self.ids.level

    @property
    def months(self) -> tuple[Month, ...]:
        """The months forecast, length H."""
        return tuple(self.origin + h for h in self.horizons)

    def quantiles(self, *levels: float) -> NDArray[np.float64]:
        """Quantiles of the draws, linear between order statistics, shape (len(levels), A, H)."""
        return np.asarray(np.quantile(self.draws, levels, axis=2))

    def p_month(self, threshold: int) -> NDArray[np.float64]:
        """Probability of >= `threshold` deaths in each month, shape (A, H), 0..1."""
        return np.asarray((self.draws >= threshold).mean(axis=2))

    def p_within(self, threshold: int, *, months: int) -> NDArray[np.float64]:
        """Probability that some month among the first `months` ahead has >= `threshold` deaths, shape (A,), 0..1."""
        ahead = [i for i, h in enumerate(self.horizons) if h <= months]
        return np.asarray((self.draws[:, ahead, :].max(axis=1) >= threshold).mean(axis=1))
