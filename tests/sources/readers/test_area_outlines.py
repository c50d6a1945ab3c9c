from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import box, mapping

from tocsin.errors import FileProblem, TableProblem, UnknownName
from tocsin.sources.outlines import read_outlines

if TYPE_CHECKING:
    from pathlib import Path

NINEWA, KIRKUK = box(41, 35, 43, 37), box(43, 35, 44, 36)
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}


def geojson(folder: Path, *features: tuple[dict[str, object], Any], **more: object) -> Path:
    path = folder / "outlines.geojson"
    listed = [
        {"type": "Feature", "properties": properties, "geometry": g if isinstance(g, dict | None) else mapping(g)}
        for properties, g in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed} | more), encoding="utf-8")
    return path


def geoparquet(folder: Path, about: dict[str, object] | None = None, **columns: list[object]) -> Path:
    path = folder / "outlines.parquet"
    table = pa.table({"geometry": [NINEWA.wkb, KIRKUK.wkb]} | columns)
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB"} | (about or {})},
    }
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), path)
    return path


def test_provinces_of_natural_earth_bear_the_names_of_the_house(tmp_path: Path) -> None:
    read = read_outlines(geojson(
        tmp_path, ({"adm0_a3": "IRQ", "name": "Ninawa"}, NINEWA), ({"adm0_a3": "IRQ", "name": "At-Ta'mim"}, KIRKUK),
        ({"adm0_a3": "KOS", "name": "Peć"}, box(20, 42, 21, 43)),
    ))  # fmt: skip
    assert read.ids == ("IRQ/Ninewa", "IRQ/Kirkuk", "XKX/Pec")
    assert read.names == ("Ninewa", "Kirkuk", "Pec")
    assert read.of("IRQ/Ninewa").equals(NINEWA)
    assert read.notes == ()
    with pytest.raises(UnknownName, match="IRQ/Ninawa"):
        read.of("IRQ/Ninawa")


@pytest.mark.parametrize(
    ("properties", "area"),
    [({"GID_0": "IRQ", "NAME_1": "Ninawa"}, "IRQ/Ninewa"), ({"ADM0_A3": "SDS", "NAME": "S. Sudan"}, "SSD"),
     ({"shapeGroup": "IRQ", "shapeName": "Ninawa Governorate", "shapeType": "ADM1"}, "IRQ/Ninewa"),
     ({"shapeGroup": "IRQ", "shapeName": "Iraq", "shapeType": "ADM0"}, "IRQ"),
     ({"iso3": "IRQ", "name": "Iraq"}, "IRQ"), ({"gid": 181887.0}, "181887"), ({"name": "North"}, "North")],
)  # fmt: skip
def test_fields_of_known_publishers(tmp_path: Path, properties: dict[str, object], area: str) -> None:
    assert read_outlines(geojson(tmp_path, (properties, NINEWA))).ids == (area,)


def test_fields_may_be_named(tmp_path: Path) -> None:
    path = geojson(tmp_path, ({"adm0_a3": "IRQ", "name": "Ninawa", "code": 7, "title": "North"}, NINEWA))
    read = read_outlines(path, id_field="code", name_field="title")
    assert (read.ids, read.names) == (("7",), ("North",))
    with pytest.raises(UnknownName, match="cod") as caught:
        read_outlines(path, id_field="cod")
    assert "did you mean 'code'" in str(caught.value)


def test_geoparquet_reads_as_geojson(tmp_path: Path) -> None:
    read = read_outlines(geoparquet(tmp_path, adm0_a3=["IRQ", "IRQ"], name=["Ninawa", "At-Ta'mim"]))
    assert read.ids == ("IRQ/Ninewa", "IRQ/Kirkuk")
    assert read.geometries[1].equals(KIRKUK)


