"""Requests that a page elsewhere makes a browser send are refused: by their origin, and by a token of our page."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from tocsin.web.walls.fields import FIELD
from tocsin.web.walls.refusing import header, is_api, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE: Final = {"GET", "HEAD", "OPTIONS"}
FIRST_BYTES: Final = 4096
"""A form with files carries its token first, so that the rest need not be held in memory."""
IN_PARTS: Final = re.compile(rb'name="csrf"\r\n\r\n([A-Za-z0-9_-]{16,100})\r\n')
NOT_ALLOWED, NOT_TAKEN = 403, 415


def cookie_of_forms(*, secure: bool) -> str:
    """The cookie by which a form is known that is sent before anybody signed in."""
    return "__Host-tocsin_form" if secure else "tocsin_form"


def token_of(cookie: str) -> str:
    """The token of a form that belongs to a cookie; nothing where there is no cookie."""
    return hashlib.sha256(f"form {cookie}".encode()).hexdigest() if cookie else ""


class Forged:
    """Lets requests pass that change something only if they come from a page of ours."""

    def __init__(self, app: ASGIApp, *, cookie: str) -> None:
        self.app = app
        self.cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse what may be forged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope["state"]
        if state["user"] is None:
            state["csrf"] = token_of(HTTPConnection(scope).cookies.get(self.cookie, ""))
        if scope["method"] in SAFE or state["by_token"]:
            await self.app(scope, receive, send)
            return
        if not _from_here(scope):
            await refuse(scope, receive, send, NOT_ALLOWED, "This request was made by a page elsewhere.")
            return
        if is_api(scope) and getattr(state["user"], "local", False) and not _from_a_browser(scope):
            await self.app(scope, receive, send)
            return
        try:
            given, receive = await _given(scope, receive)
        except HTTPException as error:
            await refuse(scope, receive, send, error.status_code, error.detail)
            return
        if not (state["csrf"] and given and hmac.compare_digest(given.encode(), state["csrf"].encode())):
            what = "This form is out of date or not ours."
            await refuse(scope, receive, send, NOT_ALLOWED, what, hint="Load the page again, and send it once more.")
            return
        await self.app(scope, receive, send)


def _from_a_browser(scope: Scope) -> bool:
    """Whether a request says where it is from, as browsers do and programs on this machine do not."""
    return any(name in {b"origin", b"sec-fetch-site", b"cookie", b"referer"} for name, _ in scope["headers"])


def _from_here(scope: Scope) -> bool:
    """Whether nothing that a browser says of a request's origin names another place."""
    site = header(scope, b"sec-fetch-site")
    if site:
        return site == "same-origin"
    origin = header(scope, b"origin")
    # browsers say null for forms of pages that send no referrer, as ours do: the token alone decides then
    return origin in {"", "null"} or urlsplit(origin).netloc.lower() == header(scope, b"host").lower()


async def _given(scope: Scope, receive: Receive) -> tuple[str, Receive]:
    """The token that came with a request, and its body to be read once more."""
    sent = header(scope, b"x-csrf-token")
    if sent:
        return sent, receive
    kind = header(scope, b"content-type").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        read, again = await _read(receive, most=None)
        found = (
            parse_qs(read.decode("latin-1"), max_num_fields=1000).get(FIELD, [""]) if read.count(b"&") < 1000 else [""]
        )
        return found[-1] if len(found) == 1 else "", again
    if kind == "multipart/form-data":
        read, again = await _read(receive, most=FIRST_BYTES)
        match = IN_PARTS.search(read[:FIRST_BYTES])
        return match[1].decode() if match else "", again
    return "", receive


async def _read(receive: Receive, *, most: int | None) -> tuple[bytes, Receive]:
    """The body, or its beginning, and a way to read it once more from the start."""
    held: list[Message] = []
    size = 0
    while most is None or size < most:
        message = await receive()
        held.append(message)
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            break
    waiting = iter(held)

    async def again() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return b"".join(message.get("body", b"") for message in held), again
