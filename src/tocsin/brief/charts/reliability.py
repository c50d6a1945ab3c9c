"""The reliability diagram: what was said against what came, with the band chance allows and the number of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, value_axis, vertical_grid
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import AHEAD, AXIS, BANDS, CAME, HISTORY, MUTED, PAPER
from tocsin.brief.charts.scale import Linear, Log1p
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, Box, free, heading, text_width, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.scores import ReliabilityRow

COUNTS = 58.0
"""Pixels the bars of counts take below the diagram."""


def reliability(rows: Sequence[ReliabilityRow], *, frame: Frame) -> str:
    """Draw a reliability table: on the diagonal, a chance of 30 % came three times in ten.

    Args:
        rows: steps of probability, as `tocsin.scores.reliability_table` gives them; none draws an empty diagram.
        frame: ids, title and size.

    Returns:
        SVG: a bar for each step's consistency band, a dot where what came lies in it, a diamond where it does not,
        and below, how many forecasts each step holds.

    Example:
        >>> from tocsin.scores import reliability_table
        >>> svg = reliability(reliability_table([0.5] * 4, [1, 0, 1, 1], seed=1), frame=Frame("rel", "Reliability"))
        >>> "said 50 %, came 75 % of 4" in svg
        True
    """
    head, top = heading(frame)
    side = min(frame.width - 68, (frame.height or 454) - 88 - COUNTS)
    plot = Plot(46, top + 24, 46 + side, top + 24 + side)
    below = Plot(plot.left, plot.bottom + 36, plot.right, plot.bottom + 36 + COUNTS)
    x = Linear(0, 1, start=plot.left, end=plot.right)
    y = Linear(0, 1, start=plot.bottom, end=plot.top)
    entries = _entries(rows)
    beside = frame.width - plot.right >= 190
    keys, tall = legend(
        entries, x=plot.right + 24 if beside else 1, y=plot.top if beside else below.bottom + 20,
        width=166 if beside else frame.width - 2,
    )  # fmt: skip
    return picture(
        frame,
        *head,
        words("share that came", 0, top + 11, size=SMALL, fill=MUTED),
        value_axis(plot, y, label=_percent),
        vertical_grid(plot, x, label=_percent),
        el("path", d=f"M{x(0):.1f} {y(0):.1f}L{x(1):.1f} {y(1):.1f}", stroke=AXIS, stroke_dasharray="5 4"),
        group(_bar(row, x, y) for row in rows),
        group(_point(row, x, y) for row in rows),
        words("probability said", plot.right, plot.bottom + 29, size=SMALL, fill=MUTED, anchor="end"),
        _counts(rows, x, below) if rows else words("no forecasts to judge", x(0.5), y(0.55), anchor="middle"),
        keys,
        height=below.bottom + 22 + (0 if beside else tall),
        desc=_described(rows),
    )


def _percent(p: float) -> str:
    return f"{100 * p:.0f} %"


def _entries(rows: Sequence[ReliabilityRow]) -> list[Entry]:
    entries = [Entry("what chance allows", fill=BANDS[1])] if rows else []
    if any(row.consistent for row in rows):
        entries.append(Entry("came, within it", dot=AHEAD))
    if not all(row.consistent for row in rows):
        entries.append(Entry("came, outside it", diamond=CAME))
    return [*entries, Entry("said = came", line=AXIS, dashes="5 4")]


def _bar(row: ReliabilityRow, x: Linear, y: Linear) -> Element:
    half = 5.0
    top, bottom = y(row.upper), y(row.lower)
    size = {"width": 2 * half, "height": max(bottom - top, 2.0)}
    return el("rect", x=x(row.p) - half, y=top - (2 - min(bottom - top, 2)) / 2, **size, fill=BANDS[1])


def _point(row: ReliabilityRow, x: Linear, y: Linear) -> Element:
    told = el(
        "title",
        f"said {_percent(row.p)}, came {_percent(row.rate)} of {row.n:,}; "
        f"chance allows {_percent(row.lower)} to {_percent(row.upper)}",
    )
    cx, cy = x(row.p), y(row.rate)
    if row.consistent:
        return el("circle", told, cx=cx, cy=cy, r=4.4, fill=AHEAD, stroke=PAPER, stroke_width=1)
    return el("path", told, d=f"M{cx:.1f} {cy - 6:.1f}l6 6 -6 6 -6 -6z", fill=CAME, stroke=PAPER, stroke_width=1)


def _counts(rows: Sequence[ReliabilityRow], x: Linear, plot: Plot) -> Element:
    """How many forecasts each step holds, on a logarithmic scale, written above its bar where there is room."""
    scale = Log1p(max(row.n for row in rows), start=plot.bottom, end=plot.top + 14)
    drawn = [
        el("path", d=f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}", stroke=AXIS),
        words("number of forecasts (bars: log scale)", plot.left, plot.bottom + 14, size=SMALL, fill=MUTED),
    ]
    taken: list[Box] = []
    for row in rows:
        left, right = x(row.p_from) + 1.5, x(row.p_to) - 1.5
        y = scale(row.n)
        size = {"width": right - left, "height": plot.bottom - y}
        drawn.append(el("rect", el("title", f"{row.n:,} forecasts"), x=left, y=y, **size, fill=HISTORY))
        half = text_width(f"{row.n:,}", size=SMALL) / 2
        box = Box((left + right) / 2 - half, y - 12, (left + right) / 2 + half, y - 2)
        if free(box, taken):
            taken.append(box)
            drawn.append(words(f"{row.n:,}", (left + right) / 2, y - 3.5, size=SMALL, anchor="middle"))
    return group(drawn)


def _described(rows: Sequence[ReliabilityRow]) -> str:
    steps = "; ".join(f"said {_percent(r.p)}, came {_percent(r.rate)} of {r.n:,}" for r in rows)
    outside = sum(not r.consistent for r in rows)
    if not rows:
        return "Reliability diagram without forecasts."
    return f"Reliability diagram. {steps}. {outside} of {len(rows)} steps lie outside what chance allows."
