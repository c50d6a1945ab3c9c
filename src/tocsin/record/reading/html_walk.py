"""From the elements of a page to blocks: which begin a paragraph, which are furniture, which are never seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind
from tocsin.record.reading.found import Block
from tocsin.record.reading.marks import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.record.reading.bounds import Bounds

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "object", "embed", "iframe", "svg", "math", "head", "select", "datalist",
     "canvas", "audio", "video", "map")
)  # fmt: skip
FURNITURE = frozenset(("nav", "button", "menu", "dialog"))
PAGE_FURNITURE = frozenset(("header", "footer", "aside"))
"""Furniture of the page, unless they stand within an article or the main part."""
MAIN = frozenset(("main", "article"))
UNNAMED = frozenset(("html", "body", "main", "article", "a", "span", "b", "i", "em", "strong", "td", "th", "sup"))
"""Elements whose class says nothing of what they are for."""
HEADINGS = {f"h{n}": n for n in range(1, 7)}
BREAKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "li", "dl", "dt", "dd",
     "table", "thead", "tbody", "tfoot", "tr", "caption", "figure", "figcaption", "blockquote", "pre", "form", "fieldset",
     "address", "details", "summary", "hr", "center", "body", "html", "legend", "menu", "dialog", "title", *HEADINGS)
)  # fmt: skip
VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "param", "source", "track", "wbr")
)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|nav(?:bar|igation)?|menu|breadcrumbs?|share|sharing|social|newsletter|subscribe|"
    r"subscription|sidebar|skip-?link|pagination|related|promo|advert(?:isement)?|ads?|banner|popup|modal|toolbar|"
    r"site-?(?:header|footer)|masthead|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FOOTNOTE_NAME = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fn)(?:$|[\s_-]|\d)", re.IGNORECASE)
_BIO_NAME = re.compile(r"(?:^|[\s_-])(?:author-?bio|about-?author|author-?box|bio)(?:$|[\s_-])", re.IGNORECASE)
_CAPTION_NAME = re.compile(r"(?:^|[\s_-])(?:wp-caption-text|caption|figcaption)(?:$|[\s_-])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
LONGEST_JSON = 1_000_000
CELL, BREAK, BLANK = "\x00", "\ud800", "\ud801"
"""Marks between cells, at line breaks and for blanks that stay: characters that no text that is read can hold."""
_BREAKS = re.compile(f" *{BREAK}[ {BREAK}]*")


@dataclass(slots=True)
class Open:
    """An element that is open: its tag, the purpose of what stands in it (None: its parent's), if a name says so; if a mark."""

    tag: str
    kind: SegmentKind | None = None
    unseen: bool = False
    named: bool = False
    mark: int | None = None
    """Where the words of what may be a footnote's mark begin, among those of the block."""
    linked: bool = False
    """Whether it leads to a place of the same page."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A block; the share of its characters that are links; whether only a name of its element makes it furniture."""

    block: Block
    linked: float
    named: bool


@dataclass(slots=True)
class Head:
    """What the page says of itself."""

    title: list[str] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    heading: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Walk:
    """Takes a parser's events and gathers blocks. Elements deeper than the bound are read like their parents."""

    bounds: Bounds
    head: Head = field(default_factory=Head)
    _open: list[Open] = field(default_factory=list)
    _deep: int = 0
    _unseen: int = 0
    _main: int = 0
    _preformatted: int = 0
    _row: int = 0
    _cells: int = 0
    _links: int = 0
    _words: list[str] = field(default_factory=list)
    _linked: int = 0
    _level: int = 0
    _gathered: list[Gathered] = field(default_factory=list)
    _json: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._note(tag, attributes)
        if tag in VOID:
            self._void(tag, attributes)
            return
        if len(self._open) >= self.bounds.depth:
            self._deep += 1
            if tag in BREAKS:
                self._close()
            return
        if tag in BREAKS and not self._in_row(tag):
            self._close()
        if tag in {"td", "th"} and self._row:
            if self._cells:
                self._words.append(CELL)
            self._cells += 1
        kind, named = self._kind(tag), False
        if kind is None:
            kind = _kind_by_name(tag, attributes)
            named = kind is SegmentKind.BOILERPLATE
        inner = tag == "a" and attributes.get("href", "").startswith("#")
        mark = len(self._words) if tag == "sup" or inner else None
        opened = Open(tag, kind, _is_unseen(tag, attributes), named, mark, inner)
        self._open.append(opened)
        self._count(opened, 1)
        if tag in HEADINGS:
            self._level = HEADINGS[tag]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in VOID:
            return
        if tag == "script":
            self._json = False
        if self._deep:
            self._deep -= 1
            if tag in BREAKS:
                self._close()
            return
        if not self._open or self._open[-1].tag != tag:
            if all(opened.tag != tag for opened in self._open[-50:]):
                return
            while self._open[-1].tag != tag:
                self._count(self._open.pop(), -1)
        if tag in BREAKS and not (self._in_row(tag) and tag != "tr"):
            self._close()
        self._mark(self._open[-1])
        self._count(self._open.pop(), -1)

    def data(self, words: str) -> None:
        """Characters."""
        if self._json:
            self.head.linked[-1] += words if len(self.head.linked[-1]) <= LONGEST_JSON else ""
        elif self._open and self._open[-1].tag == "title":
            self.head.title += [words] if all(opened.tag != "svg" for opened in self._open) else []
        elif not self._unseen:
            self._words.append(words.replace(" ", BLANK) if self._preformatted else _SPACE.sub(" ", words))
            self._linked += len(words.strip()) if self._links else 0

    def comment(self, _words: str) -> None:
        """Comments are never seen."""

    def pi(self, _target: str, _words: str | None = None) -> None:
        """Processing instructions are never seen."""

    def close(self) -> Walk:
        """The page ends."""
        self._close()
        return self

    def blocks(self) -> Iterator[Block]:
        """The blocks in order.

        Short ones made of links alone, two and more in a row, are furniture. Names of elements are no proof: where
        most of the page would be furniture by them, they are not believed.
        """
        told = sum(len(g.block.words) for g in self._gathered if g.block.kind is not SegmentKind.BOILERPLATE)
        doubtful = told * 3 < sum(len(g.block.words) for g in self._gathered if g.named)
        blocks = [replace(g.block, kind=SegmentKind.BODY) if g.named and doubtful else g.block for g in self._gathered]
        listed = [
            g.linked > 0.8 and len(block.words) < 100 and block.kind is SegmentKind.BODY
            for g, block in zip(self._gathered, blocks, strict=True)
        ]
        for number, block in enumerate(blocks):
            near = [listed[n] for n in (number - 1, number + 1) if 0 <= n < len(listed)]
            yield replace(block, kind=SegmentKind.BOILERPLATE) if listed[number] and any(near) else block

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br" and not self._unseen:
            self._words.append(BREAK)
        elif tag == "hr":
            self._close()
        elif tag == "img" and not self._unseen and len(attributes.get("alt", "").split()) > 2:
            self._words.append(f" {attributes['alt']} ")

    def _in_row(self, tag: str) -> bool:
        """Whether an element stands within a table's row, whose paragraphs are not blocks of their own."""
        return self._row > 0 and tag not in {"tr", "table"} and self._cells > 0

    def _count(self, opened: Open, by: int) -> None:
        self._unseen += by if opened.unseen else 0
        self._main += by if opened.tag in MAIN else 0
        self._preformatted += by if opened.tag in {"pre", "textarea"} else 0
        self._links += by if opened.tag == "a" else 0
        if opened.tag == "tr":
            self._row += by
            self._cells = 0

    def _kind(self, tag: str) -> SegmentKind | None:
        if tag in HEADINGS:
            return SegmentKind.HEADING
        if tag in {"caption", "figcaption"}:
            return SegmentKind.CAPTION
        if tag in FURNITURE or (tag in PAGE_FURNITURE and not self._main):
            return SegmentKind.BOILERPLATE
        return SegmentKind.ROW if tag == "tr" else None

    def _mark(self, ended: Open) -> None:
        """Set the mark of a footnote in brackets, so that it is no part of the word before it."""
        if ended.mark is None or not ended.mark < len(self._words):
            return
        outer = self._open[-2] if len(self._open) > 1 else None
        if outer is not None and outer.mark is not None:
            outer.linked = outer.linked or ended.linked  # the outer of the two is read when it ends
            return
        before = "".join(self._words[max(0, ended.mark - 5) : ended.mark])
        written = bracketed("".join(self._words[ended.mark :]), before=before, linked=ended.linked)
        if written is not None:
            self._words[ended.mark :] = [written]

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self.head.meta.append((key.lower()[:100], attributes.get("content", "")[:1000]))
        elif tag == "time" and attributes.get("datetime"):
            self.head.times.append(attributes["datetime"][:100])
        elif tag == "html":
            self.head.language = attributes.get("lang")
        elif tag == "script":
            self._json = attributes.get("type", "").lower() == "application/ld+json"
            if self._json:
                self.head.linked.append("")

    def _close(self) -> None:
        """End the present block."""
        words = _tidy("".join(self._words)) if self._words else ""
        if words:
            kind, named = self._purpose()
            letters = max(1, len(words))
            level = self._level if kind is SegmentKind.HEADING else 0
            self._gathered.append(Gathered(Block(words, kind, level=level), self._linked / letters, named))
            if level == 1 and self.head.heading is None:
                self.head.heading = words
        self._words, self._linked, self._cells = [], 0, 0

    def _purpose(self) -> tuple[SegmentKind, bool]:
        """The purpose of the innermost element that has one; furniture makes all within it furniture.

        Returns:
            The purpose, and whether it is furniture only by the name of an element.
        """
        told = [opened for opened in self._open if opened.kind is not None]
        furniture = [opened for opened in told if opened.kind is SegmentKind.BOILERPLATE]
        if furniture:
            return SegmentKind.BOILERPLATE, all(opened.named for opened in furniture)
        kinds = [opened.kind for opened in told if opened.kind is not None]
        telling = [kind for kind in kinds if kind is not SegmentKind.ROW]
        return (telling or kinds or [SegmentKind.BODY])[-1], False


def _is_unseen(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in UNSEEN:
        return True
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _kind_by_name(tag: str, attributes: Mapping[str, str]) -> SegmentKind | None:
    """What an element's class, id and role say it is for."""
    if tag in UNNAMED:
        return None
    if tag == "form":
        return SegmentKind.BOILERPLATE
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}"[:500]
    if attributes.get("epub:type") == "footnote" or _FOOTNOTE_NAME.search(names):
        return SegmentKind.FOOTNOTE
    if _FURNITURE_NAME.search(names):
        return SegmentKind.BOILERPLATE
    if _CAPTION_NAME.search(names):
        return SegmentKind.CAPTION
    return SegmentKind.AUTHOR_BIO if _BIO_NAME.search(names) else None


def _tidy(words: str) -> str:
    """One blank between words, none around line ends; cells of a row set apart by a mark."""
    cells = [" ".join(part for part in re.split(r" +", cell.strip(" \n")) if part) for cell in words.split(CELL)]
    joined = " | ".join(cell for cell in cells if cell.strip(f" {BREAK}"))
    return _BREAKS.sub("\n", joined).replace(BLANK, " ").strip("\n ")
