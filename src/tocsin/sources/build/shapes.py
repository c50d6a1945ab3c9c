"""Geometry of outlines: one net of borders, and fewer corners with every shared border kept."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JOINED = {"CYN": "CYP", "CNM": "CYP", "ESB": "CYP", "WSB": "CYP", "SOL": "SOM", "KAB": "KAZ", "KOS": "XKX"}
"""Units of Natural Earth that belong to, or are known by, the code of another table."""


CRIMEA = (34.1, 45.0)
"""Longitude and latitude of a point in it. Natural Earth draws Crimea with Russia; UCDP counts it in Ukraine."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's outline and the words Natural Earth has for it."""

    name: str
    subregion: str
    outline: Any  # a shapely polygon or multipolygon, WGS 84, degrees


def country_shapes(path: Path) -> dict[str, Shape]:
    """Outlines by ISO3 (Kosovo: XKX), in full detail; units without a code of their own are joined or left out."""
    pieces: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        words = feature["properties"]
        code = JOINED.get(words["ADM0_A3"], words["ISO_A3_EH"])
        if code not in {"-99", "ATA"}:
            pieces[code].append(feature)
    return _with_crimea({code: _shape(code, pieces[code]) for code in sorted(pieces)})


def _with_crimea(shapes: dict[str, Shape]) -> dict[str, Shape]:
    """The same countries with Crimea in Ukraine, as the United Nations and UCDP have it."""
    if not {"RUS", "UKR"} <= set(shapes):
        return shapes
    russia, ukraine = shapes["RUS"], shapes["UKR"]
    parts = shapely.get_parts(russia.outline)
    held = shapely.contains_xy(parts, *CRIMEA)
    joined = shapely.union_all([ukraine.outline, *parts[held]])
    return shapes | {
        "RUS": replace(russia, outline=shapely.multipolygons(parts[~held])),
        "UKR": replace(ukraine, outline=joined),
    }


def _shape(code: str, features: list[dict[str, Any]]) -> Shape:
    own = [f["properties"] for f in features if f["properties"]["ISO_A3_EH"] == f["properties"]["ADM0_A3"] == code]
    words = own[0] if own else features[0]["properties"]
    outline = shapely.union_all([shape(f["geometry"]) for f in features])
    return Shape(words["NAME"], words["SUBREGION"], outline)


def coverage(shapes: Mapping[str, Any], *, grid: float, sliver: float) -> dict[str, Any]:
    """The same areas cut anew from one net of borders, so that neighbours share every corner.

    Gaps between outlines that were drawn apart (faces below `sliver`, square degrees, that touch an area) go to the
    area they have most border with; lakes and seas stay open. Areas that vanish on the grid are left out.
    """
    fine = {name: shapely.set_precision(outline, grid) for name, outline in shapes.items()}
    fine = {name: outline for name, outline in fine.items() if not shapely.is_empty(outline)}
    names = list(fine)
    net = shapely.union_all([shapely.boundary(outline) for outline in fine.values()], grid_size=grid)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(net))))
    tree = shapely.STRtree(list(fine.values()))
    held: defaultdict[str, list[Any]] = defaultdict(list)
    for face in faces:
        owner = _owner(face, fine, names, tree, sliver=sliver)
        if owner is not None:
            held[owner].append(face)
    return {name: shapely.union_all(held[name]) for name in names if held[name]}


def _owner(face: Any, fine: dict[str, Any], names: list[str], tree: Any, *, sliver: float) -> str | None:  # noqa: ANN401  # shapely ships no types
    near = sorted(int(i) for i in tree.query(face))
    inside = shapely.point_on_surface(face)
    holders = [i for i in near if shapely.contains(fine[names[i]], inside)]
    if holders:
        return names[holders[0]]
    if shapely.area(face) >= sliver or not near:
        return None
    shared = [shapely.length(shapely.intersection(face.boundary, fine[names[i]].boundary)) for i in near]
    return names[near[shared.index(max(shared))]]


def simplified(shapes: Mapping[str, Any], *, tolerance: float, grid: float, islet: float) -> dict[str, Any]:
    """Outlines with fewer corners, shared borders kept, on a grid; parts below `islet` square degrees left out."""
    light = shapely.coverage_simplify(list(shapes.values()), tolerance)
    kept = {name: _without_islets(outline, islet) for name, outline in zip(shapes, light, strict=True)}
    return {
        name: shapely.normalize(shapely.transform(outline, lambda xy: _rounded(xy, grid)))
        for name, outline in kept.items()
    }


def _rounded(corners: Any, grid: float) -> Any:  # noqa: ANN401  # an array of shape (corners, 2)
    places = len(f"{grid:g}".split(".")[-1])
    return corners.round(places)


def _without_islets(outline: Any, islet: float) -> Any:  # noqa: ANN401
    parts = sorted(shapely.get_parts(outline), key=shapely.area, reverse=True)
    large = [part for part in parts if shapely.area(part) >= islet] or parts[:1]
    return large[0] if len(large) == 1 else shapely.multipolygons(large)
