"""Strips: a history month by month, one strip for each type of violence, under one scale and one row of months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import MONTH_AXIS_HEIGHT, Plot, month_axis, value_axis, width_of_labels
from tocsin.brief.charts.legend import hatch, hatched
from tocsin.brief.charts.palette import HISTORY, MUTED
from tocsin.brief.charts.scale import Log1p, MonthAxis
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, heading, words
from tocsin.errors import InputError, Where
from tocsin.vocabulary import Month, deaths

if TYPE_CHECKING:
    from collections.abc import Sequence

TALL, BETWEEN, TITLE = 74.0, 14.0, 16.0
"""Pixels of a strip, between two strips, and of the words above one."""


@dataclass(frozen=True, slots=True)
class MonthStrip:
    """One strip: what it counts, and deaths in each month; None where a month is not known."""

    name: str
    deaths: tuple[float | None, ...]


def strips(given: Sequence[MonthStrip], *, first: Month, frame: Frame) -> str:
    """Draw strips of the same months above one another, their axis log(1 + deaths).

    Args:
        given: from the top; each has as many months as the others.
        first: the month they begin with.
        frame: ids, title and size.

    Raises:
        InputError: there is no month to draw, or strips differ in length.

    Example:
        >>> svg = strips([MonthStrip("one-sided", (3, None, 12))], first=Month.of(2014, 1), frame=Frame("s", "Anbar"))
        >>> "one-sided: highest 12 in March 2014; 1 month unknown" in svg
        True
    """
    lengths = {len(s.deaths) for s in given}
    if len(lengths) != 1 or 0 in lengths:
        raise InputError("strips differ in length, or hold no month", where=Where(field="strips"))
    head, top = heading(frame)
    highest = max((v for s in given for v in s.deaths if v is not None), default=0.0)
    height = top + len(given) * (TITLE + TALL + BETWEEN) + MONTH_AXIS_HEIGHT
    left = max(30.0, width_of_labels(Log1p(max(highest, 9.0), start=TALL, end=0), label=deaths) + 10)
    axis = MonthAxis(first, first + (len(given[0].deaths) - 1), left, frame.width - 4)
    drawn = []
    for i, strip in enumerate(given):
        above = top + i * (TITLE + TALL + BETWEEN) + TITLE
        plot = Plot(left, above, frame.width - 4, above + TALL)
        drawn.append(_strip(strip, axis, plot, max(highest, 9.0), frame=frame))
    told = "; ".join(_told(s, first) for s in given)
    months = month_axis(axis, y=height - MONTH_AXIS_HEIGHT - BETWEEN + 2)
    return picture(frame, hatch(frame), *head, *drawn, months, height=height, desc=f"Deaths a month. {told}.")


def _strip(strip: MonthStrip, axis: MonthAxis, plot: Plot, highest: float, *, frame: Frame) -> Element:
    scale = Log1p(highest * 1.06, start=plot.bottom, end=plot.top)
    known, unknown = [], []
    for month, value in zip(axis.months, strip.deaths, strict=True):
        if value is None:
            unknown.append(
                el("rect", x=axis.left(month), y=plot.top, width=axis.slot, height=plot.height, fill=hatched(frame))
            )
        elif value > 0:
            gap = 0.4 if axis.slot >= 4 else 0.0
            known.append(
                f"M{axis.left(month) + gap:.1f} {plot.bottom:.1f}V{scale(value):.1f}"
                f"H{axis.right(month) - gap:.1f}V{plot.bottom:.1f}z"
            )
    return group([
        words(strip.name, 0, plot.top - 6, size=SMALL, fill=MUTED, bold=True),
        value_axis(plot, scale, label=deaths),
        *unknown,
        el("path", d="".join(known), fill=HISTORY) if known else None,
    ])  # fmt: skip


def _told(strip: MonthStrip, first: Month) -> str:
    seen = [(v, first + i) for i, v in enumerate(strip.deaths) if v is not None]
    missing = len(strip.deaths) - len(seen)
    gap = f"; {missing} month{'' if missing == 1 else 's'} unknown" if missing else ""
    if not seen:
        return f"{strip.name}: unknown"
    most, when = max(seen, key=lambda pair: pair[0])
    return f"{strip.name}: highest {deaths(most)} in {when.words}{gap}" if most else f"{strip.name}: no deaths{gap}"
