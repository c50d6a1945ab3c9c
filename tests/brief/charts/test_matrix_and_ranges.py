from __future__ import annotations

import re
from typing import Any

import pytest

from tocsin.brief.charts import (
    HOLDERS,
    OVERLAP,
    Frame,
    IndicatorRange,
    MatrixCell,
    MatrixState,
    matrix_chart,
    range_chart,
)
from tocsin.brief.charts.glyphs import Glyph, glyph
from tocsin.errors import InputError, OutOfRange, UnknownName

FRAME = Frame("m", "Matrix")
ALL = [("Anbar", [MatrixCell(s.word) for s in OVERLAP])]
FIVE = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("states", [OVERLAP, HOLDERS])
def test_states_differ_by_sign_alone(states: tuple[MatrixState, ...]) -> None:
    signs = {re.sub(r"#\w+", "", str(glyph(s.glyph, 0, 0))) for s in states}
    assert len(signs) == len(states)


def test_every_state_that_is_there_is_in_the_legend_and_no_other() -> None:
    svg = matrix_chart(ALL, FIVE, frame=FRAME)
    for state in OVERLAP:
        assert f'data-state="{state.word}"' in svg
        assert f">{state.word}</text>" in svg
    assert ">duplicate</text>" not in matrix_chart([("a", [MatrixCell("single")])], ["b"], frame=FRAME)


def test_unknown_is_hatched_and_uncovered_is_not() -> None:
    svg = matrix_chart(ALL, FIVE, frame=FRAME)
    assert re.search(r"<title>Anbar, e: unknown</title><rect[^>]*url\(#m-unknown\)", svg)
    assert re.search(r'<title>Anbar, a: uncovered</title><rect[^>]*fill="#ffffff"', svg)


def test_empty_cells_say_that_nobody_is_named() -> None:
    rows = [("militias", [MatrixCell("held", ("NMI", "EUAM")), MatrixCell("none named"), MatrixCell("unknown")])]
    svg = matrix_chart(rows, ["military", "legal", "economic"], frame=FRAME, states=HOLDERS)
    assert ">NMI, EUAM</text>" in svg
    cell = svg.split("<title>militias, legal: none named</title>")[1].split("</g>")[0]
    assert ">none named</text>" in cell


def test_signs_alone_are_numbered_where_heads_do_not_fit() -> None:
    heads = [f"cooperation on subject {i}" for i in range(8)]
    rows = [(f"Province {i}", [MatrixCell("single")] * 8) for i in range(3)]
    svg = matrix_chart(rows, heads, frame=Frame("m", "Matrix", width=360))
    assert "1 cooperation on subject 0; 2 cooperation" in svg
    assert svg.count(">Province 0</text>") == 1
    assert ">8</text>" in svg


def test_words_that_do_not_fit_side_by_side_go_to_a_second_sheet() -> None:
    rows = [("militias", [MatrixCell("none named")] * 8)]
    heads = [f"kind{i}" for i in range(8)]
    svg = matrix_chart(rows, heads, frame=Frame("m", "Matrix", width=360), states=HOLDERS)
    assert svg.count(">militias</text>") > 1
    assert svg.count('data-state="none named"') == 8


@pytest.mark.parametrize(("n", "m", "field"), [(19, 2, "rows"), (2, 9, "columns")])
def test_a_matrix_too_large_to_be_read_asks_for_a_table(n: int, m: int, field: str) -> None:
    rows = [(f"r{i}", [MatrixCell("single")] * m) for i in range(n)]
    with pytest.raises(OutOfRange, match="cannot be read") as caught:
        matrix_chart(rows, [f"c{i}" for i in range(m)], frame=FRAME)
    assert "table" in str(caught.value.hint)
    assert caught.value.where.field == field


def test_a_matrix_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="no rows"):
        matrix_chart([], ["a"], frame=FRAME)
    with pytest.raises(InputError, match="1 cells for 2") as caught:
        matrix_chart([("a", [MatrixCell("single")])], ["a", "b"], frame=FRAME)
    assert caught.value.where.rows == (1,)
    with pytest.raises(UnknownName, match="singel"):
        matrix_chart([("a", [MatrixCell("singel")])], ["a"], frame=FRAME)
    twice = (MatrixState("yes", Glyph.DOT, "#ffffff"), MatrixState("no", Glyph.DOT, "#000000"))
    with pytest.raises(InputError, match="share a sign"):
        matrix_chart([("a", [MatrixCell("yes")])], ["a"], frame=FRAME, states=twice)


def test_numbers_stand_in_proportion_on_the_line() -> None:
    svg = range_chart([IndicatorRange("trained", 0, 100, 25, 50)], frame=Frame("r", "Progress", width=484))
    # 460 px of line from 12, the scale from -8 to 108: 3.9655 px to the unit
    baseline = re.search(r'cx="([\d.]+)"[^>]*data-mark="baseline"', svg)
    bar = re.search(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="10"', svg)
    target = re.search(r'd="M([\d.]+) [^"]*"[^>]*data-mark="target"', svg)
    assert baseline is not None
    assert bar is not None
    assert target is not None
    assert float(baseline[1]) == pytest.approx(12 + 8 * 460 / 116, abs=0.1)
    assert float(bar[1]) == pytest.approx(12 + 33 * 460 / 116, abs=0.1)
    assert float(bar[2]) == pytest.approx(25 * 460 / 116, abs=0.1)
    assert float(target[1]) == pytest.approx(12 + 108 * 460 / 116, abs=0.1)


def test_what_nobody_published_is_said_and_not_drawn() -> None:
    svg = range_chart([IndicatorRange("payroll audited", target=3)], frame=FRAME)
    assert "baseline: no published figure; observed: no published figure; target: 3" in svg
    assert 'data-mark="baseline"' not in svg
    nothing = range_chart([IndicatorRange("payroll audited")], frame=FRAME)
    assert ">no published figure</text>" in nothing
    assert "data-mark" not in nothing


def test_zero_is_a_figure() -> None:
    assert "baseline: 0; observed: 0; target: 0" in range_chart([IndicatorRange("x", 0, 0, 0, 0)], frame=FRAME)


def test_open_ends_are_said() -> None:
    rows = [IndicatorRange("a", lower=20, unit="%"), IndicatorRange("b", upper=7, when="2021")]
    svg = range_chart(rows, frame=FRAME)
    assert "observed: at least 20 %" in svg
    assert "observed, 2021: at most 7;" in svg


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"baseline": float("nan")}, "baseline"),
        ({"target": float("inf")}, "target"),
        ({"lower": 2, "upper": 1}, "upper"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        IndicatorRange(**{"name": "trained", **given})
    assert caught.value.where.field == field
    assert caught.value.hint


def test_no_indicator_is_refused() -> None:
    with pytest.raises(InputError, match="no indicator"):
        range_chart([], frame=FRAME)
