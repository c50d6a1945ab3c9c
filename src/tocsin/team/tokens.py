"""Tokens: keys for programs, shown once, kept by their hash, never able to do more than their user."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, OutOfRange, UnknownName
from tocsin.team import audit
from tocsin.team.roles import Role, lesser
from tocsin.team.secrecy import TOKEN_SIGN
from tocsin.team.tables import TOKENS, USERS
from tocsin.team.users import COMMAND_LINE
from tocsin.team.values import Token, User, moment, stamp

if TYPE_CHECKING:
    from tocsin.team.database import Database

DAYS = 90
"""Days that a token works for, unless another number is asked for."""
MOST_DAYS = 366
MOST_TOKENS = 50
"""Tokens of one user at a time."""
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a team."""

    database: Database

    def make(
        self, user: str, *, label: str, role: Role, days: int = DAYS, by: str = COMMAND_LINE, address: str = ""
    ) -> tuple[str, Token]:
        """Make a token; gives the secret, which is known nowhere afterwards, and what is kept of it.

        Args:
            user: whose.
            label: what the user calls it.
            role: the most it may do.
            days: how long it works, 1 to 366.
            by: who makes it.
            address: from where.

        Raises:
            UnknownName: there is no such user.
            InputError: the role is more than the user's, the label is missing, or there are fifty already.
            OutOfRange: the days are none of 1 to 366.
        """
        if not 1 <= days <= MOST_DAYS:
            raise OutOfRange(f"a token works for 1 to {MOST_DAYS} days", hint=f"{DAYS} unless you say so")
        if not label.strip() or len(label) > 100:
            raise InputError(
                "a token needs a name of at most 100 characters", hint="say what will use it, as `nightly export`"
            )
        secret, now = f"{TOKEN_SIGN}{secrets.token_urlsafe(32)}", self.database.now()
        made = Token(secrets.token_hex(6), user, label.strip(), role, now, now + timedelta(days=days), None)
        with self.database.writing() as connection:
            _check_owner(connection, user, role, stamp(now))
            connection.execute(
                TOKENS.insert().values(
                    hash=_hash(secret), handle=made.handle, user_name=user, label=made.label, role=role.value,
                    created=stamp(now), expires=stamp(made.expires),
                )
            )  # fmt: skip
            detail = f"{made.handle} {made.label}, role {role.value}"
            audit.write(connection, now, by, "token made", user, detail=detail, address=address)
        return secret, made

    def user_of(self, secret: str) -> User | None:
        """The user a token speaks for, with what it may do; None where it does not work, or the user is disabled."""
        if not secret.startswith(TOKEN_SIGN) or len(secret) > 100:
            return None
        now = self.database.now()
        asked = (
            sa.select(
                TOKENS.c.role,
                TOKENS.c.expires,
                TOKENS.c.used,
                USERS.c.name,
                USERS.c.role.label("most"),
                USERS.c.created,
            )
            .join(USERS, USERS.c.name == TOKENS.c.user_name)
            .where(TOKENS.c.hash == _hash(secret), TOKENS.c.revoked.is_(None), USERS.c.disabled.is_(False))
        )
        with self.database.reading() as connection:
            row = connection.execute(asked).first()
        if row is None or moment(row.expires) <= now:
            return None
        if row.used is None or moment(row.used) + SEEN_EVERY <= now:
            with self.database.writing() as connection:
                connection.execute(TOKENS.update().where(TOKENS.c.hash == _hash(secret)).values(used=stamp(now)))
        return User(row.name, lesser(Role(row.role), Role(row.most)), created=moment(row.created))

    def of(self, user: str) -> tuple[Token, ...]:
        """The tokens of a user that work, the newest first."""
        mine = TOKENS.c.user_name == user, TOKENS.c.revoked.is_(None), TOKENS.c.expires > stamp(self.database.now())
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(TOKENS).where(*mine).order_by(TOKENS.c.created.desc()))
            return tuple(_token(row) for row in rows)

    def revoke(self, handle: str, *, user: str | None = None, by: str = COMMAND_LINE, address: str = "") -> None:
        """Revoke a token.

        Args:
            handle: the token's.
            user: only if it is this user's; None for anybody's.
            by: who revokes it.
            address: from where.

        Raises:
            UnknownName: there is no such token, or it is another user's.
        """
        now = self.database.now()
        with self.database.writing() as connection:
            row = connection.execute(
                sa.select(TOKENS).where(TOKENS.c.handle == handle, TOKENS.c.revoked.is_(None))
            ).first()
            if row is None or user not in {None, row.user_name}:
                raise UnknownName(
                    f"no token is called '{handle[:12]}'", hint="tocsin users list names the tokens that work"
                )
            connection.execute(TOKENS.update().where(TOKENS.c.handle == handle).values(revoked=stamp(now)))
            audit.write(
                connection, now, by, "token revoked", row.user_name, detail=f"{handle} {row.label}", address=address
            )


def _hash(secret: str) -> str:
    """A token is 256 random bits: a plain hash of it cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: sa.Row[Any]) -> Token:
    used = None if row.used is None else moment(row.used)
    return Token(row.handle, row.user_name, row.label, Role(row.role), moment(row.created), moment(row.expires), used)


def _check_owner(connection: sa.Connection, user: str, role: Role, now: str) -> None:
    row = connection.execute(sa.select(USERS).where(USERS.c.name == user)).first()
    if row is None:
        raise UnknownName.of("user", user, connection.scalars(sa.select(USERS.c.name)))
    if row.disabled:
        raise InputError(f"'{user}' is disabled", hint="enable the user first")
    if not Role(row.role).covers(role):
        raise InputError(
            f"'{user}' is {row.role}: a token of theirs cannot be {role.value}",
            hint=f"give the token the role {row.role} or a lesser one",
        )
    working = sa.select(sa.func.count()).where(
        TOKENS.c.user_name == user, TOKENS.c.revoked.is_(None), TOKENS.c.expires > now
    )
    if (connection.scalar(working) or 0) >= MOST_TOKENS:
        raise InputError(f"'{user}' has {MOST_TOKENS} tokens that work", hint="revoke one that is not used")
