"""What a check found: where, what is wrong, and what mends it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTED = 40


class Severity(StrEnum):
    """Whether a finding stops the case from being used (`fault`) or only should be known (`note`)."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    Attributes:
        file: path within the case folder; for a case given in Python the table, `settings`, or `questions/` and id.
        row: row as a spreadsheet numbers it (the header is row 1), or counted from 1 in Python; in YAML and TOML the
            line; None for a whole file.
        column: column, or the key within YAML and TOML, as in `positions[0].salience`.
        problem: what is wrong.
        mend: what to do.
    """

    severity: Severity
    file: str
    row: int | None
    column: str | None
    problem: str
    mend: str

    def as_dict(self) -> dict[str, object]:
        """The finding in the shape `tocsin check --json` prints."""
        return asdict(self)

    @property
    def place(self) -> str:
        """Where it is, in words: `sites.csv, row 3, column lat`."""
        parts = [self.file]
        paged = "/" in self.file and not self.file.endswith((".csv", ".xlsx"))
        keyed = paged or self.file.endswith((".toml", ".jsonl")) or self.file == "settings"
        if self.row is not None:
            parts.append(f"{'line' if keyed else 'row'} {self.row}")
        if self.column is not None:
            parts.append(f"{'key' if keyed else 'column'} {self.column}")
        return ", ".join(parts)


def fault(file: str, problem: str, mend: str, *, row: int | None = None, column: str | None = None) -> Finding:
    """A finding that stops the case from being used."""
    return Finding(Severity.FAULT, file, row, column, problem, mend)


def note(file: str, problem: str, mend: str, *, row: int | None = None, column: str | None = None) -> Finding:
    """A finding that should be known, and stops nothing."""
    return Finding(Severity.NOTE, file, row, column, problem, mend)


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted as somebody mends them: file by file, row by row; each told once."""
    return tuple(sorted(set(findings), key=lambda f: (f.file, f.row or 0, f.column or "", f.problem, f.mend)))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The mend for a name that is not among those known.

    Example:
        >>> did_you_mean("nmi-tají", ["nmi-taji", "nmi-baghdad"])
        "did you mean 'nmi-taji'? There are: nmi-baghdad, nmi-taji"
    """
    names = sorted(known)
    near = nearest(name, names)
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return (f"did you mean '{near}'? " if near else "") + f"There are: {shown or 'none'}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, letter case aside; None when none is near."""
    by_small = {k.lower(): k for k in known}
    near = get_close_matches(name.lower(), by_small, n=1)
    return by_small[near[0]] if near else None


def quoted(value: object) -> str:
    """A value as a message shows it: in quotes, on one line, and not too long."""
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1] + '…'}'"
