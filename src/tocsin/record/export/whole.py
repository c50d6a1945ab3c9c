"""The whole record as one file: a ZIP of JSON lines, a member for each table, with counts and hashes. Nothing is lost."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from tocsin.errors import FileProblem, Where
from tocsin.record.store import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tocsin.errors import TableProblem

FORMAT = "tocsin whole record"
VERSION = 1
MANIFEST = "manifest.json"
_AT = (1980, 1, 1, 0, 0, 0)
"""The date of every member, so that the same record gives the same bytes."""
LONGEST_LINE = 160_000_000
"""Bytes: a text has at most 20 million characters, each up to six bytes as JSON."""
LONGEST_MANIFEST = 1_000_000
FREELY = 100_000_000
"""Bytes that a file may always expand to; beyond them, it may to so many times its own size:"""
TIMES = 200
_AGAIN = "get the file again from whoever exported it, or export it anew"
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Packed:
    """What stands of one table in the manifest.

    Attributes:
        rows: how many.
        size: bytes when expanded.
        sha256: of these bytes, hexadecimal.
    """

    rows: int
    size: int
    sha256: str


def pack(rows_of: Callable[[str], Iterable[Mapping[str, Any]]], path: Path, *, version: str) -> dict[str, Packed]:
    """Write a whole record to a file.

    Args:
        rows_of: the rows of a table, in the order of its key.
        path: the file, which is written anew.
        version: of the record's tables.

    Returns:
        Each table with its counts and hash.
    """
    done = _pack(rows_of, path, version=version, method=zipfile.ZIP_DEFLATED)
    if sum(table.size for table in done.values()) > _most(path):
        # a record this much alike would be taken for an archive bomb: it is written without compression
        return _pack(rows_of, path, version=version, method=zipfile.ZIP_STORED)
    return done


def _pack(
    rows_of: Callable[[str], Iterable[Mapping[str, Any]]], path: Path, *, version: str, method: int
) -> dict[str, Packed]:
    with zipfile.ZipFile(path, "w", compression=method, compresslevel=5) as archive:
        done = {}
        for table in TABLES:
            with archive.open(_member(f"{table}.jsonl", method), "w", force_zip64=True) as member:
                done[table] = _write(rows_of(table), member)
        with archive.open(_member(MANIFEST, method), "w") as member:
            member.write(_manifest(done, version))
    return done


def _member(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=_AT)
    info.compress_type, info.create_system, info.external_attr = method, 3, 0o644 << 16
    return info


def _write(rows: Iterable[Mapping[str, Any]], member: IO[bytes]) -> Packed:
    digest, count, size = hashlib.sha256(), 0, 0
    for row in rows:
        line = _ENCODE(dict(row)).encode() + b"\n"
        digest.update(line)
        member.write(line)
        count, size = count + 1, size + len(line)
    return Packed(count, size, digest.hexdigest())


def _manifest(done: Mapping[str, Packed], version: str) -> bytes:
    tables = {name: {"rows": t.rows, "bytes": t.size, "sha256": t.sha256} for name, t in done.items()}
    whole = {"format": FORMAT, "format_version": VERSION, "record_version": version, "tables": tables}
    return json.dumps(whole, indent=2).encode() + b"\n"


def unpack(path: Path, *, version: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a whole record with the names of their tables, as `Record.load` takes them.

    Counts and hashes are held against the manifest as each table ends, so whoever loads the rows in one transaction keeps
    nothing of a file that was cut short or altered.

    Raises:
        FileProblem: it is no whole record, is of another version, was cut short or altered, or expands without bound.
    """
    with _faults(path), zipfile.ZipFile(path) as archive:
        manifest = _checked(archive, path, version=version)
        for table in TABLES:
            yield from ((table, row) for row in _rows(archive, table, manifest[table], path))


