"""The pooled ensemble: two forests, boosted bins and the recent level in one linear pool, with a gate for peace."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.ensemble.boosted_bins import BoostedBins, BoostSettings, within_bins
from tocsin.forecast.ensemble.change_forest import ChangeForest, ChangeSettings
from tocsin.forecast.ensemble.recent_level import RecentSettings, recent_levels
from tocsin.forecast.features import Features, features_of
from tocsin.forecast.forest import OWN_YEAR, FittedForest, ForestSettings, QuantileForest, training_rows
from tocsin.forecast.leaves import even_levels
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tocsin.panel.history import History

MEMBER_SEED = 1_000
"""Seeds of the members lie this far apart."""
REFERENCE = 1_000
"""Draws of the forests that say where within a bin deaths lie."""


@dataclass(frozen=True, slots=True)
class EnsembleSettings:
    """First values, not yet chosen: benchmarks/tune_ensemble.py scores candidates on windows before 2018.

    Attributes:
        forest: settings of the forests; their own shares and gate are not used, the pool has its own.
        boost: settings of the boosted bins.
        recent: an area's own last months, and their share of its draws; the others share what it leaves.
        changes_at_war: the forests of changes against the last quarter, in areas at war.
        at_war: their share there of what the recent level leaves.
        seeds: how many seeds each other member is grown from.
        changes: share from the forests of changes against the own year.
        bins: share from the boosted bins; the forests of what came give the rest.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
    """

    forest: ForestSettings = field(default_factory=ForestSettings)
    boost: BoostSettings = field(default_factory=BoostSettings)
    recent: RecentSettings = field(default_factory=RecentSettings)
    changes_at_war: ChangeSettings = field(default_factory=ChangeSettings)
    at_war: float = 0.4
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
        settings = self.settings
        seeds = [(seed + MEMBER_SEED * i) % 2**32 for i in range(settings.seeds)]
        features = features_of(history)
        forest = QuantileForest(self.contract, settings.forest)
        at_war = [settings.changes_at_war.fit(history, features, grow=forest, horizons=horizons, seed=s) for s in seeds]
        return FittedEnsemble(
            settings, horizons, tuple(forest.fit(history, horizons=horizons, seed=s) for s in seeds),
            tuple(_boosted(history, features, settings, horizons=horizons, seed=s) for s in seeds),
            tuple(one for one in at_war if one is not None),
        )  # fmt: skip


def _boosted(
    history: History, features: Features, settings: EnsembleSettings, *, horizons: tuple[int, ...], seed: int
) -> BoostedBins:
    rows = training_rows(history, features, horizons=horizons, settings=settings.forest, seed=seed)
    table = np.column_stack([features.values[rows.area, rows.month], rows.horizon.astype(np.float32)])
    return BoostedBins.of(table, rows.came, rows.weight, settings=settings.boost, seed=seed)


@dataclass(frozen=True)
class FittedEnsemble:
    """The grown members.

    Attributes:
        settings: how they are pooled.
        horizons: months ahead of the origin.
        forests: one pair of forests a seed.
        boosted: boosted bins, one a seed.
        changes_at_war: forests of changes in areas at war, one a seed; none where too few areas were at war.
    """

    settings: EnsembleSettings
    horizons: tuple[int, ...]
    forests: tuple[FittedForest, ...]
    boosted: tuple[BoostedBins, ...]
    changes_at_war: tuple[ChangeForest, ...]

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
        every = self.pooled(now, own_year, draws)
        for member, share in self.of_wars(history, draws):
            every = put_in(every, member, share)
        every[(every > 0).mean(axis=2) < self.settings.gate] = 0
        return every

    def of_wars(self, history: History, draws: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """What is put in where there is war: draws, rising, of the shape that `draw` gives, and each area's share."""
        shape = (history.here.size, len(self.horizons), draws)
        deaths = history.deaths[history.here]
        for changes in self.changes_at_war:
            at_war = changes.at_war(history)
            every = np.zeros(shape, dtype=np.int64)
            every[at_war] = changes.quantiles(history, even_levels(draws))
            yield every, np.where(at_war, self.settings.at_war / len(self.changes_at_war), 0.0)
        recent = recent_levels(deaths, even_levels(draws), self.settings.recent)
        own_year = deaths[:, -12:].mean(axis=1)
        yield np.broadcast_to(recent[:, None, :], shape), self.settings.recent.shares(own_year)

    def pooled(self, now: NDArray[np.float32], own_year: NDArray[np.float64], draws: int) -> NDArray[np.int64]:
        """Forests and boosted bins in one pool, rising, shape (situations, horizons, draws)."""
        changes, bins = round(self.settings.changes * draws), round(self.settings.bins * draws)
        members = [
            self.came(now, draws - changes - bins), self.changed(now, own_year, changes), self.binned(now, own_year, bins),
        ]  # fmt: skip
        return np.sort(np.concatenate(members, axis=2), axis=2)

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


def put_in(every: NDArray[np.int64], member: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.int64]:
    """A linear pool: each area's draws with a share of them from a member.

    Args:
        every: draws, rising, shape (A, H, D).
        member: draws, rising, of the same shape.
        share: the member's share of each area's draws, 0..1, shape (A,).

    Returns:
        Draws, rising, of the same shape.

    Example:
        >>> put_in(np.array([[[0, 0, 2, 2]]]), np.array([[[5, 5, 9, 9]]]), np.array([0.5]))
        array([[[0, 2, 5, 9]]])
    """
    draws = every.shape[2]
    out = every.copy()
    counts = np.round(share * draws).astype(int)
    for area in np.flatnonzero(counts):
        kept = every[area][:, (even_levels(draws - counts[area]) * draws).astype(int)]
        new = member[area][:, (even_levels(counts[area]) * draws).astype(int)]
        out[area] = np.sort(np.concatenate([kept, new], axis=1), axis=1)
    return out


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
