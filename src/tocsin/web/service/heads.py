"""What every answer of the API carries, and HEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tocsin

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

VERSION = tocsin.__version__


class Heads:
    """Answers HEAD as GET without a body, and says the version on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the version; for HEAD without the body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bare = scope["method"] == "HEAD"

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(b"tocsin-version", VERSION.encode()), (b"x-content-type-options", b"nosniff")]
                held = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in own if pair[0] not in held)]
            elif bare:
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"} if bare else scope, receive, sent)
