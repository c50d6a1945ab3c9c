"""What a brief is made of, before it is rendered: frozen blocks of plain text that check themselves.

Text in a block is text: no renderer reads markup in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from tocsin.brief.words import long_date
from tocsin.errors import OutOfRange, TableProblem, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

Align = Literal["left", "right", "center"]
Kind = Literal["note", "caution", "finding"]
Width = Literal["full", "half"]

SVG_PARTS_REFUSED = ("script", "foreignObject", "iframe", "audio", "video")
OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#|[\"'])|@import")


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address (`https://...`) or to a heading of the same brief (`#its-id`)."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not re.match(r"(https?://|mailto:|#)\S+\Z", self.url):
            raise OutOfRange(f"a link leads to {self.url!r}", hint="give https://..., mailto:... or #id")
        _filled(self.text, "a link")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, hung on the words before it."""

    text: str


Span = Text | Strong | Link | Note
Spans = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the brief's title is level 1, so these go from 2.

    Example:
        >>> Heading("Track record, 2008-2018").anchor
        'track-record-2008-2018'
    """

    text: str
    level: int = 2
    id: str = ""

    def __post_init__(self) -> None:
        _filled(self.text, "a heading")
        if not 2 <= self.level <= 4:
            raise OutOfRange(f"heading {self.text!r} has level {self.level}", hint="use 2, 3 or 4; the title is 1")
        if self.id and not re.fullmatch(r"[A-Za-z][\w-]*", self.id):
            raise OutOfRange(f"heading {self.text!r} has id {self.id!r}", hint="letters, digits, _ and -, letter first")

    @property
    def anchor(self) -> str:
        """The id a link can lead to: the one given, or one made from the words."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.text.lower()).strip("-")
        return self.id or (slug if slug[:1].isalpha() else f"section-{slug}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, plain or as spans."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Judgement:
    """The key judgement, set off from the rest. Confidence is said apart, never in the judgement's sentence."""

    text: Spans
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[Spans, ...]

    def __post_init__(self) -> None:
        if not self.items:
            raise OutOfRange("a list has no items", hint="leave the list out")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, how it stands, and the unit of its numbers (printed under the title)."""

    title: str
    align: Align = "left"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table.

    Attributes:
        text: what is read.
        emphasis: whether it stands out.
        shade: depth of the tint behind it, 0..1; never the only carrier of what the text says.
        sort: the number behind the text, for programs that read the page.
    """

    text: str
    emphasis: bool = False
    shade: float | None = None
    sort: float | None = None

    def __post_init__(self) -> None:
        if self.shade is not None and not 0 <= self.shade <= 1:
            raise OutOfRange(f"cell {self.text!r} has shade {self.shade}", hint="give a number from 0 to 1")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption that says what its numbers are, through which month, of which target and vintage.

    Example:
        >>> Table("Deaths", (Column("Province"), Column("Deaths", "right")), ((Cell("Anbar"), Cell("310")),)).note
        ''
        >>> Table("Deaths", (Column("Province"),), ((Cell("Anbar"), Cell("310")),))
        Traceback (most recent call last):
        tocsin.errors.TableProblem: table 'Deaths' has 1 column, but row 1 has 2 cells
          in row 1
          hint: give each row one cell for each column
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    row_head: int = 0

    def __post_init__(self) -> None:
        _filled(self.caption, "a table's caption")
        width = len(self.columns)
        if not 0 <= self.row_head < width:
            raise OutOfRange(
                f"table {self.caption!r} has {width} columns, and column {self.row_head} to head its rows",
                hint="give the position, from 0, of the column that names the row",
            )
        wrong = tuple(i for i, row in enumerate(self.rows, start=1) if len(row) != width)
        if wrong:
            first = len(self.rows[wrong[0] - 1])
            raise TableProblem(
                f"table {self.caption!r} has {_count(width, 'column')}, but row {wrong[0]} has {_count(first, 'cell')}",
                where=Where(rows=wrong),
                hint="give each row one cell for each column",
            )


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG text, with what it shows (caption) and what a reader who cannot see it must know (alt).

    The SVG stands alone: `viewBox`, no script, no address outside itself.
    """

    svg: str = field(repr=False)
    caption: str
    alt: str
    width: Width = "full"

    def __post_init__(self) -> None:
        where = Where(field=f"figure {self.caption!r}")
        _filled(self.caption, "a figure's caption")
        _filled(self.alt, f"the alt text of figure {self.caption!r}")
        try:
            root = ET.fromstring(self.svg)  # noqa: S314 - made by Tocsin's own charts, never taken in
        except ET.ParseError as error:
            raise OutOfRange(f"a figure is not well-formed SVG: {error}", where=where) from error
        if not root.tag.endswith("svg") or _frame_width(root.get("viewBox", "")) <= 0:
            raise OutOfRange("a figure is not an <svg> with a viewBox", where=where)
        fault = next(chain.from_iterable(map(_svg_faults, root.iter())), None)
        if fault:
            raise OutOfRange(f"a figure has {fault}", where=where, hint="no script, no address outside the figure")

    @property
    def width_px(self) -> float:
        """Width of the picture's own frame, in px."""
        return _frame_width(ET.fromstring(self.svg).attrib["viewBox"])  # noqa: S314 - checked when made

    @property
    def words(self) -> tuple[str, ...]:
        """Text drawn in the picture, in its own order; titles and descriptions, which are not drawn, are left out."""
        root = ET.fromstring(self.svg)  # noqa: S314 - checked when made
        return tuple(_drawn(node) for node in root.iter() if _local(node) == "text")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures side by side; one under the other on a phone."""

    left: Figure
    right: Figure


@dataclass(frozen=True, slots=True)
class Callout:
    """Something set apart: a note, a caution, or a finding."""

    kind: Kind
    text: Spans


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page on paper, unless most of the page is still free; nothing on screen."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its licence, and where it can be had."""

    citation: str
    licence: str
    url: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _filled(self.citation, "a source's citation")
        _filled(self.licence, f"the licence of {self.citation!r}")
        if self.url:
            Link(self.citation, self.url)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources a brief rests on."""

    entries: tuple[Source, ...]


Block = (
    Heading | Paragraph | Judgement | Bullets | Table | Figure | Pair | Callout | PageBreak | Sources
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: one page, then the annex.

    Attributes:
        title: what it is about.
        subtitle: the question, or the scope.
        as_known_on: the last day whose data it may rest on.
        made: when it was made, with its time zone; nothing else in the rendered files depends on the clock.
        blocks: the first page.
        annex: what follows it, on new pages.
        watermark: said on every page, such as "Demonstration: judgements are placeholders".
        language: BCP 47 tag of the words.
    """

    title: str
    subtitle: str
    as_known_on: date
    made: datetime
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...] = ()
    watermark: str | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        _filled(self.title, "a brief's title")
        if self.made.tzinfo is None:
            raise OutOfRange("a brief was made at a time without a zone", hint="give made a tzinfo, such as UTC")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.language):
            raise OutOfRange(f"language {self.language!r} is not a tag such as 'en'")
        anchors = _ordered([block for block in (*self.blocks, *self.annex) if isinstance(block, Heading)])
        for span in chain.from_iterable(map(_spans_in, (*self.blocks, *self.annex))):
            if isinstance(span, Link) and span.url.startswith("#") and span.url[1:] not in anchors:
                raise UnknownName.of("heading", span.url[1:], anchors, where=Where(field=f"link {span.text!r}"))

    @property
    def known(self) -> str:
        """The line every brief carries.

        Its day is written out, as `As known on 31 May 2014`.
        """
        return f"As known on {long_date(self.as_known_on)}"


