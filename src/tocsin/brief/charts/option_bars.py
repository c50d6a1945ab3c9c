"""Options against criteria: one range bar a cell on the criterion's own scale, its threshold marked, its numbers below."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import BANDS, CAME, GRID, HATCH_PAPER, INK, MUTED
from tocsin.brief.charts.scale import Linear
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, heading, shortened, words, wrapped
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINE = 13.0
DEEP = 10.0
NAMES = 0.2
"""Share of the width that options' names take."""
GAP = 14.0
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BarCriterion:
    """A column: what is compared, on which scale.

    Attributes:
        name: of the criterion.
        unit: of its values.
        better: `up` or `down`: which way is better.
        low, high: ends of its scale.
        at_most: value above which an option fails; None where there is none.
        at_least: value below which an option fails; None where there is none.
    """

    name: str
    unit: str
    better: str
    low: float
    high: float
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class BarCell:
    """One option on one criterion.

    Attributes:
        quantiles: values below which 5, 25, 50, 75 and 95 % of the futures tested lie; None where unknown.
        told: what is written below the numbers, as the share that meets the threshold.

    Raises:
        InputError: the values are not five finite numbers that rise.
    """

    quantiles: tuple[float, ...] | None
    told: str = ""

    def __post_init__(self) -> None:
        given = self.quantiles
        if given is not None and (len(given) != 5 or not all(map(isfinite, given)) or list(given) != sorted(given)):
            raise InputError(f"{given} are no five values that rise", where=Where(field="quantiles"))


@dataclass(frozen=True, slots=True)
class BarOption:
    """A row: an option with one cell for each criterion."""

    name: str
    cells: tuple[BarCell, ...]


def option_bars(
    options: Sequence[BarOption], criteria: Sequence[BarCriterion], *, frame: Frame,
    show: Callable[[float], str] = "{:,.3g}".format,
) -> str:  # fmt: skip
    """Draw a table of small range bars.

    Args:
        options: from top to bottom.
        criteria: from left to right.
        frame: ids, title and size; the height follows from the rows.
        show: a number as it is written.

    Raises:
        InputError: there is no option or no criterion, or an option has not one cell for each criterion.

    Example:
        >>> criteria = (BarCriterion("attacks on staff", "a year", "down", 0, 30, at_most=10),)
        >>> rows = (BarOption("stay", (BarCell((3, 6, 11, 16, 24), "met in 47 %"),)), BarOption("go", (BarCell(None),)))
        >>> svg = option_bars(rows, criteria, frame=Frame("o", "Options"))
        >>> "3 to 24" in svg, "unknown" in svg
        (True, True)
    """
    if not options or not criteria:
        raise InputError("there are no options to draw", where=Where(field="options"), hint="give options and criteria")
    if wrong := [o.name for o in options if len(o.cells) != len(criteria)]:
        raise InputError(f"{wrong[0]} has not one cell for each criterion", where=Where(field="cells"))
    head, top = heading(frame)
    left = frame.width * NAMES
    wide = (frame.width - left) / len(criteria)
    scales = [
        Linear(*_ends(c), start=left + wide * i + GAP / 2, end=left + wide * (i + 1) - GAP / 2)
        for i, c in enumerate(criteria)
    ]
    titles, y = _titles(criteria, scales, top=top, room=wide - GAP, show=show)
    drawn: list[Element] = []
    for option in options:
        made, y = _row(option, criteria, scales, top=y, width=frame.width, room=left - 8, show=show)
        drawn.append(made)
    keys, tall = legend(_entries(criteria), x=1, y=y + 2, width=frame.width - 2)
    return picture(
        frame, *head, titles, *drawn, keys, height=y + tall + 6, desc=bars_told(options, criteria, show=show),
    )  # fmt: skip


def bars_told(
    options: Sequence[BarOption], criteria: Sequence[BarCriterion], *, show: Callable[[float], str] = "{:,.3g}".format
) -> str:  # fmt: skip
    """Everything the picture shows, in words."""
    said = []
    for option in options:
        cells = [
            f"{c.name}, {c.unit}: {_range(cell, show=show)}" + (f", {cell.told}" if cell.told else "")
            for c, cell in zip(criteria, option.cells, strict=True)
        ]
        said.append(f"{option.name}: {'; '.join(cells)}.")
    return " ".join(said)


def _ends(criterion: BarCriterion) -> tuple[float, float]:
    known = [v for v in (criterion.low, criterion.high, criterion.at_most, criterion.at_least) if v is not None]
    low, high = min(known), max(known)
    return (low, high) if low < high else (low - 1.0, high + 1.0)


