"""Users: added, given roles, disabled, their passwords compared and changed; every change is a line of the audit log."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, UnknownName
from tocsin.team import audit
from tocsin.team.passwords import Passwords, check_rules
from tocsin.team.roles import Role
from tocsin.team.tables import SESSIONS, TOKENS, USERS
from tocsin.team.values import User, moment, stamp

if TYPE_CHECKING:
    from tocsin.team.database import Database

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
GIVEN_FOR = timedelta(days=7)
"""How long a password works that somebody else gave."""
COMMAND_LINE = "command line"
"""Who acts where nobody signed in: whoever may use the server's commands."""


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a team."""

    database: Database
    passwords: Passwords = field(default_factory=Passwords)

    def any(self) -> bool:
        """Whether any account was ever made; accounts are disabled, never deleted."""
        with self.database.reading() as connection:
            return connection.execute(sa.select(USERS.c.name).limit(1)).first() is not None

    def all(self) -> tuple[User, ...]:
        """Every user, by name."""
        with self.database.reading() as connection:
            return tuple(_user(row) for row in connection.execute(sa.select(USERS).order_by(USERS.c.name)))

    def find(self, name: str) -> User | None:
        """The user of a name; None where there is none."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(USERS).where(USERS.c.name == name)).first()
        return None if row is None else _user(row)

    def get(self, name: str) -> User:
        """The user of a name.

        Raises:
            UnknownName: there is none.
        """
        found = self.find(name)
        if found is None:
            raise UnknownName.of("user", name, (user.name for user in self.all()))
        return found

    def add(
        self, name: str, password: str, *, role: Role, given: bool = False, by: str = COMMAND_LINE, address: str = ""
    ) -> User:
        """Add a user.

        Args:
            name: small letters, digits, `.`, `_`, `@`, `-`.
            password: in clear; only its hash is kept.
            role: what the user may do.
            given: whether somebody else knows the password: it then works for a week and is to be replaced first of all.
            by: who adds the user.
            address: from where.

        Raises:
            InputError: the name is taken or no name, or the password guards nothing.
        """
        if not NAME.fullmatch(name):
            raise InputError(
                f"'{name[:64]}' is no name of a user", hint="small letters, digits and . _ @ - , as anna.k"
            )
        check_rules(password, name=name)
        kept = self.passwords.hash(password)
        now = self.database.now()
        with self.database.writing() as connection:
            if connection.execute(sa.select(USERS.c.name).where(USERS.c.name == name)).first():
                raise InputError(
                    f"there is a user '{name}' already", hint="users are disabled, never deleted: choose another name"
                )
            connection.execute(
                USERS.insert().values(
                    name=name, password=kept, role=role.value, disabled=False, must_change=given,
                    password_until=stamp(now + GIVEN_FOR) if given else None, created=stamp(now),
                )
            )  # fmt: skip
            audit.write(connection, now, by, "user added", name, detail=f"role {role.value}", address=address)
        return User(name, role, must_change=given, created=now)

    def sign_in(self, name: str, password: str) -> User | None:
        """The user, if name and password are right; None, after as much work, if not, or if the user is disabled."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(USERS).where(USERS.c.name == name)).first()
        right = self.passwords.verify(password, None if row is None else row.password)
        if row is None or not right or row.disabled:
            return None
        if row.password_until is not None and moment(row.password_until) <= self.database.now():
            return None
        return _user(row)

    def set_role(self, name: str, role: Role, *, by: str = COMMAND_LINE, address: str = "") -> None:
        """Give a user another role. It holds from the next request on.

        Raises:
            UnknownName: there is no such user.
            InputError: nobody would be left who may keep users.
        """
        now = self.database.now()
        with self.database.writing() as connection:
            before = self._kept(connection, name)
            if before.role != role:
                _keep_an_admin(connection, before, stays=role is Role.ADMIN)
                connection.execute(USERS.update().where(USERS.c.name == name).values(role=role.value))
                audit.write(
                    connection, now, by, "role changed", name, detail=f"{before.role} to {role.value}", address=address
                )

    def set_disabled(self, name: str, *, disabled: bool, by: str = COMMAND_LINE, address: str = "") -> None:
        """Disable a user, whose sessions end and whose tokens are revoked; or let a disabled one in again.

        Raises:
            UnknownName: there is no such user.
            InputError: nobody would be left who may keep users.
        """
        now = self.database.now()
        with self.database.writing() as connection:
            before = self._kept(connection, name)
            if before.disabled == disabled:
                return
            if disabled:
                _keep_an_admin(connection, before, stays=False)
                _end_sessions(connection, name, stamp(now))
                mine = TOKENS.update().where(TOKENS.c.user_name == name, TOKENS.c.revoked.is_(None))
                connection.execute(mine.values(revoked=stamp(now)))
            connection.execute(USERS.update().where(USERS.c.name == name).values(disabled=disabled))
            audit.write(connection, now, by, "user disabled" if disabled else "user enabled", name, address=address)

    def set_password(
        self, name: str, password: str, *, given: bool = True, by: str = COMMAND_LINE, address: str = ""
    ) -> None:
        """Set a user's password from outside: all their sessions end.

        Raises:
            UnknownName: there is no such user.
            InputError: the password guards nothing.
        """
        self._replace(name, password, given=given, but=None, by=by, address=address, what="password set")

    def change_password(self, name: str, old: str, new: str, *, but: str | None = None, address: str = "") -> None:
        """Change one's own password: all other sessions end.

        Args:
            name: whose.
            old: the password up to now.
            new: the one from now on.
            but: hash of the session that goes on.
            address: from where.

        Raises:
            InputError: the old one is wrong, or the new one guards nothing or is the old one.
        """
        if self.sign_in(name, old) is None:
            raise InputError("the present password is not right", hint="type the password you signed in with")
        if old == new:
            raise InputError("this is the password you have already", hint="choose another one")
        self._replace(name, new, given=False, but=but, by=name, address=address, what="password changed")

    def _replace(
        self, name: str, password: str, *, given: bool, but: str | None, by: str, address: str, what: str
    ) -> None:
        check_rules(password, name=name)
        kept = self.passwords.hash(password)
        now = self.database.now()
        values: dict[str, Any] = {
            "password": kept, "must_change": given, "password_until": stamp(now + GIVEN_FOR) if given else None,
        }  # fmt: skip
        with self.database.writing() as connection:
            self._kept(connection, name)
            connection.execute(USERS.update().where(USERS.c.name == name).values(**values))
            _end_sessions(connection, name, stamp(now), but=but)
            audit.write(connection, now, by, what, name, address=address)

    @staticmethod
    def _kept(connection: sa.Connection, name: str) -> User:
        row = connection.execute(sa.select(USERS).where(USERS.c.name == name)).first()
        if row is None:
            raise UnknownName.of("user", name, connection.scalars(sa.select(USERS.c.name)))
        return _user(row)


def _user(row: sa.Row[Any]) -> User:
    return User(row.name, Role(row.role), row.disabled, row.must_change, moment(row.created))


def _keep_an_admin(connection: sa.Connection, user: User, *, stays: bool) -> None:
    """Refuse what would leave nobody to keep users."""
    if stays or user.role is not Role.ADMIN or user.disabled:
        return
    others = sa.select(sa.func.count()).where(
        USERS.c.role == Role.ADMIN.value, USERS.c.disabled.is_(False), USERS.c.name != user.name
    )
    if not connection.scalar(others):
        raise InputError(f"'{user.name}' is the only admin left", hint="make another user admin first")


def _end_sessions(connection: sa.Connection, name: str, at: str, *, but: str | None = None) -> None:
    mine = SESSIONS.update().where(SESSIONS.c.user_name == name, SESSIONS.c.ended.is_(None))
    if but is not None:
        mine = mine.where(SESSIONS.c.hash != but)
    connection.execute(mine.values(ended=at))
