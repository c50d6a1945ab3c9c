from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from tocsin.brief.charts import PROBABILITY, Frame, MapArea, country_map
from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.glyphs import Glyph, glyph
from tocsin.brief.charts.outline import fitted
from tocsin.brief.charts.projection import plain
from tocsin.brief.charts.sites import (
    SIGNS,
    SiteMark,
    SiteState,
    checked_reach,
    circle,
    site_counts,
    site_layer,
)
from tocsin.brief.charts.text import Box
from tocsin.errors import InputError, OutOfRange, UnknownName
from tocsin.vocabulary import EARTH_KM, percent

SQUARE = shapely.box(42, 32, 46, 36)
AREA = MapArea("Middle", SQUARE, 0.4, label="Middle")
FRAME = Frame("m", "Sites")
TAJI = SiteMark("Taji", 44.257, 33.524, "open")


def drawn(*sites: SiteMark, reach_km: tuple[float, ...] = (), width: float = 680) -> str:
    return country_map(
        [AREA], PROBABILITY, frame=Frame("m", "Sites", width=width), show=percent, sites=sites, reach_km=reach_km
    )


def radii(path: str, *, x: float, y: float) -> list[float]:
    """Distances in px from a place to the points of a path of relative steps."""
    first, *steps = re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)
    at = np.cumsum(np.array([first, *steps], dtype=float).reshape(-1, 2), axis=0)
    return [math.hypot(px - x, py - y) for px, py in at]


def test_a_reach_of_50_km_is_so_many_px() -> None:
    plot = Plot(0, 0, 400, 400)
    fit = fitted([shapely.box(-2, -2, 2, 2)], projection=plain(latitude=0), plot=plot)
    layer = site_layer([SiteMark("Zero", 0, 0, "open")], fit, within=Box(0, 0, 400, 400), reach_km=[50])
    paths = [c.attributes for c in layer.drawn if "stroke-dasharray" in dict(c.attributes)]
    assert len(paths) == 1
    assert radii(dict(paths[0])["d"], x=200, y=200) == pytest.approx([44.97] * 97, abs=0.4)
    # 100 px to the degree, 111.195 km to the degree: 50 km are 44.97 px


def test_a_circle_lies_everywhere_as_far_from_its_middle() -> None:
    lon, lat = np.radians(circle(44.4, 33.3, km=150)).T
    at_lon, at_lat = np.radians([44.4, 33.3])
    apart = np.arccos(np.sin(lat) * np.sin(at_lat) + np.cos(lat) * np.cos(at_lat) * np.cos(lon - at_lon))
    assert EARTH_KM * apart == pytest.approx(150, abs=0.01)


def test_a_site_is_no_finer_than_a_tenth_of_a_degree() -> None:
    assert (TAJI.lon, TAJI.lat) == (44.3, 33.5)
    assert drawn(TAJI, reach_km=(50,)) == drawn(SiteMark("Taji", 44.3, 33.5, "open"), reach_km=(50,))
    assert drawn(TAJI) != drawn(SiteMark("Taji", 44.4, 33.5, "open"))


def test_each_state_has_a_shape_of_its_own_and_an_entry() -> None:
    shapes = {re.sub(r"-?\d+(\.\d+)?", "", str(glyph(sign, 10, 10))) for sign in SIGNS.values()}
    assert len(shapes) == len(SiteState)
    sites = [SiteMark(state.value, 42.5 + i * 0.7, 34, state) for i, state in enumerate(SiteState)]
    svg = drawn(*sites)
    for state in SiteState:
        assert f'data-state="{state}"' in svg
        assert f">{'state of site unknown' if state == 'unknown' else f'site {state}'}</text>" in svg


def test_all_signs_differ_in_shape() -> None:
    assert len({re.sub(r"#\w+", "", str(glyph(sign, 10, 10))) for sign in Glyph}) == len(Glyph)


def test_the_legend_holds_only_the_states_that_are_there() -> None:
    svg = drawn(TAJI)
    assert ">site open</text>" in svg
    assert ">site closed</text>" not in svg
    assert ">site open</text>" not in drawn()


def test_only_sites_that_reach_or_may_reach_have_a_circle() -> None:
    for state, circles in (("open", 2), ("reduced", 2), ("unknown", 2), ("paused", 0), ("closed", 0)):
        svg = drawn(SiteMark("Taji", 44.3, 33.5, state), reach_km=(50, 100))
        assert svg.count("data-km=") == circles, state
        assert (">within 50 km</text>" in svg) == bool(circles), state


def test_circles_are_cut_at_the_edge_of_the_picture() -> None:
    svg = drawn(SiteMark("Corner", 42, 32, "open"), reach_km=(400,))
    root = ET.fromstring(svg)  # noqa: S314
    circles = [e for e in root.iter() if "data-km" in e.attrib]
    assert circles
    for found in circles:
        for start in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", found.attrib["d"]):
            assert 0 <= float(start[0]) <= 680
            assert 0 <= float(start[1]) <= float(root.attrib["height"])


def test_a_site_beyond_the_picture_is_named_below_it() -> None:
    svg = drawn(TAJI, SiteMark("Camp Arifjan", 48.1, 28.9, "paused"))
    assert "outside the picture: Camp Arifjan, paused" in svg
    assert svg.count("data-state=") == 1
    assert "Taji open; Camp Arifjan paused" in svg


def test_signs_on_one_place_stand_apart_each_tied_to_its_place() -> None:
    svg = drawn(*(SiteMark(f"Site {i}", 44, 34, "closed") for i in range(5)))
    starts = re.findall(r'd="M([\d.]+) ([\d.]+)l[\d.]+ [\d.]+m0 ', svg)
    places = sorted({(float(x), float(y)) for x, y in starts[::2]})
    assert len(places) == 5 + 1  # five on the map, one in the legend
    assert svg.count('r="1.5"') == 4


@pytest.mark.parametrize("width", [680, 360, 320])
def test_many_names_do_not_collide(width: float) -> None:
    sites = [SiteMark(f"Training site {i}", 43.8 + i % 4 / 10, 33.8 + i // 4 / 10, "open") for i in range(12)]
    root = ET.fromstring(drawn(*sites, width=width))  # noqa: S314
    titles = [t.text for t in root.iter() if t.tag.endswith("title")]
    assert {f"{s.name}: site open" for s in sites} <= set(titles)


def test_sites_are_counted_in_words() -> None:
    assert site_counts([]) == "no site"
    assert site_counts([TAJI, SiteMark("B", 1, 1, "closed")]) == "1 open, 1 closed"


@pytest.mark.parametrize(
    ("name", "lon", "lat", "state", "kind"),
    [
        (" ", 44, 33, "open", InputError),
        ("A", 181, 33, "open", OutOfRange),
        ("A", 44, float("nan"), "open", OutOfRange),
        ("A", 44, 33, "opened", UnknownName),
    ],
)
def test_a_site_that_cannot_be_is_refused(
    name: str, lon: float, lat: float, state: str, kind: type[InputError]
) -> None:
    with pytest.raises(kind) as caught:
        SiteMark(name, lon, lat, state)
    assert caught.value.hint
    assert caught.value.where.field


@pytest.mark.parametrize("km", [0, -1, 2001, float("nan"), float("inf")])
def test_a_reach_that_cannot_be_drawn_is_refused(km: float) -> None:
    with pytest.raises(OutOfRange, match="no reach") as caught:
        checked_reach([50, km])
    assert caught.value.where.field == "reach_km"
