"""How long a message waits before it is tried again, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
SLACK = timedelta(minutes=5)
"""How far the clocks of two machines that ring the same alerts may lie apart."""
MOST_TRIES = 25
"""Over more than three days: a mail server that is down for a long weekend gets the alert all the same."""


def wait_after(attempts: int) -> timedelta:
    """The wait after so many attempts: a minute, doubling up to six hours.

    Example:
        >>> [str(wait_after(n)) for n in (1, 2, 3, 9, 10, 24)]
        ['0:01:00', '0:02:00', '0:04:00', '4:16:00', '6:00:00', '6:00:00']
        >>> sum((wait_after(n) for n in range(1, MOST_TRIES)), start=timedelta()).days
        4
    """
    return min(LONGEST, FIRST * (1 << min(attempts - 1, 20)))


def is_due(next_try: datetime, *, attempts: int, now: datetime) -> bool:
    """Whether a message may be tried now.

    A next try that lies further ahead than the wait after so many attempts was set by a clock that has since been put
    back: it is due, so that no jump holds a message for ever.

    Example:
        >>> noon = datetime(2026, 1, 1, 12)
        >>> [is_due(noon + timedelta(seconds=s), attempts=1, now=noon) for s in (-1, 59, 9_000)]
        [True, False, True]
    """
    return next_try <= now or next_try - now > wait_after(max(attempts, 1)) + SLACK
