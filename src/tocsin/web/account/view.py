"""The view *account*: one's own password, sessions and tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.routing import Route

from tocsin.errors import InputError
from tocsin.team.roles import ORDER, Role
from tocsin.team.sessions import hash_of
from tocsin.team.tokens import DAYS, MOST_DAYS
from tocsin.web.access import team_of, user_of
from tocsin.web.shell.posted import form_of, posted, see
from tocsin.web.shell.rendering import render
from tocsin.web.walls.rates import address_of, seconds, turns_of_passwords
from tocsin.web.walls.signing import id_of, renew

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.web.shell.posted import Form

BAD, BUSY = 400, 429
SAID = {"changed": "The password was changed. Sessions elsewhere have ended.", "ended": "The session has ended.",
        "revoked": "The token works no more."}  # fmt: skip


def page(request: Request) -> Response:
    """The page."""
    return _shown(request, said=SAID.get(request.query_params.get("done", ""), ""))


async def change_password(request: Request) -> Response:
    """Change one's own password; other sessions end, and this one goes on under another id."""
    form = await form_of(request)
    user, team, address = user_of(request), team_of(request), address_of(request.scope)
    old, new, again = (form.get(name, "") for name in ("old", "new", "again"))
    guesses = request.state.guesses
    wait = guesses.wait(user.name, address)
    if wait:
        return await run_sync(
            lambda: _shown(request, fault=f"Too many wrong passwords. Try again in {seconds(wait)}.", status=BUSY)
        )
    if new != again:
        return await run_sync(lambda: _shown(request, fault="The new password was typed in two ways.", status=BAD))
    here = id_of(request)
    but = None if here is None else hash_of(here)
    try:
        with guesses.looking(user.name, address):
            await run_sync(
                lambda: team.users.change_password(user.name, old, new, but=but, address=address),
                limiter=turns_of_passwords(),
            )
    except InputError as error:
        if error.what.startswith("the present"):
            guesses.wrong(user.name, address)
        told = _told(error)
        return await run_sync(lambda: _shown(request, fault=told, status=BAD))
    await renew(request)
    return see("/account?done=changed")


def end_session(request: Request, form: Form) -> Response:
    """End one of one's own sessions."""
    user = user_of(request)
    team_of(request).sessions.end_by_handle(
        form.get("session", ""), user=user.name, by=user.name, address=address_of(request.scope)
    )
    return see("/account?done=ended")


def make_token(request: Request, form: Form) -> Response:
    """Make a token, and show it this once."""
    user = user_of(request)
    try:
        role, days = _wanted(form)
        secret, made = team_of(request).tokens.make(
            user.name,
            label=form.get("label", ""),
            role=role,
            days=days,
            by=user.name,
            address=address_of(request.scope),
        )
    except InputError as error:
        return _shown(request, fault=_told(error), status=BAD)
    return _shown(
        request,
        secret=secret,
        said=f"The token {made.label} was made. It is shown this once and kept nowhere: copy it now.",
    )


def revoke_token(request: Request, form: Form) -> Response:
    """Revoke one of one's own tokens."""
    user = user_of(request)
    team_of(request).tokens.revoke(
        form.get("token", ""), user=user.name, by=user.name, address=address_of(request.scope)
    )
    return see("/account?done=revoked")


def _wanted(form: Form) -> tuple[Role, int]:
    """The role and the days that a token is to have.

    Raises:
        InputError: the role is none, or the days are no number.
    """
    role, days = form.get("role", ""), form.get("days", "")
    if role not in set(ORDER) or not (days.isascii() and days.isdigit() and len(days) < 6):
        raise InputError("a token needs a role and a number of days", hint="choose them from the form")
    return Role(role), int(days)


def _told(error: InputError) -> str:
    return f"{error.what[0].upper()}{error.what[1:]}{f': {error.hint}' if error.hint else ''}."


def _shown(request: Request, *, said: str = "", fault: str = "", secret: str = "", status: int = 200) -> Response:
    user, team, here = user_of(request), team_of(request), id_of(request)
    return render(
        request, "account/account.html.j2", view="account", title="Account", status=status,
        make=lambda: {
            "said": said, "fault": fault, "secret": secret, "sessions": team.sessions.of(user.name),
            "tokens": team.tokens.of(user.name), "here": hash_of(here)[:16] if here else "", "days": DAYS, "most_days": MOST_DAYS,
            "roles": tuple(role for role in ORDER if user.role.covers(role)),
        },
    )  # fmt: skip


ROUTES = (
    Route("/account", page, methods=["GET"]),
    Route("/account/password", change_password, methods=["POST"]),
    posted("/account/sessions/end", end_session),
    posted("/account/tokens", make_token),
    posted("/account/tokens/revoke", revoke_token),
)
