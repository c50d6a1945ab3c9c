"""Tables within pages and Markdown: rows under a header that names columns become claims whose quote is the row."""

from __future__ import annotations

import pytest

from tocsin.record.claim import EntityType
from tocsin.record.document import SegmentKind
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.dataset.dataset import DATASET
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.gate import check
from tocsin.record.reading import read_bytes

PAGE = """<html><body><p>Who led the harbour board, as its yearly report lists them.</p>
<table><tr><th>Name</th><th>Title</th><th>Organisation</th><th>Since</th><th>Until</th></tr>
<tr><td>Ada Marsh</td><td>Director</td><td>Federal Police</td><td>2016</td><td>2018-05</td></tr>
<tr><td><p>Ben Reed</p></td><td><p>Director</p></td><td><p>Harbour Board</p></td><td><p>2018-05</p></td><td><p>2020</p></td></tr>
<tr><td>Cy Pool</td><td>Director</td><td></td><td>2020</td><td></td></tr>
<tr><td>3 others</td><td>Director</td><td>Harbour Board</td><td>2020</td><td>2021</td></tr></table>
<p>Nobody else is listed.</p>
<table><tr><td>Ada Marsh</td><td>Director</td><td>Harbour Board</td><td>2016</td><td>2018</td></tr></table></body></html>"""
MARKDOWN = "| Person | Post | Ministry |\n|---|---|---|\n| Ada Marsh | Director | Harbour Board |\n"


def told(data: str, name: str) -> list[tuple[str | None, ...]]:
    document, text = read_bytes(data.encode(), name=name)
    assert text is not None
    found = list(DATASET.propose(annotate(text, knowledge_of(None), model=None), document))
    assert [check(one, text) for one in found] == [None] * len(found)
    assert all(text.segment_at(one.quote.start).kind is SegmentKind.ROW for one in found)  # type: ignore[union-attr]
    parts = [{a.role: a.words for a in one.arguments} for one in found]
    dates = [[str(d) if d else None for d in (one.dates.start, one.dates.end)] for one in found]
    return [
        (p["person"], p["post"], p.get("organisation"), *d) for p, d in zip(parts, dates, strict=True)
    ]  # fmt: skip


def test_rows_under_a_header_are_claims_and_rows_that_do_not_fit_it_are_not() -> None:
    assert told(PAGE, "report.html") == [
        ("Ada Marsh", "Director", "Federal Police", "2016", "2018-05"),
        ("Ben Reed", "Director", "Harbour Board", "2018-05", "2020"),
    ]  # fmt: skip
    assert told(MARKDOWN, "report.md") == [("Ada Marsh", "Director", "Harbour Board", None, None)]


def test_known_names_are_found_in_cells() -> None:
    document, text = read_bytes(PAGE.encode(), name="report.html")
    assert text is not None
    annotated = annotate(text, knowledge_of(None), model=None)
    (police,) = [mention for mention in annotated.mentions if mention.known == "fedpol"]
    segment = text.segment_at(police.span.start)
    assert segment is not None
    assert (segment.kind, police.type) == (SegmentKind.ROW, EntityType.ORGANISATION)
    first = next(iter(DATASET.propose(annotated, document)))
    organisation = first.first("organisation")
    assert organisation is not None
    assert organisation.value == "fedpol"


@pytest.mark.parametrize(
    "header", ["Name | Title", "Name | Age | Since", "Name | Name | Title | Since", "Book | Title | Year"]
)
def test_other_headers_make_no_claims(header: str) -> None:
    rule = "|".join("---" for _ in header.split("|"))
    row = " | ".join(["Ada Marsh", "Director", "2016", "2018"][: header.count("|") + 1])
    assert told(f"| {header} |\n|{rule}|\n| {row} |\n", "report.md") == []
