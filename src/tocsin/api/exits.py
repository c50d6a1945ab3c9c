"""What followed when missions left, from the figures that ship, beside all country-years; and what studies found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.assess.exits import Exits
from tocsin.errors import UnknownName
from tocsin.mission.exits import BAND, beside
from tocsin.sources.country_names import gw_countries, iso3_of_gw
from tocsin.sources.effect_evidence import evidence_cards
from tocsin.sources.exit_measure import MEASURES, before_and_after
from tocsin.sources.starter import starter_card, starter_table

if TYPE_CHECKING:
    from collections.abc import Sequence


def mission_exits(*, countries: Sequence[str] = ()) -> Exits:
    """What followed when missions left, beside all country-years, and what studies found.

    Args:
        countries: ISO3; the rows of these only, all where none is named. The comparisons are always of all exits.

    Raises:
        UnknownName: a country is not known.
    """
    for country in countries:
        check_country(country)
    exits = starter_table("mission_exits")
    everywhere = before_and_after(starter_table("country_year"))
    rows = exits.with_columns(iso3=pl.col("gwcode").replace_strict(iso3_of_gw(), default=None, return_dtype=pl.String))
    shown = rows.filter(pl.col("iso3").is_in(list(countries))) if countries else rows
    found = tuple(beside(exits, everywhere, measure=m, band=band) for m in MEASURES for band in (None, BAND))
    card = starter_card("mission_exits")
    return Exits(shown, found, evidence_cards(), card.faults, (card, starter_card("country_year")), rows)


def check_country(country: str) -> None:
    """Check that a code is that of a country.

    Raises:
        UnknownName: it is not; the nearest that is is named.
    """
    known = set(gw_countries()["iso3"].drop_nulls()) | set(starter_table("outlines_country")["iso3"])
    if country not in known:
        raise UnknownName.of("country (ISO3)", country, known)
