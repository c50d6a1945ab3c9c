"""What a mission's model rests on, and whether it holds elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.mission.transfer import Check, Compared, Likeness
    from tocsin.sources.reading import Card


@dataclass(frozen=True, slots=True)
class Target:
    """One country a mission would be copied to.

    Attributes:
        country: ISO3.
        preconditions: each at origin and target, vetoes first; empty where the case enters none.
        likeness: the target among past missions; None where no figure of the country ships.
        notes: what must be said with it.
    """

    country: str
    preconditions: tuple[Compared, ...]
    likeness: Likeness | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a mission's model rests on, target by target, in the order asked for. There is no score and no ranking.

    Attributes:
        mission: id.
        name: name.
        origin: ISO3 of the host.
        variables: what situations are compared by.
        targets: one for each country asked about.
        check: whether likeness foretells outcomes at all.
        demo: whether the case's judgements are placeholders.
        sources: cards of the figures.
    """

    mission: str
    name: str
    origin: str
    variables: tuple[str, ...]
    targets: tuple[Target, ...]
    check: Check
    demo: bool
    sources: tuple[Card, ...]
