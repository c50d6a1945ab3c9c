"""When a tripwire trips, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.tripwires import Indicator

if TYPE_CHECKING:
    from tocsin.case.tripwires import Tripwire


SERIES = {
    "deaths_all": "deaths", "deaths_sb": "state-based deaths", "deaths_ns": "deaths in non-state violence",
    "deaths_os": "deaths in one-sided violence", "events": "events",
}  # fmt: skip
"""What the columns of the panel count."""


def counted_words(series: str | None) -> str:
    """What a column of the panel counts, as readers say it; deaths where none is named."""
    return SERIES.get(series or "deaths_all", series or "")


def months_words(months: int) -> str:
    """A run of months.

    Example:
        >>> months_words(1), months_words(3)
        ('1 month', '3 months')
    """
    return "1 month" if months == 1 else f"{months} months"


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
    series, span = counted_words(tripwire.series), months_words(tripwire.months or 1)
    since = f" since {tripwire.when}" if tripwire.when else ""
    match tripwire.indicator:
        case Indicator.PANEL:
            return f"{series} in {tripwire.area} over {span}: {' or '.join(levels)}"
        case Indicator.FORECAST:
            return (
                f"{tripwire.rises_to:g} % or more for {tripwire.deaths:,g} or more {series} in some month within "
                f"{span} in {tripwire.area}"
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
