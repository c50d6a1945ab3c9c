"""Strips of months: nothing is drawn that is not known, and zero is drawn as nothing."""

from __future__ import annotations

import re

import pytest

from tocsin.brief.charts import Frame
from tocsin.errors import InputError
from tocsin.vocabulary import Month
from tocsin.web.area.strips import MonthStrip, strips

FRAME = Frame("s", "Anbar", width=400, heading=False)
FIRST = Month.of(2014, 1)


def test_an_unknown_month_is_hatched_and_a_quiet_one_is_empty() -> None:
    svg = strips([MonthStrip("one-sided", (5, 0, None, 7))], first=FIRST, frame=FRAME)
    assert svg.count('fill="url(#s-unknown)"') == 1
    bars = re.findall(r'd="(M[^"]+z)" fill="#66727e"', svg)
    assert bars
    assert bars[0].count("M") == 2


def test_strips_share_one_scale() -> None:
    svg = strips([MonthStrip("a", (1000.0,)), MonthStrip("b", (10.0,))], first=FIRST, frame=FRAME)
    tall = [float(bottom) - float(top) for bottom, top in re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)H", svg)]
    assert len(tall) == 2
    assert tall[0] > 2.5 * tall[1]


def test_it_tells_the_highest_month_of_each() -> None:
    svg = strips(
        [MonthStrip("a", (3, 9)), MonthStrip("b", (0, 0)), MonthStrip("c", (None, None))], first=FIRST, frame=FRAME
    )
    assert "a: highest 9 in February 2014; b: no deaths; c: unknown" in svg


@pytest.mark.parametrize("given", [[], [MonthStrip("a", ())], [MonthStrip("a", (1,)), MonthStrip("b", (1, 2))]])
def test_strips_of_no_month_or_of_different_months_are_refused(given: list[MonthStrip]) -> None:
    with pytest.raises(InputError, match="differ in length, or hold no month"):
        strips(given, first=FIRST, frame=FRAME)
