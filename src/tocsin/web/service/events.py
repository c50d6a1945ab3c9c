"""Events by point and month, and replays: what would have been said, beside what came."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import polars as pl
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from tocsin.web.service.answers import Listing, of_table, rows_answer
from tocsin.web.service.areas import feature
from tocsin.web.service.asking import Pages
from tocsin.web.service.filters import MONTH, Areas, FromMonth, ToMonth, within
from tocsin.web.service.formats import PLACED, TABULAR, PlacedForm, TabularForm, documented
from tocsin.web.service.shapes import Month, Page, Shape, Share, Tenth
from tocsin.web.service.tables import by_month, columns, named, only_areas, table_of, tenths

ROUTER = APIRouter(tags=["events"])
SAME = ["area_id", "month", "lat", "lon", "violence"]
Kind = Literal["sb", "ns", "os", "state-based", "non-state", "one-sided"]


class EventRow(Shape):
    """Events of a point of 0.1 degree, a month and a type of violence, added up."""

    area_id: str
    area: str | None
    month: Month
    lat: Tenth
    lon: Tenth
    violence: str = Field(description="sb: state-based; ns: of others with each other; os: against civilians")
    deaths_best: float | None
    events: int = Field(ge=0)


class ReplayRow(Shape):
    """What one model would have said of a province from an origin, and what came."""

    model: str
    area_id: str
    area: str | None
    origin: Month
    rank: int = Field(ge=1)
    p: Share
    came: bool | None = Field(description="whether escalation came within the window; null where that is not known")
    peak: float | None = Field(description="deaths in the worst month that came within the window")


@ROUTER.get("/cases/{case}/events", response_model=Page[EventRow], responses=documented(PLACED))
def events(
    asked: Pages,
    *,
    area: Areas = None,
    first: FromMonth = None,
    last: ToMonth = None,
    violence: Annotated[Kind | None, Query(description="only this type of violence")] = None,
    form: PlacedForm = None,
) -> Response:
    """Events by point and month. Points are rounded to 0.1 degree and months are whole, never finer."""

    def find() -> Listing:
        held = tenths(by_month(table_of(asked, "points"), "month"))
        held = within(only_areas(asked, held, area), first, last)
        held = held if violence is None else held.filter(pl.col("violence") == violence)
        added = held.group_by(SAME, maintain_order=True).agg(pl.col("deaths_best", "events").sum())
        return of_table(columns(named(asked, added), list(EventRow.model_fields)), features=_point)

    return rows_answer(asked, Page[EventRow], find, form=form, forms=PLACED)


@ROUTER.get("/cases/{case}/replays", response_model=Page[ReplayRow], responses=documented(TABULAR))
def replays(
    asked: Pages,
    *,
    origin: Annotated[str | None, Query(pattern=MONTH, description="the last month seen, as 2014-05")] = None,
    model: Annotated[str | None, Query(max_length=60, description="only this model")] = None,
    area: Areas = None,
    form: TabularForm = None,
) -> Response:
    """What would have been said of provinces from past origins, beside what came. Not a time machine: see docs."""

    def find() -> Listing:
        held = only_areas(asked, by_month(table_of(asked, "replays"), "origin"), area)
        held = held if origin is None else held.filter(pl.col("origin") == origin)
        held = held if model is None else held.filter(pl.col("model") == model)
        return of_table(columns(named(asked, held), list(ReplayRow.model_fields)))

    return rows_answer(asked, Page[ReplayRow], find, form=form)


def _point(row: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in row.items() if key not in {"lat", "lon"}}
    return feature(rest, {"type": "Point", "coordinates": [row["lon"], row["lat"]]})
