"""Commands: new, check."""

from __future__ import annotations

from importlib.metadata import entry_points
from math import cos, radians
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from shapely.geometry import Point

from tocsin.case import Finding, Known, Severity, check_case, resolve_case, write_case
from tocsin.cli.app import out, print_json
from tocsin.sources.outlines import Outlines
from tocsin.sources.province_names import province
from tocsin.sources.starter import starter_outlines, starter_table
from tocsin.vocabulary import Level

INPUT_IS_WRONG = 2
WIDTH_PIPED = 200
KM_A_DEGREE = 111.0


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
    findings = check_case(folder, known=_known())
    faults = sum(f.severity is Severity.FAULT for f in findings)
    if json:
        print_json({"case": name, "ok": faults == 0, "findings": [f.as_dict() for f in findings]})
    else:
        if findings:
            (out if out.is_terminal else Console(highlight=False, width=WIDTH_PIPED)).print(_table(findings))
        out.print(_verdict(name, faults, len(findings) - faults), markup=False, soft_wrap=True)
    return INPUT_IS_WRONG if faults else 0


def _known() -> Known:
    """What ships with Tocsin and a case can be held against: outlines and codes of countries, sections of the brief."""
    outlines = starter_outlines(Level.COUNTRY)
    return Known(
        inside=lambda country, lat, lon, margin_km: _inside(outlines, country, lat, lon, margin_km),
        countries=frozenset(starter_table("countries")["iso3"].drop_nulls()),
        sections=entry_points(group="tocsin.sections").names,
        in_province=lambda country, name, lat, lon, margin_km: _inside(
            starter_outlines(Level.ADMIN1), f"{country}/{province(country, name)}", lat, lon, margin_km
        ),
    )


def _inside(outlines: Outlines, area: str, lat: float, lon: float, margin_km: float) -> bool | None:
    """Whether a place lies within a margin of a country or province; None where it has no outline.

    The margin is in degrees of longitude at the place, so that it is never too narrow.
    """
    if area not in outlines.ids:
        return None
    degrees = margin_km / (KM_A_DEGREE * max(cos(radians(lat)), 0.01))
    return bool(outlines.of(area).distance(Point(lon, lat)) <= degrees)


def _table(findings: tuple[Finding, ...]) -> Table:
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
