"""Who asks: the one user of this machine, somebody signed in, a program with a token, or nobody yet."""

from __future__ import annotations

import secrets
from base64 import b64decode
from binascii import Error
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starsessions import load_session
from starsessions.session import get_session_handler

from tocsin.errors import TocsinError
from tocsin.team import LOCAL
from tocsin.team.exposure import is_loopback
from tocsin.web.walls.rates import Guesses, address_of, seconds
from tocsin.web.walls.refusing import header, is_api, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from tocsin.team import Exposure, Team, User

OPEN: Final = ("/static/", "/login", "/healthz")
"""Addresses that ask nobody who they are."""
FEEDS: Final = "/api/v1/feeds/"
"""Programs that read feeds often know names and passwords only: a token is taken as a password here."""
OWN: Final = ("/account", "/logout", "/static/")
"""All that somebody may open whose password is to be replaced."""
FORWARDED: Final = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"}
LOOK_AGAIN: Final = 2.0
"""Seconds after which it is looked again whether a first account was made."""
NOT_KNOWN, NOT_NOW, TOO_MANY, SEE_OTHER = 401, 503, 429, 303


class Identity:
    """Finds who asks, and lets nobody pass whom the server does not know."""

    def __init__(self, app: ASGIApp, *, team: Team | None, exposure: Exposure, guesses: Guesses, cookie: str) -> None:
        self.app = app
        self.team, self.exposure, self.guesses, self.cookie = team, exposure, guesses, cookie
        self.page_secret = secrets.token_urlsafe(32)
        self._accounts, self._looked = False, -LOOK_AGAIN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer somebody known; send others to sign in."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})  # there are none here
            else:
                await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state.update(user=None, csrf="", by_token=False, guesses=self.guesses)
        if str(scope["path"]).startswith("/static/"):
            await self.app(scope, receive, send)
            return
        try:
            refused = await self._identify(scope)
        except TocsinError as error:
            _not_loaded(scope)
            await refuse(
                scope,
                receive,
                send,
                NOT_NOW,
                f"{error.what[0].upper()}{error.what[1:]}.",
                hint="Try again in a minute.",
                headers={"Retry-After": "30"},
            )
            return
        if refused is not None:
            await refuse(scope, receive, send, refused.status, refused.what, hint=refused.hint, headers=refused.headers)
        elif state["user"] is None and not str(scope["path"]).startswith(OPEN):
            await self._ask(scope, receive, send)
        elif state["user"] is not None and state["user"].must_change and not str(scope["path"]).startswith(OWN):
            await _password_first(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _identify(self, scope: Scope) -> _Refusal | None:
        """Set who asks; gives a refusal where somebody claims to be who they are not."""
        state = scope["state"]
        if not await self._has_accounts():
            if self._is_here(scope):
                state.update(user=LOCAL, csrf=self.page_secret)
                return None
            return _Refusal(
                NOT_NOW,
                "This workbench has no accounts yet.",
                "Make one on its own machine: tocsin users add NAME --role admin",
            )
        assert self.team is not None
        secret = _token(scope)
        if secret:
            return await self._by_token(scope, secret)
        if HTTPConnection(scope).cookies.get(self.cookie):
            await self._by_session(scope)
        return None

    async def _by_token(self, scope: Scope, secret: str) -> _Refusal | None:
        assert self.team is not None
        address = address_of(scope)
        wait = self.guesses.wait("", address)
        if wait:
            return _Refusal(
                TOO_MANY,
                "Too many wrong tokens came from this address.",
                f"Try again in {seconds(wait)}.",
                {"Retry-After": str(wait)},
            )
        user = await run_sync(self.team.tokens.user_of, secret)
        if user is None:
            self.guesses.wrong("", address)
            return _Refusal(
                NOT_KNOWN,
                "This token is unknown, expired or revoked.",
                "An account's page makes another.",
                _challenge(scope),
            )
        scope["state"].update(user=user, by_token=True)
        return None

    async def _by_session(self, scope: Scope) -> None:
        assert self.team is not None
        connection = HTTPConnection(scope)
        await load_session(connection)
        session = connection.session
        if not session:
            get_session_handler(connection).session_id = None  # an id that opens nothing is not taken over
            return
        user: User | None = await run_sync(self.team.users.find, str(session.get("user")))
        if user is None or user.disabled:
            session.clear()
            return
        if session.get("role") != user.role:
            await rotate(connection)
            session.update(role=user.role.value, csrf=secrets.token_urlsafe(32))
        scope["state"].update(user=user, csrf=session["csrf"])

    async def _has_accounts(self) -> bool:
        """Whether there is any account; once there is, there always is."""
        if self.team is not None and not self._accounts and monotonic() - self._looked >= LOOK_AGAIN:
            self._accounts = await run_sync(self.team.users.any)
            self._looked = monotonic()
        return self._accounts

    def _is_here(self, scope: Scope) -> bool:
        """Whether a request was made on this machine, to this machine, and passed on by nobody."""
        passed_on = any(name in FORWARDED for name, _ in scope["headers"])
        client = address_of(scope)  # no socket has the address that Starlette's test client gives
        return not self.exposure.beyond and not passed_on and (is_loopback(client) or client == "testclient")

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Somebody not known asks for what only known ones get."""
        here = str(scope["path"]) + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        if is_api(scope):
            hint = "Send a token as Authorization: Bearer TOKEN; an account's page makes one."
            await refuse(scope, receive, send, NOT_KNOWN, "Nobody is signed in.", hint=hint, headers=_challenge(scope))
        elif header(scope, b"hx-request") == "true":
            await refuse(scope, receive, send, NOT_KNOWN, "Please sign in.", headers={"HX-Redirect": "/login"})
        elif scope["method"] in {"GET", "HEAD"}:
            await RedirectResponse(f"/login?next={quote(here, safe='/')}" if here != "/" else "/login", SEE_OTHER)(
                scope, receive, send
            )
        else:
            await refuse(
                scope, receive, send, NOT_KNOWN, "Please sign in; then do it again.", hint="The session may have ended."
            )


class _Refusal:
    """Why somebody is not let in."""

    def __init__(self, status: int, what: str, hint: str, headers: dict[str, str] | None = None) -> None:
        self.status, self.what, self.hint, self.headers = status, what, hint, headers or {}


def _not_loaded(scope: Scope) -> None:
    """Leave a session that could not be read as it is: nothing of it is written back."""
    if "session_handler" in scope:
        get_session_handler(HTTPConnection(scope)).is_loaded = False


async def rotate(connection: HTTPConnection) -> None:
    """Give the session of a request another id; the one it had opens nothing from now on."""
    handler = get_session_handler(connection)
    if handler.session_id:
        await handler.destroy()
    handler.regenerate_id()


async def _password_first(scope: Scope, receive: Receive, send: Send) -> None:
    if is_api(scope) or scope["method"] not in {"GET", "HEAD"}:
        await refuse(scope, receive, send, 403, "Replace the password you were given first.", hint="Open /account.")
    else:
        await RedirectResponse("/account", SEE_OTHER)(scope, receive, send)


def _challenge(scope: Scope) -> dict[str, str]:
    feeds = str(scope["path"]).startswith(FEEDS)
    return {"WWW-Authenticate": 'Basic realm="Tocsin: a token as the password"' if feeds else 'Bearer realm="Tocsin"'}


def _token(scope: Scope) -> str:
    """The token that came with a request to the API; pages take none, so that no page is without its own defence."""
    if not is_api(scope):
        return ""
    kind, _, given = header(scope, b"authorization").partition(" ")
    if kind.lower() == "bearer":
        return given.strip() or "none"
    if kind.lower() == "basic" and str(scope["path"]).startswith(FEEDS) and scope["method"] in {"GET", "HEAD"}:
        try:
            return b64decode(given, validate=True).decode().partition(":")[2] or "none"
        except (Error, UnicodeDecodeError):
            return "none"
    return ""
