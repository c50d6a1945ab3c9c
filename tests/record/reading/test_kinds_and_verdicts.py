from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tocsin.case.dates import PartialDate
from tocsin.errors import FileProblem
from tocsin.record.document import DateOrigin, Verdict
from tocsin.record.reading import Bounds, Given, hash_of, parser_for, read_bytes, read_file


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("a.txt", "words")
    return made.getvalue()


def tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as out:
        out.addfile(tarfile.TarInfo("a.txt"))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "verdict", "words"),
    [
        ("a.txt", b"", Verdict.NO_TEXT, "the file is empty"),
        ("a.md", b" \n\t", Verdict.NO_TEXT, "nothing but white space"),
        ("a.pdf", b"%PDF-1.4 and no more", Verdict.BROKEN, "damaged"),
        ("a.zip", archive(), Verdict.UNKNOWN_KIND, "unpack it, and put its documents in the folder"),
        ("a.docx", archive(), Verdict.UNKNOWN_KIND, "zip archive"),
        ("a.tar", tar(), Verdict.UNKNOWN_KIND, "tar archive"),
        ("a.txt", b"\x1f\x8b\x08" + bytes(20), Verdict.UNKNOWN_KIND, "gzip archive"),
        ("a.rtf", b"{\\rtf1 words}", Verdict.UNKNOWN_KIND, "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), Verdict.UNKNOWN_KIND, "OCR"),
        ("a.bin", bytes(range(256)) * 9, Verdict.UNKNOWN_KIND, "no kind of document"),
        ("a.txt", bytes(range(256)) * 9, Verdict.UNKNOWN_KIND, "its content is not plain text"),
        ("a.pdf", bytes(range(256)) * 9, Verdict.UNKNOWN_KIND, "its content is not PDF"),
        ("a.xml", b"<?xml version='1.0'?><a>b</a>", Verdict.UNKNOWN_KIND, "XML"),
    ],
)
def test_what_is_not_read_says_why(name: str, data: bytes, verdict: Verdict, words: str) -> None:
    document, text = read_bytes(data, name=name)
    assert (document.verdict, text) == (verdict, None)
    assert words in document.why


@pytest.mark.parametrize(
    ("name", "data", "parser", "why"),
    [
        (
            "a.pdf",
            b"<!DOCTYPE html><p>Not found here",
            "html 2",
            "its name ends in .pdf, but it is HTML, and was read as that",
        ),
        (
            "a.txt",
            b"<!DOCTYPE html><p>Not found here",
            "html 2",
            "its name ends in .txt, but it is HTML, and was read as that",
        ),
        ("a.docx", b"Words alone.", "plain 1", "its name ends in .docx, but it is plain text, and was read as that"),
        ("a.html", b"Words alone.", "html 2", ""),
        ("a.md", b"<div>\n\nWords", "markdown 1", ""),
        ("README", b"Words alone.", "plain 1", ""),
        ("a.log", b"Words alone.", "plain 1", ""),
    ],
)
def test_the_content_tells_before_the_name(name: str, data: bytes, parser: str, why: str) -> None:
    document, text = read_bytes(data, name=name)
    assert text is not None
    assert (text.parser, document.why) == (parser, why)
    assert parser_for(name, data) == parser


def test_a_kind_that_is_not_read_has_no_parser() -> None:
    assert parser_for("a.zip", archive()) == "none 1"


def test_the_hash_names_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words alone.")
    document, text = read_file(path, name="a.txt")
    assert text is not None
    assert document.document_id == text.document_id == hash_of(path) == hashlib.sha256(b"Words alone.").hexdigest()
    assert document.size == 12


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words. " * 100)
    document, text = read_file(path, name="a.txt", bounds=Bounds(file_bytes=500))
    assert (document.verdict, text, document.document_id) == (Verdict.TOO_LARGE, None, hash_of(path))
    assert read_bytes(b"Words. " * 100, name="a.txt", bounds=Bounds(file_bytes=500))[0].verdict is Verdict.TOO_LARGE
    assert read_bytes(b"Words. " * 100, name="a.txt", bounds=Bounds(characters=500))[0].verdict is Verdict.TOO_LARGE


def test_a_huge_file_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words. " * 100)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read whole"))
    assert read_file(path, name="a.txt", bounds=Bounds(file_bytes=500))[0].verdict is Verdict.TOO_LARGE


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="this is a folder"):
        read_file(tmp_path, name="a")
    with pytest.raises(FileProblem, match="file not found"):
        read_file(tmp_path / "a.txt", name="a.txt")


def test_what_the_case_says_comes_first() -> None:
    given = Given(
        source_id="s1", title="T", author="A", publisher="P", published=PartialDate(2016, 7), derived_from="s0"
    )
    document, _ = read_bytes(b"---\ntitle: other\ndate: 2020-01-01\n---\nWords.", name="2019-01-01.md", given=given)
    assert (document.source_id, document.title, document.author, document.publisher) == ("s1", "T", "A", "P")
    assert (document.published, document.published_origin, document.derived_from) == (
        PartialDate(2016, 7), DateOrigin.CASE, "s0"
    )  # fmt: skip


def test_a_very_long_paragraph_is_cut_at_white_space() -> None:
    words = "A sentence of six words stands. " * 200
    _, text = read_bytes(words.encode(), name="a.txt", bounds=Bounds(segment=1000))
    assert text is not None
    assert max(s.end - s.start for s in text.segments) <= 1000
    assert {s.paragraph for s in text.segments} == {1}
    assert all(text.text[s.end - 1] == "." for s in text.segments)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("Ḥashd al-Shaʿbī 😀", "utf-16"), ("Ḥashd", "utf-8-sig"), ("a plain Latin line", "utf-16-le"),
     ("naïve café \u2013 déjà vu", "cp1252"),
     ("القوات العراقية في مدينة الموصل القديمة", "cp1256"), ("Войска вошли в город утром", "cp1251")],
)  # fmt: skip
def test_encodings_without_a_word_about_them(words: str, encoding: str) -> None:
    _, text = read_bytes(words.encode(encoding), name="a.txt")
    assert text is not None
    assert text.text == words


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    data = ("قوات " * 200).encode() + b"\xff\xfe end " + ("قوات " * 200).encode()
    _, text = read_bytes(data, name="a.txt")
    assert text is not None
    assert text.text.count("قوات") == 400
    assert text.text.count("\ufffd") == 2


def test_plain_text_keeps_its_lines() -> None:
    _, text = read_bytes(b"SITES\n\nThe base\nclosed early.\n \nSecond.", name="a.txt")
    assert text is not None
    assert [(s.kind.value, text.text[s.start : s.end]) for s in text.segments] == [
        ("heading", "SITES"), ("body", "The base\nclosed early."), ("body", "Second.")
    ]  # fmt: skip


def test_long_lines_are_paragraphs() -> None:
    line = "The base in the north closed early. " * 6
    _, text = read_bytes(f"{line}\n{line}\n{line}".encode(), name="a.txt")
    assert text is not None
    assert len(text.segments) == 3
