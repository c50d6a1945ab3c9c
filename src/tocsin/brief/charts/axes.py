"""The plot area, its grid lines and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.palette import AXIS, GRID, MUTED
from tocsin.brief.charts.svg import Element, el, group
from tocsin.brief.charts.text import SMALL, text_width, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.brief.charts.scale import MonthAxis, Scale


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle data are drawn in, in px."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top


def value_axis(plot: Plot, scale: Scale, *, label: Callable[[float], str]) -> Element:
    """Horizontal grid lines, each with its number at the left."""
    lines = [
        el("path", d=f"M{plot.left:.1f} {scale(t):.1f}H{plot.right:.1f}", stroke=GRID if t else AXIS)
        for t in scale.ticks()
    ]
    numbers = [
        words(label(t), plot.left - 6, scale(t) + 3.6, size=SMALL, fill=MUTED, anchor="end") for t in scale.ticks()
    ]
    return group([*lines, *numbers])


def width_of_labels(scale: Scale, *, label: Callable[[float], str]) -> float:
    """Pixels the widest number of an axis takes."""
    return max(text_width(label(t), size=SMALL) for t in scale.ticks())


MONTH_AXIS_HEIGHT = 32.0
"""Pixels the names of months take below a plot."""


def month_axis(axis: MonthAxis, *, y: float) -> Element:
    """Marks and names of months below y, years in a line of their own."""
    marks = [el("path", d=f"M{t.x:.1f} {y:.1f}v4", stroke=AXIS) for t in axis.ticks()]
    names = [words(t.label, t.x, y + 15, size=SMALL, fill=MUTED, anchor="middle") for t in axis.ticks()]
    years = [words(t.year, t.x, y + 28, size=SMALL, fill=MUTED, anchor="middle") for t in axis.ticks() if t.year]
    line = el("path", d=f"M{axis.start:.1f} {y:.1f}H{axis.end:.1f}", stroke=AXIS)
    return group([line, *marks, *names, *years])


def vertical_grid(plot: Plot, scale: Scale, *, label: Callable[[float], str]) -> Element:
    """Vertical grid lines, each with its number below the plot."""
    ticks = _apart(scale, label=label)
    lines = [el("path", d=f"M{scale(t):.1f} {plot.top:.1f}V{plot.bottom:.1f}", stroke=GRID) for t in scale.ticks()]
    numbers = [words(label(t), scale(t), plot.bottom + 15, size=SMALL, fill=MUTED, anchor="middle") for t in ticks]
    return group([*lines, *numbers])


def _apart(scale: Scale, *, label: Callable[[float], str]) -> Sequence[float]:
    """The ticks whose numbers, written side by side, do not touch."""
    kept: list[float] = []
    edge = float("-inf")
    for tick in scale.ticks():
        half = text_width(label(tick), size=SMALL) / 2
        if scale(tick) - half > edge + 6:
            kept.append(tick)
            edge = scale(tick) + half
    return kept
