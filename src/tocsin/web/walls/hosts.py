"""Requests that name another server than this one are refused: a page elsewhere cannot make its own name lead here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.web.walls.refusing import header, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from tocsin.team import Exposure


class Hosts:
    """Answers only to the server's own names."""

    def __init__(self, app: ASGIApp, *, exposure: Exposure) -> None:
        self.app = app
        self.exposure = exposure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http" and not self.exposure.answers_to(header(scope, b"host")):
            what = "This server is not called by that name."
            hint = "Whoever runs it can add the name to the setting hosts."
            await refuse(scope, receive, send, 400, what, hint=hint)
            return
        await self.app(scope, receive, send)
