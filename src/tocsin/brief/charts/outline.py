"""Outlines of areas made small: projected, fitted into a rectangle, simplified, rounded to 0.1 px."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from tocsin.brief.charts.svg import polyline
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.brief.charts.axes import Plot
    from tocsin.brief.charts.projection import Projection

    Floats = NDArray[np.float64]
    Rings = Sequence[Sequence[tuple[float, float]]]

TOLERANCE = 0.35
"""Pixels an outline may move when it is simplified."""

SMALLEST = 1.6
"""Square pixels below which an island is left out."""


def geometry(shape: BaseGeometry | Rings) -> BaseGeometry:
    """A valid geometry of polygons from a shapely geometry, or from rings of (longitude, latitude).

    Rings are outer rings, each a piece of the area.

    Raises:
        InputError: there is no polygon in it, or a coordinate is not a finite number.
    """
    if isinstance(shape, BaseGeometry):
        degrees = shapely.get_coordinates(shape)
    else:
        degrees = np.array([point for ring in shape for point in ring], dtype=np.float64)
    if not np.isfinite(degrees).all():
        raise InputError("an outline has a coordinate that is not a number", where=Where(field="shape"))
    if not isinstance(shape, BaseGeometry):
        shape = MultiPolygon([Polygon(ring) for ring in shape if len(ring) >= 4])
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    if not _polygons(valid):
        raise InputError("an area has no outline", where=Where(field="shape"), hint="give polygons in degrees")
    return valid


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [p for p in shapely.get_parts(shapely.get_parts([shape])) if isinstance(p, Polygon) and not p.is_empty]


@dataclass(frozen=True, slots=True)
class Fit:
    """How the plane is moved and scaled into a rectangle of pixels, y downwards."""

    projection: Projection
    scale: float
    dx: float
    dy: float

    def __call__(self, points: Floats) -> Floats:
        """Pixels for degrees, shape (n, 2) to (n, 2)."""
        plane = self.projection(points)
        return np.column_stack([plane[:, 0] * self.scale + self.dx, -plane[:, 1] * self.scale + self.dy])

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """A geometry in pixels, simplified, without islands too small to be seen."""
        flat: BaseGeometry = shapely.transform(shape, self).simplify(TOLERANCE, preserve_topology=True)
        return MultiPolygon([p for p in _polygons(flat) if p.area >= SMALLEST])


def fitted(shapes: Sequence[BaseGeometry], *, projection: Projection, plot: Plot) -> Fit:
    """The largest scale at which all shapes lie in the rectangle, centred."""
    plane = np.vstack([projection(shapely.get_coordinates(s)) for s in shapes])
    (left, low), (right, high) = plane.min(axis=0), plane.max(axis=0)
    scale = min(plot.width / max(right - left, 1e-9), plot.height / max(high - low, 1e-9))
    dx = plot.left + (plot.width - scale * (right - left)) / 2 - scale * left
    dy = plot.top + (plot.height - scale * (high - low)) / 2 + scale * high
    return Fit(projection, float(scale), float(dx), float(dy))


def aspect(shapes: Sequence[BaseGeometry], *, projection: Projection) -> float:
    """Height over width of all shapes together, once projected."""
    plane = np.vstack([projection(shapely.get_coordinates(s)) for s in shapes])
    wide, tall = plane.max(axis=0) - plane.min(axis=0)
    return float(tall / wide) if wide > 0 and math.isfinite(tall / wide) else 1.0


def path(shape: BaseGeometry) -> str:
    """Path data of polygons in pixels, holes included; fill with the even-odd rule."""
    rings = [ring for p in _polygons(shape) for ring in (p.exterior, *p.interiors)]
    return "".join(polyline([(float(x), float(y)) for x, y in r.coords[:-1]], close=True) for r in rings)


def middle(shape: BaseGeometry) -> tuple[float, float, float]:
    """The place within a shape that lies furthest from its outline, where its name stands best, and how far."""
    largest = max(_polygons(shape), key=lambda p: float(p.area))
    radius = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    centre = shapely.get_coordinates(radius)[0]
    return float(centre[0]), float(centre[1]), float(radius.length)
