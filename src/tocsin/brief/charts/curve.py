"""The reach curve: what share lies within a distance of a site, for several things that are counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot, value_axis, vertical_grid
from tocsin.brief.charts.legend import Entry, legend
from tocsin.brief.charts.palette import ACCENTS, DASHES, INK, MUTED, PAPER
from tocsin.brief.charts.scale import Linear
from tocsin.brief.charts.svg import Element, Frame, el, group, picture, polyline
from tocsin.brief.charts.text import SMALL, Box, free, heading, shortened, spread, text_width, words, wrapped
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST = len(ACCENTS)
"""Curves that can be told apart."""

HEIGHT = 250.0
LINE = 14.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares within each distance, 0..1.

    Attributes:
        name: what is counted, such as "deaths, best".
        shares: one for each distance; None where it is not known.
        lower: the low ends of a range; None draws no range.
        upper: the high ends of a range.

    Raises:
        OutOfRange: a share is not within 0 and 1.
        InputError: the range has one end only, ends differ in length, or it ends below its start.
    """

    name: str
    shares: tuple[float | None, ...]
    lower: tuple[float | None, ...] | None = None
    upper: tuple[float | None, ...] | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a curve has no name", where=Where(field="name"), hint="say what is counted")
        for field, values in (("shares", self.shares), ("lower", self.lower or ()), ("upper", self.upper or ())):
            checked_shares(self.name, values, field=field)
        if {len(self.shares)} != {len(v) for v in (self.shares, self.lower, self.upper) if v is not None} or (
            (self.lower is None) != (self.upper is None)
        ):
            raise InputError(
                f"{self.name}: a range needs two ends for every distance",
                where=Where(field="lower, upper"),
                hint="give both as long as shares, or neither",
            )
        for i, (low, high) in enumerate(self.ranges):
            if low is not None and high is not None and high < low:
                raise InputError(
                    f"{self.name}: the range ends below its start",
                    where=Where(rows=(i + 1,), field="upper"),
                    hint="exchange lower and upper",
                )

    @property
    def ranges(self) -> tuple[tuple[float | None, float | None], ...]:
        """The two ends at each distance."""
        if self.lower is None or self.upper is None:
            return ((None, None),) * len(self.shares)
        return tuple(zip(self.lower, self.upper, strict=True))


def checked_shares(name: str, values: Sequence[float | None], *, field: str) -> None:
    """Refuse numbers that are no shares.

    Raises:
        OutOfRange: one is not within 0 and 1.
    """
    wrong = [i for i, v in enumerate(values) if v is not None and not 0 <= v <= 1]
    if wrong:
        raise OutOfRange(
            f"{name}: {values[wrong[0]]} is no share",
            where=Where(rows=tuple(i + 1 for i in wrong), field=field),
            hint="give numbers from 0 to 1, and None for what is not known",
        )


def share_words(share: float | None) -> str:
    """A share in percent to one decimal.

    Example:
        >>> share_words(0.08), share_words(None)
        ('8.0 %', 'unknown')
    """
    return "unknown" if share is None else f"{100 * share:.1f} %"


