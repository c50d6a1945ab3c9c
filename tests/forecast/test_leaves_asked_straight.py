"""Leaves found tree by tree are those that scikit-learn's own forest gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import with_horizon
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings
from tocsin.forecast.leaves import leaf_ids

if TYPE_CHECKING:
    from tocsin.panel.history import History


def test_leaves_are_those_of_the_forest(history: History) -> None:
    fitted = QUANTILE_FOREST.with_settings(ForestSettings(trees=7)).fit(history, horizons=(1, 3), seed=1)
    width = fitted.forest.n_features_in_ - 1
    now = np.random.default_rng(1).normal(size=(40, width)).astype(np.float32) * 5
    for forest in (fitted.forest, fitted.relative):
        found, wanted = leaf_ids(forest, with_horizon(now, 3)), np.asarray(forest.apply(with_horizon(now, 3)))
        assert found.shape == (40, 7)
        assert np.array_equal(found, wanted)
        assert len(np.unique(wanted)) > 1
