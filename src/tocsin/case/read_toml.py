"""Reading `case.toml`, and finding the line of a key in it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from tocsin.case.finding import Finding, fault
from tocsin.case.read_yaml import key_words
from tocsin.case.settings import CaseSettings
from tocsin.case.validate import validated

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case.validate import Location

CASE_FILE = "case.toml"
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]")


def read_settings(folder: Path) -> tuple[CaseSettings | None, tuple[Finding, ...]]:
    """Read the settings of a case: None where they do not hold, and each fault with its line."""
    path = folder / CASE_FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = tomllib.loads(text)
    except FileNotFoundError:
        mend = "name a case with --case, or write one with: tocsin new NAME"
        return None, (fault(CASE_FILE, "this folder is no case: it has no case.toml", mend),)
    except UnicodeDecodeError:
        return None, (fault(CASE_FILE, "this is not UTF-8 text", "save the file again as UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        return None, (_not_toml(str(error), text),)
    settings, errors = validated(CaseSettings, values)
    findings = (fault(CASE_FILE, what, mend, row=line_of(text, at), column=key_words(at)) for at, what, mend in errors)
    return settings, tuple(findings)


def _not_toml(words: str, text: str) -> Finding:
    place = _PLACE.search(words)
    row = int(place[1]) if place else len(text.splitlines())
    what = _PLACE.sub("", words).strip().removesuffix("(at end of document)").strip()
    return fault(CASE_FILE, f"this is not TOML: {what}", 'put text in quotes, as in title = "Iraq"', row=row)


def line_of(text: str, where: Location, *, item: str | None = None) -> int | None:
    r"""The line a key of a TOML text stands on; for a key that is missing, that of its section.

    With an item, the line of that word in quotes, from the key's line on, where the list of the key runs over several lines.

    Example:
        >>> line_of('name = "x"\n[areas]\ncountries = []', ("areas", "countries"))
        3
        >>> line_of('sections = [\n  "reach",\n  "gap",\n]', ("sections",), item="gap")
        3
    """
    at = _line_of(text, where)
    if at is None or item is None:
        return at
    lines = text.splitlines()[at - 1 :]
    return next((at + n for n, line in enumerate(lines) if f'"{item}"' in line or f"'{item}'" in line), at)


def _line_of(text: str, where: Location) -> int | None:
    keys = tuple(part for part in where if isinstance(part, str))
    section: tuple[str, ...] = ()
    found = None
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _SECTION.match(line)
        if heading:
            section = tuple(part.strip().strip("\"'") for part in heading[1].split("."))
        within = section == keys[: len(section)]
        if heading and within:
            found = number
        rest = keys[len(section) : len(section) + 1] if within else ()
        if rest and re.match(rf"\s*[\"']?{re.escape(rest[0])}[\"']?\s*=", line):
            return number
    return found
