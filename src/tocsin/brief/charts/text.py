"""Text in pictures: how wide it is, where lines break, what may stand where without overlap."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.palette import INK
from tocsin.brief.charts.svg import Element, Frame, el

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SMALL = 10.5
NORMAL = 11.5
LARGE = 13.5
"""Font sizes in px."""

BOLD = 1.12
OTHER = 640
WIDE = 1000
_FIRST = 32
# Advance widths of DejaVu Sans, the widest font of the stack, in thousandths of the font size, from space to ~.
# What is laid out by them fits in the other fonts too.
_ADVANCES = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
)  # fmt: skip


def text_width(text: str, *, size: float = NORMAL, bold: bool = False) -> float:
    """Width of a line of text in px, in the widest font it may be set in.

    Example:
        >>> round(text_width("Ninewa", size=10), 1)
        37.1
    """
    return sum(_advance(c) for c in text) * size / 1000 * (BOLD if bold else 1)


def _advance(character: str) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(_ADVANCES):
        return _ADVANCES[place]
    if unicodedata.combining(character):
        return 0
    return WIDE if unicodedata.east_asian_width(character) in "WF" else OTHER


def wrapped(text: str, *, width: float, size: float = NORMAL, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text no wider than `width` px, as far as its words allow."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def shortened(text: str, *, width: float, size: float = NORMAL, bold: bool = False) -> str:
    """The text, its end replaced by an ellipsis where it is wider than `width` px."""
    if text_width(text, size=size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size=size, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def words(
    text: str, x: float, y: float, *, size: float = NORMAL, fill: str = INK, anchor: str | None = None,
    bold: bool = False, halo: str | None = None,
) -> Element:  # fmt: skip
    """A line of text; `halo` draws its outline in that colour beneath it, so that it reads over lines."""
    outline: dict[str, str | float | None] = {}
    if halo is not None:
        outline = {"stroke": halo, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
    weight = "bold" if bold else None
    return el("text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=weight, **outline)


def heading(frame: Frame) -> tuple[tuple[Element, ...], float]:
    """The title drawn above the picture, and the pixels it takes."""
    if not frame.heading:
        return (), 0.0
    lines = wrapped(frame.title, width=frame.width - 4, size=LARGE, bold=True)
    drawn = tuple(words(line, 0, 14 + 17 * i, size=LARGE, bold=True) for i, line in enumerate(lines))
    return drawn, 17.0 * len(lines) + 6


@dataclass(frozen=True, slots=True)
class Box:
    """A place that is taken, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, width: float, height: float) -> bool:
        """Whether the box lies inside a picture."""
        return self.inside(Box(0, 0, width, height))

    def inside(self, other: Box) -> bool:
        """Whether the box lies wholly in another."""
        return (
            other.left <= self.left and other.top <= self.top and self.right <= other.right
            and self.bottom <= other.bottom
        )  # fmt: skip


def free(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a place is not taken yet."""
    return not any(box.meets(other) for other in taken)


def spread(wanted: Sequence[float], *, gap: float, lower: float, upper: float) -> tuple[float, ...]:
    """Places near those wanted, in their order and at least `gap` apart, between two ends where there is room.

    Example:
        >>> spread([10, 12, 50], gap=10, lower=0, upper=100)
        (10, 20, 50)
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wanted[i], lower if not placed else placed[-1] + gap))
    ceiling = upper
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    at = dict(zip(order, placed, strict=True))
    return tuple(at[i] for i in range(len(wanted)))
