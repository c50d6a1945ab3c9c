"""Columns on paper: numbers whole, prose with room, words as large as fits."""

from __future__ import annotations

from typing import cast

from tocsin.brief import Cell, Column, Table
from tocsin.brief.widths import ADVANCE, PADDING_PT, PAPER_PT, SIZES_PT, on_paper


def laid(*columns: tuple[str, str]) -> tuple[float, list[float]]:
    table = Table("Deaths", tuple(Column(title) for title, _ in columns), (tuple(Cell(text) for _, text in columns),))
    paper = on_paper(table)
    return cast("float", paper["size"]), cast("list[float]", paper["widths"])


def test_a_short_cell_stays_on_one_line_whatever_stands_beside_it() -> None:
    size, widths = laid(("Province", "Salah al-Din"), ("p", "97 %"), ("Why", "word " * 60), ("Past", "word " * 60))
    assert size == SIZES_PT[0]
    assert widths[0] >= PADDING_PT + len("Salah al-Din") * ADVANCE * size
    assert widths[1] >= PADDING_PT + len("97 %") * ADVANCE * size
    assert widths[2] == widths[3] > 150
    assert abs(sum(widths) - PAPER_PT) < 1e-6


def test_words_get_smaller_only_as_far_as_needed() -> None:
    few = laid(*[("Deaths", "1,204")] * 6)[0]
    more = laid(*[("Deaths", "1,204 to 9,999")] * 7)[0]
    many = laid(*[("Deaths", "1,204 to 9,999")] * 30)[0]
    assert (few, many) == (SIZES_PT[0], SIZES_PT[-1])
    assert many < more < few


def test_a_table_without_rows_has_widths_too() -> None:
    table = Table("None", (Column("A"), Column("Deaths a month", unit="deaths")), ())
    assert len(cast("list[float]", on_paper(table)["widths"])) == 2
