"""The fan: what was, month by month, and the range of what is forecast, beside what came if it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tocsin.brief.charts.axes import MONTH_AXIS_HEIGHT, Plot, month_axis, value_axis, width_of_labels
from tocsin.brief.charts.legend import Entry, hatch, hatched, legend
from tocsin.brief.charts.palette import AHEAD, BANDS, CAME, HISTORY, INK, MUTED, PAPER, THRESHOLD
from tocsin.brief.charts.scale import Log1p, MonthAxis, short_month
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, Box, free, heading, text_width, words
from tocsin.errors import InputError, Where
from tocsin.vocabulary import Month, deaths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

LEVELS = (0.9, 0.8, 0.5)
HEIGHT = 290.0


@dataclass(frozen=True, slots=True)
class Past:
    """What is known: deaths in each month from `first`; None where a month is not known.

    Raises:
        InputError: a number is negative or not finite.
    """

    first: Month
    deaths: tuple[float | None, ...]

    def __post_init__(self) -> None:
        _checked("deaths", self.deaths)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months known or not, from first to last."""
        return tuple(self.first + i for i in range(len(self.deaths)))


@dataclass(frozen=True, slots=True)
class Band:
    """A central interval that should hold what comes with probability `level`: its ends for each month ahead."""

    level: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is forecast, read off draws.

    Attributes:
        origin: the last month whose data were seen.
        horizons: months ahead of the origin, rising.
        median: deaths, one for each horizon.
        bands: intervals from the widest to the narrowest.

    Raises:
        InputError: lengths differ, horizons do not rise, or a number is negative or not finite.
    """

    origin: Month
    horizons: tuple[int, ...]
    median: tuple[float, ...]
    bands: tuple[Band, ...] = field(default=())

    def __post_init__(self) -> None:
        for name, values in (
            ("median", self.median),
            *((f"{b.level:.0%} band", b.lower + b.upper) for b in self.bands),
        ):
            _checked(name, values)
        lengths = {len(self.median), *(len(b.lower) for b in self.bands), *(len(b.upper) for b in self.bands)}
        if lengths != {len(self.horizons)}:
            raise InputError(
                "a forecast's bands and median differ in length from its horizons", where=Where(field="bands")
            )
        if any(b <= a for a, b in pairwise((0, *self.horizons))):
            raise InputError("horizons do not rise from 1 or more", where=Where(field="horizons"))

    @classmethod
    def of_draws(cls, draws: ArrayLike, *, origin: Month, horizons: Sequence[int]) -> Ahead:
        """Median and intervals of 50, 80 and 90 % of an area's draws, shape (horizons, draws).

        Quantiles are linear between order statistics.

        Example:
            >>> ahead = Ahead.of_draws([[0, 1, 2, 3, 4]], origin=Month.of(2013, 12), horizons=(1,))
            >>> ahead.median, ahead.bands[-1]
            ((2.0,), Band(level=0.5, lower=(1.0,), upper=(3.0,)))
        """
        table = np.asarray(draws)

        def quantile(q: float) -> tuple[float, ...]:
            return tuple(float(v) for v in np.quantile(table, q, axis=1))

        bands = tuple(Band(level, quantile((1 - level) / 2), quantile((1 + level) / 2)) for level in LEVELS)
        return cls(origin, tuple(horizons), quantile(0.5), bands)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months forecast."""
        return tuple(self.origin + h for h in self.horizons)


def _checked(name: str, values: Sequence[float | None]) -> None:
    for i, value in enumerate(values):
        if value is not None and not 0 <= value < float("inf"):
            raise InputError(
                f"{value} deaths cannot be drawn",
                where=Where(rows=(i + 1,), field=name),
                hint="deaths are 0 or more; give None for a month that is not known",
            )


