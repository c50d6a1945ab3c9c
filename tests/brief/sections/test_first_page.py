from __future__ import annotations

import pypdfium2
from tests.api.iraq_case import iraq_brief

from tocsin.brief import to_pdf


def test_the_first_page_is_one_page_and_the_annex_begins_on_the_second() -> None:
    document = pypdfium2.PdfDocument(to_pdf(iraq_brief()))
    first, second = (document[i].get_textpage().get_text_bounded() for i in (0, 1))
    document.close()
    assert "Sources." in first
    assert "The replay, month by month" in second.split("\n", maxsplit=3)[1] + second[:200]
