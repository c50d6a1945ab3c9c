"""Events of an area by month, at a tenth of a degree, and the pairs of sides behind the deaths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.vocabulary import Level, Violence
from tocsin.web.figures.per_edition import per_edition, table_of

if TYPE_CHECKING:
    from tocsin.editions import Edition
    from tocsin.web.figures.areas import KnownArea


@dataclass(frozen=True, slots=True)
class Lain:
    """Events of one type that lay at one tenth of a degree in one month.

    Attributes:
        lat: degrees north, to 0.1.
        lon: degrees east, to 0.1.
        violence: their type.
        deaths: best estimate.
        events: how many.
    """

    lat: float
    lon: float
    violence: Violence
    deaths: int
    events: int


@dataclass(frozen=True, slots=True)
class SidePair:
    """Two sides, and the deaths of a year between them."""

    side_a: str
    side_b: str
    deaths: int


def _within(area: KnownArea) -> pl.Expr:
    """Rows of the area; a country holds its provinces."""
    own = pl.col("area_id") == area.area_id
    return own if area.level is Level.ADMIN1 else own | pl.col("area_id").str.starts_with(f"{area.area_id}/")


def _by_month(edition: Edition, name: str) -> pl.DataFrame | None:
    """A table whose months are whole, whatever days the edition was given; None where it holds none."""
    table = table_of(edition, name)
    return None if table is None else table.with_columns(pl.col("month").str.slice(0, 7))


@per_edition(64)
def event_months(edition: Edition, area: KnownArea) -> tuple[str, ...]:
    """Months with events whose place is known, from the first to the last."""
    table = _by_month(edition, "points")
    return () if table is None else tuple(sorted(set(table.filter(_within(area))["month"])))


@per_edition(64)
def events_in(edition: Edition, area: KnownArea, month: str) -> tuple[Lain, ...]:
    """Events of a month, the deadliest place first."""
    table = _by_month(edition, "points")
    if table is None:
        return ()
    found = (
        table.filter(_within(area), pl.col("month") == month)
        .group_by(pl.col("lat").round(1), pl.col("lon").round(1), "violence")
        .agg(pl.col("deaths_best").sum(), pl.col("events").sum())
        .sort(["deaths_best", "lat", "lon"], descending=[True, False, False])
    )
    return tuple(
        Lain(r["lat"], r["lon"], Violence(r["violence"]), int(r["deaths_best"]), int(r["events"]))
        for r in found.iter_rows(named=True)
    )


@per_edition(64)
def sides_to(edition: Edition, area: KnownArea, month: str, *, most: int = 12) -> tuple[SidePair, ...]:
    """Pairs of sides over the twelve months that end with a month, the deadliest first."""
    table = _by_month(edition, "sides")
    if table is None:
        return ()
    since = f"{int(month[:4]) - 1}{month[4:]}"
    found = (
        table.filter(_within(area), pl.col("month") <= month, pl.col("month") > since)
        .group_by("side_a", "side_b")
        .agg(pl.col("deaths_best").sum())
        .sort(["deaths_best", "side_a", "side_b"], descending=[True, False, False])
        .head(most)
    )
    return tuple(SidePair(r["side_a"], r["side_b"], int(r["deaths_best"])) for r in found.iter_rows(named=True))
