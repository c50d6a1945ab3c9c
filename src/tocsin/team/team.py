"""A team: its users, sessions, tokens and audit log, in one database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tocsin.team.audit import Audit
from tocsin.team.database import Database, open_database, utc_now
from tocsin.team.sessions import Sessions
from tocsin.team.tokens import Tokens
from tocsin.team.users import Users

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa

    from tocsin.team.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Team:
    """An open team.

    Attributes:
        database: where everything is kept.
        users, sessions, tokens: who may come in, and how.
        log: the audit log.
    """

    database: Database
    users: Users
    sessions: Sessions
    tokens: Tokens
    log: Audit

    @property
    def engine(self) -> sa.Engine:
        """Connections to the database, for the rooms that keep tables of their own in it."""
        return self.database.engine

    def audit(self, actor: str, action: str, object: str = "", detail: str = "", address: str = "") -> None:  # noqa: A002 - the log's own word
        """Write one line of the audit log; never a secret.

        Args:
            actor: who did it: a user's name.
            action: what was done, in two or three words, as `claim accepted`.
            object: to what: its name or id.
            detail: how, in a few words.
            address: network address it was done from.
        """
        self.log.write(actor, action, object, detail=detail, address=address)

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_team(
    address: str | Path, *, now: Callable[[], datetime] = utc_now, passwords: Passwords | None = None
) -> Team:
    """Open a team, made where there is none.

    Args:
        address: the path of an SQLite file, or an address as postgresql://host/name.
        now: the clock.
        passwords: how passwords are hashed; the recommended way unless given.

    Raises:
        FileProblem: the address is of no engine we know, or a newer Tocsin wrote the database.
        MissingExtra: the driver or the hashing is not installed.
        TocsinError: the database cannot be reached.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, open_team(f"{folder}/team.db") as team:
        ...     team.audit("anna", "case added", "mali")
        ...     team.users.any(), [line.what for line in team.log.read()]
        (False, ['case added'])
    """
    database = open_database(address, now=now)
    users = Users(database, passwords) if passwords else Users(database)
    return Team(database, users, Sessions(database), Tokens(database), Audit(database))
