"""Models of settlement on the same questions: their errors, with intervals from drawing proposals anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.shares import LEVEL, central_of_shares, crps_of_shares
from tocsin.scores import bootstrap_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.scores import Bounds

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RESAMPLES = 10_000
SEED = 1


@dataclass(frozen=True, slots=True, eq=False)
class ModelForecasts:
    """What one model said of every question.

    Attributes:
        model: its name.
        point: its point forecast, 0-100, shape (questions,); NaN where the model cannot be used.
        shares: its distribution over whole points, shape (questions, 101).
        crps_from: whose distribution that is: the model's own, or errors of its points in other folds.
        choices: where settings come from: none, fixed beforehand, or chosen inside each training fold.
    """

    model: str
    point: Floats
    shares: Floats
    crps_from: str
    choices: str

    @property
    def usable(self) -> Flags:
        """Questions on which the model can be used."""
        return np.isfinite(self.point)


@dataclass(frozen=True, slots=True)
class ModelScore:
    """One model on one group of questions.

    Attributes:
        model: its name.
        by: the group.
        n: questions.
        proposals: groups of questions settled together, which are drawn anew for the intervals.
        mae: mean absolute error of its points, in points of 0-100; None where there is no question.
        crps: mean CRPS of its distributions.
        mae_bounds: 95 % interval of the first, from drawing proposals anew; None where there are not two.
        crps_bounds: the same of the second.
        cover80: share of outcomes in the closed central 80 % interval.
        width80: mean width of that interval.
        crps_from: see `ModelForecasts`.
        choices: see `ModelForecasts`.
    """

    model: str
    by: str
    n: int
    proposals: int
    mae: float | None
    crps: float | None
    mae_bounds: Bounds | None
    crps_bounds: Bounds | None
    cover80: float | None
    width80: float | None
    crps_from: str
    choices: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours less another model, question by question, with its interval; below 0 ours is better."""

    metric: str
    ours: str
    theirs: str
    n: int
    value: Bounds | None


def score(forecasts: ModelForecasts, *, outcome: Floats, these: Flags, by: str, groups: Sequence[str]) -> ModelScore:
    """Score a model on some questions, leaving out those on which it cannot be used.

    Args:
        forecasts: what it said.
        outcome: what came, shape (questions,).
        these: the questions of the group.
        by: the group's name.
        groups: the proposal of each question.
    """
    use = these & forecasts.usable
    names = np.asarray(groups)[use]
    if not use.any():
        return ModelScore(
            forecasts.model, by, 0, 0, None, None, None, None, None, None, forecasts.crps_from, forecasts.choices
        )  # fmt: skip
    low, high = central_of_shares(forecasts.shares[use], level=LEVEL)
    came = outcome[use]
    error, loss = np.abs(forecasts.point[use] - came), crps_of_shares(forecasts.shares[use], came)
    return ModelScore(
        forecasts.model, by, int(use.sum()), int(np.unique(names).size),
        float(error.mean()), float(loss.mean()), mean_by_group(error, names), mean_by_group(loss, names),
        float(((low <= came) & (came <= high)).mean()), float((high - low).mean()),
        forecasts.crps_from, forecasts.choices,
    )  # fmt: skip


def compare(
    ours: ModelForecasts, theirs: ModelForecasts, *, metric: str, outcome: Floats, groups: Sequence[str]
) -> Difference:  # fmt: skip
    """The paired difference of two models in `mae` or `crps`, on questions where both can be used."""
    use = ours.usable & theirs.usable
    one, two = (_each(f, metric=metric, outcome=outcome)[use] for f in (ours, theirs))
    return Difference(
        metric, ours.model, theirs.model, int(use.sum()), mean_by_group(one - two, np.asarray(groups)[use])
    )  # fmt: skip


def mean_by_group(values: Floats, groups: NDArray[np.str_]) -> Bounds | None:
    """The mean over questions, with a bootstrap interval that draws whole groups of questions.

    Questions of one proposal are settled together, so they are drawn together; see `tocsin.scores.bootstrap_rows`.

    Example:
        >>> b = mean_by_group(np.array([1.0, 3.0, 5.0]), np.array(["a", "a", "b"]))
        >>> b.value, b.lower, b.upper
        (3.0, 2.0, 5.0)
    """
    names, which = np.unique(groups, return_inverse=True)
    total, count = np.bincount(which, values), np.bincount(which).astype(np.float64)
    return bootstrap_rows(
        lambda times: np.asarray(times @ total / (times @ count)), areas=names.size, seed=SEED, resamples=RESAMPLES
    )


def _each(forecasts: ModelForecasts, *, metric: str, outcome: Floats) -> Floats:
    if metric == "mae":
        return np.abs(forecasts.point - outcome)
    return crps_of_shares(forecasts.shares, outcome)
