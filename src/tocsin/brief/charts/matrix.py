"""The matrix: rows by columns of states, each told by its sign as well as its tint."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tocsin.brief.charts.axes import Plot
from tocsin.brief.charts.glyphs import Glyph, glyph
from tocsin.brief.charts.legend import Entry, hatch, hatched, legend
from tocsin.brief.charts.palette import AXIS, BANDS, INK, PAPER, text_on
from tocsin.brief.charts.svg import Element, Frame, el, group, picture
from tocsin.brief.charts.text import SMALL, heading, shortened, text_width, words, wrapped
from tocsin.errors import InputError, OutOfRange, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS, MOST_COLUMNS = 18, 8
LINE = 13.0
SIGN = 4.6
"""Half the width in px of a sign."""
BESIDE = 2 * SIGN + 12
"""Pixels a sign takes before the words of its cell."""
BARE = 42.0
"""Pixels of a column whose cells hold signs alone."""
NUMBERED = 27.0
"""Pixels of such a column whose head is a number."""
WIDEST = 118.0
"""Pixels a column asks for at most; what is wider is broken into lines, and a longer word is cut."""
BETWEEN = 16.0


@dataclass(frozen=True, slots=True)
class MatrixState:
    """A state a cell can be in.

    Attributes:
        word: its name, as the legend says it.
        glyph: its sign, unlike that of any other state.
        tint: the colour beneath; None is hatched, for what is not known.
        empty: what is written in a cell that names nobody; None writes nothing.
    """

    word: str
    glyph: Glyph
    tint: str | None
    empty: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell: its state, and the short names that are written in it."""

    state: str
    names: tuple[str, ...] = ()


OVERLAP = (
    MatrixState("uncovered", Glyph.RING, PAPER),
    MatrixState("single", Glyph.DOT, BANDS[0]),
    MatrixState("complementary", Glyph.TWO_UNLIKE, BANDS[1]),
    MatrixState("duplicate", Glyph.TWO_ALIKE, "#f3d3a4"),
    MatrixState("unknown", Glyph.QUESTION, None),
)
"""How many work on the same thing, and whether they add to one another."""

HOLDERS = (
    MatrixState("held", Glyph.DOT, BANDS[0]),
    MatrixState("none named", Glyph.DASH, PAPER, empty="none named"),
    MatrixState("unknown", Glyph.QUESTION, None, empty="unknown"),
)
"""Whether anybody is named who holds an instrument."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A run of columns that stand side by side."""

    columns: range
    head: float
    wide: float

    def left(self, column: int) -> float:
        return self.head + self.wide * (column - self.columns.start)


