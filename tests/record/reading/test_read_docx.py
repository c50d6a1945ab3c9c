from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tocsin.record.document import DateOrigin, Document, Text, Verdict
from tocsin.record.reading import Bounds, read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="e"><dc:title>On sites</dc:title><dc:creator>X. Y.</dc:creator>'
    "<dcterms:created>{}T00:00:00Z</dcterms:created></cp:coreProperties>"
)


def paragraph(words: str, style: str = "") -> str:
    made = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{made}<w:r><w:t>{words}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


NOTED = '<w:p><w:r><w:t>The base closed.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
BODY = paragraph("Sites", "Heading1") + NOTED + f"<w:tbl>{row('Site', 'State')}{row('Erbil', 'open')}</w:tbl>"


def word_file(body: str = BODY, members: Mapping[str, bytes | str] | None = None) -> bytes:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": RELS.format(f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELS.format(
            f'<Relationship Id="f" Type="{REL}/footnotes" Target="footnotes.xml"/>'
        ),
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2">{paragraph("See the survey.")}</w:footnote></w:footnotes>',
        "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        "</w:style></w:styles>",
        **(members or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(data: bytes) -> tuple[Document, Text | None]:
    return read_bytes(data, name="note.docx")


def test_headings_tables_and_notes_are_kept() -> None:
    _, text = read(word_file())
    assert text is not None
    assert [(s.kind.value, text.text[s.start : s.end]) for s in text.segments] == [
        ("heading", "Sites"),
        ("body", "The base closed.[1]"),
        ("row", "Site | State"),
        ("row", "Erbil | open"),
        ("footnote", "[1] See the survey."),
    ]


def test_what_the_file_says_of_itself() -> None:
    document, _ = read(word_file(BODY, {"docProps/core.xml": CORE.format("2018-02-03")}))
    assert (document.title, document.author, str(document.published)) == ("On sites", "X. Y.", "2018-02-03")
    assert document.published_origin is DateOrigin.META
    assert "the file was made" in document.why


def test_a_dateline_is_better_than_the_day_the_file_was_made() -> None:
    body = paragraph("BAGHDAD, March 3, 2020") + paragraph("The base closed.")
    document, _ = read(word_file(body, {"docProps/core.xml": CORE.format("2018-02-03")}))
    assert (str(document.published), document.published_origin) == ("2020-03-03", DateOrigin.TEXT)


def test_the_date_of_a_template_is_none() -> None:
    document, _ = read(word_file(BODY, {"docProps/core.xml": CORE.format("2013-12-23")}))
    assert document.published is None


@pytest.mark.parametrize(
    ("members", "verdict", "words"),
    [
        ({"../out.xml": "x"}, Verdict.BROKEN, "names that lead out"),
        ({"/etc/x": "x"}, Verdict.BROKEN, "names that lead out"),
        ({"C:\\x": "x"}, Verdict.BROKEN, "names that lead out"),
        ({"a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, Verdict.BROKEN, "entities"),
        ({"a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")}, Verdict.BROKEN, "entities"),
        ({"a.bin": bytes(30_000_000)}, Verdict.TOO_LARGE, "expands without bound"),
    ],
)
def test_hostile_archives_are_not_opened(members: dict[str, bytes | str], verdict: Verdict, words: str) -> None:
    document, text = read(word_file(BODY, members))
    assert (document.verdict, text) == (verdict, None)
    assert words in document.why


def test_an_archive_of_too_many_files_is_not_opened() -> None:
    many: dict[str, bytes | str] = {f"m{n}": "" for n in range(60)}
    document, _ = read_bytes(word_file(BODY, many), name="a.docx", bounds=Bounds(members=50))
    assert document.verdict is Verdict.TOO_LARGE


def test_damaged_and_endless_files_are_broken() -> None:
    whole = word_file()
    assert read(whole[:-200])[0].verdict is Verdict.BROKEN
    assert read(whole[:900] + b"\xff" * 40 + whole[940:])[0].verdict is Verdict.BROKEN
    assert read(word_file("<w:p>" * 5000 + "</w:p>" * 5000))[0].verdict is Verdict.BROKEN
    assert read(word_file("<w:p>"))[0].verdict is Verdict.BROKEN


def test_a_file_with_a_password_is_said_to_be_encrypted() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    document, _ = read(data)
    assert document.verdict is Verdict.ENCRYPTED
    assert "password" in document.why


def test_an_old_word_file_is_told_how_to_save() -> None:
    document, _ = read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="a.doc")
    assert document.verdict is Verdict.UNKNOWN_KIND
    assert "save it as DOCX" in document.why
