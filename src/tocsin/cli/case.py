"""Commands: new, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.api.known import known_beyond
from tocsin.case import Finding, Severity, check_case, resolve_case, write_case
from tocsin.cli.app import out, print_json

INPUT_IS_WRONG = 2
WIDTH_PIPED = 200


def new(
    name: str,
    *,
    path: Annotated[Path | None, Parameter(name="--path")] = None,
    start_from: Annotated[str | None, Parameter(name="--from")] = None,
    json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Write a new case: a folder with a commented case.toml and a table for everything a case can hold.

    For example:

        tocsin new sahel

        tocsin new my-iraq --from iraq --path ~/cases/my-iraq

    Parameters
    ----------
    name
        Short name of the case: small letters, digits and hyphens.
    path
        The folder to make; NAME in the current folder unless given. A folder that exists is never written into.
    start_from
        A case to copy, by folder or bundled name (iraq); without it the tables are empty.
    json
        Print one JSON document: case, path.
    """
    folder = write_case(name, path or Path(name), start_from=start_from)
    if json:
        print_json({"case": name, "path": str(folder)})
        return
    out.print(f"wrote {folder}: begin with {folder / 'case.toml'}", markup=False, soft_wrap=True)
    out.print(f"then: tocsin check --case {folder}", markup=False, soft_wrap=True)


def check(
    *,
    case: Annotated[str, Parameter(name="--case")] = ".",
    json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Check a case whole, across its files: file, row, column, problem and mend of everything that is wrong.

    Leaves with 0 where there is no fault, and with 2 where there is one. Notes are no faults. Rows are numbered as a
    spreadsheet numbers them (the header is row 1); in YAML and TOML the line is given.

    For example:

        tocsin check --case iraq

        tocsin check --case my-case --json

    Parameters
    ----------
    case
        A case folder, or the name of a bundled case (iraq); the current folder unless given.
    json
        Print one JSON document: case, ok, findings (severity, file, row, column, problem, mend).
    """
    folder = resolve_case(case)
    name = folder.resolve().name
    findings = check_case(folder, known=known_beyond())
    faults = sum(f.severity is Severity.FAULT for f in findings)
    if json:
        print_json({"case": name, "ok": faults == 0, "findings": [f.as_dict() for f in findings]})
    else:
        if findings:
            (out if out.is_terminal else Console(highlight=False, width=WIDTH_PIPED)).print(table_of(findings))
        out.print(_verdict(name, faults, len(findings) - faults), markup=False, soft_wrap=True)
    return INPUT_IS_WRONG if faults else 0


def table_of(findings: tuple[Finding, ...]) -> Table:
    """What a check found, as a table."""
    table = Table("", "file", "row", "column", "problem", "mend", box=None, pad_edge=False, header_style="bold")
    for f in findings:
        style = "red" if f.severity is Severity.FAULT else "dim"
        cells = (f.severity.value, f.file, "" if f.row is None else str(f.row), f.column or "", f.problem, f.mend)
        table.add_row(*(escape(cell) for cell in cells), style=style)
    return table


def _verdict(name: str, faults: int, notes: int) -> str:
    def counted(n: int, word: str) -> str:
        return f"{n or 'no'} {word}{'' if n == 1 else 's'}"

    return f"{name}: {counted(faults, 'fault')}, {counted(notes, 'note')}"
