"""How much one client may ask at a time and in a minute, and how often it may guess."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from time import time
from typing import TYPE_CHECKING, Final

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from tocsin.web.walls.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from limits import RateLimitItem
    from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE: Final = 32
"""Requests of one client that may be under way."""
A_MINUTE: Final = 1200
"""Requests of one client in a minute."""
UNKNOWN_A_MINUTE: Final = 240
"""Requests of an address in a minute that nobody signed in from: pages' own files included."""
BUSY: Final = 429


@dataclass(frozen=True, slots=True)
class Guesses:
    """Wrong passwords and tokens, counted by who was meant and by where they came from.

    The count by name lets go after a quarter of an hour, and never ends a session: who is signed in stays so while somebody
    else guesses.

    Attributes:
        by_name, by_address: wrong guesses in a quarter of an hour after which no more are looked at.
    """

    by_name: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(10, 15))
    by_address: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(30, 15))
    _kept: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))
    _under_way: Counter[str] = field(default_factory=Counter)

    def wait(self, name: str, address: str) -> int:
        """Seconds until another guess is looked at; 0 where it is at once. Guesses being looked at count as wrong ones."""
        waits = []
        for item, key in self._keys(name, address):
            stats = self._kept.get_window_stats(item, key)
            if stats.remaining - self._under_way[key] <= 0:
                waits.append(max(1, ceil(stats.reset_time - time())))
        return max(waits, default=0)

    @contextmanager
    def looking(self, name: str, address: str) -> Iterator[None]:
        """While a guess is looked at, so that many at once are no way around the count."""
        keys = [key for _, key in self._keys(name, address)]
        self._under_way.update(keys)
        try:
            yield
        finally:
            self._under_way.subtract(keys)
            for key in keys:
                if self._under_way[key] <= 0:
                    del self._under_way[key]

    def wrong(self, name: str, address: str) -> None:
        """Count a wrong guess; an empty name counts for the address alone."""
        for item, key in self._keys(name, address):
            self._kept.hit(item, key)

    def _keys(self, name: str, address: str) -> list[tuple[RateLimitItem, str]]:
        by_name = [(self.by_name, f"name {name}")] if name else []
        return [*by_name, (self.by_address, f"address {address}")]


class Rates:
    """Refuses what one client asks beyond its share; the one user of this machine has all of it."""

    def __init__(
        self, app: ASGIApp, *, at_once: int = AT_ONCE, a_minute: int = A_MINUTE, unknown: int = UNKNOWN_A_MINUTE
    ) -> None:
        self.app = app
        self.at_once = at_once
        self.known, self.unknown = RateLimitItemPerMinute(a_minute), RateLimitItemPerMinute(unknown)
        self.under_way: Counter[str] = Counter()
        self.counted = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say when to come again."""
        user = scope.get("state", {}).get("user")
        if scope["type"] != "http" or getattr(user, "local", False) or str(scope["path"]).startswith("/static/"):
            await self.app(scope, receive, send)
            return
        client = f"user {user.name}" if user else f"address {address_of(scope)}"
        item = self.known if user else self.unknown
        if not self.counted.hit(item, client):
            wait = max(1, ceil(self.counted.get_window_stats(item, client).reset_time - time()))
            await _busy(scope, receive, send, wait)
        elif self.under_way[client] >= self.at_once:
            await _busy(scope, receive, send, 1)
        else:
            await self._counted(client, scope, receive, send)

    async def _counted(self, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        self.under_way[client] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.under_way[client] -= 1
            if self.under_way[client] <= 0:
                del self.under_way[client]


async def _busy(scope: Scope, receive: Receive, send: Send, wait: int) -> None:
    await refuse(
        scope, receive, send, BUSY, "Too many requests at a time.", hint=f"Try again in {seconds(wait)}.",
        headers={"Retry-After": str(wait)},
    )  # fmt: skip


PASSWORDS_AT_ONCE: Final = 2
"""Passwords looked at at a time: each takes a processor for a while, and pages are to be answered beside them."""
_turns: RunVar[CapacityLimiter] = RunVar("turns_of_passwords")


def turns_of_passwords() -> CapacityLimiter:
    """Who may look at a password now; the rest wait without holding a thread that pages need."""
    try:
        return _turns.get()
    except LookupError:
        made = CapacityLimiter(PASSWORDS_AT_ONCE)
        _turns.set(made)
        return made


def address_of(scope: Scope) -> str:
    """The network address a request came from: the proxy's word for it where the server was told to trust one."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


@cache
def seconds(count: int) -> str:
    """A time to wait in words.

    Example:
        >>> seconds(1), seconds(45), seconds(700)
        ('a second', '45 seconds', '12 minutes')
    """
    if count < 100:
        return "a second" if count == 1 else f"{count} seconds"
    return f"{ceil(count / 60)} minutes"
