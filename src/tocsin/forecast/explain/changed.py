"""A history with something changed in one area: what a model is asked about again to explain what it said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.panel.history import History

YEAR = 12
Number = TypeVar("Number", bound=np.generic)


def only_here(history: History, *, area: int) -> History:
    """The same history with one area alone present at the origin, so that a model draws for it alone."""
    present = history.present.copy()
    present[:, -1] = False
    present[area, -1] = True
    return replace(history, present=present)


def around(history: History, *, area: int) -> tuple[History, int]:
    """The area, its neighbours, and all others summed as one: what features of the area rest on.

    A slow driver that is not known stands at the median of all areas, as in the features of all.

    Returns:
        The small history, and the area's place in it.
    """
    kept = [area, *history.neighbours[area]]
    others = np.setdiff1d(np.arange(len(history.areas)), kept)
    place = {a: i for i, a in enumerate(kept)}
    near = tuple(tuple(place[b] for b in history.neighbours[a] if b in place) for a in kept)
    return replace(
        history, areas=(*(history.areas[a] for a in kept), "others"), names=(*(history.names[a] for a in kept), "others"),
        deaths=np.vstack([history.deaths[kept], history.deaths[others].sum(axis=0, keepdims=True)]),
        present=np.vstack([history.present[kept], np.zeros((1, history.present.shape[1]), dtype=bool)]),
        neighbours=(*near, ()), signals={k: _with_none(v[kept]) for k, v in history.signals.items()},
        slow={k: _with_none(_filled(v, kept)) for k, v in history.slow.items()},
    ), 0  # fmt: skip


def _with_none(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.vstack([grid, np.zeros((1, grid.shape[1]))])


def _filled(grid: NDArray[np.float64], kept: Sequence[int]) -> NDArray[np.float64]:
    mine = grid[kept]
    unknown = np.isnan(mine)
    return np.where(unknown, middle(grid), mine) if unknown.any() else mine


def middle(grid: NDArray[np.float64]) -> float:
    """The median of what is known; 0 where nothing is."""
    known = grid[~np.isnan(grid)]
    return float(np.median(known)) if known.size else 0.0


def without_last_year(history: History, *, area: int) -> History:
    """No deaths, and no other sign of violence, in the area's last twelve months."""
    return _cleared(history, [area], slice(-YEAR, None))


def without_record_before(history: History, *, area: int) -> History:
    """No deaths, and no other sign of violence, in the area before its last twelve months."""
    return _cleared(history, [area], slice(None, -YEAR))


def with_peaceful_neighbours(history: History, *, area: int) -> History:
    """No deaths among the area's neighbours in the whole record."""
    return _cleared(history, history.neighbours[area], slice(None))


def with_middling_drivers(history: History, *, area: int) -> History:
    """Every slow driver of the area at the median of all areas and months."""
    slow = {name: grid.copy() for name, grid in history.slow.items()}
    for grid in slow.values():
        grid[area] = middle(grid)
    return replace(history, slow=slow)


def _cleared(history: History, areas: Sequence[int], months: slice) -> History:
    deaths = history.deaths.copy()
    signals = {name: grid.copy() for name, grid in history.signals.items()}
    for grid in (deaths, *signals.values()):
        for area in areas:
            grid[area, months] = 0
    return replace(history, deaths=deaths, signals=signals)


def continued(history: History, *, months: int) -> History:
    """The history with as many months more, in which every area repeats its last months."""
    return replace(
        history, deaths=_repeated(history.deaths, months), present=_held(history.present, months),
        signals={k: _repeated(v, months) for k, v in history.signals.items()},
        slow={k: _held(v, months) for k, v in history.slow.items()},
    )  # fmt: skip


def _repeated(grid: NDArray[Number], months: int) -> NDArray[Number]:
    return np.concatenate([grid, grid[:, -months:]], axis=1)


def _held(grid: NDArray[Number], months: int) -> NDArray[Number]:
    return np.concatenate([grid, np.repeat(grid[:, -1:], months, axis=1)], axis=1)


def capped(history: History, *, area: int, months: int, most: int) -> History:
    """No month of the last `months` above `most` deaths; the area's other signs of violence fall as its deaths do."""
    deaths = history.deaths.copy()
    before = history.deaths[area, -months:]
    after = np.minimum(before, most)
    deaths[area, -months:] = after
    left = after / np.maximum(before, 1)
    signals = {name: grid.copy() for name, grid in history.signals.items()}
    for grid in signals.values():
        grid[area, -months:] *= np.where(before > 0, left, 1.0)
    return replace(history, deaths=deaths, signals=signals)


def neighbours_at(history: History, *, area: int, months: int, share: float) -> History:
    """The neighbours' deaths of the last `months` at a share of what they were, rounded."""
    deaths = history.deaths.copy()
    for near in history.neighbours[area]:
        deaths[near, -months:] = np.round(share * deaths[near, -months:]).astype(np.int64)
    return replace(history, deaths=deaths)
