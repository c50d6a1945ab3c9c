"""The pooled province model: bagged forests over the provinces of many countries, pooled with the negative binomial."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.forest import OWN_YEAR, STEPS, FittedForest, ForestSettings, QuantileForest, training_rows
from tocsin.forecast.leaves import even_levels
from tocsin.forecast.negative_binomial import NEGATIVE_BINOMIAL
from tocsin.forecast.provinces.features import blocks_of, province_features
from tocsin.forecast.seeds import member_seeds
from tocsin.panel.areas import country_of
from tocsin.panel.provinces.starter import joined, others_known_on
from tocsin.vocabulary import AreaIds, Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.forecast.contract import Fitted
    from tocsin.forecast.features import Features
    from tocsin.panel.history import History

RECORDED = 24
"""Months of its own record before a situation teaches: earlier its past year and its trend are not known."""


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """Chosen by benchmarks/provinces_choose.py on Iraq before 2008 and the earlier halves of the other countries.

    The shares lie halfway between those that scored best there and equal ones: learned weights fit the wars they were
    learned on.

    Attributes:
        forest: settings of each forest; its own share and gate are not used, the pool has its own.
        seeds: forests grown from as many seeds, each on rows of its own choosing.
        simple: share of the draws that come from the negative binomial.
        own: share of the draws that repeat the area's own last twelve months.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
        pattern: whether the change of pattern is read.
        other_types: whether deaths of the single types of violence are read beside the target.
    """

    forest: ForestSettings = field(
        default_factory=lambda: ForestSettings(trees=40, leaf=40, own=0.0, relative=0.18, gate=0.0, horizons_a_row=2)
    )
    seeds: int = 2
    simple: float = 0.125
    own: float = 0.175
    gate: float = 0.02
    pattern: bool = True
    other_types: bool = True


@dataclass(frozen=True)
class ProvinceForest(QuantileForest):
    """The two quantile forests, on what a history of provinces tells country by country."""

    pattern: bool = True
    other_types: bool = True

    def features(self, history: History) -> Features:
        """What it reads of a history."""
        return province_features(history, pattern=self.pattern, other_types=self.other_types)

    def fit(
        self, history: History, *, horizons: tuple[int, ...], seed: int, features: Features | None = None
    ) -> FittedProvinceForest:
        """Grow both forests on every past situation whose outcome is known by the origin.

        Args:
            history: what may be seen.
            horizons: months ahead.
            seed: of the trees and of the rows.
            features: of the same history, where another forest has read it already.
        """
        features = features or self.features(history)
        rows = training_rows(history, features, horizons=horizons, settings=self.settings, seed=seed)
        young = features.column("age")[rows.area, rows.month] < np.log1p(_least_age(history))
        rows = rows.kept(~young)
        table = np.column_stack([features.values[rows.area, rows.month], rows.horizon.astype(np.float32)])
        came = np.log1p(rows.came.astype(np.float64))
        forest, leaves = self.grow(table, came, rows.came, rows.weight, seed=seed)
        change = came - features.column(OWN_YEAR)[rows.area, rows.month].astype(np.float64)
        steps = np.round(change * STEPS).astype(np.int64)
        relative, changes = self.grow(table, change, steps, rows.weight, seed=(seed + 1) % 2**32)
        return FittedProvinceForest(
            self.settings, horizons, forest, leaves, relative, changes, rows, history, self.pattern, self.other_types
        )


def _least_age(history: History) -> int:
    """Months of record before a situation teaches; fewer where the whole history is short."""
    return min(RECORDED, int(history.deaths.shape[1]) // 3)


@dataclass(frozen=True)
class FittedProvinceForest(FittedForest):
    """Two grown forests that read a history country by country."""

    pattern: bool = True
    other_types: bool = True
    reads_all: ClassVar[bool] = True

    def features(self, history: History) -> Features:
        """What it reads of a history: of the signals only those it learned from."""
        known = {name: grid for name, grid in history.signals.items() if name in self.learned.signals}
        seen = replace(history, signals=known)
        return province_features(seen, pattern=self.pattern, other_types=self.other_types)

    def now(self, history: History) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """The situations at the origin, shape (areas present, features), and log(1 + own mean of the last year)."""
        features = self.features(history)
        return features.values[history.here, -1], features.column(OWN_YEAR)[history.here, -1].astype(np.float64)

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        return self.drawn(*self.now(history), draws=draws, seed=seed)

    def drawn(
        self, now: NDArray[np.float32], own_year: NDArray[np.float64], *, draws: int, seed: int
    ) -> NDArray[np.int32]:
        """Draws for situations already read from a history, shape (situations, horizons, draws)."""
        relative = round(self.settings.relative * draws)
        parts = [
            self.came_at(now, even_levels(draws - relative)),
            self.changed_at(now, own_year, even_levels(relative)),
        ]
        every = np.sort(np.concatenate(parts, axis=2), axis=2)
        return self.courses_of(every, now, seed=seed).astype(np.int32)


Others = Callable[["History"], "History | None"]
"""Gives the provinces of other countries, as known at a history's origin; None where there are none."""


