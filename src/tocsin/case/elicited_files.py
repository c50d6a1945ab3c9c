"""The folder `elicited/`: a folder for each question or choice, a file for each expert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.elicited import Elicited, elicited_faults
from tocsin.case.elicited_sheet import read_filled
from tocsin.case.finding import Finding, did_you_mean, fault, note, quoted
from tocsin.case.read_yaml import Page, read_yaml
from tocsin.case.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tocsin.case.options import Choice
    from tocsin.case.questions import Question

FOLDER = "elicited"
KINDS = (".yaml", ".csv", ".xlsx")


def read_elicited(
    folder: Path, about: Mapping[str, Question | Choice], *, unread: Iterable[str] = ()
) -> tuple[tuple[tuple[Page, Elicited], ...], tuple[Finding, ...]]:
    """Everything experts gave, by question or choice and by expert, and what is wrong with it.

    Args:
        folder: the case folder.
        about: the questions and choices by id.
        unread: ids of questions and choices that have faults of their own: nothing is held against them.
    """
    root = folder / FOLDER
    good: list[tuple[Page, Elicited]] = []
    findings: list[Finding] = []
    for place in sorted(root.iterdir()) if root.is_dir() else ():
        name = f"{FOLDER}/{place.name}"
        if place.name.startswith(".") or place.name == "README.md" or place.name in unread:
            continue
        if place.is_file():
            findings.append(note(name, "this is not read: it lies in no folder of a question", "move it into one"))
        elif place.name not in about:
            problem = f"no question or choice is called {quoted(place.name)}"
            findings.append(fault(name, problem, f"{did_you_mean(place.name, about)}; rename the folder"))
        else:
            pages, faults = _of_one(place, about[place.name])
            good += pages
            findings += faults
    return tuple(good), tuple(findings)


def _of_one(place: Path, about: Question | Choice) -> tuple[list[tuple[Page, Elicited]], list[Finding]]:
    """What each expert gave on one question or choice."""
    good: list[tuple[Page, Elicited]] = []
    findings: list[Finding] = []
    experts: dict[str, str] = {}
    for path in sorted(p for p in place.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))):
        name = f"{FOLDER}/{place.name}/{path.name}"
        if path.suffix.lower() not in KINDS:
            if path.suffix != ".md":
                findings.append(note(name, "files of this kind are not read", f"kinds read: {', '.join(KINDS)}"))
            continue
        if path.stem in experts:
            problem = f"the expert {quoted(path.stem)} has {experts[path.stem]} too"
            findings.append(fault(name, problem, "keep one file for each expert"))
            continue
        experts[path.stem] = path.name
        page, given, faults = read_expert(path, about, name=name)
        findings += faults
        if given is not None:
            good.append((page, given))
            if given.is_empty:
                findings.append(note(name, "nothing is filled in: all of it is unknown", "fill it in, or remove it"))
    return good, findings


def read_expert(path: Path, about: Question | Choice, *, name: str) -> tuple[Page, Elicited | None, list[Finding]]:
    """What one expert gave on a question or choice, and what is wrong with it.

    Args:
        path: the file, .yaml, .csv or .xlsx.
        about: what it is about.
        name: its path within the case folder, as findings name it.

    Returns:
        Where everything stands, the expert's values (None where they have faults of form), and the faults.
    """
    of_yaml = path.suffix.lower() == ".yaml"
    page, found = read_yaml(path, name=name) if of_yaml else read_filled(path, about, name=name)
    findings = [*found]
    if not page.values and findings:
        return page, None, findings
    for key, own in (("expert", path.stem), ("about", about.id)):
        if page.values.get(key, own) != own:
            problem = f"{quoted(page.values[key])} is not what the file or its folder is called"
            findings.append(page.fault((key,), problem, f"write {key}: {own}, or leave {key} out"))
    given, errors = validated(Elicited, {**page.values, "expert": path.stem, "about": about.id})
    if given is not None:
        errors = tuple(elicited_faults(given, about))
    findings += [page.fault(*error) for error in errors]
    return page, given if not findings else None, findings
