"""What studies found and what followed past exits, beside a choice of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.exits import mission_exits
from tocsin.assess.evidence import EvidenceBeside, evidence

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.options import Choice


def evidence_for(case: Case, choice: Choice) -> EvidenceBeside:
    """The cards beside a choice, and the class of past exits where leaving is at issue; multiplied into nothing.

    Args:
        case: a checked case.
        choice: one of its choices.

    Example:
        >>> from tocsin.case import read_case
        >>> case = read_case("iraq")
        >>> posture = next(c for c in case.choices if c.id == "us-posture-2020")
        >>> found = evidence_for(case, posture)
        >>> [(card.id, card.options, card.applicability) for card in found.cards[:2]]
        [('bmb2018', ('separation',), 'high'), ('iraq-2011', ('separation',), 'medium')]
    """
    known = mission_exits()
    return evidence(case, choice, cards=known.cards, exits=known.comparisons, faults=known.faults)
