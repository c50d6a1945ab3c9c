"""Bands of a question and what they are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decide.settle.made_up_question import WIDE, party, question

from tocsin.decide.settle import BandsFrom, Stretch, band_probabilities, settle_question, stretches
from tocsin.decide.settle.bands import stretch_at
from tocsin.decide.settlement import Distribution

BANDS = [{"name": "soon", "low": 0, "high": 8}, {"name": "later", "low": 8, "high": 60}]


def test_bands_of_the_question_come_first() -> None:
    named, source = stretches(question(*WIDE, high=60, bands=BANDS))
    assert named == (Stretch("soon", 0, 8), Stretch("later", 8, 60))
    assert source is BandsFrom.QUESTION


def test_else_between_anchors() -> None:
    scale = {"low": 0, "high": 60, "unit": "months", "anchors": {60: "no end", 7: "by autumn"}}
    done = settle_question(question(*WIDE, scale=scale), draws=100)
    assert [(b.name, b.low, b.high) for b in done.bands] == [
        ("from 0 to by autumn", 0, 7), ("from by autumn to no end", 7, 60)
    ]  # fmt: skip
    assert done.bands_from is BandsFrom.ANCHORS
    assert any("between the scale's anchors" in note for note in done.notes)


@pytest.mark.parametrize("anchors", [{}, {0: "closed", 60: "unchanged"}])
def test_else_thirds_and_it_is_said(anchors: dict[float, str]) -> None:
    scale = {"low": 0, "high": 60, "unit": "months", "anchors": anchors}
    done = settle_question(question(*WIDE, scale=scale), draws=100)
    assert [(b.low, b.high) for b in done.bands] == [(0, 20), (20, 40), (40, 60)]
    assert any("thirds of the scale" in note for note in done.notes)


def test_an_edge_belongs_to_the_band_above_and_the_end_to_the_last() -> None:
    settled = Distribution.of([0, 8, 60], [0.2, 0.3, 0.5])
    named = (Stretch("soon", 0, 8), Stretch("later", 8, 60))
    assert [b.probability for b in band_probabilities(settled, named, low=0, high=60)] == [0.2, 0.8]
    assert [stretch_at(x, named, low=0, high=60) for x in (7.9, 8, 60)] == [named[0], named[1], named[1]]


def test_what_no_band_names_is_said() -> None:
    done = settle_question(question(*WIDE, high=60, bands=[{"name": "middle", "low": 20, "high": 40}]), draws=100)
    assert done.unnamed == pytest.approx(1 - done.bands[0].probability)
    assert 0 < done.bands[0].probability < 1
    assert stretch_at(10, (Stretch("middle", 20, 40),), low=0, high=60) is None
    assert settle_question(question(*WIDE, high=60, bands=BANDS), draws=100).unnamed is None


def test_a_band_finer_than_outcomes_is_said() -> None:
    bands = [{"name": "a day", "low": 0, "high": 0.5}, {"name": "rest", "low": 0.5, "high": 60}]
    done = settle_question(question(*WIDE, high=60, bands=bands), draws=100)
    assert [b.narrow for b in done.bands] == [True, False]
    assert any("'a day' is narrower than a hundredth" in note for note in done.notes)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True), st.floats(-50, 50), st.floats(0.1, 20))
def test_probabilities_sum_to_one_wherever_the_edges_lie(cuts: list[int], low: float, width: float) -> None:
    edges = [low + width * cut / 100 for cut in (0, *sorted(cuts), 100)]
    named = tuple(Stretch(str(i), edges[i], edges[i + 1]) for i in range(len(edges) - 1))
    settled = Distribution.of([low + width * k / 100 for k in range(101)], [1] * 101)
    found = band_probabilities(settled, named, low=low, high=low + width)
    assert sum(b.probability for b in found) == pytest.approx(1)
    counts = [b - a for a, b in zip((0, *sorted(cuts)), (*sorted(cuts), 101), strict=True)]
    assert [b.probability for b in found] == pytest.approx([n / 101 for n in counts])


def test_all_bands_of_a_question_sum_to_one() -> None:
    done = settle_question(question(*WIDE, party("d", [0, 50, 60]), high=60, bands=BANDS), draws=100)
    assert sum(b.probability for b in done.bands) == pytest.approx(1)
