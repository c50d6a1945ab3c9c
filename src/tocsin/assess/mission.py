"""All that is found of a mission: what it reaches and misses, shows and rests on. Nothing is averaged into one score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.assess.exits import Exits
    from tocsin.assess.gap import Gap
    from tocsin.assess.portfolio import Portfolio
    from tocsin.assess.reach import Reach
    from tocsin.assess.siting import CaseSiting
    from tocsin.assess.transfer import Transfer
    from tocsin.case.rows import Mission, Source
    from tocsin.mission.effort import MissionEffort
    from tocsin.mission.fit import MissionFit
    from tocsin.mission.footprint import Footprint
    from tocsin.mission.instruments import InstrumentTable
    from tocsin.mission.overlap import Overlap
    from tocsin.mission.progress import MissionProgress
    from tocsin.sources.reading import Card
    from tocsin.vocabulary import Month


@dataclass(frozen=True, slots=True)
class NeedThen:
    """Need and sites in one year, for maps through time.

    Attributes:
        label: the year, as readers know it.
        last: the month whose sites are shown: the year's last.
        deaths: best estimate by province id; a province that is not there is unknown.
        footprints: the sites of every mission of the case in that month.
    """

    label: str
    last: Month
    deaths: Mapping[str, int]
    footprints: tuple[Footprint, ...]


@dataclass(frozen=True)
class MissionFindings:
    """One mission, assessed.

    Attributes:
        mission: the case's row.
        reach: what its sites reach; None where none of them can be placed in the window.
        no_reach: why there is none.
        through_time: need and sites, year by year, oldest first.
        gap: the province table.
        overlap: what missions do twice or leave.
        instruments: drivers and armed actors against what is in place.
        progress: indicators beside their observations.
        fit: verdicts under each framework.
        effort: people, money and time.
        siting: one site added wherever reach gains most, whatever consent and security are recorded; None where none
            can be computed.
        allowed: the same, only where consent is given and security acceptable.
        transfer: preconditions elsewhere; None where the case names no country to compare with.
        exits: what followed when missions left.
        portfolio: the case's missions side by side.
        cards: the figures that the assessment rests on beside the case's own.
        texts: what the case's rows rest on, by the ids that tables print.
    """

    mission: Mission
    reach: Reach | None
    no_reach: str | None
    through_time: tuple[NeedThen, ...]
    gap: Gap
    overlap: Overlap
    instruments: InstrumentTable
    progress: MissionProgress
    fit: MissionFit
    effort: MissionEffort
    siting: CaseSiting | None
    allowed: CaseSiting | None
    transfer: Transfer | None
    exits: Exits
    portfolio: Portfolio
    cards: tuple[Card, ...]
    texts: tuple[Source, ...]
