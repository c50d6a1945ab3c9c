"""What the team's database tells: users, sessions, tokens, lines of the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tocsin.team.roles import Role


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in.

    Attributes:
        name: as typed when signing in.
        role: what the user may do.
        disabled: may not sign in, and no token of theirs is taken.
        must_change: the password was given by somebody else, and is to be replaced before anything else.
        created: when the user was added, UTC; None for the one user of this machine.
        local: is the one user of this machine, who signs in nowhere.
    """

    name: str
    role: Role
    disabled: bool = False
    must_change: bool = False
    created: datetime | None = None
    local: bool = False


LOCAL = User("local", Role.ADMIN, local=True)
"""The one user of this machine, where no accounts were made."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in somewhere.

    Attributes:
        handle: names the session on pages; nothing can be opened with it.
        user: who signed in.
        created: when, UTC.
        seen: when it was last used, UTC, to the minute or so.
        expires: when it ends whatever is done, UTC.
        address: network address it was begun from.
        agent: what the browser calls itself; not to be relied on.
    """

    handle: str
    user: str
    created: datetime
    seen: datetime
    expires: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs, known to us by its hash alone.

    Attributes:
        handle: names the token on pages and in the log.
        user: whose it is.
        label: what its user calls it.
        role: the most it may do; never more than its user may at the time.
        created, expires: UTC.
        used: when it was last used, UTC, to the minute or so; None where it never was.
    """

    handle: str
    user: str
    label: str
    role: Role
    created: datetime
    expires: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit log.

    Attributes:
        number: counted from 1.
        at: UTC.
        who, what, object, detail: who did what to what, and how; never a secret.
        address: network address it was done from; empty for the command line.
        hash: over this line and the hash of the line before it.
    """

    number: int
    at: datetime
    who: str
    what: str
    object: str
    detail: str
    address: str
    hash: str


def stamp(at: datetime) -> str:
    """A time as the database has it: always as long, so that it sorts.

    Example:
        >>> stamp(datetime(2026, 11, 21, tzinfo=UTC))
        '2026-11-21T00:00:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """A time of the database, UTC."""
    return datetime.fromisoformat(text)
