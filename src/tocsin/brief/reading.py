"""A brief as a reader meets it: its texts and its numbers, in order, whatever renders them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from tocsin.brief.blocks import (
    Bullets,
    Callout,
    Figure,
    Heading,
    Judgement,
    PageBreak,
    Pair,
    Paragraph,
    Sources,
    Table,
    spans_of,
)
from tocsin.brief.words import clean, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.brief.blocks import Block, Brief, Spans

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(brief: Brief) -> tuple[str, ...]:
    """Every number a reader of the brief meets, in reading order; footnotes where they are hung.

    Example:
        >>> from datetime import UTC, date, datetime
        >>> from tocsin.brief.blocks import Brief, Paragraph
        >>> made = datetime(2026, 1, 2, tzinfo=UTC)
        >>> one = Brief("Iraq", "", date(2014, 5, 31), made, (Paragraph("3,164 deaths, 13 % of 0.5"),))
        >>> numbers(one)
        ('31', '2014', '2', '2026', '3,164', '13', '0.5')
    """
    return tuple(chain.from_iterable(NUMBER.findall(text) for text in texts(brief)))


def texts(brief: Brief) -> Iterator[str]:
    """Every piece of text a reader meets, in reading order; what renderers add of themselves holds no number."""
    head = (brief.watermark or "", brief.known, brief.title, brief.subtitle, long_date(brief.made))
    body = chain.from_iterable(_texts(block) for block in (*brief.blocks, *brief.annex))
    return (text for text in map(clean, chain(head, body)) if text)


def _texts(block: Block) -> Iterable[str]:  # noqa: C901, PLR0911 - one case for each kind of block
    match block:
        case Heading():
            return (block.text,)
        case Paragraph():
            return _span_texts(block.spans)
        case Judgement():
            return (*_span_texts(block.text), block.confidence)
        case Bullets():
            return chain.from_iterable(_span_texts(item) for item in block.items)
        case Table():
            head = chain.from_iterable((column.title, column.unit) for column in block.columns)
            return (block.caption, *head, *(cell.text for row in block.rows for cell in row), block.note)
        case Figure():
            return (*block.words, block.caption)
        case Pair():
            return (*_texts(block.left), *_texts(block.right))
        case Callout():
            return _span_texts(block.text)
        case Sources():
            return chain.from_iterable((s.citation, s.licence, s.note, s.url) for s in block.entries)
        case PageBreak():
            return ()


def _span_texts(spans: Spans) -> tuple[str, ...]:
    return tuple(span.text for span in spans_of(spans))
