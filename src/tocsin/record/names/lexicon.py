"""The words that names are made of, as tables beside the code: titles, particles, legal forms, families of spellings."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = files("tocsin.record.names")


@cache
def words_of(role: str) -> frozenset[str]:
    """Words of one role: honorific, particle, filiation, front, back, suffix, legal, stop, generic or function."""
    return frozenset(row["word"] for row in _rows("words.csv") if row["role"] == role)


@cache
def families() -> Mapping[str, str]:
    """The name that a spelling belongs to: `kassem` -> `qasim`."""
    return {row["spelling"]: row["canonical"] for row in _rows("families.csv")}


@cache
def meanings() -> Mapping[str, str]:
    """What a word of names of bodies means in English, as Latin letters write it: `shargh` -> `east`."""
    return {row["word"]: row["meaning"] for row in _rows("meanings.csv")}


@cache
def letters() -> Mapping[str, Any]:
    """Letters of the Arabic script, words whose vowels it does not write, and habits of transliteration."""
    return tomllib.loads((FOLDER / "letters.toml").read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))
