"""A case file from elsewhere: measured before it is unpacked, checked as any input, and kept whole or not at all."""

from __future__ import annotations

import os
import stat
import struct
import tomllib
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.api.archive import MANIFEST, faults_of, reading
from tocsin.api.case_export import FOLDER, FORM, RECORD, VERSION
from tocsin.api.case_files import CASE_FILE, fault_of_name, leads_out
from tocsin.api.case_unfinished import HALF_A_SCHEMA, beside
from tocsin.api.check_apart import check_apart
from tocsin.api.databases import drop_schema, has_schema, make_schema, schema_of
from tocsin.api.record import address_for
from tocsin.case.finding import Finding, Severity, fault
from tocsin.errors import FileProblem, InputError, TableProblem, Where
from tocsin.record.export import read_whole
from tocsin.record.export.whole import counts
from tocsin.record.store import open_record
from tocsin.record.store.opening import HEAD
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from tocsin.api.archive import Archive

MOST_BYTES = 200_000_000
"""The largest case file."""
MOST_MEMBERS = 5_000
MOST_TIMES = 100
"""What is inside may be at most so many times the size of the file, and of each archive within it,"""
FREELY = 20_000_000
"""but may always be these bytes: a small file of tables is much alike."""
MOST_EXPANDED = 2_000_000_000
"""and never more than these bytes."""
DIRECTORY_BYTES = 4_000_000
"""The archive's own list of its members; a longer one would fill the memory before it could be counted."""
MOST_SETTINGS_BYTES = 1_000_000
WITHIN = (".xlsx", ".docx", ".ods", ".zip")
KINDS_OF_MEMBER = (0, stat.S_IFREG)
LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """What came of a case file.

    Attributes:
        name: the case's name.
        folder: where it is now; None where it was refused, and nothing of it was kept.
        findings: what its check found.
        record: rows of its record; None where it came without.
    """

    name: str
    folder: Path | None
    findings: tuple[Finding, ...]
    record: int | None = None

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Why it was refused."""
        return tuple(f for f in self.findings if f.severity is Severity.FAULT)


def import_case(
    file: Path, into: Path, *, name: str | None = None, settings: Settings | None = None, used: Collection[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> ImportedCase:  # fmt: skip
    """Put the case of a file into a folder of cases.

    Args:
        file: a case file, from anywhere.
        into: the folder that it becomes a folder in.
        name: what it is to be called; as in the file unless given.
        settings: where its record goes.
        used: names of cases elsewhere, which it cannot have.
        tell: hears what is being done.

    Returns:
        The case with what its check found; without a folder where that holds faults.

    Raises:
        FileProblem: it is no case file, is too large, expands without bound, or holds what no case does.
        InputError: a case of this name is there already, or no case can be called so.
    """
    settings = settings or Settings.load()
    tell("measuring the file")
    measure(file)
    with reading(file, form=FORM, version=VERSION) as archive:
        called = _name(archive, name)
        place = into / called
        if called in used or place.exists() or place.is_symlink():
            hint = "give it another name with --name"
            raise InputError(f"a case called '{called}' is there already", where=Where(place), hint=hint)
        _refuse_members(archive)
        with beside(into, called, settings) as folder:
            tell("unpacking")
            _unpack(archive, folder)
            tell("checking")
            findings = (*outside(folder, archive), *check_apart(folder))
            done = ImportedCase(called, None, findings)
            if done.faults:
                return done
            with _record(archive, folder, place, settings, tell) as rows:
                folder.rename(place)
    return ImportedCase(called, place, findings, rows)


def measure(file: Path) -> None:
    """Refuse an archive that is too large, holds too much or expands too far, before anything of it is unpacked.

    Raises:
        FileProblem: it does, or it is no archive.
    """
    where = Where(file)
    if file.is_file() and file.stat().st_size > MOST_BYTES:
        hint = "leave the documents out: tocsin case export --without-documents"
        raise FileProblem(f"a case file has at most {MOST_BYTES // 1_000_000} MB", where=where, hint=hint)
    with faults_of(file):
        _measure_list(file)
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise FileProblem(
            f"a case file has at most {MOST_MEMBERS:,} files in it", where=where, hint=f"this has {len(infos):,}"
        )
    _refuse_bomb(sum(info.file_size for info in infos), file.stat().st_size, where)
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in KINDS_OF_MEMBER or info.is_dir():
            what = "this is no plain file, and a case holds nothing else"
            raise FileProblem(what, where=Where(file, field=info.filename[:LONGEST_SHOWN]), hint="take it out")


def _measure_list(file: Path) -> None:
    """Look at the end of the archive, where it says how long its list of members is."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        opened.seek(max(0, size - 65_557))
        end = opened.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) - at < 22:
        raise zipfile.BadZipFile
    length, start = struct.unpack("<II", end[at + 12 : at + 20])
    if b"PK\x06\x07" in end[max(0, at - 20) : at] or length > DIRECTORY_BYTES or start + length > size:
        what = f"a case file has at most {MOST_MEMBERS:,} files in it"
        raise FileProblem(what, where=Where(file), hint="its list of files is too long")


