"""How well a ranking of onsets did: average precision and the area under the curve, bootstrapped over countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores import Bounds, bootstrap_areas
from tocsin.scores.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tocsin.forecast.onsets.rolling import Asked

    Metric = Callable[["Ranked", NDArray[np.float64]], float | None]


@dataclass(frozen=True, slots=True)
class OnsetScores:
    """A ranking's scores over all origins together.

    Attributes:
        cases: country-months asked about.
        onsets: those followed by an onset.
        countries: countries that had one.
        average_precision: of the ranking; a ranking without skill has the base rate. None where nothing came.
        auc: area under the curve, .5 without skill.
    """

    cases: int
    onsets: int
    countries: int
    average_precision: float | None
    auc: float | None

    @property
    def base_rate(self) -> float:
        """Share of the cases that were followed by an onset."""
        return self.onsets / self.cases if self.cases else 0.0


@dataclass(frozen=True, eq=False)
class Ranked:
    """The cases of a record, ranked once."""

    ranking: Ranking
    area: NDArray[np.intp]
    came: NDArray[np.bool_]

    @classmethod
    def of(cls, asked: Asked) -> Ranked:
        """Rank what was asked; any number will do, only its order counts."""
        _, area = np.nonzero(asked.asked)
        said, came = asked.p[asked.asked], asked.came[asked.asked]
        order = np.unique(said, return_inverse=True)[1]
        return cls(Ranking.of((order + 1) / (order.max(initial=0) + 2), came), area, came)

    def scores(self) -> OnsetScores:
        """The scores as the countries are."""
        if not self.area.size:
            return OnsetScores(0, 0, 0, None, None)
        return OnsetScores(
            self.area.size, int(self.came.sum()), len(np.unique(self.area[self.came])),
            self.ranking.average_precision(), self.ranking.auc(),
        )  # fmt: skip

    def precision(self, times: NDArray[np.float64]) -> float | None:
        """Average precision with country i counted times[i] times."""
        return self.ranking.average_precision(times[self.area])

    def area_under(self, times: NDArray[np.float64]) -> float | None:
        """Area under the curve with country i counted times[i] times."""
        return self.ranking.auc(times[self.area])


def ap_bounds(asked: Asked, *, seed: int, resamples: int = 2000) -> Bounds | None:
    """Average precision with its bootstrap interval: whole countries are drawn, so that an onset stays one onset."""
    ranked = Ranked.of(asked)
    return bootstrap_areas(ranked.precision, areas=len(asked.areas), seed=seed, resamples=resamples)


def ap_difference(asked: Asked, beside: Asked, *, seed: int, resamples: int = 2000) -> Bounds | None:
    """Average precision less that of another ranking of the same cases, with its bootstrap interval over countries.

    Args:
        asked: the ranking.
        beside: the other; asked about the same cases.
        seed: makes the resamples again.
        resamples: how many.
    """
    return _difference(Ranked.precision, asked, beside, seed=seed, resamples=resamples)


def auc_difference(asked: Asked, beside: Asked, *, seed: int, resamples: int = 2000) -> Bounds | None:
    """The same of the area under the curve."""
    return _difference(Ranked.area_under, asked, beside, seed=seed, resamples=resamples)


def _difference(metric: Metric, asked: Asked, beside: Asked, *, seed: int, resamples: int) -> Bounds | None:
    assert (asked.asked == beside.asked).all(), "both must have been asked about the same cases"
    one, two = Ranked.of(asked), Ranked.of(beside)

    def gap(times: NDArray[np.float64]) -> float | None:
        first, second = metric(one, times), metric(two, times)
        return None if first is None or second is None else first - second

    return bootstrap_areas(gap, areas=len(asked.areas), seed=seed, resamples=resamples)
