"""One file that holds many: a ZIP with a manifest of counts and hashes, written in one go and read only where it is whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any

from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
LONGEST_MANIFEST = 20_000_000
LONGEST_LINE = 160_000_000
"""Bytes of one row: a text has at most 20 million characters, each up to six bytes as JSON."""
PIECE = 1 << 20
PACKED_ALREADY = (".parquet", ".pdf", ".zip", ".xlsx", ".docx", ".png", ".jpg", ".gz")
AGAIN = "the file was cut short or altered: take another copy of it"


@dataclass(frozen=True, slots=True)
class Held:
    """What the manifest says of one member.

    Attributes:
        bytes: when expanded.
        sha256: of these bytes, hexadecimal.
        rows: lines, for a table; None for a file.
    """

    bytes: int
    sha256: str
    rows: int | None = None


@dataclass
class Packing:
    """An archive that is being written; its manifest goes in last."""

    archive: zipfile.ZipFile
    held: dict[str, Held] = field(default_factory=dict)

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Put a table in, a line a row."""
        digest, rows, size = hashlib.sha256(), 0, 0
        with self.archive.open(_info(name), "w", force_zip64=True) as member:
            for line in lines:
                digest.update(line)
                member.write(line)
                rows, size = rows + 1, size + len(line)
        self.held[name] = Held(size, digest.hexdigest(), rows)

    def file(self, name: str, path: Path) -> None:
        """Put a file in."""
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file, self.archive.open(_info(name), "w", force_zip64=True) as member:
            while piece := file.read(PIECE):
                digest.update(piece)
                member.write(piece)
                size += len(piece)
        self.held[name] = Held(size, digest.hexdigest())

    def bytes(self, name: str, content: bytes) -> None:
        """Put a file in whose content is given."""
        with self.archive.open(_info(name), "w") as member:
            member.write(content)
        self.held[name] = Held(len(content), hashlib.sha256(content).hexdigest())

    def end(self, said: Mapping[str, Any]) -> None:
        """Write the manifest: what is said, and every member."""
        members = {name: {k: v for k, v in asdict(held).items() if v is not None} for name, held in self.held.items()}
        text = json.dumps({**said, "members": members}, indent=1, ensure_ascii=False)
        with self.archive.open(_info(MANIFEST), "w") as member:
            member.write(text.encode() + b"\n")


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o600 << 16
    info.compress_type = zipfile.ZIP_STORED if name.lower().endswith(PACKED_ALREADY) else zipfile.ZIP_DEFLATED
    return info


@contextmanager
def packing(path: Path) -> Iterator[Packing]:
    """An archive to be written at a path that nobody else sees yet."""
    with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        yield Packing(archive)


