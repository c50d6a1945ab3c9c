"""Ratios on a logarithmic axis: single cases as dots, groups as their median and range, and what counts as no change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, vertical_grid
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import AHEAD, AXIS, BANDS, CAME, HATCH_PAPER, INK, MUTED, PAPER
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import NORMAL, SMALL, heading, words, wrapped
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 14.0
TRACK = 30.0
BETWEEN = 10.0
AIR = 14.0
DOT = 3.6


@dataclass(frozen=True, slots=True)
class LogRatio:
    """Equal steps for equal factors.

    Raises:
        OutOfRange: the ends do not rise from above 0.

    Example:
        >>> halves = LogRatio(0.1, 10, start=0, end=100)
        >>> halves(1), halves.ticks()
        (50.0, (0.1, 1.0, 10.0))
    """

    lower: float
    upper: float
    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0 < self.lower < self.upper < math.inf:
            raise OutOfRange(
                f"a scale of ratios cannot run from {self.lower} to {self.upper}", hint="ratios are above 0"
            )

    def __call__(self, value: float) -> float:
        """The place of a ratio in px."""
        share = math.log(value / self.lower) / math.log(self.upper / self.lower)
        return self.start + (self.end - self.start) * share

    def ticks(self) -> tuple[float, ...]:
        """Powers of ten."""
        first, last = math.ceil(math.log10(self.lower) - 1e-9), math.floor(math.log10(self.upper) + 1e-9)
        return tuple(10.0**k for k in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class RatioRow:
    """A group of ratios.

    Attributes:
        name: what the group is.
        told: its numbers in words, written below.
        cases: name and ratio of single cases, drawn as dots; empty where there are too many to draw.
        low: the ratio one tenth lies below; None where not known.
        median: the middle ratio; None where not known.
        high: the ratio one tenth lies above; None where not known.

    Raises:
        InputError: the name is empty, or a ratio is not above 0.
    """

    name: str
    told: str = ""
    cases: tuple[tuple[str, float], ...] = ()
    low: float | None = None
    median: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a group of ratios has no name", where=Where(field="name"), hint="say what the group is")
        if any(not 0 < value < math.inf for value in self.known):
            raise InputError(
                f"{self.name}: a ratio is not above 0", where=Where(field="cases"), hint="leave out what is not known"
            )

    @property
    def known(self) -> tuple[float, ...]:
        """All its ratios."""
        ends = (v for v in (self.low, self.median, self.high) if v is not None)
        return (*(ratio for _, ratio in self.cases), *ends)


def ratio_chart(
    rows: Sequence[RatioRow], *, frame: Frame, unit: str, same: tuple[float, float], marked: str | None = None
) -> str:
    """Draw each group's range with its median, its cases above it, and the band of what counts as no change.

    Args:
        rows: from top to bottom.
        frame: ids, title and size; the height follows from the rows.
        unit: what the ratios are, written above.
        same: ratios from and to which nothing is said to have changed.
        marked: the name of a case drawn as a diamond and named in the legend.

    Raises:
        InputError: no row holds a ratio.

    Example:
        >>> rows = [RatioRow("exits", "median 1.0", (("Iraq 2011", 4.5), ("Mali 2023", 0.8))), RatioRow("all", "unknown")]
        >>> svg = ratio_chart(rows, frame=Frame("r", "Exits"), unit="after over before", same=(2 / 3, 1.5))
        >>> "Iraq 2011: 4.50" in svg
        True
    """
    known = [ratio for row in rows for ratio in row.known]
    if not known:
        raise InputError("there is no ratio to draw", where=Where(field="rows"), hint="give one known ratio or more")
    head, top = heading(frame)
    about = wrapped(unit, width=frame.width - 4, size=SMALL)
    start = top + 12 + 12 * len(about)
    x = LogRatio(min(*known, same[0]) / 1.3, max(*known, same[1]) * 1.3, start=AIR, end=frame.width - AIR)
    drawn: list[Element] = []
    y = start
    for row in rows:
        made, y = _row(row, x, top=y, width=frame.width, marked=marked)
        drawn.append(made)
    plot = Plot(x.start, start, x.end, y)
    keys, tall = legend(_entries(rows, marked), x=1, y=y + 22, width=frame.width - 2)
    return picture(
        frame,
        *head,
        *(words(line, 0, top + 11 + 12 * i, size=SMALL, fill=MUTED) for i, line in enumerate(about)),
        el("rect", x=x(same[0]), y=plot.top, width=x(same[1]) - x(same[0]), height=plot.height, fill=HATCH_PAPER),
        vertical_grid(plot, x, label="{:g}".format),
        el("path", d=f"M{x(1):.1f} {plot.top:.1f}V{plot.bottom:.1f}", stroke=AXIS, stroke_dasharray="4 3"),
        *drawn,
        keys,
        height=y + 30 + tall,
        desc=f"{unit}. " + " ".join(f"{row.name}: {row.told or 'no numbers'}." for row in rows),
    )


def _entries(rows: Sequence[RatioRow], marked: str | None) -> list[Entry]:
    entries = [Entry("neither worse nor better", fill=HATCH_PAPER)]
    if any(row.low is not None for row in rows):
        entries += [Entry("10 to 90 % of the group", fill=BANDS[0]), Entry("median", line=INK)]
    names = {name for row in rows for name, _ in row.cases}
    if names - {marked}:
        entries.append(Entry("one case", ring=AHEAD))
    return [*entries, Entry(marked, diamond=CAME)] if marked in names and marked is not None else entries


def _row(row: RatioRow, x: LogRatio, *, top: float, width: float, marked: str | None) -> tuple[Element, float]:
    """Name, numbers and track of a group, and where they end."""
    names = wrapped(row.name, width=width - 4, size=NORMAL, bold=True)
    told = wrapped(row.told, width=width - 4, size=SMALL)
    y = top + 12
    lines = [words(text, 0, y + LINE * i, bold=True, halo=PAPER) for i, text in enumerate(names)]
    y += LINE * len(names)
    lines += [words(text, 0, y + LINE * i, size=SMALL, halo=PAPER) for i, text in enumerate(told)]
    y += LINE * len(told) - 4
    middle = y + TRACK / 2
    return group([*_range(row, x, middle), *_dots(row, x, middle, marked=marked), *lines], data_group=row.name), (
        y + TRACK + BETWEEN
    )


def _range(row: RatioRow, x: LogRatio, y: float) -> list[Element]:
    drawn: list[Element] = []
    if row.low is not None and row.high is not None:
        left, right = x(row.low), x(row.high)
        drawn.append(el("rect", x=left, y=y - 9, width=max(right - left, 2.0), height=18, fill=BANDS[0], stroke=PAPER))
    if row.median is not None:
        drawn.append(el("path", d=f"M{x(row.median):.1f} {y - 9:.1f}v18", stroke=INK, stroke_width=2))
    return drawn


def _dots(row: RatioRow, x: LogRatio, y: float, *, marked: str | None) -> list[Element]:
    """Dots side by side where ratios are alike: each takes the first of seven levels where it touches no other."""
    drawn: list[Element] = []
    last: dict[float, float] = {}
    for name, ratio in sorted(row.cases, key=lambda case: case[1]):
        at = x(ratio)
        levels = (0.0, -6.0, 6.0, -12.0, 12.0, -3.0, 3.0)
        level = next((v for v in levels if at - last.get(v, -math.inf) >= 2 * DOT - 1), levels[len(drawn) % 5])
        last[level] = at
        told = el("title", f"{name}: {ratio:.2f}")
        if name == marked:
            drawn.append(el("path", told, d=f"M{at:.1f} {y - 8:.1f}l7 8 -7 8 -7 -8z", fill=CAME, stroke=PAPER))
        else:
            drawn.append(el("circle", told, cx=at, cy=y + level, r=DOT, fill=PAPER, stroke=AHEAD, stroke_width=1.4))
    return sorted(drawn, key=lambda element: element.tag == "path")
