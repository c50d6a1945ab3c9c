"""Reliability diagram, rank track, intervals, tiles."""

from __future__ import annotations

import math
import re

import pytest

from tocsin.brief.charts import DEATHS, Frame, Interval, RankLine, bars, reliability, tiles, track
from tocsin.brief.charts.palette import DASHES
from tocsin.errors import InputError, OutOfRange
from tocsin.scores import ReliabilityRow
from tocsin.vocabulary import Month, deaths

FRAME = Frame("p", "T")
JANUARY = Month.of(2014, 1)


def test_a_rate_outside_the_band_is_told_apart_by_shape_and_words() -> None:
    good = ReliabilityRow(0.1, 0.2, 4321, 0.15, 0.16, 0.13, 0.18)
    bad = ReliabilityRow(0.8, 0.9, 57, 0.85, 0.41, 0.76, 0.93)
    both = reliability([good, bad], frame=FRAME)
    for text in ("15 %", "16 %", "13 %", "18 %", "85 %", "41 %", "76 %", "93 %", "4,321", "57"):
        assert text in both
    assert "1 of 2 steps lie outside" in both
    assert "came, outside it" in both
    assert "came, outside it" not in reliability([good], frame=FRAME)


def test_an_empty_reliability_diagram_says_so() -> None:
    assert "no forecasts to judge" in reliability([], frame=FRAME)


def test_a_certain_step_is_drawn() -> None:
    assert "said 0 %, came 0 % of 9" in reliability([ReliabilityRow(0, 0.1, 9, 0, 0, 0, 0)], frame=FRAME)


def test_rank_one_stands_highest_and_a_gap_is_not_drawn_over() -> None:
    svg = track([RankLine("A", (4, None, 1), highlight=True)], first=JANUARY, frame=FRAME)
    (y4, y1) = (float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', svg))
    assert y1 < y4
    assert "Jan 2014: 4, Mar 2014: 1" in svg


def test_highlighted_lines_differ_by_dashes_too_and_tell_their_alerts() -> None:
    lines = [RankLine(n, (i + 1.0, i + 2.0), highlight=True) for i, n in enumerate("ABC")]
    svg = track(lines, first=JANUARY, frame=FRAME, budget=2)
    assert [f'stroke-dasharray="{d}"' in svg for d in DASHES[1:3]] == [True, True]
    assert "B: best 2 in January 2014, last 3, within the first 2 at 1 of 2 origins." in svg
    assert "alerted: the first 2" in svg


def test_an_area_never_ranked_is_named() -> None:
    svg = track([RankLine("A", (None, None), highlight=True)], first=JANUARY, frame=FRAME)
    assert "A: never ranked." in svg
    assert ">A</text>" in svg


def test_many_areas_and_one_origin_are_drawn() -> None:
    svg = track([RankLine(f"c{i}", (i + 1,), highlight=i < 6) for i in range(190)], first=JANUARY, frame=FRAME)
    assert svg.count("<circle") == 190


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], "no ranks"),
        ([RankLine("A", ())], "no ranks"),
        ([RankLine("A", (1,)), RankLine("B", (1, 2))], "differ in their number"),
        ([RankLine("A", (0,))], "0 is no rank"),
        ([RankLine("A", (math.nan,))], "nan is no rank"),
    ],
)
def test_ranks_that_cannot_be_drawn_are_refused(lines: list[RankLine], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        track(lines, first=JANUARY, frame=FRAME)


def test_intervals_are_written_in_full_and_the_unknown_is_said() -> None:
    rows = [Interval("ours", 14.28, 12.31, 16.94), Interval("point", 15.5), Interval("theirs", None)]
    svg = bars(rows, frame=FRAME, unit="CRPS", better="lower")
    for text in ("14.28 [12.31, 16.94]", ">15.50<", ">unknown<", "CRPS; lower is better"):
        assert text in svg


def test_the_reference_lies_in_the_picture_though_no_value_is_near() -> None:
    svg = bars([Interval("d", 5, 4, 6)], frame=FRAME, unit="difference", reference=0)
    assert ">difference; dashed line: 0.00<" in svg
    line = re.search(r'd="M([\d.]+) [\d.]+V[\d.]+" stroke="[^"]+" stroke-width="1.2"', svg)
    dot = re.search(r'<circle cx="([\d.]+)"', svg)
    assert line is not None
    assert dot is not None
    assert 0 < float(line[1]) < float(dot[1]) < 680


@pytest.mark.parametrize("rows", [[Interval("a", None)], [Interval("a", 0)], [Interval("a", 0, 0, 0)] * 2])
def test_bare_intervals_are_drawn(rows: list[Interval]) -> None:
    for width in (680, 320):
        assert bars(rows, frame=Frame("p", "T", width=width), unit="u").startswith("<svg")


def test_intervals_that_cannot_be_drawn_are_refused() -> None:
    with pytest.raises(InputError, match="no interval"):
        bars([], frame=FRAME, unit="u")
    with pytest.raises(InputError, match="ends below its start"):
        Interval("a", 1, 2, 1)
    with pytest.raises(InputError, match="not finite"):
        Interval("a", math.nan)


def test_tiles_take_their_class_and_tell_every_number() -> None:
    svg = tiles([("Anbar", (534, None)), ("Ninewa", (0, 1063))], DEATHS, first=JANUARY, frame=FRAME, show=deaths)
    assert f'fill="{DEATHS.of(534).colour}"' in svg
    assert "Anbar, February 2014: unknown" in svg
    assert ">1,063</text>" in svg
    assert svg.count('fill="url(#p-unknown)"') == 2


def test_numbers_are_left_to_the_pointer_where_tiles_are_too_small() -> None:
    row = ("Anbar", tuple(range(1000, 1048)))
    svg = tiles([row], DEATHS, first=JANUARY, frame=FRAME, show=deaths)
    assert ">1,047</text>" not in svg
    assert "Anbar, December 2017: 1,047" in svg


def test_tiles_that_cannot_be_drawn_are_refused() -> None:
    for rows, fault in (([], "no tiles"), ([("A", ())], "no tiles"), ([("A", (1,)), ("B", (1, 2))], "differ")):
        with pytest.raises(InputError, match=fault):
            tiles(rows, DEATHS, first=JANUARY, frame=FRAME, show=deaths)
    with pytest.raises(OutOfRange, match="no class"):
        tiles([("A", (-1,))], DEATHS, first=JANUARY, frame=FRAME, show=deaths)
