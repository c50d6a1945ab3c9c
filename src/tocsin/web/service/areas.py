"""Areas and their outlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from tocsin.errors import UnknownName
from tocsin.web.service.answers import Listing, document_answer, of_rows, rows_answer
from tocsin.web.service.asking import Asked, Asks, Pages
from tocsin.web.service.filters import LevelAsked
from tocsin.web.service.formats import NOT_CHANGED, PLACED, JsonForm, PlacedForm, documented
from tocsin.web.service.shapes import About, LevelWord, Page, Shape

ROUTER = APIRouter(tags=["areas"])
OF_AREA = ("forecasts", "series", "warnings", "events", "replays")
AreaId = Annotated[str, Path(max_length=100, description="the area's id, as IRQ or IRQ/Ninewa")]


class AreaRow(Shape):
    """An area."""

    area_id: str
    area: str
    level: LevelWord
    country: str = Field(description="id of the country it is, or lies in")


class AreaAnswer(AreaRow):
    """An area, and where more of it is told."""

    about: About
    links: dict[str, str] = Field(description="addresses of its forecasts, history, events and warnings")


@ROUTER.get("/cases/{case}/areas", response_model=Page[AreaRow], responses=documented(PLACED))
def areas(asked: Pages, level: LevelAsked = None, form: PlacedForm = None) -> Response:
    """Countries and provinces; as GeoJSON with simplified outlines."""

    def find() -> Listing:
        rows = [row for row in area_rows(asked) if level in {None, row["level"]}]
        shapes = Outlines(asked, level)
        return of_rows(rows, features=lambda row: feature(row, shapes.of(row["area_id"])))

    return rows_answer(asked, Page[AreaRow], find, form=form, forms=PLACED)


@ROUTER.get("/cases/{case}/areas/{area_id:path}", response_model=AreaAnswer, responses=NOT_CHANGED)
def area(asked: Asks, area_id: AreaId, _: JsonForm = None) -> Response:
    """One area, and the addresses of what is told of it."""

    def make(about: About) -> AreaAnswer:
        rows = {row["area_id"]: row for row in area_rows(asked)}
        if area_id not in rows:
            raise UnknownName.of("area", area_id, rows)
        links = {name: f"{asked.address(name)}&area={quote(area_id, safe='')}" for name in OF_AREA}
        return AreaAnswer(about=about, links=links, **rows[area_id])

    return document_answer(asked, make)


def area_rows(asked: Asked) -> list[dict[str, Any]]:
    """The areas of an edition."""
    return [
        {"area_id": a["area_id"], "area": a["name"], "level": a["level"], "country": a["country"]}
        for a in asked.document("areas")
    ]


@dataclass(frozen=True)
class Outlines:
    """Simplified outlines of an edition, read when the first is asked for.

    Attributes:
        asked: the edition.
        level: of one level alone; None for both.
    """

    asked: Asked
    level: str | None = None

    @cached_property
    def _held(self) -> dict[str, Mapping[str, Any]]:
        names = [f"outlines-{one}" for one in ("country", "admin1") if self.level in {None, one}]
        edition = self.asked.edition
        held = [edition.json(name)["features"] for name in names if edition.has(name)]
        return {one["properties"]["area_id"]: one["geometry"] for features in held for one in features}

    def of(self, area: str) -> Mapping[str, Any] | None:
        """The outline of an area; None where the edition holds none."""
        return self._held.get(area)


def feature(properties: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    """One feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}
