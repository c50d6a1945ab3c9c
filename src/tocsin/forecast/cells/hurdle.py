"""The model of half-degree cells: whether anybody dies, and how many if so; peace far from violence is exactly zero."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.cells.chance import Chance
from tocsin.forecast.cells.features import CellPast
from tocsin.forecast.cells.grid_stream import areas_at_once
from tocsin.forecast.cells.mixture import LocalPools, hurdle, in_own_courses, repeated
from tocsin.forecast.cells.rows import cell_rows
from tocsin.forecast.cells.surroundings import surroundings
from tocsin.forecast.contract import Contract, Status
from tocsin.forecast.features import with_horizon
from tocsin.forecast.leaves import Leaves, even_levels, leaf_ids
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from sklearn.ensemble import ExtraTreesRegressor

    from tocsin.panel.history import History

    Floats = NDArray[np.float64]

LEVELS = even_levels(200)
"""Levels at which the forest's distribution of deaths is kept."""
FEWEST = 20
"""Situations with deaths, and without, from which a hurdle is learned; with fewer there are no deaths to expect."""


@dataclass(frozen=True, slots=True)
class CellSettings:
    """Shares are equal over the six parts, as windows up to 2012 give no reason for others (docs/benchmarks/grid.md).

    The share of peace stands for what no past tells: that a war ends, or leaves the cell.

    Attributes:
        picks: how many horizons each past situation teaches.
        still: share of the situations in which no death came that is kept, and weighted up.
        most: most situations of each kind to learn from.
        rounds: how many small trees the boosted chance adds up.
        trees, leaf, share_of_features: the forest of deaths where there were any.
        local: share of the hurdle's draws whose deaths come from the last ten years of the cell and its ring.
        own: share of all draws that repeat the cell's own last twelve months.
        peace: share of all draws in which nobody dies, whatever the past says.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
        together: how strongly the months of one draw go together, 0 to 1.
    """

    picks: int = 2
    still: float = 0.15
    most: int = 150_000
    rounds: int = 80
    trees: int = 60
    leaf: int = 20
    share_of_features: float = 0.3
    local: float = 0.5
    own: float = 1 / 6
    peace: float = 1 / 6
    gate: float = 0.002
    together: float = 0.5


@dataclass(frozen=True)
class CellHurdle:
    """A probability of any death by two classifiers, times the deaths that followed like situations."""

    contract: Contract
    settings: CellSettings = field(default_factory=CellSettings)

    def with_settings(self, settings: CellSettings) -> CellHurdle:
        """The same model with other settings."""
        return replace(self, settings=settings)

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> FittedCellHurdle:
        """Learn from situations whose outcome is known by the origin."""
        s = self.settings
        around = surroundings(history)
        past = CellPast.of(history, around)
        rows = cell_rows(history, past, horizons=horizons, picks=s.picks, still=s.still, most=s.most, seed=seed)
        deadly = rows.came > 0
        if min(int(deadly.sum()), int((~deadly).sum())) < FEWEST:
            return FittedCellHurdle(s, horizons, None, None, None)
        table = with_horizon(past.features(rows.cell, rows.month), rows.horizon)
        forest, leaves = self._sizes(table[deadly], rows.came[deadly], seed=seed)
        chance = Chance.of(table, deadly, rows.weight, rounds=s.rounds, seed=seed)
        return FittedCellHurdle(s, horizons, chance, forest, leaves)

    def _sizes(
        self, table: NDArray[np.float32], came: NDArray[np.int64], *, seed: int
    ) -> tuple[ExtraTreesRegressor, Leaves]:
        """The forest of log(1 + deaths) where there were any, and what stands in its leaves."""
        from sklearn.ensemble import ExtraTreesRegressor  # noqa: PLC0415 - takes seconds to load

        forest = ExtraTreesRegressor(
            n_estimators=self.settings.trees, min_samples_leaf=self.settings.leaf,
            max_features=self.settings.share_of_features, n_jobs=1, random_state=seed,
        )  # fmt: skip
        forest.fit(table, np.log1p(came.astype(np.float64)))
        return forest, Leaves.of(forest.apply(table), weight=np.ones(len(table), dtype=np.float32), value=came)


