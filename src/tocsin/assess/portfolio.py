"""Missions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.mission.portfolio import Line
    from tocsin.sources.reading import Card
    from tocsin.vocabulary import Month


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Missions side by side.

    Attributes:
        lines: one a mission, in the order of the case and then of the list.
        origin: the last month the forecast has seen; None where none was made.
        model: the model that forecast; None where none was made.
        listed: the list's own date, where one was given.
        demo: whether the case's judgements are placeholders.
        sources: cards of the figures.
    """

    lines: tuple[Line, ...]
    origin: Month | None
    model: str | None
    listed: str | None
    demo: bool
    sources: tuple[Card, ...]
