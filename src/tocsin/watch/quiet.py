"""Hours in which nobody is woken: e-mail and webhooks wait, the feed does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from tocsin.errors import InputError

_SPAN = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)\s*")
_EXAMPLE = "write them as 22:00-06:00"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A part of each day, by the clock of a place.

    Attributes:
        start: from this time on.
        end: until before this time; earlier than `start` where the night lies between.
        zone: whose clock.
    """

    start: time
    end: time
    zone: ZoneInfo

    @classmethod
    def parse(cls, text: str, *, zone: str) -> QuietHours:
        """Read `22:00-06:00`.

        Example:
            >>> from datetime import UTC
            >>> quiet = QuietHours.parse("22:00-06:00", zone="Asia/Baghdad")
            >>> [quiet.hold(datetime(2026, 9, 22, hour, tzinfo=UTC)) for hour in (18, 19, 2, 3)]
            [False, True, True, False]

        Raises:
            InputError: these are no hours, they cover the whole day, or the zone is unknown.
        """
        found = _SPAN.fullmatch(text)
        if found is None:
            raise InputError(f"quiet hours '{text}' are no hours", hint=_EXAMPLE)
        first, second, third, fourth = map(int, found.groups())
        start, end = time(first, second), time(third, fourth)
        if start == end:
            raise InputError(
                f"quiet hours '{text}' cover the whole day", hint="leave them out, or leave hours to ring in"
            )
        return cls(start, end, zone_of(zone))

    def hold(self, moment: datetime) -> bool:
        """Whether messages wait at this moment; it is asked anew each time, so that no jump of a clock is kept."""
        here = moment.astimezone(self.zone).time()
        if self.start < self.end:
            return self.start <= here < self.end
        return here >= self.start or here < self.end


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name.

    Raises:
        InputError: there is none of this name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"no time zone is called '{name}'", hint="names look like Asia/Baghdad or UTC") from error
