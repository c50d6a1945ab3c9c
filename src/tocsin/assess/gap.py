"""The province table of a case: need, who is there, and what is lacking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.assess.replay import Replay
    from tocsin.mission.engagement import Contact, SecurityActor
    from tocsin.mission.gap import (
        Lacking,
        Past,
        ProvinceGap,
    )
    from tocsin.vocabulary import Month


@dataclass(frozen=True)
class Gap:
    """The province table of a case, and the provinces that need and lack most.

    Attributes:
        window: first and last month over which need past is counted and presence looked at.
        recent: the last twelve months covered.
        assessed: missions whose presence and engagement decide which provinces lack most.
        compared: the other missions with a row in the table.
        provinces: by id.
        lacking: those than which no other needs more and has less.
        untied_security: actors said to be in places that no province is named for.
        untied_contacts: engagement that no province is named for.
        unplaced: deaths of the case's countries in the window that no province could be given; None where not known.
        forecast: the replay whose draws the forecast is read from; None where none was made.
        vintage: the issue of the figures.
        notes: what to know of outlines and figures.
    """

    window: tuple[Month, Month]
    recent: tuple[Month, Month]
    assessed: tuple[str, ...]
    compared: tuple[str, ...]
    provinces: tuple[ProvinceGap, ...]
    lacking: tuple[Lacking, ...]
    untied_security: tuple[SecurityActor, ...]
    untied_contacts: tuple[Contact, ...]
    unplaced: Past | None
    forecast: Replay | None
    vintage: str
    notes: tuple[str, ...]
