"""Small multiples: one line a panel over years, on the band in which half of the world lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import AHEAD, AXIS, BANDS, GRID, HISTORY, MUTED, PAPER
from tocsin.brief.charts.scale import Linear, around
from tocsin.brief.charts.svg import Element, Frame, el, group, picture, polyline
from tocsin.brief.charts.text import SMALL, heading, shortened, words
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 220.0
"""Pixels a panel takes at most before another one stands beside it."""
APART = 26.0
"""Pixels between grid lines that have numbers: one may stand above its line and the next below."""
HEIGHT, LEAST, HEAD, FOOT, BETWEEN = 84.0, 40.0, 44.0, 18.0, 16.0
"""Pixels of a plot and of the lowest one, of the words above and below it, and between panels."""
DOTS = 6
"""A series of fewer years is drawn as dots too: a line alone would hide how little is known."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure through the years.

    Attributes:
        name: what is drawn.
        unit: of its values.
        series: years and values, oldest first; empty where nothing is known.
        band: years with the world's lower quartile, median and upper quartile.
        newest: the newest value and its year, in words.
        log: whether equal steps are equal factors; values must be above 0 for that.

    Raises:
        InputError: a value is not finite.
    """

    name: str
    unit: str
    series: tuple[tuple[int, float], ...]
    band: tuple[tuple[int, float, float, float], ...] = field(default=())
    newest: str = "unknown"
    log: bool = False

    def __post_init__(self) -> None:
        values = [v for _, v in self.series] + [v for row in self.band for v in row[1:]]
        if any(not math.isfinite(v) for v in values):
            raise InputError(
                f"{self.name} has a value that is no number",
                where=Where(field="series"),
                hint="leave unknown years out",
            )


def small_multiples(panels: Sequence[Panel], *, first: int, last: int, frame: Frame, place: str) -> str:
    """Draw the panels side by side, as many in a row as the frame has room for, all over the same years.

    Args:
        panels: in order.
        first: first year drawn; earlier values are left out.
        last: last year drawn.
        frame: ids, title and size.
        place: whose line it is.

    Returns:
        SVG.

    Raises:
        InputError: there is no panel, or the years do not rise.

    Example:
        >>> income = Panel("Income", "dollars", ((2000, 5.0), (2010, 8.0)), newest="8 (2010)")
        >>> drawn = small_multiples([income], first=2000, last=2010, frame=Frame("p", "Iraq"), place="Iraq")
        >>> drawn.startswith("<svg"), "8 (2010)" in drawn
        (True, True)
    """
    if not panels:
        raise InputError("there is no panel to draw", where=Where(field="panels"))
    if last <= first:
        raise InputError(
            f"years cannot run from {first} to {last}", where=Where(field="first"), hint="give the earlier first"
        )
    head, top = heading(frame)
    across = max(1, round(frame.width / WIDEST))
    wide = (frame.width - BETWEEN * (across - 1)) / across
    entries = [
        Entry(place, line=AHEAD), Entry("where half of the world's countries lie", fill=BANDS[0]),
        Entry("the world's median", line=HISTORY, dashes="3 2"),
    ]  # fmt: skip
    rows = math.ceil(len(panels) / across)
    _, keys_height = legend(entries, x=1, y=0, width=frame.width)
    room = HEIGHT
    if frame.height is not None:
        room = max(LEAST, (frame.height - top - keys_height - 4) / rows - HEAD - FOOT - BETWEEN)
    tall = HEAD + room + FOOT + BETWEEN
    drawn = [
        _panel(panel, Plot(x, y + HEAD, x + wide, y + HEAD + room), first=first, last=last)
        for i, panel in enumerate(panels)
        for x, y in [((i % across) * (wide + BETWEEN), top + (i // across) * tall)]
    ]
    bottom = top + rows * tall
    keys, _ = legend(entries, x=1, y=bottom, width=frame.width)
    told = "; ".join(f"{panel.name}: {panel.newest}" for panel in panels)
    return picture(
        frame, *head, *drawn, keys, height=bottom + keys_height + 4, desc=f"Newest values of {place}. {told}."
    )


def _panel(panel: Panel, plot: Plot, *, first: int, last: int) -> Element:
    series = [(y, v) for y, v in panel.series if first <= y <= last and _drawable(panel, v)]
    band = [row for row in panel.band if first <= row[0] <= last and _drawable(panel, row[1])]
    title = [
        words(
            shortened(panel.name, width=plot.width, size=SMALL, bold=True),
            plot.left,
            plot.top - 33,
            size=SMALL,
            bold=True,
        )
    ]
    unit = words(shortened(panel.unit, width=plot.width, size=SMALL), plot.left, plot.top - 20, size=SMALL, fill=MUTED)
    newest = words(
        shortened(panel.newest, width=plot.width, size=SMALL), plot.left, plot.top - 7, size=SMALL, fill=AHEAD
    )
    years = [
        words(str(first), plot.left, plot.bottom + 13, size=SMALL, fill=MUTED),
        words(str(last), plot.right, plot.bottom + 13, size=SMALL, fill=MUTED, anchor="end"),
    ]
    base = el("path", d=f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}", stroke=AXIS)
    if not series and not band:
        none = words(
            "unknown",
            (plot.left + plot.right) / 2,
            (plot.top + plot.bottom) / 2,
            size=SMALL,
            fill=MUTED,
            anchor="middle",
        )
        return group([*title, unit, newest, base, none, *years])
    low, high = around(
        [_on(panel, v) for v in [*(v for _, v in series), *(v for row in band for v in (row[1], row[3]))]]
    )
    across = Linear(first, last, start=plot.left, end=plot.right)
    up = Linear(low, high, start=plot.bottom, end=plot.top)
    marks = _marks(panel, up)
    return group(
        [
            *title,
            unit,
            newest,
            base,
            *(el("path", d=f"M{plot.left:.1f} {up(at):.1f}H{plot.right:.1f}", stroke=GRID) for at, _ in marks),
            *_band(panel, band, across, up),
            *_line(panel, series, across, up),
            *_numbers(marks, up, plot),
            *years,
        ]
    )


def _drawable(panel: Panel, value: float) -> bool:
    return value > 0 or not panel.log


def _on(panel: Panel, value: float) -> float:
    return math.log10(value) if panel.log else value


def _marks(panel: Panel, up: Linear) -> list[tuple[float, float]]:
    """Where grid lines lie on the scale, and the values they stand for: two or three."""
    if not panel.log:
        return [(t, t) for t in Linear(up.lower, up.upper, start=0, end=1, most=3).ticks()]
    middle = (up.lower + up.upper) / 2
    whole = range(math.ceil(up.lower), math.floor(up.upper) + 1)
    return [(float(k), 10.0**k) for k in whole] or [(middle, 10**middle)]


def _numbers(marks: Sequence[tuple[float, float]], up: Linear, plot: Plot) -> list[Element]:
    """The numbers of grid lines, inside the plot at the left: above their line, below it where the plot ends."""
    kept: list[tuple[float, float]] = []
    for at, value in sorted(marks, key=lambda mark: -up(mark[0])):
        if not kept or up(kept[-1][0]) - up(at) >= APART:
            kept.append((at, value))
    return [
        words(
            _number(value), plot.left + 2, up(at) + (9.5 if up(at) - plot.top < 12 else -2.5), size=SMALL, fill=MUTED,
            halo=PAPER,
        )
        for at, value in kept
    ]  # fmt: skip


def _number(value: float) -> str:
    for size, name in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:g}{name}"
    return f"{float(f'{value:.2g}'):g}"


def _band(
    panel: Panel, band: Sequence[tuple[int, float, float, float]], across: Linear, up: Linear
) -> list[Element]:  # fmt: skip
    if len(band) < 2:
        return []
    over = [(across(y), up(_on(panel, high))) for y, _, _, high in band]
    under = [(across(y), up(_on(panel, low))) for y, low, _, _ in reversed(band)]
    middle = [(across(y), up(_on(panel, mid))) for y, _, mid, _ in band]
    return [
        el("path", d=polyline([*over, *under], close=True), fill=BANDS[0], fill_opacity="0.8"),
        el("path", d=polyline(middle), fill="none", stroke=HISTORY, stroke_dasharray="3 2"),
    ]


def _line(panel: Panel, series: Sequence[tuple[int, float]], across: Linear, up: Linear) -> list[Element]:
    points = [(across(y), up(_on(panel, v))) for y, v in series]
    if not points:
        return []
    dotted = points if len(points) < DOTS else points[-1:]
    return [
        el("path", d=polyline(points), fill="none", stroke=AHEAD, stroke_width=1.8, stroke_linejoin="round"),
        *(el("circle", cx=x, cy=y, r=2.4, fill=AHEAD) for x, y in dotted),
    ]
