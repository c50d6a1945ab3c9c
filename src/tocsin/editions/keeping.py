"""Findings that take minutes, kept beside the editions until what they were made from changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.editions.frozen import frozen, thawed
from tocsin.errors import FileProblem
from tocsin.sources.tables import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

KEPT_OF_EACH = 2
"""Files kept of each part: the newest and the one before, so that a change taken back costs nothing."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A folder of kept findings; deleting it costs time and nothing else."""

    folder: Path

    def get(self, part: str, fingerprint: str) -> Any | None:  # noqa: ANN401 - the part decides
        """A part made from what has this fingerprint; None where none is kept, or the file is damaged."""
        path = self._path(part, fingerprint)
        if not path.is_file():
            return None
        try:
            return thawed(path)
        except FileProblem:
            path.unlink(missing_ok=True)
            return None

    def put(self, part: str, fingerprint: str, value: object) -> None:
        """Keep a part, and let the oldest of it go."""
        write_bytes(frozen(value), self._path(part, fingerprint))
        held = sorted(self.folder.glob(f"{part}-*.npz"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for old in held[KEPT_OF_EACH:]:
            old.unlink(missing_ok=True)

    def _path(self, part: str, fingerprint: str) -> Path:
        return self.folder / f"{part}-{fingerprint[:32]}.npz"
