"""Ranks over time: which areas stood at the top of the list at each origin."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, groupby
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import MONTH_AXIS_HEIGHT, Plot, month_axis
from tocsin.brief.charts.palette import ACCENTS, BANDS, DASHES, GRID, INK, MUTED, PAPER
from tocsin.brief.charts.scale import MonthAxis, short_month
from tocsin.brief.charts.svg import Element, Frame, el, group, picture, polyline
from tocsin.brief.charts.text import SMALL, Box, free, heading, shortened, spread, text_width, words
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.vocabulary import Month

OTHERS = "#b4bcc4"


@dataclass(frozen=True, slots=True)
class RankLine:
    """An area's rank at each origin, 1 the highest; None where it was not forecast.

    Attributes:
        name: as a reader knows the area.
        ranks: one for each origin; tied areas may share a rank.
        highlight: whether it is drawn in colour and named.
    """

    name: str
    ranks: tuple[float | None, ...]
    highlight: bool = False


def track(
    lines: Sequence[RankLine], *, first: Month, frame: Frame, budget: int | None = None,
    marks: Sequence[tuple[Month, str]] = (),
) -> str:  # fmt: skip
    """Draw every area's rank at monthly origins, the first at the top.

    Args:
        lines: areas; those highlighted are named at the right, with their last rank.
        first: the first origin; the others follow month by month.
        frame: ids, title and size.
        budget: alerts a month: ranks up to it are shaded.
        marks: months to point out, each with a few words; those outside the origins widen the axis.

    Raises:
        InputError: there is no line, lines differ in length, or a rank is below 1.

    Example:
        >>> from tocsin.vocabulary import Month
        >>> ninewa = RankLine("Ninewa", (9, 7, None, 4), highlight=True)
        >>> svg = track([ninewa], first=Month.of(2014, 1), frame=Frame("t", "Ranks"), budget=3)
        >>> "Jan 2014: 9, Feb 2014: 7, Apr 2014: 4" in svg
        True
    """
    _check(lines)
    head, top = heading(frame)
    highest = max((r for line in lines for r in line.ranks if r is not None), default=1.0)
    named = [line for line in lines if line.highlight]
    beside = min(max((text_width(_tag(n), size=SMALL, bold=True) for n in named), default=0) + 14, frame.width * 0.34)
    shown = [first, first + (len(lines[0].ranks) - 1), *(month for month, _ in marks)]
    axis = MonthAxis(min(shown), max(shown), 34, frame.width - beside - 4)
    placed = _placed(marks, axis)
    above = 13.0 * max((mark.row for mark in placed), default=0)
    height = frame.height or top + 60 + above + MONTH_AXIS_HEIGHT + max(9.5 * highest, 15.0 * len(named), 90)
    plot = Plot(axis.start, top + 46 + above, axis.end, height - MONTH_AXIS_HEIGHT - 2)
    ranks = _Ranks(plot, highest)
    accents = {line.name: i for i, line in enumerate(named)}
    return picture(
        frame,
        *head,
        words(_said(lines, named), 0, top + 11, size=SMALL, fill=MUTED),
        _budget(budget, ranks, plot) if budget is not None else None,
        ranks.grid(),
        group(_line(line, first, axis, ranks, accent=None) for line in lines if not line.highlight),
        group(_marks(placed, plot)),
        _alerted(budget, plot) if budget is not None else None,
        group(_line(line, first, axis, ranks, accent=accents[line.name]) for line in named),
        group(_tags(named, axis, ranks, plot, first=first, width=beside)),
        month_axis(axis, y=plot.bottom),
        height=height,
        desc=_described(named, len(lines), first=first, budget=budget),
    )


def _check(lines: Sequence[RankLine]) -> None:
    if not lines or not lines[0].ranks:
        raise InputError("there are no ranks to draw", where=Where(field="lines"), hint="give a line")
    if len({len(line.ranks) for line in lines}) > 1:
        raise InputError("areas differ in their number of origins", where=Where(field="ranks"), hint="None marks a gap")
    for line in lines:
        wrong = [r for r in line.ranks if r is not None and not 1 <= r < float("inf")]
        if wrong:
            raise InputError(f"{wrong[0]} is no rank", where=Where(field=f"ranks of {line.name}"), hint="1 is highest")


@dataclass(frozen=True, slots=True)
class _Ranks:
    """Rank 1 at the top, the last at the bottom, half a step of air at both ends."""

    plot: Plot
    highest: float

    def __call__(self, rank: float) -> float:
        return self.plot.top + self.step * (rank - 0.5)

    @property
    def step(self) -> float:
        """Pixels between two ranks."""
        return self.plot.height / self.highest

    def grid(self) -> Element:
        """Lines at 1, 5, 10, ... as far as they stand 16 px apart."""
        every = next(e for e in (1, 5, 10, 20, 50, 100, 1000) if e * self.step >= 16 or e == 1000)
        kept = [r for r in (1, *range(every, int(self.highest) + 1, every)) if r == 1 or (r - 1) * self.step >= 13]
        parts: list[Element] = []
        for r in dict.fromkeys(kept):
            y = self(r)
            parts.append(el("path", d=f"M{self.plot.left:.1f} {y:.1f}H{self.plot.right:.1f}", stroke=GRID))
            parts.append(words(str(r), self.plot.left - 6, y + 3.6, size=SMALL, fill=MUTED, anchor="end"))
        return group(parts)


def _budget(budget: int, ranks: _Ranks, plot: Plot) -> Element:
    bottom = min(plot.top + ranks.step * budget, plot.bottom)
    return el("rect", x=plot.left, y=plot.top, width=plot.width, height=bottom - plot.top, fill=BANDS[0])


def _alerted(budget: int, plot: Plot) -> Element:
    label = f"alerted: the first {budget}" if budget > 1 else "alerted: the first"
    return words(label, plot.left + 2, plot.top - 5, size=SMALL, fill=MUTED, halo=PAPER)


def _points(line: RankLine, first: Month, axis: MonthAxis, ranks: _Ranks) -> list[list[tuple[float, float]]]:
    """Runs of known ranks: a gap is not drawn over."""
    at = [(axis.centre(first + i), None if r is None else ranks(r)) for i, r in enumerate(line.ranks)]
    runs = (list(run) for known, run in groupby(at, key=lambda p: p[1] is not None) if known)
    return [[(x, y) for x, y in run if y is not None] for run in runs]


def _line(line: RankLine, first: Month, axis: MonthAxis, ranks: _Ranks, *, accent: int | None) -> Element:
    runs = _points(line, first, axis, ranks)
    colour = OTHERS if accent is None else ACCENTS[accent % len(ACCENTS)]
    dashes = None if accent is None else DASHES[accent % len(DASHES)]
    told = ", ".join(f"{short_month(first + i)}: {r:g}" for i, r in enumerate(line.ranks) if r is not None)
    data = "".join(polyline(run) for run in runs if len(run) > 1)
    every = accent is not None and axis.slot >= 7
    dots = [point for run in runs for point in run if every or len(run) == 1]
    wide = 1 if accent is None else 2.4
    return group([
        el("title", f"{line.name}. {told}"),
        el("path", d=data, stroke=colour, stroke_width=wide, stroke_dasharray=dashes, fill="none",
           stroke_linejoin="round") if data else None,
        *(el("circle", cx=x, cy=y, r=1.6 if accent is None else 2.8, fill=colour) for x, y in dots),
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mark:
    """A month pointed out: where its line stands, where its words, and in which row above the plot."""

    text: str
    x: float
    middle: float
    row: int


def _placed(marks: Sequence[tuple[Month, str]], axis: MonthAxis) -> list[_Mark]:
    """Each mark in the lowest row where its words touch no others."""
    taken: list[Box] = []
    placed: list[_Mark] = []
    for month, text in sorted(marks):
        half = text_width(text, size=SMALL) / 2
        middle = max(min(axis.centre(month), axis.end - half), axis.start + half)
        row = next(r for r in count() if free(Box(middle - half - 3, r, middle + half + 3, r + 1), taken))
        taken.append(Box(middle - half - 3, row, middle + half + 3, row + 1))
        placed.append(_Mark(text, axis.centre(month), middle, row))
    return placed


def _marks(placed: Sequence[_Mark], plot: Plot) -> list[Element]:
    tops = [plot.top - 16 - 13 * mark.row for mark in placed]
    lines = [
        el("path", d=f"M{m.x:.1f} {top:.1f}V{plot.bottom:.1f}", stroke=INK, stroke_dasharray="2 2")
        for m, top in zip(placed, tops, strict=True)
    ]
    texts = [
        words(m.text, m.middle, top - 3, size=SMALL, anchor="middle", halo=PAPER)
        for m, top in zip(placed, tops, strict=True)
    ]
    return [*lines, *texts]


def _said(lines: Sequence[RankLine], named: Sequence[RankLine]) -> str:
    others = len(lines) - len(named)
    return "rank, 1 is the highest" + (f"; grey: {others} other area{'s' if others > 1 else ''}" if others else "")


def _tag(line: RankLine) -> str:
    last = next((r for r in reversed(line.ranks) if r is not None), None)
    return line.name if last is None else f"{line.name} {last:g}"


def _tags(
    named: Sequence[RankLine], axis: MonthAxis, ranks: _Ranks, plot: Plot, *, first: Month, width: float
) -> list[Element]:
    """The names of highlighted areas beside the ends of their lines, moved apart where they would touch."""
    ends = [next(((first + i, r) for i, r in reversed(list(enumerate(n.ranks))) if r is not None), None) for n in named]
    wanted = [plot.bottom if end is None else ranks(end[1]) for end in ends]
    places = spread(wanted, gap=14, lower=plot.top + 4, upper=plot.bottom - 2)
    drawn: list[Element] = []
    for i, (line, end, wish, y) in enumerate(zip(named, ends, wanted, places, strict=True)):
        colour = ACCENTS[i % len(ACCENTS)]
        if end is not None:
            leader = f"M{axis.centre(end[0]) + 4:.1f} {wish:.1f}L{plot.right + 8:.1f} {y:.1f}"
            drawn.append(el("path", d=leader, stroke=colour, stroke_width="0.8", fill="none"))
        name = shortened(_tag(line), width=width - 12, size=SMALL, bold=True)
        drawn.append(words(name, plot.right + 11, y + 3.7, size=SMALL, fill=colour, bold=True))
    return drawn


def _described(named: Sequence[RankLine], n: int, *, first: Month, budget: int | None) -> str:
    parts = [f"Ranks of {n} areas at monthly origins from {first.words}."]
    for line in named:
        known = [(first + i, r) for i, r in enumerate(line.ranks) if r is not None]
        if not known:
            parts.append(f"{line.name}: never ranked.")
            continue
        best = min(known, key=lambda mr: mr[1])
        alerts = 0 if budget is None else sum(rank <= budget for _, rank in known)
        within = "" if budget is None else f", within the first {budget} at {alerts} of {len(known)} origins"
        parts.append(f"{line.name}: best {best[1]:g} in {best[0].words}, last {known[-1][1]:g}{within}.")
    return " ".join(parts)
