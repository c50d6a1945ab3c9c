"""News counts as monthly signals of a history: shares of all events, for months that were counted and no others."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, Where
from tocsin.vocabulary import AreaIds, Level, Month

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from tocsin.panel.country_ids import CountryIds
    from tocsin.panel.history import History

    Grid = NDArray[np.float64]  # (areas, months)

GROUPS = {
    "news_protest_per_1000": ("protest",),
    "news_threat_per_1000": ("threat", "force_posture"),
    "news_coercion_per_1000": ("coercion",),
    "news_violence_per_1000": ("assault", "fight", "mass_violence"),
}
"""Signals, and the kinds of events each counts, per 1000 events of every kind."""

ATTENTION = "news_attention_per_100000"
"""Events in the area per 100,000 events in all areas of the table."""

KNOWN = "share_news_known"
"""1 where a month was counted, 0 where it was not; with `Gaps.MARK` only."""

ENOUGH_EXPORTS = 0.9
"""A month of which less was counted is unknown."""

PRIOR_EVENTS = 50
"""Shares of few events are drawn to the share in all areas, as if so many more had been seen at that share."""


class Gaps(StrEnum):
    """What becomes of months of a history that the news do not cover."""

    REFUSE = "refuse"
    MARK = "mark"


def known_on(month: Month) -> date:
    """The day on which a month's news are known: the first of the next, as they are counted by day of publication.

    Example:
        >>> str(known_on(Month.parse("2019-10")))
        '2019-11-01'
    """
    return (month + 1).first_day


def with_news(
    history: History, news: pl.DataFrame, *, gaps: Gaps = Gaps.REFUSE, countries: CountryIds | None = None
) -> History:
    """The history with news among its signals; nothing after its origin is read.

    A month that was not counted, or of which fewer than nine in ten exports were, is unknown, never zero; so is every
    month of an area that the news never name. An area without events in a month that was counted, and with some in
    another, has the share of all areas.

    Args:
        history: of countries or provinces.
        news: `level`, `area` (ISO3; ISO3/province), `month_id`, `kind`, `events`, `all_events`, `exports` and
            `exports_expected`, as `tocsin.sources.gdelt_news.read_news` gives them.
        gaps: whether a history with unknown months is refused, or gets the middle value of all areas in them beside a
            signal that says which months are known.
        countries: conversion of ids, for histories by GW or VIEWS.

    Raises:
        OutOfRange: the level is not that of any news, no area is in both, or months or areas are unknown and are to be
            refused.
    """
    rows = _by_area(history, news.filter(pl.col("month_id") <= history.origin.id), countries)
    known = _known(history, rows)
    _check(history, known, gaps)
    signals = {name: _share(history, rows, kinds) for name, kinds in GROUPS.items()}
    signals[ATTENTION] = _attention(history, rows)
    filled = {name: _filled(grid, known) for name, grid in signals.items()}
    if gaps is Gaps.MARK:
        filled[KNOWN] = known.astype(float)
    return replace(history, signals={**history.signals, **filled})


def areas_without_news(history: History, news: pl.DataFrame, *, countries: CountryIds | None = None) -> tuple[str, ...]:
    """Areas of a history that have no event in any month: spelt otherwise in the news, or never in them."""
    found = set(_by_area(history, news, countries)["area"].to_list())
    return tuple(area for area in history.areas if area not in found)


def _by_area(history: History, news: pl.DataFrame, countries: CountryIds | None) -> pl.DataFrame:
    """Rows of the history's level, by its ids."""
    if history.level is Level.CELL:
        raise OutOfRange("news are counted by country and province, not by cell", hint="take a coarser level")
    rows = news.filter(pl.col("level") == history.level.value)
    if history.ids in (AreaIds.ISO3, AreaIds.ADMIN1):
        return rows
    if countries is None:
        raise OutOfRange(f"news go by ISO3, the history by {history.ids.value} ids", hint="give a table of countries")
    months = rows["month_id"].unique().to_list()
    pairs = list(countries.pairs(source=AreaIds.ISO3, to=history.ids, months=months))
    key = pl.DataFrame(pairs, schema={"area": pl.String, "month_id": pl.Int32, "id": pl.String}, orient="row")
    named = rows.join(key, on=["area", "month_id"], how="left")
    return named.with_columns(area=pl.coalesce("id", pl.lit("iso3 ") + pl.col("area"))).drop("id")


