"""The structural profile of a country, from the figures that ship."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from tocsin.assess.profile import Profile, profile_of
from tocsin.assess.profile_drivers import DRIVERS
from tocsin.assess.profile_record import YearlyRecord, yearly_record
from tocsin.errors import UnknownName
from tocsin.sources.country_names import iso3_of_gw
from tocsin.sources.province_names import folded
from tocsin.sources.starter import starter_card, starter_table

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_YEAR = 1980
TYPES = ("deaths_sb_best", "deaths_ns_best", "deaths_os_best")
CARDS = ("drivers", "country_year", "country_month_within")


def profile(area: str) -> Profile:
    """The slow drivers of a country: level, trend, standing, and what such conditions were followed by.

    Args:
        area: a country by ISO3 or name; a province by `IRQ/Ninewa` or name gets its country's, and the profile says so.

    Raises:
        UnknownName: no country or province that ships is called so.
    """
    country, part = country_of(area)
    return profile_of(
        record(), country, iso3=country, name=_names()[country], asked=part,
        cards=tuple(starter_card(name) for name in CARDS),
    )  # fmt: skip


def profiles(countries: Sequence[str]) -> tuple[Profile, ...]:
    """The profiles of those of a case's countries that the figures know; others have none."""
    return tuple(profile(c) for c in countries if c in _names())


def country_of(area: str) -> tuple[str, str | None]:
    """The country an area is or lies in, by ISO3; and the province's name, where it is one.

    Example:
        >>> country_of("iraq"), country_of("IRQ/Ninewa"), country_of("Anbar")
        (('IRQ', None), ('IRQ', 'Ninewa'), ('IRQ', 'Anbar'))

    Raises:
        UnknownName: no country or province that ships is called so.
    """
    names, asked = _names(), area.strip()
    head, parted, tail = asked.partition("/")
    if parted and tail and head.upper() in names:
        return head.upper(), tail
    if asked.upper() in names:
        return asked.upper(), None
    by_name = {folded(name): iso3 for iso3, name in names.items()}
    if folded(asked) in by_name:
        return by_name[folded(asked)], None
    provinces = starter_table("outlines_admin1").select("country", "name").iter_rows()
    held = {folded(name): (country, name) for country, name in provinces if country in names}
    if folded(asked) in held:
        return held[folded(asked)]
    raise UnknownName.of("country or province", asked[:60], names.values())


@cache
def _names() -> dict[str, str]:
    """Names of the countries of the record that still exist, by ISO3."""
    today = starter_table("countries").filter(pl.col("last_month_id").is_null()).drop_nulls("iso3")
    return {iso3: name for iso3, name in today.select("iso3", "name").iter_rows() if iso3 in record().countries}


@cache
def record() -> YearlyRecord:
    """Drivers and deaths of every country and year that ship."""
    deaths = (
        _by_country(starter_table("country_year"))
        .group_by("country", "year")
        .agg(deaths=pl.sum_horizontal(TYPES).sum())
    )
    columns = {d.key: d.column for d in DRIVERS}
    drivers = (
        _by_country(starter_table("drivers")).sort("gwcode").group_by("country", "year")
        .agg(pl.col(name).drop_nulls().last() for name in columns.values())
    )  # fmt: skip
    months = _by_country(starter_table("country_month_within")).filter(pl.col("deaths_all_within") > 0).select(
        "country", year=1980 + (pl.col("month_id") - 1) // 12, month=(pl.col("month_id") - 1) % 12 + 1
    )  # fmt: skip
    last = int(starter_table("country_year")["year"].max())  # type: ignore[arg-type]  # a column of whole numbers
    return yearly_record(drivers, deaths, months, columns=columns, first=FIRST_YEAR, last=last)


def _by_country(table: pl.DataFrame) -> pl.DataFrame:
    """A table by ISO3; a state that has none goes by its Gleditsch-Ward number."""
    code = pl.col("gwcode").cast(pl.Int64)
    named = code.replace_strict(iso3_of_gw(), default=None, return_dtype=pl.String)
    return table.with_columns(country=named.fill_null(pl.format("gw{}", code)))
