from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.case.read_table import read_table
from tocsin.case.tables import TABLES
from tocsin.record.document import SegmentKind, Text, Verdict
from tocsin.record.reading import Bounds, cell_of, read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes, name: str = "t.csv") -> Text:
    _, text = read_bytes(data, name=name)
    assert text is not None
    return text


def rows(text: Text) -> list[tuple[int | None, str]]:
    assert {s.kind for s in text.segments} == {SegmentKind.ROW}
    return [(s.paragraph, text.text[s.start : s.end]) for s in text.segments]


def test_a_row_is_a_paragraph_and_a_cell_a_line() -> None:
    text = read(b'name;note;date\r\nBadr;;2014\r\n\r\nPeace;"one\r\ntwo: 2";\r\n')
    assert rows(text) == [(2, "name: Badr\ndate: 2014"), (4, "name: Peace\nnote: one\n  two: 2")]


def test_every_character_belongs_to_a_cell() -> None:
    text = read(b'name,note: more,\nBadr,"one\ntwo: 2",x\n')
    for words, column in (
        ("Badr", "name"),
        ("one", "note:more"),
        ("two: 2", "note:more"),
        ("x", "column 3"),
        ("name", "name"),
    ):
        assert cell_of(text, text.text.index(words)) == (2, column)
    assert cell_of(text, len(text.text)) is None


def test_no_other_text_has_cells() -> None:
    assert cell_of(read(b"name: Badr", "t.txt"), 0) is None


def test_rows_are_counted_as_the_checks_of_a_case_count_them(tmp_path: Path) -> None:
    data = b'source_id,title\n\ns1,"One\nof two lines"\n\ns2,Two\n'
    (tmp_path / "sources.csv").write_bytes(data)
    table = TABLES["sources"]
    sheet, _ = read_table(tmp_path / "sources.csv", table)
    assert [number for number, _ in sheet.records] == [number for number, _ in rows(read(data))]


def test_a_long_row_of_several_segments_is_still_one_row() -> None:
    words = "word " * 100
    _, text = read_bytes(f"a,b\nx,{words}\ny,z\n".encode(), name="t.csv", bounds=Bounds(segment=120))
    assert text is not None
    assert len(text.segments) > 3
    assert {cell_of(text, s.end - 1) for s in text.segments[:-1]} == {(2, "b")}
    assert cell_of(text, text.text.index("z")) == (3, "b")


def test_tab_separated_text_and_old_encodings_are_read() -> None:
    assert rows(read("name\tplace\nÖzgür\tHît\n".encode("cp1252"), "t.tsv")) == [(2, "name: Özgür\nplace: Hît")]


def test_a_workbook_is_read_as_its_first_sheet() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["name", "when"], ["Badr", date(2014, 6, 10)], [], ["Peace", 3]):
        book.active.append(row)
    book.create_sheet("second")
    made = io.BytesIO()
    book.save(made)
    document, text = read_bytes(made.getvalue(), name="t.xlsx")
    assert text is not None
    assert rows(text) == [(2, "name: Badr\nwhen: 2014-06-10"), (4, "name: Peace\nwhen: 3")]
    assert "second" in document.why


def test_a_parquet_file_is_counted_from_its_first_row() -> None:
    made = io.BytesIO()
    pl.DataFrame({"a": ["x", None], "b": [[1, 2], None], "c": [None, 1.5]}).write_parquet(made)
    assert rows(read(made.getvalue(), "t.parquet")) == [(1, "a: x\nb: [1, 2]"), (2, "c: 1.5")]


def test_too_many_rows_are_too_large() -> None:
    data = b"a,b\n" + b"one,two\n" * 500
    document, text = read_bytes(data, name="t.csv", bounds=Bounds(characters=4000))
    assert (document.verdict, text) == (Verdict.TOO_LARGE, None)
    assert "4,000 characters are kept at most" in document.why
    made = io.BytesIO()
    pl.DataFrame({"a": [1] * 5000}).write_parquet(made)
    document, _ = read_bytes(made.getvalue(), name="t.parquet", bounds=Bounds(characters=4000))
    assert document.verdict is Verdict.TOO_LARGE


@pytest.mark.parametrize("name", ["t.parquet", "t.xlsx"])
def test_a_damaged_table_is_broken(name: str) -> None:
    head = b"PAR1" if name == "t.parquet" else b"PK\x03\x04"
    document, _ = read_bytes(head + b"xl/workbook.xml" * 30, name=name)
    assert document.verdict is Verdict.BROKEN


def test_a_header_alone_holds_no_rows() -> None:
    document, _ = read_bytes(b"a,b\n", name="t.csv")
    assert (document.verdict, document.why) == (Verdict.NO_TEXT, "the table has no rows")


def test_dates_in_cells_are_no_publication_date() -> None:
    document, _ = read_bytes(b"date\n2014-06-10\n", name="t.csv")
    assert document.published is None
