"""Reach month by month: a step line, and a band as wide as what is not known about the sites."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import MONTH_AXIS_HEIGHT, Plot, month_axis, value_axis
from tocsin.brief.charts.curve import checked_shares, share_words
from tocsin.brief.charts.legend import Entry, hatch, hatched, legend
from tocsin.brief.charts.palette import ACCENTS, INK, MUTED, PAPER
from tocsin.brief.charts.scale import Linear, MonthAxis, short_month
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, heading, shortened, text_width, words
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.vocabulary import Month

PANEL = 120.0
"""Pixels of one panel: each reach has its own, so that bands never hide one another."""

BAND = "#b7cfe6"


@dataclass(frozen=True, slots=True)
class MonthReach:
    """What share is reached in each month, 0..1, under both readings of sites whose state is not known.

    Attributes:
        name: what is counted and within what distance.
        if_closed: the share if those sites are closed; None where it is not known at all.
        if_open: the share if they are open.

    Raises:
        OutOfRange: a share is not within 0 and 1.
        InputError: lengths differ, one reading alone is known, or more sites reach less.
    """

    name: str
    if_closed: tuple[float | None, ...]
    if_open: tuple[float | None, ...]

    def __post_init__(self) -> None:
        checked_shares(self.name, self.if_closed, field="if_closed")
        checked_shares(self.name, self.if_open, field="if_open")
        if len(self.if_closed) != len(self.if_open) or not self.if_closed:
            raise InputError(
                f"{self.name}: the two readings differ in months, or have none",
                where=Where(field="if_open"),
                hint="give both a value for every month, None where it is not known",
            )
        for i, (low, high) in enumerate(zip(self.if_closed, self.if_open, strict=True)):
            if (low is None) != (high is None):
                raise InputError(
                    f"{self.name}: only one reading is known", where=Where(rows=(i + 1,), field="if_open"),
                    hint="give both or neither; where no site is unknown they are the same number",
                )  # fmt: skip
            if low is not None and high is not None and high < low:
                raise InputError(
                    f"{self.name}: more open sites cannot reach less",
                    where=Where(rows=(i + 1,), field="if_open"),
                    hint="exchange if_open and if_closed",
                )


@dataclass(frozen=True, slots=True)
class _Run:
    """Months in a row between which neither reading changes."""

    first: Month
    last: Month
    low: float | None
    high: float | None


def curve_months(
    reaches: Sequence[MonthReach], *, first: Month, frame: Frame, marks: Sequence[tuple[Month, str]] = (),
    show: Callable[[float | None], str] = share_words,
) -> str:  # fmt: skip
    """Draw reach over months, one panel for each thing that is counted.

    Args:
        reaches: from top to bottom, all with the same months.
        first: the first month.
        frame: ids, title and size.
        marks: months to point out, each with a few words; those outside the months are left out.
        show: a share as it is written.

    Raises:
        InputError: there is nothing to draw, or months differ.

    Example:
        >>> from tocsin.vocabulary import Month
        >>> reach = MonthReach("deaths within 50 km", (0.08, 0.02, None), (0.08, 0.08, None))
        >>> svg = curve_months([reach], first=Month.of(2019, 12), frame=Frame("m", "Reach"))
        >>> "Jan 2020: 2.0 % to 8.0 %" in svg, "Feb 2020: unknown" in svg
        (True, True)
    """
    months = _months(reaches)
    head, top = heading(frame)
    axis = MonthAxis(first, first + (months - 1), 42, frame.width - 18)
    placed, rows = _placed([m for m in marks if first <= m[0] <= axis.last], axis)
    above = 13.0 * rows
    keys_of = _entries(reaches, frame=frame)
    tall = legend(keys_of, x=1, y=0, width=frame.width - 2)[1]
    room = frame.height and (frame.height - top - above - tall - MONTH_AXIS_HEIGHT - 16) / len(reaches) - 26
    panel = max(room or PANEL, 50.0)
    panels = [Plot(axis.start, y, axis.end, y + panel) for y in _tops(len(reaches), top + above + 24, panel)]
    bottom = panels[-1].bottom
    return picture(
        frame,
        hatch(frame),
        *head,
        group(_panel(r, p, axis, first, frame=frame, show=show) for r, p in zip(reaches, panels, strict=True)),
        group(_lines(placed, top + above, bottom)),
        group(_flags(placed, top + above)),
        group(_name(r, p, width=frame.width) for r, p in zip(reaches, panels, strict=True)),
        month_axis(axis, y=bottom),
        legend(keys_of, x=1, y=bottom + MONTH_AXIS_HEIGHT + 4, width=frame.width - 2)[0],
        height=bottom + MONTH_AXIS_HEIGHT + 10 + tall,
        desc=_described(reaches, first, show=show),
    )


def _months(reaches: Sequence[MonthReach]) -> int:
    lengths = {len(r.if_closed) for r in reaches}
    if len(lengths) != 1:
        raise InputError(
            "reaches differ in their number of months" if lengths else "there is no reach to draw",
            where=Where(field="reaches"),
            hint="give each a value for every month, None where it is not known",
        )
    return lengths.pop()


def _tops(n: int, first: float, panel: float) -> list[float]:
    return [first + (panel + 26) * i for i in range(n)]


def _entries(reaches: Sequence[MonthReach], *, frame: Frame) -> list[Entry]:
    pairs = [p for r in reaches for p in zip(r.if_closed, r.if_open, strict=True)]
    entries = [Entry("reached for certain", line=ACCENTS[0])]
    if any(low != high for low, high in pairs):
        entries = [
            Entry("if unknown sites are closed", line=ACCENTS[0]),
            Entry("if they are open", line=ACCENTS[1], dashes="4 2"),
            Entry("not known which", fill=BAND),
        ]
    return [*entries, Entry("unknown", fill=hatched(frame))] if (None, None) in pairs else entries


def _runs(reach: MonthReach, first: Month) -> list[_Run]:
    runs: list[_Run] = []
    month = first
    for (low, high), same in groupby(zip(reach.if_closed, reach.if_open, strict=True)):
        n = len(list(same))
        runs.append(_Run(month, month + (n - 1), low, high))
        month += n
    return runs


def _panel(
    reach: MonthReach, plot: Plot, axis: MonthAxis, first: Month, *, frame: Frame,
    show: Callable[[float | None], str],
) -> Element:  # fmt: skip
    y = Linear(0, 1, start=plot.bottom, end=plot.top, most=6 if plot.height >= 100 else 3)
    runs = _runs(reach, first)
    known = [r for r in runs if r.low is not None]
    band = "".join(_block(r, axis, y) for r in known if r.low != r.high)
    blank = [
        el("rect", x=axis.left(r.first), y=plot.top, width=axis.right(r.last) - axis.left(r.first), height=plot.height,
           fill=hatched(frame))
        for r in runs if r.low is None
    ]  # fmt: skip
    upper = _steps([(r, r.high) for r in runs], axis, y)
    lower = _steps([(r, r.low) for r in runs], axis, y)
    differs = any(r.low != r.high for r in known)
    return group([
        *blank,
        value_axis(plot, y, label=lambda v: f"{100 * v:.0f} %"),
        el("path", d=band, fill=BAND) if band else None,
        el("path", d=upper, stroke=ACCENTS[1], stroke_width=1.8, stroke_dasharray="4 2", fill="none") if differs else None,
        el("path", d=lower, stroke=ACCENTS[0], stroke_width=2.4, fill="none") if lower else None,
        *(_told(r, reach.name, axis, plot, show=show) for r in runs),
    ], data_reach=reach.name)  # fmt: skip


def _name(reach: MonthReach, plot: Plot, *, width: float) -> Element:
    told = shortened(reach.name, width=width - 4, size=SMALL, bold=True)
    return words(told, 0, plot.top - 9, size=SMALL, bold=True, halo=PAPER)


def _block(run: _Run, axis: MonthAxis, y: Linear) -> str:
    low, high = y(run.low or 0.0), y(run.high or 0.0)
    return f"M{axis.left(run.first):.1f} {low:.1f}V{high:.1f}H{axis.right(run.last):.1f}V{low:.1f}z"


def _steps(runs: Sequence[tuple[_Run, float | None]], axis: MonthAxis, y: Linear) -> str:
    """A line that is level within months and upright between them; a gap is not drawn over."""
    data, joined = "", False
    for run, share in runs:
        if share is not None:
            start = f"V{y(share):.1f}" if joined else f"M{axis.left(run.first):.1f} {y(share):.1f}"
            data += f"{start}H{axis.right(run.last):.1f}"
        joined = share is not None
    return data


def _span(run: _Run, *, show: Callable[[float | None], str]) -> str:
    when = short_month(run.first) if run.first == run.last else f"{short_month(run.first)} to {short_month(run.last)}"
    return f"{when}: {show(run.low) if run.low == run.high else f'{show(run.low)} to {show(run.high)}'}"


def _told(run: _Run, name: str, axis: MonthAxis, plot: Plot, *, show: Callable[[float | None], str]) -> Element:
    left = axis.left(run.first)
    size = {"x": left, "y": plot.top, "width": axis.right(run.last) - left, "height": plot.height}
    return el("rect", el("title", f"{name}, {_span(run, show=show)}"), **size, fill="none", pointer_events="all")


@dataclass(frozen=True, slots=True)
class _Flag:
    """A month pointed out: where its line stands, its words beside it, and their row above the first panel."""

    x: float
    text: str
    left: float
    right: float
    row: int

    def crosses(self, other: _Flag) -> bool:
        """Whether words or line of one meet words of the other."""
        if self.row == other.row:
            return self.left < other.right + 5 and other.left < self.right + 5
        lower, higher = sorted((self, other), key=lambda flag: flag.row)
        return lower.left - 2 < higher.x < lower.right + 2


def _placed(marks: Sequence[tuple[Month, str]], axis: MonthAxis) -> tuple[list[_Flag], int]:
    """Each mark in the lowest row where it meets no other, from the last to the first, and the number of rows."""
    placed: list[_Flag] = []
    for month, text in sorted(marks, reverse=True):
        x = axis.left(month)
        told = shortened(text, width=axis.end - 10, size=SMALL)
        wide = text_width(told, size=SMALL)
        left = x + 3 if x + 3 + wide <= axis.end + 10 else max(x - 3 - wide, 0.0)
        tries = [_Flag(x, told, left, left + wide, row) for row in range(len(marks) + 1)]
        placed.append(next((f for f in tries if not any(f.crosses(other) for other in placed)), tries[-1]))
    return placed, max((flag.row for flag in placed), default=-1) + 1


def _lines(placed: Sequence[_Flag], top: float, bottom: float) -> list[Element]:
    return [
        el("path", d=f"M{f.x:.1f} {top - 9 - 13 * f.row:.1f}V{bottom:.1f}", stroke=INK, stroke_dasharray="2 2")
        for f in placed
    ]


def _flags(placed: Sequence[_Flag], top: float) -> list[Element]:
    return [words(f.text, f.left, top - 1 - 13 * f.row, size=SMALL, fill=MUTED, halo=PAPER) for f in placed]


def _described(reaches: Sequence[MonthReach], first: Month, *, show: Callable[[float | None], str]) -> str:
    parts = ["Share reached month by month; two numbers where the state of some sites is not known."]
    for reach in reaches:
        runs = _runs(reach, first)
        shown = runs if len(runs) <= 12 else [*runs[:6], *runs[-6:]]
        skipped = "" if len(runs) <= 12 else f" (the first and last 6 of {len(runs)} spells)"
        parts.append(f"{reach.name}{skipped}: {'; '.join(_span(r, show=show) for r in shown)}.")
    return " ".join(parts)