def curve_chart(
    curves: Sequence[Curve], *, distances_km: Sequence[float], frame: Frame, reach_km: Sequence[float] = (),
    band: str = "low to high", show: Callable[[float | None], str] = share_words,
) -> str:  # fmt: skip
    """Draw what share lies within a distance, the first curve the one that matters most.

    Args:
        curves: at most six; each is named at its end.
        distances_km: rising, from 0 or more.
        frame: ids, title and size.
        reach_km: distances to point out, each among `distances_km`; the shares there are written below the plot.
        band: what the ranges are, in words, such as "90 % interval".
        show: a share as it is written.

    Raises:
        InputError: there is no curve, lengths differ, distances do not rise, or a reach is not among them.
        OutOfRange: there are more than six curves, or a distance is negative or not finite.

    Example:
        >>> deaths = Curve("deaths, best", (0.0, 0.08, 0.188), (0.0, 0.07, 0.17), (0.0, 0.1, 0.22))
        >>> svg = curve_chart([deaths], distances_km=(0, 50, 150), reach_km=(50,), frame=Frame("r", "Reach"))
        >>> "deaths, best: 8.0 % (7.0 % to 10.0 %)" in svg
        True
    """
    _check(curves, distances_km, reach_km)
    head, top = heading(frame)
    told, told_tall = _told(curves, distances_km, reach_km, show=show, width=frame.width)
    beside = min(max(text_width(_tag(c), size=SMALL, bold=True) for c in curves) + 16, frame.width * 0.34)
    keys_of = _entries(curves, band, width=beside - 14)
    shortest = 20 + LINE * len(curves) * max(len(_tag_lines(c, width=beside - 14)) for c in curves)
    keys, keys_tall = legend(keys_of, x=1, y=0, width=frame.width - 2)
    below = 36 + keys_tall + told_tall + 6
    height = frame.height or top + 40 + HEIGHT + below
    plot = Plot(42, top + 38, frame.width - beside, max(height - below, top + 38 + max(80, shortest)))
    x = Linear(0, distances_km[-1], start=plot.left, end=plot.right, most=max(3, int(plot.width / 50)))
    y = Linear(0, 1, start=plot.bottom, end=plot.top)
    keys, _ = legend(keys_of, x=1, y=plot.bottom + 36, width=frame.width - 2)
    from_top = plot.bottom + 36 + keys_tall
    return picture(
        frame,
        *head,
        words("share within the distance", 0, top + 11, size=SMALL, fill=MUTED),
        value_axis(plot, y, label=lambda v: f"{100 * v:.0f} %"),
        vertical_grid(plot, x, label=lambda v: f"{v:,.10g}"),
        words("km from the nearest site", plot.right, plot.bottom + 29, size=SMALL, fill=MUTED, anchor="end"),
        group(_band(c, i, distances_km, x, y) for i, c in enumerate(curves) if c.lower is not None),
        group(_marks(reach_km, x, plot)),
        group(_line(c, i, distances_km, x, y) for i, c in enumerate(curves)),
        group(_dots(curves, distances_km, reach_km, x, y)),
        group(_tags(curves, distances_km, x, y, plot, width=beside)),
        keys,
        *(words(t, 0, from_top + 12 + LINE * i, size=SMALL, bold=b) for i, (t, b) in enumerate(told)),
        height=from_top + told_tall + 6,
        desc=_described(curves, distances_km, reach_km, band=band, show=show),
    )


def _check(curves: Sequence[Curve], distances_km: Sequence[float], reach_km: Sequence[float]) -> None:
    if not curves or not distances_km:
        raise InputError("there is no curve to draw", where=Where(field="curves"), hint="give a curve and distances")
    if len(curves) > MOST:
        raise OutOfRange(
            f"{len(curves)} curves cannot be told apart", where=Where(field="curves"), hint=f"give at most {MOST}"
        )
    if any(not 0 <= d < float("inf") for d in distances_km):
        raise OutOfRange("a distance is negative or not finite", where=Where(field="distances_km"), hint="give km")
    if any(b <= a for a, b in pairwise(distances_km)) or not distances_km[-1] > 0:
        raise InputError("distances do not rise", where=Where(field="distances_km"), hint="sort them, no repeats")
    for curve in curves:
        if len(curve.shares) != len(distances_km):
            raise InputError(
                f"{curve.name} has {len(curve.shares)} shares for {len(distances_km)} distances",
                where=Where(field="shares"),
                hint="give one for every distance, None where it is not known",
            )
    for km in reach_km:
        if km not in distances_km:
            raise InputError(
                f"the share within {km:g} km was not given", where=Where(field="reach_km"),
                hint="add this distance to distances_km: nothing is read between two points",
            )  # fmt: skip


