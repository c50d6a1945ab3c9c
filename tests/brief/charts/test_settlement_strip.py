"""The picture of a question: places on its scale, thickness by weight, words that never overlap."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from tests.brief.charts.svg_texts import box, texts

from tocsin.brief.charts import Frame, SettlesIn, Stands, Strip, settlement_strip, strip_told
from tocsin.errors import InputError

STRIP = Strip(
    0, 60, "months", ((7, "by September"), (60, "no end")),
    (Stands("a state with a name of many words", 0, 10, 7, 0.44), Stands("allies", 18, 42, 30, 0.19)), 27.3,
    (Stands("80 %, noise in the inputs", 23.6, 29.8), Stands("80 %, past errors of the model", 7.2, 48)),
    (
        SettlesIn("soon", 0, 8, 0.12, "very unlikely (12 %)"), SettlesIn("later", 8, 54, 0.86, "very likely (86 %)"),
        SettlesIn("never", 54, 60, 0.02, "almost no chance (2 %)"),
    ),
    Stands("without a decision", 40, 60, 60),
)  # fmt: skip


def bar(svg: str, name: str) -> dict[str, float]:
    """The box of the row whose title begins so."""
    found = re.search(rf"<title>{re.escape(name)}.*?(<rect [^>]*>)", svg)
    assert found is not None
    return {key: float(value) for key, value in re.findall(r' (x|y|width|height)="([\d.]+)"', found[1])}


def test_a_party_stands_where_its_range_is_and_is_as_thick_as_its_weight() -> None:
    svg = settlement_strip(STRIP, frame=Frame("s", "T"))
    start, end = 680 * 0.38, 680 - 14
    first, second = bar(svg, "a state"), bar(svg, "allies")
    assert first["x"] == pytest.approx(start, abs=0.1)
    assert first["width"] == pytest.approx((end - start) / 6, abs=0.1)
    assert second["x"] == pytest.approx(start + (end - start) * 0.3, abs=0.1)
    assert first["height"] == pytest.approx(3 + 12 * 0.44, abs=0.1)
    assert second["height"] == pytest.approx(3 + 12 * 0.19, abs=0.1)


def test_bands_are_as_tall_as_their_probability() -> None:
    svg = settlement_strip(STRIP, frame=Frame("s", "T"))
    tall = [
        float(h)
        for h in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill="#cfe1f2"', svg)
    ]
    assert len(tall) == 3
    assert tall[0] / tall[1] == pytest.approx(0.12 / 0.86, abs=0.01)
    for letter, words in zip(
        "abc", ("soon (0 to 8 months)", "later (8 to 54 months)", "never (54 to 60 months)"), strict=True
    ):
        assert f">{letter}</text>" in svg
        assert words in svg


def test_both_ranges_and_the_reversion_are_told() -> None:
    told = strip_told(STRIP)
    assert "noise in the inputs: 23.6 to 29.8" in told
    assert "past errors of the model: 7.2 to 48" in told
    assert "without a decision: 40 to 60, middle 60" in told
    assert "unknown" in strip_told(replace(STRIP, without=None))


@pytest.mark.parametrize("width", [680, 360])
def test_words_are_legible_inside_and_apart(width: float) -> None:
    found = texts(settlement_strip(STRIP, frame=Frame("s", "T", width=width)))
    svg = settlement_strip(STRIP, frame=Frame("s", "T", width=width))
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    assert all(box(text).within(width + 0.5, height) for text in found)
    for one, other in combinations(found, 2):
        assert not box(one).meets(box(other)), (one.text, other.text)


def test_long_numbers_and_many_bands_stay_inside_and_apart() -> None:
    bands = tuple(SettlesIn(f"band {i}", i * 1e5, (i + 1) * 1e5, 1 / 30, "very unlikely (3 %)") for i in range(30))
    wide = replace(STRIP, low=0, high=3e6, anchors=(), centre=1.4e6, bands=bands, ranges=(), parties=(), without=None)
    svg = settlement_strip(wide, frame=Frame("s", "T", width=400), show="{:,.0f}".format)
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    found = texts(svg)
    assert all(box(text).within(400.5, height) for text in found)
    for one, other in combinations(found, 2):
        assert not box(one).meets(box(other)), (one.text, other.text)
    assert "scale in months" in svg


def test_a_range_out_of_order_or_without_a_name_is_refused() -> None:
    with pytest.raises(InputError, match="no range"):
        Stands("a", 10, 5)
    with pytest.raises(InputError, match="no range"):
        Stands("a", 0, 5, 9)
    with pytest.raises(InputError, match="no name"):
        Stands(" ", 0, 5)
    with pytest.raises(InputError, match="cannot run"):
        settlement_strip(replace(STRIP, high=0), frame=Frame("s", "T"))