def counts(path: Path, *, version: str) -> dict[str, Packed]:
    """What the manifest of a whole record says of each table.

    Raises:
        FileProblem: it is no whole record, is of another version, or expands without bound.
    """
    with _faults(path), zipfile.ZipFile(path) as archive:
        return _checked(archive, path, version=version)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Faults of the archive in words."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileProblem("the file is not there", where=Where(path), hint="check its name") from error
    except IsADirectoryError as error:
        raise FileProblem("this is a folder, not a file", where=Where(path), hint="name the exported file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        what = "this is no whole record, or it was cut short or altered"
        raise FileProblem(what, where=Where(path), hint=_AGAIN) from error


def _checked(archive: zipfile.ZipFile, path: Path, *, version: str) -> dict[str, Packed]:
    """The manifest, once the archive's own list of what it holds agrees with it."""
    infos = {info.filename: info for info in archive.infolist()}
    wanted = {MANIFEST, *(f"{table}.jsonl" for table in TABLES)}
    if MANIFEST not in infos:
        raise FileProblem("this archive is no whole record: it has no manifest", where=Where(path), hint=_AGAIN)
    manifest = _read_manifest(archive, infos[MANIFEST], path)
    if manifest.get("format") != FORMAT:
        raise FileProblem("this archive is no whole record", where=Where(path), hint=_AGAIN)
    found = (manifest.get("format_version"), manifest.get("record_version"))
    if found != (VERSION, version):
        raise FileProblem(
            f"this whole record is of version {found[0]}/{found[1]}, and this Tocsin reads {VERSION}/{version}",
            where=Where(path), hint="import it with the Tocsin that exported it, and open the record with this one",
        )  # fmt: skip
    if set(infos) != wanted or len(archive.infolist()) != len(wanted) or any(i.flag_bits & 1 for i in infos.values()):
        raise FileProblem("the archive does not hold just the tables of a record", where=Where(path), hint=_AGAIN)
    return _agreed(manifest, infos, path)


def _read_manifest(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> dict[str, Any]:
    with archive.open(info) as member:
        said = member.read(LONGEST_MANIFEST + 1)
    try:
        manifest = json.loads(said) if len(said) <= LONGEST_MANIFEST else None
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict):
        raise FileProblem("the manifest of this whole record cannot be read", where=Where(path), hint=_AGAIN)
    return manifest


def _agreed(
    manifest: Mapping[str, Any], infos: Mapping[str, zipfile.ZipInfo], path: Path
) -> dict[str, Packed]:  # fmt: skip
    try:
        told = {
            name: Packed(int(t["rows"]), int(t["bytes"]), str(t["sha256"])) for name, t in manifest["tables"].items()
        }
        sizes = {name: infos[f"{name}.jsonl"].file_size for name in TABLES}
        agrees = {name: told[name].size for name in TABLES} == sizes
    except (KeyError, TypeError, ValueError, AttributeError):
        agrees, sizes, told = False, {}, {}
    if not agrees:
        raise FileProblem("the manifest does not agree with the archive", where=Where(path), hint=_AGAIN)
    if sum(sizes.values()) > _most(path):
        what = f"the file would expand to {sum(sizes.values()):,} bytes, which no record of its size does"
        raise FileProblem(what, where=Where(path), hint=_AGAIN)
    return told


def _most(path: Path) -> int:
    """Bytes that an archive may expand to."""
    return FREELY + TIMES * path.stat().st_size


def _rows(archive: zipfile.ZipFile, table: str, told: Packed, path: Path) -> Iterator[dict[str, Any]]:
    where = Where(path, field=f"{table}.jsonl")
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(f"{table}.jsonl") as member:
        while line := member.readline(LONGEST_LINE):
            count, size = count + 1, size + len(line)
            if not line.endswith(b"\n") or size > told.size:
                raise FileProblem(f"line {count:,} of {table} has no end", where=where, hint=_AGAIN)
            digest.update(line)
            yield _row(line, count, where)
    if (count, size, digest.hexdigest()) != (told.rows, told.size, told.sha256):
        what = f"{table} has {count:,} rows that are not the {told.rows:,} of the manifest: the file was altered"
        raise FileProblem(what, where=where, hint=_AGAIN)


def _row(line: bytes, number: int, where: Where) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not all(isinstance(v, (str, int, float, bool, type(None))) for v in row.values()):
        raise FileProblem(f"line {number:,} is no row of a table", where=where, hint=_AGAIN)
    return row


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def misfit(path: Path, error: TableProblem) -> FileProblem:
    """The fault of a file whose rows do not fit the tables of a record."""
    return FileProblem(
        f"this file does not hold a whole record: {error.what}", where=Where(path, field=error.where.field), hint=_AGAIN
    )
