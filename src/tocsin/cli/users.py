"""Commands: users, audit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from getpass import getpass

from cyclopts import App

from tocsin.api.home import team_address
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import row, say, table
from tocsin.errors import InputError, UnknownName
from tocsin.settings import Settings
from tocsin.team import Asked, Line, Role, Team, Token, User, open_team
from tocsin.team.passwords import generated
from tocsin.team.roles import ORDER
from tocsin.team.tokens import DAYS

users = App(name="users", help="Accounts of the workbench: who may come in, and what each may do.")


@contextmanager
def _team() -> Iterator[Team]:
    with open_team(team_address(Settings.load())) as team:
        yield team


@users.command
def add(name: str, *, role: str = "reader", generate: bool = False, json: bool = False) -> None:
    """Add a user. The password is asked for, or read from standard input, and is never an argument.

    Example: tocsin users add anna --role analyst

    Args:
        name: small letters, digits and . _ @ -
        role: reader, analyst, reviewer or admin.
        generate: make a password, print it once, and have it replaced when it is first used.
        json: print one JSON document: name, role, password (null unless it was made).
    """
    made = generated() if generate else None
    with _team() as team:
        user = team.users.add(name, made or _asked_password(name), role=_role(role), given=generate)
    if json:
        print_json({"name": user.name, "role": user.role, "password": made})
        return
    say(f"{user.name} may sign in as {user.role}.")
    if made:
        say(f"Password, shown this once, to be replaced within a week: {made}")


@users.command(name="list")
def list_users(*, json: bool = False) -> None:
    """Every user, with sessions and tokens.

    Example: tocsin users list

    Args:
        json: print one JSON document: users[].
    """
    with _team() as team:
        found = [(user, len(team.sessions.of(user.name)), team.tokens.of(user.name)) for user in team.users.all()]
    if json:
        print_json({"users": [_user_as_json(*each) for each in found]})
        return
    if not found:
        say(
            "There is no account: the workbench has one user, on this machine. Make one: tocsin users add NAME --role admin"
        )
        return
    made = table("Users", "name", "role", "state", "added", "sessions", "tokens")
    for user, sessions, tokens in found:
        state = "disabled" if user.disabled else "to replace the password" if user.must_change else "active"
        shown = ", ".join(f"{token.handle} ({token.label})" for token in tokens) or "none"
        row(made, user.name, user.role, state, _day(user.created), str(sessions), shown)
    out.print(made)


@users.command
def role(name: str, role: str) -> None:
    """Give a user another role; it holds from their next request on.

    Example: tocsin users role anna reviewer

    Args:
        name: of the user.
        role: reader, analyst, reviewer or admin.
    """
    with _team() as team:
        team.users.set_role(name, _role(role))
    say(f"{name} is {role}.")


@users.command
def disable(name: str, *, undo: bool = False) -> None:
    """Disable a user: sessions end and tokens are revoked at once. Users are never deleted.

    Example: tocsin users disable anna

    Args:
        name: of the user.
        undo: let the user in again.
    """
    with _team() as team:
        team.users.set_disabled(name, disabled=not undo)
    say(f"{name} may sign in again." if undo else f"{name} is out.")


@users.command
def password(name: str, *, generate: bool = False) -> None:
    """Set a user's password: all their sessions end. It is asked for, or read from standard input.

    Example: tocsin users password anna --generate

    Args:
        name: of the user.
        generate: make a password, print it once, and have it replaced when it is first used.
    """
    made = generated() if generate else None
    with _team() as team:
        team.users.get(name)
        team.users.set_password(name, made or _asked_password(name), given=generate)
    say(f"The password of {name} was set; their sessions have ended.")
    if made:
        say(f"Password, shown this once, to be replaced within a week: {made}")


@users.command
def token(name: str, *, label: str, role: str | None = None, days: int = DAYS, json: bool = False) -> None:
    """Make a token for a program that reads the API; it is printed this once and kept nowhere.

    Example: tocsin users token anna --label "nightly export" --role reader --days 30

    Args:
        name: of the user it speaks for; it never may more than they.
        label: what will use it.
        role: the most it may do; reader unless given.
        days: how long it works, 1 to 366.
        json: print one JSON document: token, handle, role, expires.
    """
    with _team() as team:
        secret, made = team.tokens.make(name, label=label, role=_role(role or "reader"), days=days)
    if json:
        print_json({"token": secret, "handle": made.handle, "role": made.role, "expires": made.expires.isoformat()})
        return
    say(
        f"{made.label} ({made.handle}) may do what a {made.role} may, until {_day(made.expires)}. The token, shown this once:"
    )
    say(secret)


@users.command
def revoke(handle: str) -> None:
    """Revoke a token; its handle stands in `tocsin users list`.

    Example: tocsin users revoke 3f9a1c0b77e2

    Args:
        handle: of the token.
    """
    with _team() as team:
        team.tokens.revoke(handle)
    say(f"The token {handle} works no more.")


def audit(
    *, who: str = "", what: str = "", words: str = "", since: str | None = None, until: str | None = None,
    limit: int = 50, verify: bool = False, noted: str | None = None, json: bool = False,
) -> int:  # fmt: skip
    """The audit log: who did what, the newest first; or whether every line is as it was written.

    Example: tocsin audit --who anna --since 2026-11-01

    Args:
        who: only what this user did.
        what: only this action, as `role changed`.
        words: only lines with these words in their object or detail.
        since: from this day on, UTC.
        until: up to and with this day, UTC.
        limit: at most so many lines.
        verify: go through the whole log; exit code 2 where a line was changed or is missing.
        noted: with --verify: a hash noted down earlier, which some line must still have.
        json: print one JSON document: lines[], or with --verify lines, last, faults.
    """
    with _team() as team:
        if verify or noted:
            return _verify(team, noted, json=json)
        end = _midnight("until", until)
        asked = Asked(
            who=who, what=what, words=words, since=_midnight("since", since),
            until=end + timedelta(days=1) if end else None, limit=limit,
        )  # fmt: skip
        lines = team.log.read(asked)
    if json:
        print_json({"lines": [_line_as_json(line) for line in lines]})
        return 0
    made = table(
        "Audit log, the newest first; times in UTC", "line", "when", "who", "what", "of what", "detail", "from"
    )
    for line in lines:
        row(
            made,
            str(line.number),
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            line.who,
            line.what,
            line.object,
            line.detail,
            line.address,
        )
    out.print(made)
    return 0


def _verify(team: Team, noted: str | None, *, json: bool) -> int:
    found = team.log.verify(noted=noted)
    if json:
        print_json({"lines": found.lines, "last": found.last, "faults": list(found.faults)})
    elif found.faults:
        say("The log was changed: " + "; ".join(found.faults) + ".")
    else:
        say(
            f"All {found.lines:,} lines are as they were written. The last one's hash, to note down elsewhere: {found.last}"
        )
    return 2 if found.faults else 0


def _role(name: str) -> Role:
    if name not in set(ORDER):
        raise UnknownName.of("role", name, ORDER)
    return Role(name)


def _asked_password(name: str) -> str:
    """A password from the terminal, typed twice and not shown; from standard input, its first line, where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass(f"Password for {name}, at least 12 characters: ")
    if getpass("Again: ") != typed:
        raise InputError("the password was typed in two ways", hint="run the command again")
    return typed


def _midnight(flag: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--{flag} '{text}' is no day", hint="give it as 2026-11-21") from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _day(at: datetime | None) -> str:
    return "unknown" if at is None else f"{at:%Y-%m-%d}"


def _user_as_json(user: User, sessions: int, tokens: tuple[Token, ...]) -> dict[str, object]:
    return {
        "name": user.name, "role": user.role, "disabled": user.disabled, "must_change": user.must_change,
        "created": None if user.created is None else user.created.isoformat(), "sessions": sessions,
        "tokens": [
            {"handle": t.handle, "label": t.label, "role": t.role, "created": t.created.isoformat(),
             "expires": t.expires.isoformat(), "used": None if t.used is None else t.used.isoformat()}
            for t in tokens
        ],
    }  # fmt: skip


def _line_as_json(line: Line) -> dict[str, object]:
    return {
        "number": line.number, "at": line.at.isoformat(), "who": line.who, "what": line.what, "object": line.object,
        "detail": line.detail, "address": line.address, "hash": line.hash,
    }  # fmt: skip
