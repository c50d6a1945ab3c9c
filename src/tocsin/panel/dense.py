"""From the rows of a panel to the dense arrays of a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.panel.areas import in_order, is_unknown
from tocsin.panel.history import History
from tocsin.panel.neighbours import Neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from tocsin.vocabulary import AreaIds, Month

TYPES = ("deaths_sb", "deaths_ns", "deaths_os")


def history_of(
    table: pl.DataFrame,
    register: pl.DataFrame,
    *,
    ids: AreaIds,
    vintage: str,
    target: str,
    first: Month,
    last: Month,
    neighbours: Neighbours | None,
    names: Mapping[str, str],
    include_unknown: bool,
) -> History:
    """The history of a panel already cut at its origin.

    Args:
        table: the panel's rows, as `Panel.as_of` leaves them.
        register: the panel's areas, as `Panel.as_of` leaves them.
        ids: whose ids name the areas.
        vintage: which issue of the figures these are.
        target: the column counted.
        first: first month; earlier rows are left out.
        last: last month: the origin.
        neighbours: which areas touch.
        names: names that come before the register's.
        include_unknown: whether areas that stand for "province unknown" are kept.
    """
    known = (a for a in register["area"].to_list() if include_unknown or not is_unknown(a))
    areas = tuple(in_order(known))
    months = last - first + 1
    grids = {name: _grid(table, name, areas, first, months) for name in _columns(table, target)}
    deaths = grids.pop(target)
    called = dict(register.select("area", "name").iter_rows()) | dict(names)
    return History(
        ids=ids,
        target=target,
        vintage=vintage,
        areas=areas,
        names=tuple(called[area] for area in areas),
        first=first,
        deaths=deaths,
        present=_present(register, areas, first, months) | (deaths > 0),
        neighbours=(neighbours or Neighbours()).among(areas),
        signals=dict(_signals(grids)),
    )


def _columns(table: pl.DataFrame, target: str) -> list[str]:
    others = [name for name in (*TYPES, "deaths_low", "deaths_high", "events", "imprecise") if name in table.columns]
    return [target, *(name for name in others if name != target)]


def _grid(table: pl.DataFrame, name: str, areas: tuple[str, ...], first: Month, months: int) -> NDArray[np.int64]:
    """One column summed by area and month, shape (areas, months)."""
    index = {area: i for i, area in enumerate(areas)}
    rows = table.filter(pl.col("area").is_in(list(areas)), pl.col("month_id") >= first.id)
    at = [index[area] for area in rows["area"].to_list()]
    grid = np.zeros((len(areas), months), dtype=np.int64)
    np.add.at(grid, (np.array(at, dtype=np.intp), rows["month_id"].to_numpy() - first.id), rows[name].to_numpy())
    return grid


def _present(register: pl.DataFrame, areas: tuple[str, ...], first: Month, months: int) -> NDArray[np.bool_]:
    spans = {a: (f, t) for a, f, t in register.select("area", "first_id", "last_id").iter_rows()}
    ids = first.id + np.arange(months)
    rows = []
    for start, end in (spans[area] for area in areas):
        rows.append((ids >= (start or ids[0])) & (ids <= (ids[-1] if end is None else end)))
    return np.array(rows, dtype=bool).reshape(len(areas), months)


def _signals(grids: Mapping[str, NDArray[np.int64]]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    for name, grid in grids.items():
        if name != "imprecise":
            yield name, grid.astype(np.float64)
    if "imprecise" in grids:
        yield "share_imprecise", grids["imprecise"] / np.maximum(grids["events"], 1)
