"""Positions on a question from a sheet beside it: one row a party, in place of the list in the YAML file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tocsin.case.cells import Basis, Frozen, Names, Number, Words, column, required
from tocsin.case.finding import Finding, did_you_mean, quoted
from tocsin.case.from_sheet import ENDS, FromSheet, read_sheet
from tocsin.case.tables import Table
from tocsin.case.validate import typed_rows

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case.read_yaml import Page

SPREADS = ("position", "salience", "influence")
OWN = ("actor", "name", "source_id", "basis", "judged", "votes", "votes_why", "note")
SHEETS = (".csv", ".xlsx")


class PositionRow(Frozen):
    """A party's position as a row: each range is three cells."""

    actor: Words = required("id of the actor")
    name: Words | None = column("the party as the question names it, where that differs from the actor's name")
    position_low: Number = required("lowest point on the scale")
    position_mid: Number = required("middle point on the scale")
    position_high: Number = required("highest point on the scale")
    salience_low: Number = required("how much the party cares, 0..1: lowest")
    salience_mid: Number = required("how much the party cares, 0..1: middle")
    salience_high: Number = required("how much the party cares, 0..1: highest")
    influence_low: Number = required("how much the party counts, 0..1: lowest")
    influence_mid: Number = required("how much the party counts, 0..1: middle")
    influence_high: Number = required("how much the party counts, 0..1: highest")
    source_id: Words | None = column("the source of the position")
    basis: Basis = required("stated, reported or judgement: what the direction of the position rests on")
    judged: Names = column("position, salience or influence where it is our own reading, separated by ;", default=())
    votes: bool | None = column("true or false: has a vote in the formal decision; unknown where empty")
    votes_why: Words | None = column("what it rests on that the party has a vote, or none")
    note: Words | None = column("anything a reader should know")


POSITIONS = Table("positions", PositionRow)


def with_positions(page: Page, folder: Path) -> tuple[Page, tuple[Finding, ...]]:
    """The page with the positions of the sheet it names; as it was where it lists them itself.

    Args:
        page: a question as read from YAML.
        folder: the folder the question lies in.

    Returns:
        The page, and what is wrong with the sheet. Positions of rows that could not be read are left out.
    """
    named = page.values.get("positions")
    if not isinstance(named, str):
        return page, ()
    there = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in SHEETS)
    if named not in there:
        return _without(page), (_no_sheet(page, named, there),)
    file = f"{PurePath(page.file).parent}/{named}"
    sheet, findings = read_sheet(folder / named, POSITIONS, name=file)
    if findings:
        return _without(page), findings
    rows, findings = typed_rows(sheet, POSITIONS)
    places: dict[Any, int] = {("positions", n): number for n, (number, _) in enumerate(rows)}
    values = {**page.values, "positions": [_position(row) for _, row in rows]}
    return replace(page, values=values, sheet=FromSheet(file, places, {key: f"{key}_low" for key in SPREADS})), findings


def _position(row: PositionRow) -> dict[str, Any]:
    """A row as the YAML file would say it."""
    own = {key: getattr(row, key) for key in OWN}
    return {**own, **{key: [getattr(row, f"{key}_{end}") for end in ENDS] for key in SPREADS}}


def _without(page: Page) -> Page:
    return replace(page, values={key: value for key, value in page.values.items() if key != "positions"})


def _no_sheet(page: Page, named: str, there: list[str]) -> Finding:
    problem = f"the sheet {quoted(named)} is not beside the question"
    mend = f"write a list of positions, or put a .csv or .xlsx file there; {did_you_mean(named, there)}"
    return page.fault(("positions",), problem, mend)
