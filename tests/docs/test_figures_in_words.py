"""Figures that stand in sentences of the docs are what the shipped data say."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.parametrize(("name", "most_bytes"), [("workbench.png", 400_000), ("brief.png", 300_000)])
def test_the_pictures_of_the_readme_are_small_enough_to_load(name: str, most_bytes: int) -> None:
    picture = ROOT / "docs" / "images" / name
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= most_bytes
    assert f"](docs/images/{name})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_figure_is_left_to_be_filled_in() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    assert not [page.name for page in pages if "<!-- figure" in page.read_text(encoding="utf-8")]
