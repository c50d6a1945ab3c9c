"""Tripwires on the calendar: a date, and the days before it at which it trips."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tocsin.decide.tripwires.findings import Now, Past, State

if TYPE_CHECKING:
    from datetime import date

    from tocsin.case.tripwires import Tripwire


def dated(tripwire: Tripwire, *, today: date) -> tuple[Now, Past]:
    """What a calendar tripwire says on a day.

    A date known to the month or year is taken at its first day, so that the tripwire is not late; `by` a day at that day.

    Args:
        tripwire: with a date.
        today: the day asked about.

    Example:
        >>> from datetime import date
        >>> from tocsin.case.tripwires import Tripwire
        >>> summit = Tripwire(id="s", watches="a summit", indicator="calendar", when="2026-07", days_before=30, basis="judgement")
        >>> now, _ = dated(summit, today=date(2026, 6, 10))
        >>> now.state.value, now.since.isoformat()
        ('tripped', '2026-06-01')
    """
    when = tripwire.when
    day = None if when is None else when.earliest or when.latest
    if when is None or day is None:
        why = "no date is given"
        return Now(State.UNKNOWN, why), Past(why)
    trips = day - timedelta(days=tripwire.days_before or 0)
    tripped = today >= trips
    gone = when.latest is not None and today > when.latest
    ahead = (day - today).days
    if gone:
        why = f"the date, {when}, is past"
    elif tripped:
        why = f"{when} is {_days(ahead)} away" if ahead > 0 else f"{when} is now"
    else:
        why = f"it trips on {trips}, in {_days((trips - today).days)}"
    now = Now(
        State.TRIPPED if tripped else State.NOT, why, since=trips if tripped else None, seen=today,
        last=State.TRIPPED if tripped else State.NOT,
    )  # fmt: skip
    fired = int(tripped)
    return now, Past(
        "one date, that comes once", trips, trips, 1, fired, fired, (trips,) if tripped else ()
    )  # fmt: skip


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"
