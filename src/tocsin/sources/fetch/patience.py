"""How often and how long a publisher's server is waited for."""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tocsin.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable


class PassingFault(SourceError):
    """A fault that may pass if the server is asked again.

    Attributes:
        asked_seconds: how long the server asked to be left alone; None where it did not say.
    """

    def __init__(self, what: str, *, asked_seconds: float | None = None) -> None:
        super().__init__(what)
        self.asked_seconds = asked_seconds


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """How a server is waited for, with clock, sleep and chance given from outside.

    Attributes:
        tries: tries in a row that bring nothing new before Tocsin gives up.
        base_seconds: the first wait; it doubles with every further try, and chance shortens it by up to half.
        longest_seconds: the longest wait; a server that asks for more is left alone, and the user is told.
        pause_seconds: between two files.
        stall_seconds: how long a server may go on with fewer than `stall_bytes` before the connection is dropped.
    """

    tries: int = 5
    base_seconds: float = 1.0
    longest_seconds: float = 120.0
    pause_seconds: float = 2.0
    stall_seconds: float = 60.0
    stall_bytes: int = 1024
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _utc_now

    def backoff_seconds(self, failures: int) -> float:
        """The wait after so many failures in a row, where the server asked for none.

        Example:
            >>> [Patience(chance=lambda: 1.0).backoff_seconds(n) for n in (1, 2, 3, 20)]
            [1.0, 2.0, 4.0, 120.0]
        """
        whole = min(self.longest_seconds, self.base_seconds * 2.0 ** min(failures - 1, 30))
        return whole * (0.5 + 0.5 * self.chance())

    def wait_seconds(self, fault: PassingFault, *, failures: int) -> float:
        """How long to wait after a fault: what the server asked, else the backoff.

        Raises:
            SourceError: the server asks for more than `longest_seconds`.
        """
        if fault.asked_seconds is None:
            return self.backoff_seconds(failures)
        if fault.asked_seconds > self.longest_seconds:
            raise SourceError(
                f"{fault.what}, and asks to be left alone for {fault.asked_seconds:,.0f} seconds",
                hint="run the same command again after that; what has come is kept",
            )
        return max(fault.asked_seconds, self.base_seconds)


def retry_after_seconds(value: str | None, *, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for, given as seconds or as a date (RFC 9110, 10.2.3).

    Example:
        >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        >>> retry_after_seconds("Thu, 01 Jan 2026 12:00:30 GMT", now=noon), retry_after_seconds("7", now=noon)
        (30.0, 7.0)
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value, now=now)
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _seconds_until(value: str, *, now: datetime) -> float:
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return math.nan
    return (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds()
