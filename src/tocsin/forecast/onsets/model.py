"""A model of onsets: one straight line on the logit, few signals, each held to its declared direction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.signals import SIGNALS, Signal, SignalGrid, signals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.onsets.question import Onset
    from tocsin.panel.history import History

    Floats = NDArray[np.float64]

FEWEST_ONSETS = 5
"""Countries that must have had an onset before anything is learned from them."""

FURTHEST = 4.0
"""Standard deviations from the mean to which a signal counts: no country is beyond everything learned from."""


@dataclass(frozen=True, slots=True)
class OnsetSettings:
    """How the model learns; each was chosen on windows closed by the end of 2012.

    Attributes:
        signals: names of the signals it takes.
        thresholds: deaths over the window that count as a case; the lines learned for each are averaged, so that the
            many small flares help to place the few onsets.
        penalty: strength of the ridge, in cases: a larger one draws every weight to none.
        balance: share of the way to equal weight of cases and quiet: 0 none, 1 as much weight on cases as on quiet.
        directed: whether each signal is held to its declared direction.
        peace: months of peace of the situations learned from.
        every: months between situations learned from.
        bags: resamples of countries that the band is read from.
    """

    signals: tuple[str, ...] = tuple(s.name for s in SIGNALS)
    thresholds: tuple[int, ...] = (1, 25)
    penalty: float = 1000.0
    balance: float = 1.0
    directed: bool = True
    peace: int = 12
    every: int = 3
    bags: int = 40


@dataclass(frozen=True)
class FittedOnset:
    """What was learned: a line on the logit of the probability.

    Attributes:
        signals: the signals, length F.
        centre: their means over the situations learned from.
        spread: their standard deviations.
        weights: change of the logit for one standard deviation, shape (F,).
        level: logit of a country with every signal at its mean.
        bags: weights and level of each resample of countries, shape (bags, F + 1), the level last.
        base_rate: share of the situations learned from in which an onset came.
        situations: how many situations were learned from.
        onsets: countries with an onset among them.
    """

    signals: tuple[Signal, ...]
    centre: Floats
    spread: Floats
    weights: Floats
    level: float
    bags: Floats
    base_rate: float
    situations: int
    onsets: int

    def scaled(self, values: Floats) -> Floats:
        """Signals in standard deviations from their means; what is not known is at the mean and moves nothing."""
        return np.clip(np.nan_to_num((values - self.centre) / self.spread), -FURTHEST, FURTHEST)

    def contributions(self, values: Floats) -> Floats:
        """What each signal adds to the logit, shape (rows, F): with the level they add up to the logit exactly."""
        return np.asarray(self.scaled(values) * self.weights)

    def p(self, values: Floats) -> Floats:
        """Probability of an onset of each row, shape (rows,)."""
        return np.asarray(expit(self.level + self.contributions(values).sum(axis=1)))

    def p_of(self, grid: SignalGrid) -> Floats:
        """Probability of an onset of every area and month, shape (areas, months)."""
        areas, months, signals = grid.values.shape
        return self.p(grid.values.reshape(-1, signals)).reshape(areas, months)

    def band(self, values: Floats, *, share: float = 0.9) -> tuple[Floats, Floats]:
        """The span of probability that resampled worlds would have given, lower and upper, each of shape (rows,).

        Raises:
            OutOfRange: no resamples were made.
        """
        if not len(self.bags):
            raise OutOfRange("no resamples of countries were made", hint="set bags to 20 or more")
        again = expit(self.scaled(values) @ self.bags[:, :-1].T + self.bags[:, -1])
        low, high = np.quantile(again, [(1 - share) / 2, (1 + share) / 2], axis=1)
        return np.minimum(low, self.p(values)), np.maximum(high, self.p(values))


@dataclass(frozen=True)
class Situations:
    """Past situations of peace whose windows have passed.

    Attributes:
        values: signals, shape (rows, F).
        ahead: deaths over the window that followed, shape (rows,).
        area: index of the country of each row.
    """

    values: Floats
    ahead: Floats
    area: NDArray[np.intp]


def situations_of(history: History, grid: SignalGrid, *, question: Onset, settings: OnsetSettings) -> Situations:
    """The situations a model may learn from at the history's origin: all windows that had passed by then."""
    ahead = question.deaths_ahead(history)
    months = history.deaths.shape[1]
    at_peace = question.at_peace(history) & ~np.isnan(ahead)
    taken = np.zeros(months, dtype=bool)
    taken[months - 1 - question.last :: -settings.every] = True
    area, month = np.nonzero(at_peace & taken)
    return Situations(grid.values[area, month], ahead[area, month], area)


def fit_onset(
    history: History, *, question: Onset, settings: OnsetSettings | None = None, seed: int = 1
) -> FittedOnset:  # fmt: skip
    """Learn from every window that had passed at the history's origin, and from nothing else.

    The line is a logistic regression with a ridge (le Cessie & van Houwelingen 1992, doi:10.2307/2347628), its weights
    held to their signals' directions, cases weighted up and the level then set so that the mean probability of the
    situations learned from is their rate (King & Zeng 2001, doi:10.1093/oxfordjournals.pan.a004868).

    Raises:
        OutOfRange: too few countries had an onset to learn from.
    """
    asked = settings or OnsetSettings()
    grid = signals_of(history, asked.signals)
    return fit_situations(
        grid.signals, situations_of(history, grid, question=_learned(question, asked), settings=asked),
        threshold=question.threshold, settings=asked, seed=seed,
    )  # fmt: skip