def fan(
    past: Past, ahead: Ahead | None, *, frame: Frame, came: Mapping[Month, float | None] | None = None,
    threshold: float | None = None, counted: str = "deaths a month",
) -> str:  # fmt: skip
    """Draw a history, the forecast made at its end, and, where it is known, what came.

    Args:
        past: deaths a month known at the origin.
        ahead: the forecast; None draws the history alone.
        frame: ids, title and size.
        came: deaths that came in the months ahead, drawn hollow; None where not known yet.
        threshold: deaths a month that are warned of, drawn as a line.
        counted: what is counted, as the axis says it.

    Returns:
        SVG. The axis is log(1 + deaths): zero has its place, and steps are by factors.

    Raises:
        InputError: there is no month to draw, or a number is negative or not finite.

    Example:
        >>> anbar = fan(Past(Month.of(2014, 1), (413, 161, None)), None, frame=Frame("anbar", "Anbar"))
        >>> anbar.startswith("<svg"), "Feb 2014: 161" in anbar, "Mar 2014: not known" in anbar
        (True, True, True)
    """
    after = dict(came or {})
    _checked("came", tuple(after.values()))
    months = [*past.months, *(ahead.months if ahead else ()), *after]
    if not months:
        raise InputError("there is no month to draw", where=Where(field="past"), hint="give a history or a forecast")
    head, top = heading(frame)
    height = frame.height or HEIGHT + top
    keys, keys_height = legend(
        _entries(past, ahead, after, threshold, frame=frame), x=1, y=height - 4, width=frame.width
    )
    headroom = 16 if after else 0
    scale = Log1p(
        _highest(past, ahead, after, threshold), start=height - MONTH_AXIS_HEIGHT - 8, end=top + 40 + headroom
    )
    plot = Plot(max(30.0, width_of_labels(scale, label=deaths) + 10), top + 40, frame.width - 4, scale.start)
    axis = MonthAxis(min(months), max(months), plot.left, plot.right)
    drawn = (
        hatch(frame),
        *head,
        words(f"{counted}, log scale", 0, top + 11, size=SMALL, fill=MUTED),
        value_axis(plot, scale, label=deaths),
        _history(past, axis, scale, plot, frame=frame),
        _bands(ahead, axis, scale) if ahead else None,
        _threshold(threshold, scale, plot) if threshold is not None else None,
        _origin(ahead.origin, axis, plot) if ahead else None,
        _came(after, axis, scale, plot, after=axis.right(ahead.origin) if ahead else plot.left),
        month_axis(axis, y=plot.bottom),
        _told(past, ahead, after, axis, plot),
        keys,
    )
    return picture(frame, *drawn, height=height + keys_height, desc=_described(past, ahead, after, counted=counted))


def _highest(past: Past, ahead: Ahead | None, came: Mapping[Month, float | None], threshold: float | None) -> float:
    bands = [v for b in (ahead.bands if ahead else ()) for v in b.upper]
    seen = [v for v in (*past.deaths, *came.values()) if v is not None]
    return max([9.0, *seen, *bands, *(ahead.median if ahead else ()), threshold or 0.0]) * 1.06


def _entries(
    past: Past, ahead: Ahead | None, came: Mapping[Month, float | None], threshold: float | None, *, frame: Frame
) -> list[Entry]:
    entries = [Entry("known", fill=HISTORY)] if any(v is not None for v in past.deaths) else []
    if None in past.deaths:
        entries.append(Entry("not known", fill=hatched(frame)))
    if ahead:
        shades = zip(ahead.bands, BANDS[-len(ahead.bands) :] if ahead.bands else (), strict=True)
        entries.extend(Entry(f"{100 * b.level:.0f} % range", fill=colour) for b, colour in shades)
        entries.append(Entry("median forecast", line=AHEAD))
    if threshold is not None:
        entries.append(Entry(f"threshold, {deaths(threshold)}", line=THRESHOLD, dashes="6 4"))
    if any(v is not None for v in came.values()):
        entries.append(Entry("what came", ring=CAME))
    return entries


def _history(past: Past, axis: MonthAxis, scale: Log1p, plot: Plot, *, frame: Frame) -> Element:
    gap = 1.0 if axis.slot >= 5 else 0.0
    known = [
        _block(axis.left(m) + gap / 2, axis.right(m) - gap / 2, scale(v), plot.bottom)
        for m, v in zip(past.months, past.deaths, strict=True)
        if v
    ]
    hatches = [
        el("rect", x=axis.left(m), y=plot.top, width=axis.slot, height=plot.height, fill=hatched(frame))
        for m, v in zip(past.months, past.deaths, strict=True)
        if v is None
    ]
    return group([*hatches, el("path", d="".join(known), fill=HISTORY) if known else None])


def _block(left: float, right: float, top: float, bottom: float) -> str:
    return f"M{left:.2f} {bottom:.1f}V{top:.1f}H{right:.2f}V{bottom:.1f}z"


def _bands(ahead: Ahead, axis: MonthAxis, scale: Log1p) -> Element:
    shades = zip(ahead.bands, BANDS[-len(ahead.bands) :] if ahead.bands else (), strict=True)
    blocks = [
        el("path", d="".join(_steps(ahead, band, axis, scale)), fill=colour, data_level=f"{band.level:g}")
        for band, colour in shades
    ]
    middle = "".join(
        f"M{axis.left(m):.1f} {scale(v):.1f}H{axis.right(m):.1f}"
        for m, v in zip(ahead.months, ahead.median, strict=True)
    )
    return group([*blocks, el("path", d=middle, stroke=AHEAD, stroke_width=2.4) if middle else None])


