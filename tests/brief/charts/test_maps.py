from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from tocsin.brief.charts import DEATHS, PROBABILITY, Frame, MapArea, country_map, world_map
from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.outline import fitted, geometry, path
from tocsin.brief.charts.projection import equal_earth, plain
from tocsin.errors import InputError, OutOfRange
from tocsin.vocabulary import deaths, percent

if TYPE_CHECKING:
    from pathlib import Path

FRAME = Frame("map", "Iraq")
NINEWA = shapely.box(41, 35, 43.5, 37.3)


def test_a_value_takes_its_class_and_the_unknown_is_hatched() -> None:
    areas = [MapArea("Ninewa", NINEWA, 0.62), MapArea("Dohuk", shapely.box(43.5, 35, 45, 37), None)]
    svg = country_map(areas, PROBABILITY, frame=FRAME, show=percent)
    assert re.search(rf'fill="{PROBABILITY.of(0.62).colour}"><title>Ninewa: 62 %</title>', svg)
    assert 'fill="url(#map-unknown)"><title>Dohuk: unknown</title>' in svg
    assert ">unknown</text>" in svg
    assert all(step.words in svg for step in PROBABILITY.steps)


def test_where_all_is_known_the_legend_has_no_unknown() -> None:
    assert ">unknown</text>" not in country_map([MapArea("N", NINEWA, 0.1)], PROBABILITY, frame=FRAME, show=percent)


def test_rings_and_shapely_give_the_same_map() -> None:
    ring = list(NINEWA.exterior.coords)
    made = [country_map([MapArea("N", s, 0.1)], PROBABILITY, frame=FRAME, show=percent) for s in (NINEWA, [ring])]
    assert made[0] == made[1]


def test_a_country_is_as_wide_as_its_latitude_makes_it() -> None:
    square = shapely.box(40, 59.5, 42, 60.5)
    wide, tall = np.ptp(plain(latitude=60)(shapely.get_coordinates(square)), axis=0)
    assert wide / tall == pytest.approx(1.0, rel=1e-6)


def test_equal_earth_keeps_areas_in_proportion() -> None:
    def area(south: float, north: float) -> float:
        box = shapely.segmentize(shapely.box(0, south, 10, north), 0.05)
        return float(shapely.transform(box, equal_earth).area)

    def truth(south: float, north: float) -> float:
        return float(np.radians(10) * (np.sin(np.radians(north)) - np.sin(np.radians(south))))

    assert area(0, 10) / truth(0, 10) == pytest.approx(area(60, 70) / truth(60, 70), rel=1e-4)


def test_north_is_up_and_shapes_fill_the_plot() -> None:
    fit = fitted([NINEWA], projection=plain(latitude=36), plot=Plot(10, 20, 110, 220))
    x, y = fit(np.array([[41, 37.3], [43.5, 35]])).T
    assert y[0] < y[1]
    assert (x[0], x[1]) == pytest.approx((10, 110))


def test_holes_are_kept_and_specks_are_not() -> None:
    ring = shapely.Polygon(NINEWA.exterior.coords, [shapely.box(42, 36, 42.5, 36.5).exterior.coords])
    both = shapely.union_all([ring, shapely.box(50, 36, 50.001, 36.001)])
    fit = fitted([ring], projection=plain(latitude=36), plot=Plot(0, 0, 100, 100))
    assert path(fit.shape(both)).count("z") == 2


def test_a_small_area_that_matters_is_a_dot_and_one_that_does_not_is_left_out() -> None:
    areas = [MapArea("Iraq", NINEWA, 300)]
    speck = shapely.box(14.4, 35.8, 14.41, 35.81)
    drawn = world_map([*areas, MapArea("Malta", speck, 40)], DEATHS, frame=FRAME, show=deaths)
    left_out = world_map([*areas, MapArea("Malta", speck, 0)], DEATHS, frame=FRAME, show=deaths)
    assert "<title>Malta: 40</title>" in drawn
    assert "<circle" in drawn
    assert "Malta" not in left_out.split("</desc>")[1]


def test_the_ranked_are_named_first_where_names_collide() -> None:
    near = [
        MapArea(f"P{i}", shapely.box(44 + i / 50, 33, 44.02 + i / 50, 33.02), 0.1, f"Province {i}") for i in range(9)
    ]
    ranked = MapArea("P9", shapely.box(44.18, 33, 44.2, 33.02), 0.9, "Province 9", rank=1)
    far = MapArea("far", shapely.box(40, 30, 41, 31), 0.1)
    svg = country_map([*near, ranked, far], PROBABILITY, frame=FRAME, show=percent)
    written = re.findall(r">([^<]*Province \d)</text>", svg)
    assert "1 Province 9" in written
    assert len(written) < 10
    assert all(f"P{i}: 10 %" in svg for i in range(9))


def test_a_name_at_the_edge_is_moved_into_the_picture() -> None:
    areas = [
        MapArea("far", shapely.box(40, 30, 41, 31), 0.1),
        MapArea("edge", shapely.box(43.9, 30, 44, 31), 0.1, "A province with a long name"),
    ]
    assert ">A province with a long name</text>" in country_map(areas, PROBABILITY, frame=FRAME, show=percent)


def test_a_rank_without_a_name_stands_in_a_disc() -> None:
    svg = world_map([MapArea("Iraq", NINEWA, 300, rank=7)], DEATHS, frame=FRAME, show=deaths)
    assert re.search(r"<circle[^>]*r=\"8\"[^>]*/><text[^>]*>7</text>", svg)
    assert "Iraq: 300, rank 7" in svg


def test_neighbours_are_drawn_pale_only_where_they_are_in_view() -> None:
    def drawn(context: list[shapely.Polygon]) -> str:
        return country_map([MapArea("N", NINEWA, 0.1)], PROBABILITY, frame=FRAME, show=percent, context=context)

    assert len(drawn([shapely.box(38, 34, 41, 38)])) > len(drawn([])) == len(drawn([shapely.box(100, 0, 101, 1)]))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="no areas"):
        country_map([], PROBABILITY, frame=FRAME, show=percent)
    with pytest.raises(InputError, match="no outline"):
        country_map([MapArea("N", shapely.Point(1, 1), 0.1)], PROBABILITY, frame=FRAME, show=percent)
    with pytest.raises(InputError, match="not a number"):
        geometry([[(0, 0), (1, float("nan")), (1, 1), (0, 0)]])
    with pytest.raises(OutOfRange):
        country_map([MapArea("N", NINEWA, float("nan"))], PROBABILITY, frame=FRAME, show=percent)


@pytest.mark.data
def test_the_world_keeps_to_its_size(shared_data: Path) -> None:
    world = json.loads((shared_data / "geography" / "admin0.geojson").read_text(encoding="utf-8"))
    areas = [
        MapArea(f["properties"]["NAME"], shape(f["geometry"]), None if i % 9 == 0 else 40.0 * (i % 5), rank=i or None)
        for i, f in enumerate(world["features"])
    ]
    svg = world_map(areas, DEATHS, frame=Frame("world", "The world"), show=deaths)
    assert len(svg.encode()) <= 250_000
    assert "Iraq: " in svg
