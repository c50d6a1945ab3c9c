"""What `tocsin backup --json` and `tocsin restore --json` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.api.backup import BackedUp
    from tocsin.api.restore import Restored


def backup_as_json(held: BackedUp) -> dict[str, object]:
    """What a backup holds."""
    return {
        "file": str(held.path), "made": held.made, "tocsin": held.tocsin, "cases": list(held.cases),
        "tables": dict(held.tables), "files": held.files, "bytes": held.bytes,
    }  # fmt: skip


def restored_as_json(done: Restored, file: Path) -> dict[str, object]:
    """What was put back, and where."""
    cases = {name: str(folder) for name, folder in done.cases.items()}
    return {"file": str(file), "cases": cases, "tables": done.tables, "files": done.files}
