"""Names that may stand in a stretch of text, and which are kept where they overlap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.claim import EntityType
    from tocsin.record.extract.mention import FoundBy


class Weight(IntEnum):
    """Which name is kept of two that overlap: the weightier, then the longer, then the earlier."""

    DEMONYM = 0
    MODEL = 1
    LIKELY = 2
    """A person by the form of the words: a title before, an Arabic name's parts."""
    KNOWN = 3
    WHOLE = 4
    """A name that holds known names within it and is more than they ('University of Mosul')."""
    PATTERN = 5
    """A body, base or place by its own last or first word ('9th Division', 'Camp X')."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may stand at `stretch[start:end]`.

    Attributes:
        start, end: offsets in the stretch.
        type: what it would name.
        found_by: how it was found.
        weight: how it stands against others.
        known: id of the entity where the words are one of its names.
    """

    start: int
    end: int
    type: EntityType
    found_by: FoundBy
    weight: Weight
    known: str | None = None

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Candidate) -> bool:
        """Whether the other lies within this."""
        return self.start <= other.start and other.end <= self.end

    @property
    def length(self) -> int:
        """Characters."""
        return self.end - self.start


def kept(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The names kept, in order and without overlap."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for one in sorted(candidates, key=lambda c: (-c.weight, -c.length, c.start)):
        places = range(one.start, one.end)
        if one.start < one.end and taken.isdisjoint(places):
            taken.update(places)
            chosen.append(one)
    return sorted(chosen, key=lambda c: c.start)
