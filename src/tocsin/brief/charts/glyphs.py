"""Small signs told apart by their shape, so that a photocopy keeps what a colour would lose."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.brief.charts.palette import INK, PAPER
from tocsin.brief.charts.svg import Element, el, group

if TYPE_CHECKING:
    from collections.abc import Callable


class Glyph(StrEnum):
    """The signs: five for the state of a site, and more for the cells of a matrix."""

    SQUARE = "square"
    HALF = "half"
    RING = "ring"
    CROSS = "cross"
    QUESTION = "question"
    DOT = "dot"
    TWO_UNLIKE = "two unlike dots"
    TWO_ALIKE = "two like dots"
    DASH = "dash"


def glyph(sign: Glyph, x: float, y: float, *, size: float = 5.0) -> Element:
    """A sign around (x, y), reaching `size` px to each side; it has a pale rim, so that it reads over lines.

    Example:
        >>> str(glyph(Glyph.RING, 10, 10)).count("<circle")
        2
    """
    return _DRAWN[sign](x, y, size)


def _full(x: float, y: float, size: float) -> Element:
    return group([_rim(x, y, size), _square(x, y, size, fill=INK, edge=1)])


def _half(x: float, y: float, size: float) -> Element:
    left = el("rect", x=x - size, y=y - size, width=size, height=2 * size, fill=INK)
    return group([_rim(x, y, size), _square(x, y, size, fill=PAPER, edge=1.4), left])


def _ring(x: float, y: float, size: float) -> Element:
    return group([_disc(x, y, size + 1.6, fill=PAPER), _disc(x, y, size - 0.4, fill=PAPER, stroke=INK)])


def _cross(x: float, y: float, size: float) -> Element:
    arms = (
        f"M{x - size:.1f} {y - size:.1f}l{2 * size:.1f} {2 * size:.1f}m0 {-2 * size:.1f}l{-2 * size:.1f} {2 * size:.1f}"
    )
    wide = el("path", d=arms, stroke=PAPER, stroke_width=5, fill="none", stroke_linecap="round")
    return group([wide, el("path", d=arms, stroke=INK, stroke_width="2.2", fill="none")])


def _dot(x: float, y: float, size: float) -> Element:
    return _disc(x, y, size * 0.72, fill=INK)


def _unlike(x: float, y: float, size: float) -> Element:
    hollow = _disc(x + size * 0.7, y, size * 0.52, fill=PAPER, stroke=INK)
    return group([_disc(x - size * 0.72, y, size * 0.62, fill=INK), hollow])


def _alike(x: float, y: float, size: float) -> Element:
    return group([_disc(x + side * size * 0.72, y, size * 0.62, fill=INK) for side in (-1, 1)])


def _dash(x: float, y: float, size: float) -> Element:
    return el("path", d=f"M{x - size:.1f} {y:.1f}h{2 * size:.1f}", stroke=INK, stroke_width="1.6")


def _rim(x: float, y: float, size: float) -> Element:
    return el("rect", x=x - size - 1.6, y=y - size - 1.6, width=2 * size + 3.2, height=2 * size + 3.2, fill=PAPER)


def _square(x: float, y: float, size: float, *, fill: str, edge: float) -> Element:
    side = 2 * size
    return el("rect", x=x - size, y=y - size, width=side, height=side, fill=fill, stroke=INK, stroke_width=edge)


def _disc(x: float, y: float, radius: float, *, fill: str, stroke: str | None = None) -> Element:
    return el("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=None if stroke is None else 1.6)


def _question(x: float, y: float, size: float) -> Element:
    """A question mark on a pale disc with a dashed edge."""
    k = size / 5
    hook = f"M{x - 2.2 * k:.1f} {y - 1.6 * k:.1f}c0 {-2.6 * k:.1f} {4.4 * k:.1f} {-2.6 * k:.1f} {4.4 * k:.1f} 0"
    hook += f"c0 {1.5 * k:.1f} {-2.2 * k:.1f} {1.5 * k:.1f} {-2.2 * k:.1f} {3 * k:.1f}"
    edge = el("circle", cx=x, cy=y, r=size + 0.8, fill=PAPER, stroke=INK, stroke_width=1, stroke_dasharray="2 1.6")
    point = el("circle", cx=x, cy=y + 3.3 * k, r=0.9 * k, fill=INK)
    return group([
        _disc(x, y, size + 2.2, fill=PAPER),
        edge,
        el("path", d=hook, stroke=INK, stroke_width=1.5 * k, fill="none", stroke_linecap="round"),
        point,
    ])  # fmt: skip


_DRAWN: dict[Glyph, Callable[[float, float, float], Element]] = {
    Glyph.SQUARE: _full,
    Glyph.HALF: _half,
    Glyph.RING: _ring,
    Glyph.CROSS: _cross,
    Glyph.QUESTION: _question,
    Glyph.DOT: _dot,
    Glyph.TWO_UNLIKE: _unlike,
    Glyph.TWO_ALIKE: _alike,
    Glyph.DASH: _dash,
}
