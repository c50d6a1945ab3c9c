"""Laid-out pages of a made-up edition, and what is read off a page as a visitor gets it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

from tocsin.brief import Brief, Cell, Column, Heading, Link, PageBreak, Paragraph, Table, to_html
from tocsin.brief.layout import laid_out

MADE = datetime(2026, 6, 1, tzinfo=UTC)
MISSION = ("reach", "gap", "overlap", "instruments", "fit", "protection", "transfer", "exits", "missions")
OTHERS = ("settlement", "options", "tripwires", "track-record", "sources")
PROVINCES = (("Anbar", "310", 310.0), ("Ninewa", "1,200", 1200.0), ("Dhi Qar", "unknown", None), ("Basra", "7", 7.0))


def laid_pages() -> dict[str, dict[str, Any]]:
    """A page for each section: words of the first page, a heading, and a table of provinces with sources."""
    columns = (Column("Province"), Column("Deaths", "right"), Column("Rests on"))
    rows = tuple((Cell(name), Cell(text, sort=n), Cell("bic; foggo")) for name, text, n in PROVINCES)
    pages = {}
    for name in (*MISSION, *OTHERS):
        blocks = (
            Paragraph("Said on the first page."), PageBreak(), Heading("Its own heading", id=name),
            Table("Deaths by province", columns, rows),
        )  # fmt: skip
        pages[f"pages/{name}"] = _page(*blocks)
    pages["pages/settlement"] = _page(
        Paragraph("Said on the first page."),
        Heading("An end", id="question-nmi-end"), Paragraph("Found of the end."),
        Heading("What remains", id="question-nmi-residual"), Paragraph("Found of what remains."),
    )  # fmt: skip
    overlap = pages["pages/overlap"]["annex"]
    overlap.append({"kind": "paragraph", "spans": [{"kind": "link", "text": "gap", "url": "/c/iraq/mission#gap"}]})
    return pages


def _page(*blocks: Any) -> dict[str, Any]:
    return laid_out(Brief("T", "", date(2024, 12, 31), MADE, (), blocks), drawn=lambda _figure, _n: "<svg></svg>")


def brief_html() -> bytes:
    """A brief as it ships: a document with a style sheet of its own."""
    blocks = (Heading("Judgement", id="j"), Paragraph((Link("there", "#j"),)))
    return to_html(Brief("Iraq", "", date(2024, 12, 31), MADE, blocks)).encode()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style", "head"}
        self.found += [value for name, value in attrs if name in {"aria-label", "title", "alt"} and value]
        self.found.append(
            "\n"
            if tag in {"p", "td", "th", "li", "h1", "h2", "h3", "tr", "text", "div", "dt", "dd", "summary"}
            else " "
        )

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "head"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def words_of(page: str) -> str:
    """What a page says, a line for each cell, item and paragraph."""
    parser = _Words()
    parser.feed(page)
    lines = (" ".join(line.split()) for line in "".join(parser.found).split("\n"))
    return "\n".join(line for line in lines if line)


def content_of(page: str) -> str:
    """The part of a page between its navigation and its foot."""
    return page.partition('<main id="content"')[2].partition("</main>")[0]


def links_of(page: str) -> dict[str, str]:
    """Where words lead: the address of each link by its words, the first of equals."""
    found: dict[str, str] = {}
    for address, text in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        found.setdefault(" ".join(re.sub("<[^>]*>", "", unescape(text)).split()), unescape(address))
    return found


def column_of(page: str, number: int) -> list[str]:
    """The cells of one column of the first table that a page has."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [unescape(re.sub("<[^>]*>", "", cells[number])).strip() for cells in rows]


def has_no_inline(page: str) -> bool:
    """Whether a page carries no style and no script of its own, which its policy would refuse."""
    return not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", page)
