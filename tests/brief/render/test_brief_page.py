"""The page as markup: one file, sound structure, nothing asked of anyone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tocsin.brief.design import COLOURS, TINT, tint
from tocsin.brief.html import to_html

if TYPE_CHECKING:
    from tocsin.brief import Brief


@pytest.fixture(scope="module")
def soup(sample: Brief) -> BeautifulSoup:
    return BeautifulSoup(to_html(sample), "html.parser")


def test_one_title_and_headings_in_order(soup: BeautifulSoup) -> None:
    levels = [int(h.name[1]) for h in soup.find_all(re.compile(r"h[1-6]"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_id_stands_twice_and_every_reference_is_met(soup: BeautifulSoup) -> None:
    ids = [str(node["id"]) for node in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    inner = {str(a["href"])[1:] for a in soup.select('a[href^="#"]')}
    named = {name for node in soup.select("[aria-labelledby]") for name in str(node["aria-labelledby"]).split()}
    drawn = set(re.findall(r"url\(#([^)]+)\)", str(soup.main)))
    assert drawn
    assert inner | named | drawn <= set(ids)


def test_every_figure_has_its_alt_text_and_its_caption(soup: BeautifulSoup, sample: Brief) -> None:
    figures = soup.select("figure")
    assert len(figures) == 3
    for figure in figures:
        picture = figure.svg
        assert picture is not None
        assert picture["role"] == "img"
        assert str(picture["aria-label"]).startswith("Line chart of deaths")
        assert picture.find("title", recursive=False) is None
        assert figure.figcaption is not None
    assert sample.title not in str(figures[0])


def test_tables_have_captions_and_heads_of_columns_and_rows(soup: BeautifulSoup) -> None:
    tables = soup.find_all("table")
    assert len(tables) == 2
    for table in tables:
        assert table.caption is not None
        assert all(head["scope"] == "col" for head in table.select("thead th"))
        assert all(len(row.select("th[scope=row]")) == 1 for row in table.select("tbody tr"))
        region = table.parent
        assert region is not None
        assert (region["role"], region["tabindex"]) == ("region", "0")


def test_footnotes_lead_there_and_back(soup: BeautifulSoup) -> None:
    mark = soup.select_one("[role=doc-noteref]")
    assert mark is not None
    note = soup.select_one(str(mark["href"]))
    assert note is not None
    assert "Of 40 such warnings, 31 were right." in note.get_text()
    back = note.select_one("[role=doc-backlink]")
    assert back is not None
    assert str(back["href"]) == f"#{mark['id']}"


def test_the_page_asks_nothing_of_anyone(soup: BeautifulSoup) -> None:
    policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert not soup.select("script, iframe, object, embed, [src], link[rel=stylesheet]")
    style = soup.style
    assert style is not None
    assert "url(" not in style.get_text()
    assert "@import" not in style.get_text()


def test_language_known_date_and_watermark_are_said(soup: BeautifulSoup) -> None:
    html = soup.html
    assert html is not None
    assert html["lang"] == "en"
    text = soup.get_text(" ")
    assert "As known on 31 May 2014" in text
    assert soup.select_one(".watermark") is not None
    assert soup.select_one("header + main") is not None


def test_no_watermark_leaves_no_trace_of_one(sample: Brief) -> None:
    assert 'class="watermark"' not in to_html(replace(sample, watermark=None))


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((COLOURS[name], "#ffffff") for name in ("ink", "muted", "accent", "caution", "finding")),
        *((COLOURS[name], COLOURS["judgement_ground"]) for name in ("ink", "muted", "accent")),
        (COLOURS["caution"], COLOURS["caution_ground"]),
        (COLOURS["finding"], COLOURS["finding_ground"]),
        (COLOURS["ink"], tint(1)),
    ],
)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_tint_deepens_with_shade() -> None:
    shades = [luminance(tint(i / 10)) for i in range(11)]
    assert shades == sorted(shades, reverse=True)
    assert tint(1) == "#{:02x}{:02x}{:02x}".format(*TINT)
