"""Ways to forecast cells that benchmarks/grid_choose.py tries, each as the chance of at most so many deaths."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - dataclasses of ways need it when run
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import lightgbm
import numpy as np
from grid_odds import SizeOdds, through  # type: ignore[import-not-found]  # the script beside this one
from sklearn.ensemble import ExtraTreesRegressor

from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.forecast.cells.chance import Chance
from tocsin.forecast.cells.features import CellPast, Trail
from tocsin.forecast.cells.mixture import LocalPools
from tocsin.forecast.cells.rows import CellRows, cell_rows
from tocsin.forecast.cells.surroundings import Surroundings, rows_and_columns, surroundings
from tocsin.forecast.leaves import Leaves, even_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Floats = NDArray[np.float64]
    Table = NDArray[np.float32]

Made = TypeVar("Made")

LEVELS = even_levels(200)
MOST = 6000


def _steps() -> NDArray[np.int64]:
    found = list(range(21))
    while found[-1] < MOST:
        found.append(int(found[-1] * 1.06))
    return np.array(found)


AT_MOST = _steps()
"""Deaths a month at which distributions are read."""
WIDTH = np.diff(np.r_[AT_MOST, 2 * AT_MOST[-1]]).astype(np.float64)


@dataclass
class Look:
    """One window: the history to its origin, the cells worth a forecast, what came, and what was learned already."""

    history: History
    around: Surroundings
    past: CellPast
    cells: NDArray[np.intp]
    came: NDArray[np.int64]
    came_everywhere: NDArray[np.int64]
    pools: LocalPools
    places: Table
    memo: dict[str, Any] = field(default_factory=dict)
    root_of_step: Floats = field(default_factory=lambda: np.sqrt(WIDTH))

    @property
    def came_by(self) -> Floats:
        """Share of each step of deaths that lies at or beyond what came, shape (cells, horizons, steps)."""
        return np.asarray(np.clip((AT_MOST + WIDTH - self.came[..., None]) / WIDTH, 0, 1))

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What was made before under a name, or made now."""
        if name not in self.memo:
            self.memo[name] = make()
        made: Made = self.memo[name]
        return made


def look_at(whole: History, window: Window, *, places: Table) -> Look:
    """What is seen at a window's origin; from `whole` only what came in the window is kept beside it."""
    seen = whole.until(window.origin)
    around = surroundings(seen)
    past = CellPast.of(seen, around)
    last = seen.deaths.shape[1] - 1
    here = seen.here
    cells = here[past.worth_a_forecast(here, np.full(here.size, last))]
    came = whole.deaths[:, [last + h for h in HORIZONS]]
    return Look(seen, around, past, cells, came[cells], came, LocalPools.of(seen, around, cells), places)


def at_most(counts: NDArray[np.int64]) -> Floats:
    """Chance of at most so many deaths, from counts of equal weight: shape (..., counts) to (..., steps)."""
    flat = counts.reshape(-1, counts.shape[-1])
    found = np.zeros((len(flat), AT_MOST.size + 1))
    step = np.minimum(np.searchsorted(AT_MOST, flat), AT_MOST.size)
    np.add.at(found, (np.arange(len(flat))[:, None], step), 1 / flat.shape[1])
    return np.cumsum(found[:, :-1], axis=1).reshape(*counts.shape[:-1], AT_MOST.size)


def repeated(look: Look, *, months: int, rings: int) -> Floats:
    """The last months of a cell and of the rings around it, the same at every horizon."""
    pools = []
    for cell in look.cells:
        near = [w.indices[w.indptr[cell] : w.indptr[cell + 1]] for w in (look.around.near, look.around.next)[:rings]]
        both = np.concatenate([np.array([cell]), *near])
        pools.append(at_most(look.history.deaths[both[look.history.present[both, -1]], -months:].ravel()))
    return np.repeat(np.array(pools)[:, None], len(HORIZONS), axis=1)


@dataclass(frozen=True)
class Lesson:
    """Past situations and today's, in one way of telling them."""

    rows: CellRows
    table: Table
    now: tuple[Table, ...]
    weight: Floats

    @property
    def deadly(self) -> NDArray[np.bool_]:
        """The situations in which somebody died."""
        return self.rows.came > 0


