"""Beginning and ending a session: each time under an id that nobody could know before."""

from __future__ import annotations

import secrets
from time import time
from typing import TYPE_CHECKING

from starsessions import load_session
from starsessions.session import get_session_handler

from tocsin.web.walls.identity import rotate
from tocsin.web.walls.rates import address_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from tocsin.team import User


async def begin(request: Request, user: User) -> None:
    """Begin a session of somebody whose password was right; one that was open in this browser ends."""
    await load_session(request)
    await rotate(request)
    metadata = get_session_handler(request).metadata
    assert metadata is not None, "a session that was loaded has its times"
    metadata["created"] = time()
    request.session.clear()
    request.session.update(
        user=user.name, role=user.role.value, csrf=secrets.token_urlsafe(32), address=address_of(request.scope),
        agent=request.headers.get("user-agent", "")[:200],
    )  # fmt: skip


async def renew(request: Request) -> None:
    """Go on with the session of a request under another id."""
    await rotate(request)
    request.session["csrf"] = secrets.token_urlsafe(32)


def end(request: Request) -> None:
    """End the session of a request."""
    request.session.clear()


def id_of(request: Request) -> str | None:
    """The id of the session of a request; None where there is none."""
    handler = request.scope.get("session_handler")
    return None if handler is None else handler.session_id
