"""Escalation as a question of its own: boosted trees on what the pooled province model reads.

A climb is asked about at several rungs, from a small rise to a large one, since escalations are few and steps on the way to
them are many: the answers of all rungs are averaged. It ranks provinces; it is no calibrated probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import trailing_mean
from tocsin.forecast.provinces.features import province_features

if TYPE_CHECKING:
    from lightgbm import LGBMClassifier
    from numpy.typing import NDArray

    from tocsin.panel.history import History

YEAR = 12
RECORDED = 24
"""Months of record before a situation teaches."""

BAG_SEED = 1_000


@dataclass(frozen=True, slots=True)
class Rung:
    """A climb: the window's mean at least so many times the last year's, and at least so many deaths a month."""

    times: float
    least: float

    def reached(self, ahead: NDArray[np.float64], year: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether the climb came; deaths a month ahead and in the year before, of one shape.

        Example:
            >>> Rung(3, 25).reached(np.array([24.0, 30.0, 30.0]), np.array([1.0, 9.0, 11.0])).tolist()
            [False, True, False]
        """
        return np.asarray(ahead >= np.maximum(self.times * year, self.least))


ESCALATION = Rung(3, 25)


@dataclass(frozen=True, slots=True)
class SignalSettings:
    """Chosen by benchmarks/provinces_signal.py on the months of choosing alone, among the candidates it prints.

    Attributes:
        rungs: the climbs that are learned; their answers are averaged.
        bags: boosted models a rung, each from a seed of its own.
        trees: trees of each.
        rate: how far each tree moves the answer.
        leaves: leaves of a tree.
        least_rows: least number of situations in a leaf.
        rows: share of the situations each tree sees.
        features: share of the features each tree sees.
        shrinkage: penalty on the answers in the leaves (L2).
    """

    rungs: tuple[Rung, ...] = (Rung(1.5, 10), Rung(2, 15), ESCALATION, Rung(4, 40))
    bags: int = 2
    trees: int = 150
    rate: float = 0.03
    leaves: int = 7
    least_rows: int = 60
    rows: float = 0.6
    features: float = 0.3
    shrinkage: float = 10.0


@dataclass(frozen=True)
class PastWindows:
    """Past situations and what came: features, shape (N, features), and deaths a month ahead and in the year before."""

    features: NDArray[np.float32]
    ahead: NDArray[np.float64]
    year: NDArray[np.float64]


def past_windows(history: History, values: NDArray[np.float32], *, months: int) -> PastWindows:
    """Every situation with two years of record behind it and the whole window inside the record by the origin.

    Args:
        history: as known at an origin.
        values: features of it, shape (areas, months, features).
        months: months of the window.
    """
    deaths, present = history.deaths.astype(np.float64), history.present
    age = np.cumsum(present, axis=1)
    area, month = np.nonzero(present[:, : max(0, deaths.shape[1] - months)])
    kept = (age[area, month] >= RECORDED) & present[area, month + months]
    area, month = area[kept], month[kept]
    ahead = deaths[area[:, None], month[:, None] + np.arange(1, months + 1)].mean(axis=1)
    return PastWindows(values[area, month], ahead, trailing_mean(deaths, YEAR)[area, month])


@dataclass(frozen=True)
class EscalationSignal:
    """The grown models of all rungs; without a past climb of a rung that rung answers 0."""

    grown: tuple[LGBMClassifier | None, ...]

    @classmethod
    def learned_from(
        cls, history: History, *, months: int, seed: int, settings: SignalSettings | None = None
    ) -> EscalationSignal:
        """Learn from every window of a history that had closed by its origin."""
        return cls.of_windows(
            past_windows(history, province_features(history).values, months=months),
            seed=seed, settings=settings or SignalSettings(),
        )  # fmt: skip

    @classmethod
    def of_windows(cls, past: PastWindows, *, seed: int, settings: SignalSettings) -> EscalationSignal:
        """Learn from past windows already read."""
        seeds = [(seed + BAG_SEED * i) % 2**31 for i in range(settings.bags)]
        return cls(
            tuple(
                _grown(past.features, rung.reached(past.ahead, past.year), seed=s, settings=settings)
                for rung in settings.rungs
                for s in seeds
            )
        )

    def strength(self, history: History) -> NDArray[np.float64]:
        """How strongly each area present at the origin points to escalation, 0..1, shape (areas present,)."""
        return self.of_situations(province_features(history).values[history.here, -1])

    def of_situations(self, now: NDArray[np.float32]) -> NDArray[np.float64]:
        """The same for situations already read, of shape (situations, features)."""
        return np.asarray(np.mean([_asked(model, now) for model in self.grown], axis=0), dtype=np.float64)


def _grown(
    table: NDArray[np.float32], came: NDArray[np.bool_], *, seed: int, settings: SignalSettings
) -> LGBMClassifier | None:
    from lightgbm import LGBMClassifier  # noqa: PLC0415 - takes a second to load

    if not came.any() or came.all():
        return None
    model = LGBMClassifier(
        n_estimators=settings.trees, learning_rate=settings.rate, num_leaves=settings.leaves,
        min_child_samples=settings.least_rows, subsample=settings.rows, subsample_freq=1,
        colsample_bytree=settings.features, reg_lambda=settings.shrinkage, random_state=seed, n_jobs=1,
        deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    return model.fit(table, came.astype(np.int8))


def _asked(model: LGBMClassifier | None, now: NDArray[np.float32]) -> NDArray[np.float64]:
    if model is None or not len(now):
        return np.zeros(len(now))
    return np.asarray(model.booster_.predict(now, num_threads=1), dtype=np.float64)
