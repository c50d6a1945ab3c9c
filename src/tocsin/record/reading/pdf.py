"""PDF: the lines of each page, and what the file says of itself. Nothing in it is run."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from tocsin.record.document import SegmentKind, Verdict
from tocsin.record.reading.dating import date_in_meta
from tocsin.record.reading.found import Block, Found, Meta, refused
from tocsin.record.reading.marks import with_marks
from tocsin.record.reading.pdf_layout import Line, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.reading.bounds import Bounds

FEWEST_LETTERS = 4  # a page with fewer holds no text
BOLD = 600  # weight of a font
RAISED = 0.42  # of a line's height above its foot: a raised figure begins there or higher, others at about a quarter
OCR = "run OCR first, for example with ocrmypdf, and put the result beside it"
_LINE = re.compile("(?:(?!\r\n|\ufffe|\n).)+(?P<broken>\ufffe)?", re.DOTALL)
_OFFICE_TITLE = re.compile(
    r"^(?:Microsoft (?:Office )?\w+ - |untitled|slide 1|document\d*$|.*\.(?:docx?|indd|pdf|qxd)$)", re.IGNORECASE
)


def read_pdf(data: bytes, bounds: Bounds) -> Found:
    """Read a PDF page by page: paragraphs rebuilt from its lines, furniture and footnotes told apart."""
    import pypdfium2  # noqa: PLC0415  # of the text extra

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _not_opened(str(error))
    try:
        count = len(pdf)
        if count > bounds.pages:
            return refused(Verdict.TOO_LARGE, f"{count:,} pages, and {bounds.pages:,} are read at most: split the file")
        return _read(pdf, count, bounds)
    finally:
        pdf.close()


def _not_opened(error: str) -> Found:
    if "password" in error.lower() or "security" in error.lower():
        return refused(Verdict.ENCRYPTED, "the PDF asks for a password: open it and save it without one")
    return refused(Verdict.BROKEN, "the PDF cannot be opened: it is cut short or damaged; get it again")


def _read(pdf: Any, count: int, bounds: Bounds) -> Found:  # noqa: ANN401  # the package is an extra
    lines: list[Line] = []
    pictures: list[int] = []
    damaged: list[int] = []
    characters = 0
    for number in range(1, count + 1):
        page = _page(pdf, number)
        if page is None:
            damaged.append(number)
            continue
        found = tuple(_lines(page, number))
        characters += sum(len(line.words) for line in found)
        if sum(c.isalnum() for line in found for c in line.words) < FEWEST_LETTERS and _has_picture(page):
            pictures.append(number)
        lines += found
        page.close()
        if characters > bounds.characters:
            return refused(Verdict.TOO_LARGE, f"over {bounds.characters:,} characters: split the file")
    if not lines or len(pictures) == count:
        return _without_text(count, pictures, damaged)
    blocks = laid_out(lines)
    return Found(blocks=blocks, meta=_meta(pdf, blocks), why=_not_read(count, pictures, damaged))


def _without_text(count: int, pictures: Sequence[int], damaged: Sequence[int]) -> Found:
    if pictures:
        return refused(Verdict.SCANNED, f"{len(pictures)} of {count} pages hold pictures and no text; {OCR}")
    if damaged:
        return refused(Verdict.BROKEN, f"{len(damaged)} of {count} pages cannot be opened: get the file again")
    return refused(
        Verdict.NO_TEXT, f"{'no page' if count != 1 else 'the one page does not'} hold{'s' if count != 1 else ''} text"
    )


def _not_read(count: int, pictures: Sequence[int], damaged: Sequence[int]) -> str:
    said = []
    if pictures:
        said.append(f"{len(pictures)} of {count} pages hold pictures and no text ({_pages(pictures)}); {OCR}")
    if damaged:
        said.append(f"{len(damaged)} of {count} pages are damaged and were not read ({_pages(damaged)})")
    return "; ".join(said)


def _pages(numbers: Sequence[int]) -> str:
    """Numbers with runs drawn together: `page 3`, `pages 3, 5-7`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(low) if low == high else f"{low}-{high}" for low, high in spans]
    more = f" and {len(words) - 20} more stretches" if len(words) > 20 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(words[:20])}{more}"


def _page(pdf: Any, number: int) -> Any:  # noqa: ANN401
    import pypdfium2  # noqa: PLC0415

    with suppress(pypdfium2.PdfiumError):
        return pdf[number - 1]
    return None


def _has_picture(page: Any) -> bool:  # noqa: ANN401
    from pypdfium2 import raw  # noqa: PLC0415

    return next(iter(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)), None) is not None


def _lines(page: Any, number: int) -> Iterator[Line]:  # noqa: ANN401
    """The lines of a page as PDFium orders them, each with its place and size."""
    from pypdfium2 import raw  # noqa: PLC0415

    words = page.get_textpage()
    try:
        count = words.count_chars()
        text = words.get_text_range(0, count) if count else ""
        for found in _LINE.finditer(text):
            inked = [at for at in range(*found.span()) if not text[at].isspace() and text[at] != "\ufffe"]
            if not inked:
                continue
            first, middle, last = (min(at, count - 1) for at in (inked[0], inked[len(inked) // 2], inked[-1]))
            boxes = [words.get_charbox(at, loose=True) for at in (first, middle, last)]
            yield Line(
                words=_with_marks(words, found, inked).replace("\ufffe", "").strip(" \r\n\t"), page=number, left=boxes[0][0],
                right=boxes[2][2], top=max(box[3] for box in boxes), bottom=min(box[1] for box in boxes),
                size=median(box[3] - box[1] for box in boxes), broken=found.group("broken") is not None,
                bold=raw.FPDFText_GetFontWeight(words.raw, middle) >= BOLD,
            )  # fmt: skip
    finally:
        words.close()


def _with_marks(page: Any, line: re.Match[str], inked: Sequence[int]) -> str:  # noqa: ANN401
    """A line with its raised figures in brackets: footnote marks, by where their ink stands beside a letter's box."""

    @cache
    def box() -> tuple[float, float]:
        """Foot and height of the line, by its tallest letter."""
        letters = [at for at in inked if line.string[at].isalpha()][:12]
        boxes = [page.get_charbox(at, loose=True) for at in letters]
        low, high = max(((one[1], one[3]) for one in boxes), key=lambda two: two[1] - two[0], default=(0.0, 0.0))
        return low, high - low

    def raised(at: int) -> bool:
        foot, height = box()
        return height > 0 and page.get_charbox(line.start() + at)[1] > foot + RAISED * height

    return with_marks(line.group(), raised)


def _meta(pdf: Any, blocks: Sequence[Block]) -> Meta:  # noqa: ANN401
    told = {key: " ".join(value.split()) for key, value in pdf.get_metadata_dict().items()}
    title = told.get("Title", "")
    heading = next((b.words for b in blocks if b.kind is SegmentKind.HEADING and b.page == 1), None)
    return Meta(
        title=heading if not title or _OFFICE_TITLE.match(title) else title, author=told.get("Author") or None,
        made=date_in_meta(told.get("CreationDate")),
    )  # fmt: skip
