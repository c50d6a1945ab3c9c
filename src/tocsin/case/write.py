"""Writing a new case: whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from tocsin.case.cells import Id
from tocsin.case.folder import resolve_case
from tocsin.case.read_toml import CASE_FILE
from tocsin.case.tables import TABLES
from tocsin.case.template import CASE_TOML, DOCUMENTS_README, ELICITED_README, OPTIONS_README, QUESTIONS_README, README
from tocsin.case.validate import ID
from tocsin.errors import FileProblem, TableProblem, Where

if TYPE_CHECKING:
    from collections.abc import Callable

MADE_BY_TOCSIN = shutil.ignore_patterns(".tocsin", "out", "__pycache__", ".*", "~$*")


def write_case(name: str, path: str | Path, *, start_from: str | Path | None = None) -> Path:
    """Write a new case into a folder that does not exist yet.

    Args:
        name: the case's short name: small letters, digits and hyphens.
        path: the folder to make.
        start_from: a case, by folder or bundled name, whose files are copied; left out, commented empty tables.

    Returns:
        The folder.

    Raises:
        TableProblem: the name cannot be one.
        FileProblem: the folder exists, or cannot be made; nothing is left behind.
        UnknownName: there is no case to start from.
    """
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError as error:
        raise TableProblem(f"'{name}' cannot be the name of a case", hint=ID) from error
    folder = Path(path)
    if folder.exists() or folder.is_symlink():
        raise FileProblem(
            "this exists already, and is left as it is", where=Where(folder), hint="choose another --path"
        )
    model = resolve_case(start_from) if start_from is not None else None
    if model is not None and not (model / CASE_FILE).is_file():
        raise FileProblem(
            "this folder is no case: it has no case.toml", where=Where(model), hint="name a case's folder"
        )
    _whole_or_not_at_all(folder, lambda made: _copy(model, name, made) if model else _write_empty(name, made))
    return folder


def _whole_or_not_at_all(folder: Path, write: Callable[[Path], None]) -> None:
    """Write beside the place, then rename; an interruption leaves nothing."""
    beside = folder.parent / f".{folder.name}.{os.getpid()}.unfinished"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        write(beside)
        beside.rename(folder)
    except OSError as error:
        hint = "choose a folder that can be written to, with --path"
        raise FileProblem(f"the case cannot be written: {error.strerror}", where=Where(folder), hint=hint) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy(model: Path, name: str, made: Path) -> None:
    shutil.copytree(model, made, ignore=MADE_BY_TOCSIN, copy_function=shutil.copyfile)
    for place in (made, *(p for p in made.rglob("*") if p.is_dir())):
        place.chmod(place.stat().st_mode | 0o700)  # an installed case may be read-only
    settings = made / CASE_FILE
    text = settings.read_bytes().decode("utf-8-sig")
    renamed = re.sub(r"^name\s*=.*?$", f'name = "{name}"', text, count=1, flags=re.MULTILINE)
    settings.write_text(renamed, encoding="utf-8")


def _write_empty(name: str, made: Path) -> None:
    texts = {
        CASE_FILE: CASE_TOML.format(name=name),
        "README.md": README.format(name=name),
        "documents/README.md": DOCUMENTS_README,
        "questions/README.md": QUESTIONS_README,
        "options/README.md": OPTIONS_README,
        "elicited/README.md": ELICITED_README,
        **{f"{table.name}.csv": ",".join(table.columns) + "\n" for table in TABLES.values()},
    }
    for file, text in texts.items():
        (made / file).parent.mkdir(parents=True, exist_ok=True)
        (made / file).write_text(text, encoding="utf-8")
