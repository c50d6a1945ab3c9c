"""Reading a table of a case from CSV or XLSX into text cells; what cannot be read becomes findings."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.finding import Finding, did_you_mean, fault, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.case.tables import Table

DELIMITERS = ",;\t"
NOT_VALUES = frozenset(
    (
        "nan",
        "inf",
        "+inf",
        "-inf",
        "infinity",
        "-infinity",
        "null",
        "n/a",
        "#n/a",
        "#value!",
        "#ref!",
        "#div/0!",
        "#name?",
    )
)
OTHER_KINDS = {
    b"PK\x03\x04": "a workbook or zip file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"\x1f\x8b": "a gzip file", b"PAR1": "a Parquet file", b"SQLite": "a database",
}  # fmt: skip
BYTES_PER_FILE = 50_000_000
SAVE_AGAIN = "save the table again as 'CSV UTF-8', or as .xlsx"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text, before anything is made of it.

    Attributes:
        file: path within the case folder.
        columns: known columns the file has.
        records: row number as a spreadsheet shows it, and the filled cells by column.
    """

    file: str
    columns: tuple[str, ...]
    records: tuple[tuple[int, dict[str, str]], ...] = ()


def read_table(path: Path, table: Table) -> tuple[Sheet, tuple[Finding, ...]]:
    """Read one table.

    Args:
        path: a .csv (comma, semicolon or tab, UTF-8 with or without byte order mark) or .xlsx file.
        table: the table it should hold.

    Returns:
        The sheet, with the rows that could be read, and what is wrong with the file, its header and its cells.
    """
    rows, findings = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path, table)
    if findings:
        return Sheet(path.name, ()), findings
    return _sheet(path.name, rows, table)


def _csv_rows(path: Path, table: Table) -> tuple[list[list[str]], tuple[Finding, ...]]:
    raw = path.read_bytes()
    other = _of_another_kind(path.name, raw)
    if other is not None:
        return [], (other,)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        problem = f"this row is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        return [], (fault(path.name, problem, SAVE_AGAIN, row=row),)
    if not text.strip():
        return [], (_empty(path.name, table),)
    return _split(path.name, text, table)


def _of_another_kind(name: str, raw: bytes) -> Finding | None:
    """The finding for bytes that are no CSV at all."""
    for start, kind in OTHER_KINDS.items():
        if raw.startswith(start):
            return fault(name, f"this is {kind}, not CSV", SAVE_AGAIN)
    if raw.lstrip()[:1] in {b"<", b"{"}:
        return fault(name, "this is a web page or JSON, not CSV", "put the table itself here")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:2000]:
        return fault(name, "this is not UTF-8 text (it looks like UTF-16, Excel's 'Unicode text')", SAVE_AGAIN)
    if len(raw) > BYTES_PER_FILE:
        return fault(name, "the file is larger than 50 MB", "a case holds a few hundred rows a table")
    return None


def _split(name: str, text: str, table: Table) -> tuple[list[list[str]], tuple[Finding, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, table), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        problem = f"this is not well-formed CSV from here on: {error}"
        return [], (
            fault(name, problem, "close every quoted cell, and double the quotes within it", row=len(rows) + 1),
        )
    return rows, ()


def _delimiter(text: str, table: Table) -> str:
    header = text.lstrip().splitlines()[0]

    def known(delimiter: str) -> int:
        return len({cell.strip().strip('"') for cell in header.split(delimiter)} & set(table.columns))

    return max(DELIMITERS, key=known)


def _workbook_rows(path: Path) -> tuple[list[list[str]], tuple[Finding, ...]]:
    import fastexcel  # noqa: PLC0415  # only cases with a workbook need it

    try:
        sheet = fastexcel.read_excel(path.read_bytes()).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        cells = sheet.to_polars().rows()
    except fastexcel.FastExcelError as error:
        words = str(error).splitlines()[0]
        return [], (fault(path.name, f"this cannot be read as an Excel workbook: {words}", "save it again as .xlsx"),)
    return [[_as_typed(cell) for cell in row] for row in cells], ()


def _as_typed(cell: str | None) -> str:
    """A cell as somebody typed it: Excel keeps a day as day and midnight."""
    return (cell or "").removesuffix(" 00:00:00")


def _empty(name: str, table: Table) -> Finding:
    return fault(name, "the file is empty", f"write the header: {','.join(table.columns)}")


def _sheet(name: str, rows: Sequence[Sequence[str]], table: Table) -> tuple[Sheet, tuple[Finding, ...]]:
    """Match the header to the table's columns, and keep the filled cells of each row."""
    top = next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if top is None:
        return Sheet(name, ()), (_empty(name, table),)
    header = [cell.strip() for cell in rows[top]]
    findings = [*_header_findings(name, header, table, row=top + 1)]
    records = []
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            findings.append(_too_wide(name, number, len(cells), len(header)))
            continue
        filled = {c: v for c, v in zip(header, cells, strict=False) if v and c in table.columns}
        findings += [_no_value(name, number, c, v) for c, v in filled.items() if v.lower() in NOT_VALUES]
        records.append((number, {c: v for c, v in filled.items() if v.lower() not in NOT_VALUES}))
    return Sheet(name, tuple(c for c in header if c in table.columns), tuple(records)), tuple(findings)


def _header_findings(name: str, header: Sequence[str], table: Table, *, row: int) -> list[Finding]:
    findings = []
    unknown = [c for c in header if c and c not in table.columns]
    for column in unknown:
        problem = f"no column of this table is called {quoted(column)}"
        findings.append(fault(name, problem, did_you_mean(column, table.columns), row=row, column=column))
    findings += [
        fault(name, f"the column {quoted(c)} stands twice", "keep one of them", row=row, column=c)
        for c in sorted({c for c in header if c and header.count(c) > 1})
    ]
    for column in table.required:
        if column not in header:
            near = nearest(column, unknown)
            mend = f"rename {quoted(near)} to {quoted(column)}" if near else f"add it: {meaning(table, column)}"
            findings.append(fault(name, f"the column {quoted(column)} is missing", mend, row=row, column=column))
    return findings


def meaning(table: Table, column: str) -> str:
    """What a column means, as the schema says it."""
    return table.row.model_fields[column].description or column


def _too_wide(name: str, row: int, cells: int, columns: int) -> Finding:
    problem = f"the row has {cells} cells and the header {columns}"
    return fault(name, problem, 'put cells that hold a comma in double quotes, as in "a, b"', row=row)


def _no_value(name: str, row: int, column: str, value: str) -> Finding:
    return fault(
        name, f"{quoted(value)} is no value", "leave the cell empty where it is unknown", row=row, column=column
    )
