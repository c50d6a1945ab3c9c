"""The pooled ensemble: two forests and boosted bins, several seeds each, in one linear pool with a gate for peace."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.boosted_bins import BoostedBins, BoostSettings, within_bins
from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.features import features_of
from tocsin.forecast.forest import OWN_YEAR, FittedForest, ForestSettings, QuantileForest, training_rows
from tocsin.forecast.leaves import even_levels
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

MEMBER_SEED = 1_000
"""Seeds of the members lie this far apart."""
REFERENCE = 1_000
"""Draws of the forests that say where within a bin deaths lie."""


@dataclass(frozen=True, slots=True)
class EnsembleSettings:
    """Chosen on windows before 2018 by benchmarks/tune_ensemble.py, which records every candidate.

    Attributes:
        forest: settings of the forests; their own shares and gate are not used, the pool has its own.
        boost: settings of the boosted bins.
        seeds: how many seeds each member is grown from.
        changes: share of the draws from the forests of changes against the own year.
        bins: share of the draws from the boosted bins.
        own: share of the draws that repeat the area's own last twelve months; the forests of what came give the rest.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
    """

    forest: ForestSettings = field(default_factory=ForestSettings)
    boost: BoostSettings = field(default_factory=BoostSettings)
    seeds: int = 2
    changes: float = 0.3
    bins: float = 0.4
    own: float = 0.05
    gate: float = 0.005


@dataclass(frozen=True)
class Ensemble:
    """Forests of what came and of changes, and boosted bins, all areas and horizons pooled."""

    contract: Contract
    settings: EnsembleSettings = field(default_factory=EnsembleSettings)

    def with_settings(self, settings: EnsembleSettings) -> Ensemble:
        """The same model with other settings."""
        return replace(self, settings=settings)

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> FittedEnsemble:
        """Grow every member on the past situations whose outcome is known by the origin."""
        seeds = [(seed + MEMBER_SEED * i) % 2**32 for i in range(self.settings.seeds)]
        forest = QuantileForest(self.contract, self.settings.forest)
        grown = tuple(forest.fit(history, horizons=horizons, seed=s) for s in seeds)
        return FittedEnsemble(self.settings, horizons, grown, tuple(self._boosted(history, horizons, s) for s in seeds))

    def _boosted(self, history: History, horizons: tuple[int, ...], seed: int) -> BoostedBins:
        features = features_of(history)
        rows = training_rows(history, features, horizons=horizons, settings=self.settings.forest, seed=seed)
        table = np.column_stack([features.values[rows.area, rows.month], rows.horizon.astype(np.float32)])
        return BoostedBins.of(table, rows.came, rows.weight, settings=self.settings.boost, seed=seed)


@dataclass(frozen=True)
class FittedEnsemble:
    """The grown members.

    Attributes:
        settings: how they are pooled.
        horizons: months ahead of the origin.
        forests: one pair of forests a seed.
        boosted: boosted bins, one a seed.
    """

    settings: EnsembleSettings
    horizons: tuple[int, ...]
    forests: tuple[FittedForest, ...]
    boosted: tuple[BoostedBins, ...]

    @property
    def grown(self) -> FittedForest:
        """The first pair of forests, which gives reasons and past situations."""
        return self.forests[0]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        features = features_of(history)
        now = features.values[history.here, -1]
        own_year = features.column(OWN_YEAR)[history.here, -1].astype(np.float64)
        settings = self.settings
        own, changes, bins = (round(share * draws) for share in (settings.own, settings.changes, settings.bins))
        every = np.sort(
            np.concatenate(
                [
                    self.came(now, draws - own - changes - bins),
                    self.changed(now, own_year, changes),
                    self.binned(now, own_year, bins),
                    self.repeated(history, own),
                ],
                axis=2,
            ),
            axis=2,
        )
        every[(every > 0).mean(axis=2) < settings.gate] = 0
        return self.grown.courses_of(every, now, seed=seed).astype(np.int32)

    def came(self, now: NDArray[np.float32], draws: int) -> NDArray[np.int64]:
        """Quantiles of the forests of what came, the seeds one after another, shape (situations, horizons, draws)."""
        parts = zip(self.forests, self._each(draws), strict=True)
        return np.concatenate([f.came_at(now, even_levels(n)) for f, n in parts], axis=2)

    def changed(self, now: NDArray[np.float32], own_year: NDArray[np.float64], draws: int) -> NDArray[np.int64]:
        """Quantiles of the forests of changes, as deaths, shape (situations, horizons, draws)."""
        parts = zip(self.forests, self._each(draws), strict=True)
        return np.concatenate([f.changed_at(now, own_year, even_levels(n)) for f, n in parts], axis=2)

    def binned(self, now: NDArray[np.float32], own_year: NDArray[np.float64], draws: int) -> NDArray[np.int64]:
        """Draws by the boosted bins, within them as both kinds of forests stand, shape (situations, horizons, draws)."""
        half = REFERENCE // 2
        reference = np.sort(np.concatenate([self.came(now, half), self.changed(now, own_year, half)], axis=2), axis=2)
        p = self.bin_probabilities(now)
        out = within_bins(p.reshape(-1, p.shape[2]), reference.reshape(-1, REFERENCE), even_levels(draws))
        return out.reshape(*p.shape[:2], draws)

    def bin_probabilities(self, now: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each bin, the seeds' mean, shape (situations, horizons, 11)."""
        tables = [np.column_stack([now, np.full(len(now), h, dtype=np.float32)]) for h in self.horizons]
        every = [np.stack([b.probabilities(table) for table in tables], axis=1) for b in self.boosted]
        return np.asarray(np.mean(every, axis=0))

    def repeated(self, history: History, draws: int) -> NDArray[np.int64]:
        """The areas' own last twelve months, each equally often, shape (situations, horizons, draws)."""
        last_year = np.sort(history.deaths[history.here, -12:], axis=1)
        again = last_year[:, (even_levels(draws) * last_year.shape[1]).astype(int)] if draws else last_year[:, :0]
        return np.broadcast_to(again[:, None, :], (len(again), len(self.horizons), draws))

    def _each(self, draws: int) -> list[int]:
        """Draws of each seed; they add up."""
        return [int(n) for n in np.diff(np.linspace(0, draws, len(self.forests) + 1).astype(int))]


ENSEMBLE = Ensemble(
    Contract(
        name="ensemble",
        title="pooled ensemble",
        predicts="what followed the most similar past situations anywhere, by two forests and boosted trees pooled",
        levels=(Level.COUNTRY,),
        needs=60,
        paper=(
            "Meinshausen (2006) JMLR 7: 983-999; Ke et al. (2017) NeurIPS 30: 3146-3154; linear pool after "
            "Ranjan & Gneiting (2010) doi:10.1111/j.1467-9868.2009.00726.x"
        ),
        status=Status.EXPERIMENTAL,
        notes=("from deaths, neighbours and drivers alone: no news, elections or protest are read",),
    )
)
