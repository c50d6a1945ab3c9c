"""The views *login* and *logout*."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anyio.to_thread import run_sync
from starlette.routing import Route

from tocsin.web.shell.posted import form_of, see
from tocsin.web.shell.rendering import render
from tocsin.web.walls.forged import cookie_of_forms, token_of
from tocsin.web.walls.rates import address_of, seconds, turns_of_passwords
from tocsin.web.walls.signing import begin, end

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.team import Team, User

REFUSED, BUSY = 401, 429
NOT_RIGHT = "Name and password do not belong together."
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def onward(asked: str) -> str:
    """Where to go on after signing in: an address of this server, whatever was asked for.

    Example:
        >>> [onward(a) for a in ("/c/iraq/now?edition=1", "//elsewhere.example", "https://elsewhere.example")]
        ['/c/iraq/now?edition=1', '/', '/']
    """
    return asked if _HERE.fullmatch(asked) and _HERE.fullmatch(unquote(asked)) and not asked.startswith("/log") else "/"


def page(request: Request) -> Response:
    """The page that asks for name and password."""
    if request.state.user is not None:
        return see(onward(request.query_params.get("next", "/")))
    return _shown(request, onward(request.query_params.get("next", "/")))


async def sign_in(request: Request) -> Response:
    """Take name and password."""
    form = await form_of(request)
    name, password = form.get("name", "").strip().lower()[:64], form.get("password", "")
    goes_on = onward(form.get("next", "/"))
    team: Team | None = request.app.state.team
    if team is None:
        return see("/")
    guesses, address = request.state.guesses, address_of(request.scope)
    wait = guesses.wait(name, address)
    if wait:
        return _shown(request, goes_on, fault=f"Too many wrong passwords. Try again in {seconds(wait)}.", status=BUSY)
    with guesses.looking(name, address):
        user = await run_sync(_checked, team, name, password, address, limiter=turns_of_passwords())
        if user is None:
            guesses.wrong(name, address)
    if user is None:
        return _shown(request, goes_on, fault=NOT_RIGHT, status=REFUSED)
    await begin(request, user)
    return see("/account" if user.must_change else goes_on)


async def sign_out(request: Request) -> Response:
    """End the session."""
    user: User | None = request.state.user
    team: Team | None = request.app.state.team
    if team is None or user is None or user.local:
        return see("/")
    await run_sync(team.audit, user.name, "signed out", user.name, "", address_of(request.scope))
    end(request)
    response = see("/login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _checked(team: Team, name: str, password: str, address: str) -> User | None:
    """The user, if the password is right; both outcomes are written down, and what was typed as a name is not."""
    user = team.users.sign_in(name, password)
    known = team.users.find(name)
    if user is None:
        meant = "unknown name" if known is None else known.name
        team.audit("nobody", "sign-in refused", meant, "", address)
    else:
        team.audit(user.name, "signed in", user.name, "", address)
    return user


def _shown(request: Request, goes_on: str, *, fault: str = "", status: int = 200) -> Response:
    secure = request.app.state.exposure.secure
    name = cookie_of_forms(secure=secure)
    held = request.cookies.get(name, "")
    cookie = held or secrets.token_urlsafe(24)
    request.state.csrf = token_of(cookie)
    response = render(
        request, "account/login.html.j2", view="login", title="Sign in", status=status,
        make=lambda: {"goes_on": goes_on, "fault": fault},
    )  # fmt: skip
    if not held:
        response.set_cookie(name, cookie, path="/", httponly=True, samesite="lax", secure=secure)
    return response


ROUTES = (
    Route("/login", page, methods=["GET"]),
    Route("/login", sign_in, methods=["POST"]),
    Route("/logout", sign_out, methods=["POST"]),
)
