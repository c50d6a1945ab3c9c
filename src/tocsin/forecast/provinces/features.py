"""What the pooled province model makes of a history: each country seen by itself, and its change of pattern."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import Feature, Features, Reads, features_of, lagged, touching, trailing_mean
from tocsin.panel.areas import country_of
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Grid = NDArray[np.float64]  # (areas, months)

NOW, BEFORE = 6, 24
"""A pattern is the last six months against the two years before them."""

PATTERN = "change of pattern"
OTHER_TYPES = ("deaths_ns", "deaths_os", "deaths_sb")


@dataclass(frozen=True)
class Block:
    """One country's part of a history: its own areas, from its first month of record to its last.

    Attributes:
        areas: indices of its areas in the whole history.
        start: index of its first month in the whole history.
        history: that part, a history of its own.
    """

    areas: NDArray[np.intp]
    start: int
    history: History

    @property
    def stop(self) -> int:
        """Index after its last month in the whole history."""
        return self.start + int(self.history.deaths.shape[1])


def blocks_of(history: History) -> tuple[Block, ...]:
    """The countries of a history of provinces, each by itself; a history of countries or cells is one block.

    A block starts where its country's record starts, so that no mean over past years counts unrecorded years as peace,
    and holds no borders with other countries, whose records begin and end in other months.
    """
    homes = [country_of(area, history.ids) if history.ids is AreaIds.ADMIN1 else "" for area in history.areas]
    found = (
        _block(history, np.array([i for i, h in enumerate(homes) if h == home])) for home in sorted(set(homes), key=str)
    )
    return tuple(block for block in found if block is not None)


def _block(history: History, areas: NDArray[np.intp]) -> Block | None:
    recorded = np.flatnonzero(history.present[areas].any(axis=0))
    if not recorded.size:
        return None
    months = slice(int(recorded[0]), int(recorded[-1]) + 1)
    at = {int(a): i for i, a in enumerate(areas)}
    part = History(
        history.ids, history.target, history.vintage,
        tuple(history.areas[i] for i in areas), tuple(history.names[i] for i in areas), history.first + months.start,
        history.deaths[areas, months], history.present[areas, months],
        tuple(tuple(at[b] for b in history.neighbours[a] if b in at) for a in areas),
        {name: grid[areas, months] for name, grid in history.signals.items()},
        {name: grid[areas, months] for name, grid in history.slow.items()},
    )  # fmt: skip
    return Block(areas, months.start, part)


def province_features(history: History, *, pattern: bool = True, other_types: bool = True) -> Features:
    """Features of every area and month, made country by country; months outside a country's record hold zeros.

    Args:
        history: provinces of one country or of many.
        pattern: whether the change of pattern is among them.
        other_types: whether deaths of the single types of violence are read beside the target.
    """
    made = [(b, _of_block(b.history, pattern=pattern, other_types=other_types)) for b in blocks_of(history)]
    assert made, "a history with no area present anywhere has no features"
    described = made[0][1].described
    values = np.zeros((*history.deaths.shape, len(described)), dtype=np.float32)
    for block, features in made:
        values[block.areas, block.start : block.stop] = features.values
    return Features(described, values)


def _of_block(history: History, *, pattern: bool, other_types: bool) -> Features:
    signals = {k: v for k, v in history.signals.items() if other_types or k not in OTHER_TYPES}
    seen = replace(history, signals=signals, slow={})
    plain = features_of(seen)
    if not pattern:
        return plain
    found = [*_tempo(seen), *_mix(seen), *_around(seen)]
    added = np.stack([grid for _, grid in found], axis=-1).astype(np.float32)
    return Features((*plain.described, *(f for f, _ in found)), np.concatenate([plain.values, added], axis=-1))


def _tempo(history: History) -> Iterator[tuple[Feature, Grid]]:
    """Faster, deadlier, more widely spread: against the two years before."""
    deaths = history.deaths.astype(np.float64)
    yield _ratio("rise_3_24", "deaths of the last 3 months against the two years before", _against(deaths, 3))
    yield _ratio("rise_6_24", "deaths of the last 6 months against the two years before", _against(deaths, NOW))
    yield _ratio("rise_1_6", "deaths of the last month against the last 6", _logs(deaths, 1) - _logs(deaths, NOW))
    if "events" not in history.signals:
        return
    events = history.signals["events"]
    yield _ratio("tempo", "events of the last 6 months against the two years before", _against(events, NOW))
    yield _ratio("tempo_3", "events of the last 3 months against the last 12", _logs(events, 3) - _logs(events, 12))
    size = np.log1p(_sum(deaths, NOW) / np.maximum(_sum(events, NOW), 1))
    before = np.log1p(lagged(_sum(deaths, BEFORE) / np.maximum(_sum(events, BEFORE), 1), NOW))
    yield _ratio("deadliness", "deaths an event, last 6 months against the two years before", size - before)
    spread = (_sum(events, NOW) > 0).mean(axis=0)
    wider = spread - trailing_mean(lagged(spread[None, :], NOW), BEFORE)[0]
    yield _shared("spread", "share of the country's provinces with events, change in 6 months", wider, deaths.shape)


def _mix(history: History) -> Iterator[tuple[Feature, Grid]]:
    """More or less violence against civilians, and between armed groups, than before."""
    every = history.signals.get("deaths_all", history.deaths.astype(np.float64))
    for name, words in (("deaths_os", "one-sided"), ("deaths_ns", "non-state")):
        if name not in history.signals:
            continue
        part = history.signals[name]
        now = _sum(part, NOW) / np.maximum(_sum(every, NOW), 1)
        then = lagged(_sum(part, BEFORE) / np.maximum(_sum(every, BEFORE), 1), NOW)
        yield Feature(f"{name}_share", PATTERN, f"share of deaths in {words} violence, last 6 months", Reads.SHARE), now
        yield (
            Feature(f"{name}_shift", PATTERN, f"that share less the two years before ({words})", Reads.PLAIN),
            now - then,
        )
        yield _ratio(
            f"{name}_rise", f"deaths in {words} violence, 6 months against two years before", _against(part, NOW)
        )


def _around(history: History) -> Iterator[tuple[Feature, Grid]]:
    """The neighbours and the whole country against this province, and against their own past."""
    deaths = history.deaths.astype(np.float64)
    touch = touching(history.neighbours)
    count = np.maximum(touch.sum(axis=1), 1)[:, None]
    near = touch @ deaths / count
    yield _ratio("near_rise", "neighbours' last 3 months against the two years before", _against(near, 3))
    yield _ratio("near_above", "neighbours' last 6 months against its own", _logs(near, NOW) - _logs(deaths, NOW))
    yield Feature("near_3", PATTERN, "deaths a month of a neighbour, last 3 months"), _logs(near, 3)
    country = deaths.sum(axis=0, keepdims=True)
    wide = np.broadcast_to(_logs(country, 3), deaths.shape).copy()
    yield Feature("country_3", PATTERN, "deaths a month in its country, last 3 months"), wide
    yield _shared(
        "country_rise",
        "its country's last 3 months against the two years before",
        _against(country, 3)[0],
        deaths.shape,
        Reads.RATIO,
    )
    share = _sum(deaths, 12) / np.maximum(_sum(country, 12), 1)
    yield Feature("of_country", PATTERN, "share of its country's deaths, last 12 months", Reads.SHARE), share


def _ratio(name: str, words: str, grid: Grid) -> tuple[Feature, Grid]:
    return Feature(name, PATTERN, words, Reads.RATIO), grid


def _shared(
    name: str, words: str, of_country: NDArray[np.float64], shape: tuple[int, ...], reads: Reads = Reads.PLAIN
) -> tuple[Feature, Grid]:
    return Feature(name, PATTERN, words, reads), np.broadcast_to(of_country, shape).copy()


def _logs(grid: Grid, months: int) -> Grid:
    return np.asarray(np.log1p(trailing_mean(grid, months)))


def _against(grid: Grid, months: int) -> Grid:
    """Log ratio of the last months' mean to that of the two years before them."""
    return _logs(grid, months) - np.log1p(lagged(trailing_mean(grid, BEFORE), months))


def _sum(grid: Grid, months: int) -> Grid:
    return trailing_mean(grid, months) * np.minimum(np.arange(1, grid.shape[1] + 1), months)
