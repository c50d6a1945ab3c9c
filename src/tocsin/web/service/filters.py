"""Parameters that several resources share."""

from __future__ import annotations

from typing import Annotated

import polars as pl
from fastapi import Query

from tocsin.web.service.shapes import LevelWord

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
LevelAsked = Annotated[LevelWord | None, Query(description="country, or admin1 for provinces; nothing finer is given")]
AreaText = Annotated[str, Query(min_length=1, max_length=100)]
Areas = Annotated[
    list[AreaText] | None, Query(max_length=200, description="only these areas, by their ids; may be given several times")
]  # fmt: skip
FromMonth = Annotated[str | None, Query(alias="from", pattern=MONTH, description="the first month wanted, as 2013-01")]
ToMonth = Annotated[str | None, Query(alias="to", pattern=MONTH, description="the last month wanted, as 2013-12")]
MonthAsked = Annotated[str | None, Query(pattern=MONTH)]


def within(table: pl.DataFrame, first: str | None, last: str | None, *, column: str = "month") -> pl.DataFrame:
    """Rows from one month to another, both included."""
    held = table if first is None else table.filter(pl.col(column) >= first)
    return held if last is None else held.filter(pl.col(column) <= last)