def _refuse_bomb(expanded: int, size: int, where: Where) -> None:
    if expanded > min(max(FREELY, MOST_TIMES * size), MOST_EXPANDED):
        what = f"this would expand to {expanded:,} bytes: more than {MOST_TIMES} times its size, or than a case takes"
        raise FileProblem(what, where=where, hint="no case does that: look at where it came from")


def _name(archive: Archive, name: str | None) -> str:
    called = name or str(archive.said.get("case", ""))
    schema_of(called)
    return called


def _refuse_members(archive: Archive) -> None:
    """Refuse members that are no files of a case, by name or by place."""
    small: dict[str, str] = {}
    for member in archive.held:
        if member == RECORD:
            continue
        within = member.removeprefix(f"{FOLDER}/")
        why = fault_of_name(within) if within != member else "a case file holds no such member"
        twin = small.setdefault(member.casefold(), member)
        if why is None and twin != member:
            why = f"some systems take it for {twin}"
        if why is not None:
            where = Where(archive.path, field=member[:LONGEST_SHOWN])
            raise FileProblem(f"a file in it cannot be taken: {why}", where=where, hint="rename it or take it out")
    if f"{FOLDER}/{CASE_FILE}" not in archive.held:
        raise FileProblem(
            f"it holds no {CASE_FILE}", where=Where(archive.path), hint="write one with: tocsin case export"
        )


def _unpack(archive: Archive, folder: Path) -> None:
    for member in archive.below(FOLDER):
        place = folder / member.removeprefix(f"{FOLDER}/")
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            archive.copy(member, file)
        if place.suffix.lower() in WITHIN and zipfile.is_zipfile(place):
            where = Where(archive.path, field=member)
            with faults_of(archive.path, member):
                _measure_list(place)
                with zipfile.ZipFile(place) as inner:
                    _refuse_bomb(sum(info.file_size for info in inner.infolist()), place.stat().st_size, where)


def outside(folder: Path, archive: Archive | None = None) -> Iterator[Finding]:
    """Files that case.toml names outside the case: a case from elsewhere reads nothing of this machine."""
    if (folder / CASE_FILE).stat().st_size > MOST_SETTINGS_BYTES:
        yield fault(CASE_FILE, "the file is larger than 1 MB", "settings are some dozens of lines")
        return
    try:
        said: dict[str, Any] = tomllib.loads((folder / CASE_FILE).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return
    held = None if archive is None else {m.removeprefix(f"{FOLDER}/") for m in archive.below(FOLDER)}
    for section, key in (("data", "events"), ("data", "outlines"), ("mission", "travel")):
        part = said.get(section)
        value = part.get(key) if isinstance(part, dict) else None
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and leads_out(name) and (held is None or name not in held):
                problem = f"{key} names a file outside the case: '{name[:LONGEST_SHOWN]}'"
                yield fault(CASE_FILE, problem, "put the file into the case folder", column=f"{section}.{key}")


@contextmanager
def _record(
    archive: Archive, folder: Path, place: Path, settings: Settings, tell: Callable[[str], None]
) -> Iterator[int | None]:  # fmt: skip
    """The record of the case, every claim held against its text; taken away again where the block does not end well."""
    if RECORD not in archive.held:
        yield None
        return
    tell("putting its record in")
    address = address_for(place, settings=settings)
    if not isinstance(address, str):
        inside = folder / ".tocsin" / "record.db"
        inside.parent.mkdir()
        yield _filled(archive, inside, folder)
        return
    schema = schema_of(place.name)
    if settings.record is not None:
        what = "a record cannot come with a case while one database holds the record of every case"
        raise InputError(what, where=Where("the setting record"), hint="unset it, or export without the record")
    if has_schema(settings.database or "", schema):
        hint = "give the case another name with --name"
        raise InputError(f"there is a record called '{place.name}' already", where=Where(schema), hint=hint)
    (folder.parent / HALF_A_SCHEMA).touch()
    make_schema(settings.database or "", schema)
    try:
        yield _filled(archive, address, folder)
    except BaseException:
        drop_schema(settings.database or "", schema)
        raise


def _filled(archive: Archive, address: str | Path, folder: Path) -> int:
    """Fill a new record; gives the number of rows.

    Raises:
        FileProblem: the rows are no record, or claims are not borne out by their texts.
    """
    scratch, where = folder.parent / RECORD, Where(archive.path, field=RECORD)
    with scratch.open("wb") as file:
        archive.copy(RECORD, file)
    _measure_list(scratch)
    _refuse_bomb(sum(table.size for table in counts(scratch, version=HEAD).values()), scratch.stat().st_size, where)
    with open_record(address) as record:
        try:
            rows = read_whole(record, scratch)
        except (FileProblem, TableProblem) as error:
            raise FileProblem(
                error.what, where=Where(archive.path, field=error.where.field or RECORD), hint=error.hint
            ) from error
        wrong = next(record.violations(), None)
    if wrong is not None:
        what = (
            f"the record holds a claim that its text does not bear out: {wrong.claim_id}, {wrong.field}: {wrong.reason}"
        )
        raise FileProblem(what, where=where, hint="the file was altered: get it again from whoever exported it")
    return rows


__all__ = ["MANIFEST", "MOST_BYTES", "MOST_MEMBERS", "MOST_TIMES", "ImportedCase", "import_case", "measure", "outside"]
