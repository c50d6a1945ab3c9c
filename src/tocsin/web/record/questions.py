"""What an address asks of the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.kinds import kind_called
from tocsin.record.store.asked import Asked

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

LONGEST = 200
"""Characters of a question: more are no words anybody looks for."""


def asked(query: QueryParams) -> Asked:
    """What the words after an address's question mark ask.

    Raises:
        UnknownName: there is no such kind, or no such standing.
        OutOfRange: the day is none.
    """
    kind, status, day = (query.get(name, "").strip() for name in ("kind", "status", "on"))
    if kind:
        kind_called(kind)
    return Asked(
        words=query.get("q", "")[:LONGEST].strip(), kind=kind or None, status=_status(status),
        document=_given(query, "document"), entity=_given(query, "entity"), place=_given(query, "place"), on=_day(day),
    )  # fmt: skip


def as_query(question: Asked) -> dict[str, str]:
    """A question as an address asks it."""
    told = {
        "q": question.words, "kind": question.kind, "status": question.status, "document": question.document,
        "entity": question.entity, "place": question.place, "on": question.on,
    }  # fmt: skip
    return {name: str(value) for name, value in told.items() if value}


def cursor(query: QueryParams, name: str = "after") -> int:
    """Where to go on: a number of the record's own, 0 for the beginning.

    Raises:
        OutOfRange: it is no such number.
    """
    given = query.get(name, "0")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise OutOfRange(f"'{given[:40]}' is no place to go on from", hint="follow the links of the page")
    return int(given)


def _given(query: QueryParams, name: str) -> str | None:
    return query.get(name, "")[:LONGEST].strip() or None


def _status(given: str) -> ClaimStatus | None:
    if not given:
        return None
    if given not in set(ClaimStatus):
        raise UnknownName.of("standing of a claim", given[:60], [status.value for status in ClaimStatus])
    return ClaimStatus(given)


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise OutOfRange(f"'{given[:40]}' is no day", hint="write it as 2014-06-10") from error