@dataclass(frozen=True)
class Archive:
    """An archive whose list of members agrees with its manifest.

    Attributes:
        path: the file.
        said: the manifest.
        held: the members, by name.
    """

    path: Path
    said: Mapping[str, Any]
    held: Mapping[str, Held]
    _file: zipfile.ZipFile

    def below(self, folder: str) -> tuple[str, ...]:
        """Names of the members in a folder and its folders, in order."""
        return tuple(sorted(name for name in self.held if name.startswith(f"{folder}/")))

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a table; the last comes only where count and hash agree.

        Raises:
            FileProblem: they do not, and so the file was altered.
        """
        told, where = self.held[name], Where(self.path, field=name)
        digest, rows, size = hashlib.sha256(), 0, 0
        with faults_of(self.path, name), self._file.open(name) as member:
            while line := member.readline(LONGEST_LINE):
                rows, size = rows + 1, size + len(line)
                if not line.endswith(b"\n") or size > told.bytes:
                    raise FileProblem(f"line {rows:,} of {name} has no end", where=where, hint=AGAIN)
                digest.update(line)
                yield line
        if (rows, size, digest.hexdigest()) != (told.rows, told.bytes, told.sha256):
            raise FileProblem(f"{name} is not what the manifest says", where=where, hint=AGAIN)

    def copy(self, name: str, to: IO[bytes]) -> None:
        """Write a member's bytes.

        Raises:
            FileProblem: they are not those that the manifest names.
        """
        for piece in self._pieces(name):
            to.write(piece)

    def check(self) -> None:
        """Hold every member against its hash.

        Raises:
            FileProblem: one was altered; it is named.
        """
        for name in self.held:
            for _ in self._pieces(name):
                pass

    def _pieces(self, name: str) -> Iterator[bytes]:
        told, digest, size = self.held[name], hashlib.sha256(), 0
        with faults_of(self.path, name), self._file.open(name) as member:
            while (piece := member.read(PIECE)) and size <= told.bytes:
                digest.update(piece)
                size += len(piece)
                yield piece
        if (size, digest.hexdigest()) != (told.bytes, told.sha256):
            what = f"{name} is not what the manifest says"
            raise FileProblem(what, where=Where(self.path, field=name), hint=AGAIN)


@contextmanager
def reading(path: Path, *, form: str, version: int) -> Iterator[Archive]:
    """An archive of one format, once its members are those of its manifest.

    Raises:
        FileProblem: it is none, of another version, was cut short, or holds other members than it says.
    """
    with faults_of(path), zipfile.ZipFile(path) as file:
        infos = file.infolist()
        said = _manifest(file, path, form)
        if said.get("format_version") != version:
            what = f"this file is of version {said.get('format_version')}, and this Tocsin reads {version}"
            raise FileProblem(what, where=Where(path), hint="use the Tocsin that wrote it, or a newer one")
        held = _held(said, path)
        sizes = {info.filename: info.file_size for info in infos if info.filename != MANIFEST}
        twice = len(sizes) + 1 != len(infos)
        differ = sorted(n for n in sizes.keys() | held.keys() if n not in held or held[n].bytes != sizes.get(n))
        if twice or differ or any(info.flag_bits & 1 for info in infos):
            named = f": {', '.join(differ[:3])}" if differ else ""
            what = f"the file does not hold what its manifest says{named}"
            raise FileProblem(what, where=Where(path), hint=AGAIN)
        yield Archive(path, said, held, file)


def refuse_other_file(path: Path, *, form: str, version: int, replace: bool) -> None:
    """Refuse to write where a file lies, unless it may be replaced and is an archive of the same format.

    Raises:
        FileProblem: another file lies at `path`, or `replace` is not given.
    """
    if not path.exists():
        return
    if not replace:
        raise FileProblem("this file is there already", where=Where(path), hint="name another, or say --replace")
    with reading(path, form=form, version=version):
        pass


def _manifest(file: zipfile.ZipFile, path: Path, form: str) -> dict[str, Any]:
    try:
        with file.open(MANIFEST) as member:
            text = member.read(LONGEST_MANIFEST + 1)
        said = json.loads(text) if len(text) <= LONGEST_MANIFEST else None
    except (KeyError, ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("format") != form:
        raise FileProblem(f"this file is no {form.removeprefix('tocsin ')} of Tocsin", where=Where(path), hint=AGAIN)
    return said


def _held(said: Mapping[str, Any], path: Path) -> dict[str, Held]:
    try:
        members = said["members"].items()
        return {name: Held(int(m["bytes"]), str(m["sha256"]), m.get("rows")) for name, m in members}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileProblem("the manifest of this file cannot be read", where=Where(path), hint=AGAIN) from error


@contextmanager
def faults_of(path: Path, name: str | None = None) -> Iterator[None]:
    """Faults of an archive in words, with the member they were met in."""
    where = Where(path, field=name)
    try:
        yield
    except FileNotFoundError as error:
        raise FileProblem("the file is not there", where=where, hint="check its name") from error
    except IsADirectoryError as error:
        raise FileProblem("this is a folder, not a file", where=where, hint="name the file itself") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, RuntimeError) as error:
        what = "this file was cut short or altered, or is of another kind"
        raise FileProblem(what, where=where, hint=AGAIN) from error
