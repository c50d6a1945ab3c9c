from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
import pyarrow.parquet as pq
import pytest
import shapely
from tests.sources.starter.starter_made import starter_made

from tocsin.errors import FileProblem
from tocsin.sources.build import build_starter
from tocsin.sources.build.part import Part
from tocsin.sources.build.provinces import IRAQ
from tocsin.sources.build.shapes import coverage, simplified
from tocsin.sources.build.starter_set import PARTS
from tocsin.sources.starter import starter_bytes, starter_names

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = pl.DataFrame({"gwcode": [645]}, schema={"gwcode": pl.Int16})


def made(name: str, table: pl.DataFrame = NUMBERS) -> Part:
    return Part(name, (), lambda _: table)


def broken(_: Path) -> pl.DataFrame:
    raise KeyboardInterrupt


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="not found") as caught:
        build_starter(tmp_path, tmp_path / "starter")
    assert caught.value.exit_code == 2
    assert all(file in caught.value.what for part in PARTS for file in part.inputs)
    assert "--from" in (caught.value.hint or "")
    assert not (tmp_path / "starter").exists()


@pytest.mark.parametrize("name", ["countries", "outlines_admin1", "places", "drivers"])
def test_files_cut_short_are_named_with_the_table(name: str, tmp_path: Path) -> None:
    part = next(part for part in PARTS if part.name == name)
    for file in part.inputs:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b'{"type": "FeatureColl' if file.endswith("json") else b"PAR1 gwcode")
    with pytest.raises(FileProblem, match=f"{name} cannot be made") as caught:
        build_starter(tmp_path, tmp_path / "starter", parts=(part,))
    assert part.inputs[0] in str(caught.value.where)
    assert not (tmp_path / "starter").exists()


def test_an_interrupted_build_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "starter"
    target.mkdir()
    (target / "countries.parquet").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        build_starter(tmp_path, target, parts=(made("countries"), Part("drivers", (), broken)))
    assert [file.name for file in tmp_path.iterdir()] == ["starter"]
    assert (target / "countries.parquet").read_bytes() == b"before"
    assert [file.name for file in target.iterdir()] == ["countries.parquet"]


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    target = tmp_path / "starter"
    target.mkdir()
    (target / "mine.csv").write_text("a\n1\n", encoding="utf-8")
    built = build_starter(tmp_path, target, parts=(made("countries"),))
    assert {file.name for file in target.iterdir()} == {"mine.csv", "countries.parquet", "cards.toml"}
    assert [(b.name, b.rows, b.licence) for b in built] == [("countries", 1, "CC-BY-4.0")]
    assert built[0].bytes == (target / "countries.parquet").stat().st_size


def test_the_same_table_gives_the_same_bytes_with_its_licence(tmp_path: Path) -> None:
    files = []
    for folder in ("one", "two"):
        build_starter(tmp_path, tmp_path / folder, parts=(made("countries"),))
        files.append(tmp_path / folder / "countries.parquet")
    assert files[0].read_bytes() == files[1].read_bytes()
    said = pq.read_schema(files[0]).metadata
    assert said[b"licence"] == b"CC-BY-4.0"
    assert {b"citation", b"source", b"publisher", b"vintage"} <= set(said)


def test_every_part_has_a_card_and_every_card_a_part() -> None:
    by_hand = {"gw_iso3", "province_names"}
    assert {part.name for part in PARTS} | by_hand == set(starter_names())


def test_iraqs_neighbours_are_symmetric() -> None:
    near = {name: {n.replace("-", " ", 1) for n in others.split()} for name, others in IRAQ.items()}
    assert set().union(*near.values()) == set(near)
    assert all(name in near[other] for name, others in near.items() for other in others)


def test_outlines_that_overlap_are_cut_along_one_border() -> None:
    net = coverage({"a": shapely.box(0, 0, 1, 1), "b": shapely.box(0.98, 0, 2, 1)}, grid=0.01, sliver=0.1)
    assert shapely.coverage_is_valid(list(net.values()))
    assert shapely.area(net["a"]) + shapely.area(net["b"]) == pytest.approx(2.0)


def test_a_gap_closed_on_both_sides_goes_to_the_area_with_most_border() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    bitten = shapely.difference(right, shapely.box(1, 0.4, 1.1, 0.6))
    net = coverage({"a": left, "b": bitten}, grid=0.01, sliver=0.1)
    assert shapely.area(net["b"]) == pytest.approx(1.0)
    assert shapely.area(net["a"]) == pytest.approx(1.0)


def test_a_lake_stays_open() -> None:
    ring = shapely.difference(shapely.box(0, 0, 2, 2), shapely.box(0.5, 0.5, 1.5, 1.5))
    net = coverage({"a": ring, "b": shapely.box(2, 0, 3, 2)}, grid=0.01, sliver=0.1)
    assert shapely.area(net["a"]) == pytest.approx(3.0)


def test_simplified_areas_lose_corners_and_islets_but_keep_borders() -> None:
    coast = shapely.Polygon([(0, 0), (0.5, 0.01), (1, 0), (1, 1), (0, 1)])
    land = shapely.union(coast, shapely.box(5, 5, 5.05, 5.05))
    light = simplified({"a": land, "b": shapely.box(1, 0, 2, 1)}, tolerance=0.2, grid=0.01, islet=0.02)
    assert shapely.get_num_geometries(light["a"]) == 1
    assert shapely.get_num_coordinates(light["a"]) < shapely.get_num_coordinates(coast)
    assert shapely.coverage_is_valid(list(light.values()))


@pytest.mark.data
def test_the_whole_set_is_made_again_as_it_ships(shared_data: Path) -> None:
    made_set = starter_made(shared_data)
    built = [row["name"] for row in json.loads(made_set.printed)["tables"]]
    for name in built:
        made_now = made_set.files[f"{name}.parquet"]
        same_writer = pq.ParquetFile(BytesIO(made_now)).metadata.created_by
        ships = pl.read_parquet(starter_bytes(name))
        assert pl.read_parquet(made_now).equals(ships), name
        if same_writer.encode() in starter_bytes(name):
            assert made_now == starter_bytes(name), name
    assert set(built) == {part.name for part in PARTS}
