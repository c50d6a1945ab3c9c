from __future__ import annotations

import io
import random

import pypdfium2
import pytest
import typst
from pypdfium2 import raw

from tocsin.record.document import Document, SegmentKind, Text, Verdict
from tocsin.record.reading import Bounds, read_bytes
from tocsin.record.reading.pdf_words import Words, joined

TOWNS = (
    "Rutba",
    "Hit",
    "Haditha",
    "Anah",
    "Rawa",
    "Qaim",
    "Fallujah",
    "Ramadi",
    "Samarra",
    "Tikrit",
    "Baiji",
    "Kirkuk",
)


SYLLABLES = ("ba", "den", "kor", "lim", "mu", "na", "pel", "ru", "sa", "tov", "ul", "vin")


def prose(seed: int, sentences: int = 6) -> str:
    """Sentences that no two pages share."""
    rng = random.Random(seed)  # noqa: S311  # a fixed course, not a secret

    def word() -> str:
        return "".join(rng.choices(SYLLABLES, k=3))

    return " ".join(
        f"The {word()} office of {rng.choice(TOWNS)} counted {word()} wells, {rng.randint(2, 900)} {word()} and wrote that "
        f"{word()} operational reservations of {word()} had been lifted in {word()}."
        for _ in range(sentences)
    )


def typeset(body: str, *, hyphenate: bool = True) -> bytes:
    head = (
        '#set document(title: "Wells of the north", author: "A. Writer", date: datetime(year: 2019, month: 5, day: 4))\n'
        "#set page(width: 14cm, height: 18cm, header: [Report on wells], footer: context [Page #counter(page).display()])\n"
        f'#set text(hyphenate: {str(hyphenate).lower()}, lang: "en")\n#set par(justify: true)\n'
    )
    made = typst.compile((head + body).encode())
    assert isinstance(made, bytes)
    return made


def read(data: bytes, **bounds: int) -> tuple[Document, Text | None]:
    return read_bytes(data, name="wells.pdf", bounds=Bounds(**bounds))


def told(text: Text, kind: SegmentKind) -> list[str]:
    return [text.text[s.start : s.end] for s in text.segments if s.kind is kind]