def _known(history: History, rows: pl.DataFrame) -> NDArray[np.bool_]:
    """Whether each month was counted and the area is in the news at all, shape (areas, months)."""
    enough = rows.filter(pl.col("exports") >= ENOUGH_EXPORTS * pl.col("exports_expected"))
    months = enough["month_id"].unique().to_numpy() - history.first.id
    counted = np.zeros(history.deaths.shape[1], dtype=bool)
    counted[months[(months >= 0) & (months < counted.size)]] = True
    named = np.isin(history.areas, rows["area"].unique().to_list())
    return np.asarray(named[:, None] & counted)


def _check(history: History, known: NDArray[np.bool_], gaps: Gaps) -> None:
    named, counted = known.any(axis=1), known.any(axis=0)
    unknown = [history.first + int(i) for i in np.flatnonzero(~counted)]
    if not known.any():
        raise OutOfRange(
            "no month of the history was counted for any of its areas",
            where=Where("news"),
            hint=f"the history goes by {history.ids.value} ids, as {history.areas[0]}, from {history.first} to {history.origin}",
        )
    if gaps is Gaps.MARK:
        return
    if unknown:
        since = history.first + int(np.flatnonzero(counted)[0])
        raise OutOfRange(
            f"the news were not counted in {len(unknown)} of {counted.size} months, from {unknown[0]} to {unknown[-1]}",
            where=Where("news", field="month_id"),
            hint=f"begin the history at {since} or count these months; or mark what is unknown",
        )
    silent = [history.areas[i] for i in np.flatnonzero(~named & history.present.any(axis=1))]
    if silent:
        raise OutOfRange(
            f"the news never name {len(silent)} of {named.size} areas: {', '.join(silent[:5])}",
            where=Where("news", field="area"),
            hint="write the news for all countries, or mend the names; or mark what is unknown",
        )


def _share(history: History, rows: pl.DataFrame, kinds: tuple[str, ...]) -> Grid:
    """Events of some kinds per 1000 of every kind, drawn to the share of all areas where there are few."""
    events = _grid(history, rows.filter(pl.col("kind").is_in(list(kinds))), "events")
    every = _grid(history, rows.filter(pl.col("kind") == "all"), "events")
    world = _in_all(history, rows, kinds) / np.maximum(_in_all(history, rows, ("all",)), 1)
    return np.asarray(1000 * (events + PRIOR_EVENTS * world) / (every + PRIOR_EVENTS))


def _attention(history: History, rows: pl.DataFrame) -> Grid:
    every = _grid(history, rows.filter(pl.col("kind") == "all"), "events")
    return np.asarray(100_000 * every / np.maximum(_in_all(history, rows, ("all",)), 1))


def _grid(history: History, rows: pl.DataFrame, column: str) -> Grid:
    """Sums by area and month of the history, shape (areas, months); 0 where there is no row."""
    place = {area: i for i, area in enumerate(history.areas)}
    grid = np.zeros(history.deaths.shape)
    for area, month_id, value in rows.group_by("area", "month_id").agg(pl.col(column).sum()).iter_rows():
        month = month_id - history.first.id
        if area in place and 0 <= month < history.deaths.shape[1]:
            grid[place[area], month] = value
    return grid


def _in_all(history: History, rows: pl.DataFrame, kinds: tuple[str, ...]) -> Grid:
    """Events of some kinds in all areas of the table, shape (months,)."""
    sums = np.zeros(history.deaths.shape[1])
    months = rows.filter(pl.col("kind").is_in(list(kinds))).group_by("month_id").agg(pl.col("events").sum())
    for month_id, value in months.iter_rows():
        if 0 <= month_id - history.first.id < sums.size:
            sums[month_id - history.first.id] = value
    return sums


def _filled(grid: Grid, known: NDArray[np.bool_]) -> Grid:
    """The grid with the middle of all known values where unknown: one number, which tells no area from another."""
    return np.where(known, grid, float(np.median(grid[known])))
