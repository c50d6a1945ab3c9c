"""Sessions: kept by the hash of their id, ended by hand, by idling and by age."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import UnknownName
from tocsin.team import audit
from tocsin.team.tables import SESSIONS, USERS
from tocsin.team.values import Session, moment, stamp

if TYPE_CHECKING:
    from tocsin.team.database import Database

IDLE = timedelta(hours=12)
"""A session that is not used for so long ends."""
AGE = timedelta(days=7)
"""A session as old as this ends, however much it is used."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: a write for each request would buy nothing."""
HANDLE = 16


def hash_of(session_id: str) -> str:
    """What is kept in place of a session's id, which opens it and is known to its browser alone."""
    return hashlib.sha256(session_id.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a team."""

    database: Database

    def data(self, session_id: str) -> str:
        """What a session holds; empty where it is unknown, ended, idle for long or too old, or its user is disabled."""
        now = self.database.now()
        asked = (
            sa.select(SESSIONS.c.data, SESSIONS.c.seen, SESSIONS.c.expires)
            .join(USERS, USERS.c.name == SESSIONS.c.user_name)
            .where(SESSIONS.c.hash == hash_of(session_id), SESSIONS.c.ended.is_(None), USERS.c.disabled.is_(False))
        )
        with self.database.reading() as connection:
            row = connection.execute(asked).first()
        if row is None or moment(row.expires) <= now or moment(row.seen) + IDLE <= now:
            return ""
        return str(row.data)

    def keep(
        self, session_id: str, user: str, data: str, *, address: str = "", agent: str = "", left: timedelta = AGE
    ) -> None:  # fmt: skip
        """Keep what a session holds, and that it was used now; one that has ended stays ended.

        Args:
            session_id: known to its browser alone.
            user: who signed in.
            data: what it holds.
            address: where it was begun.
            agent: by which browser.
            left: how long a new one lasts at most.
        """
        now = self.database.now()
        key = hash_of(session_id)
        values = {"data": data, "seen": stamp(now), "user_name": user}
        with self.database.writing() as connection:
            if connection.execute(SESSIONS.update().where(SESSIONS.c.hash == key).values(**values)).rowcount == 0:
                connection.execute(
                    SESSIONS.insert().values(
                        hash=key, created=stamp(now), expires=stamp(now + min(left, AGE)), address=address[:100],
                        agent=agent[:200], **values,
                    )
                )  # fmt: skip
                connection.execute(SESSIONS.delete().where(SESSIONS.c.expires <= stamp(now)))

    def end(self, session_id: str) -> None:
        """End a session by its id; nothing where there is none."""
        self._end(SESSIONS.c.hash == hash_of(session_id))

    def end_by_handle(self, handle: str, *, user: str | None, by: str, address: str = "") -> None:
        """End a session by the name it has on pages.

        Args:
            handle: the session's.
            user: only if it is this user's; None for anybody's.
            by: who ends it.
            address: from where.

        Raises:
            UnknownName: there is no such session, or it is another user's.
        """
        now = self.database.now()
        with self.database.writing() as connection:
            asked = sa.select(SESSIONS).where(
                SESSIONS.c.hash.startswith(handle, autoescape=True), SESSIONS.c.ended.is_(None)
            )
            found = [row for row in connection.execute(asked) if user in {None, row.user_name}]
            if len(handle) < HANDLE or len(found) != 1:
                raise UnknownName(
                    f"no session is called '{handle[:HANDLE]}'",
                    hint="load the page of sessions again: it may have ended",
                )
            connection.execute(SESSIONS.update().where(SESSIONS.c.hash == found[0].hash).values(ended=stamp(now)))
            audit.write(
                connection,
                now,
                by,
                "session ended",
                found[0].user_name,
                detail=f"session {handle[:HANDLE]}",
                address=address,
            )

    def of(self, user: str) -> tuple[Session, ...]:
        """The sessions of a user that are open, the last used first."""
        now = self.database.now()
        asked = (
            sa.select(SESSIONS)
            .where(SESSIONS.c.user_name == user, SESSIONS.c.ended.is_(None), SESSIONS.c.expires > stamp(now))
            .where(SESSIONS.c.seen > stamp(now - IDLE))
            .order_by(SESSIONS.c.seen.desc())
        )
        with self.database.reading() as connection:
            return tuple(_session(row) for row in connection.execute(asked))

    def _end(self, which: sa.ColumnElement[bool]) -> None:
        with self.database.writing() as connection:
            ended = SESSIONS.update().where(which, SESSIONS.c.ended.is_(None))
            connection.execute(ended.values(ended=stamp(self.database.now())))


def _session(row: sa.Row[Any]) -> Session:
    times = (moment(row.created), moment(row.seen), moment(row.expires))
    return Session(row.hash[:HANDLE], row.user_name, *times, row.address, row.agent)