def drawn(pages: str) -> bytes:
    """A PDF with a page a letter: `p` a picture and no words, `e` nothing at all, `t` a page of text."""
    pdf = pypdfium2.PdfDocument.new()
    for letter in pages:
        page = pdf.new_page(300, 300)
        if letter == "p":
            bitmap = pypdfium2.PdfBitmap.new_native(8, 8, raw.FPDFBitmap_BGR)
            picture = pypdfium2.PdfImage.new(pdf)
            picture.set_bitmap(bitmap)
            page.insert_obj(picture)
            page.gen_content()
        if letter == "t":
            words = raw.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", 12.0)
            said = "The wells of Hit were counted.".encode("utf-16-le") + b"\x00\x00"
            raw.FPDFText_SetText(words, (raw.FPDF_WCHAR * (len(said) // 2)).from_buffer_copy(said))
            raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 50, 200)
            raw.FPDFPage_InsertObject(page.raw, words)
            page.gen_content()
        page.close()
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


REPORT = f"""= Wells of the north
{prose(1)} A claim stands here.#footnote[Survey of wells, 2019, leaf 4.] {prose(2)}

{prose(3, 12)}

#figure(rect(width: 3cm, height: 1cm), caption: [Wells by year.])

{prose(4, 9)}

== Recommendations
Dig more wells in Hit. {prose(5, 2)}

== Method
{prose(6, 2)}

= References
Smith, A. (2019). Wells.

= About the author
A. Writer counts wells.
"""


def test_a_report_is_told_apart() -> None:
    document, text = read(typeset(REPORT))
    assert text is not None
    assert told(text, SegmentKind.HEADING) == [
        "Wells of the north", "Recommendations", "Method", "References", "About the author"
    ]  # fmt: skip
    assert told(text, SegmentKind.FOOTNOTE) == ["[1] Survey of wells, 2019, leaf 4."]
    assert told(text, SegmentKind.CAPTION) == ["Figure\xa01: Wells by year."]
    assert [words[:22] for words in told(text, SegmentKind.RECOMMENDATION)] == ["Dig more wells in Hit."]
    assert told(text, SegmentKind.BIBLIOGRAPHY) == ["Smith, A. (2019). Wells."]
    assert told(text, SegmentKind.AUTHOR_BIO) == ["A. Writer counts wells."]
    pages = max(s.page or 0 for s in text.segments)
    assert sorted(told(text, SegmentKind.BOILERPLATE)) == sorted(
        ["Report on wells"] * pages + [f"Page {n}" for n in range(1, pages + 1)]
    )
    assert (document.title, document.author) == ("Wells of the north", "A. Writer")


def test_paragraphs_are_whole_across_lines_pages_and_hyphens() -> None:
    _, text = read(typeset(REPORT))
    assert text is not None
    assert prose(3, 12) in told(text, SegmentKind.BODY)
    assert prose(4, 9) in told(text, SegmentKind.BODY)
    assert "\ufffe" not in text.text
    _, long = read(typeset(f"= Wells\n{prose(7, 60)}"))
    assert long is not None
    assert told(long, SegmentKind.BODY) == [prose(7, 60)]
    assert max(s.page or 0 for s in long.segments) > 2


def test_the_day_the_file_was_made_is_the_last_resort() -> None:
    document, _ = read(typeset(REPORT))
    assert str(document.published) == "2019-05-04"
    assert "on which the file was made" in document.why
    dated, _ = read(typeset("Published 12 May 2018\n\n" + REPORT))
    assert str(dated.published) == "2018-05-12"
    assert dated.why == ""


def test_words_parted_by_a_line_end_are_joined_as_the_document_writes_them() -> None:
    known = Words.of([("the counter-march of operations went", False), ("on the coun", True), ("ter went", False)])
    assert not known.known & {"coun", "ter"}
    assert joined([("a counter", True), ("march", False)], known) == "a counter-march"
    assert joined([("the opera", True), ("tions", False)], known) == "the operations"
    both = Words(frozenset({"counter", "terrorism", "under", "standing"}))
    assert joined([("counter", True), ("terrorism", False)], both) == "counter-terrorism"
    assert joined([("under", True), ("standing", False)], both) == "understanding"
    assert joined([("al", True), ("Anbar", False)], known) == "al-Anbar"
    assert joined([("ends", False), ("here", False)], known) == "ends here"
    assert joined([("held al-", False), ("Anbar", False)], known) == "held al-Anbar"


@pytest.mark.parametrize("how", ["", "(typographic: false)"])
def test_marks_of_footnotes_are_no_part_of_words_and_numbers(how: str) -> None:
    raised = f"#super{how}"
    said = (
        f"Led the Border Guard Service{raised}[1] of 2014, with 5,000{raised}[12] men, not 1,200, of 90 km{raised}[2], they "
        f"held Hit.{raised}[3] In H#sub[2]O the 21#super[st] unit took Hill 40#footnote[Wells of Hit.] and Hill 41 in 2015."
    )
    _, text = read(typeset(said, hyphenate=False))
    assert text is not None
    body = told(text, SegmentKind.BODY)
    assert body[1] == (
        "Led the Border Guard Service[1] of 2014, with 5,000[12] men, not 1,200, of 90 km2, they held Hit.[3] "
        "In H2O the 21st unit took Hill 40[1] and Hill 41 in 2015."
    )
    assert body[2] == "[1] Wells of Hit."


def test_pages_of_pictures_are_scanned() -> None:
    document, text = read(drawn("ppp"))
    assert (document.verdict, text) == (Verdict.SCANNED, None)
    assert document.why.startswith("3 of 3 pages hold pictures and no text; run OCR first, for example with ocrmypdf")


def test_pages_not_read_are_named() -> None:
    document, text = read(drawn("tpptp"))
    assert document.verdict is Verdict.READ
    assert document.why.startswith("3 of 5 pages hold pictures and no text (pages 2-3, 5)")
    assert text is not None
    assert [s.page for s in text.segments] == [1, 4]


def test_empty_pages_hold_no_text() -> None:
    assert read(drawn("ee"))[0].verdict is Verdict.NO_TEXT


@pytest.mark.parametrize("cut", [20, 300, 0.5])
def test_a_damaged_pdf_is_broken_or_read_as_far_as_it_goes(cut: float) -> None:
    whole = drawn("t")
    part = whole[: int(cut * len(whole)) if cut < 1 else int(cut)]
    document, _ = read(part)
    assert document.verdict in {Verdict.BROKEN, Verdict.NO_TEXT}


def test_a_pdf_with_a_password_is_said_to_be_encrypted() -> None:
    document, text = read(LOCKED)
    assert (document.verdict, text) == (Verdict.ENCRYPTED, None)
    assert "password" in document.why


def test_bounds_of_pages_and_characters_hold() -> None:
    assert read(drawn("ttt"), pages=2)[0].verdict is Verdict.TOO_LARGE
    assert read(drawn("ttt"), characters=40)[0].verdict is Verdict.TOO_LARGE


def test_five_hundred_pages_are_read() -> None:
    leaves = "\n#pagebreak()\n".join(f"= Chapter {TOWNS[n % 12]}\n{prose(n, 8)}" for n in range(500))
    document, text = read(typeset(leaves, hyphenate=False))
    assert text is not None
    assert document.verdict is Verdict.READ
    assert {s.page for s in text.segments} == set(range(1, 501))
    bodies = told(text, SegmentKind.BODY)
    assert bodies == [prose(n, 8) for n in range(500)]


def _locked() -> bytes:
    """A one-page PDF under the standard handler, revision 2, whose user's password is not the empty one."""
    lines = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, line in enumerate(lines, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, line)
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    ids = b"<" + b"43" * 16 + b">"
    return (
        out
        + b"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID ["
        + ids * 2
        + b"] >>\nstartxref\n%d\n%%%%EOF\n" % table
    )


LOCKED = _locked()
