from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.brief.charts import Frame
from tocsin.brief.charts.svg import el, number, picture, polyline
from tocsin.errors import InputError, OutOfRange


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_stays_text(content: str, attribute: str) -> None:
    parsed = ET.fromstring(str(el("text", content, data_note=attribute)))  # noqa: S314
    assert "<" not in str(el("text", content))[6:-7]
    assert len(parsed) == 0


def test_a_title_cannot_break_out_of_the_picture() -> None:
    svg = picture(Frame("p", '</title><script>alert("x")</script>'), height=10, desc="d")
    assert "<script" not in svg
    ET.fromstring(svg)  # noqa: S314


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_drawn(value: float) -> None:
    with pytest.raises(InputError, match="cannot be drawn"):
        number(value)
    with pytest.raises(InputError, match="cannot be drawn"):
        polyline([(0, 0), (value, 1)])


@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), min_size=1, max_size=20))
def test_relative_steps_lead_to_the_rounded_points(points: list[tuple[float, float]]) -> None:
    data = polyline(points).removeprefix("M").replace("l", " ")
    numbers = [float(n) for n in data.split()]
    end = (sum(numbers[::2]), sum(numbers[1::2]))
    assert end == pytest.approx(points[-1], abs=0.0501)


@pytest.mark.parametrize("prefix", ["", "1st", "a b", 'a"b', "-a"])
def test_a_prefix_must_begin_an_id(prefix: str) -> None:
    with pytest.raises(InputError, match="cannot begin the ids"):
        Frame(prefix, "T")


@pytest.mark.parametrize(("width", "height"), [(100, None), (math.nan, None), (math.inf, None), (680, 0)])
def test_a_size_that_cannot_be_read_is_refused(width: float, height: float | None) -> None:
    with pytest.raises(OutOfRange):
        Frame("p", "T", width=width, height=height)


def test_an_untitled_picture_is_refused() -> None:
    with pytest.raises(InputError, match="no title"):
        Frame("p", "  ")
