"""Forecasts as quantiles by area and month, their draws as files, and the history they saw."""

from typing import Annotated

import polars as pl
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from tocsin.web.service.answers import Listing, Made, about_of, kept_answer, notes_of, of_table, rows_answer
from tocsin.web.service.asking import Asks, Pages
from tocsin.web.service.filters import Areas, FromMonth, LevelAsked, ToMonth, within
from tocsin.web.service.formats import COLUMNAR, TABULAR, ColumnarForm, TabularForm, as_file, chosen, documented
from tocsin.web.service.shapes import LevelWord, Month, Page, Shape, Share
from tocsin.web.service.tables import by_month, columns, named, only_areas, table_of

ROUTER = APIRouter(tags=["forecasts"])
Count = Annotated[float, Field(ge=0)]
Horizon = Annotated[int | None, Query(ge=1, le=36, description="months after the last one seen")]


class ForecastRow(Shape):
    """Deaths forecast for an area and month: mean and quantiles over draws, and probabilities of a month so deadly."""

    level: LevelWord
    area_id: str
    area: str | None
    origin: Month = Field(description="the last month seen")
    month: Month
    horizon: int = Field(ge=1)
    mean: Count
    q05: Count | None
    q10: Count | None
    q25: Count | None
    q50: Count | None
    q75: Count | None
    q90: Count | None
    q95: Count | None
    p_25: Share | None = Field(description="probability of 25 or more deaths in the month")
    p_100: Share | None
    p_300: Share | None
    p_1000: Share | None


class SeriesRow(Shape):
    """Deaths counted in an area and month; null is unknown."""

    level: LevelWord
    area_id: str
    area: str | None
    month: Month
    deaths: Count | None
    deaths_sb: Count | None = Field(description="in state-based fighting")
    deaths_ns: Count | None = Field(description="in fighting of others with each other")
    deaths_os: Count | None = Field(description="by violence against civilians")


@ROUTER.get("/cases/{case}/forecasts", response_model=Page[ForecastRow], responses=documented(TABULAR))
def forecasts(
    asked: Pages, level: LevelAsked = None, area: Areas = None, horizon: Horizon = None, form: TabularForm = None
) -> Response:
    """Forecasts by area and month, as quantiles. Never finer than a province and a month."""

    def find() -> Listing:
        held = only_areas(asked, by_month(table_of(asked, "ahead"), "origin", "month"), area)
        held = held if level is None else held.filter(pl.col("level") == level)
        held = held if horizon is None else held.filter(pl.col("horizon") == horizon)
        return of_table(columns(named(asked, held), list(ForecastRow.model_fields)))

    return rows_answer(asked, Page[ForecastRow], find, form=form)


@ROUTER.get("/cases/{case}/draws", response_class=Response, responses=documented(COLUMNAR))
def draws(asked: Asks, level: LevelAsked = None, form: ColumnarForm = None) -> Response:
    """Every draw of the forecast of countries (or provinces), as Parquet or Arrow."""
    name = "draws-admin1" if level == "admin1" else "draws"
    picked = chosen(asked.request, form, COLUMNAR)
    asked.needs(name)
    return kept_answer(
        asked, picked, lambda: Made(as_file(asked.edition.table(name), picked, notes=notes_of(about_of(asked))))
    )


@ROUTER.get("/cases/{case}/series", response_model=Page[SeriesRow], responses=documented(TABULAR))
def series(
    asked: Pages, *, level: LevelAsked = None, area: Areas = None, first: FromMonth = None, last: ToMonth = None,
    form: TabularForm = None,
) -> Response:  # fmt: skip
    """Deaths counted by area and month, as the forecasts saw them."""

    def find() -> Listing:
        held = within(only_areas(asked, by_month(table_of(asked, "series"), "month"), area), first, last)
        held = held if level is None else held.filter(pl.col("level") == level)
        return of_table(columns(named(asked, held), list(SeriesRow.model_fields)))

    return rows_answer(asked, Page[SeriesRow], find, form=form)