def test_rings_that_cross_themselves_are_mended_and_told(tmp_path: Path) -> None:
    read = read_outlines(geojson(tmp_path, ({"id": "a"}, NINEWA), ({"id": "b"}, BOW)))
    assert read.of("b").is_valid
    assert read.of("b").area == pytest.approx(2)
    assert read.notes == ("1 outlines crossed themselves and were mended: rows 2",)


@pytest.mark.parametrize(
    ("shape", "words"),
    [(shapely.Point(1, 2), "a Point, not a polygon"), (None, "nothing, not a polygon"),
     (shapely.LineString([(0, 0), (1, 1)]), "a LineString"), (box(400000, 3e6, 500000, 4e6), "outside the degrees"),
     ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "enclose nothing"),
     ({"type": "Polygon", "coordinates": "none"}, "malformed"), ({"type": "Ring"}, "malformed")],
)  # fmt: skip
def test_a_feature_that_is_no_area_is_refused_by_row(tmp_path: Path, shape: object, words: str) -> None:
    path = geojson(tmp_path, ({"id": "a"}, NINEWA), ({"id": "b"}, shape))
    with pytest.raises(TableProblem, match=words) as caught:
        read_outlines(path)
    assert (caught.value.where.rows, caught.value.where.field) == ((2,), "geometry")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::32638", "EPSG:3857"])
def test_other_systems_of_coordinates_are_refused(tmp_path: Path, name: str) -> None:
    path = geojson(tmp_path, ({"id": "a"}, NINEWA), crs={"type": "name", "properties": {"name": name}})
    with pytest.raises(TableProblem, match="not in degrees on WGS 84") as caught:
        read_outlines(path)
    assert caught.value.where.field == "crs"
    with pytest.raises(TableProblem, match="EPSG:32638"):
        read_outlines(geoparquet(tmp_path, {"crs": {"id": {"authority": "EPSG", "code": 32638}}}, id=["a", "b"]))
    with pytest.raises(TableProblem, match="not known"):
        read_outlines(geoparquet(tmp_path, {"crs": None}, id=["a", "b"]))


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_degrees_on_wgs84_by_any_name(tmp_path: Path, name: str) -> None:
    path = geojson(tmp_path, ({"id": "a"}, NINEWA), crs={"type": "name", "properties": {"name": name}})
    assert read_outlines(path).ids == ("a",)


def test_parts_of_one_area_are_joined_unless_the_id_was_named(tmp_path: Path) -> None:
    path = geojson(tmp_path, ({"id": "a"}, NINEWA), ({"id": "b"}, BOW), ({"id": "a"}, KIRKUK), ({"id": None}, BOW))
    read = read_outlines(path)
    assert read.ids == ("a", "b")
    assert read.of("a").area == pytest.approx(NINEWA.area + KIRKUK.area)
    assert read.notes[1:] == (
        "1 outlines without a name were left out: rows 4", "1 areas come in several outlines, which were joined: a",
    )  # fmt: skip
    with pytest.raises(TableProblem, match="stand more than once: a") as caught:
        read_outlines(path, id_field="id")
    assert caught.value.where.rows == (1, 3)


def test_files_that_hold_no_outlines(tmp_path: Path) -> None:
    path = tmp_path / "outlines.geojson"
    for text, words in [
        ('{"type": "FeatureCollection", "features": [', "breaks off or breaks the form of JSON at line 1"),
        ('{"type": "FeatureCollection", "features": []}', "no feature"), ('{"a": 1}', "no collection of features"),
        ("[1, 2]", "no collection of features"), ("id,name\n", "holds no outlines"),
    ]:  # fmt: skip
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileProblem, match=words):
            read_outlines(path)
    plain = tmp_path / "plain.parquet"
    pq.write_table(pa.table({"id": ["a"]}), plain)
    with pytest.raises(TableProblem, match="column geometry not found"):
        read_outlines(plain)
    pq.write_table(pa.table({"id": ["a"], "geometry": [b"no shape"]}), plain)
    with pytest.raises(TableProblem, match="no WKB"):
        read_outlines(plain)
