"""A tiny builder of SVG: elements that escape what they hold, and the frame every picture stands in.

Only what both Chromium and typst's renderer draw alike is used: presentation attributes, no style sheets, no scripts.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tocsin.brief.charts.palette import FONTS, INK, PAPER
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML 1.0 cannot hold, even escaped."""

NARROWEST = 320.0
"""Pixels below which no picture is legible."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every picture has: a prefix for its ids, a title, words for those who cannot see it, and a size.

    Attributes:
        prefix: begins every id in the picture; unlike that of any other picture on the page.
        title: what the picture shows, in one line.
        desc: what a reader would see, in words; None lets the picture describe itself.
        width: pixels; 680 for a page, 360 for a phone. 1 px is 0.75 pt in print.
        height: pixels; None lets the picture choose.
        heading: whether the title is drawn above the picture too.

    Raises:
        OutOfRange: the width is below 320 pixels, or the height is not positive.
        InputError: the prefix cannot begin an id, or the title is empty.

    Example:
        >>> Frame("anbar", "Anbar: deaths a month").id("title")
        'anbar-title'
    """

    prefix: str
    title: str
    desc: str | None = None
    width: float = 680
    height: float | None = None
    heading: bool = True

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise InputError(
                f"'{self.prefix}' cannot begin the ids of a picture",
                where=Where(field="prefix"),
                hint="begin with a letter, then letters, digits, - and _",
            )
        if not self.title.strip():
            raise InputError("a picture has no title", where=Where(field="title"), hint="say in a line what it shows")
        if not NARROWEST <= self.width < math.inf:
            raise OutOfRange(f"a picture {self.width} px wide is not legible", hint=f"give {NARROWEST:.0f} px or more")
        if self.height is not None and not 0 < self.height < math.inf:
            raise OutOfRange(f"{self.height} px is no height of a picture", hint="give a positive number of pixels")

    def id(self, name: str) -> str:
        """The id of a part of this picture."""
        return f"{self.prefix}-{name}"


@dataclass(frozen=True, slots=True)
class Element:
    """One element, or a run of elements; text among its children is escaped when written."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]

    def __str__(self) -> str:
        opening = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in self.attributes)
        if not self.children:
            return f"<{self.tag}{opening}/>"
        inside = "".join(str(c) if isinstance(c, Element) else escape(_clean(c)) for c in self.children)
        return f"<{self.tag}{opening}>{inside}</{self.tag}>"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def number(value: float) -> str:
    """A coordinate or length rounded to 0.1 px.

    Raises:
        InputError: the value is NaN or infinite.

    Example:
        >>> number(12.0), number(-0.04), number(3.14159)
        ('12', '0', '3.1')
    """
    if not math.isfinite(value):
        raise InputError(f"{value} cannot be drawn", hint="give None for what is not known")
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def el(tag: str, *children: Element | str | None, **attributes: str | float | None) -> Element:
    """An element; `stroke_width=2` becomes `stroke-width="2"`, and None is left out.

    Example:
        >>> print(el("text", "a < b", x=1.25, font_weight="bold", fill=None))
        <text x="1.2" font-weight="bold">a &lt; b</text>
    """
    written = tuple(
        (name.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value))
        for name, value in attributes.items()
        if value is not None
    )
    return Element(tag, written, tuple(c for c in children if c is not None and c != ""))


def group(children: Iterable[Element | None], **attributes: str | float | None) -> Element:
    """Elements that share attributes."""
    return el("g", *children, **attributes)


def polyline(points: Sequence[tuple[float, float]], *, close: bool = False) -> str:
    """Path data through points, in relative steps of 0.1 px; steps of no length are left out.

    Example:
        >>> polyline([(0, 0), (10.04, 0), (10.04, 0.01), (10, 5.5)], close=True)
        'M0 0l10 0 0 5.5z'
    """
    tenths = [_tenths(x, y) for x, y in points]
    if not tenths:
        return ""
    steps = [f"{_short(x - px)} {_short(y - py)}" for (px, py), (x, y) in pairwise(tenths) if (x, y) != (px, py)]
    start = f"M{_short(tenths[0][0])} {_short(tenths[0][1])}"
    return start + (f"l{' '.join(steps)}" if steps else "") + ("z" if close else "")


def _tenths(x: float, y: float) -> tuple[int, int]:
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InputError(f"the point ({x}, {y}) cannot be drawn", hint="give None for what is not known")
    return round(10 * x), round(10 * y)


def _short(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole if whole or not part else ''}{f'.{part}' if part else ''}"


def picture(frame: Frame, *children: Element | None, height: float, desc: str) -> str:
    """The whole SVG, titled and described for screen readers, ready to be set inside a page or a PDF.

    Args:
        frame: prefix, title, width.
        children: what is drawn.
        height: pixels.
        desc: what is seen, in words, unless the frame has its own.
    """
    width, tall = number(frame.width), number(height)
    root = el(
        "svg",
        el("title", frame.title, id=frame.id("title")),
        el("desc", frame.desc or desc, id=frame.id("desc")),
        el("rect", width=frame.width, height=height, fill=PAPER),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {tall}",
        width=width,
        height=tall,
        role="img",
        aria_labelledby=frame.id("title"),
        aria_describedby=frame.id("desc"),
        font_family=FONTS,
        fill=INK,
        style="max-width:100%;height:auto",
    )
    return str(root)
