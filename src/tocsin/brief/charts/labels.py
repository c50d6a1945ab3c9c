"""Names and ranks on a map: the important first, moved aside where they would collide, left out where they must."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from tocsin.brief.charts.palette import INK, PAPER, text_on
from tocsin.brief.charts.svg import Element, el
from tocsin.brief.charts.text import SMALL, Box, free, text_width, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

DISC = 8.0
"""Radius in px of the disc a rank stands in."""

TINY = 9.0
"""Pixels of room below which a name would hide its area."""

_ASIDE = tuple((dx, dy) for dy in (0, -7, 7, -14, 14, -21, 21) for dx in (0, -9, 9, -18, 18, -27, 27))
_AROUND = tuple(
    (reach * math.cos(turn * math.pi / 6), reach * math.sin(turn * math.pi / 6))
    for reach in (19, 30, 44)
    for turn in (-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
)


@dataclass(frozen=True)
class Mark:
    """What is to be written at a place.

    Attributes:
        x: pixels from the left.
        y: pixels from the top.
        room: pixels to the nearest outline.
        rank: its place in a list, written before the name, or in a disc where there is no name.
        name: the first line.
        value: the second line.
        shape: the area in pixels; a name moved aside stays on it.
        fill: its colour; None where it is hatched.
    """

    x: float
    y: float
    room: float
    rank: int | None
    name: str | None
    value: str
    shape: BaseGeometry | None = None
    fill: str | None = None


def labels(marks: Sequence[Mark], *, within: Box, beside: Sequence[Box] = ()) -> list[Element]:
    """The labels that find a place beside what is taken: ranked areas choose first, then larger ones."""
    wanted = [m for m in marks if m.name is not None or m.rank is not None]
    taken: list[Box] = [*beside]
    drawn: list[Element] = []
    for mark in sorted(wanted, key=lambda m: (m.rank or math.inf, -m.room)):
        for made, box in _discs(mark) if mark.name is None else _names(mark, mark.name, within=within):
            inside = within.left <= box.left and box.right <= within.right
            if inside and within.top <= box.top and box.bottom <= within.bottom and free(box, taken):
                taken.append(box)
                drawn.extend(made)
                break
    return drawn


def _discs(mark: Mark) -> Iterator[tuple[list[Element], Box]]:
    """The rank in a disc: on the area where it leaves its colour to be seen, else aside with a line to it."""
    places = ((0.0, 0.0), *_AROUND) if mark.room >= DISC + 3 else _AROUND
    for dx, dy in places:
        x, y = mark.x + dx, mark.y + dy
        leader = f"M{mark.x:.1f} {mark.y:.1f}L{x:.1f} {y:.1f}"
        line = [el("path", d=leader, stroke=INK, stroke_width="0.9")] if dx or dy else []
        disc = el("circle", cx=x, cy=y, r=DISC, fill=PAPER, stroke=INK, stroke_width=1)
        number = words(str(mark.rank), x, y + 3.7, size=SMALL, anchor="middle", bold=True)
        yield [*line, disc, number], Box(x - DISC - 1, y - DISC - 1, x + DISC + 1, y + DISC + 1)


def _names(mark: Mark, name: str, *, within: Box) -> Iterator[tuple[list[Element], Box]]:
    """The name over the value: on the area, a little aside on it, or, where it is tiny, beside it with a line."""
    first = name if mark.rank is None else f"{mark.rank} {name}"
    half = max(text_width(first, size=SMALL, bold=True), text_width(mark.value, size=SMALL)) / 2
    tiny = mark.shape is None or mark.room < TINY
    for dx, dy in _beside(half) if tiny else _ASIDE:
        x, y = mark.x + dx, mark.y + dy
        if not tiny and mark.shape is not None and not mark.shape.contains(shapely.Point(x, y)):
            continue
        x = max(min(x, within.right - half - 3), within.left + half + 3)
        y = max(min(y, within.bottom - 15), within.top + 13)
        box = Box(x - half - 2, y - 12, x + half + 2, y + 14)
        on = mark.shape is not None and mark.shape.contains(shapely.box(box.left, box.top, box.right, box.bottom))
        halo = mark.fill if mark.fill is not None and on else PAPER
        ink = text_on(halo)
        line = [el("path", d=_leader(mark, box), stroke=INK, stroke_width="0.9")] if tiny else []
        yield (
            [
                *line,
                words(first, x, y - 2, size=SMALL, anchor="middle", bold=True, fill=ink, halo=halo),
                words(mark.value, x, y + 10.5, size=SMALL, anchor="middle", fill=ink, halo=halo),
            ],
            box,
        )


def _beside(half: float) -> Iterator[tuple[float, float]]:
    """Places right, left, above and below a tiny area, near ones first."""
    for reach in (10.0, 20.0, 34.0):
        yield from ((half + reach, 0), (-half - reach, 0), (0, -reach - 12), (0, reach + 12))
        yield from ((sx * (half + reach), sy * (reach + 6)) for sx in (1, -1) for sy in (-1, 1))


def _leader(mark: Mark, box: Box) -> str:
    """From the area to the nearest place at the edge of its label."""
    x, y = min(max(mark.x, box.left), box.right), min(max(mark.y, box.top), box.bottom)
    return f"M{mark.x:.1f} {mark.y:.1f}L{x:.1f} {y:.1f}"