def matrix_chart(
    rows: Sequence[tuple[str, Sequence[MatrixCell]]], columns: Sequence[str], *, frame: Frame,
    states: Sequence[MatrixState] = OVERLAP,
) -> str:  # fmt: skip
    """Draw states in a matrix of at most 18 rows and 8 columns.

    Where the frame is too narrow for all columns, those that hold signs alone are numbered, their heads above the
    matrix; those that hold words are drawn in two or more sheets, one below the other.

    Args:
        rows: the name of each and its cells, one for every column.
        columns: their heads.
        frame: ids, title and size; the height follows from the words.
        states: those a cell may be in.

    Raises:
        InputError: there is nothing to draw, a row lacks cells, or two states share a sign.
        UnknownName: a cell is in a state that is not among `states`.
        OutOfRange: there are more rows or columns than can be read; give a table instead.

    Example:
        >>> row = ("militia posts", [MatrixCell("held", ("NMI", "EUAM")), MatrixCell("none named")])
        >>> svg = matrix_chart([row], ["military", "legal"], frame=Frame("d", "Drivers"), states=HOLDERS)
        >>> "militia posts, military: held, NMI, EUAM" in svg, "militia posts, legal: none named" in svg
        (True, True)
    """
    by_word = _check(rows, columns, states)
    head, top = heading(frame)
    drawn: list[Element] = []
    sheets = _sheets(rows, columns, by_word, width=frame.width)
    numbered = len(sheets) > 1 and not any(_said(c, by_word) for _, cells in rows for c in cells)
    named = [str(i + 1) for i in range(len(columns))] if numbered else list(columns)
    key = wrapped("; ".join(f"{i + 1} {c}" for i, c in enumerate(columns)), width=frame.width - 4, size=SMALL)
    if numbered:
        sheets = _sheets(rows, named, by_word, width=frame.width, narrowest=NUMBERED)
        drawn += [words(line, 0, top + 10 + LINE * i, size=SMALL) for i, line in enumerate(key)]
    y = top + 4 + (LINE * len(key) + 4 if numbered else 0)
    for sheet in sheets:
        made, y = _sheet(sheet, rows, columns, by_word, frame=frame, top=y, named=named)
        drawn += [*made]
        y += BETWEEN
    present = {cell.state for _, cells in rows for cell in cells}
    entries = [
        Entry(s.word, fill=hatched(frame) if s.tint is None else s.tint, glyph=s.glyph)
        for s in states
        if s.word in present
    ]
    keys, tall = legend(entries, x=1, y=y - BETWEEN + 8, width=frame.width - 2)
    height = max(y - BETWEEN + tall + 14, frame.height or 0.0)
    return picture(frame, hatch(frame), *head, *drawn, keys, height=height, desc=_described(rows, columns))


def _check(
    rows: Sequence[tuple[str, Sequence[MatrixCell]]], columns: Sequence[str], states: Sequence[MatrixState]
) -> dict[str, MatrixState]:
    if not rows or not columns:
        raise InputError("a matrix has no rows or no columns", where=Where(field="rows"), hint="give one of each")
    for field, n, most in (("rows", len(rows), MOST_ROWS), ("columns", len(columns), MOST_COLUMNS)):
        if n > most:
            raise OutOfRange(
                f"a matrix of {n} {field} cannot be read", where=Where(field=field),
                hint=f"draw at most {most} {field}, or give a table",
            )  # fmt: skip
    by_word = {state.word: state for state in states}
    if len({s.glyph for s in states}) < len(states) or len(by_word) < len(states):
        raise InputError("two states share a sign or a word", where=Where(field="states"), hint="give each its own")
    for i, (name, cells) in enumerate(rows):
        if len(cells) != len(columns):
            raise InputError(
                f"{name} has {len(cells)} cells for {len(columns)} columns",
                where=Where(rows=(i + 1,), field="rows"),
                hint="give every column a cell; what is not known is a state of its own",
            )
        for cell in cells:
            if cell.state not in by_word:
                raise UnknownName.of("state", cell.state, by_word, where=Where(rows=(i + 1,), field="state"))
    return by_word


def _said(cell: MatrixCell, states: dict[str, MatrixState]) -> str:
    """What is written in a cell."""
    return ", ".join(cell.names) or states[cell.state].empty or ""


