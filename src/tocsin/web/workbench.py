"""The cases a workbench shows, their editions and their records, kept open between requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from tocsin.api.home import editions_of
from tocsin.api.known import open_case
from tocsin.api.record import has_record, open_record_of
from tocsin.case import resolve_case
from tocsin.errors import InputError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.editions import Edition, Editions
    from tocsin.record.store import Record
    from tocsin.settings import Settings


@dataclass
class Workbench:
    """Several cases, each by the name of its folder.

    Attributes:
        settings: where data and databases are.
        folders: the folder of each case.
        imports: the folder that imported cases are put into; None where there is none.
        look_seconds: how long an edited table may go unseen, seconds.
    """

    settings: Settings
    folders: dict[str, Path]
    imports: Path | None = None
    look_seconds: float = 1.0
    _looks: dict[str, tuple[float, float]] = field(default_factory=dict)
    _newest: dict[str, tuple[Path, int, str | None]] = field(default_factory=dict)
    _cases: dict[str, tuple[float, Case]] = field(default_factory=dict)
    _editions: dict[tuple[str, str], Edition] = field(default_factory=dict)
    _records: dict[str, Record] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, cases: Iterable[str | Path], *, settings: Settings) -> Workbench:
        """A workbench of case folders, or of cases that ship by their names.

        Raises:
            UnknownName: there is no such case.
            InputError: two cases have one name.
        """
        folders: dict[str, Path] = {}
        for given in cases:
            folder = resolve_case(given).resolve()
            if folders.setdefault(folder.name, folder) != folder:
                raise InputError(f"two cases are called '{folder.name}'", hint="rename one of the folders")
        return cls(settings, folders)

    @property
    def names(self) -> tuple[str, ...]:
        """The cases' names, in order."""
        return tuple(sorted(self.folders))

    def add(self, folder: Path) -> None:
        """Show one case more.

        Raises:
            InputError: another case has its name.
        """
        with self._lock:
            if self.folders.get(folder.name, folder) != folder:
                raise InputError(f"a case called '{folder.name}' is shown already", hint="give it another name")
            self.folders[folder.name] = folder

    def case(self, name: str) -> Case:
        """A case, read again when one of its files has changed.

        Raises:
            UnknownName: the workbench shows no such case.
        """
        if name not in self.folders:
            raise UnknownName.of("case", name, self.folders)
        folder = self.folders[name]
        changed = max(self._looked(name, folder), *((folder / part).stat().st_mtime for part in ("", "case.toml")))
        with self._lock:
            held = self._cases.get(name)
            if held is None or held[0] != changed:
                held = (changed, open_case(folder))
                self._cases[name] = held
            return held[1]

    def _looked(self, name: str, folder: Path) -> float:
        """When a file of a case last changed: all of them are looked at once in a while, not for every request."""
        now = monotonic()
        at, changed = self._looks.get(name, (-inf, 0.0))
        if now - at >= self.look_seconds:
            changed = _changed(folder)
            self._looks[name] = (now, changed)
        return changed

    def editions(self, name: str) -> Editions:
        """The editions of a case."""
        return editions_of(self.case(name), settings=self.settings)

    def edition(self, name: str, asked: str | None = None) -> Edition | None:
        """An edition by its id; the newest where none is asked for; None where none was made yet.

        Raises:
            UnknownName: the case has no edition of that id.
        """
        listed = self.editions(name)
        newest = self._newest_of(name, listed) if asked is None else asked
        if newest is None:
            return None
        key = (name, newest)
        with self._lock:
            if key not in self._editions:
                if len(self._editions) >= EDITIONS_KEPT:
                    self._editions.pop(next(iter(self._editions)))
                self._editions[key] = listed.get(key[1])
            return self._editions[key]

    def _newest_of(self, name: str, listed: Editions) -> str | None:
        """Id of the newest edition; the folder is listed again when something came into it or left it."""
        changed = listed.folder.stat().st_mtime_ns if listed.folder.is_dir() else 0
        held = self._newest.get(name)
        if held is None or held[:2] != (listed.folder, changed):
            held = (listed.folder, changed, next(iter(listed.ids()), None))
            self._newest[name] = held
        return held[2]

    def record(self, name: str) -> Record | None:
        """The record of a case, kept open; None where nothing was read yet."""
        case = self.case(name)
        with self._lock:
            if name not in self._records:
                if not has_record(case, settings=self.settings):
                    return None
                self._records[name] = open_record_of(case, settings=self.settings)
            return self._records[name]

    def close(self) -> None:
        """Put the records away."""
        with self._lock:
            for record in self._records.values():
                record.close()
            self._records.clear()


def _changed(folder: Path) -> float:
    """When a case's tables, pages or settings last changed, seconds."""
    parts = [folder, *(part for name in PAGES if (part := folder / name).is_dir())]
    return max(
        entry.stat().st_mtime for part in parts for entry in (part, *part.iterdir()) if not entry.name.startswith(".")
    )


PAGES = ("questions", "options", "elicited")
EDITIONS_KEPT = 6
"""Editions held in memory at once."""