@dataclass(frozen=True)
class FittedCellHurdle:
    """What was learned; without any where the history held too few deaths."""

    settings: CellSettings
    horizons: tuple[int, ...]
    chance: Chance | None
    forest: ExtraTreesRegressor | None
    leaves: Leaves | None

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        return np.concatenate(list(self.draw_blocks(history, draws=draws, seed=seed)))

    def draw_blocks(self, history: History, *, draws: int, seed: int) -> Iterator[NDArray[np.int32]]:
        """The same draws, a few areas at a time; a cell's draws do not depend on the block it stands in."""
        around = surroundings(history)
        past = CellPast.of(history, around)
        here = history.here
        month = np.full(here.size, history.deaths.shape[1] - 1)
        live = here[past.worth_a_forecast(here, month)]
        chance = self._chance(past.features(live, month[: live.size]))
        at = np.full(len(history.areas), -1)
        at[live] = np.arange(live.size)
        step = areas_at_once(self.horizons, draws=draws)
        features = past.features(live, month[: live.size])
        del past
        for begin in range(0, here.size, step):
            cells = here[begin : begin + step]
            out = np.zeros((cells.size, len(self.horizons), draws), dtype=np.int32)
            place = np.flatnonzero(at[cells] >= 0)
            if place.size:
                mine = at[cells[place]]
                pools = LocalPools.of(history, around, cells[place])
                out[place] = self._live(features[mine], chance[mine], pools, draws=draws, seed=seed)
            yield out

    def _chance(self, now: NDArray[np.float32]) -> Floats:
        """Probability of any death, shape (cells, horizons), 0..1."""
        if self.chance is None or not len(now):
            return np.zeros((len(now), len(self.horizons)))
        return np.column_stack([self.chance.of_any(with_horizon(now, h)) for h in self.horizons])

    def _live(
        self, now: NDArray[np.float32], chance: Floats, pools: LocalPools, *, draws: int, seed: int
    ) -> NDArray[np.int32]:
        s = self.settings
        own, peace = round(s.own * draws), round(s.peace * draws)
        local = round(s.local * (draws - own - peace))
        pooled = draws - own - peace - local
        every = np.zeros((*chance.shape, draws), dtype=np.int64)
        every[:, :, :own] = repeated(pools.own_year, own)[:, None]
        deadly = repeated(pools.deadly, LEVELS.size)
        for h, horizon in enumerate(self.horizons):
            sizes = self._deaths_if_any(now, horizon)
            every[:, h, own : own + local] = hurdle(chance[:, h], deadly, draws=local)
            every[:, h, own + local : own + local + pooled] = hurdle(chance[:, h], sizes, draws=pooled)
        every.sort(axis=2)
        every[(every > 0).mean(axis=2) < s.gate] = 0
        return in_own_courses(every, cells=pools.cells, together=s.together, seed=seed).astype(np.int32)

    def _deaths_if_any(self, now: NDArray[np.float32], horizon: int) -> NDArray[np.int64]:
        """Deaths where there are any, ascending, at `LEVELS`, shape (cells, levels)."""
        if self.forest is None or self.leaves is None:
            return np.zeros((len(now), LEVELS.size), dtype=np.int64)
        return self.leaves.quantiles(leaf_ids(self.forest, with_horizon(now, horizon)), LEVELS)


CELL_HURDLE = CellHurdle(
    Contract(
        name="cell_hurdle",
        title="hurdle for half-degree cells",
        predicts="whether anybody dies, then the deaths that followed like situations; exactly 0 far from violence",
        levels=(Level.CELL,),
        needs=36,
        paper="hurdle: Mullahy (1986) doi:10.1016/0304-4076(86)90002-3; forest: Meinshausen (2006) JMLR 7: 983-999",
        status=Status.EXPERIMENTAL,
        notes=(
            "a cell more than two steps from any death of the last ten years is forecast at exactly 0",
            "events placed only in a province or country count at the cell the source gives them",
        ),
    )
)
