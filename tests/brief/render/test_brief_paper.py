"""The PDF: tagged, titled, dated, repeating what must be repeated, and honest about what is missing."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tocsin.brief import Brief, Heading, PageBreak, Paragraph, Table
from tocsin.brief.blocks import Figure, Pair
from tocsin.brief.inline import for_page, for_paper
from tocsin.brief.pdf import to_pdf
from tocsin.errors import MissingExtra

if TYPE_CHECKING:
    from tocsin.brief.blocks import Block

pytest.importorskip("typst", reason="the pdf extra is not installed")


@pytest.fixture(scope="module")
def pdf(sample: Brief) -> bytes:
    return to_pdf(sample)


def texts_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    finally:
        document.close()


def test_it_is_tagged_and_claims_pdf_ua(pdf: bytes) -> None:
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", pdf)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", pdf)
    assert re.search(rb"/Lang\s*\(en\)", pdf)


def test_it_has_title_and_the_date_it_was_made(pdf: bytes, sample: Brief) -> None:
    document = pypdfium2.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == sample.title
    assert metadata["CreationDate"].startswith("D:20260309103000")


def test_alt_text_goes_along(pdf: bytes) -> None:
    assert pdf.count(b"Line chart of deaths a month") >= 3


def test_pages_are_a4_and_every_foot_says_what_was_known_and_where_one_is(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    sizes = {tuple(round(side) for side in document[i].get_size()) for i in range(len(document))}
    document.close()
    assert sizes == {(595, 842)}
    pages = texts_of(pdf)
    assert len(pages) == 3
    for i, page in enumerate(pages, start=1):
        assert "As known on 31 May 2014" in page
        assert f"{i} / {len(pages)}" in page
        assert "Demonstration: judgements are placeholders" in page


def test_the_annex_begins_a_page_and_long_tables_repeat_their_head(pdf: bytes) -> None:
    pages = texts_of(pdf)
    assert "Track record" not in pages[0]
    assert sum("Warned of" in page for page in pages) == 2


def test_a_new_page_is_begun_only_where_most_of_the_last_one_is_used(sample: Brief) -> None:
    def pages(paragraphs: int) -> int:
        before = (Paragraph("What was said before."),) * paragraphs
        blocks: tuple[Block, ...] = (*before, PageBreak(), Heading("Next", id="next"), Paragraph("What follows."))
        return len(texts_of(to_pdf(replace(sample, blocks=blocks, annex=()))))

    assert (pages(1), pages(25)) == (1, 2)


@pytest.mark.parametrize("paragraphs", range(30, 38, 2))
def test_the_title_of_a_long_table_stands_above_rows_on_every_page(sample: Brief, paragraphs: int) -> None:
    table = next(block for block in sample.annex if isinstance(block, Table))
    blocks: tuple[Block, ...] = (*(Paragraph("What was said before."),) * paragraphs, table)
    told = [page for page in texts_of(to_pdf(replace(sample, blocks=blocks, annex=()))) if table.caption in page]
    assert told
    assert all(re.search(r"20\d\d-\d\d", page.split(table.caption)[1]) for page in told)


def test_words_drawn_in_figures_are_words_on_paper(pdf: bytes) -> None:
    assert "2013-08" in texts_of(pdf)[0]


def test_without_the_extra_the_error_gives_the_line_that_installs_it(
    sample: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r"PDF needs typst(.|\n)*pip install 'tocsin\[pdf\]'"):
        to_pdf(sample)


def test_without_the_font_too(sample: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("tocsin.brief.pdf")
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="PDF needs ttf-opensans"):
        to_pdf(sample)


def test_a_character_no_font_has_gives_up_the_claim_and_not_the_brief(sample: Brief) -> None:
    odd = replace(sample, blocks=(Paragraph("a private sign: \U000f1234"),), annex=())
    made = to_pdf(odd)
    assert b"pdfuaid:part" not in made
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", made)


def test_arabic_names_are_kept(sample: Brief) -> None:
    page = texts_of(to_pdf(replace(sample, blocks=(Paragraph("نينوى"),), annex=())))[0]
    assert set("نينوى") <= set(page)


def test_a_language_with_a_region_is_taken(sample: Brief) -> None:
    assert re.search(rb"/Lang\s*\(en-GB\)", to_pdf(replace(sample, language="en-GB")))


def test_svg_is_prepared_for_page_and_paper(sample: Brief) -> None:
    pair = next(block for block in sample.blocks if isinstance(block, Pair))
    figure: Figure = pair.left
    page = for_page(figure, prefix="_f1-")
    assert 'id="_f1-c"' in page
    assert "url(#_f1-c)" in page
    assert "xmlns:ns0" not in page
    paper = for_paper(figure, family="Open Sans")
    assert re.findall(r"font-family=\"([^\"]*)\"", paper) == ["Open Sans"]
