"""What the parts of an edition are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.api.world import World
    from tocsin.assess.findings import Findings
    from tocsin.assess.replay import Replay
    from tocsin.case import Case


@dataclass(frozen=True)
class Found:
    """The findings of a case, with what stands beside them in an edition.

    Attributes:
        case: the case.
        findings: all that a brief may say.
        countries: figures of all countries.
        provincial: figures by province; None where there are none of the case's country.
        provinces: forecast of the provinces from the newest month they hold, every province explained; None without
            figures by province.
        seed: the seed of every forecast.
        draws: draws of every forecast.
    """

    case: Case
    findings: Findings
    countries: World
    provincial: World | None
    provinces: Replay | None
    seed: int
    draws: int

    @property
    def name(self) -> str:
        """The case's name, as its commands print it."""
        return self.case.folder.name
