"""All that a brief may say, found and typed, before a word of it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from shapely.geometry.base import BaseGeometry

    from tocsin.assess.decision import DecisionFindings
    from tocsin.assess.mission import MissionFindings
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.profile import Profile
    from tocsin.assess.record import RecordFindings
    from tocsin.assess.replay import Replay
    from tocsin.assess.study import Study
    from tocsin.sources.reading import Card


@dataclass(frozen=True)
class Findings:
    """The findings of a case.

    Attributes:
        title: the case's title.
        place: the country the case looks at, as a reader knows it.
        home: the area id of that country in the outlook.
        demo: whether judgements are placeholders.
        made: when the findings were made, with time zone.
        study: the replay of past origins; None where the case asks for none.
        outlook: the newest forecast of all countries.
        newest: the newest forecast of the case's own provinces, where it brings events of its own.
        shapes: outlines in degrees by area id, for provinces and countries.
        cards: the sources the findings rest on.
        commands: the commands that make the findings again.
        mission: the mission assessed; None where the case assesses none.
        record: what the case's documents say; None where none was read.
        decision: the case's questions settled and its choices compared; None where it has neither.
        profiles: structural profiles of the case's countries.
        unplaced: deaths of the study's last year seen that no province could be given.
    """

    title: str
    place: str
    home: str
    demo: bool
    made: datetime
    study: Study | None
    outlook: Outlook
    shapes: Mapping[str, BaseGeometry]
    cards: tuple[Card, ...]
    commands: tuple[str, ...]
    unplaced: int = 0
    newest: Replay | None = None
    mission: MissionFindings | None = None
    record: RecordFindings | None = None
    decision: DecisionFindings | None = None
    profiles: tuple[Profile, ...] = ()
