"""Tripwires that rest on themselves: on one another in a ring, or on what their own option does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.case.tripwires import Indicator
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case.options import Choice, Option
    from tocsin.case.tripwires import Tripwire

NAMED = re.compile(r"\btripwires? ([a-z0-9][a-z0-9-]*)")
OWN_KINDS = frozenset({"mission-has-site", "mission-has-mandate"})
"""Kinds of claim that an option's own steps bring about."""


def circular(choice: Choice, *, site_missions: Mapping[str, str], mission_names: Mapping[str, str]) -> dict[str, str]:
    """The tripwires of a choice that rest on themselves, by id, with the reason.

    Refused are: tripwires whose words say `tripwire ID` of themselves or round in a ring; those on the record that watch
    the sites, mandate or posts of a mission whose sites the option itself changes; and those on the calendar that name
    the date of the option's own step where no source gives that date.

    Args:
        choice: the choice.
        site_missions: mission of each site by site id.
        mission_names: names of missions by id.
    """
    rings = _rings({t.id: _names(t) for t in choice.tripwires})
    found = {}
    for tripwire in choice.tripwires:
        if tripwire.id in rings:
            found[tripwire.id] = rings[tripwire.id]
            continue
        asked = [o for o in choice.options if not tripwire.options or o.id in tripwire.options]
        own = [_own(tripwire, option, site_missions, mission_names) for option in asked]
        if own and all(own):
            found[tripwire.id] = next(words for words in own if words)
    return found


def _names(tripwire: Tripwire) -> set[str]:
    return set(NAMED.findall(f"{tripwire.watches} {tripwire.note or ''}"))


def _rings(names: Mapping[str, set[str]]) -> dict[str, str]:
    """Ids that can be reached from themselves, each with its way round."""
    ways = {start: _way_back(start, names) for start in names}
    return {
        start: f"it watches itself by way of {', '.join(way)}" if way else "it watches itself"
        for start, way in ways.items()
        if way is not None
    }


def _way_back(start: str, names: Mapping[str, set[str]]) -> list[str] | None:
    """What lies on the shortest way from an id back to itself; None where there is none."""
    ways: list[list[str]] = [[]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for other in sorted(names.get(way[-1] if way else start, set())):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return None


def _own(
    tripwire: Tripwire, option: Option, site_missions: Mapping[str, str], mission_names: Mapping[str, str]
) -> str | None:
    """Why a tripwire is tripped by the option itself; None where it is not."""
    if tripwire.indicator is Indicator.CALENDAR and tripwire.source_id is None:
        step = next((s for s in option.steps if s.when is not None and s.when == tripwire.when), None)
        return None if step is None else f"{tripwire.when} is the option's own step ({step.do}), and no source gives it"
    changed = {site_missions[site] for step in option.steps for site in step.sites if site in site_missions}
    if tripwire.indicator is not Indicator.RECORD or not changed:
        return None
    about = None if tripwire.organisation is None else fold(tripwire.organisation)
    named = [m for m in sorted(changed) if about in (fold(m), fold(mission_names.get(m, m)))]
    if named or (about is None and tripwire.kind in OWN_KINDS):
        mission = mission_names.get(named[0] if named else min(changed), "the mission")
        return f"the option itself changes the sites of {mission}, and so trips it"
    return None
