"""The value curve: what acting on a forecast is worth to users whose costs differ, between the base rate and perfection."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, value_axis, vertical_grid
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import AHEAD, AXIS, BANDS, CAME, MUTED, PAPER
from tocsin.brief.charts.scale import Linear
from tocsin.brief.charts.svg import Element, Frame, el, group, picture, polyline
from tocsin.brief.charts.text import SMALL, heading, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tocsin.assess.early_warning import ValuePoint
    from tocsin.scores import Bounds

FLOOR = -0.25
"""Values below are drawn at the lower edge: to somebody with such costs the forecast does harm, how much is no matter."""

TICKS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
TALL = 190.0


@dataclass(frozen=True, slots=True)
class Ratios:
    """Cost over loss on a logarithmic scale, where equal steps are equal factors."""

    lower: float
    upper: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a ratio in px."""
        return self.start + (self.end - self.start) * math.log(value / self.lower) / math.log(self.upper / self.lower)

    def ticks(self) -> tuple[float, ...]:
        """1, 2, 5, 10 ... of a thousand, within the scale."""
        return tuple(t for t in TICKS if self.lower <= t <= self.upper)


def value_curve(points: Sequence[ValuePoint], *, frame: Frame) -> str:
    """Draw the value of acting on a forecast by the ratio of a user's cost to the loss averted.

    Args:
        points: in rising order of the ratio; none draws an empty picture.
        frame: ids, title and size.

    Returns:
        SVG: a line for acting on the probabilities as they are, in its 95 % interval, dashes for thresholds chosen on
        earlier answers; 1 is perfect knowledge, 0 the base rate.

    Example:
        >>> from tocsin.assess.early_warning import ValuePoint
        >>> from tocsin.scores import Bounds
        >>> points = [ValuePoint(r, Bounds(v, v - .1, v + .1, .95, 9), None) for r, v in ((.01, .6), (.1, .2))]
        >>> "cost/loss 0.01: worth 0.60" in value_curve(points, frame=Frame("worth", "Value"))
        True
    """
    head, top = heading(frame)
    tall = TALL if frame.height is None else frame.height - 120
    plot = Plot(34, top + 24, frame.width - 14, top + 24 + tall)
    ratios = [p.ratio for p in points] or [TICKS[0], TICKS[-1]]
    x = Ratios(ratios[0], max(ratios[-1], ratios[0] * 2), start=plot.left, end=plot.right)
    y = Linear(FLOOR, 1, start=plot.bottom, end=plot.top)
    keys, below = legend(_entries(points), x=1, y=plot.bottom + 38, width=frame.width - 2)
    return picture(
        frame,
        *head,
        words("value: 1 perfect knowledge, 0 the base rate", 0, top + 11, size=SMALL, fill=MUTED),
        value_axis(plot, y, label=lambda v: f"{v:.2f}"),
        vertical_grid(plot, x, label=lambda v: f"{v:g}"),
        words("cost of acting / loss averted", plot.right, plot.bottom + 29, size=SMALL, fill=MUTED, anchor="end"),
        group(_bands(points, x, y)),
        el("path", d=f"M{plot.left:.1f} {y(0):.1f}H{plot.right:.1f}", stroke=AXIS),
        group(_lines(points, lambda p: p.chosen, x, y, stroke=CAME, stroke_dasharray="5 4")),
        group(_lines(points, lambda p: p.stated, x, y, stroke=AHEAD)),
        group(_dots(points, x, y)),
        None if _known(points) else words("nothing came to be judged by", (plot.left + plot.right) / 2, y(0.5), anchor="middle"),
        keys,
        height=plot.bottom + 42 + below,
        desc=_described(points),
    )  # fmt: skip


def _known(points: Sequence[ValuePoint]) -> bool:
    return any(p.stated or p.chosen for p in points)


def _entries(points: Sequence[ValuePoint]) -> list[Entry]:
    entries = []
    if any(p.stated for p in points):
        entries += [Entry("acting from that probability on", line=AHEAD), Entry("95 % over areas", fill=BANDS[0])]
    if any(p.chosen for p in points):
        entries.append(Entry("threshold chosen on earlier answers", line=CAME, dashes="5 4"))
    if any(b.value < FLOOR for p in points for b in (p.stated, p.chosen) if b):
        entries.append(Entry(f"at the lower edge: below {FLOOR}"))
    return entries


def _bands(points: Sequence[ValuePoint], x: Ratios, y: Linear) -> Iterator[Element]:
    for known, run in groupby(points, key=lambda p: p.stated is not None):
        if not known:
            continue
        bounds = [(x(p.ratio), p.stated.lower, p.stated.upper) for p in run if p.stated]
        over = [(at, y(max(upper, FLOOR))) for at, _, upper in bounds]
        under = [(at, y(max(lower, FLOOR))) for at, lower, _ in reversed(bounds)]
        yield el("path", d=polyline([*over, *under], close=True), fill=BANDS[0])


def _lines(
    points: Sequence[ValuePoint], value: Callable[[ValuePoint], Bounds | None], x: Ratios, y: Linear, **drawn: str
) -> Iterator[Element]:
    """A line through every run of known values; what is not known is a gap."""
    told = [(x(p.ratio), value(p)) for p in points]
    for known, run in groupby(told, key=lambda t: t[1] is not None):
        if known:
            places = [(at, y(max(v.value, FLOOR))) for at, v in run if v]
            yield el("path", d=polyline(places), fill="none", stroke_width=2, **drawn)


def _dots(points: Sequence[ValuePoint], x: Ratios, y: Linear) -> Iterator[Element]:
    for p in points:
        if p.stated:
            told = el(
                "title",
                f"cost/loss {p.ratio:g}: worth {p.stated.value:.2f} [{p.stated.lower:.2f}, {p.stated.upper:.2f}]",
            )
            at = {"cx": x(p.ratio), "cy": y(max(p.stated.value, FLOOR))}
            yield el("circle", told, **at, r=3.2, fill=AHEAD, stroke=PAPER, stroke_width=1)


def _described(points: Sequence[ValuePoint]) -> str:
    told = [f"{p.ratio:g}: {p.stated.value:.2f}" for p in points if p.stated]
    if not told:
        return "Value curve without values: nothing came to be judged by, or only a ranking was given."
    return f"Value of acting on the forecast by cost over loss; 1 is perfect knowledge, 0 the base rate. {'; '.join(told)}."
