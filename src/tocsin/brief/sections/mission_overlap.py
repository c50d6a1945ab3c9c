"""What missions do twice, what one does alone, and what nobody does: function by institution by province."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tocsin.brief.blocks import Bullets, Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import OVERLAP, Frame, MatrixCell, matrix_chart
from tocsin.brief.charts.matrix import MOST_COLUMNS, MOST_ROWS
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import listed
from tocsin.mission.overlap import Cover
from tocsin.vocabulary import province_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
    from tocsin.brief.blocks import Block
    from tocsin.mission.overlap import Covered, Overlap, OverlapCell, Pairing, Spell

Sense = Literal["served", "delivered"]

SENSES: dict[Sense, str] = {"served": "by mandate", "delivered": "at a site"}
FEW = 3
"""A group of at most so many provinces is named at the head of its column."""

UNSETTLED = (
    "Unknown: a task may fall there, but its row names no institution, province, authority or date, or nobody knows "
    "whether its site works"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A function with the institutions whose cells are alike in every province."""

    name: str
    spells: dict[str, Spell]


@dataclass(frozen=True, slots=True)
class _Group:
    """Provinces whose cells are alike in every row."""

    sense: Sense
    areas: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two missions that meet in a function, with the provinces in which they do, each with whether that is sure."""

    function: str
    missions: tuple[str, str]
    tasks: tuple[str, str]
    kind: Cover | None
    served: frozenset[tuple[str, bool]]
    delivered: frozenset[tuple[str, bool]]

    @property
    def order(self) -> tuple[object, ...]:
        """Those that do the same first, then those whose authority is unknown."""
        return (
            self.kind is not Cover.DUPLICATE, self.kind is not None, self.function, self.missions, self.tasks,
            sorted(self.served), sorted(self.delivered),
        )  # fmt: skip


def annex(findings: Findings) -> tuple[Block, ...]:
    """The matrix, what is sure, and the missions that meet."""
    found = findings.mission
    if found is None:
        return ()
    done = found.overlap
    head = Heading("What missions do twice, and what nobody does", id="overlap")
    if not done.cells:
        return head, Paragraph("No row of the case names a task. What missions do twice is unknown."), *_silent(found)
    rows = _rows(done)
    groups = [g for sense in SENSES for g in _groups(sense, rows)]
    return (
        head, *_figures(done, rows, groups), Bullets(tuple(_sure(done))), *_pairs(found), *_silent(found)
    )  # fmt: skip


def mission_name(found: MissionFindings, mission: str) -> str:
    """A mission's name; its id where the case's missions do not hold it."""
    return next((line.name for line in found.portfolio.lines if line.mission_id == mission), mission)


def _spell(cell: OverlapCell) -> Spell:
    """A cell as it is at the end of the months looked at."""
    return cell.spells[-1]


def _rows(done: Overlap) -> list[_Row]:
    """Cells by function, institutions alike drawn together."""
    by_function: dict[str, dict[str | None, dict[str, Spell]]] = defaultdict(lambda: defaultdict(dict))
    for cell in done.cells:
        by_function[cell.function][cell.institution][cell.area] = _spell(cell)
    return [
        _Row(f"{function}: {_label(names, function, done)}", institutions[names[0]])
        for function, institutions in by_function.items()
        for names in _alike(institutions)
    ]


def _alike(institutions: dict[str | None, dict[str, Spell]]) -> list[list[str | None]]:
    """Institutions whose cells are in the same state in every province."""
    alike: dict[tuple[tuple[str, ...], ...], list[str | None]] = defaultdict(list)
    for institution, spells in institutions.items():
        alike[tuple((a, s.served.state, s.delivered.state) for a, s in sorted(spells.items()))].append(institution)
    return list(alike.values())


def _label(names: Iterable[str | None], function: str, done: Overlap) -> str:
    """Institutions in few words."""
    some = set(names)
    every = {c.institution for c in done.cells}
    of_function = {c.institution for c in done.cells if c.function == function}
    if some == of_function and len(some) > 1:
        return "all institutions"
    if some == every - {None} and len(some) > 1:
        return "each institution named"
    return listed([*sorted(name for name in some if name), *(["no institution named"] if None in some else [])])


def _groups(sense: Sense, rows: Sequence[_Row]) -> list[_Group]:
    """Provinces that are alike in every row; the largest group stands last."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for area in rows[0].spells:
        alike[tuple(_covered(row.spells[area], sense).state for row in rows)].append(area)
    sets = sorted(alike.values(), key=lambda areas: (len(areas), areas))
    return [_Group(sense, tuple(areas), _head(areas, nth=i, of=len(sets))) for i, areas in enumerate(sets, start=1)]


