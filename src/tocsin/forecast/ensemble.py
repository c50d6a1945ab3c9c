"""The pooled ensemble: two forests, boosted bins and the recent level in one linear pool, with a gate for peace."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.boosted_bins import BoostedBins, BoostSettings, within_bins
from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.features import features_of
from tocsin.forecast.forest import OWN_YEAR, FittedForest, ForestSettings, QuantileForest, training_rows
from tocsin.forecast.leaves import even_levels
from tocsin.forecast.recent_level import RecentSettings, recent_levels
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
        recent: an area's own last months, and their share of its draws; the others share what it leaves.
        seeds: how many seeds each other member is grown from.
        changes: share from the forests of changes against the own year.
        bins: share from the boosted bins; the forests of what came give the rest.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
    """

    forest: ForestSettings = field(default_factory=ForestSettings)
    boost: BoostSettings = field(default_factory=BoostSettings)
    recent: RecentSettings = field(default_factory=RecentSettings)
    seeds: int = 2
    changes: float = 1 / 3
    bins: float = 1 / 3
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
        now = features_of(history).values[history.here, -1]
        return self.grown.courses_of(self.months_alone(history, draws=draws), now, seed=seed).astype(np.int32)

    def months_alone(self, history: History, *, draws: int) -> NDArray[np.int64]:
        """Draws of each month by itself, rising, of the shape that `draw` gives: they join in no course of events."""
        features = features_of(history)
        now = features.values[history.here, -1]
        own_year = features.column(OWN_YEAR)[history.here, -1].astype(np.float64)
        every = self._with_recent(self.pooled(now, own_year, draws), history.deaths[history.here], np.expm1(own_year))
        every[(every > 0).mean(axis=2) < self.settings.gate] = 0
        return every

    def pooled(self, now: NDArray[np.float32], own_year: NDArray[np.float64], draws: int) -> NDArray[np.int64]:
        """Forests and boosted bins in one pool, rising, shape (situations, horizons, draws)."""
        changes, bins = round(self.settings.changes * draws), round(self.settings.bins * draws)
        members = [
            self.came(now, draws - changes - bins), self.changed(now, own_year, changes), self.binned(now, own_year, bins),
        ]  # fmt: skip
        return np.sort(np.concatenate(members, axis=2), axis=2)

    def _with_recent(
        self, pooled: NDArray[np.int64], deaths: NDArray[np.int64], own_year: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """The pool, with the share of each area's recent level put in, rising, of the same shape."""
        draws = pooled.shape[2]
        every = pooled.copy()
        counts = np.round(self.settings.recent.shares(own_year) * draws).astype(int)
        recent = recent_levels(deaths, even_levels(draws), self.settings.recent)
        for area in np.flatnonzero(counts):
            kept = pooled[area][:, (even_levels(draws - counts[area]) * draws).astype(int)]
            again = recent[area, (even_levels(counts[area]) * draws).astype(int)]
            both = np.concatenate([kept, np.broadcast_to(again, (len(kept), again.size))], axis=1)
            every[area] = np.sort(both, axis=1)
        return every

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

    def _each(self, draws: int) -> list[int]:
        """Draws of each seed; they add up."""
        return [int(n) for n in np.diff(np.linspace(0, draws, len(self.forests) + 1).astype(int))]


ENSEMBLE = Ensemble(
    Contract(
        name="ensemble",
        title="pooled ensemble",
        predicts="what followed the most similar past situations anywhere, and in wars what their own last months say",
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
