"""Features of GeoJSON and GeoParquet files, once their coordinates are known to be degrees on WGS 84."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import shape

from tocsin.errors import FileProblem, TableProblem, Where
from tocsin.sources.file_kinds import AGAIN, check_utf8

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    Feature = tuple[dict[str, object], BaseGeometry | None]
    """A feature's properties and shape."""

_DEGREES = re.compile(r"(?:CRS:?84|4326|4979)$")


def geojson_features(path: Path) -> list[Feature]:
    """The features of a GeoJSON file.

    Raises:
        FileProblem: the text is not UTF-8, no JSON, or no collection of features.
        TableProblem: a geometry is malformed, or the coordinates are in another system than WGS 84.
    """
    check_utf8(path, separator="\0", said=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FileProblem(
            f"the file breaks off or breaks the form of JSON at line {error.lineno}: {error.msg}",
            where=Where(path), hint=AGAIN,
        ) from error  # fmt: skip
    found = content.get("features") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise FileProblem("the JSON is no collection of features", where=Where(path), hint="give a GeoJSON file")
    said = content.get("crs")
    if said is not None:
        name = said.get("properties", {}).get("name") if isinstance(said, dict) else said
        _check_degrees(str(name), path)
    return [_feature(feature, row, path) for row, feature in enumerate(found, start=1)]


def _feature(feature: Any, row: int, path: Path) -> Feature:  # noqa: ANN401  # JSON may hold anything
    try:
        properties = dict(feature.get("properties") or {})
        if "id" in feature:
            properties.setdefault("id", feature["id"])
        return properties, shape(feature["geometry"]) if feature.get("geometry") else None
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as error:
        raise TableProblem(
            f"the feature is malformed: {error}", where=Where(path, (row,), "geometry"), hint=AGAIN
        ) from error


def geoparquet_features(path: Path) -> list[Feature]:
    """The features of a GeoParquet file with WKB geometries.

    Raises:
        FileProblem: the file is cut short.
        TableProblem: it has no geometry column, another encoding than WKB, a malformed shape, or coordinates in
            another system than WGS 84.
    """
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise FileProblem(f"the file cannot be read: {error}", where=Where(path), hint=AGAIN) from error
    column = _geometry_column(table, path)
    try:
        shapes = shapely.from_wkb([None if value is None else bytes(value) for value in table[column].to_pylist()])
    except (TypeError, shapely.errors.ShapelyError) as error:
        raise TableProblem(
            f"a geometry is no WKB: {error}", where=Where(path, field=column), hint="export geometries as WKB"
        ) from error
    rest = table.select([name for name in table.column_names if name != column]).to_pylist()
    return list(zip(rest, shapes, strict=True))


def _geometry_column(table: pa.Table, path: Path) -> str:
    said = (table.schema.metadata or {}).get(b"geo")
    geo: dict[str, Any] = json.loads(said) if said else {}
    column = str(geo.get("primary_column", "geometry"))
    if column not in table.column_names:
        raise TableProblem(
            f"column {column} not found", where=Where(path, field=column), hint="give a GeoParquet file with geometries"
        )
    about = geo.get("columns", {}).get(column, {})
    if about.get("encoding", "WKB") != "WKB":
        raise TableProblem(
            f"geometries are encoded as {about['encoding']}", where=Where(path, field=column), hint="export them as WKB"
        )
    if "crs" in about:  # left out, it is longitude and latitude on WGS 84; null, it is not known
        known = about["crs"] or {}
        ident = known.get("id") or {}
        _check_degrees(f"{ident.get('authority', '')}:{ident.get('code', known.get('name', 'not known'))}", path)
    return column


def _check_degrees(name: str, path: Path) -> None:
    if not _DEGREES.search(name.upper()) and name.strip(":").upper() != "WGS 84":
        raise TableProblem(
            f"the coordinates are in {name.strip(':')}, not in degrees on WGS 84",
            where=Where(path, field="crs"),
            hint="export the file in EPSG:4326",
        )
