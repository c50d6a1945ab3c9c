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
MOST = 50.0


@dataclass(frozen=True)
class NegativeBinomial:
    """Counts with the area's own mean and a variance learned from how areas departed from their means."""

    contract: Contract

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Fitted:  # noqa: ARG002
        """Learn two dispersions by moments, from origins whose whole window is closed.

        With own mean m and later months y: E(y - m)^2 = m + a m^2 and, for two months of one window,
        E(y1 - m)(y2 - m) = s m^2; a is the total dispersion, s the part that a whole window shares.
        """
        means = own_mean(history)
        last, ahead = history.deaths.shape[1], np.asarray(horizons)
        origins = np.arange(min(BURN_IN, last - 1), max(last - ahead.max(), min(BURN_IN, last - 1) + 1))
        origins = origins[origins + ahead.max() < last]
        if not origins.size:
            return FittedNegativeBinomial(horizons, quiet=0.01, shared=1.0, monthly=1.0)
        later = np.stack([history.deaths[:, origins + h] for h in ahead], axis=-1).astype(float)
        m = means[:, origins]
        busy = (m >= 1) & history.present[:, origins]
        off = (later - m[..., None])[busy] / m[busy][:, None]
        total = float(np.clip((off**2).mean() - (1 / m[busy]).mean(), 0.1, MOST)) if busy.any() else 1.0
        window = off.mean(axis=1) ** 2
        n = len(horizons)
        shared = (window.mean() - (off**2).mean() / n) * n / (n - 1) if busy.any() and n > 1 else total / 2
        shared = float(np.clip(shared, 0.05, 0.95 * total))
        still = (m == 0) & history.present[:, origins]
        quiet = float(later[still].mean()) if still.any() else 0.01
        return FittedNegativeBinomial(horizons, quiet=quiet, shared=shared, monthly=(1 + total) / (1 + shared) - 1)


@dataclass(frozen=True)
class FittedNegativeBinomial:
    """The dispersions learned, and the mean of an area that has seen no death in five years."""

    horizons: tuple[int, ...]
    quiet: float
    shared: float
    monthly: float

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Poisson counts around own mean x a factor of the window x a factor of the month (both gamma, mean 1)."""
        rng = np.random.default_rng(seed)
        mean = np.maximum(own_mean(history)[history.here, -1], self.quiet)[:, None, None]
        shape = (history.here.size, len(self.horizons), draws)
        window = rng.gamma(1 / self.shared, self.shared, (shape[0], 1, draws))
        month = rng.gamma(1 / self.monthly, self.monthly, shape)
        rate = np.minimum(mean * window * month, np.iinfo(np.int32).max / 2)
        return np.asarray(rng.poisson(rate), dtype=np.int32)


def own_mean(history: History) -> NDArray[np.float64]:
    """Own mean deaths a month: four parts the last year, one part the last five, shape (areas, months)."""
    deaths = history.deaths.astype(float)
    return YEAR_WEIGHT * trailing_mean(deaths, YEAR) + (1 - YEAR_WEIGHT) * trailing_mean(deaths, FIVE_YEARS)


NEGATIVE_BINOMIAL = NegativeBinomial(
    Contract(
        name="negative_binomial",
        title="negative binomial on own mean",
        predicts="counts around the area's own last year and five years, over-dispersed as areas were before",
        levels=tuple(Level),
        needs=24,
        paper="after Bodentien & Rueter (VIEWS prediction challenge 2023/24); dispersion by moments, our own",
        status=Status.VERIFIED,
        verified_on=(Level.COUNTRY, Level.ADMIN1),
        notes=("sees nothing but the area's own deaths: neighbours and change of pattern never move it",),
    )
)