def _titles(
    criteria: Sequence[BarCriterion], scales: Sequence[Linear], *, top: float, room: float, show: Callable[[float], str]
) -> tuple[Element, float]:  # fmt: skip
    """Name, unit, direction and threshold of every column, and where they end."""
    columns = []
    for c in criteria:
        names = [(line, True) for line in wrapped(c.name, width=room, size=SMALL, bold=True)]
        better = "higher" if c.better == "up" else "lower"
        limits = [
            f"{word} {show(value)}"
            for word, value in (("at most", c.at_most), ("at least", c.at_least))
            if value is not None
        ]
        about = ", ".join([f"{c.unit}; {better} is better", *limits])
        columns.append([*names, *((line, False) for line in wrapped(about, width=room, size=SMALL))])
    deepest = max(map(len, columns))
    drawn = []
    for lines, x in zip(columns, scales, strict=True):
        for i, (line, bold) in enumerate(lines):
            text = shortened(line, width=room, size=SMALL, bold=bold)
            drawn.append(words(text, x.start, top + 11 + LINE * i, size=SMALL, bold=bold, fill=INK if bold else MUTED))
    return group(drawn), top + 11 + LINE * (deepest - 1) + 8


def _row(
    option: BarOption, criteria: Sequence[BarCriterion], scales: Sequence[Linear], *, top: float, width: float, room: float,
    show: Callable[[float], str],
) -> tuple[Element, float]:  # fmt: skip
    """An option's name and bars, and where they end."""
    names = wrapped(option.name, width=room, size=SMALL, bold=True)
    told = [_lines(cell, x, show=show) for cell, x in zip(option.cells, scales, strict=True)]
    tall = max(LINE * len(names), DEEP + 4 + LINE * max(map(len, told))) + 12
    drawn = [el("path", d=f"M0 {top:.1f}H{width:.1f}", stroke=GRID, stroke_width=0.8)]
    drawn += [words(line, 0, top + 16 + LINE * i, size=SMALL, bold=True) for i, line in enumerate(names)]
    for cell, criterion, x, lines in zip(option.cells, criteria, scales, told, strict=True):
        said = f"{option.name}, {criterion.name}: {_range(cell, show=show)}"
        fails, limits = _limits(criterion, x, top=top + 4, bottom=top + 10 + DEEP)
        drawn.append(group([el("title", said), *fails, *_bar(cell, x, middle=top + 7 + DEEP / 2), *limits]))
        below = top + 7 + DEEP + 13
        drawn += [words(line, x.start, below + LINE * i, size=SMALL) for i, line in enumerate(lines)]
    return group(drawn), top + tall


def _lines(cell: BarCell, x: Linear, *, show: Callable[[float], str]) -> list[str]:
    room = x.end - x.start
    told = wrapped(cell.told, width=room, size=SMALL) if cell.told else ()
    return [*wrapped(_range(cell, show=show), width=room, size=SMALL), *told]


def _range(cell: BarCell, *, show: Callable[[float], str]) -> str:
    if cell.quantiles is None:
        return UNKNOWN
    low, high = show(cell.quantiles[0]), show(cell.quantiles[-1])
    return low if low == high else f"{low} to {high}"


def _bar(cell: BarCell, x: Linear, *, middle: float) -> list[Element]:
    """Nine in ten futures as a thin bar, the middle half as a deep one, the middle as a stroke."""
    track = el("path", d=f"M{x.start:.1f} {middle:.1f}H{x.end:.1f}", stroke=GRID)
    if cell.quantiles is None:
        return [track]
    low, quarter, half, most, high = map(x, cell.quantiles)
    return [
        track,
        el("rect", x=low, y=middle - 2.5, width=max(high - low, 1.5), height=5, fill=BANDS[1]),
        el("rect", x=quarter, y=middle - DEEP / 2, width=max(most - quarter, 1.5), height=DEEP, fill=BANDS[2]),
        el("path", d=f"M{half:.1f} {middle - DEEP / 2 - 1:.1f}v{DEEP + 2:.0f}", stroke=INK, stroke_width=2),
    ]


def _limits(criterion: BarCriterion, x: Linear, *, top: float, bottom: float) -> tuple[list[Element], list[Element]]:
    """The side of each threshold on which an option fails, and the threshold itself."""
    fails, limits = [], []
    for value, end in ((criterion.at_most, x.end), (criterion.at_least, x.start)):
        if value is not None:
            left, right = sorted((x(value), end))
            fails.append(el("rect", x=left, y=top, width=right - left, height=bottom - top, fill=HATCH_PAPER))
            limits.append(el("path", d=f"M{x(value):.1f} {top:.1f}V{bottom:.1f}", stroke=CAME, stroke_dasharray="3 2"))
    return fails, limits


def _entries(criteria: Sequence[BarCriterion]) -> list[Entry]:
    entries = [Entry("9 in 10 futures", fill=BANDS[1]), Entry("half of them", fill=BANDS[2]), Entry("middle", line=INK)]
    if any(v is not None for c in criteria for v in (c.at_most, c.at_least)):
        entries += [Entry("threshold", line=CAME, dashes="3 2"), Entry("misses it", fill=HATCH_PAPER)]
    return entries
