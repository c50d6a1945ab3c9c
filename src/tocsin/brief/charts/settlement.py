"""Where a question settles: its scale, the parties on it, the two ranges one under the other, and each band's share."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, vertical_grid
from tocsin.brief.charts.palette import AHEAD, AXIS, BANDS, INK, MUTED, PAPER
from tocsin.brief.charts.scale import Linear
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, heading, text_width, words, wrapped
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINE = 13.0
ROW = 18.0
COLUMN = 0.38
"""Share of the width that names take."""
THINNEST, THICKEST = 3.0, 15.0
TALLEST = 36.0
ARROW = "M{x:.1f} {y:.1f}l4 6h-8z"


@dataclass(frozen=True, slots=True)
class Stands:
    """A range on the scale with its middle.

    Attributes:
        name: whose it is, or what it is.
        low, high: its ends.
        mid: its middle; None where there is none.
        weight: share of all weight, 0..1, told by the thickness of the bar and in words; None where it has none.

    Raises:
        InputError: the name is empty, or a number is not finite or out of order.
    """

    name: str
    low: float
    high: float
    mid: float | None = None
    weight: float | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a range has no name", where=Where(field="name"), hint="say whose range it is")
        known = [v for v in (self.low, self.mid, self.high) if v is not None]
        if not all(map(isfinite, known)) or known != sorted(known):
            raise InputError(
                f"{self.name}: {known} is no range", where=Where(field="low"), hint="give lowest, middle, highest"
            )


@dataclass(frozen=True, slots=True)
class SettlesIn:
    """A band of the scale with what is said of it.

    Attributes:
        name: what the band is called.
        low, high: its ends.
        p: probability that the question settles there, if it settles, 0..1.
        told: that probability in words.
    """

    name: str
    low: float
    high: float
    p: float
    told: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What the picture shows.

    Attributes:
        low, high: ends of the scale.
        unit: of the scale.
        anchors: points of the scale with what they mean.
        parties: the parties, with their share of the weight.
        centre: the weighted mean.
        ranges: of the settlement, each under its own uncertainty.
        bands: stretches of the scale.
        without: what holds without a decision; None where it is not known.
    """

    low: float
    high: float
    unit: str
    anchors: tuple[tuple[float, str], ...]
    parties: tuple[Stands, ...]
    centre: float
    ranges: tuple[Stands, ...]
    bands: tuple[SettlesIn, ...]
    without: Stands | None = None


def settlement_strip(strip: Strip, *, frame: Frame, show: Callable[[float], str] = "{:,.3g}".format) -> str:
    """Draw the parties' ranges, the centre, both ranges of the settlement and the bands on one scale.

    Args:
        strip: what is drawn.
        frame: ids, title and size; the height follows from the rows.
        show: a number as it is written.

    Raises:
        InputError: the scale does not rise.

    Example:
        >>> strip = Strip(0, 60, "months", ((7, "by September"),), (Stands("A", 0, 10, 7, 0.4),), 27.3,
        ...               (Stands("noise in the inputs", 24, 30),), (SettlesIn("soon", 0, 60, 1.0, "almost certain"),))
        >>> svg = settlement_strip(strip, frame=Frame("s", "When"))
        >>> "centre 27.3 months" in svg, "A, 40 % of the weight: 0 to 10, middle 7" in svg
        (True, True)
    """
    if not strip.low < strip.high:
        raise InputError(f"a scale cannot run from {strip.low} to {strip.high}", where=Where(field="low"))
    head, top = heading(frame)
    left = frame.width * COLUMN
    edge = max(14.0, text_width(show(strip.high), size=SMALL) / 2 + 3)
    x = Linear(strip.low, strip.high, start=left, end=frame.width - edge, most=7)
    centre = words(
        f"centre {show(strip.centre)} {strip.unit}", *_beside(strip, x, frame, top, show), size=SMALL, bold=True
    )
    y = top + 20
    drawn: list[Element] = []
    groups = [strip.parties, (strip.without,) if strip.without else (), strip.ranges]
    for number, rows in enumerate(each for each in groups if each):
        y += 6 if number else 0
        for row in rows:
            made, y = _row(row, x, top=y, room=left - 10, show=show, thick=row.weight is not None)
            drawn.append(made)
    bars, bottom = _bands(strip.bands, x, top=y + 8, room=left - 10)
    plot = Plot(x.start, top + 20, x.end, bottom)
    arrows = [el("path", d=ARROW.format(x=x(at), y=bottom), fill=INK) for at, _ in strip.anchors]
    keys, end = _keys(strip, y=bottom + 34, width=frame.width, show=show)
    line = el("path", d=f"M{x(strip.centre):.1f} {plot.top:.1f}V{plot.bottom:.1f}", stroke=INK, stroke_dasharray="4 3")
    return picture(
        frame, *head, centre, vertical_grid(plot, x, label=show), line, *drawn, bars, *arrows, keys,
        height=end + 4, desc=strip_told(strip, show=show),
    )  # fmt: skip


