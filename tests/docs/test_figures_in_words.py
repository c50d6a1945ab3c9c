"""Figures that stand in sentences of the docs are what the shipped data say."""

from __future__ import annotations

from pathlib import Path

import tocsin
from tocsin import Month
from tocsin.api.world import provinces_of

ROOT = Path(__file__).resolve().parents[2]


def test_ninewa_before_june_2014() -> None:
    world = provinces_of(tocsin.read_case("iraq"))
    truth = world.truth()
    january = Month.of(2014, 1) - truth.first
    deaths = truth.deaths[truth.areas.index("IRQ/Ninewa"), january : january + 6].tolist()
    assert deaths == [0, 0, 0, 0, 31, 1063]
    assert "then 31 in May and 1,063 in June" in (ROOT / "README.md").read_text(encoding="utf-8")
    flags = [world.sight(month)["IRQ/Ninewa"] for month in (Month.of(2013, 12), Month.of(2014, 5))]
    assert flags == ["clear", "thin"]


def test_the_picture_of_the_brief_is_small_enough_to_load() -> None:
    picture = ROOT / "docs" / "images" / "brief.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000


def test_no_figure_is_left_to_be_filled_in() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    assert not [page.name for page in pages if "<!-- figure" in page.read_text(encoding="utf-8")]
