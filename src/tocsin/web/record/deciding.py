"""Deciding on a claim: what a form sends, and what is shown where somebody else was faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api import claim_edits
from tocsin.api.claim_edits import Writer
from tocsin.api.review import REASONS, claim_of, person
from tocsin.errors import InputError, OutOfRange
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import Verdict
from tocsin.vocabulary import Credibility
from tocsin.web.record.history import done
from tocsin.web.record.words import seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.record.store import Record, StoredClaim
    from tocsin.team import User
    from tocsin.web.record.shelf import Shelf

LONGEST = 4_000
"""Characters of a reason or of a corrected quote."""
ACTIONS = {
    "accept": "accept it", "reject": "reject it", "standing": "set where it stands", "correct": "correct its quote",
    "grade": "grade it", "undo": "take back a line of its history",
}  # fmt: skip
DECIDES = {"accept": ClaimStatus.ACCEPTED, "reject": ClaimStatus.REJECTED}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wants of a claim.

    Attributes:
        action: one of ACTIONS.
        seen: the newest line of the claim's history that the form was made with.
        why: the reason.
        words: the quote as it should be, for `correct`.
        status: for `standing`.
        grade: `1` to `6`, or `-`, for `grade`.
        entry: the line to take back, for `undo`.
    """

    action: str
    seen: int
    why: str
    words: str
    status: str
    grade: str
    entry: int


def decision(form: Mapping[str, str]) -> Decision:
    """What a form asks for.

    Raises:
        OutOfRange: it is no form of ours, or too long.
    """
    action = form.get("action", "")
    if action not in ACTIONS:
        raise OutOfRange("the form asks for nothing that can be done", hint="load the page again")
    why = (form.get("own", "").strip() or form.get("why", "").strip()).replace("\x00", "\ufffd")
    words = form.get("words", "").replace("\r\n", "\n")
    if max(len(why), len(words)) > LONGEST:
        raise OutOfRange(f"more than {LONGEST:,} characters", hint="say it in fewer words")
    return Decision(
        action, _number(form, "seen"), why, words, form.get("status", ""), form.get("grade", ""), _number(form, "entry")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an entity is one with another, as a form says.

    Attributes:
        other: the other one.
        verdict: same, not same or unsure.
        why: the reason.
        seen: the newest line of the history on the two that the form was made with.
    """

    other: str
    verdict: Verdict
    why: str
    seen: int


def judgement(form: Mapping[str, str]) -> Judgement:
    """What a form says of two entities.

    Raises:
        OutOfRange: it is no form of ours, or too long.
    """
    verdict, why = form.get("verdict", ""), form.get("why", "").strip().replace("\x00", "\ufffd")
    if verdict not in set(Verdict) or len(why) > LONGEST:
        raise OutOfRange("the form says nothing that can be judged", hint="load the page again")
    return Judgement(form.get("other", "")[:LONGEST], Verdict(verdict), why, _number(form, "seen"))


def _number(form: Mapping[str, str], name: str) -> int:
    given = form.get(name, "0") or "0"
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise OutOfRange(f"the form's {name} is no number", hint="load the page again")
    return int(given)


def carry_out(record: Record, claim_id: str, wanted: Decision, by: str) -> str:
    """Do what is wanted, and give the id of the claim that stands for it then: another one after a correction.

    Raises:
        InputError: it cannot be done.
        Outdated: somebody else was faster; nothing was changed.
    """
    writer = Writer(by, wanted.seen)
    if wanted.action == "correct":
        return claim_edits.correct(record, claim_id, wanted.words, writer, why=wanted.why)
    if wanted.action == "grade":
        claim_edits.grade(record, claim_id, wanted.grade, writer, why=wanted.why)
    elif wanted.action == "undo":
        claim_edits.undo(record, claim_id, wanted.entry, writer, why=wanted.why)
    else:
        claim_edits.decide(record, claim_id, _standing(wanted), writer, why=wanted.why)
    return claim_id


def _standing(wanted: Decision) -> ClaimStatus:
    if wanted.action in DECIDES:
        return DECIDES[wanted.action]
    if wanted.status not in set(ClaimStatus):
        raise OutOfRange("no such standing", hint=", ".join(ClaimStatus))
    return ClaimStatus(wanted.status)


def name_of(user: User) -> str:
    """Whose name stands in the history: the user's; of the one user of this machine the one that git knows."""
    if not user.local:
        return user.name
    try:
        return person(None)
    except InputError:
        return user.name


def form(record: Record, claim: StoredClaim, *, back: str, given: Decision | None = None) -> dict[str, object]:
    """What the forms that decide on a claim need.

    Args:
        record: open.
        claim: the claim.
        back: the address to go on with.
        given: what somebody wanted before, to be decided again.
    """
    return {
        "seen": claim_edits.newest_line(record, claim.claim_id), "back": back, "given": given,
        "rejecting": REASONS[ClaimStatus.REJECTED], "accepting": REASONS[ClaimStatus.ACCEPTED][0],
        "reasons": {status.value: REASONS[status] for status in REASONS},
        "statuses": [s.value for s in ClaimStatus if s not in (ClaimStatus.ACCEPTED, ClaimStatus.REJECTED)],
        "grades": [(one.name[1], one.value) for one in Credibility], "quote": claim.quote.words,
        "claim_id": claim.claim_id,
    }  # fmt: skip


def conflict(shelf: Shelf, claim_id: str, wanted: Decision, *, back: str) -> dict[str, object]:
    """What is shown to whoever was slower: what was done meanwhile, what they wanted, and a way to decide again.

    Raises:
        UnknownName: the claim is gone.
    """
    claim = claim_of(shelf.record, claim_id)
    since = shelf.record.lines(f"claim:{claim_id}", after=wanted.seen)
    return {
        "claim": claim, "line": shelf.line(claim), "since": done(since), "wanted": wanted, "does": ACTIONS[wanted.action],
        "why": seen(wanted.why), "words": seen(wanted.words),
        "form": form(shelf.record, claim, back=back, given=wanted),
    }  # fmt: skip
