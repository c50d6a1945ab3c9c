"""Bodies that are too large or come too slowly are not read to their end, and an answer that takes too long is given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException

from tocsin.api.case_import import MOST_BYTES
from tocsin.web.walls.refusing import header, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES: Final = 1_000_000
"""The largest body of a request, bytes, but for addresses that take files."""
UPLOADS: Final[Mapping[str, int]] = {"/cases/import": MOST_BYTES + 100_000}
"""Addresses that take files, by how they begin, and the largest body there, bytes; a view checks what is inside."""
PIECE_SECONDS: Final = 15.0
"""How long a piece of a body may be waited for."""
BODY_SECONDS: Final = 60.0
"""How long a whole body may take; one of files sixteen times as long."""
ANSWER_SECONDS: Final = 60.0
"""How long an answer may take to begin, from the end of the body."""
BAD, LARGE, SLOW, GIVEN_UP = 400, 413, 408, 503


class Sizes:
    """Counts and times what comes in."""

    def __init__(
        self, app: ASGIApp, *, most: int = BODY_BYTES, uploads: Mapping[str, int] = UPLOADS,
        piece_seconds: float = PIECE_SECONDS, body_seconds: float = BODY_SECONDS, answer_seconds: float = ANSWER_SECONDS,
    ) -> None:  # fmt: skip
        self.app = app
        self.most, self.uploads = most, uploads
        self.piece_seconds, self.body_seconds, self.answer_seconds = piece_seconds, body_seconds, answer_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless the body says of itself that it is too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = next((n for start, n in self.uploads.items() if str(scope["path"]).startswith(start)), self.most)
        said = header(scope, b"content-length")
        if said and not (said.isascii() and said.isdigit()):
            await refuse(scope, receive, send, BAD, "The length of the body is no number.")
        elif said and int(said) > most:
            await refuse(scope, receive, send, LARGE, _too_large(most))
        else:
            await _Timed(self, scope, receive, send, most).run()


class _Timed:
    """One request: its body counted piece by piece, its answer waited for."""

    def __init__(self, wall: Sizes, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        self.wall, self.scope, self.asked, self.told, self.left = wall, scope, receive, send, most
        self.most, self.whole, self.begun, self.given_up = most, False, False, False
        self.until = asyncio.get_running_loop().time() + wall.body_seconds * (1 if most <= wall.most else 16)
        self.late: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Answer in time, or say that it takes too long."""
        self._wait()
        try:
            await self.wall.app(self.scope, self.receive, self.send)
        finally:
            if self.timer:
                self.timer.cancel()
            if self.late:
                await self.late

    async def receive(self) -> Message:
        """The next piece of the body, counted."""
        if self.whole:
            return await self.asked()
        left = min(self.wall.piece_seconds, self.until - asyncio.get_running_loop().time())
        try:
            message = await asyncio.wait_for(self.asked(), max(0.0, left))
        except TimeoutError:
            raise HTTPException(SLOW, "The rest of the request did not come.") from None
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise HTTPException(LARGE, _too_large(self.most))
        if not message.get("more_body", False):
            self.whole = True
        self._wait()
        return message

    async def send(self, message: Message) -> None:
        """Pass an answer on, unless it was given up."""
        if self.given_up:
            return
        self.begun = True
        await self.told(message)

    def _wait(self) -> None:
        if self.timer:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(self.wall.answer_seconds, self._give_up)

    def _give_up(self) -> None:
        if not self.begun:
            self.given_up = True
            what = "The answer takes too long and was given up."
            self.late = asyncio.ensure_future(
                refuse(self.scope, self.asked, self.told, GIVEN_UP, what, headers={"Retry-After": "30"})
            )


def _too_large(most: int) -> str:
    return f"The request is too large: at most {most / 1_000_000:g} MB are taken here."
