"""Outlines of areas from GeoJSON or GeoParquet, in degrees (WGS 84)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPolygon, Polygon

from tocsin.errors import FileProblem, TableProblem, UnknownName, Where, missing_columns
from tocsin.sources.country_names import iso3_of_natural_earth
from tocsin.sources.file_kinds import Kind, kind_of
from tocsin.sources.outline_files import geojson_features, geoparquet_features
from tocsin.sources.province_names import province

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from tocsin.sources.outline_files import Feature

PROVINCES = (("adm0_a3", "name"), ("GID_0", "NAME_1"), ("shapeGroup", "shapeName"))
"""Fields that hold a province's country and name: Natural Earth's, GADM's and geoBoundaries'."""

COUNTRIES = ("ADM0_A3", "NAME")
"""Natural Earth's fields for a country's letters and name."""

ID_FIELDS = ("area", "id", "iso3", "gid", "priogrid_gid", "country_id", "gwcode", "shapeID", "GID_1", "GID_0")
NAME_FIELDS = ("name", "NAME", "name_en", "NAME_EN", "shapeName", "NAME_1", "NAME_0", "admin")
"""Fields taken for id and name where none is given, the first that the file has."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas and their shapes.

    Attributes:
        ids: area ids, each once.
        names: the name a reader knows each area by.
        geometries: valid polygons or multipolygons, degrees, WGS 84.
        notes: what was mended or joined.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    geometries: tuple[BaseGeometry, ...]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        assert len(self.ids) == len(self.names) == len(self.geometries), "one name and shape for each id"

    def of(self, area: str) -> BaseGeometry:
        """The shape of an area.

        Raises:
            UnknownName: no outline has this id.
        """
        if area not in self.ids:
            raise UnknownName.of("outline", area, self.ids)
        return self.geometries[self.ids.index(area)]


def read_outlines(path: Path | str, *, id_field: str | None = None, name_field: str | None = None) -> Outlines:
    """Read outlines of areas.

    Files of Natural Earth, GADM and geoBoundaries are known: countries get their ISO3 as id, provinces the id and
    name of the house (`IRQ/Ninewa`). In other files the id is `id_field`, or the first known field, or else the name.

    Args:
        path: GeoJSON or GeoParquet.
        id_field: the property that holds area ids.
        name_field: the property that holds names.

    Raises:
        FileProblem: the file is missing, empty, cut short or of another kind.
        TableProblem: a feature is no polygon, has no id, or lies outside the degrees of the Earth; the coordinates
            are in another system than WGS 84; an id that was named as such stands twice.
        UnknownName: `id_field` or `name_field` is no property of the file.
    """
    file = Path(path)
    kind = kind_of(file)
    if kind not in {Kind.JSON, Kind.PARQUET}:
        raise FileProblem("the file holds no outlines", where=Where(file), hint="give GeoJSON or GeoParquet")
    features = geojson_features(file) if kind is Kind.JSON else geoparquet_features(file)
    if not features:
        raise FileProblem("the file holds no feature", where=Where(file), hint="fetch or export the file again")
    shapes, mended = _shapes(features, file)
    labels = _labels(features, id_field, name_field, file)
    return _gathered(labels, shapes, mended, file, joinable=id_field is None)


def _shapes(features: Sequence[Feature], file: Path) -> tuple[list[BaseGeometry], list[int]]:
    """Valid shapes of all features, and the rows that were mended."""
    shapes, mended = [], []
    for row, (_, shape) in enumerate(features, start=1):
        if not isinstance(shape, Polygon | MultiPolygon) or shape.is_empty:
            kind = "nothing" if shape is None or shape.is_empty else f"a {shape.geom_type}"
            raise _at_fault(f"the feature's geometry is {kind}, not a polygon", row, file, "leave it out")
        west, south, east, north = shape.bounds
        if not (-180.01 <= west <= east <= 180.01 and -90.01 <= south <= north <= 90.01):
            hint = "export the file in degrees, WGS 84 (EPSG:4326)"
            raise _at_fault("the feature lies outside the degrees of the Earth", row, file, hint)
        if not shape.is_valid:
            mended.append(row)
            shape = polygons(shapely.make_valid(shape))  # noqa: PLW2901  # the mended shape stands for the feature
            if shape.is_empty:
                raise _at_fault("the feature's rings enclose nothing", row, file, "leave it out")
        shapes.append(shape)
    return shapes, mended


