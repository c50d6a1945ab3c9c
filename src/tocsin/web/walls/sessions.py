"""Sessions of browsers in the team's database."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from starsessions import JsonSerializer
from starsessions.stores import SessionStore

from tocsin.errors import TocsinError
from tocsin.team.sessions import SEEN_EVERY, hash_of

if TYPE_CHECKING:
    from tocsin.team import Team

LOG = logging.getLogger("tocsin.web")
REMEMBERED = 4096
"""Sessions whose last write is remembered, so that a request which changes nothing writes nothing."""


def cookie_name(*, secure: bool) -> str:
    """The session's cookie; by its prefix browsers keep it to HTTPS, to this host and to all of its addresses."""
    return "__Host-tocsin_session" if secure else "tocsin_session"


class Steady(JsonSerializer):
    """What a session holds, the same bytes as long as nothing in it changes."""

    def serialize(self, data: Any) -> bytes:  # noqa: ANN401 - the library's own signature
        """Bytes of a session; when it was last used is the database's to know."""
        about = {key: value for key, value in data.get("__metadata__", {}).items() if key != "last_access"}
        return json.dumps({**data, "__metadata__": about}, sort_keys=True).encode()


class TeamStore(SessionStore):
    """Keeps sessions by the hash of their id, and writes when something changed or a minute went by."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self._written: dict[str, tuple[bytes, float]] = {}

    async def read(self, session_id: str, lifetime: int) -> bytes:  # noqa: ARG002 - the database knows when sessions end
        """What a session holds; empty where it is unknown or has ended."""
        return (await run_sync(self.team.sessions.data, session_id)).encode()

    async def write(self, session_id: str, data: bytes, lifetime: int, ttl: int) -> str:  # noqa: ARG002 - as above
        """Keep what a session holds."""
        held, at = self._written.get(hash_of(session_id), (b"", 0.0))
        if data == held and monotonic() - at < SEEN_EVERY.total_seconds():
            return session_id
        told = json.loads(data)
        try:
            await run_sync(
                lambda: self.team.sessions.keep(
                    session_id, told["user"], data.decode(), address=told["address"], agent=told["agent"],
                    left=timedelta(seconds=ttl),
                )
            )  # fmt: skip
        except TocsinError as error:
            if not held:
                raise
            LOG.warning("when a session was last used could not be kept: %s", error.what)
        while len(self._written) >= REMEMBERED:
            self._written.pop(next(iter(self._written)))
        self._written[hash_of(session_id)] = (data, monotonic())
        return session_id

    async def remove(self, session_id: str) -> None:
        """End a session."""
        self._written.pop(hash_of(session_id), None)
        await run_sync(self.team.sessions.end, session_id)
