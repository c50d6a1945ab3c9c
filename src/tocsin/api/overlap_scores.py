"""Names found against names marked by hand: one to one, by type, where they share a character."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text marked as a name, by hand or by machine.

    Attributes:
        start, end: offsets in the text.
        type: `person`, `organisation` or `location`.
    """

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Score:
    """Names found, against names marked by hand.

    Attributes:
        pairs: pairs of a found and a marked name, one to one, of one type, that share a character.
        found, marked: names in all.
    """

    pairs: int
    found: int
    marked: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is marked; None where nothing was found."""
        return self.pairs / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is marked that was found; None where nothing is marked."""
        return self.pairs / self.marked if self.marked else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where neither is known."""
        total = self.found + self.marked
        return 2 * self.pairs / total if total else None


def overlap_score(found: Sequence[Marked], marked: Sequence[Marked], *, kind: str) -> Score:
    """Pair found and marked names of one type in one text: one to one, each pair sharing a character.

    Example:
        >>> overlap_score([Marked(0, 4, "person")], [Marked(2, 9, "person"), Marked(3, 9, "person")], kind="person")
        Score(pairs=1, found=1, marked=2)
    """
    mine = sorted((m for m in found if m.type == kind), key=lambda m: (m.end, m.start))
    left = sorted((m for m in marked if m.type == kind), key=lambda m: (m.end, m.start))
    wanted, pairs = len(left), 0
    for one in mine:
        hit = next((m for m in left if one.start < m.end and m.start < one.end), None)
        if hit is not None:
            left.remove(hit)
            pairs += 1
    return Score(pairs, len(mine), wanted)


def outermost(marked: Iterable[Marked]) -> list[Marked]:
    """Names that lie in no other name of their type; re3d marks 'Iraq' again within 'northern Iraq'.

    Example:
        >>> outermost([Marked(9, 13, "location"), Marked(0, 13, "location")])
        [Marked(start=0, end=13, type='location')]
    """
    chosen: list[Marked] = []
    for one in sorted(set(marked), key=lambda m: (m.start, -m.end, m.type)):
        if not any(m.type == one.type and m.start <= one.start and one.end <= m.end for m in chosen):
            chosen.append(one)
    return chosen


def summed(scores: Iterable[Score]) -> Score:
    """The score of several texts together.

    Example:
        >>> summed([Score(1, 2, 3), Score(1, 1, 1)])
        Score(pairs=2, found=3, marked=4)
    """
    told = list(scores)
    return Score(sum(s.pairs for s in told), sum(s.found for s in told), sum(s.marked for s in told))
