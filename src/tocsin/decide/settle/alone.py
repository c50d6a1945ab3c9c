"""What parties can do alone: capacity left if each acts alone, apart from any settlement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.cells import Basis

if TYPE_CHECKING:
    from tocsin.case.questions import Alone, Question

WHOLE = 100.0
"""The whole capacity, in percent."""


@dataclass(frozen=True, slots=True)
class AloneFound:
    """What would be left of the capacity if one party alone did what it can, whatever is decided.

    Attributes:
        actor: id of the actor; None where nobody in particular is meant.
        can: what it can do, in the words of the case.
        left_low, left_mid, left_high: percent of the capacity left; None where nobody says.
        judgement: whether the numbers are judgement; None where there are none.
        source_id: who says so.
        note: what the case adds.
    """

    actor: str | None
    can: str
    left_low: float | None
    left_mid: float | None
    left_high: float | None
    judgement: bool | None
    source_id: str | None
    note: str | None


def acting_alone(question: Question) -> tuple[AloneFound, ...]:
    """Each act alone, never added up and never part of the settlement."""
    return tuple(_left(given) for given in question.unilateral)


def _left(given: Alone) -> AloneFound:
    if given.removes is None:
        return AloneFound(given.actor, given.can, None, None, None, None, given.source_id, given.note)
    low, mid, high = (WHOLE - removed for removed in (given.removes.high, given.removes.mid, given.removes.low))
    judged = given.basis is Basis.JUDGEMENT
    return AloneFound(given.actor, given.can, low, mid, high, judged, given.source_id, given.note)