def shipped_others(history: History) -> History | None:
    """The provinces that ship, of countries the history itself does not hold; none for countries and cells."""
    if history.ids is not AreaIds.ADMIN1:
        return None
    own = frozenset(str(country_of(area, history.ids)) for area in history.areas)
    return others_known_on(history.origin, target=history.target, without=own)


def no_others(_: History) -> None:
    """Nothing but the history itself."""


@dataclass(frozen=True)
class ProvincePool:
    """Bagged forests, the negative binomial and the own last year, as one linear pool of whole courses.

    Attributes:
        contract: what it declares.
        settings: how it is grown and pooled.
        others: whose provinces it learns from beside those it forecasts.
    """

    contract: Contract
    settings: PoolSettings = field(default_factory=PoolSettings)
    others: Others = shipped_others

    def with_settings(self, settings: PoolSettings) -> ProvincePool:
        """The same model with other settings."""
        return replace(self, settings=settings)

    def alone(self) -> ProvincePool:
        """The same model, learning from nothing but the history it is given."""
        return replace(self, others=no_others)

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> FittedProvincePool:
        """Grow the forests, each from a seed of its own, and learn the negative binomial's dispersions."""
        others = self.others(history)
        history = joined(history, others) if others is not None else history
        forest = ProvinceForest(
            self.contract, self.settings.forest, self.settings.pattern, self.settings.other_types
        )  # fmt: skip
        seeds = member_seeds(seed, members=self.settings.seeds)
        read = forest.features(history)
        grown = tuple(forest.fit(history, horizons=horizons, seed=s, features=read) for s in seeds)
        return FittedProvincePool(
            self.settings, horizons, grown, NEGATIVE_BINOMIAL.fit(history, horizons=horizons, seed=seed)
        )


@dataclass(frozen=True)
class FittedProvincePool:
    """The grown forests and the simple model beside them."""

    settings: PoolSettings
    horizons: tuple[int, ...]
    forests: tuple[FittedProvinceForest, ...]
    simple: Fitted

    @property
    def grown(self) -> FittedProvinceForest:
        """The first of the bagged forests, which gives the reasons."""
        return self.forests[0]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        own, simple = round(self.settings.own * draws), round(self.settings.simple * draws)
        each = np.diff(np.round(np.linspace(0, draws - own - simple, len(self.forests) + 1)).astype(int))
        now = self.forests[0].now(history)
        parts = [
            f.drawn(*now, draws=int(n), seed=(seed + i) % 2**32)
            for i, (f, n) in enumerate(zip(self.forests, each, strict=True)) if n
        ]  # fmt: skip
        parts += [self._simple(history, draws=simple, seed=seed), self._own(history, draws=own, seed=seed)]
        every = np.concatenate(parts, axis=2)
        every[(every > 0).mean(axis=2) < self.settings.gate] = 0
        return every[:, :, np.random.default_rng(seed).permutation(draws)]

    def _simple(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """The negative binomial's draws, each country's means taken over its own record."""
        out = np.zeros((len(history.areas), len(self.horizons), draws), dtype=np.int32)
        if draws:
            for block in blocks_of(history):
                if block.stop == history.deaths.shape[1]:
                    here = block.areas[block.history.here]
                    out[here] = self.simple.draw(block.history, draws=draws, seed=seed)
        return out[history.here]

    def _own(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """The area's own last twelve months, walked through in their order from evenly many starts."""
        own = history.deaths[history.here, -12:]
        start = np.random.default_rng(seed).permutation(np.arange(draws) % own.shape[1])
        steps = (start[None, :] + np.asarray(self.horizons)[:, None]) % own.shape[1]
        return np.asarray(own[:, steps], dtype=np.int32)


PROVINCE_POOL = ProvincePool(
    Contract(
        name="province_pool",
        title="pooled province model",
        predicts="what followed the most similar past situations of any province at hand, pooled with the negative binomial",
        levels=(Level.ADMIN1,),
        needs=60,
        paper="Meinshausen (2006) JMLR 7: 983-999; linear pool after Hegre et al. (2022) doi:10.1080/03050629.2022.2070745",
        status=Status.VERIFIED,
        verified_on=(Level.ADMIN1,),
        notes=(
            "learns from today's figures of ten countries, none of them later than 2022",
            "its 90 % intervals cover 93 to 97 %",
            "at half a false alarm a province-year one alert of escalation in eight is right: as by recent months alone",
            "not seen: Ninewa in June 2014, where the record had fallen silent",
        ),
    )
)
