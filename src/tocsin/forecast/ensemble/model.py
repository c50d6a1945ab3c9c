"""The pooled ensemble: forests and boosted bins of every area, and in violent areas those of violent areas alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.ensemble.boosted_bins import BoostedBins, BoostSettings
from tocsin.forecast.ensemble.change_forest import ChangeForest, ChangeSettings
from tocsin.forecast.ensemble.members import LEVELS, Members, PoolSettings
from tocsin.forecast.ensemble.nets import NetBins, NetSettings
from tocsin.forecast.features import Features, features_of, with_horizon
from tocsin.forecast.forest import OWN_YEAR, FittedForest, ForestSettings, QuantileForest, TrainingRows, training_rows
from tocsin.forecast.leaves import even_levels
from tocsin.forecast.seeds import member_seeds
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History


@dataclass(frozen=True, slots=True)
class EnsembleSettings:
    """`benchmarks/tune_ensemble.py` scores these beside others on windows before 2018, and writes down every candidate.

    Attributes:
        forest: settings of the forests; their own shares and gate are not used, the pool has its own.
        boost: settings of the boosted bins of every area.
        net: settings of the neural networks over the same bins.
        boost_active: settings of the bins boosted on areas with deaths in the last year.
        changes_at_war: the forests of changes against the last quarter, in areas at war.
        pool: how the members make one forecast, and how many seeds of each are grown.
    """

    forest: ForestSettings = field(default_factory=ForestSettings)
    boost: BoostSettings = field(default_factory=BoostSettings)
    net: NetSettings = field(default_factory=NetSettings)
    boost_active: BoostSettings = field(default_factory=lambda: BoostSettings(rounds=80, least=40))
    changes_at_war: ChangeSettings = field(default_factory=ChangeSettings)
    pool: PoolSettings = field(default_factory=PoolSettings)


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
        seeds = member_seeds(seed, members=settings.pool.seeds)
        features = features_of(history)
        forest = QuantileForest(self.contract, settings.forest)
        at_war = [settings.changes_at_war.fit(history, features, grow=forest, horizons=horizons, seed=s) for s in seeds]
        active = [_boosted_where_active(history, features, settings, horizons=horizons, seed=s) for s in seeds]
        binned = [_binned(history, features, settings, horizons=horizons, seed=s) for s in seeds]
        return FittedEnsemble(
            settings.pool, horizons,
            tuple(forest.fit(history, horizons=horizons, seed=s) for s in seeds),
            tuple(boosted for boosted, _ in binned),
            tuple(nets for _, nets in binned),
            tuple(one for one in active if one is not None),
            tuple(one for one in at_war if one is not None),
        )  # fmt: skip


def _binned(
    history: History, features: Features, settings: EnsembleSettings, *, horizons: tuple[int, ...], seed: int
) -> tuple[BoostedBins, NetBins]:
    """Trees and networks over the bins, from the same rows."""
    rows = training_rows(history, features, horizons=horizons, settings=settings.forest, seed=seed)
    table = _table(features, rows)
    return (
        BoostedBins.of(table, rows.came, rows.weight, settings=settings.boost, seed=seed),
        NetBins.of(table, rows.came, rows.weight, settings=settings.net, seed=seed),
    )


def _boosted_where_active(
    history: History, features: Features, settings: EnsembleSettings, *, horizons: tuple[int, ...], seed: int
) -> BoostedBins | None:
    """Bins boosted on situations with any death in the last year; None where there were none."""
    forest = settings.changes_at_war.forest
    rows = training_rows(history, features, horizons=horizons, settings=forest, seed=seed)
    rows = rows.kept(features.column(OWN_YEAR)[rows.area, rows.month] > 0)
    if not rows.area.size:
        return None
    return BoostedBins.of(_table(features, rows), rows.came, rows.weight, settings=settings.boost_active, seed=seed)


def _table(features: Features, rows: TrainingRows) -> NDArray[np.float32]:
    return with_horizon(features.values[rows.area, rows.month], rows.horizon)


@dataclass(frozen=True)
class FittedEnsemble:
    """The grown members, one of each a seed.

    Attributes:
        settings: how they are pooled.
        horizons: months ahead of the origin.
        forests: pairs of forests.
        boosted: boosted bins.
        nets: neural networks over the same bins.
        boosted_active: bins boosted on areas with deaths in the last year; none where there were none.
        changes_at_war: forests of changes in areas at war; none where too few areas were at war.
    """

    settings: PoolSettings
    horizons: tuple[int, ...]
    forests: tuple[FittedForest, ...]
    boosted: tuple[BoostedBins, ...]
    nets: tuple[NetBins, ...]
    boosted_active: tuple[BoostedBins, ...]
    changes_at_war: tuple[ChangeForest, ...]

    @property
    def grown(self) -> FittedForest:
        """The first pair of forests, which gives reasons and past situations."""
        return self.forests[0]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        months = self.members(history).pooled(self.settings, draws=draws)
        now = features_of(history).values[history.here, -1]
        return self.grown.courses_of(months, now, seed=seed).astype(np.int32)

    def members(self, history: History) -> Members:
        """What each member says of the areas present at the origin."""
        features = features_of(history)
        now = features.values[history.here, -1]
        own_year = features.column(OWN_YEAR)[history.here, -1].astype(np.float64)
        levels = even_levels(LEVELS)
        deaths = history.deaths[history.here]
        fought = [forest.at_war(history) for forest in self.changes_at_war]
        return Members(
            deaths,
            tuple(forest.came_at(now, levels) for forest in self.forests),
            tuple(forest.changed_at(now, own_year, levels) for forest in self.forests),
            tuple(self._binned(boosted, now) for boosted in self.boosted),
            tuple(self._binned(nets, now) for nets in self.nets),
            tuple(self._binned(boosted, now) for boosted in self.boosted_active),
            own_year > 0,
            tuple(forest.quantiles(history, levels) for forest in self.changes_at_war),
            fought[0] if fought else np.zeros(len(deaths), dtype=np.bool_),
        )  # fmt: skip

    def _binned(self, boosted: BoostedBins | NetBins, now: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each bin, shape (situations, horizons, 11)."""
        return np.stack([boosted.probabilities(with_horizon(now, h)) for h in self.horizons], axis=1)


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
        status=Status.VERIFIED,
        verified_on=(Level.COUNTRY,),
        notes=(
            "from deaths, neighbours and drivers alone: no news, elections or protest are read",
            "on windows 2018-2021 not shown to be better than the quantile forest, which fits several times as fast",
        ),
    )
)
