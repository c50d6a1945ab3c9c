"""Screen and paper say the same: the same numbers as the blocks, and hostile words come through as words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.brief import Brief, Cell, Column, Heading, Link, Note, Paragraph, Source, Sources, Table, Text, numbers
from tocsin.brief.html import to_html
from tocsin.brief.pdf import to_pdf
from tocsin.brief.reading import NUMBER, texts
from tocsin.brief.words import clean

pytest.importorskip("typst", reason="the pdf extra is not installed")

FOOT_POINTS = 46
HOSTILE = (
    "#panic()", "$x^2$", "*bold* _it_", "= Heading", "- item", "`code`", "\\u{41}", "@cite", "<label>", "// comment", "/* c */",
    '#import "a.typ"', "~", "---", "...", "'quoted' \"twice\"", "https://example.org/a", "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}", "{% raw %}", "&amp;&lt;", "]]>", "%s %d", '"; drop', "#[a]", "[]", "a\\", "1. one",
)  # fmt: skip


def html_text(page: str) -> str:
    """What is read on the page: the marks on footnotes and what is hidden left out."""
    soup = BeautifulSoup(page, "html.parser")
    for gone in (*soup.select("head, sup, svg title, svg desc, .mark, .skip, [role=doc-backlink]"),):
        gone.decompose()
    return soup.get_text("\n")


def pdf_text(pdf: bytes) -> str:
    """What is read on the pages: running footers, and repeated heads of tables, left to the caller."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_bounded(bottom=FOOT_POINTS))
        text.close()
        page.close()
    document.close()
    return "\n".join(pages).replace("\u200b", "").replace("\ufffe", "-")


def found(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(text))


def repeated(brief: Brief, paper: str) -> Counter[str]:
    """The numbers in the titles that a table goes on under, on its second page and every further one."""
    plain = " ".join(paper.split())
    further: Counter[str] = Counter()
    for block in (*brief.blocks, *brief.annex):
        if isinstance(block, Table):
            for _ in range(plain.count(block.caption) - 1):
                further.update(NUMBER.findall(block.caption))
    return further


def paper_of(words: str) -> Brief:
    made = datetime(2026, 1, 2, tzinfo=UTC)
    link = Paragraph((Text(words), Link(words, "https://example.org/#a"), Note(words)))
    table = Table(words, (Column(words, "right", words), Column("B")), ((Cell(words), Cell("b")),), note=words)
    blocks = (Heading(words, id="x"), link, table, Sources((Source(words, words, "https://example.org/a", words),)))
    return Brief(words, words, date(2014, 5, 31), made, blocks, watermark=words)


def test_page_and_paper_hold_the_numbers_of_the_blocks(sample: Brief) -> None:
    expected = Counter(numbers(sample))
    assert sum(expected.values()) > 300
    assert found(html_text(to_html(sample))) == expected
    paper = pdf_text(to_pdf(sample))
    assert found(paper) - repeated(sample, paper) == expected


def test_a_changed_number_is_seen_on_page_and_paper(sample: Brief) -> None:
    other = replace(sample, subtitle="1,234 deaths")
    assert found(html_text(to_html(other)))["1,234"] == 1
    assert found(pdf_text(to_pdf(other)))["1,234"] == 1


def test_the_page_is_read_in_the_order_of_the_blocks(sample: Brief) -> None:
    plain = replace(sample, blocks=sample.blocks[1:])  # without the footnote, whose place is the end
    assert tuple(NUMBER.findall(html_text(to_html(plain)))) == numbers(plain)


def test_the_same_brief_makes_the_same_bytes(sample: Brief) -> None:
    assert to_pdf(sample) == to_pdf(replace(sample))
    assert to_html(sample) == to_html(replace(sample))
    assert to_pdf(replace(sample, made=datetime(2026, 3, 10, tzinfo=UTC))) != to_pdf(sample)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_printed_as_they_are(words: str) -> None:
    brief = paper_of(f"{words} 7")
    squeezed = "".join(words.split())
    times = sum("".join(text.split()).count(squeezed) for text in texts(brief))
    page = "".join(html_text(to_html(brief)).split())
    paper = "".join(pdf_text(to_pdf(brief)).split())
    assert page.count(squeezed) == times
    assert squeezed in paper


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda s: bool(clean(s)))
MARKUP = st.text(alphabet="#$*_=-`\\@<>/~[]{}()\"'&;%.:+|^! ab1\n\t\u00a0", min_size=1, max_size=60).filter(
    lambda s: bool(clean(s))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=MARKUP)
def test_no_words_are_read_as_markup(words: str) -> None:
    brief = paper_of(words)
    soup = BeautifulSoup(to_html(brief), "html.parser")
    title = soup.h1
    assert title is not None
    assert title.get_text() == clean(words)
    assert soup.find("script") is None
    on_paper = "".join(pdf_text(to_pdf(brief)).split())
    # Some lines are wrapped, and a line may end in a hyphen of its own: the characters are all there.
    assert not Counter("".join(clean(words).split()).replace("\u00a0", "")) - Counter(on_paper)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=WORDS)
def test_any_characters_can_be_rendered(words: str) -> None:
    brief = paper_of(words)
    assert to_pdf(brief).startswith(b"%PDF-")
    assert to_html(brief).encode("utf-8").rstrip().endswith(b"</html>")
