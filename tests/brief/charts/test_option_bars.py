"""Options against criteria: one scale a column, thresholds where they lie, unknown in words."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from tests.brief.charts.svg_texts import box, texts

from tocsin.brief.charts import BarCell, BarCriterion, BarOption, Frame, bars_told, option_bars
from tocsin.errors import InputError

CRITERIA = (
    BarCriterion("attacks on staff of the mission", "attacks a year", "down", 0, 40, at_most=10),
    BarCriterion("advice", "percent", "up", 0, 100, at_least=25),
    BarCriterion("advisers", "persons", "down", 5, 5),
)
OPTIONS = (
    BarOption("stay as it is", (BarCell((4, 8, 10, 16, 24), "met in 47 %"), BarCell((40, 60, 70, 80, 90)), BarCell((5,) * 5))),
    BarOption("leave", (BarCell(None), BarCell((2, 3, 5, 9, 20), "met in none"), BarCell(None))),
)  # fmt: skip


def test_bars_lie_on_the_scale_of_their_column() -> None:
    svg = option_bars(OPTIONS, CRITERIA, frame=Frame("o", "T"))
    left, wide = 680 * 0.2, 680 * 0.8 / 3
    start, room = left + 7, wide - 14
    thin = re.search(r"stay as it is, attacks.*?height=\"5\"", svg)
    assert thin is not None
    x, width = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="5"', svg)[0]
    assert float(x) == pytest.approx(start + room * 4 / 40, abs=0.1)
    assert float(width) == pytest.approx(room * 20 / 40, abs=0.1)


def test_a_threshold_is_drawn_in_every_row_where_it_lies() -> None:
    svg = option_bars(OPTIONS, CRITERIA, frame=Frame("o", "T"))
    start, room = 680 * 0.2 + 7, 680 * 0.8 / 3 - 14
    places = [float(x) for x in re.findall(r'<path d="M([\d.]+) [\d.]+V[\d.]+" stroke="#b3410a"', svg)]
    assert len(places) == 2 * 2
    assert places[0] == pytest.approx(start + room / 4, abs=0.1)
    assert "threshold" in svg
    bare = option_bars(OPTIONS[:1], (BarCriterion("a", "u", "up", 0, 1),) * 3, frame=Frame("o", "T"))
    assert "threshold" not in bare


def test_what_is_unknown_is_said_and_not_drawn() -> None:
    svg = option_bars(OPTIONS[1:], CRITERIA, frame=Frame("o", "T"))
    assert svg.count('height="5"') == 1
    assert bars_told(OPTIONS, CRITERIA).count("unknown") == 2
    assert "stay as it is: attacks on staff of the mission, attacks a year: 4 to 24, met in 47 %" in bars_told(
        OPTIONS, CRITERIA
    )


@pytest.mark.parametrize("width", [680, 480])
def test_words_of_cells_are_inside_and_apart(width: float) -> None:
    svg = option_bars(OPTIONS, CRITERIA, frame=Frame("o", "T", width=width))
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    found = texts(svg)
    assert all(box(text).within(width + 0.5, height) for text in found)
    for one, other in combinations(found, 2):
        assert not box(one).meets(box(other)), (one.text, other.text)


def test_a_row_that_lacks_a_cell_is_refused() -> None:
    with pytest.raises(InputError, match="one cell for each"):
        option_bars([BarOption("x", ())], CRITERIA, frame=Frame("o", "T"))
    with pytest.raises(InputError, match="no options"):
        option_bars([], CRITERIA, frame=Frame("o", "T"))
    with pytest.raises(InputError, match="five values"):
        BarCell((1, 2, 3))
    with pytest.raises(InputError, match="five values"):
        BarCell((5, 4, 3, 2, 1))
