"""Negative binomial on an area's own mean: the simple model that is hard to beat for provinces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.contract import Contract, Fitted, Status
from tocsin.forecast.features import trailing_mean
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

YEAR = 12
FIVE_YEARS = 60
YEAR_WEIGHT = 0.8
BURN_IN = 24
CLASSES = (0.02, 1.0, 10.0)
"""Own mean deaths a month at which the dispersion is learned afresh: still, low, middle, high."""
UNSEEN = 0.01
DISPERSIONS = np.geomspace(0.05, 5000, 90)


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How counts of one class of areas depart from their mean: a part shared by the window, a part of each month."""

    window: float
    month: float


@dataclass(frozen=True)
class NegativeBinomial:
    """Counts with the area's own mean and a dispersion learned from how areas of its class departed from theirs."""

    contract: Contract

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Fitted:  # noqa: ARG002
        """Learn by maximum likelihood from origins whose whole window is closed."""
        mean = own_mean(history)
        origins = np.arange(BURN_IN, history.deaths.shape[1] - max(horizons))
        later = np.stack([history.deaths[:, origins + h] for h in horizons], axis=-1)
        here = history.present[:, origins]
        mean, later = mean[:, origins][here], later[here]
        of_class = np.searchsorted(CLASSES, mean)
        quiet = float(later[of_class == 0].mean()) if (of_class == 0).any() else UNSEEN
        mean = np.where(of_class == 0, quiet, mean)
        learned = tuple(_dispersion(later[of_class == k], mean[of_class == k]) for k in range(len(CLASSES) + 1))
        return FittedNegativeBinomial(horizons, quiet, learned)


def _dispersion(later: NDArray[np.int64], mean: NDArray[np.float64]) -> Dispersion:
    """Split the dispersion of months into the part a window of n shares and the part of each month.

    Months have variance m + a m^2, their sum the dispersion w; a part s of a is shared: w = s + (a - s) / n.
    """
    n = later.shape[1]
    if not later.any():
        return Dispersion(window=1.0, month=1.0)
    total = likeliest_dispersion(later.ravel(), np.repeat(mean, n))
    summed = likeliest_dispersion(later.sum(axis=1), mean * n)
    shared = total / 2 if n == 1 else float(np.clip((n * summed - total) / (n - 1), 0.05 * total, 0.95 * total))
    return Dispersion(window=shared, month=(1 + total) / (1 + shared) - 1)


@dataclass(frozen=True)
class FittedNegativeBinomial:
    """The dispersion of each class, and the mean of an area that has seen next to no death in five years."""

    horizons: tuple[int, ...]
    quiet: float
    learned: tuple[Dispersion, ...]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Poisson counts around own mean x a factor of the window x a factor of the month (both gamma, mean 1)."""
        rng = np.random.default_rng(seed)
        mean = own_mean(history)[history.here, -1]
        of_class = np.searchsorted(CLASSES, mean)
        mean = np.where(of_class == 0, self.quiet, mean)[:, None, None]
        window = np.array([d.window for d in self.learned])[of_class][:, None, None]
        month = np.array([d.month for d in self.learned])[of_class][:, None, None]
        areas, ahead = history.here.size, len(self.horizons)
        rate = mean * rng.gamma(1 / window, window, (areas, 1, draws))
        rate = rate * rng.gamma(1 / month, month, (areas, ahead, draws))
        return np.asarray(rng.poisson(np.minimum(rate, np.iinfo(np.int32).max / 2)), dtype=np.int32)


def own_mean(history: History) -> NDArray[np.float64]:
    """Own mean deaths a month: four parts the last year, one part the last five, shape (areas, months)."""
    deaths = history.deaths.astype(float)
    return YEAR_WEIGHT * trailing_mean(deaths, YEAR) + (1 - YEAR_WEIGHT) * trailing_mean(deaths, FIVE_YEARS)


def likeliest_dispersion(count: NDArray[np.int64], mean: NDArray[np.float64]) -> float:
    """The dispersion a, of a grid, under which counts with variance m + a m^2 are likeliest.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> mean = np.full(20_000, 5.0)
        >>> round(likeliest_dispersion(rng.poisson(mean * rng.gamma(2, 0.5, mean.size)), mean), 1)
        0.5
    """
    from scipy.stats import nbinom  # noqa: PLC0415 - takes a second to load

    pairs, times = np.unique(count + 1j * mean, return_counts=True)  # most months are alike: each pair is asked once
    fits = [times @ nbinom.logpmf(pairs.real, 1 / a, 1 / (1 + a * pairs.imag)) for a in DISPERSIONS]
    return float(DISPERSIONS[int(np.argmax(fits))])


NEGATIVE_BINOMIAL = NegativeBinomial(
    Contract(
        name="negative_binomial",
        title="negative binomial on own mean",
        predicts="counts around the area's own last year and five years, over-dispersed as areas were before",
        levels=tuple(Level),
        needs=24,
        paper="after Bodentien & Rueter (VIEWS prediction challenge 2023/24); dispersion by likelihood, our own",
        status=Status.VERIFIED,
        verified_on=(Level.COUNTRY,),
        notes=("sees nothing but the area's own deaths: neighbours and change of pattern never move it",),
    )
)