def _head(areas: Sequence[str], *, nth: int, of: int) -> str:
    """What a column is headed: names where they are few; groups that are neither few nor the rest are numbered."""
    if len(areas) <= FEW:
        return listed(map(province_name, areas))
    if nth < of:
        return f"group {nth}, {len(areas)} provinces"
    return f"{len(areas)} other provinces" if of > 1 else f"all {len(areas)} provinces"


def _covered(spell: Spell, sense: Sense) -> Covered:
    return spell.served if sense == "served" else spell.delivered


def _figures(done: Overlap, rows: Sequence[_Row], groups: Sequence[_Group]) -> list[Figure]:
    """As many pictures as are needed for each to be read."""
    sheets = [(rows[r], groups[g]) for r in _parts(len(rows), MOST_ROWS) for g in _parts(len(groups), MOST_COLUMNS)]
    return [_figure(done, r, g, nth=i, of=len(sheets)) for i, (r, g) in enumerate(sheets, start=1)]


def _parts(count: int, most: int) -> list[slice]:
    """Runs as even as they can be, none longer than the most."""
    runs = -(-count // most)
    each = -(-count // runs)
    return [slice(i, i + each) for i in range(0, count, each)]


def _figure(done: Overlap, rows: Sequence[_Row], groups: Sequence[_Group], *, nth: int, of: int) -> Figure:
    cells = [(row.name, [MatrixCell(_covered(row.spells[g.areas[0]], g.sense).state) for g in groups]) for row in rows]
    part = f", part {nth} of {of}" if of > 1 else ""
    title = f"Who does what where, {done.last.words}{part}"
    named = [c for c in dict.fromkeys(cell.institution for cell in done.cells) if c]
    numbered = [f"{g.label.capitalize()} ({SENSES[g.sense]}): {listed(map(province_name, g.areas))}"
                for g in groups if g.label.startswith("group ")]  # fmt: skip
    said = [
        f"Functions and institutions by province in {done.last.words}, by the mandates and sites of the case",
        "By mandate: whom a task serves. At a site: what is done at a site of a mission there",
        UNSETTLED,
        "Uncovered: by no task on file; a mission whose tasks are not on file may do it all the same",
        f"Institutions named: {listed(named)}" if named else "No institution is named",
        *numbered,
    ]
    return Figure(
        matrix_chart(cells, [f"{SENSES[g.sense]}: {g.label}" for g in groups], frame=Frame(f"overlap-{nth}", title),
                     states=OVERLAP),
        caption=". ".join(said) + ".",
        alt=f"Matrix of functions and institutions by groups of provinces in {done.last.words}: uncovered, single, "
        f"complementary, duplicate or unknown{part}.",
    )  # fmt: skip


def _sure(done: Overlap) -> Iterable[tuple[Strong | Text, ...]]:
    """What the rows settle, as short lists."""
    site = _where(done, lambda s: s.delivered.least is not Cover.UNCOVERED)
    nobody = _where(done, lambda s: s.served.most is Cover.UNCOVERED)
    twice = _where(done, lambda s: Cover.DUPLICATE in (s.served.least, s.delivered.least))
    yield Strong("Surely done at a site: "), Text(site)
    yield Strong("In no mandate on file: "), Text(nobody)
    yield Strong("Surely done twice: "), Text(twice)


def _where(done: Overlap, holds: Callable[[Spell], bool]) -> str:
    """Functions, institutions and provinces of the cells for which something holds."""
    cells: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for cell in done.cells:
        if holds(_spell(cell)):
            cells[cell.function, cell.institution].append(cell.area)
    alike: dict[tuple[str, tuple[str, ...]], list[str | None]] = defaultdict(list)
    for (function, institution), areas in cells.items():
        alike[function, tuple(areas)].append(institution)
    return (
        "; ".join(
            f"{function} ({_label(names, function, done)}) in {_provinces(set(areas), of=done)}"
            for (function, areas), names in alike.items()
        )
        or "nothing that the rows settle"
    ) + "."


def _pairs(found: MissionFindings) -> tuple[Block, ...]:
    """The missions that meet or may meet, those that do the same first."""
    done = found.overlap
    met = _met(done)
    if not met:
        return (Paragraph(f"In {done.last.words} no two missions meet in any cell, surely or perhaps."),)
    rows = [
        (
            Cell(one.function), Cell(_label(institutions, one.function, done)),
            Cell(listed(f"{mission_name(found, m)} ({t})" for m, t in zip(one.missions, one.tasks, strict=True))),
            Cell("unknown: an authority is not named" if one.kind is None else one.kind.value),
            Cell(_areas(one.served, of=done)), Cell(_areas(one.delivered, of=done)),
        )
        for one, institutions in sorted(met.items(), key=lambda item: item[0].order)
    ]  # fmt: skip
    return (
        Table(
            f"What missions do twice or may do twice, {done.last.words}, by the mandates and sites of the case",
            (
                Column("Function"), Column("Institutions"), Column("Missions", unit="and their tasks"),
                Column("Together"), Column("By mandate"), Column("At a site"),
            ),
            tuple(rows),
            note="Duplicate: both hold the same authority, such as advice. Complementary: each another. Perhaps: a row "
            "leaves open whether both fall in the same cell on the same day.",
        ),
    )  # fmt: skip


def _met(done: Overlap) -> dict[_Meeting, set[str | None]]:
    """Each meeting with the institutions for which it is the same: what is sure of one is not said of another."""
    where: dict[tuple[str, str | None, Pairing], dict[Sense, set[tuple[str, bool]]]] = defaultdict(
        lambda: {"served": set(), "delivered": set()}
    )
    for cell in done.cells:
        spell = _spell(cell)
        for sense, pairs in zip(SENSES, (spell.pairs, spell.delivered_pairs), strict=True):
            for pair in pairs:
                where[cell.function, cell.institution, replace(pair, sure=False)][sense].add((cell.area, pair.sure))
    met: dict[_Meeting, set[str | None]] = defaultdict(set)
    for (function, institution, pair), areas in where.items():
        served, delivered = (frozenset(areas[sense]) for sense in SENSES)
        met[_Meeting(function, pair.missions, pair.tasks, pair.kind, served, delivered)].add(institution)
    return met


def _areas(met: frozenset[tuple[str, bool]], *, of: Overlap) -> str:
    """Provinces where two missions meet, the sure ones first."""
    sure = {area for area, is_sure in met if is_sure}
    perhaps = {area for area, _ in met} - sure
    said = [f"{word}{_provinces(some, of=of)}" for word, some in (("", sure), ("perhaps ", perhaps)) if some]
    return "; ".join(said) or "nowhere"


def _provinces(areas: AbstractSet[str], *, of: Overlap) -> str:
    """Provinces by name; where all but a few are among them, those that are not."""
    every = {c.area for c in of.cells}
    left = every - areas
    if not left:
        return "all provinces"
    if len(left) <= FEW < len(areas):
        return f"all provinces but {listed(map(province_name, sorted(left)))}"
    return listed(map(province_name, sorted(areas)))


def _silent(found: MissionFindings) -> tuple[Block, ...]:
    silent = found.overlap.silent
    if not silent:
        return ()
    names = listed(mission_name(found, m) for m in silent)
    return (
        Paragraph((
            Strong("In no cell: "),
            Text(f"{names}. No row of the case names a task of theirs: what they do is unknown, which is not nothing."),
        )),
    )  # fmt: skip


SECTION = Section("overlap", nothing, annex)
