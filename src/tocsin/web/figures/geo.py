"""Outlines: as the map's script asks for them, and as shapes for the SVG that stands where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from tocsin.vocabulary import Level
from tocsin.web.figures.per_edition import per_edition
from tocsin.web.place import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry
    from starlette.requests import Request

    from tocsin.editions import Edition

FILES = {Level.COUNTRY: "outlines-country", Level.ADMIN1: "outlines-admin1"}
SPECK = 0.05
"""Degrees about an island that has no inside left."""
A_YEAR = "private, max-age=31536000, immutable"
"""How long outlines of a named edition may be kept: it never changes."""


@per_edition(8)
def shapes_of(edition: Edition, level: Level) -> Mapping[str, BaseGeometry]:
    """The outline of every area of a level, in degrees; nothing where the edition holds no outlines."""
    if not edition.has(FILES[level]):
        return {}
    features = edition.json(FILES[level])["features"]
    read = {f["properties"]["area_id"]: shape(f["geometry"]) for f in features}
    return {area: _with_inside(s) for area, s in read.items()}


def _with_inside(outline: BaseGeometry) -> BaseGeometry:
    """The outline as valid polygons; an island that rounding has flattened stands as a small disc."""
    valid = outline if outline.is_valid else shapely.make_valid(outline)
    return valid if valid.area > 0 else outline.buffer(SPECK)


@per_edition(8)
def middles_of(edition: Edition, level: Level) -> Mapping[str, tuple[float, float]]:
    """A place within each area where a sign may stand: longitude and latitude, degrees, to 0.1."""
    return {area: _middle(s) for area, s in shapes_of(edition, level).items()}


def _middle(outline: BaseGeometry) -> tuple[float, float]:
    largest = max(shapely.get_parts(outline), key=lambda part: float(part.area))
    point = largest.representative_point()
    return round(float(point.x), 1), round(float(point.y), 1)


def outlines(request: Request) -> Response:
    """The outlines of a level as GeoJSON, for the map's script."""
    at = place(request)
    name = request.path_params["name"]
    if (
        at.edition is None
        or name not in set(Level)
        or Level(name) not in FILES
        or not at.edition.has(FILES[Level(name)])
    ):
        raise HTTPException(404, "The edition holds no outlines of that name.")
    headers = {"Cache-Control": A_YEAR if "edition" in request.query_params else "private, no-cache"}
    return Response(
        at.edition.content(f"{FILES[Level(name)]}.json"), media_type="application/geo+json", headers=headers
    )


ROUTES = (Route("/c/{case}/map/{name}.json", outlines),)
