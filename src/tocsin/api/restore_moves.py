"""Files and folders put in place of others, all of them or none: what is under way stands in a journal on the disk."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from types import TracebackType

JOURNAL = ".restoring.jsonl"


@dataclass(frozen=True, slots=True)
class Move:
    """One place that gets something new, or is emptied.

    Attributes:
        place: the file or folder.
        new: what will be there is put here first; None where nothing will.
        old: what was there waits here until all is done.
        was_there: whether something was.
    """

    place: Path
    new: Path | None
    old: Path
    was_there: bool

    def do(self) -> None:
        """Put the old aside and the new in place."""
        if self.was_there:
            self.place.rename(self.old)
        if self.new is not None:
            self.new.rename(self.place)

    def undo(self, *, begun: bool) -> None:
        """As it was before, however far `do` came; what is not ours is not touched.

        Args:
            begun: whether any move was done.
        """
        if begun and self.new is not None and not self.new.exists():
            remove(self.place)
        if self.old.exists():
            self.old.rename(self.place)
        if self.new is not None:
            remove(self.new)

    def as_dict(self) -> dict[str, Any]:
        """The line of the journal."""
        paths = {"place": self.place, "new": self.new, "old": self.old}
        return {**{k: None if p is None else str(p) for k, p in paths.items()}, "was_there": self.was_there}

    @classmethod
    def of(cls, said: dict[str, Any]) -> Move:
        """The move of a line of the journal."""
        new = None if said["new"] is None else Path(said["new"])
        return cls(Path(said["place"]), new, Path(said["old"]), bool(said["was_there"]))


@dataclass
class Moves:
    """Moves that are done together at the end of a `with`; an exception, or the next `recover`, undoes them.

    Attributes:
        home: the folder of the journal.
    """

    home: Path
    _id: str = field(default_factory=lambda: secrets.token_hex(4))
    _moves: list[Move] = field(default_factory=list)

    def __enter__(self) -> Self:
        recover(self.home)
        self.home.mkdir(parents=True, exist_ok=True)
        self._write({"process": os.getpid()})
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is not None:
            recover(self.home)
            return
        (self.home / JOURNAL).unlink()
        for move in self._moves:
            remove(move.old)

    def to(self, place: Path) -> Path:
        """Where to write what shall stand at a place."""
        new = self._beside(place, "new")
        self._add(Move(place, new, self._beside(place, "old"), place.exists()))
        place.parent.mkdir(parents=True, exist_ok=True)
        return new

    def gone(self, place: Path) -> None:
        """Let nothing stand at a place."""
        if place.exists():
            self._add(Move(place, None, self._beside(place, "old"), was_there=True))

    def do(self) -> None:
        """Put everything in its place."""
        self._write({"begun": True})
        for move in self._moves:
            move.do()

    def _beside(self, place: Path, what: str) -> Path:
        return place.with_name(f".{place.name}.{self._id}.{what}")

    def _add(self, move: Move) -> None:
        missing = [str(p) for p in (move.place.parent, *move.place.parent.parents) if not p.exists()]
        self._moves.append(move)
        self._write({**move.as_dict(), "makes": missing})

    def _write(self, line: dict[str, Any]) -> None:
        with (self.home / JOURNAL).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            if "begun" in line:
                os.fsync(file.fileno())


def recover(home: Path) -> bool:
    """Undo moves that were begun and not ended; gives whether there were any.

    Raises:
        InputError: another process is at it now.
    """
    journal = home / JOURNAL
    if not journal.is_file():
        return False
    lines = _lines(journal)
    process = next((line["process"] for line in lines if "process" in line), None)
    if process is not None and process != os.getpid() and _lives(process):
        hint = f"wait until process {process} has ended; where it is another program, remove the file"
        raise InputError("a restore is under way", where=Where(journal), hint=hint)
    begun = any("begun" in line for line in lines)
    moves = [line for line in lines if "place" in line]
    for line in reversed(moves):
        Move.of(line).undo(begun=begun)
    for folder in sorted({p for line in moves for p in line["makes"]}, key=len, reverse=True):
        if Path(folder).is_dir() and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    journal.unlink()
    return True


def _lines(journal: Path) -> list[dict[str, Any]]:
    """The lines of a journal; one that was being written when the process ended was not acted on."""
    found = []
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            break
    return found


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove(path: Path) -> None:
    """Take a file or a folder away, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
