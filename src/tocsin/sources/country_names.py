"""Gleditsch-Ward numbers of countries and the ISO 3166-1 codes of the states they stand for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl

NATURAL_EARTH = {"ALD": "ALA", "KOS": "XKX", "PSX": "PSE", "SAH": "ESH", "SDS": "SSD"}
"""Natural Earth's own letters for countries, where they are not ISO 3166-1's (XKX is the usual code for Kosovo)."""


@cache
def gw_countries() -> pl.DataFrame:
    """States and the years they existed: code, iso3 (null where none was given), name, first_year, last_year.

    A state that was interrupted has a row for each spell; last_year is null where it still exists.

    Source: Gleditsch & Ward (1999) doi:10.1080/03050629908434958.
    """
    text = (files("tocsin") / "starter" / "gw_iso3.csv").read_bytes()
    return pl.read_csv(text, schema_overrides={"last_year": pl.Int64})


@cache
def iso3_of_gw() -> dict[int, str]:
    """ISO3 by Gleditsch-Ward number; 345, the Yugoslav states, stands as SRB as UCDP uses it.

    Example:
        >>> iso3_of_gw()[645], iso3_of_gw()[678]
        ('IRQ', 'YEM')
    """
    known = gw_countries().drop_nulls("iso3").sort("first_year")
    return dict(known.select("code", "iso3").iter_rows())


def iso3_of_natural_earth(code: str) -> str:
    """ISO3 of a country by Natural Earth's letters.

    Example:
        >>> iso3_of_natural_earth("SDS"), iso3_of_natural_earth("IRQ")
        ('SSD', 'IRQ')
    """
    return NATURAL_EARTH.get(code, code)
