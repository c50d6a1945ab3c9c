"""Questions and choices, from files or from Python: read, typed, and each checked within itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.case.choice_checks import choice_faults, choice_notes
from tocsin.case.finding import Finding, note, quoted
from tocsin.case.options import Choice
from tocsin.case.question_checks import question_faults, question_notes
from tocsin.case.question_sheet import SHEETS, with_positions
from tocsin.case.questions import Question
from tocsin.case.read_yaml import Page, read_yaml
from tocsin.case.validate import validated

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case.validate import Location

Said = Callable[[Any], "Iterator[tuple[Location, str, str]]"]
"""Where, what, and what mends it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its folder, its model, and what can be wrong within one."""

    folder: str
    model: type[Any]
    faults: Said
    notes: Said


QUESTIONS = Kind("questions", Question, question_faults, question_notes)
CHOICES = Kind("options", Choice, choice_faults, choice_notes)


def read_pages(folder: Path, kind: Kind) -> tuple[tuple[tuple[Page, Any], ...], tuple[Finding, ...]]:
    """The YAML files of one folder of a case, typed, and what is wrong within each."""
    good: list[tuple[Page, Any]] = []
    findings: list[Finding] = []
    sheets: set[str] = set()
    paths = files_in(folder / kind.folder)
    for path in (p for p in paths if p.suffix == ".yaml"):
        page, faults = read_yaml(path, name=f"{kind.folder}/{path.name}")
        findings += faults
        if faults:
            continue
        named = page.values.get("positions")
        sheets |= {named} if isinstance(named, str) else set()
        if kind is QUESTIONS:
            page, faults = with_positions(page, path.parent)
            findings += faults
        value, found = _typed(page, page.values, kind, unread=("positions",) if faults else ())
        findings += found
        if value is not None and value.id != path.stem:
            findings.append(
                page.fault(("id",), f"the id {quoted(value.id)} is not the file's name", f"write id: {path.stem}")
            )
        if value is not None and not faults:
            good.append((page, value))
    findings += _files_not_read(paths, kind, sheets)
    return tuple(good), tuple(findings)


def _typed(page: Page, given: object, kind: Kind, *, unread: tuple[str, ...] = ()) -> tuple[Any, list[Finding]]:
    """A page as its model, and what is wrong with it; what could not be read is not found wrong a second time."""
    value, errors = validated(kind.model, given)
    said = errors if value is None else tuple(kind.faults(value))
    faults = [page.fault(*error) for error in said if not error[0] or error[0][0] not in unread]
    return value, faults if value is None else [*faults, *(page.note(*n) for n in kind.notes(value))]


def _files_not_read(paths: Sequence[Path], kind: Kind, sheets: set[str]) -> Iterator[Finding]:
    for path in paths:
        name = f"{kind.folder}/{path.name}"
        if path.suffix in {".yaml", ".md"} or path.name in sheets:
            continue
        if kind is QUESTIONS and path.suffix.lower() in SHEETS:
            yield note(name, "no question names this sheet: it is not read", f"write positions: {path.name} in one")
        else:
            yield note(name, "only .yaml files are read here", "rename it to .yaml if it should be read")


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder by name, without hidden ones and the locks of open workbooks."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))))


def pages_of(given: Sequence[object], kind: Kind) -> tuple[tuple[tuple[Page, Any], ...], list[Finding]]:
    """Questions or choices given in Python, typed, and what is wrong within each."""
    good: list[tuple[Page, Any]] = []
    findings: list[Finding] = []
    for number, values in enumerate(given, start=1):
        own = getattr(values, "id", None) or (values.get("id") if isinstance(values, Mapping) else None)
        page = Page(f"{kind.folder}/{own or number}", {})
        value, found = _typed(page, values, kind)
        findings += found
        if value is not None:
            good.append((page, value))
    findings += _ids_twice(good)
    return tuple(good), findings


def _ids_twice(pages: Sequence[tuple[Page, Any]]) -> Iterator[Finding]:
    ids = [value.id for _, value in pages]
    for n, (page, value) in enumerate(pages):
        if value.id in ids[:n]:
            yield page.fault(("id",), f"the id {quoted(value.id)} stands twice", "give each its own id")
