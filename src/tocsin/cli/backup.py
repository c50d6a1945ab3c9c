"""Commands: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.api.backup import BackedUp, back_up
from tocsin.api.backup import verify as verified
from tocsin.api.case_files import cases_in
from tocsin.api.known import open_case
from tocsin.api.restore import restore as put_back
from tocsin.api.shapes.backup import backup_as_json, restored_as_json
from tocsin.cli.app import err, print_json
from tocsin.cli.printing import say
from tocsin.cli.shown import seen
from tocsin.errors import InputError


def backup(
    file: Path,
    *,
    case: Annotated[list[str] | None, Parameter(name="--case", negative="")] = None,
    cases: Path | None = None,
    editions: int = 1,
    replace: bool = False,
    verify: Annotated[bool, Parameter(name="--verify", negative="")] = False,
    json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Write everything into one file: the team, and of each case its folder, record, judgements and newest edition.

    Everything is of one moment, and others may go on working meanwhile. The file holds what passwords and tokens are
    checked by: only you may read it (mode 0600); keep it so. Who is signed in is not in it.

    Example: tocsin backup tocsin.zip --case iraq --case cases/mali

    Args:
        file: the file to write, or to look at with --verify.
        case: a case folder, or the name of one that ships; may be repeated. The current folder if none is given.
        cases: a folder of case folders, all of which go in.
        editions: how many editions of each case go in, the newest first.
        replace: write over a backup that is there already.
        verify: write nothing; hold every table and file of a backup against its hash.
        json: print JSON.
    """
    if verify:
        held = verified(file)
    else:
        named = [*(case or []), *(str(folder) for folder in (cases_in(cases) if cases else ()))]
        found = [open_case(name) for name in (named or ["."])]
        held = back_up(found, file, editions=editions, replace=replace, tell=_tell)
    if json:
        print_json(backup_as_json(held))
        return
    done = "holds, every hash as it should be:" if verify else "written:"
    say(f"{seen(str(file))} {done} {_counted(held)}")


def restore(
    file: Path,
    *,
    cases: Path = Path(),
    case: Annotated[list[str] | None, Parameter(name="--case", negative="")] = None,
    replace: bool = False,
    json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Put a backup back: all of it or nothing, into SQLite or PostgreSQL as the settings say, wherever it was taken.

    Every hash is checked before anything is written. Stop tocsin serve and tocsin watch first.

    Example: tocsin restore tocsin.zip --cases cases

    Args:
        file: the backup.
        cases: the folder in which the folders of cases are, or will be; the current folder if not given.
        case: only this case, by its name in the backup; may be repeated. The team is left alone then.
        replace: write over what is there. Editions newer than the backup go too.
        json: print JSON.
    """
    if not cases.is_dir():
        raise InputError(f"the folder {cases} is not there", hint="make it, or name another with --cases")
    done = put_back(file, into=cases, replace=replace, only=tuple(case or ()), tell=_tell)
    if json:
        print_json(restored_as_json(done, file))
        return
    for name, folder in done.cases.items():
        say(f"{seen(name)}: {seen(str(folder))}")
    say(f"put back: {sum(done.tables.values()):,} rows of {len(done.tables)} tables, {done.files:,} files")


def _counted(held: BackedUp) -> str:
    cases = ", ".join(seen(name) for name in held.cases) or "no case"
    return f"{cases}; {held.rows:,} rows of {len(held.tables)} tables, {held.files:,} files"


def _tell(what: str) -> None:
    if err.is_terminal:
        err.print(f"  {seen(what)}", markup=False)
