"""The pooled multi-horizon quantile forest, with a share of the area's own last year and a gate for peace."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.courses import in_courses
from tocsin.forecast.features import Features, features_of, with_horizon
from tocsin.forecast.leaves import Leaves, even_levels, leaf_ids
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from sklearn.ensemble import ExtraTreesRegressor

    from tocsin.panel.history import History

BURN_IN = 24
MOST_ROWS = 150_000
OWN_YEAR = "mean_12"
STEPS = 10_000
"""Steps to one unit of log deaths in which changes are kept."""

MOST_DEATHS = 10_000_000
"""No draw exceeds ten million deaths a month."""


@dataclass(frozen=True, slots=True)
class ForestSettings:
    """Chosen on windows before 2018 by benchmarks/tune_country.py, which records every candidate.

    Attributes:
        trees: number of extremely randomised trees.
        leaf: least number of training rows in a leaf.
        share_of_features: share of the features tried at a split.
        own: share of the draws that repeat the area's own last twelve months.
        relative: share of the other draws that come from the second forest, which learns changes against the own year.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
        quiet_rows: share kept (and weighted up) of training rows from five years of peace that stayed at peace.
        horizons_a_row: how many horizons each past situation teaches.
    """

    trees: int = 100
    leaf: int = 20
    share_of_features: float = 0.2
    own: float = 0.1
    relative: float = 0.5
    gate: float = 0.005
    quiet_rows: float = 0.25
    horizons_a_row: int = 3


@dataclass(frozen=True)
class TrainingRows:
    """Past situations: the area, the month it was looked at from, the horizon, what came, and a weight."""

    area: NDArray[np.intp]
    month: NDArray[np.intp]
    horizon: NDArray[np.intp]
    came: NDArray[np.int64]
    weight: NDArray[np.float32]

    def kept(self, keep: NDArray[np.bool_]) -> TrainingRows:
        """The rows where `keep` holds."""
        return TrainingRows(self.area[keep], self.month[keep], self.horizon[keep], self.came[keep], self.weight[keep])


@dataclass(frozen=True)
class QuantileForest:
    """Extremely randomised trees on log(1 + deaths), all areas and horizons pooled.

    Two forests see the same past situations. The first learns what came; the second what came against the area's own
    last year, log(1 + deaths) less log(1 + own mean), and so can go beyond what its areas have seen.
    """

    contract: Contract
    settings: ForestSettings = field(default_factory=ForestSettings)

    def with_settings(self, settings: ForestSettings) -> QuantileForest:
        """The same model with other settings."""
        return replace(self, settings=settings)

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> FittedForest:
        """Grow both forests on every past situation whose outcome is known by the origin."""
        features = features_of(history)
        rows = training_rows(history, features, horizons=horizons, settings=self.settings, seed=seed)
        table = with_horizon(features.values[rows.area, rows.month], rows.horizon)
        came = np.log1p(rows.came.astype(np.float64))
        forest, leaves = self.grow(table, came, rows.came, rows.weight, seed=seed)
        change = came - features.column(OWN_YEAR)[rows.area, rows.month].astype(np.float64)
        steps = np.round(change * STEPS).astype(np.int64)
        relative, changes = self.grow(table, change, steps, rows.weight, seed=(seed + 1) % 2**32)
        return FittedForest(self.settings, horizons, forest, leaves, relative, changes, rows, history)

    def grow(
        self, table: NDArray[np.float32], wanted: NDArray[np.float64], value: NDArray[np.int64],
        weight: NDArray[np.float32], *, seed: int,
    ) -> tuple[ExtraTreesRegressor, Leaves]:  # fmt: skip
        """Trees that part the rows of `table` by what is `wanted`, and the `value` of each row in their leaves."""
        from sklearn.ensemble import ExtraTreesRegressor  # noqa: PLC0415 - takes seconds to load, and most commands grow no forest

        forest = ExtraTreesRegressor(
            n_estimators=self.settings.trees, min_samples_leaf=self.settings.leaf,
            max_features=self.settings.share_of_features, n_jobs=-1, random_state=seed,
        )  # fmt: skip
        with _warning_filters_kept():
            forest.fit(table, wanted, sample_weight=weight)
            leaf = forest.apply(table)
        forest.set_params(n_jobs=1)
        return forest, Leaves.of(leaf, weight=weight, value=value)


@contextmanager
def _warning_filters_kept() -> Iterator[None]:
    """Keep Python's warning filters: scikit-learn's threads reset them, and may leave them empty (1.9)."""
    kept = list(warnings.filters)
    try:
        yield
    finally:
        warnings.filters[:] = kept  # type: ignore[index]  # a list, though typed as a sequence


@dataclass(frozen=True)
class FittedForest:
    """Two grown forests, their past situations, and the history they learned from.

    Attributes:
        forest, leaves: the forest of what came.
        relative, changes: the forest of what came against the own year; its leaves hold steps of log deaths.
    """

    settings: ForestSettings
    horizons: tuple[int, ...]
    forest: ExtraTreesRegressor
    leaves: Leaves
    relative: ExtraTreesRegressor
    changes: Leaves
    rows: TrainingRows
    learned: History
    reads_all: ClassVar[bool] = False
    """Whether features of one area rest on every area, and not on its neighbours and the sum of the others alone."""

    def features(self, history: History) -> Features:
        """What it reads of a history."""
        return features_of(history)

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        features = features_of(history)
        now = features.values[history.here, -1]
        own_year = features.column(OWN_YEAR)[history.here, -1].astype(np.float64)
        own = round(self.settings.own * draws)
        relative = round(self.settings.relative * (draws - own))
        pooled = self.came_at(now, even_levels(draws - own - relative))
        changed = self.changed_at(now, own_year, even_levels(relative))
        last_year = np.sort(history.deaths[history.here, -12:], axis=1)
        again = last_year[:, (even_levels(own) * last_year.shape[1]).astype(int)] if own else last_year[:, :0]
        repeated = np.broadcast_to(again[:, None, :], (*pooled.shape[:2], own))
        every = np.sort(np.concatenate([pooled, changed, repeated], axis=2), axis=2)
        every[(every > 0).mean(axis=2) < self.settings.gate] = 0
        return self.courses_of(every, now, seed=seed).astype(np.int32)

    def leaf_of(self, now: NDArray[np.float32], horizon: int) -> NDArray[np.intp]:
        """Leaf ids of situations at one horizon in the forest of what came, shape (situations, trees)."""
        return leaf_ids(self.forest, with_horizon(now, horizon))

    def came_at(self, now: NDArray[np.float32], levels: NDArray[np.float64]) -> NDArray[np.int64]:
        """Quantiles of what came, as deaths, shape (situations, horizons, levels)."""
        return np.stack([self.leaves.quantiles(self.leaf_of(now, h), levels) for h in self.horizons], axis=1)

    def changed_at(
        self, now: NDArray[np.float32], own_year: NDArray[np.float64], levels: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Quantiles of the second forest, as deaths: the own year's level times the change."""
        leaf = (leaf_ids(self.relative, with_horizon(now, h)) for h in self.horizons)
        steps = np.stack([self.changes.quantiles(ids, levels) for ids in leaf], axis=1)
        deaths = np.expm1(steps / STEPS + own_year[:, None, None])
        return np.clip(np.round(deaths), 0, MOST_DEATHS).astype(np.int64)

    def courses_of(self, every: NDArray[np.int64], now: NDArray[np.float32], *, seed: int) -> NDArray[np.int64]:
        """Past courses of the same length after like situations say which months go together."""
        rng = np.random.default_rng(seed)
        middle = self.horizons[len(self.horizons) // 2]
        ahead = np.asarray(self.horizons)[:, None]
        latest = self.learned.deaths.shape[1] - 1 - max(self.horizons)
        alike = self.leaves.sample(self.leaf_of(now, middle), draws=3 * every.shape[2], rng=rng)
        out = np.empty_like(every)
        for area, rows in enumerate(alike):
            whole = rows[self.rows.month[rows] <= latest]
            if not whole.size:
                out[area] = rng.permuted(every[area], axis=1)
                continue
            chosen = np.resize(whole, every.shape[2])
            template = self.learned.deaths[self.rows.area[chosen], self.rows.month[chosen] + ahead]
            out[area] = in_courses(every[area], template, rng=rng)
        return out


def training_rows(
    history: History, features: Features, *, horizons: tuple[int, ...], settings: ForestSettings, seed: int
) -> TrainingRows:
    """Past situations whose outcome lies within the history, each at a few horizons chosen at random.

    Rows from five years of peace that stayed at peace are thinned and weighted up.
    """
    rng = np.random.default_rng(seed)
    area, month = np.nonzero(history.present)
    known = month >= min(BURN_IN, history.deaths.shape[1] // 3)
    area, month = area[known], month[known]
    picks = min(settings.horizons_a_row, len(horizons))
    order = np.argsort(rng.random((area.size, len(horizons))), axis=1)[:, :picks]
    horizon = np.asarray(horizons)[order].ravel()
    area, month = np.repeat(area, picks), np.repeat(month, picks)
    closed = month + horizon < history.deaths.shape[1]
    area, month, horizon = area[closed], month[closed], horizon[closed]
    there = history.present[area, month + horizon]
    area, month, horizon = area[there], month[there], horizon[there]
    came = history.deaths[area, month + horizon]
    peace = (features.column("peak_60")[area, month] == 0) & (came == 0)
    weight = np.where(peace, 1 / settings.quiet_rows, 1.0).astype(np.float32)
    rows = TrainingRows(area, month, horizon, came, weight)
    rows = rows.kept(~peace | (rng.random(area.size) < settings.quiet_rows))
    too_many = rows.area.size / MOST_ROWS
    return rows if too_many <= 1 else rows.kept(rng.random(rows.area.size) < 1 / too_many)


QUANTILE_FOREST = QuantileForest(
    Contract(
        name="quantile_forest",
        title="pooled quantile forest",
        predicts="what followed the most similar past situations anywhere, as it was and as a change against the own year",
        levels=tuple(Level),
        needs=60,
        paper="Meinshausen (2006) JMLR 7: 983-999; Geurts, Ernst & Wehenkel (2006) doi:10.1007/s10994-006-6226-1",
        status=Status.VERIFIED,
        verified_on=(Level.COUNTRY,),
        notes=(
            "no tail is fitted: beyond its history it goes only by the changes that other areas have seen",
            "its 90 % intervals cover more than 90 %",
        ),
    )
)
