"""GDELT's codes of places and the areas they stand for.

`gdelt_countries.csv`: country codes of FIPS 10-4 (GEOPM0002 among those still in use at GDELT, such as YI for Serbia)
and ISO 3166-1; XKX for Kosovo, PSE for both West Bank and Gaza. `gdelt_provinces.csv`: FIPS codes of provinces with
the house's names, from Natural Earth (public domain), where one code stands for one unit there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.gdelt import UNKNOWN_COUNTRY
from tocsin.vocabulary import UNKNOWN_PROVINCE

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDE = "00"
"""Ends the code of an event somewhere in a country."""


@cache
def iso3_of_fips() -> Mapping[str, str]:
    """ISO3 by two-letter FIPS country code.

    Example:
        >>> iso3_of_fips()["IZ"], iso3_of_fips()["SU"], iso3_of_fips()["YI"]
        ('IRQ', 'SDN', 'SRB')
    """
    return dict(_table("gdelt_countries.csv").iter_rows())


@cache
def province_of_fips() -> Mapping[str, str]:
    """The house's name of a province by four-letter FIPS code.

    Example:
        >>> province_of_fips()["IZ15"]
        'Ninewa'
    """
    return dict(_table("gdelt_provinces.csv").iter_rows())


def areas_of(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with `iso3` and `area` (a province of the country, named or by its code; or province unknown).

    Args:
        cells: `country` and `adm1` as GDELT gives them, null where none.
    """
    pairs = cells.select("country", "adm1").unique()
    named = [(country, adm1, *_area(country, adm1)) for country, adm1 in pairs.iter_rows()]
    schema = {"country": pl.String, "adm1": pl.String, "iso3": pl.String, "area": pl.String}
    return cells.join(pl.DataFrame(named, schema, orient="row"), on=["country", "adm1"], how="left", nulls_equal=True)


def _area(country: str | None, adm1: str | None) -> tuple[str, str]:
    iso3 = iso3_of_fips().get(country or "")
    if iso3 is None:
        return UNKNOWN_COUNTRY, f"{UNKNOWN_COUNTRY}/{UNKNOWN_PROVINCE}"
    in_country = adm1 is not None and len(adm1) == 4 and adm1.isalnum() and adm1.isascii()
    if adm1 is None or not in_country or not adm1.startswith(country or "-") or adm1.endswith(WIDE):
        return iso3, f"{iso3}/{UNKNOWN_PROVINCE}"
    return iso3, f"{iso3}/{province_of_fips().get(adm1, adm1)}"


def _table(name: str) -> pl.DataFrame:
    return pl.read_csv((files("tocsin") / "sources" / name).read_bytes(), infer_schema=False, null_values=[])
