"""What is found of a mission, document by document, and its sites."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue
from starlette.responses import Response

from tocsin.errors import UnknownName
from tocsin.web.service.answers import Listing, document_answer, of_rows, rows_answer
from tocsin.web.service.areas import feature
from tocsin.web.service.asking import Asked, Asks, Pages
from tocsin.web.service.faults import Refused
from tocsin.web.service.formats import PLACED, TABULAR, PlacedForm, TabularForm, documented
from tocsin.web.service.held_back import held_back
from tocsin.web.service.shapes import About, Page, Shape, Tenth

ROUTER = APIRouter(tags=["missions"])
MissionId = Annotated[str | None, Query(max_length=60, description="id of the mission; the one assessed if not given")]
LACKING: Any = object()
MAIN_TABLE = {
    "reach": "shares", "protection": "past", "gap": "rows", "overlap": "cells", "instruments": "rows", "fit": "frameworks",
}  # fmt: skip
"""What CSV, Parquet and Arrow give of a document; JSON gives all of it."""
SAID = "docs/json.md says what its keys mean; sites that a user entered are left out, places are at 0.1 degree"


class MissionAnswer(Shape):
    """One document found of a mission."""

    about: About
    mission: str
    document: dict[str, JsonValue] | None = Field(description=f"null where none can be made; {SAID}")


class SiteRow(Shape):
    """A site of a mission from a published source."""

    site: str
    name: str
    mission: str
    role: str | None
    lat: Tenth | None
    lon: Tenth | None
    first: str | None = Field(description="since when, as the source dates it")
    last: str | None = Field(description="until when")
    state: str = Field(description="open, reduced, paused, closed or unknown")


@ROUTER.get("/cases/{case}/reach", response_model=MissionAnswer, responses=documented(TABULAR))
def reach(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """What lies within reach of a mission's sites: curves, shares with their intervals, over time."""
    return _answer(asked, "reach", mission, form)


@ROUTER.get("/cases/{case}/protection", response_model=MissionAnswer, responses=documented(TABULAR))
def protection(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """What happened and is forecast around sites, by month in bands of 25 km or wider."""
    return _answer(asked, "protection", mission, form)


@ROUTER.get("/cases/{case}/gap", response_model=MissionAnswer, responses=documented(TABULAR))
def gap(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """Province by province: need, who provides security, who engages whom, who is present."""
    return _answer(asked, "gap", mission, form)


@ROUTER.get("/cases/{case}/overlap", response_model=MissionAnswer, responses=documented(TABULAR))
def overlap(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """Function by institution by province: uncovered, single, complementary or duplicate."""
    return _answer(asked, "overlap", mission, form)


@ROUTER.get("/cases/{case}/instruments", response_model=MissionAnswer, responses=documented(TABULAR))
def instruments(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """Drivers and armed actors against the instruments in place, and who holds them."""
    return _answer(asked, "instruments", mission, form)


@ROUTER.get("/cases/{case}/fit", response_model=MissionAnswer, responses=documented(TABULAR))
def fit(asked: Asks, mission: MissionId = None, form: TabularForm = None) -> Response:
    """Fit for purpose: criteria, verdicts, their evidence, and what would change them. No score."""
    return _answer(asked, "fit", mission, form)


@ROUTER.get("/cases/{case}/sites", response_model=Page[SiteRow], responses=documented(PLACED))
def sites(asked: Pages, mission: MissionId = None, form: PlacedForm = None) -> Response:
    """Sites from published sources. Those that a user entered are left out."""

    def find() -> Listing:
        rows = [row for row in site_rows(asked) if mission in {None, row["mission"]}]
        return of_rows(rows, features=_point)

    return rows_answer(asked, Page[SiteRow], find, form=form, forms=PLACED)


def site_rows(asked: Asked) -> list[dict[str, Any]]:
    """Sites of an edition that may leave the workbench."""
    held = held_back(asked.document("sites"), own_sites=asked.own_sites)
    return [
        {**{key: one.get(key) for key in ("site", "name", "mission", "role", "lat", "lon", "state")},
         "first": one.get("from"), "last": one.get("to")}
        for one in held
    ]  # fmt: skip


def _answer(asked: Asked, name: str, mission: str | None, form: str | None) -> Response:
    def make(about: About) -> MissionAnswer:
        found = _mission(asked, mission)
        return MissionAnswer(about=about, mission=found["mission"], document=_part(asked, found, name))

    def rows() -> list[dict[str, Any]]:
        part = _part(asked, _mission(asked, mission), name) or {}
        return list(part.get(MAIN_TABLE[name]) or ())

    return document_answer(asked, make, form=form, rows=rows)


def _part(asked: Asked, found: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """A part of what was found of a mission, without what may not leave the workbench.

    Raises:
        Refused: 404, the edition does not hold it.
    """
    part = (found.get("reach") or {}).get(name) if name == "protection" else found.get(name, LACKING)
    if part is LACKING:
        raise Refused(404, f"this edition holds no {name}", code="not-in-edition", where=asked.edition.id)
    kept: dict[str, Any] | None = held_back(part, own_sites=asked.own_sites)
    return kept


def _mission(asked: Asked, mission: str | None) -> Mapping[str, Any]:
    """What an edition found of a mission.

    Raises:
        UnknownName: the edition assesses no such mission.
    """
    held = asked.document("mission")
    found: dict[str, Mapping[str, Any]] = {one["mission"]: one for one in (held if isinstance(held, list) else [held])}
    if mission is None:
        return next(iter(found.values()))
    if mission not in found:
        raise UnknownName.of("mission", mission, found)
    return found[mission]


def _point(row: Mapping[str, Any]) -> dict[str, Any]:
    place = None if row["lat"] is None or row["lon"] is None else {
        "type": "Point", "coordinates": [row["lon"], row["lat"]],
    }  # fmt: skip
    return feature({key: value for key, value in row.items() if key not in {"lat", "lon"}}, place)
