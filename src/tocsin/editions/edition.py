"""Reading editions: one folder, and all the editions of a case."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl
from pydantic import ValidationError

from tocsin.editions.manifest import ID, MANIFEST, Manifest
from tocsin.errors import FileProblem, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAKE_AGAIN = "make it again with tocsin run"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: a folder that is never changed. What it gives back is shared: read it, do not alter it.

    Attributes:
        folder: where it lies.
        manifest: what it says of itself.
    """

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """The time it was made and eight digits of the hash of its inputs."""
        return self.folder.name

    def has(self, name: str) -> bool:
        """Whether it holds a JSON document, a table, or a file of this name."""
        return any(each in self.manifest.files for each in (name, f"{name}.json", f"{name}.parquet"))

    def json(self, name: str) -> Any:  # noqa: ANN401 - each document has the shape of its own command
        """The document `NAME.json`.

        Raises:
            FileProblem: the edition holds none, or the file is not the one that was written.
        """
        return _parsed(self.file(f"{name}.json"), self.manifest.files[f"{name}.json"].sha256)

    def page(self, name: str) -> dict[str, Any]:
        """A page as laid-out blocks, `pages/NAME.json`.

        Raises:
            FileProblem: as `json`.
        """
        found: dict[str, Any] = self.json(f"pages/{name}")
        return found

    def table(self, name: str) -> pl.DataFrame:
        """The table `NAME.parquet`.

        Raises:
            FileProblem: as `json`.
        """
        return pl.read_parquet(BytesIO(self.content(f"{name}.parquet")))

    def content(self, name: str) -> bytes:
        """A file's content, checked against its hash.

        Raises:
            FileProblem: as `json`.
        """
        return _checked(self.file(name), self.manifest.files[name].sha256)

    def file(self, name: str) -> Path:
        """The path of a file that the manifest names: never one outside the edition.

        Raises:
            FileProblem: the edition holds no such file, or it is gone.
        """
        if name not in self.manifest.files:
            held = ", ".join(sorted(self.manifest.files)[:20]) or "none"
            raise FileProblem(f"the edition holds no {name!r}", where=Where(self.folder), hint=f"it holds: {held}")
        path = self.folder / name
        if not path.is_file() or not path.resolve().is_relative_to(self.folder.resolve()):
            raise FileProblem("a file of the edition is gone", where=Where(path), hint=MAKE_AGAIN)
        return path

    def faults(self) -> tuple[str, ...]:
        """Names of files that are gone or are not those that were written."""
        return tuple(sorted(self._faults()))

    def _faults(self) -> Iterator[str]:
        for name in self.manifest.files:
            try:
                self.content(name)
            except FileProblem:
                yield name


@dataclass(frozen=True, slots=True)
class Editions:
    """All editions of a case, in one folder."""

    folder: Path

    def ids(self) -> tuple[str, ...]:
        """Ids, newest first; a folder without a whole manifest is not listed."""
        if not self.folder.is_dir():
            return ()
        named = sorted((p for p in self.folder.iterdir() if ID.fullmatch(p.name)), key=lambda p: p.name, reverse=True)
        return tuple(p.name for p in named if _manifest(p) is not None)

    def latest(self) -> Edition | None:
        """The newest edition; None where there is none yet."""
        for name in self.ids():
            return self.get(name)
        return None

    def get(self, id: str) -> Edition:  # noqa: A002 - the word that addresses of the workbench use
        """One edition by its id.

        Raises:
            UnknownName: there is none of this id.
        """
        manifest = _manifest(self.folder / id) if ID.fullmatch(id) else None
        if manifest is None:
            raise UnknownName.of("edition", id, self.ids(), where=Where(self.folder))
        return Edition(self.folder / id, manifest)

    def prune(self, *, keep: int) -> None:
        """Take the oldest away, so that `keep` stay."""
        for name in self.ids()[keep:]:
            shutil.rmtree(self.folder / name)


def _manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none or it cannot be read."""
    path = folder / MANIFEST
    try:
        stat = path.stat()
        return _read_manifest(path, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValidationError):
        return None


@lru_cache(maxsize=256)
def _read_manifest(path: Path, _written: int, _size: int) -> Manifest:
    return Manifest.model_validate_json(path.read_bytes())


@lru_cache(maxsize=128)
def _parsed(path: Path, digest: str) -> Any:  # noqa: ANN401 - as Edition.json
    return json.loads(_checked(path, digest))


def _checked(path: Path, digest: str) -> bytes:
    """The bytes of a file whose hash is the one that was written down."""
    content = path.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise FileProblem(
            "the file is not the one that was written: its hash differs", where=Where(path), hint=MAKE_AGAIN
        )
    return content
