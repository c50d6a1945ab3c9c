"""Indicators: where each began, where it should go, and the range that was observed."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import ACCENTS, AHEAD, AXIS, GRID, INK, MUTED, PAPER
from tocsin.brief.charts.scale import Linear, around
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import NORMAL, SMALL, heading, words, wrapped
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MISSING = "no published figure"
"""What is written where nobody has published a number."""

LINE = 14.0
TRACK = 26.0
BETWEEN = 12.0
TARGET = ACCENTS[1]
AIR = 12.0


@dataclass(frozen=True, slots=True)
class IndicatorRange:
    """An indicator; None where no figure is published.

    Attributes:
        name: what is measured.
        baseline: the number it began with.
        target: the number it should reach.
        lower: the low end of what was observed; None with an upper end reads "at most".
        upper: the high end; None with a low end reads "at least".
        unit: of all its numbers, written after them.
        when: the time of the observation, in words.

    Raises:
        InputError: the name is empty, a number is not finite, or the range ends below its start.
    """

    name: str
    baseline: float | None = None
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str = ""
    when: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("an indicator has no name", where=Where(field="name"), hint="say what is measured")
        for field in ("baseline", "target", "lower", "upper"):
            value = getattr(self, field)
            if value is not None and not isfinite(value):
                raise InputError(
                    f"{self.name}: {value} cannot be drawn", where=Where(field=field),
                    hint="give None where no figure is published",
                )  # fmt: skip
        if self.lower is not None and self.upper is not None and self.upper < self.lower:
            raise InputError(
                f"{self.name}: the range ends below its start", where=Where(field="upper"),
                hint="exchange lower and upper",
            )  # fmt: skip

    @property
    def known(self) -> tuple[float, ...]:
        """The numbers that are published."""
        return tuple(v for v in (self.baseline, self.target, self.lower, self.upper) if v is not None)


def range_chart(
    rows: Sequence[IndicatorRange], *, frame: Frame, show: Callable[[float], str] = "{:,.10g}".format
) -> str:
    """Draw every indicator on a scale of its own, with its numbers in words below.

    Args:
        rows: from top to bottom.
        frame: ids, title and size; the height follows from the words.
        show: a number as it is written.

    Raises:
        InputError: there is no indicator.

    Example:
        >>> rows = [IndicatorRange("instructors certified", 0, 400, 120, 150), IndicatorRange("payroll audited")]
        >>> svg = range_chart(rows, frame=Frame("i", "Indicators"))
        >>> "observed: 120 to 150" in svg, "observed: no published figure" in svg
        (True, True)
    """
    if not rows:
        raise InputError("there is no indicator to draw", where=Where(field="rows"), hint="give at least one row")
    head, top = heading(frame)
    y = top + 20
    drawn: list[Element] = []
    for row in rows:
        made, y = _row(row, frame=frame, top=y, show=show)
        drawn.append(made)
    keys, tall = legend(_entries(rows), x=1, y=y + 2, width=frame.width - 2)
    height = max(y + tall + 8, frame.height or 0.0)
    note = words("each line has a scale of its own", 0, top + 11, size=SMALL, fill=MUTED)
    desc = " ".join(f"{row.name}: {'; '.join(_said(row, show=show))}." for row in rows)
    return picture(frame, *head, note, *drawn, keys, height=height, desc=f"Indicators, each on its own scale. {desc}")


def _entries(rows: Sequence[IndicatorRange]) -> list[Entry]:
    entries = [Entry("baseline", ring=INK)] if any(r.baseline is not None for r in rows) else []
    if any(r.lower is not None or r.upper is not None for r in rows):
        entries.append(Entry("observed", fill=AHEAD))
    return [*entries, Entry("target", diamond=TARGET)] if any(r.target is not None for r in rows) else entries


def _said(row: IndicatorRange, *, show: Callable[[float], str]) -> list[str]:
    """The numbers of an indicator in words."""
    unit = f" {row.unit}" if row.unit else ""

    def told(value: float | None) -> str:
        return MISSING if value is None else f"{show(value)}{unit}"

    when = f", {row.when}" if row.when else ""
    return [
        f"baseline: {told(row.baseline)}",
        f"observed{when}: {_span(row, show=show)}",
        f"target: {told(row.target)}",
    ]


def _span(row: IndicatorRange, *, show: Callable[[float], str]) -> str:
    unit = f" {row.unit}" if row.unit else ""
    if row.lower is None and row.upper is None:
        return MISSING
    if row.upper is None:
        return f"at least {show(row.lower or 0.0)}{unit}"
    if row.lower is None:
        return f"at most {show(row.upper)}{unit}"
    return f"{show(row.lower)}{unit}" if row.lower == row.upper else f"{show(row.lower)} to {show(row.upper)}{unit}"


def _row(row: IndicatorRange, *, frame: Frame, top: float, show: Callable[[float], str]) -> tuple[Element, float]:
    """Name, track and words of an indicator, and where they end."""
    names = wrapped(row.name, width=frame.width - 4, size=NORMAL, bold=True)
    said = wrapped("; ".join(_said(row, show=show)), width=frame.width - 4, size=SMALL)
    start = top + LINE * len(names) + 2
    below = start + TRACK
    bottom = below + LINE * len(said) + BETWEEN
    plot = Plot(AIR, start, frame.width - AIR, below)
    return group([
        el("title", f"{row.name}. {'; '.join(_said(row, show=show))}"),
        *(words(line, 0, top + 10 + LINE * i, size=NORMAL, bold=True) for i, line in enumerate(names)),
        *_track(row, plot),
        *(words(line, 0, below + 10 + LINE * i, size=SMALL) for i, line in enumerate(said)),
        el("path", d=f"M0 {bottom - BETWEEN / 2 + 2:.1f}H{frame.width:.1f}", stroke=GRID, stroke_width="0.6"),
    ], data_indicator=row.name), bottom + 4  # fmt: skip


def _track(row: IndicatorRange, plot: Plot) -> list[Element]:
    """The line an indicator moves on, with its marks; dashed, and without marks, where no number is published."""
    middle = plot.top + plot.height / 2
    line = f"M{plot.left:.1f} {middle:.1f}H{plot.right:.1f}"
    if not row.known:
        return [
            el("path", d=line, stroke=AXIS, stroke_dasharray="3 4"),
            words(
                MISSING, (plot.left + plot.right) / 2, middle + 3.8, size=SMALL, anchor="middle", fill=MUTED, halo=PAPER
            ),
        ]
    x = Linear(*around(row.known, share=0.08), start=plot.left, end=plot.right)
    return [
        el("path", d=line, stroke=AXIS),
        *_observed(row, x, plot, middle=middle),
        *([] if row.target is None else [_target(x(row.target), middle)]),
        *([] if row.baseline is None else [_baseline(x(row.baseline), middle)]),
    ]


def _observed(row: IndicatorRange, x: Linear, plot: Plot, *, middle: float) -> list[Element]:
    """A bar from end to end, never thinner than a line; an open end fades into dashes and an arrow."""
    if row.lower is None and row.upper is None:
        return []
    left = plot.left if row.lower is None else x(row.lower)
    right = plot.right if row.upper is None else x(row.upper)
    if row.lower is not None and row.upper is not None:
        wide = max(right - left, 3.0)
        at = (left + right - wide) / 2
        return [el("rect", x=at, y=middle - 5, width=wide, height=10, fill=AHEAD, stroke=PAPER, stroke_width="0.8")]
    known, tip, turn = (left, right, 1) if row.upper is None else (right, left, -1)
    shaft = f"M{known:.1f} {middle:.1f}H{tip - 6 * turn:.1f}"
    point = f"M{tip:.1f} {middle:.1f}l{-8 * turn} -5v10z"
    return [
        el("path", d=f"M{known:.1f} {middle - 6:.1f}v12", stroke=AHEAD, stroke_width=3),
        el("path", d=shaft, stroke=AHEAD, stroke_width=4, stroke_dasharray="5 3"),
        el("path", d=point, fill=AHEAD),
    ]


def _baseline(x: float, y: float) -> Element:
    return el("circle", cx=x, cy=y, r=4.2, fill=PAPER, stroke=INK, stroke_width="1.8", data_mark="baseline")


def _target(x: float, y: float) -> Element:
    data = f"M{x:.1f} {y - 7:.1f}l6.5 7 -6.5 7 -6.5 -7z"
    return el("path", d=data, fill=TARGET, stroke=PAPER, stroke_width="0.8", data_mark="target")