def strip_told(strip: Strip, *, show: Callable[[float], str] = "{:,.3g}".format) -> str:
    """Everything the picture shows, in words."""
    without = [_said(strip.without, show=show)] if strip.without else ["what holds without a decision is unknown"]
    rows = [_said(row, show=show) for row in (*strip.parties, *strip.ranges)]
    bands = [f"{b.name} ({show(b.low)} to {show(b.high)}): {b.told}" for b in strip.bands]
    return (
        f"Scale of {show(strip.low)} to {show(strip.high)} {strip.unit}; centre {show(strip.centre)} {strip.unit}. "
        f"{'; '.join([*rows, *without])}. Bands: {'; '.join(bands)}."
    )


def _said(row: Stands, *, show: Callable[[float], str]) -> str:
    weight = "" if row.weight is None else f", {100 * row.weight:.0f} % of the weight"
    middle = "" if row.mid is None else f", middle {show(row.mid)}"
    return f"{row.name}{weight}: {show(row.low)} to {show(row.high)}{middle}"


def _beside(strip: Strip, x: Linear, frame: Frame, top: float, show: Callable[[float], str]) -> tuple[float, float]:
    """Where the words of the centre begin: above its line, within the picture."""
    wide = text_width(f"centre {show(strip.centre)} {strip.unit}", size=SMALL, bold=True)
    return min(max(x(strip.centre) - wide / 2, 0.0), frame.width - wide - 2), top + 13


def _row(
    row: Stands, x: Linear, *, top: float, room: float, show: Callable[[float], str], thick: bool
) -> tuple[Element, float]:  # fmt: skip
    """Name, numbers and bar of a range, and where they end."""
    weight = "" if row.weight is None else f" ({100 * row.weight:.0f} %)"
    names = wrapped(f"{row.name}{weight}: {show(row.low)} to {show(row.high)}", width=room, size=SMALL)
    tall = max(ROW, LINE * len(names) + 5)
    middle = top + tall / 2
    first = middle - LINE * (len(names) - 1) / 2 + 3.8
    deep = THINNEST + (THICKEST - THINNEST) * (row.weight or 0.0) if thick else 9.0
    bar = {"x": x(row.low), "y": middle - deep / 2, "width": max(x(row.high) - x(row.low), 1.5), "height": deep}
    fill = AHEAD if thick else BANDS[1]
    mark = None
    if row.mid is not None:
        mark = el(
            "path", d=f"M{x(row.mid):.1f} {middle - 8:.1f}v16", stroke=INK, stroke_width=2.4, paint_order="stroke"
        )  # fmt: skip
    return group([
        el("title", _said(row, show=show)),
        *(words(line, 0, first + LINE * i, size=SMALL) for i, line in enumerate(names)),
        el("rect", **bar, fill=fill, stroke=PAPER if thick else AXIS, stroke_width=0.6),
        mark,
    ]), top + tall  # fmt: skip


def _bands(bands: Sequence[SettlesIn], x: Linear, *, top: float, room: float) -> tuple[Element, float]:
    """A column on every band, as tall as its probability, with the letter that the key explains."""
    foot = top + TALLEST + 14
    highest = max((b.p for b in bands), default=1.0) or 1.0
    lines = wrapped("if it is settled: each band's probability", width=room, size=SMALL)
    drawn = [words(line, 0, foot - 16 + LINE * (i - len(lines) + 1), size=SMALL) for i, line in enumerate(lines)]
    for letter, band in zip(letters(len(bands)), bands, strict=True):
        tall, wide = TALLEST * band.p / highest, x(band.high) - x(band.low)
        box = {"x": x(band.low) + 0.8, "y": foot - tall, "width": max(wide - 1.6, 0.8), "height": tall}
        drawn.append(el("rect", el("title", f"{band.name}: {band.told}"), **box, fill=BANDS[0], stroke=AHEAD))
        if wide > text_width(letter, size=SMALL, bold=True) + 2:
            drawn.append(words(letter, x(band.low) + wide / 2, foot - tall - 4, size=SMALL, bold=True, anchor="middle"))
    base = el("path", d=f"M{x.start:.1f} {foot:.1f}H{x.end:.1f}", stroke=AXIS)
    return group([*drawn, base]), foot


def letters(n: int) -> tuple[str, ...]:
    """Signs of n bands: a, b, c; numbers where the alphabet is too short."""
    return tuple(chr(ord("a") + i) for i in range(n)) if n <= 26 else tuple(str(i + 1) for i in range(n))


def _keys(strip: Strip, *, y: float, width: float, show: Callable[[float], str]) -> tuple[Element, float]:
    """What the letters of bands and the arrows of anchors mean, and where that ends."""
    lines = [
        (letter, f"{b.name} ({show(b.low)} to {show(b.high)} {strip.unit}): {b.told}")
        for letter, b in zip(letters(len(strip.bands)), strip.bands, strict=True)
    ]
    marked = "; ".join(f"{show(at)} {what}" for at, what in strip.anchors)
    drawn: list[Element] = []
    for sign, text in [*lines, *([("▲", f"{strip.unit}: {marked}")] if marked else [("", f"scale in {strip.unit}")])]:
        drawn.append(words(sign, 2, y, size=SMALL, bold=True))
        for piece in wrapped(text, width=width - 22, size=SMALL):
            drawn.append(words(piece, 18, y, size=SMALL, fill=INK if sign != "▲" else MUTED))
            y += LINE
        y += 1.5
    return group(drawn), y - 6
