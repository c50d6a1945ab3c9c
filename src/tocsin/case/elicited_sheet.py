"""What one expert gave, as rows of a sheet: the form that is filled in, and the reading of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tocsin.case.cells import Day, Frozen, Number, Words, column, required
from tocsin.case.finding import Finding, fault, quoted
from tocsin.case.from_sheet import FromSheet, read_sheet, three_cells
from tocsin.case.questions import Question
from tocsin.case.read_yaml import Page
from tocsin.case.tables import Table
from tocsin.case.validate import typed_rows
from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tocsin.case.options import Choice

NO_NAMES: Mapping[str, str] = MappingProxyType({})
SPREADS = ("position", "salience", "influence")


class PartyRow(Frozen):
    """A row of the form for a question: one party."""

    actor: Words = required("id of the actor")
    name: Words | None = column("what it is called; for the expert to read")
    unit: Words | None = column("the scale; for the expert to read")
    position_low: Number | None = column("lowest point on the scale")
    position_mid: Number | None = column("middle point")
    position_high: Number | None = column("highest point")
    salience_low: Number | None = column("how much the party cares, 0..1: lowest")
    salience_mid: Number | None = column("middle")
    salience_high: Number | None = column("highest")
    influence_low: Number | None = column("how much the party counts, 0..1: lowest")
    influence_mid: Number | None = column("middle")
    influence_high: Number | None = column("highest")
    who: Words | None = column("the expert's role; in the first row is enough")
    when: Day | None = column("when it was given; in the first row is enough")
    note: Words | None = column("anything a reader should know")


class EffectRow(Frozen):
    """A row of the form for a choice: an option and a criterion, or a criterion alone, to be ranked."""

    option: Words | None = column("id of the option; empty where the criterion is ranked")
    criterion: Words = required("id of the criterion")
    name: Words | None = column("what is asked; for the expert to read")
    unit: Words | None = column("unit of the values; for the expert to read")
    low: Number | None = column("lowest value of the criterion")
    mid: Number | None = column("middle value")
    high: Number | None = column("highest value")
    rank: Annotated[int, Field(ge=1)] | None = column("1 is the most important criterion; the same number counts alike")
    who: Words | None = column("the expert's role; in the first row is enough")
    when: Day | None = column("when it was given; in the first row is enough")
    note: Words | None = column("anything a reader should know")


PARTIES = Table("parties", PartyRow)
EFFECTS = Table("effects", EffectRow)


def form_of(
    about: Question | Choice, *, names: Mapping[str, str] = NO_NAMES
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The form for one expert: its header and its rows, with nobody's values in them.

    Args:
        about: the question or choice it asks about.
        names: what readers call each actor, by id.

    Example:
        >>> from tocsin.case import read_case
        >>> header, rows = form_of(read_case("iraq").questions[0], names={"us": "United States"})
        >>> header[:4], rows[0][:4]
        (('actor', 'name', 'unit', 'position_low'), ('us', 'United States', '0 to 100 percent of present strength', ''))
    """
    if isinstance(about, Question):
        scale = scale_words(about)
        cells = [{"actor": p.actor, "name": p.name or names.get(p.actor, ""), "unit": scale} for p in about.positions]
        table = PARTIES
    else:
        cells, table = list(_asked(about)), EFFECTS
    return table.columns, tuple(tuple(row.get(c, "") for c in table.columns) for row in cells)


def scale_words(question: Question) -> str:
    """The scale as a form says it: `0 to 60 months`."""
    return f"{question.scale.low:g} to {question.scale.high:g} {question.scale.unit}"


def _asked(choice: Choice) -> Iterator[dict[str, str]]:
    for option in choice.options:
        for criterion in choice.criteria:
            name = f"{option.name}: {criterion.name}"
            yield {"option": option.id, "criterion": criterion.id, "name": name, "unit": criterion.unit}
    for criterion in choice.criteria:
        name = f"rank of {criterion.name} (1: most important)"
        yield {"criterion": criterion.id, "name": name}


def write_form(about: Question | Choice, path: str | Path, *, names: Mapping[str, str] = NO_NAMES) -> Path:
    """Write the form for one expert as CSV, to be filled in with any spreadsheet.

    Args:
        about: the question or choice it asks about.
        path: a .csv file that is not there yet; its name is what the expert is called.
        names: what readers call each actor, by id.

    Returns:
        The file.

    Raises:
        FileProblem: the file is there already, is no .csv, or cannot be written.
    """
    place = Path(path)
    if place.suffix.lower() != ".csv":
        hint = "name a .csv file: spreadsheets open it, and what they save as .xlsx is read too"
        raise FileProblem("a form is written as CSV", where=Where(place), hint=hint)
    header, rows = form_of(about, names=names)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    try:
        with place.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text.getvalue())
    except FileExistsError as error:
        hint = "choose another name: a form may have been filled in already"
        raise FileProblem("this exists already, and is left as it is", where=Where(place), hint=hint) from error
    except OSError as error:
        hint = "choose a folder that is there and can be written to"
        raise FileProblem(f"the form cannot be written: {error.strerror}", where=Where(place), hint=hint) from error
    return place


