"""What a reviewer does to one claim, guarded against writing over what somebody else did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api.review import REASONS, claim_of, found_in
from tocsin.errors import InputError, OutOfRange
from tocsin.record.claim import ClaimStatus
from tocsin.vocabulary import Credibility

if TYPE_CHECKING:
    from tocsin.record.store import Record

TAKES_BACK = "-"
"""What is given in place of a grade to take it back."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and what they saw.

    Attributes:
        by: the person.
        seen: the newest line of the claim's history that they saw; 0 where there was none.
    """

    by: str
    seen: int


def newest_line(record: Record, claim_id: str) -> int:
    """The newest line of a claim's history; 0 where nobody has done anything to it."""
    lines = record.lines(f"claim:{claim_id}")
    return lines[-1].entry if lines else 0


def decide(record: Record, claim_id: str, status: ClaimStatus, writer: Writer, *, why: str = "") -> int:
    """Set where a claim stands; accepting without a reason takes the one that is offered. Gives the line of the history.

    Raises:
        UnknownName: the record has no such claim.
        InputError: anything but accepting without a reason.
        Outdated: somebody else was faster.
    """
    if not why.strip() and status is not ClaimStatus.ACCEPTED:
        raise InputError(f"no reason is given for '{status}'", hint=f"as: {'; '.join(REASONS[status])}")
    reason = why.strip() or REASONS[status][0]
    return record.decide(claim_id, status, by=writer.by, why=reason, seen=writer.seen)


def correct(record: Record, claim_id: str, words: str, writer: Writer, *, why: str) -> str:
    """Let a claim quote these words of its text instead; gives the new claim's id, and the old one stays as rejected.

    Raises:
        UnknownName: the record has no such claim.
        InputError: the words are not in the text, stand there more than once, or the gate turns the correction away.
        Outdated: somebody else was faster.
    """
    if not why.strip():
        raise InputError("no reason is given", hint="say in a few words what was wrong; it is kept in the history")
    claim = claim_of(record, claim_id)
    quote = found_in(record.text(claim.text_id), words, near=claim.quote)
    return record.correct(claim_id, quote, claim.arguments, by=writer.by, why=why, seen=writer.seen)


def grade(record: Record, claim_id: str, credibility: str, writer: Writer, *, why: str) -> int:
    """Grade a claim's credibility, `1` to `6`; `-` takes the grade back. Gives the line of the history.

    Raises:
        UnknownName: the record has no such claim.
        OutOfRange: there is no such grade.
        InputError: no reason is given.
        Outdated: somebody else was faster.
    """
    known = {one.name[1]: one for one in Credibility}
    if credibility != TAKES_BACK and credibility not in known:
        raise OutOfRange(f"'{credibility[:20]}' is no credibility", hint="1 to 6, or - to take the grade back")
    return record.grade_claim(claim_id, known.get(credibility), by=writer.by, why=why, seen=writer.seen)


def undo(record: Record, claim_id: str, entry: int, writer: Writer, *, why: str) -> int:
    """Take back one line of a claim's history; gives the line that says so.

    Raises:
        UnknownName: the claim's history has no such line.
        InputError: it cannot be undone, or a later line stands on it.
        Outdated: somebody else was faster.
    """
    if all(line.entry != entry for line in record.lines(f"claim:{claim_id}")):
        raise OutOfRange(f"the claim's history has no line {entry}", hint="load the claim again")
    return record.undo(entry, by=writer.by, why=why.strip() or "taken back in review", seen=writer.seen)
