"""A brief: blocks that say what was found, and two renderers that say the same thing on screen and on paper."""

from tocsin.brief.blocks import (
    Block,
    Brief,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Heading,
    Judgement,
    Link,
    Note,
    PageBreak,
    Pair,
    Paragraph,
    Source,
    Sources,
    Span,
    Strong,
    Table,
    Text,
)
from tocsin.brief.html import to_html
from tocsin.brief.pdf import to_pdf
from tocsin.brief.reading import numbers

__all__ = [
    "Block",
    "Brief",
    "Bullets",
    "Callout",
    "Cell",
    "Column",
    "Figure",
    "Heading",
    "Judgement",
    "Link",
    "Note",
    "PageBreak",
    "Pair",
    "Paragraph",
    "Source",
    "Sources",
    "Span",
    "Strong",
    "Table",
    "Text",
    "numbers",
    "to_html",
    "to_pdf",
]
