"""What holds for pictures of every kind."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.brief.charts.svg_texts import SVG, box, colour_under, elements, texts

from tocsin.brief.charts import Frame
from tocsin.brief.charts.palette import contrast

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (680, 360, 320)
TITLE = "Iraq: deaths < 100 & more, as known at the end of December 2013"


def test_a_picture_is_what_it_was(kind: str, draw: Callable[[Frame], str], *, update_golden: bool) -> None:
    svg = draw(Frame(kind, TITLE)) + "\n"
    file = GOLDEN / f"{kind}.svg"
    if update_golden:
        file.write_text(svg, encoding="utf-8")
    assert svg == file.read_text(encoding="utf-8"), "look at the new picture, then run pytest --update-golden"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_is_titled_described_and_scales(draw: Callable[[Frame], str], width: float) -> None:
    root = ET.fromstring(draw(Frame("p", TITLE, width=width)))  # noqa: S314
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == TITLE
    assert len(desc.text or "") > 40
    assert root.attrib["role"] == "img"
    assert (root.attrib["aria-labelledby"], root.attrib["aria-describedby"]) == (title.get("id"), desc.get("id"))
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert float(root.attrib["width"]) == width


def test_words_of_ones_own_replace_the_description(draw: Callable[[Frame], str]) -> None:
    assert ">Mine &lt;&gt; alone</desc>" in draw(Frame("p", "T", desc="Mine <> alone"))


def test_ids_differ_between_two_pictures_and_all_that_is_referred_to_exists(draw: Callable[[Frame], str]) -> None:
    both = [draw(Frame("one", "T")), draw(Frame("two", "T"))]
    ids = [e.attrib["id"] for svg in both for e in elements(svg) if "id" in e.attrib]
    assert len(ids) == len(set(ids)) >= 4
    assert set(re.findall(r"url\(#([^)]*)\)", "".join(both))) <= set(ids)


def test_no_number_is_missing_or_endless(draw: Callable[[Frame], str]) -> None:
    for element in elements(draw(Frame("p", "T"))):
        for name, value in element.attrib.items():
            assert not re.search(r"nan|inf(?!o)", value, re.IGNORECASE), (element.tag, name, value)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("heading", [True, False])
def test_texts_are_legible_within_the_picture_and_never_overlap(
    draw: Callable[[Frame], str], width: float, *, heading: bool
) -> None:
    svg = draw(Frame("p", TITLE, width=width, heading=heading))
    root = ET.fromstring(svg)  # noqa: S314
    found = texts(svg)
    assert found
    assert all(float(t.attrib["font-size"]) >= 10 for t in found)
    for text in found:
        assert box(text).within(float(root.attrib["width"]) + 0.5, float(root.attrib["height"])), text.text
    for one, other in combinations(found, 2):
        assert not box(one).meets(box(other)), (one.text, other.text)


def test_only_what_both_renderers_draw_alike_is_used(draw: Callable[[Frame], str]) -> None:
    known = {"svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "circle", "text"}
    svg = draw(Frame("p", "T"))
    assert {e.tag.removeprefix(SVG) for e in elements(svg)} <= known
    assert "class=" not in svg


def test_the_title_is_drawn_once_unless_it_is_not_wanted(draw: Callable[[Frame], str]) -> None:
    assert [t.text for t in texts(draw(Frame("p", "A title")))].count("A title") == 1
    assert "A title" not in [t.text for t in texts(draw(Frame("p", "A title", heading=False)))]


def test_text_can_be_read_on_what_lies_beneath(draw: Callable[[Frame], str]) -> None:
    svg = draw(Frame("p", "T"))
    for text in texts(svg):
        assert contrast(text.attrib["fill"], colour_under(svg, text)) >= 4.5, text.text


def test_a_picture_of_a_given_height_keeps_to_it(draw: Callable[[Frame], str], kind: str) -> None:
    drawn = float(ET.fromstring(draw(Frame("p", "T", height=420))).attrib["height"])  # noqa: S314
    assert 380 <= drawn <= 480, kind


def test_typst_draws_it_with_its_text_as_text(draw: Callable[[Frame], str]) -> None:
    typst = pytest.importorskip("typst", reason="the pdf extra is not installed")
    pdfium = pytest.importorskip("pypdfium2")
    svg = draw(Frame("p", "A title"))
    source = f'#set page(width: 560pt, height: auto)\n#image(bytes({typst_string(svg)}), format: "svg")'
    pdf = typst.compile(source.encode())
    assert "A title" in pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range()


def typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