def lesson(look: Look, way: str) -> Lesson:
    """Situations told by the model's features, by wider ones, with their places', more of them, or newer weighted up."""
    picks, still = (6, 0.3) if way == "many" else (2, 0.15)
    rows = cell_rows(look.history, look.past, horizons=HORIZONS, picks=picks, still=still, most=150_000, seed=1)
    last = look.history.deaths.shape[1] - 1
    wider = Wider.of(look) if way == "wide" else None

    def told(cell: NDArray[np.intp], month: NDArray[np.intp]) -> Table:
        plain = look.past.features(cell, month)
        if wider:
            return np.column_stack([plain, wider.features(cell, month)])
        return np.column_stack([plain, look.places[cell]]) if way == "place" else plain

    today = told(look.cells, np.full(look.cells.size, last))
    table = np.column_stack([told(rows.cell, rows.month), rows.horizon.astype(np.float32)])
    now = tuple(np.column_stack([today, np.full(len(today), h, dtype=np.float32)]) for h in HORIZONS)
    years_ago = (last - rows.month - rows.horizon) / 12
    weight = rows.weight * 0.5 ** (years_ago / 6) if way == "newer" else rows.weight
    return Lesson(rows, table, now, weight)


@dataclass(frozen=True)
class Wider:
    """Deaths in a circle of eight degrees, and fading means of the cell's and its ring's: features beyond the model's."""

    circle: tuple[Trail, Trail]
    fading: tuple[Floats, ...]

    @classmethod
    def of(cls, look: Look) -> Wider:
        """From a history to its origin."""
        deaths = look.history.deaths.astype(np.float64)
        any_died = (deaths > 0).astype(np.float64)
        far = circle(look.history.areas, reach=16, fading=6.0)
        ring = look.around.near @ deaths / 8
        halved = [np.log1p(fading(s, half=k)) for s in (deaths, ring) for k in (1, 3, 9, 30)]
        return cls(
            (Trail.of(far @ deaths), Trail.of(far @ any_died)), (*halved, *(fading(any_died, half=k) for k in (3, 9)))
        )

    def features(self, cell: NDArray[np.intp], month: NDArray[np.intp]) -> Table:
        """One row for each pair of cell and month."""
        mean = [np.log1p(self.circle[0].over(k, cell=cell, month=month) / k) for k in (1, 3, 6, 12, 24, 60)]
        active = [np.log1p(self.circle[1].over(k, cell=cell, month=month) / k) for k in (3, 12, 60)]
        columns = [*mean, *active, *(one[cell, month] for one in self.fading), mean[1] - mean[3], mean[3] - mean[5]]
        return np.column_stack(columns).astype(np.float32)


def circle(gids: tuple[str, ...], *, reach: int, fading: float) -> Floats:
    """Weights that fade with distance in cells, 0 for the cell itself and beyond `reach`: shape (cells, cells)."""
    row, column = (x.astype(np.float64) for x in rows_and_columns(gids))
    square = (row[:, None] - row) ** 2 + (column[:, None] - column) ** 2
    return np.where((square > 0) & (square <= reach**2), np.exp(-square / (2 * fading**2)), 0.0)


def fading(series: Floats, *, half: float) -> Floats:
    """Mean of all months to each, the weight of a month halved every `half` months."""
    keep, out = 0.5 ** (1 / half), np.zeros_like(series)
    total, weight = np.zeros(len(series)), 0.0
    for month in range(series.shape[1]):
        total, weight = keep * total + series[:, month], keep * weight + 1
        out[:, month] = total / weight
    return out


def taught(look: Look, way: str) -> Lesson:
    """A lesson, made once a window."""
    return look.once(f"lesson {way}", lambda: lesson(look, way))


def chance(look: Look, way: str) -> Floats:
    """Chance of any death, the mean of a logistic regression and of small boosted trees, shape (cells, horizons)."""

    def make() -> Floats:
        told = taught(look, way)
        learned = Chance.of(told.table, told.deadly, told.weight, rounds=80, seed=1)
        return np.column_stack([learned.of_any(t) for t in told.now])

    return look.once(f"chance {way}", make)


