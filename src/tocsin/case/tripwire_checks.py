"""What can be wrong within a tripwire: what it lacks, what cannot be, and what it does not look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.cells import Basis
from tocsin.case.finding import did_you_mean, quoted
from tocsin.case.tripwires import Indicator
from tocsin.vocabulary import MAX_HORIZON, Target

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tocsin.case.tripwires import Tripwire
    from tocsin.case.validate import Location

Said = tuple["Location", str, str]
"""Where, what, and what mends it."""

NEEDS: dict[Indicator, tuple[str, ...]] = {
    Indicator.PANEL: ("area", "months"),
    Indicator.FORECAST: ("area", "months", "deaths", "rises_to"),
    Indicator.RECORD: (),
    Indicator.CALENDAR: ("when",),
}
"""What each kind of indicator cannot do without."""

LOOKS_AT: dict[Indicator, tuple[str, ...]] = {
    Indicator.PANEL: ("area", "series", "months", "rises_to", "falls_to"),
    Indicator.FORECAST: ("area", "series", "months", "rises_to", "deaths"),
    Indicator.RECORD: ("organisation", "kind", "when"),
    Indicator.CALENDAR: ("when", "days_before"),
}
"""Every key that each kind of indicator looks at."""

SERIES = (*(target.value for target in Target), "events")
"""Columns of the panel that a tripwire can watch."""


def tripwire_faults(
    tripwire: Tripwire, *, at: Location, options: Collection[str], uncertainties: Collection[str]
) -> Iterator[Said]:
    """What is wrong within a tripwire: where, what, mend.

    Args:
        tripwire: the tripwire.
        at: where it stands in its page.
        options: ids of the choice's options.
        uncertainties: ids of the choice's uncertainties.
    """
    yield from _names(tripwire, at=at, options=options, uncertainties=uncertainties)
    if tripwire.source_id is None and tripwire.basis is not Basis.JUDGEMENT:
        problem = f"the tripwire is {tripwire.basis.value} but names no source"
        yield (*at, "basis"), problem, "add source_id, or write judgement"
    if tripwire.indicator is None:
        problem = "the tripwire has no indicator"
        yield at, problem, "write indicator: panel, forecast, record or calendar, or leave it out"
        return
    for key in NEEDS[tripwire.indicator]:
        if getattr(tripwire, key) is None:
            problem = f"a tripwire on the {tripwire.indicator.value} needs {key}"
            yield (*at, key), problem, f"write {key}, or choose another indicator"
    if tripwire.indicator is Indicator.RECORD and tripwire.organisation is None and tripwire.kind is None:
        yield at, "the tripwire watches the whole record", "write organisation, or the kind of claim"
    yield from _levels(tripwire, at=at)


def _names(
    tripwire: Tripwire, *, at: Location, options: Collection[str], uncertainties: Collection[str]
) -> Iterator[Said]:
    for name in tripwire.options:
        if name not in options:
            yield (*at, "options"), f"no option is called {quoted(name)}", did_you_mean(name, options)
    stands_for = tripwire.uncertainty
    if stands_for is not None and stands_for not in uncertainties:
        problem = f"no uncertainty is called {quoted(stands_for)}"
        yield (*at, "uncertainty"), problem, did_you_mean(stands_for, uncertainties)
    if tripwire.series is not None and tripwire.series not in SERIES:
        problem = f"no series of the panel is called {quoted(tripwire.series)}"
        yield (*at, "series"), problem, did_you_mean(tripwire.series, SERIES)


def _levels(tripwire: Tripwire, *, at: Location) -> Iterator[Said]:
    """Levels that are always, or never, reached."""
    rises, falls = tripwire.rises_to, tripwire.falls_to
    if tripwire.indicator is Indicator.PANEL:
        if rises is None and falls is None:
            yield at, "the tripwire has no threshold", "write rises_to or falls_to"
        if rises is not None and rises <= 0:
            yield (*at, "rises_to"), f"{rises:g} is always reached", "write a number above 0"
        if falls is not None and falls < 0:
            yield (*at, "falls_to"), f"{falls:g} is never reached: nothing is counted below 0", "write 0 or more"
        if rises is not None and falls is not None and falls >= rises:
            problem = f"it trips at {rises:g} or more and at {falls:g} or less: always"
            yield (*at, "falls_to"), problem, "let falls_to be below rises_to"
    if tripwire.indicator is Indicator.FORECAST:
        if rises is not None and not 0 < rises <= 100:
            yield (*at, "rises_to"), f"{rises:g} is no percent above 0", "write percents, as in 25"
        if tripwire.deaths is not None and tripwire.deaths <= 0:
            yield (*at, "deaths"), f"{tripwire.deaths:g} deaths are always reached", "write a number above 0"
        if tripwire.months is not None and tripwire.months > MAX_HORIZON:
            problem = f"{tripwire.months} months ahead are not forecast"
            yield (*at, "months"), problem, f"write 1 to {MAX_HORIZON}"


def tripwire_notes(tripwire: Tripwire, *, at: Location) -> Iterator[Said]:
    """Keys that the indicator does not look at: where, what, mend."""
    if tripwire.indicator is None:
        return
    looks_at = LOOKS_AT[tripwire.indicator]
    for key in dict.fromkeys(key for keys in LOOKS_AT.values() for key in keys):
        if key not in looks_at and getattr(tripwire, key) is not None:
            problem = f"a tripwire on the {tripwire.indicator.value} does not look at {key}"
            yield (*at, key), problem, f"remove it; looked at are {', '.join(looks_at)}"
