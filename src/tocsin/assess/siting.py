"""A siting of a case, with what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.case.rows import Site
    from tocsin.mission.siting import Siting
    from tocsin.vocabulary import Month


class SitingMeasure(StrEnum):
    """What need is counted in."""

    DEATHS_BEST = "deaths_best"
    DEATHS_LOW = "deaths_low"
    DEATHS_HIGH = "deaths_high"
    EVENTS = "events"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class CaseSiting:
    """A siting with what it was computed from.

    Attributes:
        mission: the mission.
        present: its placed sites that work, or may, in the window's last month.
        not_placed: its sites without coordinates, which count for nothing here.
        measure: what need is counted in.
        window: first and last month; None for population, which has no months.
        source: the events or towns.
        found: the answer.
    """

    mission: str
    present: tuple[Site, ...]
    not_placed: tuple[Site, ...]
    measure: SitingMeasure
    window: tuple[Month, Month] | None
    source: str
    found: Siting
