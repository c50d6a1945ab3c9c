"""Everything of one moment in one file: the team's database, and of each case its folder, record, log and newest edition."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import tocsin
from tocsin.api.archive import packing, reading, refuse_other_file
from tocsin.api.backup_stores import moment, record_store, team_store
from tocsin.api.backup_tables import lines
from tocsin.api.case_files import case_files, leads_out
from tocsin.api.home import editions_of
from tocsin.api.judgements import judgement_log_file
from tocsin.case.folder import BUNDLED
from tocsin.errors import FileProblem, InputError, Where
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tocsin.api.archive import Archive, Packing
    from tocsin.case import Case

FORM, VERSION = "tocsin backup", 1
FORECAST_LOG = "data/forecast_log.jsonl"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds.

    Attributes:
        path: the file.
        made: when, UTC, as ISO 8601.
        tocsin: the version that wrote it.
        cases: names of the cases.
        tables: rows of each table, by its name within the file.
        files: how many files.
        bytes: of everything, expanded.
    """

    path: Path
    made: str
    tocsin: str
    cases: tuple[str, ...]
    tables: Mapping[str, int]
    files: int
    bytes: int

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(self.tables.values())


def back_up(
    cases: Sequence[Case], path: Path, *, settings: Settings | None = None, editions: int = 1, replace: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> BackedUp:  # fmt: skip
    """Write a backup; people may go on working meanwhile. It holds hashes of passwords and tokens: only its owner may read it.

    Args:
        cases: whose folders, records, logs and editions go in; the team's database goes in always.
        path: the file.
        settings: where data and databases are.
        editions: how many editions of each case, the newest first.
        replace: write over a backup that is there already.
        tell: hears what is being written.

    Raises:
        InputError: two cases have one name.
        FileProblem: something else lies at `path`, or a database cannot be read.
    """
    settings = settings or Settings.load()
    _refuse_place(path, replace=replace)
    names = [_name(case) for case in cases]
    if len(set(names)) < len(names):
        raise InputError("two cases have one name", hint="rename one of their folders")
    of_records = [record_store(case, settings=settings) for case in cases]
    stores = [store for store in (team_store(settings), *of_records) if store is not None]
    said = {
        "format": FORM, "format_version": VERSION, "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "tocsin": tocsin.__version__, "stores": {store.name: store.version for store in stores},
        "cases": {_name(case): {"ships": _ships(case)} for case in cases},
    }  # fmt: skip
    with private_file(path) as temporary, packing(temporary) as pack:
        with moment(stores) as connections:
            for store in stores:
                tell(store.name)
                for table in store.tables:
                    pack.lines(f"{store.name}/{table.name}.jsonl", lines(connections[store.name], table))
        for case in cases:
            tell(f"files of {_name(case)}")
            _put_files(pack, case, settings, editions)
        if settings.log_file.is_file():
            pack.file(FORECAST_LOG, settings.log_file)
        pack.end(said)
    return verify(path, hashes=False)


def verify(path: Path, *, hashes: bool = True) -> BackedUp:
    """Hold every member of a backup against its hash, and say what it holds.

    Raises:
        FileProblem: it is no backup, was cut short or altered; the member is named.
    """
    with reading(path, form=FORM, version=VERSION) as archive:
        if hashes:
            archive.check()
        return _held(archive)


def _held(archive: Archive) -> BackedUp:
    tables = {name.removesuffix(".jsonl"): held.rows for name, held in archive.held.items() if held.rows is not None}
    return BackedUp(
        archive.path, str(archive.said["made"]), str(archive.said["tocsin"]), tuple(archive.said["cases"]), tables,
        len(archive.held) - len(tables), sum(held.bytes for held in archive.held.values()),
    )  # fmt: skip


def _name(case: Case) -> str:
    return case.folder.resolve().name


def _ships(case: Case) -> bool:
    """Whether a case came with Tocsin: its folder is not the user's, and is there wherever Tocsin is."""
    return case.folder.resolve().parent == BUNDLED.resolve()


def _put_files(pack: Packing, case: Case, settings: Settings, editions: int) -> None:
    """The folder, the log of judgements where it lies elsewhere, and the newest editions."""
    within = f"cases/{_name(case)}"
    if _ships(case):
        log = judgement_log_file(case, settings=settings)
        if log.is_file():
            pack.file(f"{within}/judgements.jsonl", log)
    else:
        for name, path in case_files(case.folder):
            if leads_out(name):
                hint = "rename it: no backslash, and no letter with a colon before it"
                raise FileProblem("a file of this name cannot be put back everywhere", where=Where(path), hint=hint)
            pack.file(f"{within}/folder/{name}", path)
    held = editions_of(case, settings=settings)
    for edition in (held.get(name) for name in held.ids()[:editions]):
        for name in ("manifest.json", *edition.manifest.files):
            pack.file(f"{within}/editions/{edition.id}/{name}", edition.folder / name)


def _refuse_place(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise FileProblem("this is a folder, not a file", where=Where(path), hint="name a file, as backup.zip")
    if not path.parent.is_dir():
        raise FileProblem("the folder is not there", where=Where(path.parent), hint="make it first")
    refuse_other_file(path, form=FORM, version=VERSION, replace=replace)


@contextmanager
def private_file(path: Path) -> Iterator[Path]:
    """A file that only its owner may read, at a path beside its place until it is whole and on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".unfinished")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
