"""The class of missions that left, with deaths before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.part import Part
from tocsin.sources.build.series import YEARLY, country_year
from tocsin.sources.geopko import read_geopko
from tocsin.sources.mission_exits import exits_table

if TYPE_CHECKING:
    from pathlib import Path

GEOPKO = "missions/geopko_v2_3.csv"


def mission_exits(folder: Path) -> pl.DataFrame:
    """Exits by mission, country and measure; figures derived from UCDP Country-Year and Geo-PKO."""
    table = exits_table(read_geopko(folder / GEOPKO).table, country_year(folder))
    return table.with_columns(pl.col("exit_year", "n_post", "gwcode", "start_year").cast(pl.Int16))


PARTS = (Part("mission_exits", (GEOPKO, YEARLY), mission_exits),)
