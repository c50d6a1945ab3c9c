"""When a tripwire trips, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.tripwires import Indicator

if TYPE_CHECKING:
    from tocsin.case.tripwires import Tripwire


def trips_at(tripwire: Tripwire) -> str:
    """When a tripwire trips, in words.

    Example:
        >>> from tocsin.case.tripwires import Tripwire
        >>> summit = Tripwire(
        ...     id="s", watches="a summit", indicator="calendar", when="2026-07", days_before=30, basis="judgement"
        ... )
        >>> trips_at(summit)
        '30 days before 2026-07'
    """
    levels = [
        f"{w} {v:,g}" for w, v in (("at least", tripwire.rises_to), ("at most", tripwire.falls_to)) if v is not None
    ]
    series = (tripwire.series or "deaths_all").replace("_all", "").replace("_", " ")
    since = f" since {tripwire.when}" if tripwire.when else ""
    match tripwire.indicator:
        case Indicator.PANEL:
            return f"{series} in {tripwire.area} over {tripwire.months} months {' or '.join(levels)}"
        case Indicator.FORECAST:
            return (
                f"{tripwire.rises_to:g} % or more for {tripwire.deaths:,g} or more {series} in some month within "
                f"{tripwire.months} months in {tripwire.area}"
            )
        case Indicator.CALENDAR:
            return (
                f"{tripwire.days_before} days before {tripwire.when}" if tripwire.days_before else f"on {tripwire.when}"
            )
        case _:
            what = f"a claim of {tripwire.kind}" if tripwire.kind else "a post that changes hands"
            at = f" at {tripwire.organisation}" if tripwire.organisation and not tripwire.kind else ""
            naming = f" naming {tripwire.organisation}" if tripwire.organisation and tripwire.kind else ""
            return f"{what}{at}{naming}{since}"
