"""Entries of the United States' list of designations that concern the region, and places of the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part

if TYPE_CHECKING:
    from pathlib import Path

SDN = "designations/ofac_sdn_2024-05-03.parquet"
ALIASES = "designations/ofac_aliases_2021.parquet"
PLACES = "geography/places.csv"

PROGRAMS = "IRAQ|SYRIA|LEBANON|IRAN|IRGC|IFSR|IFCA|HRIT-IR|BALKANS"
REMARKS = r"(?i)\b(iraq|syria|leban|iran|kosovo|serbia|bosnia|montenegro|albania|macedonia)"
ISO3_OF_ISO2 = {"IQ": "IRQ", "SY": "SYR", "LB": "LBN", "XK": "XKX"}


def designations(folder: Path) -> pl.DataFrame:
    """Entries whose programme or remarks concern Iraq, Syria, Lebanon, Iran, Kosovo or the Balkans.

    Names, types and programmes are as published; remarks (dates of birth, passports, addresses) are left out.
    """
    table = pl.read_parquet(folder / SDN)
    concerned = pl.col("program").str.contains(PROGRAMS) | pl.col("remarks").str.contains(REMARKS)
    return (
        table.filter(concerned.fill_null(value=False))
        .sort("ent_num")
        .select(
            pl.col("ent_num").cast(pl.Int32),
            pl.col("sdn_name").alias("name"),
            pl.col("sdn_type").fill_null("entity").alias("type"),
            pl.col("program").str.replace_all("] [", "; ", literal=True),
        )
    )


def designation_aliases(folder: Path) -> pl.DataFrame:
    """Other names of those entries, with the kind of alias as published (aka, fka, nka)."""
    chosen = designations(folder).select(pl.col("ent_num").cast(pl.Int64))
    return (
        pl.read_parquet(folder / ALIASES)
        .join(chosen, on="ent_num", how="semi")
        .select(pl.col("ent_num").cast(pl.Int32), pl.col("alt_name").alias("alias"), pl.col("alt_type").alias("kind"))
        .unique()
        .sort("ent_num", "alias", "kind")
    )


def places(folder: Path) -> pl.DataFrame:
    """Towns of Iraq, Syria, Lebanon and Kosovo to a hundredth of a degree."""
    table = pl.read_csv(folder / PLACES, infer_schema_length=None)
    return table.sort("countrycode", "geonameid").select(
        pl.col("geonameid").cast(pl.Int32),
        "name",
        pl.col("countrycode").replace_strict(ISO3_OF_ISO2).alias("country"),
        pl.col("admin1code").cast(pl.Int32),
        pl.col("latitude").round(2).alias("lat"),
        pl.col("longitude").round(2).alias("lon"),
        pl.col("population").cast(pl.Int32),
        pl.col("gid").cast(pl.Int32),
    )


PARTS = (
    Part("designations", (SDN,), designations),
    Part("designation_aliases", (SDN, ALIASES), designation_aliases),
    Part("places", (PLACES,), places),
)
