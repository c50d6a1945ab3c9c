"""A forest that learns one thing: whether violence in a province escalates within three months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.province_pool_scores import RECORDED, WITHIN
from tocsin.forecast.features import trailing_mean
from tocsin.forecast.provinces.features import province_features
from tocsin.warn.question import LAST_YEAR, Question

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.ensemble import ExtraTreesClassifier

    from tocsin.panel.history import History

TREES, LEAF, SHARE_OF_FEATURES = 150, 20, 0.2
"""Chosen by benchmarks/provinces_escalation.py on the months of choosing."""


def past_escalations(history: History, values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Past situations with two years of record behind and three months of it ahead, and whether violence escalated.

    Args:
        history: as known at an origin.
        values: features, shape (areas, months, features).

    Returns:
        features, shape (situations, features), and whether it escalated, shape (situations,).
    """
    asked = Question(months=WITHIN)
    deaths, present = history.deaths, history.present
    year = trailing_mean(deaths.astype(float), LAST_YEAR)
    age = np.cumsum(present, axis=1)
    found, came = [], []
    for t in range(deaths.shape[1] - WITHIN):
        rows = np.flatnonzero((age[:, t] >= RECORDED) & present[:, t] & present[:, t + WITHIN])
        found.append(values[rows, t])
        came.append(asked.holds(deaths[rows, t + 1 : t + 1 + WITHIN], year[rows, t]))
    return np.concatenate(found), np.concatenate(came)


@dataclass(frozen=True)
class EscalationForest:
    """Extremely randomised trees on what the pooled province model reads, grown for one question alone."""

    forest: ExtraTreesClassifier

    @classmethod
    def learned_from(cls, history: History, *, seed: int) -> EscalationForest:
        """Grow the forest on every past situation whose three months had passed by the origin."""
        from sklearn.ensemble import ExtraTreesClassifier  # noqa: PLC0415 - takes seconds to load

        table, came = past_escalations(history, province_features(history).values)
        forest = ExtraTreesClassifier(
            TREES, min_samples_leaf=LEAF, max_features=SHARE_OF_FEATURES, random_state=seed
        )  # fmt: skip
        return cls(forest.fit(table, came))

    def probability(self, history: History) -> NDArray[np.float64]:
        """Probability of escalation within three months for the areas present at the origin, shape (areas present,)."""
        now = province_features(history).values[history.here, -1]
        yes = list(self.forest.classes_).index(True) if True in self.forest.classes_ else None
        return np.zeros(len(now)) if yes is None else np.asarray(self.forest.predict_proba(now)[:, yes])
