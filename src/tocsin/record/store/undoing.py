"""Undoing: a line of the history is taken back if nothing that stands was built on it, and that is a line too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.store.deciding import CREDIBILITY, RELIABILITY, put_grade, put_state, state_of
from tocsin.record.store.history import person_and_reason, write
from tocsin.record.store.judging import put as put_judgement
from tocsin.record.store.tables import HISTORY

if TYPE_CHECKING:
    from collections.abc import Mapping

Line = dict[str, Any]
"""A row of the history."""


def undo(connection: sa.Connection, entry: int, *, by: str, why: str) -> int:
    """Take back one line of the history; gives the line that says so.

    Raises:
        UnknownName: the history has no such line.
        InputError: the line cannot be undone, is undone already, or a later one stands on it.
    """
    by, why = person_and_reason(by, why)
    line = _line(connection, entry)
    _refuse(connection, line)
    before, after = _json(line["after"]), _json(line["before"])
    _restore(connection, line, before, after)
    return write(
        connection, action="undo", by=by, subject=line["subject"], topic=line["topic"], why=why, before=before, after=after,
        undoes=entry,
    )  # fmt: skip


def subject_of(connection: sa.Connection, entry: int) -> str:
    """What a line is about.

    Raises:
        UnknownName: the history has no such line.
    """
    return str(_line(connection, entry)["subject"])


def _line(connection: sa.Connection, entry: int) -> Line:
    row = connection.execute(sa.select(HISTORY).where(HISTORY.c.entry == entry)).mappings().first()
    if row is None:
        raise UnknownName(f"the history has no line {entry}", hint="tocsin record history shows them")
    return dict(row)


def _json(text: str | None) -> Line | None:
    return None if text is None else dict(json.loads(text))


def _refuse(connection: sa.Connection, line: Line) -> None:
    """Raises: InputError with the reason why a line cannot be undone, where there is one."""
    entry = line["entry"]
    if line["removal"] or not line["topic"]:
        what = "a person's data was removed from it" if line["removal"] else f"it is of the kind '{line['action']}'"
        raise InputError(
            f"line {entry} cannot be undone: {what}", hint="decisions, corrections, grades and judgements can be"
        )
    lines = _lines(connection, line["topic"])
    if not _stands(entry, lines):
        raise InputError(f"line {entry} is undone already", hint="tocsin record history shows what stands")
    later = [
        number for number in lines if number > entry and _stands(number, lines) and not _cancels(number, entry, lines)
    ]
    after = _json(line["after"]) or {}
    if after.get("corrected_by"):
        later += _standing_on(connection, after["corrected_by"])
    if later:
        what = f"{_row(connection, later[0])} stands on it"
        raise InputError(f"line {entry} cannot be undone: {what}", hint=f"undo line {max(later)} first")


def _row(connection: sa.Connection, entry: int) -> str:
    line = _line(connection, entry)
    return f"line {entry} ({line['action']}, {line['by_whom']}, {line['at'][:10]})"


def _lines(connection: sa.Connection, topic: str) -> dict[int, int | None]:
    """All lines of a topic in order, each with the line that it undid."""
    query = sa.select(HISTORY.c.entry, HISTORY.c.undoes).where(HISTORY.c.topic == topic).order_by(HISTORY.c.entry)
    return dict(connection.execute(query).all())


def _stands(entry: int, lines: Mapping[int, int | None]) -> bool:
    """Whether a line stands: no line that stands undid it."""
    return not any(undoes == entry and _stands(number, lines) for number, undoes in lines.items() if number > entry)


def _cancels(number: int, entry: int, lines: Mapping[int, int | None]) -> bool:
    """Whether a line only takes back another that came after the entry too: the two together change nothing."""
    undoes = lines[number]
    return undoes is not None and undoes > entry


def _standing_on(connection: sa.Connection, claim_id: str) -> list[int]:
    """Lines on the claim that a correction made, which stand on the correction."""
    found = []
    for topic in (f"status:{claim_id}", f"{CREDIBILITY}:{claim_id}"):
        lines = _lines(connection, topic)
        found += [number for number, undoes in lines.items() if undoes is None and _stands(number, lines)]
    return sorted(found)


def _restore(connection: sa.Connection, line: Line, before: Line | None, after: Line | None) -> None:
    """Let stand what stood before the line."""
    what, _, key = line["topic"].partition(":")
    if what == "status":
        assert before is not None
        assert after is not None
        put_state(connection, key, after)
        _retire(connection, before, after)
    elif what == "pair":
        left, _, right = key.partition("\x1f")
        put_judgement(connection, left, right, after)
    elif what in {RELIABILITY, CREDIBILITY}:
        put_grade(connection, what, key, after)


def _retire(connection: sa.Connection, before: Line, after: Line) -> None:
    """The claim that a correction made is rejected when the correction is undone, and proposed again when that is."""
    for made, status in (
        (before.get("corrected_by"), ClaimStatus.REJECTED),
        (after.get("corrected_by"), ClaimStatus.PROPOSED),
    ):
        if made:
            put_state(connection, made, {**state_of(connection, made), "status": status.value})