def _steps(ahead: Ahead, band: Band, axis: MonthAxis, scale: Log1p) -> list[str]:
    """One block a month, never thinner than a line, so that an interval from 0 to 0 is seen."""
    return [
        _block(axis.left(m), axis.right(m), min(scale(high), scale(low) - 1), scale(low))
        for m, low, high in zip(ahead.months, band.lower, band.upper, strict=True)
    ]


def _threshold(threshold: float, scale: Log1p, plot: Plot) -> Element:
    y = scale(threshold)
    line = f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}"
    return el("path", d=line, stroke=THRESHOLD, stroke_width="1.3", stroke_dasharray="6 4")


def _origin(origin: Month, axis: MonthAxis, plot: Plot) -> Element:
    x = min(max(axis.right(origin), plot.left), plot.right)
    label = f"no data after {short_month(origin)}"
    half = text_width(label, size=SMALL) / 2
    at = min(max(x, half), plot.right - half)
    line = el("path", d=f"M{x:.1f} {plot.top - 10:.1f}V{plot.bottom:.1f}", stroke=INK, stroke_dasharray="2 2")
    return group([line, words(label, at, plot.top - 14, size=SMALL, anchor="middle")])


def _came(came: Mapping[Month, float | None], axis: MonthAxis, scale: Log1p, plot: Plot, *, after: float) -> Element:
    known = [(m, v) for m, v in sorted(came.items()) if v is not None]
    ring: dict[str, str | float] = {
        "r": min(4.0, max(2.2, axis.slot / 2.5)),
        "fill": PAPER,
        "stroke": CAME,
        "stroke_width": 1.7,
    }
    rings = [el("circle", cx=axis.centre(m), cy=scale(v), **ring) for m, v in known]
    taken = [Box(axis.centre(m) - 4, scale(v) - 4, axis.centre(m) + 4, scale(v) + 4) for m, v in known]
    numbers: list[Element] = []
    for month, value in sorted(known, key=lambda mv: -mv[1]):
        half = text_width(deaths(value), size=SMALL, bold=True) / 2
        x = min(max(axis.centre(month), after + half + 3), plot.right - half)
        for y in (scale(value) - 8, scale(value) + 16):
            box = Box(x - half - 1, y - 9, x + half + 1, y + 2)
            if free(box, taken) and plot.top - 10 <= box.top and box.bottom <= plot.bottom:
                taken.append(box)
                numbers.append(
                    words(deaths(value), x, y, size=SMALL, anchor="middle", fill=CAME, bold=True, halo=PAPER)
                )
                break
    return group([*rings, *numbers])


def _told(past: Past, ahead: Ahead | None, came: Mapping[Month, float | None], axis: MonthAxis, plot: Plot) -> Element:
    """Every month's numbers, shown where the pointer rests."""
    lines: dict[Month, list[str]] = {}
    for month, value in zip(past.months, past.deaths, strict=True):
        lines.setdefault(month, []).append("not known" if value is None else deaths(value))
    for i, month in enumerate(ahead.months if ahead else ()):
        assert ahead is not None
        ranges = (f"{100 * b.level:.0f} % {deaths(b.lower[i])} to {deaths(b.upper[i])}" for b in ahead.bands)
        lines.setdefault(month, []).append(", ".join((f"median {deaths(ahead.median[i])}", *ranges)))
    for month, value in came.items():
        lines.setdefault(month, []).append(f"came {'not known' if value is None else deaths(value)}")
    strip: dict[str, str | float] = {
        "y": plot.top,
        "width": axis.slot,
        "height": plot.height,
        "fill": "none",
        "pointer_events": "all",
    }
    return group(
        el("rect", el("title", f"{short_month(m)}: {'; '.join(parts)}"), x=axis.left(m), **strip)
        for m, parts in sorted(lines.items())
    )


def _described(past: Past, ahead: Ahead | None, came: Mapping[Month, float | None], *, counted: str) -> str:
    parts = [f"{counted.capitalize()}."]
    known = [(m, v) for m, v in zip(past.months, past.deaths, strict=True) if v is not None]
    if known:
        peak, last = max(known, key=lambda mv: mv[1]), known[-1]
        parts.append(
            f"Known from {known[0][0].words} to {last[0].words}: highest {deaths(peak[1])} in {peak[0].words}, "
            f"last {deaths(last[1])}."
        )
    if ahead and ahead.months:
        widest = ahead.bands[0] if ahead.bands else None
        span = f", {100 * widest.level:.0f} % of draws up to {deaths(max(widest.upper))}" if widest else ""
        parts.append(
            f"Forecast with data through {ahead.origin.words}: median {deaths(min(ahead.median))} to "
            f"{deaths(max(ahead.median))}{span}."
        )
    seen = ", ".join(f"{short_month(m)} {deaths(v)}" for m, v in sorted(came.items()) if v is not None)
    return " ".join([*parts, f"What came: {seen}."] if seen else parts)
