"""The picture of ratios: places on a logarithmic axis, the marked case, and what is refused."""

from __future__ import annotations

import re

import pytest

from tocsin.brief.charts import Frame
from tocsin.brief.charts.ratios import LogRatio, RatioRow, ratio_chart
from tocsin.errors import InputError, OutOfRange

ROWS = (
    RatioRow(
        "Exits", "3 exits; median 1.0", (("Iraq 2011", 4.5), ("Mali 2023", 0.8), ("Haiti 2017", 0.8)), 0.1, 1.0, 4.4
    ),
    RatioRow("All country-years", "unknown"),
)
SAME = (2 / 3, 1.5)


def test_equal_factors_take_equal_room() -> None:
    x = LogRatio(0.01, 100, start=0, end=400)
    assert [round(x(v), 9) for v in (0.1, 1, 10)] == [100, 200, 300]
    assert x.ticks() == (0.01, 0.1, 1.0, 10.0, 100.0)


def test_the_marked_case_is_a_diamond_and_the_others_are_dots() -> None:
    svg = ratio_chart(ROWS, frame=Frame("r", "T"), unit="u", same=SAME, marked="Iraq 2011")
    assert svg.count("<circle") == 2 + 1
    assert "Iraq 2011: 4.50</title>" in svg
    plain = ratio_chart(ROWS, frame=Frame("r", "T"), unit="u", same=SAME)
    assert plain.count("<circle") == 3 + 1


def test_alike_cases_stand_above_one_another() -> None:
    svg = ratio_chart(ROWS, frame=Frame("r", "T"), unit="u", same=SAME, marked="Iraq 2011")
    places = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="3.6" fill="#ffffff" stroke="#0b5394"', svg)
    assert len({x for x, _ in places}) < len(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("width", [680, 360, 320])
def test_everything_drawn_lies_inside_the_picture(width: int) -> None:
    svg = ratio_chart(ROWS, frame=Frame("r", "T", width=width), unit="a unit of many words " * 4, same=SAME)
    centres = [float(x) for x in re.findall(r'cx="([\d.]+)"', svg)]
    assert all(0 < x < width for x in centres)
    assert "All country-years: unknown." in svg


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="no ratio to draw"):
        ratio_chart([RatioRow("nobody")], frame=Frame("r", "T"), unit="u", same=SAME)
    with pytest.raises(InputError, match="not above 0"):
        RatioRow("r", cases=(("a", 0.0),))
    with pytest.raises(InputError, match="no name"):
        RatioRow(" ")
    with pytest.raises(OutOfRange, match="cannot run"):
        LogRatio(0, 1, start=0, end=1)
