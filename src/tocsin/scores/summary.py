"""All scores of a forecast's draws in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, Where
from tocsin.scores.arrays import numbers, outcomes, per_unit, same_shape
from tocsin.scores.crps import crps_of_ordered, log_crps_of_ordered
from tocsin.scores.ignorance import ignorance_of_ordered
from tocsin.scores.interval import covered_of_ordered, interval_score_of_ordered
from tocsin.scores.pit import below_and_equal_of_ordered, placed
from tocsin.scores.ranking import Ranking

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

THRESHOLD = 25
"""Deaths a month from which a month counts as violent in ap25, auc25 and brier25."""

LEVEL = 0.9


@dataclass(frozen=True, eq=False)
class UnitScores:
    """Scores of every area in every month, each of shape (A, H): what the bootstrap over areas resamples.

    Attributes:
        crps: CRPS, deaths.
        log_crps: CRPS of log(1 + deaths).
        ign: ignorance, bits.
        mis: interval score at 90 %, deaths.
        brier25: Brier score of P(>= 25 deaths).
        coverage90: 1 where the 90 % interval holds the actual, else 0.
        p25: probability of >= 25 deaths, 0..1.
        actual: deaths that came.
        pit: randomised PIT, 0..1.
        known: whether the unit was scored; where not, the other arrays hold NaN.
    """

    crps: Floats
    log_crps: Floats
    ign: Floats
    mis: Floats
    brier25: Floats
    coverage90: Floats
    p25: Floats
    actual: Floats
    pit: Floats
    known: NDArray[np.bool_]

    @property
    def came25(self) -> NDArray[np.bool_]:
        """Whether >= 25 deaths came, shape (A, H); where not known, False."""
        return self.actual >= THRESHOLD


@dataclass(frozen=True)
class Scores:
    """A forecast's scores, each the mean over its units unless said otherwise.

    Attributes:
        crps: CRPS, deaths; lower is better.
        log_crps: CRPS of log(1 + deaths); lower is better.
        ign: ignorance, bits; lower is better; compare only at equal `draws`.
        mis: interval score at 90 %, deaths; lower is better.
        ap25: average precision of P(>= 25 deaths), ties grouped; None where no unit had 25.
        auc25: area under the ROC curve of the same; None where all or no units had 25.
        brier25: Brier score of the same; lower is better.
        coverage90: share of units in their 90 % interval.
        n: units scored.
        draws: draws of each unit.
        units: the scores unit by unit.
    """

    crps: float
    log_crps: float
    ign: float
    mis: float
    ap25: float | None
    auc25: float | None
    brier25: float
    coverage90: float
    n: int
    draws: int
    units: UnitScores = field(repr=False, compare=False)

    def as_dict(self) -> dict[str, float | int | None]:
        """The scores by name, without the units."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "units"}


def score_draws(draws: ArrayLike, actual: ArrayLike, *, seed: int, known: ArrayLike | None = None) -> Scores:
    """Score a forecast's draws against what came, by every score at once.

    Args:
        draws: deaths, shape (A, H, D), >= 0.
        actual: deaths that came, shape (A, H), >= 0.
        seed: makes the random placing of ties in the PIT again; no other number depends on it.
        known: which actuals are known, shape (A, H); the others are not scored, whatever stands in `actual`
            there (fill 0). None says that all are.

    Raises:
        InputError: a value is not finite or is negative, the shapes do not match, or no actual is known.

    Example:
        >>> s = score_draws([[[0, 0, 2], [30, 40, 50]]], [[0, 40]], seed=1)
        >>> round(s.crps, 4), s.ap25, s.auc25, s.coverage90, s.n
        (1.2222, 1.0, 1.0, 1.0, 2)
    """
    scored = _known(actual, known)
    crps, log_crps, ign, mis, inside, p25, below, equal = per_unit(_all_of_ordered, draws, actual)
    size = int(np.shape(draws)[-1])
    came = (np.asarray(actual) >= THRESHOLD) & scored
    u = placed(below, equal, draws=size, seed=seed)
    brier25 = (p25 - came) ** 2
    ranking, weight = Ranking.of(p25, came), scored.ravel().astype(np.float64)
    return Scores(
        crps=_mean(crps, scored),
        log_crps=_mean(log_crps, scored),
        ign=_mean(ign, scored),
        mis=_mean(mis, scored),
        ap25=ranking.average_precision(weight),
        auc25=ranking.auc(weight),
        brier25=_mean(brier25, scored),
        coverage90=_mean(inside, scored),
        n=int(scored.sum()),
        draws=size,
        units=UnitScores(
            crps=_where(scored, crps),
            log_crps=_where(scored, log_crps),
            ign=_where(scored, ign),
            mis=_where(scored, mis),
            brier25=_where(scored, brier25),
            coverage90=_where(scored, inside),
            p25=_where(scored, p25),
            actual=_where(scored, np.asarray(actual, dtype=np.float64)),
            pit=_where(scored, u),
            known=scored,
        ),
    )


def _known(actual: ArrayLike, known: ArrayLike | None) -> NDArray[np.bool_]:
    came = numbers(actual, field="actual")
    if came.ndim != 2:
        raise InputError(f"actual has shape {came.shape}", where=Where(field="actual"), hint="give it as (area, month)")
    if known is None:
        return np.ones(came.shape, dtype=np.bool_)
    scored = outcomes(known, field="known")
    same_shape(scored, came, fields=("known", "actual"))
    if not scored.any():
        raise InputError("no actual is known", where=Where(field="known"), hint="score months that have come")
    return scored


def _where(known: NDArray[np.bool_], score: Floats) -> Floats:
    return np.where(known, score, np.nan)


def _mean(score: Floats, known: NDArray[np.bool_]) -> float:
    return float(score[known].mean())


def _all_of_ordered(ordered: Floats, actual: Floats) -> Floats:
    return np.stack(
        [
            crps_of_ordered(ordered, actual),
            log_crps_of_ordered(ordered, actual),
            ignorance_of_ordered(ordered, actual),
            interval_score_of_ordered(ordered, actual, level=LEVEL),
            covered_of_ordered(ordered, actual, level=LEVEL),
            (ordered >= THRESHOLD).mean(axis=1),
            *below_and_equal_of_ordered(ordered, actual),
        ]
    )
