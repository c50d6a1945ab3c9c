"""The audit log: who did what, in lines that stand on one another, so that a line changed or taken out shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.team.secrecy import without_secrets
from tocsin.team.tables import AUDIT, HEAD_OF_AUDIT
from tocsin.team.values import Line, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tocsin.team.database import Database

FIRST = "0" * 64
"""What the first line stands on."""
LONGEST = 500
"""Characters of a field; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for; what is empty excludes nothing.

    Attributes:
        who, what: exactly these.
        words: these characters in the object or the detail, in any case.
        since, until: from a time on, and before a time, UTC.
        before: only lines with a smaller number.
        limit: at most so many, the newest first; None for all.
    """

    who: str = ""
    what: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    limit: int | None = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """What going through the whole log found.

    Attributes:
        lines: how many there are.
        last: hash of the last one: noted down elsewhere, it proves later that nothing before it was changed.
        faults: what is wrong, the first of it first; empty where nothing is.
    """

    lines: int
    last: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit log of a team."""

    database: Database

    def write(self, who: str, what: str, object_: str = "", *, detail: str = "", address: str = "") -> Line:
        """Write one line in a transaction of its own."""
        with self.database.writing() as connection:
            return write(connection, self.database.now(), who, what, object_, detail=detail, address=address)

    def read(self, asked: Asked | None = None) -> tuple[Line, ...]:
        """Lines, the newest first."""
        with self.database.reading() as connection:
            return tuple(_line(row) for row in connection.execute(_query(asked or Asked())))

    def actions(self) -> tuple[str, ...]:
        """What was ever done, in order."""
        with self.database.reading() as connection:
            return tuple(connection.scalars(sa.select(AUDIT.c.what).distinct().order_by(AUDIT.c.what)))

    def verify(self, *, noted: str | None = None) -> Verified:
        """Go through the whole log.

        Args:
            noted: the hash of a line, noted down earlier; that no line has it now is a fault.
        """
        with self.database.reading() as connection:
            head = connection.execute(sa.select(HEAD_OF_AUDIT.c.number, HEAD_OF_AUDIT.c.hash)).first()
            lines = connection.execution_options(yield_per=1000).execute(sa.select(AUDIT).order_by(AUDIT.c.number))
            return _gone_through((_line(row) for row in lines), tuple(head) if head else (0, FIRST), noted)


def write(
    connection: sa.Connection,
    at: datetime,
    who: str,
    what: str,
    object_: str = "",
    *,
    detail: str = "",
    address: str = "",
) -> Line:
    """Write one line in a transaction that writes; it is there if and only if what it tells of is."""
    head = connection.execute(sa.select(HEAD_OF_AUDIT.c.number, HEAD_OF_AUDIT.c.hash)).first()
    number, before = (head.number, head.hash) if head else (0, FIRST)
    told = {"who": who, "what": what, "object": object_, "detail": detail, "address": address}
    line = Line(number + 1, at, **{field: _fit(text) for field, text in told.items()}, hash="")
    line = replace(line, hash=_hash(line, before))
    connection.execute(AUDIT.insert().values(**asdict(line) | {"at": stamp(at)}))
    moved = {"number": line.number, "hash": line.hash}
    connection.execute(
        HEAD_OF_AUDIT.update().values(**moved) if head else HEAD_OF_AUDIT.insert().values(only=1, **moved)
    )
    return line


def _fit(text: str) -> str:
    """What a line may hold: one line of characters that can be shown, without secrets."""
    shown = "".join(c if c.isprintable() else " " for c in without_secrets(text))
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _hash(line: Line, before: str) -> str:
    told = [before, line.number, stamp(line.at), line.who, line.what, line.object, line.detail, line.address]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _line(row: sa.Row[tuple[object, ...]]) -> Line:
    kept = row._mapping  # noqa: SLF001 - SQLAlchemy's own name for a row by columns
    return Line(
        int(kept["number"]), moment(kept["at"]), kept["who"], kept["what"], kept["object"], kept["detail"],
        kept["address"], kept["hash"],
    )  # fmt: skip


def _query(asked: Asked) -> sa.Select[tuple[object, ...]]:
    found = sa.select(AUDIT).order_by(AUDIT.c.number.desc())
    if asked.who:
        found = found.where(AUDIT.c.who == asked.who)
    if asked.what:
        found = found.where(AUDIT.c.what == asked.what)
    if asked.words:
        found = found.where(
            sa.or_(*(c.icontains(asked.words, autoescape=True) for c in (AUDIT.c.object, AUDIT.c.detail)))
        )
    if asked.since:
        found = found.where(AUDIT.c.at >= stamp(asked.since))
    if asked.until:
        found = found.where(AUDIT.c.at < stamp(asked.until))
    if asked.before is not None:
        found = found.where(AUDIT.c.number < asked.before)
    return found if asked.limit is None else found.limit(asked.limit)


def _gone_through(lines: Iterator[Line], head: tuple[int, str], noted: str | None) -> Verified:
    number, before, faults, seen = 0, FIRST, [], noted is None
    for line in lines:
        if line.number != number + 1:
            faults.append(
                f"line {number + 1} is missing"
                if line.number == number + 2
                else f"lines {number + 1} to {line.number - 1} are missing"
            )
        elif line.hash != _hash(line, before):
            faults.append(f"line {line.number} is not as it was written")
        number, before, seen = line.number, line.hash, seen or line.hash == noted
    if (number, before) != head:
        faults.append(f"the log ends at line {number}, and was written up to line {head[0]}")
    if not seen:
        faults.append("no line has the hash that was noted down")
    return Verified(number, before, tuple(faults))
