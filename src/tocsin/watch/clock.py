"""The time, given from outside: what day it is, how long something took, and waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the watch knows of time."""

    def now(self) -> datetime:
        """The moment in UTC; it may jump, as when a machine's clock is set."""
        ...

    def elapsed(self) -> float:
        """Seconds since some moment; it never jumps back, and may stand still while the machine sleeps."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds of the clock that never jumps."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
