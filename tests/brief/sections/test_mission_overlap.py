"""What the brief says missions do twice, one does alone, and nobody does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.brief.sections.pages_found import changed, mission_of, pages
from tests.brief.sections.tables_found import column, tables

from tocsin.brief import Bullets, Figure, Heading, Paragraph
from tocsin.brief.html import to_html
from tocsin.brief.sections.mission_overlap import SECTION
from tocsin.mission.overlap import Cover, Covered
from tocsin.vocabulary import province_name

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief import Brief
    from tocsin.mission.overlap import OverlapCell, Spell

SINGLE = Covered(Cover.SINGLE, Cover.SINGLE, 1, 0)
NOBODY = Covered(Cover.UNCOVERED, Cover.UNCOVERED, 0, 0)
STATES = re.compile(r'data-state="([a-z]+)"')


def figures(brief: Brief) -> list[Figure]:
    return [block for block in brief.annex if isinstance(block, Figure)]


def states(brief: Brief) -> list[str]:
    return [state for figure in figures(brief) for state in STATES.findall(figure.svg)]


def drawn(brief: Brief) -> dict[tuple[str, str, str], str]:
    """The state told of each cell, by row, sense and head of column."""
    told = {}
    for title in (t for figure in figures(brief) for t in re.findall(r"<title>([^<]*)</title>", figure.svg)):
        if cell := re.fullmatch(r"(.+), (by mandate|at a site): (.+): ([a-z]+)", title):
            told[cell[1], cell[2], cell[3]] = cell[4]
    return told


def stands_for(row: str, cell: OverlapCell) -> bool:
    """Whether a row of the matrix holds a cell."""
    function, _, label = row.partition(": ")
    if function != cell.function:
        return False
    if label in {"all institutions", "each institution named"}:
        return label == "all institutions" or cell.institution is not None
    return (cell.institution or "no institution named") in label


def with_cells(findings: Findings, cells: tuple[OverlapCell, ...]) -> Findings:
    return changed(findings, overlap=replace(mission_of(findings).overlap, cells=cells))


def with_spell(cell: OverlapCell, **parts: object) -> OverlapCell:
    spell: Spell = replace(cell.spells[-1], **parts)  # type: ignore[arg-type]
    return replace(cell, spells=(*cell.spells[:-1], spell))


def test_every_state_found_is_drawn_and_no_other(findings: Findings) -> None:
    cells = mission_of(findings).overlap.cells
    found = {c.spells[-1].served.state for c in cells} | {c.spells[-1].delivered.state for c in cells}
    assert set(states(pages(SECTION, findings))) == found
    assert "unknown" in found


def test_every_province_is_drawn_in_its_own_state(findings: Findings) -> None:
    told = drawn(pages(SECTION, findings))
    heads = {(sense, head) for _, sense, head in told}
    for cell in mission_of(findings).overlap.cells:
        spell = cell.spells[-1]
        row = next(name for name, _, _ in told if stands_for(name, cell))
        for sense, covered in (("by mandate", spell.served), ("at a site", spell.delivered)):
            mine = [head for s, head in heads if s == sense and province_name(cell.area) in head]
            rest = next(head for s, head in heads if s == sense and "other provinces" in head)
            assert told[row, sense, mine[0] if mine else rest] == covered.state, (row, sense, cell.area)


def test_provinces_that_are_alike_are_one_column_and_one_that_differs_has_its_own(findings: Findings) -> None:
    cells = mission_of(findings).overlap.cells
    provinces = len({c.area for c in cells})
    alike = with_cells(findings, tuple(with_spell(c, served=SINGLE, delivered=SINGLE) for c in cells))
    assert {head for _, _, head in drawn(pages(SECTION, alike))} == {f"all {provinces} provinces"}
    other = with_cells(findings, tuple(
        with_spell(c, served=NOBODY if c.area == "IRQ/Wasit" else SINGLE, delivered=SINGLE) for c in cells
    ))  # fmt: skip
    told = drawn(pages(SECTION, other))
    by_mandate = {head: state for (_, sense, head), state in told.items() if sense == "by mandate"}
    assert by_mandate == {"Wasit": "uncovered", f"{provinces - 1} other provinces": "single"}


def test_missions_that_meet_are_in_the_table_with_both_tasks(findings: Findings) -> None:
    done = mission_of(findings).overlap
    met = {p.tasks for c in done.cells for s in c.spells[-1:] for p in (*s.pairs, *s.delivered_pairs)}
    [shown] = tables(pages(SECTION, findings))
    said = column(shown, "Missions")
    assert met
    assert all(any(f"({a})" in words and f"({b})" in words for words in said) for a, b in met)
    assert len(said) == len(shown.rows) == len(met)
    assert set(column(shown, "Together")) <= {"duplicate", "complementary"}


def test_a_pair_that_is_sure_is_not_called_perhaps_and_one_without_authority_is_unknown(findings: Findings) -> None:
    cells = mission_of(findings).overlap.cells
    sure = tuple(
        with_spell(c, pairs=tuple(replace(p, sure=True, kind=None) for p in c.spells[-1].pairs), delivered_pairs=())
        for c in cells
    )
    [shown] = tables(pages(SECTION, with_cells(findings, sure)))
    assert set(column(shown, "By mandate")) == {"Baghdad"}
    assert set(column(shown, "At a site")) == {"nowhere"}
    assert set(column(shown, "Together")) == {"unknown: an authority is not named"}
    assert "perhaps Baghdad" in " ".join(column(tables(pages(SECTION, findings))[0], "By mandate"))


def test_what_is_sure_of_one_institution_is_not_said_of_the_others(findings: Findings) -> None:
    ndu = "Iraqi National Defense University"
    made = tuple(
        with_spell(c, pairs=tuple(replace(p, sure=c.institution == ndu) for p in c.spells[-1].pairs))
        for c in mission_of(findings).overlap.cells
    )
    [shown] = tables(pages(SECTION, with_cells(findings, made)))
    said = dict(zip(column(shown, "Institutions"), column(shown, "By mandate"), strict=True))
    assert said[ndu] == "Baghdad"
    others = {where for who, where in said.items() if ndu not in who}
    assert others == {"perhaps Baghdad"}
    assert not any(ndu in who and who != ndu for who in said)


def test_where_no_two_missions_meet_the_page_says_so(findings: Findings) -> None:
    cells = tuple(with_spell(c, pairs=(), delivered_pairs=()) for c in mission_of(findings).overlap.cells)
    brief = pages(SECTION, with_cells(findings, cells))
    assert tables(brief) == []
    assert "no two missions meet" in to_html(brief)


def test_missions_without_a_task_are_named_as_unknown(findings: Findings) -> None:
    found = mission_of(findings)
    names = {line.mission_id: line.name for line in found.portfolio.lines}
    last = pages(SECTION, findings).annex[-1]
    assert isinstance(last, Paragraph)
    said = "".join(span.text for span in last.spans if not isinstance(span, str))
    assert found.overlap.silent
    assert all(names[m] in said for m in found.overlap.silent)
    assert "unknown, which is not nothing" in said
    spoken = changed(findings, overlap=replace(found.overlap, silent=()))
    assert "In no cell" not in to_html(pages(SECTION, spoken))


def test_without_a_task_all_is_unknown(findings: Findings) -> None:
    brief = pages(SECTION, with_cells(findings, ()))
    assert figures(brief) == []
    assert "What missions do twice is unknown" in to_html(brief)


def test_a_matrix_too_large_to_be_read_is_drawn_in_parts_that_lose_nothing(findings: Findings) -> None:
    cells = mission_of(findings).overlap.cells
    areas, functions = sorted({c.area for c in cells}), sorted({c.function for c in cells})
    apart = tuple(
        with_spell(
            c, delivered=SINGLE if areas.index(c.area) % len(functions) == functions.index(c.function) else NOBODY
        )
        for c in cells
    )
    brief = pages(SECTION, with_cells(findings, apart))
    parts = figures(brief)
    assert len(parts) > 1
    assert all(f'id="overlap-{i}-title"' in part.svg for i, part in enumerate(parts, start=1))
    assert all(f"part {i} of {len(parts)}" in part.alt for i, part in enumerate(parts, start=1))
    told = drawn(brief)
    assert len(told) == len({row for row, _, _ in told}) * len({(sense, head) for _, sense, head in told})


def test_provinces_of_a_numbered_group_are_named_below(findings: Findings) -> None:
    cells = mission_of(findings).overlap.cells
    areas = sorted({c.area for c in cells})
    some = tuple(with_spell(c, served=SINGLE if areas.index(c.area) < 5 else NOBODY, delivered=NOBODY) for c in cells)
    brief = pages(SECTION, with_cells(findings, some))
    assert "group 1, 5 provinces" in {head for _, _, head in drawn(brief)}
    assert all(province_name(area) in figures(brief)[0].caption for area in areas[:5])


def test_what_is_sure_is_said_of_those_institutions_alone(findings: Findings) -> None:
    """Two cells that are both unknown may differ in what is sure: neither speaks for the other."""
    cells = mission_of(findings).overlap.cells
    half = Covered(Cover.SINGLE, Cover.DUPLICATE, 1, 1)
    none = Covered(Cover.UNCOVERED, Cover.DUPLICATE, 0, 2)
    one = next(c.institution for c in cells if c.institution)
    made = tuple(with_spell(c, delivered=half if c.institution == one else none) for c in cells)
    lists = [b for b in pages(SECTION, with_cells(findings, made)).annex if isinstance(b, Bullets)]
    said = "".join(span.text for span in lists[0].items[0] if not isinstance(span, str))
    others = {c.institution for c in cells if c.institution} - {one}
    assert f"({one}) in all provinces" in said
    assert not any(str(other) in said for other in others)


def test_no_mission_no_page(findings: Findings) -> None:
    none = replace(findings, mission=None)
    assert SECTION.page(none) == SECTION.annex(none) == ()
    assert SECTION.page(findings) == ()
    assert isinstance(SECTION.annex(findings)[0], Heading)