def read_filled(path: Path, about: Question | Choice, *, name: str) -> tuple[Page, tuple[Finding, ...]]:
    """Read a form that was filled in.

    Args:
        path: the file, .csv or .xlsx.
        about: what it asks about.
        name: its path within the case folder, as findings name it.

    Returns:
        The keys that a YAML file would have, each with its row, and what is wrong with the sheet.
    """
    table = PARTIES if isinstance(about, Question) else EFFECTS
    sheet, findings = read_sheet(path, table, name=name)
    if findings:
        return Page(name, {}), findings
    rows, findings = typed_rows(sheet, table)
    values, places, faults = _positions(rows, name) if table is PARTIES else _effects(rows, name)
    head, more = _head(rows, name)
    columns = {key: f"{key}_low" for key in SPREADS} | {"range": "low", "order": "rank"}
    page = Page(name, {**head, **values}, sheet=FromSheet(name, places, columns))
    return page, (*findings, *faults, *more, *_other_units(rows, about, name))


def _other_units(rows: Iterable[tuple[int, Any]], about: Question | Choice, name: str) -> Iterator[Finding]:
    """Units that are not those asked in: changed by whoever filled the form in, or in the case since it was written."""
    if isinstance(about, Question):
        scale = scale_words(about)
        asked = {party.actor: scale for party in about.positions}
    else:
        asked = {criterion.id: criterion.unit for criterion in about.criteria}
    for number, row in rows:
        own = asked.get(row.actor if isinstance(row, PartyRow) else row.criterion)
        if row.unit is not None and own is not None and row.unit.split() != own.split():
            problem = f"{quoted(row.unit)} stands here, and {about.id} asks in {quoted(own)}"
            mend = "have the values given anew in the case's unit, and write it here as the form does"
            yield fault(name, problem, mend, row=number, column="unit")
            if isinstance(about, Question):
                return


def _head(rows: Iterable[tuple[int, Any]], name: str) -> tuple[dict[str, object], list[Finding]]:
    """Who gave it and when, which any row may say and no two may say differently."""
    head: dict[str, object] = {}
    findings = []
    for number, row in rows:
        for key in ("who", "when"):
            value = getattr(row, key)
            if value is not None and head.setdefault(key, value) != value:
                problem = f"'{value}' stands here, and '{head[key]}' above"
                mend = "a sheet is one expert's, of one day: write it in the first row only"
                findings.append(fault(name, problem, mend, row=number, column=key))
    return head, findings


def _positions(rows: Iterable[tuple[int, Any]], name: str) -> tuple[dict[str, Any], dict[Any, int], list[Finding]]:
    placed: list[dict[str, Any]] = []
    places: dict[Any, int] = {}
    findings: list[Finding] = []
    for number, row in rows:
        cells: dict[str, Any] = {"actor": row.actor, "note": row.note}
        for key in SPREADS:
            cells[key], wrong = three_cells(row, f"{key}_")
            if wrong is not None:
                findings.append(fault(name, wrong[1], wrong[2], row=number, column=wrong[0]))
        places["positions", len(placed)] = number
        placed.append(cells)
    return {"positions": placed}, places, findings


def _effects(rows: Iterable[tuple[int, Any]], name: str) -> tuple[dict[str, Any], dict[Any, int], list[Finding]]:
    expected: list[dict[str, Any]] = []
    ranked: list[tuple[int, str]] = []
    places: dict[Any, int] = {}
    findings: list[Finding] = []
    for number, row in rows:
        span, wrong = three_cells(row)
        if wrong is None and row.option is None and span is not None:
            wrong = "option", "a range stands in a row without option", "write the option, or empty the range"
        if wrong is None and row.option is not None and row.rank is not None:
            wrong = "rank", "a rank stands in the row of an option", "rank criteria in the rows without option"
        if wrong is not None:
            findings.append(fault(name, wrong[1], wrong[2], row=number, column=wrong[0]))
        elif row.option is not None:
            places["effects", len(expected)] = number
            expected.append({"option": row.option, "criterion": row.criterion, "range": span, "note": row.note})
        elif row.rank is not None:
            places.setdefault(("orders", 0), number)
            ranked.append((row.rank, row.criterion))
    order = [[c for r, c in ranked if r == rank] for rank in sorted({rank for rank, _ in ranked})]
    return {"effects": expected, "orders": [{"order": order}] if order else []}, places, findings
