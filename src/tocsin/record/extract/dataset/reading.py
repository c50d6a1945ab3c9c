"""Mappings as files: those that ship, and a user's own beside the table."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tocsin.errors import FileProblem, TableProblem, Where
from tocsin.record.extract.dataset.mapping import Mapping

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".map.toml"


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings of the case's own tables and of open data, those that ask for most columns first."""
    folder = files("tocsin.record.extract.dataset.maps")
    read = [mapping_of(f.read_text("utf-8"), file=f.name) for f in folder.iterdir() if f.name.endswith(".toml")]
    return tuple(sorted(read, key=lambda mapping: (-len(mapping.columns), mapping.name)))


def mapping_of(words: str, *, file: str | Path) -> Mapping:
    """A mapping from the words of its TOML file.

    Raises:
        FileProblem: the words are not TOML.
        TableProblem: a key or value of the mapping is wrong; the first fault is named.
    """
    try:
        return Mapping.model_validate(tomllib.loads(words))
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(f"the mapping is not TOML: {error}", where=Where(file)) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        hint = "docs/extractors.md says what a mapping holds"
        raise TableProblem(first["msg"], where=Where(file, field=field or None), hint=hint) from error


def mappings_in(folder: Path) -> dict[str, Mapping]:
    """A user's own mappings by the name of the table they are for, as documents are named.

    Args:
        folder: the case's folder of documents. `aid/tribes.csv.map.toml` and `aid/tribes.map.toml` both are the mapping
            of `aid/tribes.csv`.

    Raises:
        FileProblem: a mapping is not TOML, or is not UTF-8.
        TableProblem: a mapping is wrong.
    """
    found: dict[str, Mapping] = {}
    for path in sorted(folder.rglob(f"*{ENDING}")):
        name = path.relative_to(folder).as_posix().removesuffix(ENDING)
        try:
            found[name] = mapping_of(path.read_text("utf-8"), file=path)
        except UnicodeDecodeError as error:
            raise FileProblem("the mapping is not UTF-8 text", where=Where(path)) from error
    return found