def boost(told: Lesson, label: NDArray[np.int64], asked: dict[str, object], *, rounds: int) -> lightgbm.Booster:
    """Boosted trees on one thread."""
    quiet = {"max_bin": 63, "seed": 1, "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbosity": -1}
    return lightgbm.train(asked | quiet, lightgbm.Dataset(told.table, label=label, weight=told.weight), rounds)


def with_chance(any_died: Floats, sizes: Floats) -> Floats:
    """The hurdle: the chance of at most so many deaths, from that of any and from sizes where there are any."""
    return np.asarray(1 - any_died[..., None] * (1 - sizes))


def local(look: Look, way: str) -> Floats:
    """Sizes from the last ten years of the cell and its ring."""
    sizes = look.once("sizes local", lambda: np.array([at_most(pool) for pool in look.pools.deadly])[:, None])
    return with_chance(chance(look, way), sizes)


def odds(look: Look, way: str) -> Floats:
    """Sizes by the odds of exceeding each."""
    told = taught(look, way)
    learned = SizeOdds.of(told.table[told.deadly], told.rows.came[told.deadly])
    sizes = np.stack([at_most(learned.quantiles(t, LEVELS)) for t in told.now], axis=1)
    return with_chance(chance(look, way), sizes)


def forest(look: Look, way: str) -> Floats:
    """Sizes from the leaves of a forest of months with deaths."""
    told = taught(look, way)
    table, came = told.table[told.deadly], told.rows.came[told.deadly]
    grown = ExtraTreesRegressor(60, min_samples_leaf=20, max_features=0.3, n_jobs=1, random_state=1)
    grown.fit(table, np.log1p(came.astype(np.float64)))
    leaves = Leaves.of(grown.apply(table), weight=np.ones(len(table), dtype=np.float32), value=came)
    sizes = np.stack([at_most(leaves.quantiles(grown.apply(t), LEVELS)) for t in told.now], axis=1)
    return with_chance(chance(look, way), sizes)


def bins(look: Look, way: str) -> Floats:
    """Boosted trees over bins of deaths, peace among them; within a bin deaths fall off as a power."""
    told = taught(look, way)
    ends = (0, 2, 5, 12, 35, 100, 250)
    bin_of = np.searchsorted(np.array(ends), told.rows.came)
    asked = {
        "objective": "multiclass", "num_class": int(bin_of.max()) + 1, "learning_rate": 0.1, "num_leaves": 12,
        "min_data_in_leaf": 60, "feature_fraction": 0.3, "bagging_fraction": 0.6, "bagging_freq": 1, "lambda_l2": 5.0,
    }  # fmt: skip
    boosted = boost(told, bin_of, asked, rounds=40)
    share = np.stack([np.asarray(boosted.predict(t, num_threads=1)) for t in told.now], axis=1)
    beyond = 1 - np.cumsum(share, axis=2)[:, :, :-1]
    given = beyond[:, :, 1:] / np.maximum(beyond[:, :, :1], 1e-9)
    sizes = [at_most(through(given[:, h], ends[1 : given.shape[2] + 1], LEVELS)) for h in range(len(HORIZONS))]
    return with_chance(beyond[:, :, 0], np.stack(sizes, axis=1))


def zero(look: Look) -> Floats:
    """Nobody dies."""
    return np.ones((look.cells.size, len(HORIZONS), AT_MOST.size))


WAYS: dict[str, Callable[[Look], NDArray[np.float64]]] = {
    "zero": zero,
    **{f"own {k}": partial(repeated, months=k, rings=0) for k in (3, 6, 12, 24, 60)},
    **{f"near {k}": partial(repeated, months=k, rings=1) for k in (3, 12, 60)},
    "two rings 12": partial(repeated, months=12, rings=2),
    "local": partial(local, way="plain"),
    "forest": partial(forest, way="plain"),
    "odds": partial(odds, way="plain"),
    "bins": partial(bins, way="wide"),
    **{f"{way} local": partial(local, way=way) for way in ("wide", "place", "newer", "many")},
    **{f"{way} odds": partial(odds, way=way) for way in ("wide", "place", "newer", "many")},
}
"""By name."""
