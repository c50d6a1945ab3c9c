"""What a forecaster makes of a history: every feature at month t uses months up to t and no later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from tocsin.panel.history import History

    Grid = NDArray[np.float64]  # (areas, months)

SIGNALS = {
    "deaths_sb": "deaths in state-based violence a month",
    "deaths_ns": "deaths in non-state violence a month",
    "deaths_os": "deaths in one-sided violence a month",
    "deaths_all": "deaths of all types a month",
    "deaths_low": "lowest estimate of deaths a month",
    "deaths_high": "highest estimate of deaths a month",
    "events": "recorded events a month",
    "share_imprecise": "share of events placed no better than in the province",
}
LONG_AGO = 240
"""Months since a death are counted to twenty years."""


class Reads(StrEnum):
    """How a feature's value is turned back into what a reader measures."""

    LOG = "log"  # log(1 + x): deaths or months
    RATIO = "ratio"  # difference of logs: so many times as much
    SHARE = "share"  # 0..1
    PLAIN = "plain"  # as it is


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its name, the group a reader knows it under, what it measures, and how its value reads."""

    name: str
    group: str
    words: str
    reads: Reads = Reads.LOG

    def measured(self, value: float) -> float:
        """The value as a reader measures it: deaths or months, how many times as much, a share, or as it is."""
        if self.reads is Reads.RATIO:
            return float(np.exp(value))
        return float(np.expm1(value)) if self.reads is Reads.LOG else float(value)

    def says(self, value: float) -> str:
        """What it measures, with the value.

        Example:
            >>> Feature("mean_12", "its past year", "deaths a month over the last 12 months").says(2.4)
            'deaths a month over the last 12 months: 10'
            >>> Feature("active_12", "time since violence", "months with any death", Reads.SHARE).says(0.5)
            'months with any death: 50 %'
        """
        number = self.measured(value)
        if self.reads is Reads.SHARE:
            return f"{self.words}: {100 * number:.0f} %"
        if self.reads is Reads.RATIO:
            return f"{self.words}: {number:.1f} times as much"
        digits = 1 if 0.05 <= abs(number) < 3 else 0
        return f"{self.words}: {round(number, digits) + 0.0:,.{digits}f}"


@dataclass(frozen=True)
class Features:
    """Feature values of a history, shape (areas, months, features), float32, with their descriptions."""

    described: tuple[Feature, ...]
    values: NDArray[np.float32]

    def column(self, name: str) -> NDArray[np.float32]:
        """One feature's values, shape (areas, months)."""
        return self.values[:, :, [f.name for f in self.described].index(name)]


def features_of(history: History) -> Features:
    """All features of a history.

    Deaths enter as log(1 + x). Sources of the choice: own and neighbours' recent deaths carry nearly all
    short-horizon skill (Hegre et al. 2022, doi:10.1080/03050629.2022.2070745).
    """
    deaths = history.deaths.astype(np.float64)
    found = [*_own(deaths), *_quiet(deaths), *_neighbours(deaths, history), *_world(deaths, history),
             *_signals(history), *_slow(history)]  # fmt: skip
    return Features(
        tuple(feature for feature, _ in found), np.stack([grid for _, grid in found], axis=-1).astype(np.float32)
    )


def with_horizon(values: NDArray[np.float32], horizon: NDArray[np.intp] | int) -> NDArray[np.float32]:
    """Situations with their horizon in months as the last column, shape (situations, features + 1)."""
    ahead = np.broadcast_to(np.asarray(horizon, dtype=np.float32), len(values))
    return np.column_stack([values, ahead])


def _own(deaths: Grid) -> Iterator[tuple[Feature, Grid]]:
    logs = np.log1p(deaths)
    means = {k: np.log1p(trailing_mean(deaths, k)) for k in (1, 2, 3, 6, 12, 24, 60, 120)}
    for k, grid in means.items():
        group = "its recent months" if k <= 6 else "its past year" if k <= 24 else "its long memory"
        yield (
            Feature(f"mean_{k}", group, "deaths last month" if k == 1 else f"deaths a month over the last {k} months"),
            grid,
        )
    for k in (3, 12, 36):
        group = "its recent months" if k == 3 else "its past year"
        yield Feature(f"log_mean_{k}", group, f"deaths in a typical month of the last {k}"), trailing_mean(logs, k)
    for half_life in (2, 6, 18):
        group = "its recent months" if half_life == 2 else "its past year"
        yield (
            Feature(
                f"fading_{half_life}", group, f"deaths a month, the newest counting most (half-life {half_life} months)"
            ),
            fading(logs, half_life),
        )
    for k in (12, 60):
        yield (
            Feature(f"peak_{k}", "its worst months", f"deaths in the worst month of the last {k}"),
            np.log1p(trailing_max(deaths, k)),
        )
    for k in (1, 2):
        yield (
            Feature(f"lag_{k}", "its recent months", f"deaths {k} {'month' if k == 1 else 'months'} before the last"),
            lagged(logs, k),
        )
    yield Feature("rise_3_12", "its trend", "last 3 months against the last 12", Reads.RATIO), means[3] - means[12]
    yield Feature("rise_12_60", "its trend", "last year against the last five", Reads.RATIO), means[12] - means[60]
    spread = trailing_mean(logs**2, 12) - trailing_mean(logs, 12) ** 2
    yield (
        Feature("unsteady_12", "its trend", "unsteadiness of the last 12 months", Reads.PLAIN),
        np.sqrt(np.maximum(spread, 0)),
    )


