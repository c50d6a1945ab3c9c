"""Whether an indicator shows itself early enough: its lead against what an option needs, both in days.

An option must be able to be in effect when what is watched happens. With a need n (`needs_months`) and a lag g:

    calendar   lead = days_before
    forecast   lead = months ahead - g      at most: what is forecast may come sooner
    panel      lead = -g                    it counts what has happened
    record     lead = -g

and an option is served where lead >= n. One that needs no time (n = 0) can still be put into effect when something is
shown afterwards, so there a lag of up to a month is accepted, the step in which Tocsin counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.tripwires import Indicator
from tocsin.decide.tripwires.findings import Timing, Verdict

if TYPE_CHECKING:
    from tocsin.case.options import Option
    from tocsin.case.tripwires import Tripwire

DAYS_A_MONTH = 365.25 / 12
AT_ONCE_DAYS = 31.0
"""Days afterwards at which an option that needs no time can still use what it is shown."""


def lead_days(tripwire: Tripwire, *, lag_days: float | None) -> float | None:
    """Days at most by which a tripwire shows what it watches beforehand; below 0: days after; None is unknown.

    Args:
        tripwire: with an indicator.
        lag_days: days until the indicator shows what happened; None is unknown.

    Example:
        >>> from tocsin.case.tripwires import Tripwire
        >>> rise = {"id": "rise", "watches": "deaths", "basis": "judgement", "months": 6}
        >>> ahead = Tripwire(**rise, indicator="forecast")
        >>> round(lead_days(ahead, lag_days=20)), lead_days(Tripwire(**rise, indicator="panel"), lag_days=20)
        (163, -20.0)
    """
    if tripwire.indicator is Indicator.CALENDAR:
        return float(tripwire.days_before or 0)
    if lag_days is None:
        return None
    ahead = (tripwire.months or 0) * DAYS_A_MONTH if tripwire.indicator is Indicator.FORECAST else 0.0
    return ahead - lag_days


def timing(option: Option, tripwire: Tripwire, *, lag_days: float | None) -> Timing:
    """Whether a tripwire shows itself early enough for an option.

    Args:
        option: with the months it needs, where they are known.
        tripwire: with an indicator.
        lag_days: days until the indicator shows what happened; None is unknown, and so is then the verdict.
    """
    lead = lead_days(tripwire, lag_days=lag_days)
    need = None if option.needs_months is None else option.needs_months * DAYS_A_MONTH
    verdict = _verdict(lead, need)
    return Timing(option.id, option.name, verdict, lead, need, _why(tripwire, lead, need, verdict))


def _verdict(lead: float | None, need: float | None) -> Verdict:
    if lead is None or need is None:
        return Verdict.UNKNOWN
    least = -AT_ONCE_DAYS if need <= 0 else need
    return Verdict.ACCEPTED if lead >= least else Verdict.REFUSED


def _why(tripwire: Tripwire, lead: float | None, need: float | None, verdict: Verdict) -> str:
    lacking = [
        words
        for words, value in (
            ("how long the indicator takes to show what happened is unknown (lag_days)", lead),
            ("how long the option needs is unknown (needs_months)", need),
        )
        if value is None
    ]
    if lead is None or need is None:
        return "; ".join(lacking)
    at_most = "at most " if tripwire.indicator is Indicator.FORECAST and lead > 0 else ""
    shown = f"shown {at_most}{_days(lead)} before" if lead >= 0 else f"shown {_days(-lead)} after"
    if need <= 0:
        late = f", more than the {AT_ONCE_DAYS:.0f} days allowed" if verdict is Verdict.REFUSED else ""
        return f"{shown}; the option needs no time{late}"
    late = f": {_days(need - lead)} too late" if verdict is Verdict.REFUSED else ""
    return f"{shown}; the option needs {_days(need)}{late}"


def _days(days: float) -> str:
    whole = max(1, round(days)) if days > 0 else 0
    return "1 day" if whole == 1 else f"{whole:,} days"