def _learned(question: Onset, settings: OnsetSettings) -> Onset:
    """The same question where as much can be learned: a long peace is asked of what is learned from shorter ones."""
    return replace(question, peace=min(question.peace, settings.peace))


def fit_situations(
    signals: tuple[Signal, ...], seen: Situations, *, threshold: int, settings: OnsetSettings, seed: int
) -> FittedOnset:
    """Learn from situations.

    Raises:
        OutOfRange: too few countries had an onset to learn from.
    """
    came = seen.ahead >= threshold
    onsets = len(np.unique(seen.area[came]))
    if onsets < FEWEST_ONSETS:
        raise OutOfRange(
            f"{onsets} countries had an onset in windows that have passed, {FEWEST_ONSETS} are needed to learn from",
            hint="give a longer series, a later origin or a lower threshold",
        )
    centre, spread = _scale(seen.values)
    scaled = np.clip(np.nan_to_num((seen.values - centre) / spread), -FURTHEST, FURTHEST)
    every_row = [np.ones(len(scaled)), *_resampled(seen.area, settings.bags, np.random.default_rng(seed))]
    with threadpool_limits(limits=1):  # products this small lose more to threads than they gain
        line, *bags = (
            _line(scaled, seen.ahead, times, signals=signals, threshold=threshold, settings=settings)
            for times in every_row
        )
    return FittedOnset(
        signals, centre, spread, line[:-1], float(line[-1]), np.array(bags).reshape(len(bags), len(signals) + 1),
        float(came.mean()), len(scaled), onsets,
    )  # fmt: skip


def _scale(values: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of what is known of each signal; 0 and 1 where nothing is, or nothing varies."""
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, values, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, values - centre, 0.0) ** 2).sum(axis=0) / count)
    return centre, np.where(spread > 0, spread, 1.0)


def _resampled(area: NDArray[np.intp], bags: int, rng: np.random.Generator) -> list[Floats]:
    """How often each row counts when whole countries are drawn with replacement."""
    areas = int(area.max()) + 1 if area.size else 0
    return [np.bincount(rng.integers(areas, size=areas), minlength=areas)[area].astype(float) for _ in range(bags)]


def _line(
    scaled: Floats, ahead: Floats, times: Floats, *, signals: Sequence[Signal], threshold: int, settings: OnsetSettings
) -> Floats:
    """Weights and level, the mean of the lines of all thresholds, its level set to the rate of onsets."""
    directions = np.array([s.direction if settings.directed else 0 for s in signals])
    lines = []
    for cut in settings.thresholds:
        came = (ahead >= cut).astype(float)
        lines.append(
            ridge_line(scaled, came, times * _weights(came, times, settings.balance), directions, settings.penalty)
        )
    weights = np.mean([line[:-1] for line in lines], axis=0)
    rate = float(np.average(ahead >= threshold, weights=times))
    return np.append(weights, _level(scaled @ weights, times, rate))


def _weights(came: Floats, times: Floats, balance: float) -> Floats:
    """Weights that take cases a share of the way to the weight of quiet; the sum stays as it was."""
    rate = float(np.average(came, weights=times))
    if not 0 < rate < 1:
        return np.ones(len(came))
    weights = np.where(came > 0, ((1 - rate) / rate) ** balance, 1.0)
    return np.asarray(weights * times.sum() / (weights * times).sum())


def ridge_line(x: Floats, came: Floats, weight: Floats, directions: NDArray[np.int_], penalty: float) -> Floats:
    """Weights and level of a logistic regression with a ridge, each weight on its side of none.

    Args:
        x: scaled signals, shape (rows, F).
        came: whether it came, shape (rows,), 0 or 1.
        weight: how much each row counts, shape (rows,).
        directions: 1 where a weight may not be negative, -1 where not positive, 0 where free; shape (F,).
        penalty: of half the squared weights; the level is not drawn.

    Returns:
        Shape (F + 1,), the level last.

    Example:
        >>> x = np.array([[-1.0], [-1.0], [1.0], [1.0]])
        >>> up = ridge_line(x, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4), np.array([1]), 0.1)
        >>> down = ridge_line(x, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4), np.array([-1]), 0.1)
        >>> bool(up[0] > 0.5), bool(abs(down[0]) < 1e-9)
        (True, True)
    """
    rate = float(np.clip(np.average(came, weights=weight), 1e-6, 1 - 1e-6))

    def loss(line: Floats) -> tuple[float, Floats]:
        z = x @ line[:-1] + line[-1]
        cost = weight @ (np.logaddexp(0, z) - came * z) + penalty / 2 * line[:-1] @ line[:-1]
        off = weight * (expit(z) - came)
        return float(cost), np.append(x.T @ off + penalty * line[:-1], off.sum())

    sides = [(0.0 if d > 0 else None, 0.0 if d < 0 else None) for d in directions]
    start = np.append(np.zeros(x.shape[1]), logit(rate))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*sides, (None, None)])
    return np.asarray(found.x)


def _level(z: Floats, times: Floats, rate: float) -> float:
    """The level at which the mean probability is the rate: bisection on a rising curve."""
    low, high = -40.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        if np.average(expit(z + middle), weights=times) < rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2
