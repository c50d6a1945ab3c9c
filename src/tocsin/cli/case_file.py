"""Commands: case export, case import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from tocsin.api.case_export import export_case
from tocsin.api.case_import import ImportedCase, import_case
from tocsin.api.known import open_case
from tocsin.api.shapes.case_file import exported_as_json, imported_as_json
from tocsin.cli.app import err, out, print_json
from tocsin.cli.case import INPUT_IS_WRONG, table_of
from tocsin.cli.printing import say
from tocsin.cli.shown import seen

case = App(name="case", help="A case as one file: out of here, and into somebody else's Tocsin.")
Flag = Annotated[bool, Parameter(negative="")]


@case.command(name="export")
def export(
    file: Path,
    *,
    case: str = ".",
    without_documents: Flag = False,
    without_record: Flag = False,
    with_own_sites: Flag = False,
    replace: bool = False,
    json: Flag = False,
) -> None:
    """Write a case into one file: its tables, texts and documents, and its record with every decision.

    Sites that you entered yourself (origin: user, or empty) are left out with all rows that name them, and the record with
    them where it names one. What was left out is said.

    Example: tocsin case export mali.zip --case cases/mali

    Args:
        file: the file to write.
        case: a case folder, or the name of one that ships.
        without_documents: leave the documents out; the record still holds their texts.
        without_record: leave the record out.
        with_own_sites: let the sites that you entered go too.
        replace: write over a case file that is there already.
        json: print JSON.
    """
    done = export_case(
        open_case(case), file, documents=not without_documents, record=not without_record,
        with_own_sites=with_own_sites, replace=replace,
    )  # fmt: skip
    if json:
        print_json(exported_as_json(done))
        return
    record = "no record" if done.record is None else f"a record of {done.record:,} rows"
    say(f"{seen(str(done.path))}: the case {seen(done.case)}, {done.files:,} files, {record}")
    for what in done.left_out:
        say(f"left out: {seen(what)}")


@case.command(name="import")
def import_(
    file: Path,
    *,
    cases: Path = Path(),
    name: str | None = None,
    json: Flag = False,
) -> int:
    """Put the case of a file into a folder of cases: checked as any input, kept whole or not at all.

    A file of more than 200 MB or 5,000 members, one that expands more than a hundredfold, or one that holds what no case
    does is refused before it is unpacked. A case with faults is refused with file, row and mend.

    Example: tocsin case import mali.zip --cases cases

    Args:
        file: a case file.
        cases: the folder it becomes a folder in; the current folder if not given.
        name: what it is to be called; as in the file if not given.
        json: print JSON.
    """
    done = import_case(file, cases, name=name, tell=_tell)
    if json:
        print_json(imported_as_json(done))
    else:
        _say(done)
    return 0 if done.folder is not None else INPUT_IS_WRONG


def _say(done: ImportedCase) -> None:
    if done.folder is None:
        out.print(table_of(done.faults))
        say(f"{seen(done.name)} was refused: {len(done.faults)} faults; nothing of it was kept")
        return
    record = "without a record" if done.record is None else f"with a record of {done.record:,} rows"
    say(f"{seen(done.name)} is in {seen(str(done.folder))}, {record}")
    say(f"then: tocsin run --case {seen(str(done.folder))}")


def _tell(what: str) -> None:
    if err.is_terminal:
        err.print(f"  {seen(what)}", markup=False)
