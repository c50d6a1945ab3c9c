"""The pool of provinces that ships, for models that learn from more than the provinces they forecast."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.panel.dating import MultiMonth
from tocsin.panel.history import History
from tocsin.panel.neighbours import Neighbours
from tocsin.panel.provinces.pool import pool_of_provinces
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from tocsin.panel.panel import Panel


@cache
def shipped_pool() -> tuple[Panel, Neighbours]:
    """The pooled panel of the figures that ship, and which of its provinces touch."""
    card = starter_card("province_month")
    borders = starter_table("province_borders")
    pairs = borders.drop_nulls("neighbour").select("area", "neighbour").rows()
    areas = sorted({*borders["area"].to_list(), *borders["neighbour"].drop_nulls().to_list()})
    panel = pool_of_provinces(
        starter_table("province_month"), covers=card.covers, areas=areas, rule=MultiMonth.SPLIT,
        vintage=f"{card.vintage}, {MultiMonth.SPLIT.brief}",
    )  # fmt: skip
    return panel, Neighbours.of_pairs(pairs)


@lru_cache(maxsize=4)
def others_known_on(origin: Month, *, target: str, without: Collection[str]) -> History | None:
    """The shipped provinces of countries other than `without`, as known at an origin; None where there are none.

    Args:
        origin: last month seen.
        target: what is counted.
        without: countries (ISO3) that the asker has figures of; a frozenset.
    """
    panel, near = shipped_pool()
    if target not in panel.targets or not panel.first < origin:
        return None
    seen = panel.history(target=target, origin=min(origin, panel.last), neighbours=near)
    kept = [i for i, a in enumerate(seen.areas) if a.split("/")[0] not in without and seen.present[i].any()]
    return _of_areas(seen, kept) if kept else None


def _of_areas(history: History, rows: list[int]) -> History:
    at = {row: i for i, row in enumerate(rows)}
    return History(
        history.ids, history.target, history.vintage, tuple(history.areas[i] for i in rows),
        tuple(history.names[i] for i in rows), history.first, history.deaths[rows], history.present[rows],
        tuple(tuple(at[b] for b in history.neighbours[i] if b in at) for i in rows),
        {name: grid[rows] for name, grid in history.signals.items()},
    )  # fmt: skip


def joined(history: History, others: History) -> History:
    """One history of both, ending at the first one's origin: the months of each beyond its record are absent.

    Signals that only one of them has are left out, and slow drivers.

    Example:
        >>> from tocsin.vocabulary import AreaIds
        >>> def one(area: str, first: int, deaths: list[int]) -> History:
        ...     grid = np.array([deaths])
        ...     return History(AreaIds.ADMIN1, "deaths_all", "", (area,), (area,), Month(first), grid, grid >= 0, ((),))
        >>> both = joined(one("AAA/x", 10, [1, 2, 3]), one("BBB/y", 8, [4, 5, 6]))
        >>> both.deaths.tolist(), both.present[1].tolist(), both.origin.id
        ([[0, 0, 1, 2, 3], [4, 5, 6, 0, 0]], [True, True, True, False, False], 12)
    """
    first, last = min(history.first, others.first), history.origin
    months = last - first + 1
    parts = (history, others)
    shift = len(history.areas)
    shared = sorted(set(history.signals) & set(others.signals))

    def laid(mine: NDArray[Any], theirs: NDArray[Any]) -> NDArray[Any]:
        pairs = zip((mine, theirs), parts, strict=True)
        return np.concatenate([_laid(grid, at=part.first - first, months=months) for grid, part in pairs])

    return History(
        AreaIds.ADMIN1, history.target, history.vintage, history.areas + others.areas, history.names + others.names, first,
        laid(history.deaths, others.deaths), laid(history.present, others.present),
        history.neighbours + tuple(tuple(b + shift for b in near) for near in others.neighbours),
        {name: laid(history.signals[name], others.signals[name]) for name in shared},
    )  # fmt: skip


def _laid(grid: NDArray[Any], *, at: int, months: int) -> NDArray[Any]:
    out = np.zeros((grid.shape[0], months), dtype=grid.dtype)
    kept = grid[:, : months - at]
    out[:, at : at + kept.shape[1]] = kept
    return out
