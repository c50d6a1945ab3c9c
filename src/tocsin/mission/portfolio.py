"""Missions side by side: mandate and its end, strength, need, forecast, and what depends on them. No ranking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.rows import SiteOrigin
from tocsin.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.case.rows import Date, Mission, Site
    from tocsin.vocabulary import Month

MANDATE = "mandate"


@dataclass(frozen=True, slots=True)
class Need:
    """Deaths of a country in the last twelve months covered.

    Attributes:
        deaths: best estimate, all three types; None where the figures do not hold the country.
        through: the last month covered; None where there is none.
    """

    deaths: int | None
    through: Month | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is forecast for a country.

    Attributes:
        p25: probability of 25 or more deaths in some month within six, 0..1.
        escalation: probability of escalation within six months, 0..1.
    """

    p25: float
    escalation: float


@dataclass(frozen=True, slots=True)
class Line:
    """One mission among others. None is unknown, never none.

    Attributes:
        mission_id: its id.
        name: its name.
        organisation: who leads it.
        host: ISO3 of the host.
        host_note: what the host rests on, where it was worked out.
        purpose: its mandate in a few words.
        start: when it began, as entered.
        end: when it ended or ends, as entered.
        mandate_end: when its present mandate ends.
        mandate_dates: what the calendar says of its mandate.
        personnel: persons.
        personnel_note: what the number counts.
        sites: names of the sites entered, those of users unnamed; None where none is entered.
        need: deaths of the host in the last twelve months covered.
        ahead: what is forecast for the host.
        depends_on: missions it leans on; None where nobody entered any.
        needed_by: missions entered as leaning on it; None where none is, which does not say there are none.
        note: anything a reader should know.
        source: where the row is from: the case, or a list.
    """

    mission_id: str
    name: str
    organisation: str | None
    host: str | None
    host_note: str | None
    purpose: str | None
    start: str | None
    end: str | None
    mandate_end: str | None
    mandate_dates: tuple[str, ...]
    personnel: int | None
    personnel_note: str | None
    sites: tuple[str, ...] | None
    need: Need
    ahead: Ahead | None
    depends_on: tuple[str, ...] | None
    needed_by: tuple[str, ...] | None
    note: str | None
    source: str


def side_by_side(
    missions: Sequence[Mission], *, sites: Sequence[Site], calendar: Sequence[Date], need: Mapping[str, Need],
    ahead: Mapping[str, Ahead],
) -> tuple[Line, ...]:  # fmt: skip
    """One line a mission, in the order given.

    Args:
        missions: all missions of the case, so that what leans on each is seen.
        sites: sites of the case.
        calendar: dates of the case; those of kind mandate that name a mission stand with it.
        need: by ISO3 of the host.
        ahead: by ISO3 of the host.
    """
    return tuple(
        Line(
            m.mission_id, m.name, m.lead, m.host, None, m.purpose, _text(m.start), _text(m.end), _text(m.mandate_end),
            mandate_dates(m.mission_id, m.name, calendar), m.personnel, m.personnel_note,
            tuple(_shown(s) for s in sites if s.mission_id == m.mission_id) or None,
            need.get(m.host or "", Need(None, None)), ahead.get(m.host or ""), m.depends_on or None,
            tuple(o.mission_id for o in missions if m.mission_id in o.depends_on) or None, m.note, "case",
        )
        for m in missions
    )  # fmt: skip


def mandate_dates(mission: str, name: str, calendar: Sequence[Date]) -> tuple[str, ...]:
    """What the calendar says of a mission's mandate: rows of kind mandate that name it by id or name."""
    named = re.compile(rf"(?<!\w)({re.escape(mission)}|{re.escape(name)})(?!\w)", re.IGNORECASE)
    return tuple(f"{row.date}: {row.what}" for row in calendar if row.kind == MANDATE and named.search(row.what))


def only(lines: Sequence[Line], *, organisation: str | None, countries: Sequence[str]) -> tuple[Line, ...]:
    """The lines of one organisation and of some hosts; a host that is unknown is in none.

    Raises:
        UnknownName: no mission here is led by the organisation.
    """
    led = {line.organisation for line in lines if line.organisation is not None}
    if organisation is not None and organisation not in led:
        raise UnknownName.of("organisation that leads a mission here", organisation, led)
    return tuple(
        line
        for line in lines
        if (organisation is None or line.organisation == organisation) and (not countries or line.host in countries)
    )


def _shown(site: Site) -> str:
    """A published site's name; one that a user entered is not named."""
    return site.name if site.origin is SiteOrigin.PUBLISHED else "a site entered by a user"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
