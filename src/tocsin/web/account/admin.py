"""The view *admin*: who may come in, and what each did."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from tocsin.errors import InputError
from tocsin.team import Asked, Role
from tocsin.team.passwords import generated
from tocsin.team.roles import ORDER
from tocsin.web.access import require, team_of
from tocsin.web.shell.posted import posted, see
from tocsin.web.shell.rendering import render
from tocsin.web.walls.rates import address_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from tocsin.team import Line
    from tocsin.web.shell.posted import Form

BAD = 400
PAGE = 100
"""Lines of the audit log on a page."""
MOST = 100_000
"""Lines of a download."""
COLUMNS = ("number", "at", "who", "what", "object", "detail", "address", "hash")


def users(request: Request) -> Response:
    """The page of users."""
    return _users(request)


def add(request: Request, form: Form) -> Response:
    """Add a user with a password nobody chose, shown this once and to be replaced when it is first used."""
    admin = require(request, Role.ADMIN)
    name, password = form.get("name", "").strip().lower(), generated()
    try:
        team_of(request).users.add(
            name, password, role=_role(form), given=True, by=admin.name, address=address_of(request.scope)
        )
    except InputError as error:
        return _users(request, fault=_told(error), status=BAD)
    return _users(request, secret=password, said=_given(name))


def set_role(request: Request, form: Form) -> Response:
    """Give a user another role."""
    admin = require(request, Role.ADMIN)
    try:
        team_of(request).users.set_role(
            form.get("name", ""), _role(form), by=admin.name, address=address_of(request.scope)
        )
    except InputError as error:
        return _users(request, fault=_told(error), status=BAD)
    return see("/admin")


def set_disabled(request: Request, form: Form) -> Response:
    """Disable a user, or let one in again."""
    admin = require(request, Role.ADMIN)
    try:
        team_of(request).users.set_disabled(
            form.get("name", ""),
            disabled=form.get("disabled") == "yes",
            by=admin.name,
            address=address_of(request.scope),
        )
    except InputError as error:
        return _users(request, fault=_told(error), status=BAD)
    return see("/admin")


def set_password(request: Request, form: Form) -> Response:
    """Give a user a password nobody chose, shown this once; their sessions end."""
    admin = require(request, Role.ADMIN)
    name, password = form.get("name", ""), generated()
    team_of(request).users.set_password(name, password, by=admin.name, address=address_of(request.scope))
    return _users(request, secret=password, said=_given(name))


def log(request: Request) -> Response:
    """The page of the audit log."""
    require(request, Role.ADMIN)
    team = team_of(request)
    asked = _asked(request)
    lines = team.log.read(asked)
    verified = team.log.verify() if request.query_params.get("verify") else None
    given = {key: request.query_params.get(key, "") for key in FIELDS}
    same = {key: value for key, value in given.items() if value}
    older = urlencode({**same, "before": lines[-1].number}) if len(lines) == PAGE else ""
    return render(
        request, "account/admin_log.html.j2", view="admin", title="Audit log",
        make=lambda: {
            "lines": lines, "given": given, "older": older, "actions": team.log.actions(), "verified": verified,
            "download": urlencode(same), "names": [user.name for user in team.users.all()],
        },
    )  # fmt: skip


def download(request: Request) -> Response:
    """The audit log as CSV, as it is filtered."""
    admin = require(request, Role.ADMIN)
    team = team_of(request)
    lines = team.log.read(_asked(request, limit=MOST))
    team.audit(admin.name, "audit log downloaded", "", f"{len(lines)} lines", address_of(request.scope))
    headers = {"Content-Disposition": 'attachment; filename="tocsin-audit.csv"'}
    return Response(as_csv(lines), media_type="text/csv; charset=utf-8", headers=headers)


def as_csv(lines: tuple[Line, ...]) -> str:
    """Lines as CSV; a cell that a spreadsheet would compute begins with an apostrophe."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for line in lines:
        cells = (str(getattr(line, column)) for column in COLUMNS)
        writer.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in cells])
    return made.getvalue()


FIELDS = ("who", "what", "words", "since", "until")


LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
"""Beyond it, "until" asks for everything."""


def _asked(request: Request, *, limit: int = PAGE) -> Asked:
    """What the address asks for.

    Raises:
        InputError: a day or a number is none.
    """
    given = request.query_params
    before = given.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        raise InputError("the line to go on before is no number", hint="follow the link to older lines")
    until = _day(given.get("until", ""))
    return Asked(
        who=given.get("who", ""), what=given.get("what", ""), words=given.get("words", "")[:200],
        since=_day(given.get("since", "")), until=until + timedelta(days=1) if until and until < LAST else None,
        before=int(before) if before else None, limit=limit,
    )  # fmt: skip


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
    except ValueError:
        raise InputError(f"'{text[:20]}' is no day", hint="give it as 2026-11-21") from None


def _role(form: Form) -> Role:
    try:
        return Role(form.get("role", ""))
    except ValueError:
        raise InputError("this is no role", hint=f"there are: {', '.join(ORDER)}") from None


def _given(name: str) -> str:
    return f"The password of {name} is shown this once: hand it over. It works for a week, and is replaced when it is first used."


def _told(error: InputError) -> str:
    return f"{error.what[0].upper()}{error.what[1:]}{f': {error.hint}' if error.hint else ''}."


def _users(request: Request, *, said: str = "", fault: str = "", secret: str = "", status: int = 200) -> Response:
    require(request, Role.ADMIN)
    team = team_of(request)
    return render(
        request, "account/admin.html.j2", view="admin", title="Users", status=status,
        make=lambda: {
            "said": said, "fault": fault, "secret": secret, "roles": ORDER,
            "users": [(user, len(team.sessions.of(user.name)), len(team.tokens.of(user.name))) for user in team.users.all()],
        },
    )  # fmt: skip


ROUTES = (
    Route("/admin", users, methods=["GET"]),
    Route("/admin/audit", log, methods=["GET"]),
    Route("/admin/audit.csv", download, methods=["GET"]),
    posted("/admin/users", add),
    posted("/admin/users/role", set_role),
    posted("/admin/users/disabled", set_disabled),
    posted("/admin/users/password", set_password),
)