def spans_of(spans: Spans) -> tuple[Span, ...]:
    """Spans, where plain words were given too."""
    return (Text(spans),) if isinstance(spans, str) else spans


def _spans_in(block: Block) -> tuple[Span, ...]:
    match block:
        case Paragraph():
            return spans_of(block.spans)
        case Judgement() | Callout():
            return spans_of(block.text)
        case Bullets():
            return tuple(chain.from_iterable(map(spans_of, block.items)))
        case _:
            return ()


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _drawn(node: ET.Element) -> str:
    inner = ((_drawn(child) if _local(child) not in {"title", "desc"} else "") + (child.tail or "") for child in node)
    return (node.text or "") + "".join(inner)


def _frame_width(view_box: str) -> float:
    match re.split(r"[\s,]+", view_box.strip()):
        case [_, _, width, _] if re.fullmatch(r"\d+(\.\d+)?", width):
            return float(width)
        case _:
            return 0.0


def _svg_faults(node: ET.Element) -> Iterator[str]:
    name = _local(node)
    if name in SVG_PARTS_REFUSED:
        yield f"<{name}>"
    if name == "style" and OUTSIDE.search(node.text or ""):
        yield "a style that reaches outside"
    for key, value in node.attrib.items():
        attribute = key.rpartition("}")[2]
        leaves = attribute == "href" and not value.startswith(("#", "data:image/"))
        if attribute.lower().startswith("on") or leaves or OUTSIDE.search(value):
            yield f"{attribute}={value!r}"


def _ordered(headings: list[Heading]) -> set[str]:
    level, seen = 1, set[str]()
    for heading in headings:
        if heading.level > level + 1:
            raise OutOfRange(
                f"heading {heading.text!r} of level {heading.level} follows one of level {level}",
                hint="go down one level at a time",
            )
        if heading.anchor in seen:
            raise OutOfRange(f"two headings have the id {heading.anchor!r}", hint="give one of them another id")
        level = heading.level
        seen.add(heading.anchor)
    return seen


def _filled(text: str, what: str) -> None:
    if not text.strip():
        raise OutOfRange(f"{what} is empty")


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
