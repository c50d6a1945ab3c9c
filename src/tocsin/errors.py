"""The one tree of errors.

TocsinError
├── InputError              what a user gave cannot be used: exit 2
│   ├── FileProblem         a file is missing, empty, cut short, or of another kind
│   ├── TableProblem        a column, row or value of a table is wrong
│   ├── UnknownName         a name is not among those that exist
│   ├── Outdated            somebody else changed it since it was looked at
│   ├── OutOfRange          an origin, horizon or number lies outside what the data or the contract allow
│   └── CaseProblem         a case folder does not pass its checks
├── SourceError             a publisher's server did not give what it should: exit 1
├── ClusterProblem          other machines do not answer, or hold other software: exit 1
└── MissingExtra            an optional part is not installed: exit 1
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a fault: file, rows (counted as the reader of the file sees them) and field.

    Example:
        >>> str(Where(file="acled.csv", rows=(14, 90, 211), field="date"))
        'acled.csv, rows 14, 90, 211, field date'
    """

    file: str | Path | None = None
    rows: tuple[int, ...] = field(default=())
    field: str | None = None

    def __str__(self) -> str:
        parts = [str(self.file)] if self.file is not None else []
        if self.rows:
            named = ", ".join(str(row) for row in self.rows[:ROWS_NAMED])
            more = f" and {len(self.rows) - ROWS_NAMED} more" if len(self.rows) > ROWS_NAMED else ""
            parts.append(f"{'row' if len(self.rows) == 1 else 'rows'} {named}{more}")
        if self.field is not None:
            parts.append(f"field {self.field}")
        return ", ".join(parts)


class TocsinError(Exception):
    """Root of the tree. Carries what went wrong, where, and what mends it."""

    exit_code = 1

    def __init__(self, what: str, *, where: Where | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where or Where()
        self.hint = hint

    def __str__(self) -> str:
        lines = [self.what]
        if str(self.where):
            lines.append(f"  in {self.where}")
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The error as one JSON shape: what, file, rows, field, hint."""
        return {
            "error": self.what,
            "file": None if self.where.file is None else str(self.where.file),
            "rows": list(self.where.rows),
            "field": self.where.field,
            "hint": self.hint,
        }


class InputError(TocsinError):
    """What a user gave cannot be used."""

    exit_code = 2


class FileProblem(InputError):
    """A file is missing, empty, cut short, or of another kind than its name says."""


class TableProblem(InputError):
    """A column, row or value of a table is wrong."""


class UnknownName(InputError):
    """A name is not among those that exist.

    Example:
        >>> print(UnknownName.of("model", "quantil_forest", ["zero", "quantile_forest"]))
        no model is called 'quantil_forest'
          hint: did you mean 'quantile_forest'? There are: quantile_forest, zero
    """

    @classmethod
    def of(cls, kind: str, name: str, known: Iterable[str], *, where: Where | None = None) -> UnknownName:
        """Say which name is unknown, the nearest that exists, and all that exist."""
        names = sorted(known)
        near = get_close_matches(name, names, n=1)
        shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        hint = (f"did you mean '{near[0]}'? " if near else "") + f"There are: {shown or 'none'}"
        return cls(f"no {kind} is called '{name}'", where=where, hint=hint)


class Outdated(InputError):
    """Somebody else changed what was looked at, so that nothing was written over it."""


class OutOfRange(InputError):
    """An origin, horizon or number lies outside what the data or the contract allow."""


class CaseProblem(InputError):
    """A case folder does not pass its checks."""


class SourceError(TocsinError):
    """A publisher's server did not give what it should."""


class ClusterProblem(TocsinError):
    """Other machines do not answer, hold other software, or were lost in mid-work."""


class MissingExtra(TocsinError):
    """An optional part of Tocsin is not installed."""


def missing_columns(needed: Sequence[str], found: Sequence[str], *, where: Where) -> TableProblem:
    """The error for a table that lacks columns, naming those that are there."""
    lacking = [name for name in needed if name not in found]
    return TableProblem(
        f"{'column' if len(lacking) == 1 else 'columns'} {', '.join(lacking)} not found",
        where=where,
        hint=f"the file has: {', '.join(found[:20])}",
    )
