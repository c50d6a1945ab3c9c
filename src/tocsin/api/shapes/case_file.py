"""What `tocsin case export --json` and `tocsin case import --json` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.api.case_export import ExportedCase
    from tocsin.api.case_import import ImportedCase


def exported_as_json(done: ExportedCase) -> dict[str, object]:
    """What a case file holds, and what it does not."""
    return {
        "file": str(done.path), "case": done.case, "files": done.files, "record_rows": done.record,
        "left_out": list(done.left_out),
    }  # fmt: skip


def imported_as_json(done: ImportedCase) -> dict[str, object]:
    """What came of a case file."""
    return {
        "case": done.name, "folder": None if done.folder is None else str(done.folder), "record_rows": done.record,
        "findings": [finding.as_dict() for finding in done.findings],
    }  # fmt: skip
