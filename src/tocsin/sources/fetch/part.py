"""The file under way: `NAME.part`, and beside it the note that says which state of the file it is of."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from tocsin.errors import InputError, Where
from tocsin.sources.fetch.marks import Marks
from tocsin.sources.tables import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Note(BaseModel):
    """Where the bytes came from, and the state of the file they belong to."""

    model_config = ConfigDict(frozen=True)

    url: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes of a known state of the file, from its start: the next to ask for is `offset`."""

    offset: int
    marks: Marks


@dataclass(frozen=True, slots=True)
class Part:
    """The file under way to `to`."""

    to: Path

    @property
    def path(self) -> Path:
        """The bytes so far."""
        return self.to.with_name(self.to.name + ".part")

    @property
    def note_path(self) -> Path:
        """The note beside them."""
        return self.to.with_name(self.to.name + ".part.json")

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def held(self, url: str) -> Held | None:
        """What can be continued, if anything can.

        Where every byte is here already, the last is asked for again, so that the server says whether the file
        is still the same.
        """
        try:
            note = Note.model_validate_json(self.note_path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        marks, size = note.marks, self.size
        if note.url != url or size == 0 or marks.if_range is None:
            return None
        if marks.size is not None and size > marks.size:
            return None
        return Held(min(size, size if marks.size is None else marks.size - 1), marks)

    def begin(self, url: str, marks: Marks) -> None:
        """Start from nothing. The bytes go first, so that a note never stands beside bytes of another state."""
        self.path.write_bytes(b"")
        write_text(Note(url=url, marks=marks).model_dump_json(indent=2) + "\n", self.note_path)

    def cut(self, size: int) -> None:
        """Keep the first bytes only."""
        os.truncate(self.path, size)

    def discard(self) -> None:
        """Remove bytes and note."""
        self.path.unlink(missing_ok=True)
        self.note_path.unlink(missing_ok=True)

    def take_its_place(self) -> None:
        """Put the finished file in the place of the earlier one, in one step, once it is on the disk."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        self.path.replace(self.to)
        self.note_path.unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder for one download at a time; it is let go even if the process is killed.

    Raises:
        InputError: another download is under way there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  # this module is not there on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(
                "another download into this folder is under way",
                where=Where(folder),
                hint="wait until it ends, or choose another folder",
            ) from error
        yield
    finally:
        os.close(handle)
