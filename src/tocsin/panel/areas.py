"""Which areas a panel holds, since when they exist, and since when they are known of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.vocabulary import UNKNOWN_PROVINCE, AreaIds, Level, province_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.panel.country_ids import CountryIds

AREA_COLUMNS = {"area": pl.String, "name": pl.String, "first_id": pl.Int32, "last_id": pl.Int32, "known_id": pl.Int32}
"""A register of areas: first and last month of existence (null: always, still) and the month it is known since."""

UNKNOWN_CELL = "cell unknown"


def is_unknown(area: str) -> bool:
    """Whether an area stands for events that no area could be given.

    Example:
        >>> is_unknown("IRQ/province unknown"), is_unknown("IRQ/Ninewa")
        (True, False)
    """
    return area == UNKNOWN_CELL or area.endswith(f"/{UNKNOWN_PROVINCE}")


def country_of(area: str, ids: AreaIds) -> str | None:
    """The country an area lies in, in the area's own ids; None for a cell, whose id does not say it."""
    if ids.level is Level.CELL:
        return None
    return area.split("/", maxsplit=1)[0] if ids.level is Level.ADMIN1 else area


def in_order(areas: Iterable[str]) -> list[str]:
    """Areas without repeats, numbers by value and names by the alphabet."""
    return sorted(set(areas), key=lambda area: (int(area) if area.isdecimal() else -1, area))


def register(
    rows: pl.DataFrame, *, ids: AreaIds, declared: Iterable[str] = (), countries: CountryIds | None = None
) -> pl.DataFrame:
    """The register of declared areas and of those that rows speak of.

    An area that was not declared is known of from the end of its first event on, so that the mere name of a place
    where something happens later does not reach a forecast.

    Args:
        rows: a panel table, columns `area` and `known_id`.
        ids: whose ids name the areas.
        declared: areas the source covers even where nothing happened.
        countries: names and dates of statehood, for country ids.
    """
    seen: dict[str, int] = dict(rows.group_by("area").agg(pl.col("known_id").min()).iter_rows())
    told = set(declared)
    entries = [_entry(area, seen.get(area), ids, countries, told=area in told) for area in in_order([*told, *seen])]
    return pl.DataFrame(entries, schema=AREA_COLUMNS, orient="row")


def _entry(
    area: str, seen: int | None, ids: AreaIds, countries: CountryIds | None, *, told: bool
) -> tuple[str, str, int | None, int | None, int | None]:
    if ids.level is not Level.COUNTRY or countries is None:
        return area, province_name(area), None, None, None if told else seen
    span = countries.span(area, ids=ids)
    first = span.first.id if span.first is not None else None
    return area, span.name, first, span.last.id if span.last is not None else None, first if told else seen