def _at_fault(what: str, row: int, file: Path, hint: str) -> TableProblem:
    return TableProblem(what, where=Where(file, (row,), "geometry"), hint=hint)


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """What of a geometry has an area: lines and points that mending left behind are dropped.

    Example:
        >>> bow = shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
        >>> polygons(shapely.make_valid(bow)).geom_type
        'MultiPolygon'
    """
    return shapely.union_all([p for p in shapely.get_parts(shapely.get_parts([shape])) if isinstance(p, Polygon)])


def _labels(
    features: Sequence[Feature], id_field: str | None, name_field: str | None, file: Path
) -> list[tuple[str | None, str | None]]:
    """Id and name of every feature."""
    fields = list(dict.fromkeys(name for properties, _ in features for name in properties))
    for given in (id_field, name_field):
        if given is not None and given not in fields:
            raise UnknownName.of("property", given, fields, where=Where(file, field=given))
    if id_field is None:
        for country, name in PROVINCES:
            if {country, name} <= set(fields):
                return [_province(properties, country, name_field or name) for properties, _ in features]
        if set(COUNTRIES) <= set(fields):
            return [_country(properties, name_field or COUNTRIES[1]) for properties, _ in features]
    names = name_field or next((name for name in NAME_FIELDS if name in fields), None)
    ids = id_field or next((name for name in ID_FIELDS if name in fields), names)
    if ids is None:
        raise missing_columns(["id"], fields, where=Where(file, field="id"))
    return [(_text(properties.get(ids)), _text(properties.get(names or ids))) for properties, _ in features]


def _province(properties: dict[str, object], country: str, name: str) -> tuple[str | None, str | None]:
    iso3 = iso3_of_natural_earth(str(properties.get(country)))
    if properties.get("shapeType") == "ADM0":
        return iso3, _text(properties.get(name))
    label = province(iso3, _text(properties.get(name)))
    return (None if label is None else f"{iso3}/{label}"), label


def _country(properties: dict[str, object], name: str) -> tuple[str | None, str | None]:
    return iso3_of_natural_earth(str(properties[COUNTRIES[0]])), _text(properties.get(name))


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None else str(value).strip() or None


def _gathered(
    labels: list[tuple[str | None, str | None]], shapes: list[BaseGeometry], mended: list[int], file: Path, *,
    joinable: bool,
) -> Outlines:  # fmt: skip
    notes = [f"{len(mended)} outlines crossed themselves and were mended: rows {_rows(mended)}"] if mended else []
    parts: dict[str, list[int]] = {}
    nameless = [row for row, (area, _) in enumerate(labels, start=1) if area is None]
    for index, (area, _) in enumerate(labels):
        if area is not None:
            parts.setdefault(area, []).append(index)
    twice = {area: rows for area, rows in parts.items() if len(rows) > 1}
    if twice and not joinable:
        rows = tuple(index + 1 for indices in twice.values() for index in indices)
        raise TableProblem(
            f"{len(twice)} ids stand more than once: {', '.join(list(twice)[:5])}",
            where=Where(file, rows, "id"),
            hint="name another field as the id, or join their outlines",
        )
    if nameless and not joinable:
        raise TableProblem(f"{len(nameless)} features have no id", where=Where(file, tuple(nameless), "id"),
                           hint="give each an id, or leave it out")  # fmt: skip
    if nameless:
        notes.append(f"{len(nameless)} outlines without a name were left out: rows {_rows(nameless)}")
    if twice:
        notes.append(f"{len(twice)} areas come in several outlines, which were joined: {', '.join(list(twice)[:5])}")
    return Outlines(
        tuple(parts), tuple(labels[rows[0]][1] or area for area, rows in parts.items()),
        tuple(shapes[rows[0]] if len(rows) == 1 else shapely.union_all([shapes[i] for i in rows])
              for rows in parts.values()), tuple(notes),
    )  # fmt: skip


def _rows(rows: Sequence[int]) -> str:
    return ", ".join(str(row) for row in rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
