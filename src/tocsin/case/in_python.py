"""A case given in Python: the same models, the same checks and the same messages as for a folder of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from tocsin.case.checks import across_files
from tocsin.case.draft import NOTHING_MORE, PYTHON_SETTINGS, Draft, Known
from tocsin.case.elicited import Elicited, elicited_faults
from tocsin.case.finding import Finding, Severity, did_you_mean, fault, in_reading_order, note, quoted
from tocsin.case.folder import case_of_draft, own_files, problem_of
from tocsin.case.pages import CHOICES, QUESTIONS, pages_of
from tocsin.case.read_table import NOT_VALUES, Sheet
from tocsin.case.read_yaml import Page, key_words
from tocsin.case.settings import CaseSettings
from tocsin.case.tables import TABLES
from tocsin.case.validate import typed_records, validated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.case import Case
    from tocsin.case.draft import NUMBERED
    from tocsin.case.options import Choice
    from tocsin.case.questions import Question
    from tocsin.case.tables import Table

Row = Mapping[str, object]
Record = tuple[int, dict[str, object]]


def case_of(
    settings: Mapping[str, object],
    tables: Mapping[str, Sequence[Row]],
    *,
    questions: Sequence[Mapping[str, object] | Question] = (),
    choices: Sequence[Mapping[str, object] | Choice] = (),
    elicited: Sequence[Mapping[str, object] | Elicited] = (),
    known: Known = NOTHING_MORE,
    name: str = "case",
    folder: str | Path = ".",
) -> Case:
    """A case from values in Python, checked as a folder is.

    Args:
        settings: what case.toml would say, section by section; `name` is taken from the argument where it is left out.
        tables: rows by table; a value is text as in a file, or a date, number, list or word of the vocabulary as it is.
            None and an empty text are unknown, as is a column left out.
        questions: what the files of questions/ would say.
        choices: what the files of options/ would say.
        elicited: what the files of elicited/ would say, with `expert` and `about` (the id of a question or choice).
        known: as for `read_case`.
        name: what messages call the case.
        folder: where files that the settings name are looked for; the current folder unless given.

    Raises:
        CaseProblem: the case has faults; the message lists every one. Rows are counted from 1.

    Example:
        >>> case = case_of(
        ...     {"title": "Sahel", "level": "country", "areas": {"countries": ["MLI"]}},
        ...     {"missions": [{"mission_id": "eutm", "name": "EU Training Mission", "start": 2013, "basis": "judgement"}]},
        ...     name="sahel",
        ... )
        >>> case.missions[0].name, case.missions[0].personnel, case.sites
        ('EU Training Mission', None, ())
    """
    said = {"name": name, **settings}
    draft, findings = _gather(said, tables, questions, choices, elicited, known=known, folder=Path(folder))
    faults = [finding for finding in findings if finding.severity is Severity.FAULT]
    if faults or draft.settings is None:
        raise problem_of(name, faults, hint="check_case_of gives the same as a list")
    return case_of_draft(draft, draft.settings, folder=Path(folder))


def check_case_of(
    settings: Mapping[str, object],
    tables: Mapping[str, Sequence[Row]],
    *,
    questions: Sequence[Mapping[str, object] | Question] = (),
    choices: Sequence[Mapping[str, object] | Choice] = (),
    elicited: Sequence[Mapping[str, object] | Elicited] = (),
    known: Known = NOTHING_MORE,
    name: str = "case",
    folder: str | Path = ".",
) -> tuple[Finding, ...]:
    """Everything that is wrong with a case given in Python, and what should be known of it; arguments as of `case_of`.

    Example:
        >>> settings = {"title": "Sahel", "level": "country", "areas": {"countries": ["MLI"]}}
        >>> found = check_case_of(settings, {"sites": [{"site_id": "koulikoro", "mission_id": "eutm", "name": "Koulikoro",
        ...                                             "basis": "judgement"}]})
        >>> [(f.place, f.problem) for f in found if f.severity == "fault"]
        [('sites, row 1, column mission_id', "no mission is called 'eutm'")]
    """
    said = {"name": name, **settings}
    return _gather(said, tables, questions, choices, elicited, known=known, folder=Path(folder))[1]


def settings_of(case: Case) -> dict[str, object]:
    """A case's settings as `case_of` takes them.

    Example:
        >>> from tocsin.case import read_case
        >>> settings_of(read_case("iraq"))["areas"]["countries"]
        ('IRQ',)
    """
    return {name: _plain(value) for name, value in case.settings if value is not None}


def tables_of(case: Case) -> dict[str, list[dict[str, object]]]:
    """A case's tables as `case_of` takes them: what is known of each row, by column.

    Example:
        >>> from tocsin.case import read_case
        >>> tables_of(read_case("iraq"))["missions"][1]["name"]
        'NATO Mission Iraq'
    """
    return {name: [_filled(row) for row in getattr(case, name)] for name in TABLES}


def _filled(row: BaseModel) -> dict[str, object]:
    return {column: value for column, value in row if value is not None and value != ()}


def _plain(value: object) -> object:
    return {k: _plain(v) for k, v in value if v is not None} if isinstance(value, BaseModel) else value


def _gather(
    settings: Mapping[str, object], tables: Mapping[str, Sequence[Row]], questions: Sequence[object],
    choices: Sequence[object], elicited: Sequence[object], *, known: Known, folder: Path,
) -> tuple[Draft, tuple[Finding, ...]]:  # fmt: skip
    """Take everything as far as it goes."""
    said, errors = validated(CaseSettings, dict(settings))
    found = [fault(PYTHON_SETTINGS, what, mend, column=key_words(at)) for at, what, mend in errors]
    found += [*own_files(folder, said, text="", file=PYTHON_SETTINGS), *_tables_of_no_case(tables)]
    sheets: dict[str, Sheet] = {}
    rows: dict[str, NUMBERED] = {}
    for table in TABLES.values():
        records, faults = _records(table, tables.get(table.name))
        sheets[table.name] = Sheet(table.name, table.columns, tuple((n, _as_text(cells)) for n, cells in records))
        rows[table.name], more = typed_records(table.name, records, table)
        found += [*faults, *more]
    asked, faults_q = pages_of(questions, QUESTIONS)
    chosen, faults_c = pages_of(choices, CHOICES)
    gave, faults_e = _elicited(elicited, {value.id: value for _, value in (*chosen, *asked)})
    draft = Draft(said, "", sheets, rows, asked, chosen, gave, settings_file=PYTHON_SETTINGS)
    return draft, in_reading_order([*found, *faults_q, *faults_c, *faults_e, *across_files(draft, known=known)])


def _elicited(
    given: Sequence[object], about: Mapping[str, Question | Choice]
) -> tuple[tuple[tuple[Page, Elicited], ...], list[Finding]]:
    """What experts gave, typed, and what is wrong with it."""
    good: list[tuple[Page, Elicited]] = []
    findings: list[Finding] = []
    for number, values in enumerate(given, start=1):
        page = Page(f"elicited/{number}", {})
        value, errors = validated(Elicited, values)
        if value is not None and value.about not in about:
            problem = f"no question or choice is called {quoted(value.about)}"
            errors = ((("about",), problem, did_you_mean(value.about, about)),)
        elif value is not None:
            errors = tuple(elicited_faults(value, about[value.about]))
            good.append((page, value))
            if (value.expert, value.about) in [(v.expert, v.about) for _, v in good[:-1]]:
                problem = f"the expert {quoted(value.expert)} stands twice on {quoted(value.about)}"
                errors += ((("expert",), problem, "keep one of the two, or call the second otherwise"),)
        findings += [page.fault(*error) for error in errors]
    return tuple(good), findings


def _tables_of_no_case(tables: Mapping[str, object]) -> Iterator[Finding]:
    for name in tables:
        if name not in TABLES:
            yield fault(str(name), "no table of a case is called this", did_you_mean(str(name), TABLES))


def _records(table: Table, given: object) -> tuple[list[Record], list[Finding]]:
    """The filled cells of each row, counted from 1, and what is no row, no column or no value."""
    if given is None:
        header = ", ".join(table.columns)
        return [], [note(table.name, "the table is not there: all of it is unknown", f"its columns are {header}")]
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        return [], [fault(table.name, "this is no list of rows", "give a list with one mapping a row")]
    records: list[Record] = []
    findings: list[Finding] = []
    for number, row in enumerate(given, start=1):
        cells, faults = _cells(table, row, number)
        findings += faults
        if cells:
            records.append((number, cells))
    return records, findings


def _cells(table: Table, row: object, number: int) -> tuple[dict[str, object], list[Finding]]:
    if isinstance(row, BaseModel):
        row = _filled(row)
    if not isinstance(row, Mapping):
        problem, mend = "this is no row: it has no columns", "give a mapping; of a polars frame, frame.to_dicts()"
        return {}, [fault(table.name, problem, mend, row=number)]
    cells: dict[str, object] = {}
    findings = []
    for column, given in row.items():
        value = _value(given)
        if column not in table.columns:
            problem, mend = (
                f"no column of this table is called {quoted(column)}",
                did_you_mean(str(column), table.columns),
            )
            findings.append(fault(table.name, problem, mend, row=number, column=str(column)))
        elif isinstance(value, bool) or str(value).strip().lower() in NOT_VALUES:
            mend = "leave the cell empty where it is unknown"
            findings.append(fault(table.name, f"{quoted(value)} is no value", mend, row=number, column=column))
        elif not _is_unknown(value):
            cells[column] = value
    return cells, findings


def _is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple, set, frozenset)) and not value)


def _value(given: object) -> object:
    """A value as a row holds it: text without blanks around it, and a number of numpy as Python's own."""
    if isinstance(given, str):
        return given if isinstance(given, Enum) else given.strip()
    own = getattr(given, "item", None)
    return own() if callable(own) and getattr(given, "shape", None) == () else given


def _as_text(cells: Mapping[str, object]) -> dict[str, str]:
    """Cells as a file would hold them, for checks that compare ids."""
    return {
        column: "; ".join(str(part) for part in value)
        if isinstance(value, (list, tuple, set, frozenset))
        else str(value)
        for column, value in cells.items()
    }
