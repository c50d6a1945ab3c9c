"""Which sites of a mission are open, month by month, as far as the case's rows say: what they do not say is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.case.rows import SiteState
from tocsin.vocabulary.month import Month, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Mission, Site, SiteStatus

PRESENT = frozenset({SiteState.OPEN, SiteState.REDUCED})
"""States in which a site works: whole, or with its core."""

Possible = frozenset[SiteState]


class State(StrEnum):
    """What is known of a site on the last day of a month."""

    OPEN = "open"
    REDUCED = "reduced"
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SiteMonths:
    """A site and the states it can have been in, month by month.

    Attributes:
        site: the case's row.
        possible: for each month, every state that the rows allow on its last day; one where they settle it.
        notes: what the rows leave open.
    """

    site: Site
    possible: tuple[Possible, ...]
    notes: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[State, ...]:
        """The state in each month, `unknown` where the rows allow several."""
        return tuple(_state(p) for p in self.possible)

    @property
    def surely(self) -> tuple[bool, ...]:
        """Whether the site surely works in each month."""
        return tuple(p <= PRESENT for p in self.possible)

    @property
    def perhaps(self) -> tuple[bool, ...]:
        """Whether the site works in each month, or may do."""
        return tuple(bool(p & PRESENT) for p in self.possible)


@dataclass(frozen=True, slots=True)
class Footprint:
    """A mission's sites through time.

    Attributes:
        mission_id: the mission.
        months: the months looked at, one after another.
        sites: its sites, in the order of the case.
    """

    mission_id: str
    months: tuple[Month, ...]
    sites: tuple[SiteMonths, ...]

    def of(self, site_id: str) -> SiteMonths:
        """One site."""
        return next(s for s in self.sites if s.site.site_id == site_id)

    def working(self, month: Month, *, unknown_as_open: bool) -> tuple[Site, ...]:
        """The placed sites that work in a month, counting those whose state is unknown as open, or as closed."""
        at = month - self.months[0]
        return tuple(
            s.site for s in self.sites
            if s.site.lat is not None and (s.perhaps[at] if unknown_as_open else s.surely[at])
        )  # fmt: skip

    def ever(self) -> tuple[Site, ...]:
        """The placed sites that work, or may, in some month."""
        return tuple(s.site for s in self.sites if s.site.lat is not None and any(s.perhaps))


def footprint(
    mission_id: str, *, sites: Sequence[Site], statuses: Sequence[SiteStatus], months: Sequence[Month],
    mission: Mission | None = None,
) -> Footprint:  # fmt: skip
    """Which sites are open, reduced, paused, closed or unknown on the last day of each month.

    A site is there from its start to its end; a start or end known only to the year leaves that year's months
    unknown, and a site without a start is unknown throughout. Rows of status then change what is there: a row without
    a site holds for all sites of the mission, a later row wins over an earlier one, and of two of one date the one
    that names the site. A row without a date happened at some time after the dated rows that stand above it in the
    table: from the month after the last of them the state is either, hence unknown, until a dated row settles it.

    Args:
        mission_id: the mission.
        sites: sites, of which those of the mission count.
        statuses: rows of status, in the order of the table.
        months: months looked at, one after another.
        mission: the mission's own row: no site is there before it starts or after it ends.
    """
    mine = [s for s in sites if s.mission_id == mission_id]
    rows = [r for r in statuses if r.mission_id == mission_id]
    return Footprint(mission_id, tuple(months), tuple(_site(site, rows, months, mission) for site in mine))


def _site(
    site: Site, rows: Sequence[SiteStatus], months: Sequence[Month], mission: Mission | None
) -> SiteMonths:  # fmt: skip
    ranked = _in_order([r for r in rows if r.site_id in {None, site.site_id}])
    days = [last_day(month) for month in months]
    possible = tuple(
        frozenset({SiteState.CLOSED}) if mission and _holds(mission.start, mission.end, day) is False
        else _possible(site, ranked, day)
        for day in days
    )  # fmt: skip
    notes = [] if site.start is not None else ["no source says since when the site is there"]
    for row, since in ranked:
        if row.start is None:
            after = f" after {since.isoformat()[:7]}" if since is not None else ""
            notes.append(f"'{row.status.value}'{after} has no date: from then on the state is unknown")
    return SiteMonths(site, possible, tuple(notes))


def _in_order(rows: Sequence[SiteStatus]) -> list[tuple[SiteStatus, date | None]]:
    """Rows from the earliest to the one that wins, each with the day it begins, or after which it did."""
    placed: list[tuple[tuple[int, bool, bool, int], SiteStatus, date | None]] = []
    since: date | None = None
    for index, row in enumerate(rows):
        day = since if row.start is None else row.start.earliest or row.start.latest
        key = (0 if day is None else day.toordinal(), row.start is None, row.site_id is not None, index)
        placed.append((key, row, day))
        if day is not None and (since is None or day > since):
            since = day
    return [(row, day) for _, row, day in sorted(placed, key=lambda item: item[0])]


def _possible(site: Site, rows: Sequence[tuple[SiteStatus, date | None]], day: date) -> Possible:
    there = _holds(site.start, site.end, day)
    if there is False:
        return frozenset({SiteState.CLOSED})
    possible: Possible = frozenset({SiteState.OPEN} if there else {SiteState.OPEN, SiteState.CLOSED})
    for row, since in rows:
        if row.start is None:
            begun = since is None or (day.year, day.month) > (since.year, since.month)
            holds = None if begun and _ended(row.end, day) is not True else False
        else:
            holds = _holds(row.start, row.end, day)
        if holds is None:
            possible |= {row.status}
        elif holds:
            possible = frozenset({row.status})
    return possible


def _holds(start: PartialDate | None, end: PartialDate | None, day: date) -> bool | None:
    """Whether a span holds on a day; None where its dates leave that open."""
    begun = _begun(start, day)
    ended = _ended(end, day)
    if begun is False or ended is True:
        return False
    return True if begun and ended is False else None


def _begun(start: PartialDate | None, day: date) -> bool | None:
    if start is None:
        return None
    if start.latest is not None and start.latest <= day:
        return True
    return False if start.earliest is not None and start.earliest > day else None


def _ended(end: PartialDate | None, day: date) -> bool | None:
    """Whether an end lies before a day; a row without an end has none yet."""
    if end is None:
        return False
    if end.latest is not None and end.latest < day:
        return True
    return False if end.earliest is not None and end.earliest >= day else None


def _state(possible: Possible) -> State:
    return State(next(iter(possible)).value) if len(possible) == 1 else State.UNKNOWN
