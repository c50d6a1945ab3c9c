"""Travel-time polygons by site: what can be reached from where within how many minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from tocsin.errors import FileProblem, TableProblem, UnknownName, Where
from tocsin.sources.file_kinds import Kind, kind_of
from tocsin.sources.outline_files import geojson_features

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """Areas that can be reached from sites, each within its minutes.

    Attributes:
        site_ids: the site each area is reached from, length P.
        minutes: travel time to its edge at most, length P.
        areas: polygons or multipolygons, degrees, WGS 84, length P.
    """

    site_ids: tuple[str, ...]
    minutes: tuple[float, ...]
    areas: tuple[BaseGeometry, ...]

    def shortest(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
        """Shortest travel time from any site to each place, minutes, shape (N,); infinite where no area holds it."""
        north, east = np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64)
        best = np.full(len(north), np.inf)
        for minutes, area in zip(self.minutes, self.areas, strict=True):
            shapely.prepare(area)
            best = np.where(shapely.intersects_xy(area, east, north), np.minimum(best, minutes), best)
        return best


def read_travel(path: Path | str, *, sites: Collection[str]) -> TravelTimes:
    """Read travel-time polygons; features are counted from 1.

    Args:
        path: GeoJSON, each feature a polygon with the properties `site_id` and `minutes`.
        sites: ids of the mission's sites.

    Raises:
        FileProblem: the file is missing, no GeoJSON, or holds no feature.
        TableProblem: a feature has no site or minutes, is no valid polygon, or a site has two areas for one time.
        UnknownName: a feature's site is not among the mission's.
    """
    file = Path(path)
    if kind_of(file) is not Kind.JSON:
        raise FileProblem("the file is no GeoJSON", where=Where(file), hint="export travel times as GeoJSON")
    features = geojson_features(file)
    if not features:
        raise FileProblem("the file holds no feature", where=Where(file), hint="export the file again")
    _one_kind(features, file)
    read = [_feature(said, shape, row, file, sites) for row, (said, shape) in enumerate(features, start=1)]
    _no_repeats([(site, minutes) for site, minutes, _ in read], file)
    return TravelTimes(tuple(r[0] for r in read), tuple(r[1] for r in read), tuple(r[2] for r in read))


def _one_kind(features: list[tuple[dict[str, object], BaseGeometry | None]], file: Path) -> None:
    for row, (_, shape) in enumerate(features, start=1):
        if not isinstance(shape, Polygon | MultiPolygon) or shape.is_empty:
            kinds = sorted({"nothing" if s is None or s.is_empty else s.geom_type for _, s in features})
            mixed = f"; the file holds {', '.join(kinds)}" if len(kinds) > 1 else ""
            found = "nothing" if shape is None or shape.is_empty else f"a {shape.geom_type}"
            raise TableProblem(
                f"the feature is {found}, not a polygon{mixed}",
                where=Where(file, (row,), "geometry"),
                hint="export the areas within each time as polygons, and leave points and lines out",
            )


def _feature(
    said: dict[str, object], shape: BaseGeometry | None, row: int, file: Path, sites: Collection[str]
) -> tuple[str, float, BaseGeometry]:
    assert shape is not None
    site = said.get("site_id")
    if not isinstance(site, str) or not site.strip():
        raise TableProblem("the feature names no site", where=Where(file, (row,), "site_id"),
                           hint="add the property site_id")  # fmt: skip
    if site.strip() not in sites:
        raise UnknownName.of("site of the mission", site.strip(), sites, where=Where(file, (row,), "site_id"))
    if not shape.is_valid:
        raise TableProblem(
            f"the polygon is not valid: {shapely.is_valid_reason(shape)}",
            where=Where(file, (row,), "geometry"), hint="mend it where it crosses itself, and export it again",
        )  # fmt: skip
    west, south, east, north = shape.bounds
    if not (-180.01 <= west <= east <= 180.01 and -90.01 <= south <= north <= 90.01):
        raise TableProblem("the polygon lies outside the degrees of the Earth", where=Where(file, (row,), "geometry"),
                           hint="export the file in degrees, WGS 84 (EPSG:4326)")  # fmt: skip
    return site.strip(), _minutes(said.get("minutes"), row, file), shape


def _minutes(value: object, row: int, file: Path) -> float:
    where = Where(file, (row,), "minutes")
    if value is None:
        raise TableProblem("the feature has no minutes", where=where, hint="add the property minutes, a number above 0")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise TableProblem(f"'{value}' are no minutes", where=where, hint="write a number above 0")
    return float(value)


def _no_repeats(pairs: list[tuple[str, float]], file: Path) -> None:
    for row, pair in enumerate(pairs, start=1):
        if pairs.index(pair) < row - 1:
            raise TableProblem(
                f"site {pair[0]} has two areas for {pair[1]:g} minutes",
                where=Where(file, (pairs.index(pair) + 1, row), "minutes"), hint="join them to one multipolygon",
            )  # fmt: skip
