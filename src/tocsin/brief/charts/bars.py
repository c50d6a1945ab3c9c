"""Values with their intervals, one line each: scores compared, differences against zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, vertical_grid
from tocsin.brief.charts.palette import AHEAD, GRID, HISTORY, INK, MUTED, PAPER
from tocsin.brief.charts.scale import Linear, around
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import NORMAL, SMALL, heading, shortened, text_width, words
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROW = 24.0
"""Pixels of a line."""

STACKED = 38.0
"""Pixels of a line whose name stands above it, where names are long and the picture narrow."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the ends of its interval; None where it is not known.

    Raises:
        InputError: a number is not finite, or the interval's ends are in the wrong order.
    """

    name: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    highlight: bool = False

    def __post_init__(self) -> None:
        if any(v is not None and not abs(v) < float("inf") for v in (self.value, self.lower, self.upper)):
            raise InputError(
                f"{self.name}: a value that is not finite cannot be drawn",
                where=Where(field="value"),
                hint="give None for what is not known",
            )
        if self.lower is not None and self.upper is not None and self.upper < self.lower:
            raise InputError(f"{self.name}: the interval ends below its start", where=Where(field="upper"))

    @property
    def known(self) -> tuple[float, ...]:
        """The numbers among value, lower and upper."""
        return tuple(v for v in (self.value, self.lower, self.upper) if v is not None)


def bars(
    rows: Sequence[Interval], *, frame: Frame, unit: str, show: Callable[[float], str] = "{:.2f}".format,
    reference: float | None = None, better: str | None = None,
) -> str:  # fmt: skip
    """Draw a dot and its interval for every row, with the numbers written at the right.

    Args:
        rows: from top to bottom.
        frame: ids, title and size.
        unit: what the numbers are, written above.
        show: a number as it is written.
        reference: a value to compare with, drawn as a line; 0 for differences.
        better: which way is better, in a word, such as "lower".

    Raises:
        InputError: there is no row.

    Example:
        >>> rows = [Interval("forest", 14.4, 12.1, 17.0, highlight=True), Interval("zero", None)]
        >>> svg = bars(rows, frame=Frame("crps", "CRPS"), unit="CRPS, deaths", better="lower")
        >>> "14.40 [12.10, 17.00]" in svg, "unknown" in svg
        (True, True)
    """
    if not rows:
        raise InputError("there is no interval to draw", where=Where(field="rows"), hint="give at least one row")
    head, top = heading(frame)
    told = [_told(row, show=show) for row in rows]
    wide = max(text_width(r.name, bold=r.highlight) for r in rows) + 12
    beside = max(text_width(t, size=SMALL, bold=r.highlight) for r, t in zip(rows, told, strict=True)) + 12
    above = wide + beside > frame.width * 0.62
    height = frame.height or top + 24 + (STACKED if above else ROW) * len(rows) + 24
    plot = Plot(8 if above else wide, top + 22, frame.width - beside, height - 24)
    ends = [v for r in rows for v in r.known] + ([] if reference is None else [reference])
    x = Linear(*around(ends), start=plot.left, end=plot.right, most=max(3, int(plot.width / 45)))
    step = plot.height / len(rows)
    ruler = None
    if reference is not None:
        line = f"M{x(reference):.1f} {plot.top:.1f}V{plot.bottom:.1f}"
        ruler = el("path", d=line, stroke=INK, stroke_width="1.2", stroke_dasharray="4 3")
    return picture(
        frame,
        *head,
        words("; ".join(_said(unit, better, reference, show=show)), 0, top + 11, size=SMALL, fill=MUTED),
        vertical_grid(plot, x, label=_tick) if ends else None,
        ruler,
        group(
            _row(row, text, x, plot, y=plot.top + step * (i + (0.66 if above else 0.5)), above=above)
            for i, (row, text) in enumerate(zip(rows, told, strict=True))
        ),
        height=height,
        desc=f"{unit}. " + "; ".join(f"{r.name}: {t}" for r, t in zip(rows, told, strict=True)) + ".",
    )


def _said(unit: str, better: str | None, reference: float | None, *, show: Callable[[float], str]) -> list[str]:
    direction = [] if better is None else [f"{better} is better"]
    return [unit, *direction] + ([] if reference is None else [f"dashed line: {show(reference)}"])


def _tick(value: float) -> str:
    return f"{value:,.10g}"


def _told(row: Interval, *, show: Callable[[float], str]) -> str:
    if row.value is None:
        return "unknown"
    if row.lower is None or row.upper is None:
        return show(row.value)
    return f"{show(row.value)} [{show(row.lower)}, {show(row.upper)}]"


def _row(row: Interval, told: str, x: Linear, plot: Plot, *, y: float, above: bool) -> Element:
    colour = AHEAD if row.highlight else HISTORY
    room = plot.right if above else plot.left - 10
    name = shortened(row.name, width=room, bold=row.highlight)
    parts: list[Element | None] = [
        el("title", f"{row.name}: {told}"),
        el("path", d=f"M0 {y + 12:.1f}H{plot.right:.1f}", stroke=GRID, stroke_width="0.6"),
        words(name, 0, y + (-10 if above else 4), size=NORMAL, bold=row.highlight, halo=PAPER if above else None),
        words(told, plot.right + 10, y + 3.8, size=SMALL, bold=row.highlight, fill=MUTED if row.value is None else INK),
    ]
    if row.lower is not None and row.upper is not None:
        line = f"M{x(row.lower):.1f} {y - 4:.1f}v8M{x(row.lower):.1f} {y:.1f}H{x(row.upper):.1f}m0 -4v8"
        parts.append(el("path", d=line, stroke=colour, stroke_width=2, fill="none"))
    if row.value is not None:
        parts.append(el("circle", cx=x(row.value), cy=y, r=4.6, fill=colour, stroke=PAPER, stroke_width=1))
    return group(parts)
