from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.brief.charts import DEATHS, PROBABILITY, Classes, ValueClass, death_classes
from tocsin.brief.charts.palette import (
    ACCENTS,
    AHEAD,
    BANDS,
    CAME,
    HATCH_PAPER,
    HISTORY,
    INK,
    MUTED,
    PAPER,
    THRESHOLD,
    contrast,
    luminance,
    sequence,
    text_on,
)  # fmt: skip
from tocsin.brief.charts.text import shortened, spread, text_width, wrapped
from tocsin.errors import InputError, OutOfRange


@pytest.mark.parametrize("n", [2, 5, 6, 7])
def test_a_sequence_darkens_step_by_step_enough_for_grey_print(n: int) -> None:
    grey = [luminance(colour) ** (1 / 2.2) for colour in sequence(n)]
    assert all(a - b >= 0.05 for a, b in pairwise(grey))


def test_bands_darken_inwards() -> None:
    assert all(luminance(a) - luminance(b) >= 0.1 for a, b in pairwise((PAPER, *BANDS, AHEAD)))


@pytest.mark.parametrize("colour", [INK, MUTED, CAME, THRESHOLD, HISTORY, *ACCENTS])
def test_colours_of_text_are_read_on_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


@pytest.mark.parametrize("fill", [*sequence(2), *sequence(6), *sequence(7), HATCH_PAPER])
def test_text_is_read_on_every_class(fill: str) -> None:
    assert contrast(text_on(fill), fill) >= 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_value_has_its_class_at_both_ends() -> None:
    assert [DEATHS.of(v).words for v in (0, 1, 24, 25, 99, 100, 1000)] == [
        "none", "1-24", "1-24", "25-99", "25-99", "100-299", "1,000 or more",
    ]  # fmt: skip
    assert [PROBABILITY.of(p).words.split(",")[0] for p in (0, 0.05, 0.2, 0.45, 0.55, 0.8, 0.95, 1)] == [
        "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely",
        "almost certain", "almost certain",
    ]  # fmt: skip


def test_two_classes_of_deaths_are_enough() -> None:
    assert [s.words for s in death_classes(()).steps] == ["none", "1 or more"]
    assert [s.words for s in death_classes((2,)).steps] == ["none", "1", "2 or more"]


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_what_lies_in_no_class_is_refused(value: float) -> None:
    with pytest.raises(OutOfRange, match="lies in no class"):
        DEATHS.of(value)


def test_classes_must_rise() -> None:
    with pytest.raises(InputError, match="do not rise"):
        Classes((ValueClass(1, "a", INK), ValueClass(1, "b", INK)))


@given(st.lists(st.floats(0, 400), max_size=8))
def test_names_are_spread_apart_and_stay_within(wanted: list[float]) -> None:
    placed = spread(wanted, gap=14, lower=0, upper=400)
    assert all(b - a >= 14 - 1e-6 for a, b in pairwise(sorted(placed)))
    assert all(-1e-6 <= p <= 400 + 1e-6 for p in placed)


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=60), st.floats(20, 200))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shortened(text, width=width)) <= max(width, text_width("…"))


def test_lines_break_at_words_and_keep_them_all() -> None:
    lines = wrapped("the fall of Mosul in June 2014", width=80)
    assert len(lines) > 1
    assert " ".join(lines) == "the fall of Mosul in June 2014"


def test_marks_take_no_width_and_wide_letters_take_more() -> None:
    assert text_width("a\u0301") == text_width("a")
    assert text_width("伊") > text_width("W")
