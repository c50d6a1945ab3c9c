"""What holds for every picture of the assessment, small and full, on a page and on a phone."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import shapely
from tests.brief.charts.svg_texts import SVG, box, colour_under, elements, texts

from tocsin.brief.charts import (
    HOLDERS,
    OVERLAP,
    PROBABILITY,
    Curve,
    Frame,
    IndicatorRange,
    MapArea,
    MapPeriod,
    MatrixCell,
    MonthReach,
    SiteMark,
    SiteState,
    country_map,
    curve_chart,
    curve_months,
    map_months,
    matrix_chart,
    range_chart,
)
from tocsin.brief.charts.palette import contrast
from tocsin.vocabulary import Month, percent

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTHS = (700, 680, 360, 320)
TITLE = "What the mission reaches & what it does not < as known in December 2021"
LONG = "counter-improvised explosive device training of the federal police"

AREAS = (
    *(
        MapArea(f"Province {i}", shapely.box(40 + i % 3, 30 + i // 3, 41 + i % 3, 31 + i // 3), i / 10, f"Province {i}")
        for i in range(9)
    ),
    MapArea("Unknown", shapely.box(43, 30, 44, 33), None, label="Unknown"),
)
SITES = (
    *(
        SiteMark(f"{state} camp no. {i}", 41.3 + i % 4 / 10, 31.2 + i // 4 / 10, state)
        for i, state in enumerate(tuple(SiteState) * 2)
    ),
    SiteMark("Far away", 60, 10, "open"),
)
PERIODS = [MapPeriod(str(2016 + i), AREAS, SITES[: 2 * i]) for i in range(6)]
KM = (0.0, 25.0, 50.0, 100.0, 150.0, 300.0)
CURVES = [
    Curve("deaths, best", (0, 0.05, 0.08, 0.1, 0.19, 0.7), (0, 0.04, 0.07, 0.1, 0.17, 0.6), (0, 0.1, 0.2, 0.2, 0.3, 0.9)),
    Curve("events", (0, 0.05, 0.08, 0.1, 0.19, 0.7)),
    Curve(f"need for {LONG}", (0, 0.05, 0.08, None, 0.19, 0.7)),
    Curve("forecast risk", (0, 0.05, 0.08, 0.1, 0.19, 0.7)),
    Curve("logistics", (None,) * 6),
    Curve("population of listed towns", (0, 0.1, 0.2, 0.3, 0.4, 1.0), (0,) * 6, (1,) * 6),
]  # fmt: skip
START = Month.of(2018, 10)
REACHES = [
    MonthReach(
        f"deaths within {km} km: {LONG}", (0.1,) * 12 + (0.0, None, 0.2), (0.1,) * 10 + (0.3, 0.3, 1.0, None, 0.2)
    )
    for km in (50, 150)
]
MARKS = [(START + i, f"what happened in month {i}") for i in (0, 1, 2, 13, 14, 14, 400)]
FULL = [
    (f"{LONG} {i}" if i == 3 else f"Province {i}", [MatrixCell(OVERLAP[(i * 3 + j) % 5].word) for j in range(8)])
    for i in range(18)
]
HEADS = [f"{LONG} {j}" if j == 2 else f"function {j}" for j in range(8)]
HELD = [
    (f"driver {i} {LONG}", [
        MatrixCell("held", ("NMI", "a_name_that_is_far_too_long_for_any_cell_of_a_matrix")), MatrixCell("none named"),
        MatrixCell("unknown"), MatrixCell("held", ("UNAMI", "EUAM", "UNDP", "US", "UK", "NL")), MatrixCell("held"),
    ])
    for i in range(4)
]  # fmt: skip
INDICATORS = [
    IndicatorRange(LONG, 0, 1000, 450, 700, unit="people", when="2021"),
    IndicatorRange("nothing known"),
    IndicatorRange("at least", 10, 60, 20, None, unit="%"),
    IndicatorRange("at most", 50_000, 0, None, 12_000),
    IndicatorRange("a point", lower=3, upper=3),
    IndicatorRange("one number", target=5),
    IndicatorRange("negative", -3, 2.5, -4, -1),
]
INSTRUMENTS = ["military", "civilian", "legal", "diplomatic", "economic"]

KINDS: dict[str, Callable[[Frame], str]] = {
    "map_sites": lambda frame: country_map(
        AREAS, PROBABILITY, frame=frame, show=percent, sites=SITES, reach_km=(50, 150)
    ),
    "map_months": lambda frame: map_months(PERIODS, PROBABILITY, frame=frame, show=percent, reach_km=(50,)),
    "map_months_two": lambda frame: map_months(PERIODS[:2], PROBABILITY, frame=frame, show=percent),
    "curve": lambda frame: curve_chart(
        CURVES, distances_km=KM, frame=frame, reach_km=(25, 50, 150), band="90 % interval"
    ),
    "curve_alone": lambda frame: curve_chart(CURVES[1:2], distances_km=KM, frame=frame),
    "months": lambda frame: curve_months(REACHES, first=START, frame=frame, marks=MARKS),
    "months_one": lambda frame: curve_months([MonthReach("one", (None,), (None,))], first=START, frame=frame),
    "matrix_full": lambda frame: matrix_chart(FULL, HEADS, frame=frame),
    "matrix_held": lambda frame: matrix_chart(HELD, INSTRUMENTS, frame=frame, states=HOLDERS),
    "matrix_one": lambda frame: matrix_chart([("a", [MatrixCell("single")])], ["b"], frame=frame),
    "ranges": lambda frame: range_chart(INDICATORS, frame=frame),
}


@pytest.fixture(params=list(KINDS))
def picture(request: pytest.FixtureRequest) -> Callable[[Frame], str]:
    return KINDS[str(request.param)]


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_stay_in_the_frame_and_never_overlap(picture: Callable[[Frame], str], width: float) -> None:
    svg = picture(Frame("p", TITLE, width=width))
    root = ET.fromstring(svg)  # noqa: S314
    found = texts(svg)
    assert all(float(t.attrib["font-size"]) >= 10 for t in found)
    for text in found:
        assert box(text).within(width + 0.5, float(root.attrib["height"])), text.text
    for one, other in combinations(found, 2):
        assert not box(one).meets(box(other)), (one.text, other.text)


def test_it_is_titled_described_and_drawn_the_same_twice(picture: Callable[[Frame], str]) -> None:
    svg = picture(Frame("p", TITLE))
    root = ET.fromstring(svg)  # noqa: S314
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == TITLE
    assert len(desc.text or "") > 30
    assert svg == picture(Frame("p", TITLE))
    assert ">Mine</desc>" in picture(Frame("p", TITLE, desc="Mine"))


def test_it_stands_alone_and_uses_what_all_renderers_draw(picture: Callable[[Frame], str]) -> None:
    both = [picture(Frame("one", "T")), picture(Frame("two", "T"))]
    ids = [e.attrib["id"] for svg in both for e in elements(svg) if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]*)\)", "".join(both))) <= set(ids)
    known = {"svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "circle", "text"}
    assert {e.tag.removeprefix(SVG) for e in elements(both[0])} <= known


def test_numbers_are_finite_and_have_one_decimal(picture: Callable[[Frame], str]) -> None:
    for element in elements(picture(Frame("p", "T"))):
        for name in ("x", "y", "cx", "cy", "r", "width", "height", "d"):
            assert not re.search(r"nan|inf|\.\d\d", element.get(name, ""), re.IGNORECASE), (element.tag, name)


def test_text_can_be_read_on_what_lies_beneath(picture: Callable[[Frame], str]) -> None:
    svg = picture(Frame("p", "T"))
    for text in texts(svg):
        assert contrast(text.attrib["fill"], colour_under(svg, text)) >= 4.5, text.text


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_drawn_stays_within_the_width(picture: Callable[[Frame], str], width: float) -> None:
    for element in elements(picture(Frame("p", TITLE, width=width))):
        if element.tag == f"{SVG}circle":
            assert 0 <= float(element.attrib["cx"]) <= width
        if element.tag == f"{SVG}rect" and "x" in element.attrib:
            assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width + 0.5


def test_typst_draws_it(picture: Callable[[Frame], str]) -> None:
    typst = pytest.importorskip("typst", reason="the pdf extra is not installed")
    svg = picture(Frame("p", "A title")).replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set page(width: 560pt, height: auto)\n#image(bytes("{svg}"), format: "svg")'
    assert typst.compile(source.encode()).startswith(b"%PDF")
