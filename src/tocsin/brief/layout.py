"""A brief as plain data, the one thing both renderers read: clean text, ids, footnote marks, colours.

What differs between screen and paper is the picture's SVG, which each renderer gives a way to make.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

from tocsin.brief.blocks import (
    Bullets,
    Callout,
    Figure,
    Heading,
    Judgement,
    Link,
    Note,
    PageBreak,
    Pair,
    Paragraph,
    Sources,
    Strong,
    Table,
    spans_of,
)
from tocsin.brief.design import TINT_STEPS, tint
from tocsin.brief.widths import on_paper
from tocsin.brief.words import clean, long_date, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.brief.blocks import Block, Brief, Cell, Column, Source, Spans

Data = dict[str, Any]

WIDE_PX = 480
"""A picture wider than this is scrolled on a phone, where its words would else be too small to read."""


def laid_out(brief: Brief, *, drawn: Callable[[Figure, int], str]) -> Data:
    """The brief as plain data.

    Args:
        brief: what is rendered.
        drawn: gives a figure's SVG for this rendering, from the figure and its number in the brief.
    """
    layout = _Layout(drawn)
    return {
        "title": clean(brief.title),
        "subtitle": clean(brief.subtitle),
        "known": brief.known,
        "made": long_date(brief.made),
        "watermark": clean(brief.watermark or ""),
        "language": brief.language,
        "blocks": [layout.block(block) for block in brief.blocks],
        "annex": [layout.block(block) for block in brief.annex],
        "notes": layout.notes,
    }


class _Layout:
    """Counts figures, tables and footnotes while the blocks are laid out in order."""

    def __init__(self, drawn: Callable[[Figure, int], str]) -> None:
        self.drawn = drawn
        self.notes: list[Data] = []
        self.figures, self.tables = count(1), count(1)

    def block(self, block: Block) -> Data:  # noqa: C901, PLR0911 - one case for each kind of block
        match block:
            case Heading():
                return {"kind": "heading", "level": block.level, "id": block.anchor, "text": clean(block.text)}
            case Paragraph():
                return {"kind": "paragraph", "spans": self.spans(block.spans)}
            case Judgement():
                said = self.spans(block.text)
                return {"kind": "judgement", "spans": said, "confidence": clean(block.confidence)}
            case Bullets():
                return {"kind": "bullets", "entries": [self.spans(item) for item in block.items]}
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Pair():
                return {"kind": "pair", "left": self.figure(block.left), "right": self.figure(block.right)}
            case Callout():
                return {"kind": "callout", "tone": block.kind, "spans": self.spans(block.text)}
            case Sources():
                return {"kind": "sources", "entries": [_source(entry) for entry in block.entries]}
            case PageBreak():
                return {"kind": "page_break"}

    def spans(self, spans: Spans) -> list[Data]:
        return [self.span(span) for span in spans_of(spans)]

    def span(self, span: object) -> Data:
        match span:
            case Link():
                return {"kind": "link", "text": _inline(span.text), "url": span.url}
            case Strong():
                return {"kind": "strong", "text": _inline(span.text)}
            case Note():
                note = {"kind": "note", "text": clean(span.text), "mark": mark(len(self.notes) + 1)}
                self.notes.append(note)
                return note
            case _:
                return {"kind": "text", "text": _inline(getattr(span, "text", ""))}

    def table(self, table: Table) -> Data:
        return {
            "kind": "table",
            "id": f"_table-{next(self.tables)}",
            "caption": clean(table.caption),
            "columns": [_column(column) for column in table.columns],
            "paper": on_paper(table),
            "rows": [[_cell(cell) for cell in row] for row in table.rows],
            "note": clean(table.note),
            "row_head": table.row_head,
        }

    def figure(self, figure: Figure) -> Data:
        return {
            "kind": "figure",
            "svg": self.drawn(figure, next(self.figures)),
            "caption": clean(figure.caption),
            "alt": clean(figure.alt),
            "width": figure.width,
            "wide": figure.width_px > WIDE_PX,
        }


def _inline(text: str) -> str:
    """Clean text that keeps the space it needs from the span before or after it."""
    inner = clean(text)
    before, after = text[:1].isspace() and bool(inner), text[-1:].isspace()
    return f"{' ' if before else ''}{inner}{' ' if after else ''}"


def _column(column: Column) -> Data:
    return {"title": clean(column.title), "align": column.align, "unit": clean(column.unit)}


def _cell(cell: Cell) -> Data:
    shown = tint(cell.shade) if cell.shade else ""
    step = round(cell.shade * TINT_STEPS) if cell.shade else 0
    return {"text": clean(cell.text), "emphasis": cell.emphasis, "tint": shown, "step": step, "sort": cell.sort}


def _source(source: Source) -> Data:
    return {
        "citation": _stopped(clean(source.citation)),
        "licence": clean(source.licence).rstrip("."),
        "note": _stopped(clean(source.note)),
        "url": source.url,
        "pieces": re.findall(r"[^/]*/+|[^/]+", source.url),
    }


def _stopped(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
