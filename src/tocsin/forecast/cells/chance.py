"""Whether anybody dies: the mean of a regularised logistic regression and of small boosted trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lightgbm import Booster
    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    Floats = NDArray[np.float64]

STIFFNESS = 0.02
"""Inverse of the penalty on squared coefficients of standardised features."""


@dataclass(frozen=True)
class Chance:
    """Two classifiers that have learned."""

    straight: Pipeline
    boosted: Booster

    @classmethod
    def of(
        cls, table: NDArray[np.float32], died: NDArray[np.bool_], weight: Floats, *, rounds: int, seed: int
    ) -> Chance:
        """Learn from past situations, on one thread, so that the same seed gives the same trees everywhere.

        Args:
            table: features, the horizon among them, shape (situations, features).
            died: whether anybody did, shape (situations,).
            weight: of each situation, shape (situations,).
            rounds: how many small trees are added up.
            seed: the seed.
        """
        import lightgbm  # noqa: PLC0415 - takes a second to load
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as above
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415 - as above
        from sklearn.preprocessing import StandardScaler  # noqa: PLC0415 - as above
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - as above

        straight = make_pipeline(StandardScaler(), LogisticRegression(C=STIFFNESS, max_iter=500, tol=1e-3))
        with threadpool_limits(1):  # threads that wait for a busy machine cost more than they bring
            straight.fit(table, died, logisticregression__sample_weight=weight)
        asked = {
            "objective": "binary", "learning_rate": 0.06, "num_leaves": 8, "min_data_in_leaf": 100, "lambda_l2": 10.0,
            "max_bin": 63, "seed": seed % 2**31, "deterministic": True, "force_row_wise": True, "num_threads": 1,
            "verbosity": -1,
        }  # fmt: skip
        rows = lightgbm.Dataset(table, label=died, weight=weight)
        return cls(straight, lightgbm.train(asked, rows, num_boost_round=rounds))

    def of_any(self, table: NDArray[np.float32]) -> Floats:
        """Probability of any death, shape (situations,), 0..1."""
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - comes with scikit-learn

        with threadpool_limits(1):
            straight = self.straight.predict_proba(table)[:, 1]
        return np.asarray((straight + np.asarray(self.boosted.predict(table, num_threads=1))) / 2)
