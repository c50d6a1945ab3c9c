"""Legends: a swatch and what it means, side by side, in as many rows as the width needs; and the hatch of unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.glyphs import Glyph, glyph
from tocsin.brief.charts.palette import AXIS, HATCH, HATCH_PAPER, PAPER
from tocsin.brief.charts.svg import Element, Frame, el, group
from tocsin.brief.charts.text import SMALL, shortened, text_width, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW = 18.0
SWATCH = 16.0
BETWEEN = 16.0
"""Pixels of a row, a swatch, and the space between two entries."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a swatch means.

    Attributes:
        words: what is written beside it.
        fill: the colour of a box; None draws no box.
        line: the colour of a line through the swatch.
        dashes: the dashes of that line.
        ring: the colour of a hollow dot.
        dot: the colour of a full dot.
        diamond: the colour of a full diamond.
        glyph: a sign told by its shape.
    """

    words: str
    fill: str | None = None
    line: str | None = None
    dashes: str | None = None
    ring: str | None = None
    dot: str | None = None
    diamond: str | None = None
    glyph: Glyph | None = None


def legend(entries: Sequence[Entry], *, x: float, y: float, width: float) -> tuple[Element, float]:
    """The legend with its upper left corner at (x, y), and the pixels it takes downwards; long words are wrapped."""
    drawn: list[Element] = []
    at, row, room = x, 0, width - SWATCH - 5
    for entry in entries:
        lines = [shortened(t, width=room, size=SMALL) for t in wrapped(entry.words, width=room, size=SMALL)]
        wide = SWATCH + 5 + max((text_width(t, size=SMALL) for t in lines), default=0.0)
        if at > x and at + wide > x + width:
            at, row = x, row + 1
        middle = y + ROW * row + ROW / 2
        drawn.extend(_swatch(entry, x=at, middle=middle))
        drawn += [words(t, at + SWATCH + 5, middle + 3.8 + ROW * i, size=SMALL) for i, t in enumerate(lines)]
        row += max(len(lines) - 1, 0)
        at += wide + BETWEEN
    return group(drawn), ROW * (row + 1) if entries else 0.0


def _swatch(entry: Entry, *, x: float, middle: float) -> list[Element]:
    parts: list[Element] = []
    if entry.fill is not None:
        box = {"x": x, "y": middle - 5.5, "width": SWATCH, "height": 11.0}
        parts.append(el("rect", **box, fill=entry.fill, stroke=AXIS, stroke_width="0.5"))
    if entry.line is not None:
        line = f"M{x:.1f} {middle:.1f}h{SWATCH:.0f}"
        parts.append(el("path", d=line, stroke=entry.line, stroke_width=2, stroke_dasharray=entry.dashes, fill="none"))
    if entry.ring is not None:
        parts.append(el("circle", cx=x + SWATCH / 2, cy=middle, r=3.6, fill=PAPER, stroke=entry.ring, stroke_width=1.6))
    if entry.dot is not None:
        parts.append(el("circle", cx=x + SWATCH / 2, cy=middle, r=3.6, fill=entry.dot))
    if entry.diamond is not None:
        parts.append(el("path", d=f"M{x + SWATCH / 2:.1f} {middle - 5:.1f}l5 5 -5 5 -5 -5z", fill=entry.diamond))
    if entry.glyph is not None:
        parts.append(glyph(entry.glyph, x + SWATCH / 2, middle))
    return parts


def hatch(frame: Frame) -> Element:
    """The pattern of what is not known; fill with `hatched(frame)`."""
    lines = el("path", d="M-1.5 1.5l3 -3M0 6l6 -6M4.5 7.5l3 -3", stroke=HATCH, stroke_width=1.1)
    paper = el("rect", width=6, height=6, fill=HATCH_PAPER)
    size = {"width": 6.0, "height": 6.0}
    return el("defs", el("pattern", paper, lines, id=frame.id("unknown"), patternUnits="userSpaceOnUse", **size))


def hatched(frame: Frame) -> str:
    """The fill of what is not known."""
    return f"url(#{frame.id('unknown')})"
