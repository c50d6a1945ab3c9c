"""A forest of changes in areas at war: what came against the area's own last quarter.

Trees that see every area learn mostly from quiet ones. These see only situations with deaths in the last year, and learn
log(1 + deaths) less log(1 + own mean of the last three months), so that a level never seen before is no obstacle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import Features, features_of, with_horizon
from tocsin.forecast.forest import MOST_DEATHS, OWN_YEAR, STEPS, ForestSettings, QuantileForest, training_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.ensemble import ExtraTreesRegressor

    from tocsin.forecast.leaves import Leaves
    from tocsin.panel.history import History

BASE = "mean_3"
FEWEST = 50
"""Situations that a forest must have to learn from; with fewer there is none."""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """`benchmarks/tune_ensemble.py` scores these beside others on windows before 2018, and writes down every candidate.

    Attributes:
        forest: trees, leaf, share of features and horizons a row; its shares and gate are not used.
        least: mean deaths a month over the last year from which a situation teaches, and is forecast.
    """

    forest: ForestSettings = field(
        default_factory=lambda: ForestSettings(leaf=10, share_of_features=0.3, horizons_a_row=6)
    )
    least: float = 2.0

    def fit(
        self, history: History, features: Features, *, grow: QuantileForest, horizons: tuple[int, ...], seed: int
    ) -> ChangeForest | None:
        """Grow the forest on past situations of areas at war; None where there were too few."""
        rows = training_rows(history, features, horizons=horizons, settings=self.forest, seed=seed)
        rows = rows.kept(np.expm1(features.column(OWN_YEAR))[rows.area, rows.month] >= self.least)
        if rows.area.size < FEWEST:
            return None
        table = with_horizon(features.values[rows.area, rows.month], rows.horizon)
        before = features.column(BASE)[rows.area, rows.month].astype(np.float64)
        change = np.log1p(rows.came.astype(np.float64)) - before
        steps = np.round(change * STEPS).astype(np.int64)
        trees, leaves = grow.with_settings(self.forest).grow(table, change, steps, rows.weight, seed=seed)
        return ChangeForest(self.least, horizons, trees, leaves)


@dataclass(frozen=True)
class ChangeForest:
    """Grown trees whose leaves hold steps of log deaths against the last quarter."""

    least: float
    horizons: tuple[int, ...]
    trees: ExtraTreesRegressor
    leaves: Leaves

    def at_war(self, history: History) -> NDArray[np.bool_]:
        """Which of the areas present are at war, shape (areas present,)."""
        return np.asarray(history.deaths[history.here, -12:].mean(axis=1) >= self.least)

    def quantiles(self, history: History, levels: NDArray[np.float64]) -> NDArray[np.int64]:
        """Deaths at given levels in the areas at war, shape (areas at war, horizons, levels)."""
        features = features_of(history)
        here = history.here[self.at_war(history)]
        now, base = features.values[here, -1], features.column(BASE)[here, -1].astype(np.float64)
        leaves = (self.trees.apply(with_horizon(now, h)) for h in self.horizons)
        steps = np.stack([self.leaves.quantiles(leaf, levels) for leaf in leaves], axis=1)
        deaths = np.expm1(steps / STEPS + base[:, None, None])
        return np.asarray(np.clip(np.round(deaths), 0, MOST_DEATHS), dtype=np.int64)
