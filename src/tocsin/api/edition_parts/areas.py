"""Areas of an edition, and outlines for its maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from tocsin.api.edition_parts.form import Files, document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from tocsin.api.edition_parts.found import Found
    from tocsin.api.world import World

MOST_BYTES = 250_000
"""Largest file of outlines: a page with a map must stay light."""

TOLERANCES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Degrees by which outlines are simplified, the first that keeps the file small."""


def areas_part(found: Found) -> Files:
    """`areas`, `outlines-country`, and `outlines-admin1` where there are provinces."""
    rows = _rows(found.countries, "country")
    files = {"outlines-country.json": outlines(found.countries.shapes, found.countries.names, decimals=1)}
    if found.provincial is not None:
        rows += _rows(found.provincial, "admin1")
        if found.provincial.shapes:
            files["outlines-admin1.json"] = outlines(found.provincial.shapes, found.provincial.names, decimals=2)
    return {"areas.json": document(rows), **files}


def _rows(world: World, level: str) -> list[dict[str, str]]:
    return [
        {"area_id": area, "name": world.names.get(area, area), "level": level, "country": area.split("/")[0]}
        for area in world.truth().areas
    ]


def outlines(shapes: Mapping[str, BaseGeometry], names: Mapping[str, str], *, decimals: int) -> bytes:
    """Outlines as GeoJSON, as simple as keeps the file within its bound.

    Args:
        shapes: in degrees, by area id.
        names: names readers know areas by.
        decimals: of the coordinates.
    """
    made = b""
    for tolerance in TOLERANCES:
        made = _collection(shapes, names, decimals=decimals, tolerance=tolerance)
        if len(made) <= MOST_BYTES:
            break
    return made


def _collection(
    shapes: Mapping[str, BaseGeometry], names: Mapping[str, str], *, decimals: int, tolerance: float
) -> bytes:  # fmt: skip
    features = []
    for area, shape in sorted(shapes.items()):
        simple = shapely.simplify(shape, tolerance, preserve_topology=True)
        features.append({
            "type": "Feature", "properties": {"area_id": area, "name": names.get(area, area)},
            "geometry": _rounded(shapely.geometry.mapping(simple), decimals),
        })  # fmt: skip
    return document({"type": "FeatureCollection", "features": features})


def _rounded(geometry: Mapping[str, Any], decimals: int) -> dict[str, Any]:
    """A polygon or polygons with rounded rings; rings that rounding leaves without an inside are left out."""
    many = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
    kept = [p for p in ([_ring(r, decimals) for r in rings] for rings in polygons) if len(p[0]) > 3]
    kept = kept or [[_ring(r, decimals, keep=True) for r in polygons[0][:1]]]
    cleaned = [[ring for i, ring in enumerate(p) if i == 0 or len(ring) > 3] for p in kept]
    return {"type": "MultiPolygon", "coordinates": cleaned} if many else {"type": "Polygon", "coordinates": cleaned[0]}


def _ring(ring: Any, decimals: int, *, keep: bool = False) -> list[list[float]]:  # noqa: ANN401 - nested tuples of any depth
    points = [[round(x, decimals), round(y, decimals)] for x, y, *_ in ring]
    if keep:
        return points
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
