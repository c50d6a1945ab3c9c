"""What people decide of claims and sources: status, correction, grades. Each is a line of the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import Argument, ClaimStatus, Proposal, Span
from tocsin.record.gate import check
from tocsin.record.store import claims, documents, entering
from tocsin.record.store.history import person_and_reason, write
from tocsin.record.store.rows import now
from tocsin.record.store.tables import CLAIMS, GRADES
from tocsin.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.record.document import Text

RELIABILITY, CREDIBILITY = "reliability", "credibility"


def decide(connection: sa.Connection, claim_id: str, status: ClaimStatus, *, by: str, why: str) -> int:
    """Set where a claim stands; gives the line of the history.

    Raises:
        UnknownName: the record has no such claim.
    """
    by, why = person_and_reason(by, why)
    before = state_of(connection, claim_id)
    after = {"status": status.value, "corrected_by": None}
    put_state(connection, claim_id, after)
    return write(
        connection, action="decide", by=by, subject=f"claim:{claim_id}", topic=f"status:{claim_id}", why=why, before=before,
        after=after,
    )  # fmt: skip


def state_of(connection: sa.Connection, claim_id: str) -> dict[str, Any]:
    """Where a claim stands, and what corrected it.

    Raises:
        UnknownName: the record has no such claim.
    """
    query = sa.select(CLAIMS.c.status, CLAIMS.c.corrected_by).where(CLAIMS.c.claim_id == claim_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownName(
            f"the record has no claim {claim_id[:60]}", hint="tocsin record search finds claims by their words"
        )
    return dict(row)


def put_state(connection: sa.Connection, claim_id: str, state: Mapping[str, Any]) -> None:
    """Let a claim stand there."""
    connection.execute(CLAIMS.update().where(CLAIMS.c.claim_id == claim_id).values(**state))


def correct(
    connection: sa.Connection, claim_id: str, quote: Span, arguments: Sequence[Argument], *, by: str, why: str
) -> str:
    """Put a corrected claim in the place of one: it goes through the gate, and the old one stays as rejected.

    Returns:
        The id of the new claim.

    Raises:
        UnknownName: the record has no such claim.
        InputError: the gate turns the correction away, or it changes nothing, or the record holds it already.
    """
    by, why = person_and_reason(by, why)
    before = state_of(connection, claim_id)
    old = claims.claim(connection, claim_id)
    assert old is not None
    text = documents.text(connection, old.text_id)
    new = replace(old.proposal, quote=quote, arguments=tuple(arguments), extractor=f"corrected by {by}", exact=True)
    refusal = check(new, text)
    if refusal is not None:
        raise InputError(f"the correction cannot stand: {refusal.reason}", hint=f"look at its {refusal.field}")
    _insert_corrected(connection, new, claim_id, text=text, by=by)
    after = {"status": ClaimStatus.REJECTED.value, "corrected_by": new.claim_id}
    put_state(connection, claim_id, after)
    write(
        connection, action="correct", by=by, subject=f"claim:{claim_id}", topic=f"status:{claim_id}", why=why, before=before,
        after=after,
    )  # fmt: skip
    return new.claim_id


def _insert_corrected(connection: sa.Connection, new: Proposal, claim_id: str, *, text: Text, by: str) -> None:
    """The corrected claim enters as proposed."""
    if claims.seq_of(connection, new.claim_id):
        what = (
            "the correction changes nothing" if new.claim_id == claim_id else f"the record holds it as {new.claim_id}"
        )
        raise InputError(f"{what}", hint="change the quote or an argument, or decide on the claim that is there")
    entering.insert(connection, text, [new], by=by)


def grade_source(
    connection: sa.Connection, source_key: str, reliability: Reliability | None, *, by: str, why: str
) -> int:
    """Grade a source: a row of the case's table of sources, or a document that belongs to none.

    Raises:
        InputError: no source, no person or no reason is given.
    """
    if not source_key.strip():
        raise InputError("no source is named", hint="give its id in the case's table of sources, or a document's hash")
    return _set_grade(
        connection, RELIABILITY, source_key, reliability.name if reliability else None, by=by, why=why, subject="source"
    )


def grade_claim(connection: sa.Connection, claim_id: str, credibility: Credibility | None, *, by: str, why: str) -> int:
    """Grade a claim.

    Raises:
        UnknownName: the record has no such claim.
    """
    state_of(connection, claim_id)
    return _set_grade(
        connection, CREDIBILITY, claim_id, credibility.name if credibility else None, by=by, why=why, subject="claim"
    )


def _set_grade(
    connection: sa.Connection, axis: str, key: str, value: str | None, *, by: str, why: str, subject: str
) -> int:
    by, why = person_and_reason(by, why)
    before = _grade(connection, axis, key)
    after = None if value is None else {"value": value, "by_whom": by, "why": why, "at": now()}
    put_grade(connection, axis, key, after)
    action = f"grade {subject}"
    return write(
        connection, action=action, by=by, subject=f"{subject}:{key}", topic=f"{axis}:{key}", why=why, before=before, after=after
    )  # fmt: skip


def _grade(connection: sa.Connection, axis: str, key: str) -> dict[str, Any] | None:
    columns = (GRADES.c.value, GRADES.c.by_whom, GRADES.c.why, GRADES.c.at)
    query = sa.select(*columns).where(GRADES.c.axis == axis, GRADES.c.subject == key)
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def put_grade(connection: sa.Connection, axis: str, key: str, row: Mapping[str, Any] | None) -> None:
    """Let this grade stand, or none."""
    connection.execute(GRADES.delete().where(GRADES.c.axis == axis, GRADES.c.subject == key))
    if row is not None:
        connection.execute(GRADES.insert().values(axis=axis, subject=key, **row))
    if axis == CREDIBILITY:
        value = None if row is None else row["value"]
        connection.execute(CLAIMS.update().where(CLAIMS.c.claim_id == key).values(credibility=value))


def source_grades(connection: sa.Connection) -> dict[str, Reliability]:
    """The reliability of each source that a person graded."""
    query = sa.select(GRADES.c.subject, GRADES.c.value).where(GRADES.c.axis == RELIABILITY).order_by(GRADES.c.subject)
    return {subject: Reliability[value] for subject, value in connection.execute(query)}