def _quiet(deaths: Grid) -> Iterator[tuple[Feature, Grid]]:
    for threshold in (1, 5, 25, 100):
        words = f"months since a month of {threshold} or more deaths"
        yield Feature(f"since_{threshold}", "time since violence", words), np.log1p(months_since(deaths >= threshold))
    for k in (6, 12, 60):
        words = f"share of the last {k} months with any death"
        yield (
            Feature(f"active_{k}", "time since violence", words, Reads.SHARE),
            trailing_mean((deaths > 0).astype(float), k),
        )


def _neighbours(deaths: Grid, history: History) -> Iterator[tuple[Feature, Grid]]:
    touch = touching(history.neighbours)
    count = np.maximum(touch.sum(axis=1), 1)[:, None]
    year = trailing_mean(deaths, 12)
    group = "its neighbours"
    yield Feature("near_1", group, "deaths among neighbours, last month"), np.log1p(touch @ deaths)
    yield Feature("near_12", group, "deaths a month among neighbours, last 12 months"), np.log1p(touch @ year)
    typical = touch @ trailing_mean(np.log1p(deaths), 12) / count
    yield Feature("near_typical_12", group, "typical deaths a month of a neighbour, last 12 months"), typical
    burning = touch @ (year >= 25 / 12).astype(float)
    yield (
        Feature("near_burning", group, "neighbours with 25 or more deaths in the last 12 months", Reads.PLAIN),
        burning,
    )


def _world(deaths: Grid, history: History) -> Iterator[tuple[Feature, Grid]]:
    total = np.log1p(trailing_mean(deaths, 12).sum(axis=0))
    yield (
        Feature("all_12", "violence everywhere", "deaths a month in all areas, last 12 months"),
        np.broadcast_to(total, deaths.shape).copy(),
    )
    age = np.log1p(np.cumsum(history.present, axis=1))
    yield Feature("age", "violence everywhere", "months of record"), age


def _signals(history: History) -> Iterator[tuple[Feature, Grid]]:
    for name, grid in sorted(history.signals.items()):
        for k in (3, 12):
            words = f"{SIGNALS.get(name, name.replace('_', ' '))}, mean of the last {k} months"
            share = name.startswith("share_")
            mean = trailing_mean(grid, k)
            described = Feature(f"{name}_{k}", "other signs of violence", words, Reads.SHARE if share else Reads.LOG)
            yield described, mean if share else np.log1p(mean)


def _slow(history: History) -> Iterator[tuple[Feature, Grid]]:
    for name, grid in sorted(history.slow.items()):
        known = grid[~np.isnan(grid)]
        middle = float(np.median(known)) if known.size else 0.0
        words = f"{name}, two years before"
        yield (
            Feature(f"slow {name}", "slow drivers of fragility", words, Reads.PLAIN),
            np.where(np.isnan(grid), middle, grid),
        )


def trailing_mean(grid: Grid, months: int) -> Grid:
    """Mean over the last `months` columns, shorter at the start.

    Example:
        >>> trailing_mean(np.array([[0.0, 2.0, 4.0]]), 2)
        array([[0., 1., 3.]])
    """
    total = np.pad(np.cumsum(grid, axis=1), ((0, 0), (1, 0)))
    now = np.arange(1, grid.shape[1] + 1)
    before = np.maximum(now - months, 0)
    return np.asarray((total[:, now] - total[:, before]) / (now - before))


def trailing_max(grid: Grid, months: int) -> Grid:
    """Largest value over the last `months` columns."""
    padded = np.pad(grid, ((0, 0), (months - 1, 0)))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, months, axis=1).max(axis=2))


def lagged(grid: Grid, months: int) -> Grid:
    """The grid `months` earlier, zero before the start."""
    return np.pad(grid, ((0, 0), (months, 0)))[:, : grid.shape[1]]


def fading(grid: Grid, half_life: float) -> Grid:
    """Exponentially weighted mean with a half-life in months, from zero."""
    keep = 0.5 ** (1 / half_life)
    out = np.zeros_like(grid)
    level = np.zeros(grid.shape[0])
    for t in range(grid.shape[1]):
        level = keep * level + (1 - keep) * grid[:, t]
        out[:, t] = level
    return out


def months_since(happened: NDArray[np.bool_]) -> Grid:
    """Months since it last happened, 0 in the month itself, at most twenty years."""
    out = np.zeros(happened.shape)
    level = np.full(happened.shape[0], float(LONG_AGO))
    for t in range(happened.shape[1]):
        level = np.where(happened[:, t], 0.0, np.minimum(level + 1, LONG_AGO))
        out[:, t] = level
    return out


def touching(neighbours: tuple[tuple[int, ...], ...]) -> csr_array:
    """Adjacency as a sparse matrix, shape (areas, areas)."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - takes half a second to load

    rows = [a for a, near in enumerate(neighbours) for _ in near]
    columns = [b for near in neighbours for b in near]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(neighbours), len(neighbours)))
