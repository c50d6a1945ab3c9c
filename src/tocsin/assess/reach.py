"""What a mission reaches: everything found, before a word of it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case.rows import Mission
    from tocsin.forecast.forecast import Forecast
    from tocsin.mission.footprint import Footprint
    from tocsin.mission.functions import FunctionReach
    from tocsin.mission.influence import DropOne, Gain
    from tocsin.mission.protection import BandForecast, BandMonth, Sequences
    from tocsin.mission.reach import Curve, MonthReach, Place, RiskReach, TownReach
    from tocsin.mission.reach_draws import ReachDraws
    from tocsin.vocabulary import Month


@dataclass(frozen=True, eq=False)
class Protection:
    """Force protection of a mission: bands by month, what is forecast in them, and what followed what.

    Attributes:
        past: events and deaths by month and band.
        unplaced_events: events of the window whose place is not known to a province, and so in no band.
        ahead: deaths forecast by month and band; empty where no forecast was asked for.
        sequences: attacks, incidents and responses of the case's record.
    """

    past: tuple[BandMonth, ...]
    unplaced_events: float
    ahead: tuple[BandForecast, ...]
    sequences: Sequences


@dataclass(frozen=True, eq=False)
class Reach:
    """What a mission reaches.

    Attributes:
        mission: the case's row.
        first: first month of the window.
        last: last month of the window.
        where_precision: worst location precision counted.
        source: the issue of the event figures.
        single_events: whether reach was computed from single events; False: from the points that ship.
        shown_km: distances asked for.
        reach_km: low, middle and high of the distance a site is thought to reach.
        places: sites counted, those that were or may have been open within the window, and places added.
        added: how many of the places were added.
        abroad: places added that lie in no country of the case.
        without_place: sites of the mission that have no coordinates.
        sites: states of the sites in the window.
        curves: shares by measure over distance, all places taken as open.
        towns: of listed towns' population.
        open_only: for each distance shown, lowest and highest share of deaths within reach of what was open in each
            event's own month.
        intervals: of events and deaths; None where no draws were asked for.
        functions: territorial and functional reach by line of effort, within the middle reach.
        drop_one: reach within the middle distance when one event is left out.
        gain: what the added places add, and whether that is one battle; None where none was added.
        over_time: month by month within the middle reach, where asked for.
        risk: of forecast deaths; None where no forecast could be made.
        forecast: the forecast behind it.
        no_forecast: why there is none.
        protection: bands and sequences, where asked for.
        travel: share of each measure within each travel time, where travel times were given.
        travel_missing: sites without travel times.
    """

    mission: Mission
    first: Month
    last: Month
    where_precision: int
    source: str
    single_events: bool
    shown_km: tuple[float, ...]
    reach_km: tuple[float, float, float]
    places: tuple[Place, ...]
    added: int
    abroad: tuple[str, ...]
    without_place: tuple[str, ...]
    sites: Footprint
    curves: Mapping[str, Curve]
    towns: TownReach
    open_only: Mapping[float, tuple[float | None, float | None]]
    intervals: ReachDraws | None
    functions: tuple[FunctionReach, ...]
    drop_one: DropOne
    gain: Gain | None
    over_time: tuple[MonthReach, ...] | None
    risk: RiskReach | None
    forecast: Forecast | None
    no_forecast: str | None
    protection: Protection | None
    travel: Mapping[str, Mapping[float, float | None]] | None
    travel_missing: tuple[str, ...]
