"""Tiles: a small table of areas by months, each cell coloured by its class and, where there is room, its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import MONTH_AXIS_HEIGHT, month_axis
from tocsin.brief.charts.legend import Entry, hatch, hatched, legend
from tocsin.brief.charts.palette import INK, PAPER, text_on
from tocsin.brief.charts.scale import MonthAxis, short_month
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import NORMAL, SMALL, heading, shortened, text_width, words
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.brief.charts.classes import Classes
    from tocsin.vocabulary import Month

ROW = 22.0
"""Pixels of a row."""


def tiles(
    rows: Sequence[tuple[str, Sequence[float | None]]], classes: Classes, *, first: Month, frame: Frame,
    show: Callable[[float], str], origin: Month | None = None,
) -> str:  # fmt: skip
    """Draw months across and areas down.

    Args:
        rows: an area's name and its value in each month; None is unknown, and hatched.
        classes: the classes of the values.
        first: the first month.
        frame: ids, title and size.
        show: a value as it is written; numbers are left out of all tiles if one of them does not fit.
        origin: the last month whose data were seen, marked by a line after it.

    Raises:
        InputError: there is nothing to draw, or rows differ in length.
        OutOfRange: a value lies in no class.

    Example:
        >>> from tocsin.brief.charts.classes import DEATHS
        >>> from tocsin.vocabulary import Month, deaths
        >>> rows = [("Anbar", (413, 161)), ("Ninewa", (0, None))]
        >>> svg = tiles(rows, DEATHS, first=Month.of(2014, 1), frame=Frame("t", "Deaths"), show=deaths)
        >>> "Anbar, January 2014: 413" in svg, "Ninewa, February 2014: unknown" in svg
        (True, True)
    """
    months = _months(rows)
    head, top = heading(frame)
    left = min(max(text_width(name) for name, _ in rows) + 10, frame.width * 0.34)
    step = (frame.height - top - MONTH_AXIS_HEIGHT - 40) / len(rows) if frame.height else ROW
    bottom = top + 16 + step * len(rows)
    axis = MonthAxis(first, first + (months - 1), left, frame.width - 2)
    shown = [show(v) for _, values in rows for v in values if v is not None]
    written = max((text_width(s, size=SMALL) for s in shown), default=0) + 3 <= axis.slot and step >= 13
    entries = [Entry(s.words, fill=s.colour) for s in classes.steps]
    if any(v is None for _, values in rows for v in values):
        entries.append(Entry("unknown", fill=hatched(frame)))
    keys, tall = legend(entries, x=1, y=bottom + MONTH_AXIS_HEIGHT + 6, width=frame.width - 2)
    return picture(
        frame,
        hatch(frame),
        *head,
        group(
            _row(name, values, classes, axis, frame=frame, y=top + 16 + step * i, step=step, show=show, written=written)
            for i, (name, values) in enumerate(rows)
        ),
        _origin(origin, axis, top=top + 12, bottom=bottom) if origin is not None else None,
        month_axis(axis, y=bottom + 1),
        keys,
        height=bottom + MONTH_AXIS_HEIGHT + 10 + tall,
        desc=_described(rows, first=first, show=show),
    )


def _months(rows: Sequence[tuple[str, Sequence[float | None]]]) -> int:
    lengths = {len(values) for _, values in rows}
    if len(lengths) != 1 or lengths == {0}:
        raise InputError(
            "rows differ in their number of months" if len(lengths) > 1 else "there are no tiles to draw",
            where=Where(field="rows"),
            hint="give every area a value for every month, None where it is not known",
        )
    return lengths.pop()


def _row(
    name: str, values: Sequence[float | None], classes: Classes, axis: MonthAxis, *, frame: Frame, y: float,
    step: float, show: Callable[[float], str], written: bool,
) -> Element:  # fmt: skip
    label = shortened(name, width=axis.start - 6)
    parts = [words(label, axis.start - 6, y + step / 2 + 4, size=NORMAL, anchor="end")]
    for month, value in zip(axis.months, values, strict=True):
        fill = hatched(frame) if value is None else classes.of(value).colour
        told = el("title", f"{name}, {month.words}: {'unknown' if value is None else show(value)}")
        size = {"width": axis.slot, "height": step}
        parts.append(el("rect", told, x=axis.left(month), y=y, **size, fill=fill, stroke=PAPER, stroke_width=1))
        if written and value is not None:
            at = axis.centre(month)
            parts.append(words(show(value), at, y + step / 2 + 3.8, size=SMALL, anchor="middle", fill=text_on(fill)))
    return group(parts)


def _origin(origin: Month, axis: MonthAxis, *, top: float, bottom: float) -> Element:
    x = axis.right(origin)
    text = f"no data after {short_month(origin)}"
    half = text_width(text, size=SMALL) / 2
    at = max(min(x, axis.end - half), half)
    line = el("path", d=f"M{x:.1f} {top:.1f}V{bottom:.1f}", stroke=INK, stroke_width="1.6")
    return group([line, words(text, at, top - 3, size=SMALL, anchor="middle")])


def _described(
    rows: Sequence[tuple[str, Sequence[float | None]]], *, first: Month, show: Callable[[float], str]
) -> str:
    parts = [f"Table of {len(rows)} areas by month from {first.words}."]
    for name, values in rows:
        known = [(first + i, v) for i, v in enumerate(values) if v is not None]
        if known:
            month, highest = max(known, key=lambda mv: mv[1])
            parts.append(f"{name}: highest {show(highest)} in {month.words}.")
        else:
            parts.append(f"{name}: unknown.")
    return " ".join(parts)
