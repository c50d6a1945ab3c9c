"""Past settlements: what the weighted mean said, how far apart parties stood, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, Where
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TABLE = "settlement_errors"


@dataclass(frozen=True, slots=True, eq=False)
class PastSettlements:
    """Questions that were settled, on a scale from 0 to 100; every array of shape (questions,).

    Attributes:
        centre: the weighted mean of positions.
        spread: the weighted standard deviation of positions.
        outcome: where it was settled.
        unanimous: whether every party had to agree.

    Raises:
        InputError: the arrays differ in length, or are empty.
    """

    centre: Floats
    spread: Floats
    outcome: Floats
    unanimous: Flags

    def __post_init__(self) -> None:
        sizes = {a.shape for a in (self.centre, self.spread, self.outcome, self.unanimous)}
        if len(sizes) != 1 or not self.centre.size or self.centre.ndim != 1:
            raise InputError("past settlements differ in number", where=Where(field="past"), hint="give four rows")

    def only(self, these: Flags) -> PastSettlements:
        """Those questions alone."""
        return PastSettlements(self.centre[these], self.spread[these], self.outcome[these], self.unanimous[these])


@cache
def past_settlements() -> PastSettlements:
    """The settlements that ship: issues of European Union law-making from DEU III (doi:10.34810/data53).

    Example:
        >>> past = past_settlements()
        >>> past.outcome.size, round(float(abs(past.outcome - past.centre).mean()), 2)
        (276, 22.85)
    """
    table = starter_table(TABLE)
    centre, spread, outcome = (table[name].to_numpy().astype(np.float64) for name in ("centre", "spread", "outcome"))
    return PastSettlements(centre, spread, outcome, table["unanimous"].to_numpy())
