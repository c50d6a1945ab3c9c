"""A case as one file: what somebody else needs to open it, and nothing that is made again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import tocsin
from tocsin.api.archive import packing, refuse_other_file
from tocsin.api.case_files import case_files, fault_of_name, is_document
from tocsin.api.case_own_sites import own_sites, record_names, refuse_named, sources_without_files, tables_without
from tocsin.api.databases import name_of
from tocsin.api.known import known_beyond
from tocsin.api.record import has_record, open_record_of
from tocsin.case import Severity, check_case
from tocsin.case.folder import problem_of
from tocsin.errors import FileProblem, Where
from tocsin.record.export import write_export
from tocsin.settings import Settings
from tocsin.sources.tables import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.api.archive import Packing
    from tocsin.api.case_own_sites import Table
    from tocsin.case import Case
    from tocsin.record.export import OwnSite

FORM, VERSION = "tocsin case", 1
FOLDER, RECORD = "case", "record.zip"


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """What a case file holds.

    Attributes:
        path: the file.
        case: the case's name.
        files: how many files of the case.
        record: rows of its record; None where it is not in it.
        left_out: what is not in it, and why; one sentence each.
    """

    path: Path
    case: str
    files: int
    record: int | None
    left_out: tuple[str, ...]


def export_case(
    case: Case, path: Path, *, settings: Settings | None = None, documents: bool = True, record: bool = True,
    with_own_sites: bool = False, replace: bool = False,
) -> ExportedCase:  # fmt: skip
    """Write a case into one file.

    Args:
        case: a case without faults.
        path: the file.
        settings: where its record is.
        documents: whether its documents go along.
        record: whether its record goes along, which holds the documents' texts.
        with_own_sites: whether sites that a user entered go along.
        replace: write over a case file that is there already.

    Raises:
        FileProblem: something lies there already, or the file cannot be written.
        InputError: files name sites that a user entered.
        CaseProblem: without those sites the case would have faults.
    """
    settings = settings or Settings.load()
    _refuse_place(path, case, replace=replace)
    withheld = () if with_own_sites else own_sites(case)
    leaving = _leaving(case, withheld, documents=documents)
    left_out, rows = leaving.left_out, None
    with whole_file(path) as temporary, packing(temporary) as pack:
        _put(pack, leaving)
        if not record:
            left_out += ("the record",)
        elif has_record(case, settings=settings):
            rows = _put_record(pack, case, settings, withheld)
            left_out += () if rows is not None else ("the record: it names sites that you entered",)
        pack.end(_said(case, left_out, rows=rows))
    return ExportedCase(path, name_of(case), len(leaving.names), rows, left_out)


@dataclass(frozen=True, slots=True)
class _Leaving:
    """What leaves: files by name, tables that are otherwise than in the case, and what stays."""

    names: Mapping[str, Path]
    changed: Mapping[str, Table]
    left_out: tuple[str, ...]


def _leaving(case: Case, withheld: tuple[OwnSite, ...], *, documents: bool) -> _Leaving:
    """What of a case's folder leaves, once it is known to be a case without faults.

    Raises:
        InputError, CaseProblem: as `export_case`.
    """
    every = dict(case_files(case.folder))
    names = {n: p for n, p in every.items() if fault_of_name(n) is None and (documents or not is_document(n))}
    left_out = _left_out(every, names, documents=documents)
    changed = {} if documents else {table.was: table for table in sources_without_files(case.folder, names)}
    if withheld:
        refuse_named({n: p for n, p in names.items() if not is_document(n)}, withheld)
        own = list(tables_without(case.folder, names, withheld, without_files=not documents))
        changed |= {table.was: table for table in own}
        rows = sum(table.dropped for table in own)
        left_out += (f"{_counted(len(withheld), 'site')} that you entered, with {rows} rows of tables",)
    if changed:
        _check(case, names, changed)
    return _Leaving(names, changed, left_out)


def _put(pack: Packing, leaving: _Leaving) -> None:
    for name, file in leaving.names.items():
        table = leaving.changed.get(name)
        if table is None:
            pack.file(f"{FOLDER}/{name}", file)
        else:
            pack.bytes(f"{FOLDER}/{table.file}", table.content)


def _put_record(pack: Packing, case: Case, settings: Settings, withheld: tuple[OwnSite, ...]) -> int | None:
    """Put the record in, whole; None where it names a site that stays, and so stays too."""
    with open_record_of(case, settings=settings) as record, TemporaryDirectory() as scratch:
        if withheld and record_names(record, withheld):
            return None
        written = write_export(record, Path(scratch) / RECORD, form="whole")
        pack.file(RECORD, written.path)
    return sum(written.counts.values())


def _said(case: Case, left_out: tuple[str, ...], *, rows: int | None) -> dict[str, Any]:
    """The head of the manifest."""
    return {
        "format": FORM, "format_version": VERSION, "case": name_of(case), "title": case.settings.title,
        "made": datetime.now(UTC).isoformat(timespec="seconds"), "tocsin": tocsin.__version__,
        "record_rows": rows, "left_out": list(left_out),
    }  # fmt: skip


def _left_out(every: Mapping[str, Path], names: Mapping[str, Path], *, documents: bool) -> tuple[str, ...]:
    told = () if documents else (f"{_counted(sum(map(is_document, every)), 'document')}",)
    odd = sorted(name for name in set(every) - set(names) if documents or not is_document(name))
    return (*told, *(f"{name}: {fault_of_name(name)}" for name in odd))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _check(case: Case, names: Mapping[str, Path], changed: Mapping[str, Table]) -> None:
    """Hold the case as it will be against its checks."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / name_of(case)
        for name, file in names.items():
            place = folder / (changed[name].file if name in changed else name)
            place.parent.mkdir(parents=True, exist_ok=True)
            if name in changed:
                place.write_bytes(changed[name].content)
            elif is_document(name):
                place.symlink_to(file.resolve())
            else:
                shutil.copyfile(file, place)
        faults = [f for f in check_case(folder, known=known_beyond()) if f.severity is Severity.FAULT]
        if faults:
            hint = "these rows rest on sites that you entered: take them out, or say --with-own-sites"
            raise problem_of(folder, faults, hint=hint)


def _refuse_place(path: Path, case: Case, *, replace: bool) -> None:
    if path.is_dir():
        raise FileProblem("this is a folder, not a file", where=Where(path), hint="name a file, as mali.tocsin.zip")
    documents = (case.folder / "documents").resolve()
    if documents in path.resolve().parents:
        hint = "name a file outside it"
        raise FileProblem("the case's documents are read, and no export goes among them", where=Where(path), hint=hint)
    refuse_other_file(path, form=FORM, version=VERSION, replace=replace)