def _sheets(
    rows: Sequence[tuple[str, Sequence[MatrixCell]]], columns: Sequence[str], states: dict[str, MatrixState], *,
    width: float, narrowest: float = BARE,
) -> list[_Sheet]:  # fmt: skip
    """The fewest runs of columns in which the longest words have room, as even as they can be."""
    names = max(text_width(name, size=SMALL, bold=True) for name, _ in rows) + 10
    longest = max(text_width(word, size=SMALL, bold=True) for name, _ in rows for word in name.split() or [""]) + 10
    head = min(names, max(width * 0.3, 108.0, min(longest, width * 0.42)))
    said = [word for _, cells in rows for cell in cells for word in _said(cell, states).split()]
    inside = max((text_width(word, size=SMALL) + BESIDE + 4 for word in said), default=0.0)
    above = max(text_width(word, size=SMALL, bold=True) for column in columns for word in column.split() or [""])
    wanted = min(max(narrowest, inside, above + 6), WIDEST)
    fits = max(1, int((width - head) // wanted))
    sheets = -(-len(columns) // fits)
    each = -(-len(columns) // sheets)
    wide = min((width - head - 1) / each, 2 * WIDEST)
    return [_Sheet(range(i, min(i + each, len(columns))), head, wide) for i in range(0, len(columns), each)]


def _sheet(
    sheet: _Sheet, rows: Sequence[tuple[str, Sequence[MatrixCell]]], columns: Sequence[str],
    states: dict[str, MatrixState], *, frame: Frame, top: float, named: Sequence[str],
) -> tuple[list[Element], float]:  # fmt: skip
    """The heads and cells of a run of columns, and where they end."""
    heads = {c: _lines(named[c], width=sheet.wide - 4, bold=True) for c in sheet.columns}
    first = top + LINE * max(len(lines) for lines in heads.values()) + 6
    drawn = [
        words(line, sheet.left(c) + 3, first - 6 - LINE * (len(lines) - 1 - i), size=SMALL, bold=True)
        for c, lines in heads.items()
        for i, line in enumerate(lines)
    ]
    talls = [_tall(row, sheet, states) for row in rows]
    tops = list(accumulate(talls, initial=first))
    for (name, cells), y, tall in zip(rows, tops, talls, strict=False):
        lines = _lines(name, width=sheet.head - 8, bold=True)
        start = y + (tall - LINE * len(lines)) / 2 + 10
        drawn += [words(line, 0, start + LINE * i, size=SMALL, bold=True) for i, line in enumerate(lines)]
        for c in sheet.columns:
            box = Plot(sheet.left(c), y, sheet.left(c) + sheet.wide, y + tall)
            drawn.append(_cell(cells[c], states, box, told=_told(name, columns[c], cells[c]), frame=frame))
    return drawn, tops[-1]


def _lines(text: str, *, width: float, bold: bool = False) -> tuple[str, ...]:
    """Lines no wider than given; a single word that is wider ends in an ellipsis."""
    lines = wrapped(text, width=width, size=SMALL, bold=bold)
    return tuple(shortened(line, width=width, size=SMALL, bold=bold) for line in lines)


def _tall(row: tuple[str, Sequence[MatrixCell]], sheet: _Sheet, states: dict[str, MatrixState]) -> float:
    most = len(_lines(row[0], width=sheet.head - 8, bold=True))
    for c in sheet.columns:
        most = max(most, len(_lines(_said(row[1][c], states), width=sheet.wide - BESIDE - 4)))
    return LINE * most + 11


def _told(row: str, column: str, cell: MatrixCell) -> str:
    return ", ".join((f"{row}, {column}: {cell.state}", *cell.names))


def _cell(cell: MatrixCell, states: dict[str, MatrixState], box: Plot, *, told: str, frame: Frame) -> Element:
    state = states[cell.state]
    fill = hatched(frame) if state.tint is None else state.tint
    lines = _lines(_said(cell, states), width=box.width - BESIDE - 4)
    middle = box.top + box.height / 2
    at = box.left + BESIDE / 2 + 1 if lines else box.left + box.width / 2
    start = middle - LINE * len(lines) / 2 + 10
    ink, halo = (INK, PAPER) if state.tint is None else (text_on(state.tint), None)
    size = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    return group([
        el("title", told),
        el("rect", **size, fill=fill, stroke=AXIS, stroke_width="0.7"),
        glyph(state.glyph, at, middle, size=SIGN),
        *(
            words(line, box.left + BESIDE, start + LINE * i, size=SMALL, fill=ink, halo=halo)
            for i, line in enumerate(lines)
        ),
    ], data_state=cell.state)  # fmt: skip


def _described(rows: Sequence[tuple[str, Sequence[MatrixCell]]], columns: Sequence[str]) -> str:
    parts = [f"Matrix of {len(rows)} rows by {len(columns)} columns: {', '.join(columns)}."]
    for name, cells in rows:
        parts.append(f"{name}: {'; '.join(', '.join((c.state, *c.names)) for c in cells)}.")
    return " ".join(parts)