def _entries(curves: Sequence[Curve], band: str, *, width: float) -> list[Entry]:
    """Bands, and every line by its name where a name is too long to stand beside its end."""
    entries: list[Entry] = []
    if any(line.endswith("…") for c in curves for line in _tag_lines(c, width=width)):
        entries = [Entry(c.name, line=_colour(i), dashes=_dashes(i)) for i, c in enumerate(curves)]
    return [*entries, *(Entry(f"{c.name}: {band}", fill=_tint(i)) for i, c in enumerate(curves) if c.lower is not None)]


def _colour(i: int) -> str:
    return ACCENTS[i % len(ACCENTS)]


def _dashes(i: int) -> str | None:
    return DASHES[i % len(DASHES)]


def _tint(i: int) -> str:
    """The colour of a line at a fifth of its strength on paper."""
    channels = (int(_colour(i)[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 - 0.2 * (255 - c)):02x}" for c in channels)


def _tag(curve: Curve) -> str:
    return curve.name if any(s is not None for s in curve.shares) else f"{curve.name}: unknown"


def _band(curve: Curve, i: int, km: Sequence[float], x: Linear, y: Linear) -> Element:
    """The range between its two ends, edged thinly in the dashes of its line; a gap is not drawn over."""
    at = list(zip(km, curve.ranges, strict=True))
    shapes: list[Element] = []
    for known, run in groupby(at, key=lambda p: None not in p[1]):
        if not known:
            continue
        points = [(x(d), y(low or 0.0), y(high or 0.0)) for d, (low, high) in run]
        lows, highs = [(px, low) for px, low, _ in points], [(px, high) for px, _, high in points]
        edge = {"stroke": _colour(i), "stroke_width": "0.8", "stroke_dasharray": _dashes(i), "stroke_opacity": "0.7"}
        shapes.append(el("path", d=polyline([*highs, *reversed(lows)], close=True), fill=_tint(i), fill_opacity="0.75"))
        shapes.append(el("path", d=polyline(lows) + polyline(highs), fill="none", **edge))
    return group(shapes, data_band=curve.name)


def _line(curve: Curve, i: int, km: Sequence[float], x: Linear, y: Linear) -> Element:
    at = list(zip(km, curve.shares, strict=True))
    known = (run for known, run in groupby(at, key=lambda p: p[1] is not None) if known)
    runs = [[(x(d), y(s)) for d, s in run if s is not None] for run in known]
    data = "".join(polyline(run) for run in runs if len(run) > 1)
    width = 2.6 if i == 0 else 1.9
    paint = {"stroke": _colour(i), "stroke_dasharray": _dashes(i), "fill": "none", "stroke_linejoin": "round"}
    alone = [el("circle", cx=run[0][0], cy=run[0][1], r=2.4, fill=_colour(i)) for run in runs if len(run) == 1]
    line = el("path", d=data, stroke_width=width, **paint) if data else None
    return group([el("title", curve.name), line, *alone], data_curve=curve.name)


def _marks(reach_km: Sequence[float], x: Linear, plot: Plot) -> list[Element]:
    """A dashed line at each distance, its km above it, without the unit where two would touch."""
    drawn = [
        el("path", d=f"M{x(km):.1f} {plot.top - 6:.1f}V{plot.bottom:.1f}", stroke=INK, stroke_dasharray="3 3")
        for km in sorted(reach_km)
    ]
    full = _heads([f"{km:g} km" for km in sorted(reach_km)], sorted(reach_km), x, plot)
    short = _heads([f"{km:g}" for km in sorted(reach_km)], sorted(reach_km), x, plot)
    return [*drawn, *(full if len(full) == len(reach_km) else short)]


def _heads(texts: Sequence[str], reach_km: Sequence[float], x: Linear, plot: Plot) -> list[Element]:
    """The texts over the marks that find a place."""
    drawn: list[Element] = []
    taken: list[Box] = []
    for text, km in zip(texts, reach_km, strict=True):
        half = text_width(text, size=SMALL, bold=True) / 2
        middle = min(max(x(km), half), plot.right)
        box = Box(middle - half - 3, 0, middle + half + 3, 1)
        if free(box, taken):
            taken.append(box)
            drawn.append(words(text, middle, plot.top - 9, size=SMALL, anchor="middle", bold=True))
    return drawn


def _dots(
    curves: Sequence[Curve], km: Sequence[float], reach_km: Sequence[float], x: Linear, y: Linear
) -> list[Element]:
    return [
        el("circle", cx=x(d), cy=y(s), r=3.2, fill=_colour(i), stroke=PAPER, stroke_width=1)
        for i, curve in enumerate(curves)
        for d, s in zip(km, curve.shares, strict=True)
        if d in reach_km and s is not None
    ]


def _tags(
    curves: Sequence[Curve], km: Sequence[float], x: Linear, y: Linear, plot: Plot, *, width: float
) -> list[Element]:
    """The names of curves beside their ends, moved apart where they would touch."""
    drawn: list[Element] = []
    lines = [_tag_lines(c, width=width - 14) for c in curves]
    ends = [_end(c, km) for c in curves]
    wanted = [plot.bottom if end is None else y(end[1]) for end in ends]
    gap = 1 + 13.0 * max(len(told) for told in lines)
    places = spread(wanted, gap=gap, lower=plot.top + gap / 2, upper=plot.bottom - gap / 2 + 6)
    for i, (end, wish, at) in enumerate(zip(ends, wanted, places, strict=True)):
        if end is not None:
            leader = f"M{x(end[0]) + 2:.1f} {wish:.1f}L{plot.right + 9:.1f} {at:.1f}"
            drawn.append(el("path", d=leader, stroke=_colour(i), stroke_width="0.8", fill="none"))
        first = at + 3.7 - 6.5 * (len(lines[i]) - 1)
        drawn += [
            words(line, plot.right + 12, first + 13 * k, size=SMALL, fill=_colour(i), bold=True)
            for k, line in enumerate(lines[i])
        ]
    return drawn


def _end(curve: Curve, km: Sequence[float]) -> tuple[float, float] | None:
    """The last distance whose share is known, and that share."""
    known = [(d, s) for d, s in zip(km, curve.shares, strict=True) if s is not None]
    return known[-1] if known else None


def _tag_lines(curve: Curve, *, width: float) -> tuple[str, ...]:
    """A curve's name in at most two lines; an ellipsis ends what is longer."""
    lines = wrapped(_tag(curve), width=width, size=SMALL, bold=True)
    kept = lines if len(lines) <= 2 else (lines[0], " ".join(lines[1:]))
    return tuple(shortened(line, width=width, size=SMALL, bold=True) for line in kept)


def _told(
    curves: Sequence[Curve], km: Sequence[float], reach_km: Sequence[float], *,
    show: Callable[[float | None], str], width: float,
) -> tuple[list[tuple[str, bool]], float]:  # fmt: skip
    """Lines of words under the plot, whether each is bold, and the pixels they take."""
    lines: list[tuple[str, bool]] = []
    for reach in sorted(reach_km):
        lines.append((f"within {reach:g} km", True))
        text = "; ".join(_at(curve, list(km).index(reach), show=show) for curve in curves)
        lines += [(line, False) for line in wrapped(text, width=width - 2, size=SMALL)]
    return lines, LINE * len(lines) + (4 if lines else 0)


def _at(curve: Curve, i: int, *, show: Callable[[float | None], str]) -> str:
    low, high = curve.ranges[i]
    spans = "" if low is None or high is None else f" ({show(low)} to {show(high)})"
    return f"{curve.name}: {show(curve.shares[i])}{spans}"


def _described(
    curves: Sequence[Curve], km: Sequence[float], reach_km: Sequence[float], *, band: str,
    show: Callable[[float | None], str],
) -> str:  # fmt: skip
    parts = [f"Share within a distance of the nearest site, 0 to {km[-1]:g} km."]
    if any(c.lower is not None for c in curves):
        parts.append(f"Ranges are {band}.")
    for reach in sorted({*reach_km, km[-1]}):
        shares = "; ".join(_at(c, list(km).index(reach), show=show) for c in curves)
        parts.append(f"Within {reach:g} km: {shares}.")
    return " ".join(parts)
